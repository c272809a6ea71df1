"""What is drawn from one relevance map, and what is clustered (paper, sections 3.3 and 3.5).

A relevance map is a signed array of shape (height, width) in any unit: positive values are evidence
for the Action Unit, negative values evidence against it.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tpviewer.core.errors import ParameterError
from tpviewer.core.types import BoolArray, FloatArray

NEVER = np.float32(np.inf)
"""Value of a mass map where relevance is not positive: no x keeps such a pixel."""

_BELOW_ALL = np.nextafter(np.float32(100), np.float32(0))
_ABOVE_NONE = np.nextafter(np.float32(0), np.float32(1))
_MAPS_AT_ONCE = 256


def normalise_signed(relevance: FloatArray) -> NDArray[np.float32]:
    """Divide a map by its largest absolute value, so that it lies in [-1, 1] (paper, section 3.5).

    Parameters
    ----------
    relevance : ndarray of float, shape (H, W)

    Returns
    -------
    ndarray of float32, shape (H, W)
        All zeros stay all zeros.
    """
    largest = np.max(np.abs(relevance), initial=0)
    if largest == 0:
        return np.zeros(relevance.shape, np.float32)
    return (relevance.astype(np.float64) / float(largest)).astype(np.float32)


def mass_map(relevance: FloatArray) -> NDArray[np.float32]:
    """For each pixel the share of the positive relevance mass, in percent, that stronger pixels hold.

    Pixels are taken in order of falling relevance, equal ones in row-major order, and summed in
    float64. The share is rounded down to float32, so that comparing it with any x that float32 can
    hold decides exactly as float64 would: a move of the X slider is one comparison.

    Parameters
    ----------
    relevance : ndarray of float, shape (H, W)
        Finite values.

    Returns
    -------
    ndarray of float32, shape (H, W)
        Percent in [0, 100) where relevance is positive, infinity elsewhere.
    """
    flat = relevance.ravel()
    places = np.flatnonzero(flat > 0)
    mass = np.full(flat.size, NEVER, np.float32)
    if len(places):
        positive = flat[places]
        order = _falling(positive)
        reached = np.cumsum(positive[order], dtype=np.float64)
        before = np.concatenate([[0.0], reached[:-1]])
        mass[places[order]] = np.minimum(_round_down(100 * before / reached[-1]), _BELOW_ALL)
    return mass.reshape(relevance.shape)


def _falling(positive: FloatArray) -> NDArray[np.intp]:
    """Places of positive values in order of falling value, equal ones as they stand."""
    if positive.dtype != np.float32:
        return np.argsort(-positive, kind="stable")
    # Positive floats are in the order of their bits: with its place below them each is a number of its own,
    # and those are sorted several times as fast.
    keys = (np.uint64(0xFFFFFFFF) - positive.view(np.uint32).astype(np.uint64)) << np.uint64(32)
    keys |= np.arange(len(positive), dtype=np.uint64)
    return (np.sort(keys) & np.uint64(0xFFFFFFFF)).astype(np.intp)


def mask_from_mass(mass: NDArray[np.float32], x: float) -> BoolArray:
    """Pixels of the Top-X relevance projection, from a mass map.

    Parameters
    ----------
    mass : ndarray of float32, any shape
        From `mass_map`.
    x : float
        Percent of the positive relevance mass, over 0 up to 100, taken at float32 precision.

    Returns
    -------
    ndarray of bool, same shape

    Raises
    ------
    ParameterError
        If x is not in (0, 100].
    """
    return mass < _percent(x)


def top_x_mask(relevance: FloatArray, x: float = 25) -> BoolArray:
    """Top-X relevance projection (paper, section 3.5).

    The smallest set of pixels, taken in order of falling relevance, whose sum reaches at least x
    percent of the sum of all positive relevance; ties break by row-major position. x = 100 keeps
    every positive pixel; a map without positive relevance keeps none.

    Parameters
    ----------
    relevance : ndarray of float, shape (H, W)
        Finite values.
    x : float
        Percent of the positive relevance mass, over 0 up to 100, taken at float32 precision.

    Returns
    -------
    ndarray of bool, shape (H, W)

    Raises
    ------
    ParameterError
        If x is not in (0, 100].
    """
    return mask_from_mass(mass_map(relevance), x)


def bwr(relevance: FloatArray) -> NDArray[np.uint8]:
    """Blue-white-red picture of a signed map with 0 at white (paper, section 3.5).

    Parameters
    ----------
    relevance : ndarray of float, shape (H, W)

    Returns
    -------
    ndarray of uint8, shape (H, W, 3)
        RGB: pure red at the map's largest absolute value if positive, pure blue if negative.
    """
    signed = normalise_signed(relevance)
    fade = np.rint(255 * (1 - np.abs(signed))).astype(np.uint8)
    full = np.full_like(fade, 255)
    red, blue = np.where(signed < 0, fade, full), np.where(signed > 0, fade, full)
    return np.stack([red, fade, blue], axis=-1)


def sum_pool(maps: FloatArray, size: int = 24) -> NDArray[np.float32]:
    """Sum maps over a grid of size × size equal cells, the preprocessing of SpRAy (paper, section 3.3).

    A pixel that lies in several cells is shared out by area, so that the total is kept for every
    height and width. A map's result does not depend on the maps beside it.

    Parameters
    ----------
    maps : ndarray of float, shape (N, H, W)
    size : int
        Cells per side.

    Returns
    -------
    ndarray of float32, shape (N, size, size)
    """
    count, height, width = maps.shape
    rows, columns = _cell_shares(height, size), _cell_shares(width, size)
    pooled = np.empty((count, size, size), np.float32)
    for start in range(0, count, _MAPS_AT_ONCE):
        block = maps[start : start + _MAPS_AT_ONCE].astype(np.float64)
        wide = np.moveaxis(block, 1, 0).reshape(height, -1)
        narrow = (rows @ wide).reshape(size, len(block), width)
        cells = columns @ np.moveaxis(narrow, 2, 0).reshape(width, -1)
        pooled[start : start + len(block)] = np.moveaxis(
            cells.reshape(size, size, len(block)), (0, 1), (2, 1)
        )
    return pooled


@cache
def _cell_shares(length: int, size: int) -> sparse.csr_matrix:
    """Share of each of `length` pixels that lies in each of `size` cells, shape (size, length)."""
    pixels, cells = np.arange(length), np.arange(size)[:, None]
    left = np.maximum(pixels * size, cells * length)
    right = np.minimum((pixels + 1) * size, (cells + 1) * length)
    return sparse.csr_matrix(np.maximum(right - left, 0) / size)


def _round_down(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Largest float32 that is not over each value."""
    rounded = values.astype(np.float32)
    return np.where(rounded > values, np.nextafter(rounded, np.float32(-np.inf)), rounded)


def _percent(x: float) -> np.float32:
    if not 0 < x <= 100:
        raise ParameterError(f"Top-X needs a percentage over 0 and up to 100, got {x}")
    return max(np.float32(x), _ABOVE_NONE)
