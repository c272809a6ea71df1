"""Which points lie inside a line drawn around them."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.types import FloatArray


def points_inside(points: FloatArray, outline: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points a closed outline contains, by the even-odd rule.

    Parameters
    ----------
    points : ndarray of float, shape (N, 2)
    outline : ndarray of float64, shape (V, 2)
        Corners in the order in which they were drawn; the last is joined to the first.

    Returns
    -------
    ndarray of bool, shape (N,)
        All false for fewer than three corners.
    """
    inside = np.zeros(len(points), np.bool_)
    if len(outline) < 3:
        return inside
    near = np.all((points >= outline.min(axis=0)) & (points <= outline.max(axis=0)), axis=1)
    x, y = points[near, 0].astype(np.float64), points[near, 1].astype(np.float64)
    crossings = np.zeros(len(x), np.bool_)
    for (x0, y0), (x1, y1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if y0 != y1:
            between = (y0 > y) != (y1 > y)
            crossings ^= between & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    inside[near] = crossings
    return inside


def spread_out(count: int, most: int) -> NDArray[np.int64]:
    """Rows of at most `most` of `count` points, spread evenly, so that drawing them stays quick.

    Parameters
    ----------
    count, most : int

    Returns
    -------
    ndarray of int64, shape (min(count, most),)
        Ascending.
    """
    if count <= most:
        return np.arange(count, dtype=np.int64)
    return np.linspace(0, count - 1, most).round().astype(np.int64)
