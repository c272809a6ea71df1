"""The frame shown is the one whose time it is: at every speed, with and without sound, dropped if need be."""

import numpy as np
import pytest

from tests.ui.samples import make_snapshot, make_video
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.workers.playback import Playback

RATE = 30.0


class HandClock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class HandSound:
    """Sound whose clock is moved by hand; None once it is broken."""

    def __init__(self):
        self.at: float | None = None
        self.starts: list[float] = []
        self.broken = False

    def start(self, seconds):
        self.starts.append(seconds)
        self.at = seconds

    def stop(self):
        self.at = None

    def position(self):
        return None if self.broken else self.at


@pytest.fixture
def state():
    made = ViewerState()
    snapshot = make_snapshot(300)
    made.open(make_video(snapshot), snapshot)
    return made


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def play(state, clock):
    """Play on by some seconds and give back the playhead."""
    playback = Playback(state, clock=clock)
    return player(playback, state, clock)


def player(playback, state, clock):
    playback._timer.setInterval(1 << 30)

    def go_on(seconds):
        state.set_playing(True)
        clock.now += seconds
        playback.tick()
        return state.playhead

    return go_on


@pytest.fixture(autouse=True)
def paused_at_the_end(state):
    yield
    state.set_playing(False)


@pytest.mark.parametrize("speed", [0.1, 0.25, 1.0, 2.0, 4.0])
def test_time_passes_at_the_chosen_speed(state, play, speed):
    state.set_speed(speed)
    assert play(2.0 + 1e-6) == int(2 * speed * RATE)


def test_frames_are_dropped_and_time_does_not_drift(state, play):
    rng = np.random.default_rng(0)
    passed = 0.0
    while passed < 9:
        step = float(rng.uniform(0.001, 0.2))
        passed += step
        assert play(step) == state.frame_at(passed)


def test_uneven_times_are_kept(state, play):
    snapshot = make_snapshot(300)
    times = np.cumsum(np.random.default_rng(0).uniform(0.01, 0.2, 300))
    video = make_video(snapshot)
    object.__setattr__(video, "pts", np.round((times - times[0]) * 90_000).astype(np.int64))
    state.open(video, snapshot)
    assert play(5.0) == int(np.searchsorted(video.times, 5.0, side="right")) - 1


def test_playing_begins_at_the_playhead(state, play):
    state.set_playhead(60)
    assert play(1.0 + 1e-6) == 90


def test_it_stops_on_the_last_frame_and_begins_anew_from_there(state, play):
    assert play(100.0) == 299
    assert not state.playing
    assert play(1.0 + 1e-6) == 30


def test_a_seek_while_playing_goes_on_from_there(state, play):
    play(1.0)
    state.set_playhead(200)
    assert play(0.5 + 1e-6) == 215


def test_changing_the_speed_while_playing_leaps_nowhere(state, play):
    before = play(2.0 + 1e-6)
    state.set_speed(4.0)
    assert play(0.0) == before
    assert play(1.0) == before + 120


def test_pausing_stops_the_clock(state, play, clock):
    play(1.0 + 1e-6)
    state.set_playing(False)
    clock.now += 100
    assert play(1.0) == 60


def test_a_loop_wraps_round_without_losing_time(state, play):
    state.set_loop((60, 90))
    assert play(0.5 + 1e-6) == 75
    assert play(0.75) == 67
    assert state.playing
    assert play(10.0) == 67


def test_starting_a_loop_while_playing_elsewhere_goes_to_it(state, play):
    play(1.0)
    state.set_loop((200, 250))
    assert state.playhead == 200
    assert play(1.0 + 1e-6) == 230


def test_a_loop_up_to_the_end_goes_on(state, play):
    state.set_loop((270, 300))
    assert play(1.5 + 1e-6) == 285
    assert state.playing


def test_nothing_open_does_not_play(qtbot):
    state = ViewerState()
    playback = Playback(state)
    state.set_playing(True)
    assert not state.playing
    assert not playback._timer.isActive()


def test_the_sound_leads_at_normal_speed(state, clock):
    sound = HandSound()
    go_on = player(Playback(state, sound, clock), state, clock)
    go_on(0.0)
    sound.at = 3.0 + 1e-6
    assert go_on(0.1) == 90
    assert sound.starts == [0.0]


def test_sound_that_has_not_begun_holds_the_picture(state, clock):
    go_on = player(Playback(state, HandSound(), clock), state, clock)
    assert go_on(0.3) == 0


def test_when_the_sound_breaks_off_the_clock_takes_over_without_a_leap(state, clock):
    sound = HandSound()
    go_on = player(Playback(state, sound, clock), state, clock)
    go_on(0.0)
    sound.at = 2.0 + 1e-6
    assert go_on(5.0) == 60
    sound.broken = True
    assert go_on(0.5) == 75


def test_sound_is_silent_at_other_speeds_and_comes_back(state, clock):
    sound = HandSound()
    go_on = player(Playback(state, sound, clock), state, clock)
    go_on(0.0)
    state.set_speed(2.0)
    assert sound.at is None
    assert go_on(1.0 + 1e-6) == 60
    state.set_speed(1.0)
    assert sound.starts[-1] == pytest.approx(2.0, abs=1e-3)


def test_a_seek_and_a_pause_reach_the_sound(state, clock):
    sound = HandSound()
    go_on = player(Playback(state, sound, clock), state, clock)
    go_on(0.0)
    state.set_playhead(150)
    assert sound.starts[-1] == pytest.approx(5.0)
    state.set_playing(False)
    assert sound.at is None


def test_the_timer_runs_only_while_playing(state, qtbot):
    playback = Playback(state)
    assert not playback._timer.isActive()
    state.set_playing(True)
    qtbot.waitUntil(lambda: state.playhead > 3)
    state.set_playing(False)
    assert not playback._timer.isActive()
