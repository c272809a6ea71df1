"""Runs of frames and their durations, by presentation times and never by a nominal frame rate."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.types import BoolArray

EPSILON_S = 1e-6
"""Durations that differ by less, in seconds, count as equal: five frames of 0.04 s are 0.2 s."""


def runs(flags: BoolArray) -> NDArray[np.int64]:
    """Half-open ranges of frames in which a flag stays set.

    Parameters
    ----------
    flags : ndarray of bool, shape (N,)

    Returns
    -------
    ndarray of int64, shape (number of runs, 2)
        Start and stop of each run, in order.
    """
    edges = np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8))
    return np.stack([np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)], axis=1).astype(np.int64)


def durations(ranges: NDArray[np.int64], bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Duration of each range of frames in seconds.

    Parameters
    ----------
    ranges : ndarray of int64, shape (R, 2)
    bounds : ndarray of float64, shape (N + 1,)
        Presentation time of each frame in seconds, and the end of the last one.

    Returns
    -------
    ndarray of float64, shape (R,)
    """
    return np.asarray(bounds[ranges[:, 1]] - bounds[ranges[:, 0]])


def shorter(ranges: NDArray[np.int64], bounds: NDArray[np.float64], seconds: float) -> NDArray[np.int64]:
    """Ranges of frames that last less than some seconds, shape (R', 2)."""
    return ranges[durations(ranges, bounds) < seconds - EPSILON_S]


def set_ranges(flags: BoolArray, ranges: NDArray[np.int64], value: bool) -> None:
    """Set a flag, in place, in all frames of some ranges.

    Parameters
    ----------
    flags : ndarray of bool, shape (N,)
        Is changed.
    ranges : ndarray of int64, shape (R, 2)
        Half-open, as `runs` gives them.
    value : bool
    """
    for start, stop in ranges:
        flags[start:stop] = value
