"""From activity and clusters to the three layers of a profile: raw, smoothed, absorbed (method, section 6).

All three are kept: the prototype is read off the absorbed stages, the lanes show the smoothed states, and
the raw ones are what the classifier said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.absorption import absorb
from tpviewer.core.activity import MAP_SOURCE, Activity, activity
from tpviewer.core.letters import first_occurrence
from tpviewer.core.runs import EPSILON_S, runs
from tpviewer.core.stages import INACTIVE, UNSEEN, Stage, stages_from_states
from tpviewer.core.timeline_params import TimelineParams
from tpviewer.core.types import BoolArray, IntArray

__all__ = [
    "Activity",
    "Layer",
    "LayerName",
    "TimelineParams",
    "activity",
    "compose",
    "fill_letters",
    "letter_orders",
    "mode_filter",
    "rename",
]

LayerName = Literal["raw", "smoothed", "absorbed"]


@dataclass(frozen=True)
class Layer:
    """One result of a profile.

    Attributes
    ----------
    states : ndarray of int16, shape (N, K)
        Letter index, `INACTIVE` or `UNSEEN`, for the columns of the activity.
    stages : tuple of Stage
        Made of the columns that are in stages.
    """

    states: NDArray[np.int16]
    stages: tuple[Stage, ...]


def compose(
    active: Activity,
    letters: Mapping[str, IntArray],
    bounds: NDArray[np.float64],
    params: TimelineParams,
) -> dict[LayerName, Layer]:
    """Put activity and letters together.

    Parameters
    ----------
    active : Activity
    letters : mapping of str to int ndarray, shape (N,)
        Per Action Unit of the model the letter index in every frame, from `fill_letters`; an Action Unit
        without an entry takes that of its map source, otherwise A.
    bounds : ndarray of float64, shape (N + 1,)
        Presentation time of each frame in seconds, and the end of the last one.
    params : TimelineParams

    Returns
    -------
    dict of str to Layer
        ``raw``, ``smoothed`` and ``absorbed``; all alike in the *paper* profile.
    """
    looks = _letters_by_column(active, letters)
    raw = _states(active.raw, looks, active.raw_unseen)
    calm = mode_filter(_states(active.smoothed, looks, active.unseen), bounds, params.letter_mode_s)
    smoothed = Layer(calm, _stages(active, calm))
    stages = absorb(smoothed.stages, bounds, params.min_stage_s)
    absorbed = Layer(_states_of_stages(active, calm, stages), stages)
    return {"raw": Layer(raw, _stages(active, raw)), "smoothed": smoothed, "absorbed": absorbed}


def letter_orders(
    layers: Mapping[LayerName, Layer], aus: Sequence[str], labels: Mapping[str, IntArray]
) -> dict[str, NDArray[np.int32]]:
    """New letter index of each cluster, so that the one that a reader meets first is A.

    The letters of clustering follow the first clustered frame; smoothing may have taken that frame away.

    Parameters
    ----------
    layers : mapping of str to Layer
    aus : sequence of str, length K
        Columns of the states.
    labels : mapping of str to int ndarray
        Per clustered Action Unit the labels of its maps, each cluster at least once.

    Returns
    -------
    dict of str to int32 ndarray, shape (clusters,)
        Order of first occurrence in the absorbed states, then in the smoothed ones, then in the labels.
    """
    orders = {}
    for au, found in labels.items():
        columns = [k for k, column in enumerate(aus) if column == au or MAP_SOURCE.get(column) == au]
        shown = [layers[name].states[:, columns].ravel() for name in ("absorbed", "smoothed")]
        orders[au] = first_occurrence(np.concatenate([*shown, found]))
    return orders


def rename(layer: Layer, aus: Sequence[str], orders: Mapping[str, IntArray]) -> Layer:
    """Give the clusters of a layer the letters of `letter_orders`.

    Parameters
    ----------
    layer : Layer
    aus : sequence of str, length K
        Columns of the states.
    orders : mapping of str to int ndarray
        An Action Unit without an entry takes that of its map source, otherwise keeps its letters.
    """

    def renamed(au: str, letters: NDArray[np.int16]) -> NDArray[np.int16]:
        order = orders.get(au, orders.get(MAP_SOURCE.get(au, au)))
        return letters if order is None else np.asarray(order[letters], np.int16)

    states = layer.states.copy()
    for column, au in enumerate(aus):
        active = states[:, column] >= 0
        states[active, column] = renamed(au, states[active, column])
    stages = tuple(
        replace(
            stage, key=tuple((au, int(renamed(au, np.array([look], np.int16))[0])) for au, look in stage.key)
        )
        for stage in layer.stages
    )
    return Layer(states, stages)


def fill_letters(bounds: NDArray[np.float64], frames: IntArray, labels: IntArray) -> NDArray[np.int16]:
    """Letter of every frame: that of the nearest clustered frame in time, the earlier of two.

    Frames that were filled into an event, or that a rule does not keep, have no clustered map of their own.

    Parameters
    ----------
    bounds : ndarray of float64, shape (N + 1,)
        Presentation time of each frame in seconds, and the end of the last one.
    frames : ndarray of int, shape (M,)
        Clustered frames, ascending.
    labels : ndarray of int, shape (M,)
        Their letter indices.

    Returns
    -------
    ndarray of int16, shape (N,)
        A (0) everywhere where nothing was clustered.
    """
    times = bounds[:-1]
    if not len(frames):
        return np.zeros(len(times), np.int16)
    after = np.searchsorted(frames, np.arange(len(times)))
    later = frames[np.minimum(after, len(frames) - 1)]
    earlier = frames[np.maximum(after - 1, 0)]
    closer = np.abs(times[later] - times) < np.abs(times - times[earlier]) - EPSILON_S
    use_later = (later == np.arange(len(times))) | closer
    nearest = np.where(use_later, np.minimum(after, len(frames) - 1), np.maximum(after - 1, 0))
    return np.asarray(labels[nearest], np.int16)


def mode_filter(states: NDArray[np.int16], bounds: NDArray[np.float64], window_s: float) -> NDArray[np.int16]:
    """Step 4 of *steady*: in each event take the letter that lasts longest in a window about each frame.

    Parameters
    ----------
    states : ndarray of int16, shape (N, K)
        Activity is not changed.
    bounds : ndarray of float64, shape (N + 1,)
        Seconds.
    window_s : float
        Width of the window about the middle of a frame, cut at the ends of the event; 0 changes nothing.

    Returns
    -------
    ndarray of int16, shape (N, K)
        Of letters that last equally long the frame's own wins, then the first.
    """
    filtered = states.copy()
    if window_s <= 0:
        return filtered
    for column in range(states.shape[1]):
        for start, stop in runs(states[:, column] >= 0):
            event = states[start:stop, column]
            if (event != event[0]).any():
                filtered[start:stop, column] = _event_mode(event, bounds[start : stop + 1], window_s)
    return filtered


def _event_mode(event: NDArray[np.int16], bounds: NDArray[np.float64], window_s: float) -> NDArray[np.int16]:
    """Mode filter of one event, from how long each letter has lasted up to any moment."""
    looks = np.unique(event)
    spans = np.where(event[:, None] == looks, np.diff(bounds)[:, None], 0.0)
    lasted = np.vstack([np.zeros(len(looks)), np.cumsum(spans, axis=0)])
    centres = (bounds[:-1] + bounds[1:]) / 2
    held = np.stack(
        [
            np.interp(centres + window_s / 2, bounds, total)
            - np.interp(centres - window_s / 2, bounds, total)
            for total in lasted.T
        ],
        axis=1,
    )
    # The frame's own letter wins ties: it is given more than rounding, less than any frame.
    held += np.where(event[:, None] == looks, EPSILON_S, 0.0)
    return np.asarray(looks[np.argmax(held, axis=1)], np.int16)


def _letters_by_column(active: Activity, letters: Mapping[str, IntArray]) -> NDArray[np.int16]:
    nothing = np.zeros(len(active.unseen), np.int16)
    columns = [letters.get(au, letters.get(MAP_SOURCE.get(au, au), nothing)) for au in active.aus]
    return np.stack(columns, axis=1).astype(np.int16) if columns else np.zeros((len(nothing), 0), np.int16)


def _states(active: BoolArray, looks: NDArray[np.int16], unseen: BoolArray) -> NDArray[np.int16]:
    states = np.where(active, looks, np.int16(INACTIVE)).astype(np.int16)
    states[unseen] = UNSEEN
    return states


def _stages(active: Activity, states: NDArray[np.int16]) -> tuple[Stage, ...]:
    aus = [au for au, wanted in zip(active.aus, active.in_stages, strict=True) if wanted]
    return stages_from_states(states[:, active.in_stages], aus)


def _states_of_stages(
    active: Activity, states: NDArray[np.int16], stages: tuple[Stage, ...]
) -> NDArray[np.int16]:
    """States in which every frame has its stage's set; columns outside the stages stay as they are."""
    absorbed = states.copy()
    for stage in stages:
        if not stage.unseen:
            key = dict(stage.key)
            row = [key.get(au, INACTIVE) for au in active.aus]
            absorbed[stage.start : stage.stop, active.in_stages] = np.array(row)[active.in_stages]
    return absorbed
