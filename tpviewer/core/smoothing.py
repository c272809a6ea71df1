"""Steps 1 to 3 of the *steady* profile: from flickering logits to events (method, section 6)."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import ndtr

from tpviewer.core.runs import runs, set_ranges, shorter
from tpviewer.core.types import BoolArray

_REACH = 4.0  # the Gaussian is cut at this many sigmas
_FRAMES_AT_ONCE = 4096


def bridge(
    logits: NDArray[np.float32], seen: BoolArray, bounds: NDArray[np.float64], longest_s: float
) -> tuple[NDArray[np.float32], BoolArray]:
    """Close short gaps in which no face was seen by linear interpolation of the logits in time.

    Parameters
    ----------
    logits : ndarray of float32, shape (N, K)
        Anything where no face was seen.
    seen : ndarray of bool, shape (N,)
    bounds : ndarray of float64, shape (N + 1,)
        Presentation times in seconds, and the end of the last frame.
    longest_s : float
        Gaps shorter than this are closed; those at either end of the video never are.

    Returns
    -------
    logits : ndarray of float32, shape (N, K)
    seen : ndarray of bool, shape (N,)
        True also in closed gaps.
    """
    logits, seen = logits.copy(), seen.copy()
    for start, stop in shorter(runs(~seen), bounds, longest_s):
        if start > 0 and stop < len(seen):
            span = max(bounds[stop] - bounds[start - 1], np.finfo(float).tiny)
            share = ((bounds[start:stop] - bounds[start - 1]) / span)[:, None]
            logits[start:stop] = (1 - share) * logits[start - 1] + share * logits[stop]
            seen[start:stop] = True
    return logits, seen


def gaussian(
    values: NDArray[np.float32], seen: BoolArray, bounds: NDArray[np.float64], sigma_s: float
) -> NDArray[np.float64]:
    """Smooth over time with a Gaussian, never across frames without a face.

    A frame holds its value from its presentation time to the next one's: what is smoothed is this step
    function, taken at the middle of each frame, so that any frame rate, also a variable one, will do.

    Parameters
    ----------
    values : ndarray of float32, shape (N, K)
    seen : ndarray of bool, shape (N,)
    bounds : ndarray of float64, shape (N + 1,)
        Seconds.
    sigma_s : float
        Standard deviation in seconds; 0 changes nothing.

    Returns
    -------
    ndarray of float64, shape (N, K)
        Unseen frames keep their value.
    """
    smooth = values.astype(np.float64)
    if sigma_s <= 0:
        return smooth
    for start, stop in runs(seen):
        smooth[start:stop] = _smooth_run(smooth[start:stop], bounds[start : stop + 1], sigma_s)
    return smooth


def _smooth_run(
    values: NDArray[np.float64], bounds: NDArray[np.float64], sigma_s: float
) -> NDArray[np.float64]:
    smooth = values.copy()
    for start in range(0, len(values), _FRAMES_AT_ONCE):
        stop = min(start + _FRAMES_AT_ONCE, len(values))
        weights = _weights(bounds, start, stop, sigma_s)
        total = np.asarray(weights.sum(axis=1))
        some = total > 0
        smooth[start:stop][some] = (weights @ values)[some] / total[some, None]
    return smooth


def _weights(bounds: NDArray[np.float64], start: int, stop: int, sigma_s: float) -> sparse.csr_array:
    """Share of the Gaussian about each of frames [start, stop) that falls into each frame."""
    centres = (bounds[start:stop] + bounds[start + 1 : stop + 1]) / 2
    first = np.searchsorted(bounds[1:], centres - _REACH * sigma_s, side="right")
    last = np.searchsorted(bounds[:-1], centres + _REACH * sigma_s, side="left")
    counts = np.maximum(last - first, 0)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    rows = np.repeat(np.arange(stop - start), counts)
    columns = np.arange(offsets[-1]) - offsets[rows] + first[rows]
    upper = ndtr((bounds[columns + 1] - centres[rows]) / sigma_s)
    lower = ndtr((bounds[columns] - centres[rows]) / sigma_s)
    return sparse.csr_array((upper - lower, columns, offsets), shape=(stop - start, len(bounds) - 1))


def hysteresis(probability: NDArray[np.float64], seen: BoolArray, on: float, off: float) -> BoolArray:
    """Switch on where a probability reaches `on`, off where it falls below `off`.

    Parameters
    ----------
    probability : ndarray of float64, shape (N,)
    seen : ndarray of bool, shape (N,)
        Where no face is seen everything is off.
    on, off : float
        Probabilities, `off` not over `on`.

    Returns
    -------
    ndarray of bool, shape (N,)
    """
    high, low = seen & (probability >= on), ~seen | (probability < off)
    decided = np.where(high | low, np.arange(len(probability)), -1)
    latest = np.maximum.accumulate(decided) if len(decided) else decided
    return np.asarray((latest >= 0) & high[latest])


def tidy(
    active: BoolArray,
    seen: BoolArray,
    bounds: NDArray[np.float64],
    fill_gap_s: float,
    min_event_s: float,
) -> BoolArray:
    """Fill short gaps between two events, then drop short events.

    Parameters
    ----------
    active, seen : ndarray of bool, shape (N,)
    bounds : ndarray of float64, shape (N + 1,)
        Seconds.
    fill_gap_s, min_event_s : float
        Gaps and events shorter than these go; a gap in which the face is lost is never filled.

    Returns
    -------
    ndarray of bool, shape (N,)
    """
    tidied = active.copy()
    gaps = shorter(runs(~active & seen), bounds, fill_gap_s)
    inner = [(a, b) for a, b in gaps if a > 0 and b < len(active) and active[a - 1] and active[b]]
    set_ranges(tidied, np.array(inner, np.int64).reshape(-1, 2), True)
    set_ranges(tidied, shorter(runs(tidied), bounds, min_event_s), False)
    return tidied
