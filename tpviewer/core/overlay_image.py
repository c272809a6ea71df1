"""Relevance as a picture: Top-X projections in their Action Units' colours, or one signed map."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.relevance import bwr, mask_from_mass, normalise_signed

SCALE = 4
"""Pixels of the overlay per crop pixel and direction: room for contours and stripes."""

_CONTOUR_SHADE = 0.5

T = TypeVar("T", bound=np.generic)
Layer = tuple[NDArray[np.float32], str]
"""Mass map (H, W) and colour ``#rrggbb``."""


def top_x_overlay(layers: Sequence[Layer], x: float) -> NDArray[np.uint8]:
    """Top-X projections of several maps in one picture.

    Where several share a pixel it is striped in their own colours, as a mixed colour would name another
    Action Unit; a darker contour runs round each.

    Parameters
    ----------
    layers : sequence of (ndarray of float32, shape (H, W); str)
        Mass maps (`tpviewer.core.relevance.mass_map`) of one shape, and colours. At least one.
    x : float
        Percent of the positive relevance, over 0 up to 100.

    Returns
    -------
    ndarray of uint8, shape (SCALE * H, SCALE * W, 4)
        RGBA, opaque or clear.
    """
    masks = np.stack([mask_from_mass(mass, x) for mass, _ in layers])
    colours = [colour for _, colour in layers]
    height, width = masks.shape[1:]
    # Rows and columns of crop pixels, each with the rows and columns of the picture that it covers.
    pixels = np.empty((height, SCALE, width, SCALE), np.uint32)
    _fill(pixels, masks, colours)
    _outline(pixels, masks, colours)
    return pixels.view(np.uint8).reshape(SCALE * height, SCALE * width, 4)


def signed_overlay(relevance: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Blue-white-red picture of a signed map, the clearer the weaker its relevance.

    Parameters
    ----------
    relevance : ndarray of float32, shape (H, W)

    Returns
    -------
    ndarray of uint8, shape (SCALE * H, SCALE * W, 4)
        RGBA, not premultiplied.
    """
    strength = np.rint(255 * np.abs(normalise_signed(relevance))).astype(np.uint8)
    return _enlarged(np.dstack([bwr(relevance), strength]).transpose(2, 0, 1)).transpose(1, 2, 0).copy()


def shared(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Share of their pixels, 0 to 1, that two Top-X projections have in common (Dice coefficient).

    Parameters
    ----------
    first, second : ndarray of bool, shape (H, W)

    Returns
    -------
    float
        0 where both are empty.

    References
    ----------
    Dice, L. R. (1945). Measures of the amount of ecologic association between species. Ecology 26, 297-302.
    """
    total = int(np.count_nonzero(first)) + int(np.count_nonzero(second))
    return 2 * int(np.count_nonzero(first & second)) / total if total else 0.0


def _pixel(colour: str, shade: float) -> np.uint32:
    """Four bytes of an opaque RGBA pixel as one number: filling is twenty times as fast."""
    channels = [int(shade * int(colour[place : place + 2], 16)) for place in (1, 3, 5)]
    pixel: np.uint32 = np.array([*channels, 255], np.uint8).view(np.uint32)[0]
    return pixel


def _enlarged(maps: NDArray[T]) -> NDArray[T]:
    return maps.repeat(SCALE, axis=-2).repeat(SCALE, axis=-1)


def _fill(pixels: NDArray[np.uint32], masks: NDArray[np.bool_], colours: Sequence[str]) -> None:
    """Colour each pixel; those that several masks share in diagonal stripes, one crop pixel wide.

    The anti-diagonal parts each crop pixel between two neighbouring stripes.
    """
    above, below = _turns(masks, colours)
    line = above.repeat(SCALE, axis=1).reshape(*above.shape, SCALE)
    for row in range(SCALE):
        if row:
            line[:, :, SCALE - row] = below
        pixels[:, row] = line


def _turns(masks: NDArray[np.bool_], colours: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Colours of the two stripes that meet in each crop pixel; equal where one mask has it for itself."""
    stripe = np.add.outer(*(np.arange(length, dtype=np.uint16) for length in masks.shape[1:]))
    sharing = np.maximum(masks.sum(axis=0, dtype=np.uint8), 1)
    turns = [(stripe + step) % sharing for step in (np.uint16(0), np.uint16(1))]
    stripes = [np.zeros(masks.shape[1:], np.uint32) for _ in turns]
    taken = np.zeros(masks.shape[1:], np.uint8)
    for mask, colour in zip(masks, colours, strict=True):
        for turn, chosen in zip(turns, stripes, strict=True):
            np.copyto(chosen, _pixel(colour, 1.0), where=mask & (taken == turn))
        taken += mask
    return stripes[0], stripes[1]


def _outline(pixels: NDArray[np.uint32], masks: NDArray[np.bool_], colours: Sequence[str]) -> None:
    """Darken the pixels of each mask that touch one outside it; later masks lie over earlier ones."""
    shades = np.array([0, *(_pixel(colour, _CONTOUR_SHADE) for colour in colours)], np.uint32)
    rows, columns = _last_with_edge(masks, axis=1), _last_with_edge(masks, axis=2)
    inner = slice(1, SCALE - 1)
    for row, at_row in rows.items():
        _darken(pixels[:, row, :, inner], shades, at_row[:, :, None])
        for column, at_column in columns.items():
            _darken(pixels[:, row, :, column], shades, np.maximum(at_row, at_column))
    for column, at_column in columns.items():
        _darken(pixels[:, inner, :, column], shades, at_column[:, None, :])


def _darken(part: NDArray[np.uint32], shades: NDArray[np.uint32], last: NDArray[np.uint8]) -> None:
    np.copyto(part, shades[last], where=last > 0)


def _last_with_edge(masks: NDArray[np.bool_], axis: int) -> dict[int, NDArray[np.uint8]]:
    """Number (from 1, 0 for none) of the last mask that ends at each crop pixel towards either side.

    Returns
    -------
    dict of int to ndarray of uint8, shape (H, W)
        By the row or column within the crop pixel that lies at this side. The picture's rim is no edge.
    """
    numbers = np.arange(1, len(masks) + 1, dtype=np.uint8)[:, None, None]
    first, last = [slice(None)] * 3, [slice(None)] * 3
    first[axis], last[axis] = slice(1, None), slice(None, -1)
    after, before = tuple(first), tuple(last)
    edges = {0: np.zeros_like(masks), SCALE - 1: np.zeros_like(masks)}
    edges[0][after] = masks[after] & ~masks[before]
    edges[SCALE - 1][before] = masks[before] & ~masks[after]
    return {place: (edge * numbers).max(axis=0) for place, edge in edges.items()}
