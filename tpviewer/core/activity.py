"""When each Action Unit is active: from logits to events, raw and by the profile's rules.

The paper takes the classifier's decision of every frame as it is (section 3.4); the *steady* profile
smooths it and treats blinks by rules of their own (method, section 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tpviewer.core.runs import EPSILON_S, durations, runs, set_ranges
from tpviewer.core.smoothing import bridge, gaussian, hysteresis, tidy
from tpviewer.core.timeline_params import TimelineParams
from tpviewer.core.types import BoolArray, FloatArray

BLINK, CLOSURE = "AU45", "AU43"

MAP_SOURCE = {CLOSURE: BLINK}
"""An Action Unit that is read off another one's probability, and so off its relevance maps."""


@dataclass(frozen=True)
class Activity:
    """Activity of every Action Unit in every frame.

    Attributes
    ----------
    aus : tuple of str, length K
        Columns: the model's Action Units in its order, then AU43 where it is read off a model's AU45.
    raw : ndarray of bool, shape (N, K)
        Probability at or over the threshold; never in an unseen frame, nor in an added AU43.
    smoothed : ndarray of bool, shape (N, K)
        By the profile's rules; equal to `raw` in the *paper* profile.
    raw_unseen, unseen : ndarray of bool, shape (N,)
        Frames without a face, before and after short gaps were bridged; none in the *paper* profile,
        where they are NONE.
    in_stages : ndarray of bool, shape (K,)
        Columns that stages are made of.
    """

    aus: tuple[str, ...]
    raw: BoolArray
    smoothed: BoolArray
    raw_unseen: BoolArray
    unseen: BoolArray
    in_stages: BoolArray

    def clustered(self, au: str) -> BoolArray:
        """Frames, shape (N,), whose maps of an Action Unit are clustered.

        These are the ones where it is active, or where one is that is read off its maps.
        """
        columns = [au in (column, MAP_SOURCE.get(column)) for column in self.aus]
        return np.asarray(self.smoothed[:, columns].any(axis=1))


def activity(
    logits: NDArray[np.float32],
    seen: BoolArray,
    bounds: NDArray[np.float64],
    thresholds: FloatArray,
    aus: Sequence[str],
    params: TimelineParams,
) -> Activity:
    """Decide when each Action Unit is active.

    Parameters
    ----------
    logits : ndarray of float32, shape (N, K)
        Of the model; ignored where no face was seen.
    seen : ndarray of bool, shape (N,)
    bounds : ndarray of float64, shape (N + 1,)
        Presentation time of each frame in seconds, and the end of the last one; never falling.
    thresholds : ndarray of float, shape (K,)
        Probabilities.
    aus : sequence of str, length K
    params : TimelineParams

    Returns
    -------
    Activity
    """
    clean = np.where(seen[:, None], logits, 0).astype(np.float32)
    raw = seen[:, None] & (expit(clean.astype(np.float64)) >= thresholds)
    if not params.steady_rules:
        nowhere = np.zeros(len(seen), bool)
        return Activity(tuple(aus), raw, raw.copy(), nowhere, nowhere, np.ones(len(aus), bool))
    filled, bridged = bridge(clean, seen, bounds, params.unseen_bridge_s)
    smoothed = _smooth_events(filled, bridged, bounds, thresholds, params)
    steady = Activity(tuple(aus), raw, smoothed, ~seen, ~bridged, np.array([au != BLINK for au in aus], bool))
    if BLINK not in aus:
        return steady
    closed = _closed_eyes(filled[:, list(aus).index(BLINK)], bridged, bounds, params)
    return _with_blinks(steady, closed, bounds, params.closure_s)


def _smooth_events(
    logits: NDArray[np.float32],
    seen: BoolArray,
    bounds: NDArray[np.float64],
    thresholds: FloatArray,
    params: TimelineParams,
) -> BoolArray:
    """Steps 1 to 3 of the *steady* profile for every column."""
    probability = expit(gaussian(logits, seen, bounds, params.sigma_s))
    active = np.zeros(logits.shape, bool)
    for column, threshold in enumerate(np.asarray(thresholds, np.float64)):
        on, off = switch_points(float(threshold), params.hysteresis)
        events = hysteresis(probability[:, column], seen, on, off)
        active[:, column] = tidy(events, seen, bounds, params.fill_gap_s, params.min_event_s)
    return active


def switch_points(threshold: float, width: float) -> tuple[float, float]:
    """Probabilities at which an Action Unit goes on and off.

    The width is cut at half the way to 1 and to 0, so that a threshold near either can still be crossed.
    """
    return threshold + min(width, (1 - threshold) / 2), threshold - min(width, threshold / 2)


def _closed_eyes(
    logit: NDArray[np.float32], seen: BoolArray, bounds: NDArray[np.float64], params: TimelineParams
) -> BoolArray:
    """Frames with closed eyes, from the AU45 logit without smoothing: a blink is as short as the filter."""
    events = hysteresis(expit(logit.astype(np.float64)), seen, params.blink_on, params.blink_off)
    return tidy(events, seen, bounds, 0.0, params.blink_min_s)


def _with_blinks(
    steady: Activity, closed: BoolArray, bounds: NDArray[np.float64], closure_s: float
) -> Activity:
    """Short closures are AU45, long ones AU43, in the model's own column or in one that is added."""
    ranges = runs(closed)
    long = ranges[durations(ranges, bounds) >= closure_s - EPSILON_S]
    closure = np.zeros(len(closed), bool)
    set_ranges(closure, long, True)
    smoothed = steady.smoothed.copy()
    smoothed[:, steady.aus.index(BLINK)] = closed & ~closure
    if CLOSURE in steady.aus:
        smoothed[:, steady.aus.index(CLOSURE)] |= closure
        return Activity(steady.aus, steady.raw, smoothed, steady.raw_unseen, steady.unseen, steady.in_stages)
    return Activity(
        aus=(*steady.aus, CLOSURE),
        raw=np.hstack([steady.raw, np.zeros((len(closed), 1), bool)]),
        smoothed=np.hstack([smoothed, closure[:, None]]),
        raw_unseen=steady.raw_unseen,
        unseen=steady.unseen,
        in_stages=np.append(steady.in_stages, True),
    )
