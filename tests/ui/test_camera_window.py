"""The camera's window: designed states, a recording kept whatever happens, and the way to the analysis."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.media.clips import make_clip, number_of
from tests.ui.conftest import shown_window
from tests.ui.idle_engine import IdleEngine
from tests.workers.fake_camera import FakeCamera
from tpviewer.media.recorder import RecordingState
from tpviewer.media.source import open_source
from tpviewer.ui.camera.camera_window import CameraWindow
from tpviewer.ui.camera.words import left_text, rates_text, recorded_text, size_text
from tpviewer.ui.commands.camera import ask_camera
from tpviewer.ui.main_window import MainWindow
from tpviewer.workers.camera_driver import CameraState
from tpviewer.workers.engine_thread import Standing
from tpviewer.workers.messages import Analyse, EngineState, Live, LiveSeen

BOX = (0.1, 0.2, 0.3, 0.4)


@pytest.fixture
def engine() -> IdleEngine:
    return IdleEngine()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, engine: IdleEngine) -> Any:
    with shown_window(qtbot, tmp_path / "user", engine) as made:
        made.bench.settings.recordings_folder = tmp_path / "recordings"
        yield made


@pytest.fixture
def camera_window(qtbot: QtBot, window: MainWindow) -> CameraWindow:
    opened = ask_camera(window.bench, window)
    qtbot.waitUntil(lambda: bool(opened.live.bars.toolTip()))
    return opened


def run(qtbot: QtBot, camera_window: CameraWindow) -> FakeCamera:
    """Let a camera run in the window."""
    camera = FakeCamera()
    camera_window.driver.open(camera)
    camera.give(0)
    qtbot.waitUntil(lambda: camera_window.driver.state is CameraState.RUNNING)
    return camera


def record(qtbot: QtBot, camera_window: CameraWindow, camera: FakeCamera, frames: int = 5) -> Path:
    """Record some frames, and return the file that is being written."""
    camera_window.record.button.click()
    for number in range(1, frames + 1):
        camera.give(number)
    qtbot.waitUntil(lambda: (camera_window.driver.recording or RecordingState(Path())).frames == frames)
    recording = camera_window.driver.recording
    assert recording is not None
    return recording.path


def is_ready(engine: IdleEngine) -> None:
    engine._on_reply(Standing(EngineState.READY, engine._posted))


def asked(engine: IdleEngine) -> list[Live]:
    return [request for request in engine.requests if isinstance(request, Live)]


def test_without_a_camera_it_says_so_and_offers_a_file(qtbot: QtBot, camera_window: CameraWindow) -> None:
    if camera_window.row.camera is not None:
        pytest.skip("this computer has a camera")
    assert camera_window.page.title.text() == "No camera was found"
    assert camera_window.page.file.isVisible()
    assert not camera_window.page.retry.isVisible()
    assert not camera_window.record.button.isEnabled()
    assert "being loaded" in camera_window.live.standing.text()


def test_it_may_be_closed_before_the_model_is_known(qtbot: QtBot, window: MainWindow) -> None:
    opened = ask_camera(window.bench, window)
    assert window.bench.tasks.busy
    opened.close()
    qtbot.waitUntil(lambda: not isValid(opened))
    qtbot.waitUntil(lambda: not window.bench.tasks.busy)


def test_one_window_and_one_key_for_it(qtbot: QtBot, window: MainWindow, camera_window: CameraWindow) -> None:
    assert ask_camera(window.bench, window) is camera_window
    assert [key.toString() for key in window.actions_by_name["camera"].shortcuts()] == ["Ctrl+K"]


def test_bars_box_and_a_missing_face_are_shown(
    qtbot: QtBot, camera_window: CameraWindow, engine: IdleEngine
) -> None:
    camera = run(qtbot, camera_window)
    is_ready(engine)
    camera.give(1)
    qtbot.waitUntil(lambda: len(asked(engine)) == 1)
    values = np.full(len(camera_window.live.bars._aus), 0.02, np.float32)
    values[camera_window.live.bars._aus.index("AU12")] = 0.97
    engine.reply(LiveSeen(asked(engine)[0].number, BOX, values))
    assert camera_window.live.bars.active == ("AU12",)
    assert camera_window.preview.box == BOX
    camera.give(2)
    qtbot.waitUntil(lambda: len(asked(engine)) == 2)
    engine.reply(LiveSeen(asked(engine)[1].number))
    assert camera_window.preview.note == "No face in the picture"
    assert camera_window.live.bars.values is None


def test_a_model_s_problem_and_an_engine_s_death_are_said_and_recording_goes_on(
    qtbot: QtBot, camera_window: CameraWindow, engine: IdleEngine
) -> None:
    camera = run(qtbot, camera_window)
    is_ready(engine)
    path = record(qtbot, camera_window, camera)
    qtbot.waitUntil(lambda: len(asked(engine)) == 1)
    engine.reply(LiveSeen(asked(engine)[0].number, problem="model.keras: damaged"))
    assert camera_window.live.standing.text() == "model.keras: damaged"
    camera_window.live.set_problem("")
    engine._on_reply(Standing(EngineState.CRASHED, engine._posted))
    assert "engine stopped" in camera_window.live.standing.text()
    assert camera_window.live.again.isVisible()
    camera.give(6)
    with qtbot.waitSignal(camera_window.driver.recorded, timeout=10_000):
        camera_window.record.button.click()
    with open_source(path) as source:
        assert source.info.n_frames == 6


def test_the_mirror_is_for_the_view_only(qtbot: QtBot, camera_window: CameraWindow) -> None:
    camera = run(qtbot, camera_window)
    camera_window.preview.set_box(BOX)
    assert camera_window.row.mirrored.isChecked()
    shown: list[int | None] = []
    camera_window.driver.pictured.connect(lambda picture: shown.append(number_of(picture)))
    path = record(qtbot, camera_window, camera)
    qtbot.waitUntil(lambda: 5 in shown)
    mirrored = _column_means(camera_window)
    camera_window.row.mirrored.click()
    np.testing.assert_array_equal(_column_means(camera_window) > 128, mirrored[::-1] > 128)
    assert (mirrored > 128).tolist() != (mirrored[::-1] > 128).tolist()
    with qtbot.waitSignal(camera_window.driver.recorded, timeout=10_000):
        camera_window.record.button.click()
    with open_source(path) as source:
        assert [number_of(picture) for _, picture in source.frames()] == [1, 2, 3, 4, 5]


def _column_means(camera_window: CameraWindow) -> Any:
    """Brightness of the eight columns of blocks in the picture, as painted."""
    preview = camera_window.preview
    image = preview.grab(preview.picture_rect().toRect()).toImage()
    grey = [
        np.mean([image.pixelColor(x, y).lightness() for y in range(2, image.height() // 6, 3)])
        for x in range(4, image.width() - 4, 8)
    ]
    return np.array([np.mean(part) for part in np.array_split(grey, 8)])


def test_a_recording_is_named_told_and_opened_for_analysis(
    qtbot: QtBot, window: MainWindow, camera_window: CameraWindow, engine: IdleEngine, tmp_path: Path
) -> None:
    camera = run(qtbot, camera_window)
    assert "agreed" in camera_window.outcome.told.text()
    camera_window.record.name.setText("P 07/x")
    path = record(qtbot, camera_window, camera)
    assert path.parent == tmp_path / "recordings"
    assert path.name.startswith("P 07-x-20")
    assert not camera_window.record.name.isEnabled()
    assert not camera_window.row.file.isEnabled()
    with qtbot.waitSignal(camera_window.driver.recorded, timeout=10_000):
        camera_window.record.button.click()
    assert "5 pictures" in camera_window.outcome.told.text()
    assert "No picture is missing" in camera_window.outcome.told.text()
    camera_window.outcome.analyse.click()
    qtbot.waitUntil(lambda: bool(engine.asked(Analyse)), timeout=10_000)
    (request,) = engine.asked(Analyse)
    assert isinstance(request, Analyse)
    assert request.video == path
    assert window.bench.camera.state is CameraState.OFF


def test_an_unplugged_camera_ends_the_recording_and_can_be_tried_again(
    qtbot: QtBot, camera_window: CameraWindow
) -> None:
    camera = run(qtbot, camera_window)
    path = record(qtbot, camera_window, camera)
    assert camera.lose is not None
    with qtbot.waitSignal(camera_window.driver.recorded, timeout=10_000):
        camera.lose("Test camera was unplugged.")
    assert camera_window.page.isVisible()
    assert camera_window.page.text.text() == "Test camera was unplugged."
    assert camera_window.page.retry.isVisible()
    assert path.name in camera_window.outcome.told.text()
    assert camera_window.outcome.analyse.isVisible()


def test_escape_ends_the_recording_before_it_closes(qtbot: QtBot, camera_window: CameraWindow) -> None:
    camera = run(qtbot, camera_window)
    path = record(qtbot, camera_window, camera)
    with qtbot.waitSignal(camera_window.driver.recorded, timeout=10_000):
        QTest.keyClick(camera_window, Qt.Key.Key_Escape)
    assert camera_window.isVisible()
    assert path.stat().st_size > 0
    QTest.keyClick(camera_window, Qt.Key.Key_Escape)
    assert camera_window.driver.state is CameraState.OFF


def test_closing_the_program_keeps_the_recording(
    qtbot: QtBot, window: MainWindow, camera_window: CameraWindow
) -> None:
    camera = run(qtbot, camera_window)
    path = record(qtbot, camera_window, camera, frames=30)
    window.close()
    with open_source(path) as source:
        assert source.info.n_frames == 30


def test_a_file_is_chosen_and_one_that_is_no_video_is_refused(
    qtbot: QtBot, camera_window: CameraWindow, tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "lesson.mp4", 20, audio=True)
    camera_window.use_file(clip)
    qtbot.waitUntil(lambda: camera_window.driver.state is CameraState.RUNNING)
    assert camera_window.row.device.currentText() == "lesson.mp4"
    sounds = [camera_window.record.sound.itemText(i) for i in range(camera_window.record.sound.count())]
    assert sounds[:2] == ["No sound", "Sound of the file"]
    (tmp_path / "notes.mp4").write_text("this is no video")
    camera_window.use_file(tmp_path / "notes.mp4")
    assert "notes.mp4" in camera_window.page.text.text()
    assert not camera_window.record.button.isEnabled()


def test_sizes_times_and_losses_are_written_plainly() -> None:
    state = RecordingState(Path("/x/P07.mp4"), frames=300, seconds=10.0, size=5 << 20, refused=3)
    assert size_text(5 << 20) == "5.0 MB"
    assert left_text(100 << 30, state) == "100.0 GB free, enough for 57 h"
    assert left_text(60 << 20, state) == "60.0 MB free, enough for 2 min"
    assert left_text(1 << 30, None) == "1.0 GB free"
    assert "Not recorded: 3 pictures" in recorded_text(state)
    assert rates_text(30.0, 15.0) == "camera 30 per second, bars 15 per second (50 % left out)"
    assert rates_text(30.0, 29.9) == "camera 30 per second, bars 30 per second"
