"""One state, and views hear of it only when something really changed."""

import numpy as np
from pytestqt.qtbot import QtBot

from tests.ui.samples import make_snapshot, make_video
from tpviewer.ui.viewer_state import Overlay, ViewerState


def opened() -> ViewerState:
    state = ViewerState()
    snapshot = make_snapshot()
    state.open(make_video(snapshot), snapshot)
    return state


def test_the_playhead_stays_inside_the_video_and_is_told_once(qtbot: QtBot) -> None:
    state, told = opened(), []
    state.playhead_changed.connect(told.append)
    state.set_playhead(10_000)
    state.set_playhead(299)
    state.set_playhead(-3)
    assert told == [299, 0]


def test_a_frame_lasts_from_its_own_time_to_the_next(qtbot: QtBot) -> None:
    state = opened()
    for frame in (0, 1, 57, 299):
        start, stop = state.time_of(frame), state.time_of(frame + 1)
        assert state.frame_at(start) == frame
        assert state.frame_at(np.nextafter(stop, 0)) == frame
    assert state.frame_at(-1.0) == 0
    assert state.frame_at(1e9) == 299


def test_the_view_is_kept_inside_the_video(qtbot: QtBot) -> None:
    state = opened()
    state.set_view(8.0, 14.0)
    assert state.view == (4.0, 10.0)
    state.set_view(5.0, 5.0)
    assert state.view[1] - state.view[0] > 0.09


def test_every_frame_has_the_stage_that_contains_it(qtbot: QtBot) -> None:
    state = opened()
    for frame in range(state.n_frames):
        stage = state.stage_at(frame)
        assert stage is not None
        assert stage.start <= frame < stage.stop


def test_x_and_opacity_are_kept_in_their_ranges(qtbot: QtBot) -> None:
    state = opened()
    state.set_overlay(Overlay(x=0.0, opacity=3.0))
    assert (state.overlay.x, state.overlay.opacity) == (1.0, 1.0)


def test_playing_needs_frames(qtbot: QtBot) -> None:
    state = ViewerState()
    state.set_playing(True)
    assert not state.playing


def test_opening_another_video_stops_playing_and_looping(qtbot: QtBot) -> None:
    state = opened()
    state.set_playing(True)
    state.set_loop((3, 9))
    state.open(None)
    assert (state.playing, state.loop, state.n_frames, state.results) == (False, None, 0, None)
