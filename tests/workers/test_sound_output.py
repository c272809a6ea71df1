"""Sound runs in step with the device that plays it, and where there is none the user learns why."""

import numpy as np
import pytest

from tests.media.clips import make_clip
from tpviewer.core.errors import MediaError
from tpviewer.media.sound import RATE, sound_from
from tpviewer.media.source import open_source
from tpviewer.workers import sound_output
from tpviewer.workers.sound_output import BYTES_PER_SECOND, SoundOutput

ROOM = BYTES_PER_SECOND // 4


class HandDevice:
    """A device that plays when told to."""

    def __init__(self):
        self.taken, self.played, self.volume, self.stopped = bytearray(), 0, None, False

    def write(self, data):
        room = ROOM - self.waiting()
        self.taken += data[:room]
        return min(len(data), room)

    def waiting(self):
        return len(self.taken) - self.played

    def play(self, seconds):
        self.played = min(len(self.taken), self.played + int(seconds * BYTES_PER_SECOND))

    def set_volume(self, volume):
        self.volume = volume

    def stop(self):
        self.stopped = True


class HandClock:
    now = 50.0

    def __call__(self):
        return self.now


@pytest.fixture
def clip(tmp_path):
    with open_source(make_clip(tmp_path / "a.mp4", 50, audio=True)) as source:
        return source.info


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def devices():
    return []


@pytest.fixture
def sound(qtbot, devices, clock, clip):
    def open_device():
        devices.append(HandDevice())
        return devices[-1]

    made = SoundOutput(open_device, clock)
    made.open(clip)
    yield made
    made.stop()


def filled(qtbot, sound, device):
    qtbot.waitUntil(lambda: (sound.feed(), device.waiting() == ROOM)[1])


def test_what_is_heard_is_the_sound_from_that_time_on(qtbot, sound, devices, clip):
    sound.start(0.5)
    filled(qtbot, sound, devices[0])
    blocks = sound_from(clip, 0.5)
    expected = np.concatenate([next(blocks) for _ in range(RATE // 2000)]).tobytes()
    shared = min(len(expected), ROOM)
    assert bytes(devices[0].taken[:shared]) == expected[:shared]


def test_the_position_is_what_the_device_has_played(qtbot, sound, devices, clock):
    sound.start(0.5)
    assert sound.position() == 0.5
    filled(qtbot, sound, devices[0])
    clock.now += 0.2
    assert sound.position() == 0.5
    devices[0].play(0.1)
    assert sound.position() == pytest.approx(0.6, abs=1e-4)


def test_between_two_reports_of_the_device_the_clock_goes_on_but_not_far(qtbot, sound, devices, clock):
    sound.start(0.0)
    filled(qtbot, sound, devices[0])
    devices[0].play(0.1)
    sound.position()
    clock.now += 0.01
    assert sound.position() == pytest.approx(0.11, abs=1e-4)
    clock.now += 0.3
    assert sound.position() == pytest.approx(0.15, abs=1e-4)


def test_a_device_that_stalls_is_given_up_with_a_reason(qtbot, sound, devices, clock):
    sound.start(0.0)
    filled(qtbot, sound, devices[0])
    clock.now += 1.0
    assert sound.position() is None
    assert devices[0].stopped
    assert "does not answer" in sound.reason
    sound.start(0.0)
    assert len(devices) == 1


def test_muting_leaves_the_clock_running(qtbot, sound, devices):
    sound.set_muted(True)
    sound.start(0.0)
    assert devices[0].volume == 0.0
    sound.set_muted(False)
    assert devices[0].volume == 1.0
    assert sound.position() == 0.0


def test_stopping_ends_the_decoder_and_the_device(sound, devices):
    sound.start(0.0)
    thread = sound._decoder._thread
    sound.stop()
    assert not thread.is_alive()
    assert devices[0].stopped
    assert sound.position() is None


def test_without_a_video_or_a_track_nothing_is_opened(qtbot, sound, devices, tmp_path):
    with open_source(make_clip(tmp_path / "silent.mp4", 5)) as source:
        sound.open(source.info)
    assert "no sound" in sound.reason
    sound.start(0.0)
    sound.open(None)
    assert "No video" in sound.reason
    sound.start(0.0)
    assert not devices


def test_without_a_device_the_reason_is_told_and_it_is_tried_again(qtbot, clip, clock):
    device = HandDevice()
    answers = [MediaError("No sound device was found"), device]

    def open_device():
        answer = answers.pop(0)
        if isinstance(answer, MediaError):
            raise answer
        return answer

    sound = SoundOutput(open_device, clock)
    sound.open(clip)
    with qtbot.waitSignal(sound.reason_changed) as told:
        sound.start(0.0)
    assert told.args == ["No sound device was found"]
    assert sound.position() is None
    sound.start(0.0)
    assert sound.reason == ""
    assert sound.position() == 0.0
    sound.stop()


def test_a_file_that_went_away_is_told(qtbot, sound, devices, clip):
    clip.path.unlink()
    sound.start(0.0)
    qtbot.waitUntil(lambda: (sound.feed(), sound.reason != "")[1])
    assert clip.path.name in sound.reason
    assert devices[0].stopped


def test_a_missing_library_is_a_reason_not_a_crash(qtbot, clip, monkeypatch):
    monkeypatch.setattr(sound_output, "import_multimedia", lambda: False)
    sound = SoundOutput()
    sound.open(clip)
    sound.start(0.0)
    assert "QtMultimedia" in sound.reason
    assert sound.position() is None
