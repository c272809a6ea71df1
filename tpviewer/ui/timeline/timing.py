"""How long the timeline takes to draw, measured on a video made for it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication

from tpviewer.core.action_units import ACTION_UNITS
from tpviewer.core.stages import stages_from_states
from tpviewer.store.session import VideoRecord
from tpviewer.store.snapshot import FACE, NO_FACE, ResultSet, Snapshot
from tpviewer.ui.timeline.timeline import Timeline
from tpviewer.ui.viewer_state import ViewerState

_SIZE = (1920, 720)
_RATE = 30.0
_REPEATS = 25
_EVENT_FRAMES = 40


def time_lanes(n_aus: int, n_frames: int) -> dict[str, float]:
    """Measure a move of the playhead and a zoom, with all lanes in sight; needs a QApplication.

    Returns
    -------
    dict of str to float
        ``playhead_s`` and ``redraw_s``, medians in seconds.
    """
    state = ViewerState()
    state.open(None, _busy_video(n_aus, n_frames))
    timeline = Timeline(state)
    timeline.resize(*_SIZE)
    timeline.show()
    QApplication.processEvents()
    frames = np.linspace(0, n_frames - 1, _REPEATS).astype(int).tolist()
    margins = np.linspace(0.01, 0.45, _REPEATS) * state.end
    moves = [_seconds_of(partial(state.set_playhead, frame)) for frame in frames]
    zooms = [_seconds_of(partial(state.set_view, margin, state.end - margin)) for margin in margins.tolist()]
    timeline.close()
    timeline.deleteLater()
    return {"playhead_s": median(moves), "redraw_s": median(zooms)}


def _seconds_of(change: Callable[[], None]) -> float:
    begun = perf_counter()
    change()
    QApplication.processEvents()
    return perf_counter() - begun


def _busy_video(n_aus: int, n_frames: int) -> Snapshot:
    rng = np.random.default_rng(0)
    aus = tuple(unit.label for unit in ACTION_UNITS[:n_aus])
    waves = np.sin(np.arange(n_frames)[:, None] / _EVENT_FRAMES * np.linspace(0.7, 1.3, n_aus))
    probabilities = np.clip(0.5 + waves / 2 + rng.normal(0, 0.05, waves.shape), 0, 1)
    look = rng.integers(0, 3, (n_frames // _EVENT_FRAMES + 1, n_aus)).repeat(_EVENT_FRAMES, axis=0)[:n_frames]
    states = np.where(waves > 0, look, -1).astype(np.int16)
    seen = np.where(np.arange(n_frames) % 5000 < 4800, FACE, NO_FACE).astype(np.int8)
    probabilities[seen == NO_FACE] = np.nan
    states[seen == NO_FACE] = -2
    even = np.arange(n_frames, dtype=np.float64)
    return Snapshot(
        path=Path("busy.tpv"),
        video=VideoRecord("busy.mp4", "", 0, 640, 480, "video", "h264", (1, 30), _RATE, n_frames, ()),
        times=even / _RATE,
        end=n_frames / _RATE,
        aus=aus,
        thresholds=np.full(n_aus, 0.5),
        chosen=frozenset(aus),
        experimental=frozenset(),
        card={},
        provenance={},
        profile="steady",
        progress={},
        complete=True,
        seen=seen,
        probabilities=probabilities.astype(np.float32),
        yaw=(40 * np.sin(even / 300)).astype(np.float32),
        pitch=np.zeros(n_frames, np.float32),
        score=np.full(n_frames, 0.9, np.float32),
        brightness=np.full(n_frames, 120, np.float32),
        blur=np.full(n_frames, 300, np.float32),
        box=np.zeros((n_frames, 4), np.float32),
        crop_to_frame=np.zeros((n_frames, 2, 3)),
        result_sets={"steady": _results(aus, states)},
    )


def _results(aus: tuple[str, ...], states: NDArray[np.int16]) -> ResultSet:
    layers = ("raw", "smoothed", "absorbed")
    stages = stages_from_states(states, aus)
    return ResultSet(
        name="steady",
        columns=aus,
        activity={"raw": states >= 0, "smoothed": states >= 0},
        states=dict.fromkeys(layers, states),
        stages=dict.fromkeys(layers, stages),
        clusters={},
    )
