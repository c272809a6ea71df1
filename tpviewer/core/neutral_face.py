"""Which frames show a person's neutral face, judged without knowing that face (method, section 3)."""

import math

import numpy as np
from numpy.typing import NDArray

STATIC_AUS = (
    *("AU09", "AU10", "AU12", "AU15", "AU17", "AU18", "AU20", "AU24", "AU25", "AU26", "AU28"),
    "AU45",
)
"""Action Units that show in a single picture; brows and lid tension only show against the neutral face."""

SAMPLES = 200
MOST_FRAMES = 51
"""Frames that a neutral face is made from, at most."""

POSE_RANGE = 15.0
"""Degrees of yaw and of pitch about the median pose."""

_LEAST_FRAMES, _LEAST_SHARE, _LEAST_S = 5, 0.02, 0.2


def spread(frames: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return `most` of the frames, evenly spread from the first to the last; all where there are no more.

    Parameters
    ----------
    frames : (n,) int64
    most : int

    Returns
    -------
    (min(n, most),) int64
    """
    places = np.linspace(0, max(len(frames) - 1, 0), min(len(frames), most))
    chosen: NDArray[np.int64] = frames[np.rint(places).astype(np.int64)]
    return chosen


def least_calm(samples: int, seconds_each: float | None) -> int:
    """Calm samples that are needed: 5, 2 % of them, and 0.2 s of video.

    Parameters
    ----------
    samples : int
    seconds_each : float or None
        Seconds of video that a sample stands for; None for pictures, whose rate is only nominal.
    """
    by_time = 0 if not seconds_each else math.ceil(_LEAST_S / seconds_each - 1e-6)
    return max(_LEAST_FRAMES, math.ceil(_LEAST_SHARE * samples), by_time)


def choose_calm(
    probabilities: NDArray[np.float64],
    thresholds: NDArray[np.float64],
    pose: NDArray[np.float64],
    least: int,
) -> NDArray[np.int64]:
    """Samples that show the neutral face; none where too few are calm.

    A sample is calm when no Action Unit reaches its threshold and the head is near its median pose. Of the
    calm ones the calmer half is taken, by the sum of their probabilities, at most `MOST_FRAMES`.

    Parameters
    ----------
    probabilities : (n, K) float64
        Of the Action Units of `STATIC_AUS` that the model knows, NaN where a sample could not be read.
        Without any nothing is known to be calm.
    thresholds : (K,) float64
    pose : (n, 2) float64
        Yaw and pitch, degrees.
    least : int
        See `least_calm`.

    Returns
    -------
    (m,) int64
        Places among the samples, ascending.
    """
    if not probabilities.size:
        return np.empty(0, np.int64)
    straight = (np.abs(pose - np.median(pose, axis=0)) <= POSE_RANGE).all(axis=1)
    calm = np.flatnonzero((probabilities < thresholds).all(axis=1) & straight)
    if len(calm) < least:
        return np.empty(0, np.int64)
    order = np.argsort(probabilities[calm].sum(axis=1), kind="stable")
    kept: NDArray[np.int64] = np.sort(calm[order[: min(math.ceil(len(calm) / 2), MOST_FRAMES)]])
    return kept
