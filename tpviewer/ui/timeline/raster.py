"""Pixels as numpy arrays: colours, blends and hatching (no Qt)."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.palette import colour

Pixels = NDArray[np.uint32]
"""``0xffRRGGBB``, as the screen has them."""


def pixel(colour: str) -> int:
    """Pixel of a ``#rrggbb`` colour."""
    return 0xFF000000 | int(colour[1:], 16)


def blend(below: Pixels | int, above: Pixels | int, opacity: NDArray[np.floating[Any]] | float) -> Pixels:
    """Lay colours over others; the three are broadcast, opacity is 0 to 1.

    Parameters
    ----------
    below, above : uint32, any shape, or int
        Pixels.
    opacity : float, any shape
        Of what is above; taken in steps of 1/256.

    Returns
    -------
    uint32, of the common shape
    """
    weight = np.rint(np.asarray(opacity) * 256).astype(np.uint64)
    lower, upper = np.asarray(below, np.uint64), np.asarray(above, np.uint64)
    mixed = np.uint64(0xFF000000)
    for channels in (np.uint64(0xFF00FF), np.uint64(0x00FF00)):  # red and blue at once, then green
        sums = (lower & channels) * (np.uint64(256) - weight) + (upper & channels) * weight
        mixed = mixed | (sums >> np.uint64(8)) & channels
    return np.asarray(mixed).astype(np.uint32)


def faint(below: Pixels, above: int) -> Pixels:
    """Lay a colour over others with an opacity of 3/8, many times faster than `blend`."""
    eighths = sum((above >> shift & 0xFF) * 3 // 8 << shift for shift in (16, 8, 0))
    mixed = (below >> np.uint32(1) & np.uint32(0x7F7F7F)) + (below >> np.uint32(3) & np.uint32(0x1F1F1F))
    return np.asarray(mixed + np.uint32(0xFF000000 | eighths), np.uint32)


@lru_cache(maxsize=32)
def hatching(height: int, width: int, period: int, falling: bool = False) -> NDArray[np.bool_]:
    """Diagonal lines, a third of the period thick, shape (height, width)."""
    x, y = np.arange(width), np.arange(height)[:, None]
    lines: NDArray[np.bool_] = (x - y if falling else x + y) % period < max(period // 3, 1)
    lines.flags.writeable = False
    return lines


@cache
def look_colour(au: str, letter_index: int = 0) -> str:
    """Colour of an Action Unit's cluster, ``#rrggbb``, worked out once; without a look that of the first."""
    return colour(au, max(letter_index, 0))
