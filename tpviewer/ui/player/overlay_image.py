"""Relevance as a picture: Top-X projections in their Action Units' colours, or one signed map."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.relevance import bwr, mask_from_mass, normalise_signed

SCALE = 4
"""Pixels of the overlay per crop pixel and direction: room for contours and stripes."""

_STRIPE = 4
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
    large = _enlarged(masks)
    pixels = np.zeros(large.shape[1:], np.uint32)
    turn = _turns(_enlarged(masks.sum(axis=0, dtype=np.uint8)))
    rank = _enlarged(np.cumsum(masks, axis=0, dtype=np.uint8) - np.uint8(1))
    for mask, place, (_, colour) in zip(large, rank, layers, strict=True):
        np.copyto(pixels, _pixel(colour, 1.0), where=mask & (place == turn))
    for mask, (_, colour) in zip(large, layers, strict=True):
        np.copyto(pixels, _pixel(colour, _CONTOUR_SHADE), where=_contour(mask))
    return pixels.view(np.uint8).reshape(*pixels.shape, 4)


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
    """Share of their pixels, 0 to 1, that two Top-X projections have in common (Dice coefficient)."""
    total = int(np.count_nonzero(first)) + int(np.count_nonzero(second))
    return 2 * int(np.count_nonzero(first & second)) / total if total else 0.0


def _pixel(colour: str, shade: float) -> np.uint32:
    """Four bytes of an opaque RGBA pixel as one number: filling is twenty times as fast."""
    channels = [int(shade * int(colour[place : place + 2], 16)) for place in (1, 3, 5)]
    pixel: np.uint32 = np.array([*channels, 255], np.uint8).view(np.uint32)[0]
    return pixel


def _enlarged(maps: NDArray[T]) -> NDArray[T]:
    return maps.repeat(SCALE, axis=-2).repeat(SCALE, axis=-1)


def _turns(count: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Whose turn it is at each pixel among those that share it: diagonal stripes."""
    turn = np.zeros_like(count)
    for sharing in range(2, int(count.max(initial=0)) + 1):
        np.copyto(turn, _stripes(count.shape, sharing), where=count == sharing)
    return turn


@cache
def _stripes(shape: tuple[int, ...], sharing: int) -> NDArray[np.uint8]:
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])
    stripes: NDArray[np.uint8] = ((rows + columns) // _STRIPE % sharing).astype(np.uint8)
    return stripes


def _contour(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels of a mask that touch one outside it."""
    inside = mask.copy()
    inside[1:] &= mask[:-1]
    inside[:-1] &= mask[1:]
    inside[:, 1:] &= mask[:, :-1]
    inside[:, :-1] &= mask[:, 1:]
    return mask & ~inside
