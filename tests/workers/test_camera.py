"""A camera is shown without lag and recorded without loss, and what happens to it is said."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from tests.media.clips import TICKS, TIME_BASE, make_clip, number_of
from tests.workers.fake_camera import FakeCamera
from tpviewer.core.errors import MediaError
from tpviewer.media.recorder import RecordingState
from tpviewer.media.source import open_source
from tpviewer.workers.camera import FrameClock, Rate, RawFrame
from tpviewer.workers.camera_devices import Camera, CameraDevices, CameraFormat, formats_of
from tpviewer.workers.camera_driver import CameraDriver, CameraState
from tpviewer.workers.camera_file import FileCamera
from tpviewer.workers.camera_qt import QtCamera, rgb_of
from tpviewer.workers.camera_thread import reduced
from tpviewer.workers.microphone import Microphone


@pytest.fixture
def driver(qtbot: QtBot) -> Any:
    made = CameraDriver(opening_s=0.4, silent_s=0.4)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def camera(driver: CameraDriver) -> FakeCamera:
    made = FakeCamera()
    driver.open(made)
    return made


def numbers_in(path: Path) -> list[int | None]:
    with open_source(path) as source:
        return [number_of(picture) for _, picture in source.frames()]


def ended(qtbot: QtBot, driver: CameraDriver) -> RecordingState:
    with qtbot.waitSignal(driver.recorded, timeout=10_000) as waiting:
        driver.stop_recording()
    state = waiting.args[0]
    assert isinstance(state, RecordingState)
    return state


def test_the_camera_s_own_times_count_and_the_clock_where_they_make_no_sense() -> None:
    clock = FrameClock()
    assert clock.time_of(5.0, 100.0) == 100.0
    assert clock.time_of(5.033, 100.050) == pytest.approx(100.033)  # late to come, not to be taken
    assert clock.time_of(None, 100.07) == 100.07
    assert clock.time_of(5.0, 100.10) == 100.10  # does not rise
    assert clock.time_of(900.0, 100.20) == 100.20  # runs away
    assert clock.time_of(900.03, 100.21) == pytest.approx(100.23)


def test_a_rate_is_that_of_the_last_seconds() -> None:
    rate = Rate()
    for number in range(90):
        rate.tick(number / 30)
    assert rate.at(89 / 30) == pytest.approx(30, rel=0.02)
    assert rate.at(89 / 30 + 5) == 0.0


def test_every_picture_between_start_and_stop_is_recorded(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera, tmp_path: Path
) -> None:
    camera.give(0)
    qtbot.waitUntil(lambda: driver.state is CameraState.RUNNING)
    driver.record(tmp_path / "a.mp4")
    for number in range(1, 40):
        camera.give(number, slow_s=0.002)
    stopped = ended(qtbot, driver)
    camera.give(40)
    assert (stopped.frames, stopped.refused, stopped.problem) == (39, 0, "")
    assert numbers_in(tmp_path / "a.mp4") == list(range(1, 40))
    assert driver.recording is None
    assert driver.state is CameraState.RUNNING


def test_the_view_takes_the_newest_and_lags_behind_nothing(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera
) -> None:
    shown: list[int | None] = []
    driver.pictured.connect(lambda picture: shown.append(number_of(picture)))
    for number in range(60):
        camera.give(number, slow_s=0.01)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1] == 59)
    assert len(shown) < 10
    assert driver.arrivals.frames == 60


def test_only_wanted_pictures_are_sent_to_be_analysed(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera
) -> None:
    sent: list[int | None] = []
    driver.worker.to_analyse.connect(lambda picture: sent.append(number_of(picture)))
    for number in (1, 2):
        camera.give(number)
        qtbot.wait(20)
    assert sent == []
    driver.worker.want_analysis()
    for number in (3, 4):
        camera.give(number)
        qtbot.wait(20)
    assert sent == [3]


def test_a_picture_that_cannot_be_converted_is_counted(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera, tmp_path: Path
) -> None:
    driver.record(tmp_path / "a.mp4")
    camera.give(0)
    camera.break_picture()
    camera.give(2)
    state = ended(qtbot, driver)
    assert (state.frames, state.refused) == (2, 1)


def test_a_camera_unplugged_while_recording_leaves_a_finished_file(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera, tmp_path: Path
) -> None:
    driver.record(tmp_path / "a.mp4")
    for number in range(20):
        camera.give(number)
    assert camera.lose is not None
    with qtbot.waitSignal(driver.recorded, timeout=10_000) as waiting:
        camera.lose("Test camera was unplugged.")
    assert waiting.args[0].frames == 20
    assert (driver.state, driver.reason) == (CameraState.LOST, "Test camera was unplugged.")
    assert camera.stopped == 1
    assert numbers_in(tmp_path / "a.mp4") == list(range(20))


def test_a_camera_that_gives_nothing_is_taken_to_be_busy(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera
) -> None:
    qtbot.waitUntil(lambda: driver.state is CameraState.LOST, timeout=3000)
    assert "Another program may be using it" in driver.reason


def test_a_camera_that_falls_silent_is_missed_and_its_recording_kept(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera, tmp_path: Path
) -> None:
    camera.give(0)
    driver.record(tmp_path / "a.mp4")
    camera.give(1)
    with qtbot.waitSignal(driver.recorded, timeout=3000):
        pass
    assert driver.state is CameraState.LOST
    assert "no pictures any more" in driver.reason
    assert numbers_in(tmp_path / "a.mp4") == [1]


def test_another_camera_ends_the_recording_of_the_one_before(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera, tmp_path: Path
) -> None:
    driver.record(tmp_path / "a.mp4")
    camera.give(0)
    other = FakeCamera()
    with qtbot.waitSignal(driver.recorded, timeout=3000):
        driver.open(other)
    assert camera.lose is not None
    camera.lose("too late to matter")
    other.give(7)
    qtbot.waitUntil(lambda: driver.state is CameraState.RUNNING)


def test_closing_writes_the_recording_to_its_end(qtbot: QtBot, tmp_path: Path) -> None:
    driver, camera = CameraDriver(), FakeCamera()
    driver.open(camera)
    driver.record(tmp_path / "a.mp4")
    for number in range(30):
        camera.give(number, slow_s=0.002)
    driver.close()
    assert numbers_in(tmp_path / "a.mp4") == list(range(30))


def test_a_file_that_cannot_be_made_leaves_the_camera_running(
    qtbot: QtBot, driver: CameraDriver, camera: FakeCamera, tmp_path: Path
) -> None:
    (tmp_path / "a.mp4").touch()
    with pytest.raises(MediaError, match="choose another name"):
        driver.record(tmp_path / "a.mp4")
    assert driver.recording is None
    driver.record(tmp_path / "b.mp4")
    camera.give(0)
    assert ended(qtbot, driver).frames == 1


def test_a_file_stands_in_for_a_camera_in_real_time(
    qtbot: QtBot, driver: CameraDriver, tmp_path: Path
) -> None:
    """Uneven times, a second lap, and the file's sound: all of it arrives in the recording."""
    steps = np.array([0, 1, 2, 4, 5, 7, 8, 9, 10, 12]) * TICKS
    clip = make_clip(tmp_path / "clip.mp4", 10, pts=steps.tolist(), audio=True)
    with open_source(clip) as source:
        times, lap = source.info.times, source.info.duration_s
    driver.open(FileCamera(clip))
    driver.record(tmp_path / "a.mp4", own_sound=True)
    began = time.monotonic()
    qtbot.waitUntil(lambda: (driver.recording or RecordingState(clip)).frames >= 20, timeout=10_000)
    assert time.monotonic() - began > lap
    ended(qtbot, driver)
    with open_source(tmp_path / "a.mp4") as source:
        assert source.info.has_audio
        recorded = source.info.times[:20]
    numbers = numbers_in(tmp_path / "a.mp4")[:20]
    first = numbers[0]
    assert first is not None  # frames that the camera gave before recording began are not in it
    assert numbers == [(first + step) % 10 for step in range(20)]
    due = np.concatenate([times, times + lap, times + 2 * lap])[first : first + 20]
    np.testing.assert_allclose(recorded, due - due[0], atol=2 / 90_000)
    assert TIME_BASE.denominator == 12800


def test_a_file_that_is_played_once_is_lost_at_its_end(
    qtbot: QtBot, driver: CameraDriver, tmp_path: Path
) -> None:
    driver.open(FileCamera(make_clip(tmp_path / "clip.mp4", 5), loop=False))
    qtbot.waitUntil(lambda: driver.state is CameraState.LOST, timeout=5000)
    assert "has ended" in driver.reason


def test_here_is_no_camera_and_that_is_no_error(qtbot: QtBot) -> None:
    devices = CameraDevices()
    if devices.cameras():
        pytest.skip("this computer has a camera")
    lost: list[str] = []
    gone = QtCamera(Camera(b"/dev/none", "Old camera", ()), None)
    gone.start(lambda frame: None, lambda samples, moment: None, lost.append)
    assert lost == ["Old camera was unplugged. Plug it in again, then try again."]
    gone.stop()
    with pytest.raises(MediaError, match="not there any more"):
        Microphone(b"none")
    devices.deleteLater()


def test_a_frame_of_a_camera_is_converted_and_never_mirrored(qtbot: QtBot) -> None:
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

    form = QVideoFrameFormat(QSize(64, 48), QVideoFrameFormat.PixelFormat.Format_NV12)
    frame = QVideoFrame(form)
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    luma = np.frombuffer(frame.bits(0), np.uint8).reshape(48, frame.bytesPerLine(0))
    luma[:, :32], luma[:, 32:] = 40, 200  # the left half dark
    np.frombuffer(frame.bits(1), np.uint8)[:] = 128
    frame.unmap()
    frame.setMirrored(True)
    picture = rgb_of(frame)
    assert picture is not None
    assert picture.shape == (48, 64, 3)
    assert picture[:, :28].mean() < 60 < 180 < picture[:, 36:].mean()
    assert rgb_of(QVideoFrame()) is None


def test_the_qt_camera_passes_frames_on_with_their_times(qtbot: QtBot) -> None:
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

    taken: list[RawFrame] = []
    camera = QtCamera(Camera(b"/dev/none", "Old camera", ()), CameraFormat(64, 48, 30.0))
    camera.start(taken.append, lambda samples, moment: None, lambda reason: None)
    for start in (1_000_000, 1_033_000):
        frame = QVideoFrame(QVideoFrameFormat(QSize(64, 48), QVideoFrameFormat.PixelFormat.Format_RGBX8888))
        frame.setStartTime(start)
        camera._arrived(frame)
    assert taken[1].time - taken[0].time == pytest.approx(0.033, abs=1e-6)
    camera.stop()
    camera._arrived(frame)
    assert len(taken) == 2


def test_formats_are_listed_once_and_a_sensible_one_is_proposed() -> None:
    every = [(640, 480, 30.0), (1920, 1080, 30.0), (640, 480, 30.0), (1280, 720, 30.0), (1280, 720, 60.0)]
    camera = Camera(b"", "C", formats_of([*every, (1280, 720, 10.0), (2592, 1944, 2.0)]))
    assert camera.formats[0] == CameraFormat(1920, 1080, 30.0)
    assert len(camera.formats) == 5
    assert camera.preferred() == CameraFormat(1280, 720, 30.0)
    assert Camera(b"", "C", ()).preferred() is None


def test_a_large_picture_is_reduced_for_analysis_and_a_small_one_left() -> None:
    assert reduced(np.zeros((720, 1280, 3), np.uint8), 640).shape == (360, 640, 3)
    small = np.zeros((480, 640, 3), np.uint8)
    assert reduced(small, 640) is small
