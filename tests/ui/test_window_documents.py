"""Opening, moving, closing and remembering; every error lands in the window with a way on."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from tests.media.clips import make_clip
from tests.ui.conftest import is_shown, problem, show, shown_window
from tpviewer.media.source import open_source
from tpviewer.store.session import Session
from tpviewer.ui.commands.files import do_close, do_open, do_relocate
from tpviewer.ui.document import document_of
from tpviewer.ui.main_window import MainWindow


def test_at_first_the_window_says_what_to_do(window: MainWindow) -> None:
    assert window.empty.isVisible()
    assert window.windowTitle() == "TPViewer"
    assert window.status.text == "Ready"


def test_the_window_never_imports_tensorflow(opened: MainWindow) -> None:
    import subprocess

    code = (
        "import sys; from tpviewer.app.main import make_application, make_window;"
        " make_application(); w = make_window(); w.show(); print('tensorflow' in sys.modules, 'sklearn' in"
        " sys.modules, 'mediapipe' in sys.modules); w.close()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False"]


def test_a_session_shows_its_frame_results_and_title(
    qtbot: QtBot, opened: MainWindow, phantom_session: Path
) -> None:
    state = opened.bench.state
    with open_source(phantom_session.with_suffix(".mp4")) as source:
        for frame in (0, 57, source.info.n_frames - 1):
            state.set_playhead(frame)
            qtbot.waitUntil(lambda: is_shown(opened))
            np.testing.assert_array_equal(opened.frame_view.frame.picture, source.read(frame))
    assert opened.windowTitle().startswith("phantom.mp4")
    with Session(phantom_session) as session:
        assert list(state.results.stages["absorbed"]) == session.stages()


def test_the_first_picture_is_there_before_the_index(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    order: list[str] = []
    window.bench.frames.previewed.connect(lambda _: order.append("picture"))
    window.bench.frames.opened.connect(lambda _: order.append("index"))
    do_open(window.bench, make_clip(tmp_path / "clip.mp4"))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["picture", "index"]


def test_a_dropped_file_is_opened(qtbot: QtBot, window: MainWindow, session: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(session))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, none))
    qtbot.waitUntil(lambda: is_shown(window), timeout=20_000)
    assert window.bench.document.session == session


def test_playhead_x_and_selection_come_back(qtbot: QtBot, session: Path, tmp_path: Path) -> None:
    with shown_window(qtbot, tmp_path / "first") as window:
        show(qtbot, window, session)
        window.bench.state.set_playhead(123)
        window.bench.state.set_au("AU12")
        window.overlay_bar.x_slider.setValue(40)
    with shown_window(qtbot, tmp_path / "second") as window:
        show(qtbot, window, session)
        state = window.bench.state
        assert (state.playhead, state.au, state.overlay.x) == (123, "AU12", 40)


def test_the_layout_and_recent_files_are_remembered(
    qtbot: QtBot, phantom_session: Path, tmp_path: Path
) -> None:
    with shown_window(qtbot, tmp_path / "user") as window:
        show(qtbot, window, phantom_session)
        window.docks["sessions"].hide()
        window.bench.settings.theme = "dark"
    with shown_window(qtbot, tmp_path / "user") as window:
        assert window.docks["sessions"].isHidden()
        assert [file.path.name for file in window.bench.recent.files] == ["phantom.mp4"]
        assert window.bench.recent.files[0].state == "analysed"


def test_closing_leaves_the_empty_state(qtbot: QtBot, opened: MainWindow) -> None:
    do_close(opened.bench)
    qtbot.waitUntil(lambda: opened.empty.isVisible())
    assert opened.bench.state.n_frames == 0
    assert opened.frame_view.frame is None


def test_what_is_no_video_is_named(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "notes äöü.mp4"
    file.write_text("this is no video")
    do_open(window.bench, file)
    assert "notes äöü.mp4" in problem(qtbot, window)


def test_a_missing_file_can_be_taken_off_the_list(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "gone.mp4"
    window.bench.recent.add(path, "video")
    do_open(window.bench, path)
    assert "gone.mp4" in problem(qtbot, window)
    window.banner.way_buttons[0].click()
    assert window.bench.recent.files == ()


def test_a_damaged_session_is_named_and_left_alone(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "damaged.tpv"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    do_open(window.bench, path)
    assert "damaged.tpv" in problem(qtbot, window)
    assert path.stat().st_size == 5016


def test_a_moved_video_is_asked_for_and_checked(
    qtbot: QtBot, window: MainWindow, session: Path, phantom_session: Path, tmp_path: Path
) -> None:
    with Session(session, writable=True) as opened, opened.transaction():
        opened.meta.put("video", {**opened.meta.get("video"), "path": "/nowhere/phantom_moved.mp4"})
    do_open(window.bench, session)
    assert "phantom_moved.mp4" in problem(qtbot, window)
    qtbot.waitUntil(lambda: window.bench.state.results is not None)
    other = make_clip(tmp_path / "other.mp4")
    do_relocate(window.bench, other)
    qtbot.waitUntil(lambda: "not the video" in window.banner.message.text(), timeout=10_000)
    moved = tmp_path / "found.mp4"
    shutil.copy(phantom_session.with_suffix(".mp4"), moved)
    do_relocate(window.bench, moved)
    qtbot.waitUntil(lambda: is_shown(window) and window.frame_view.has_picture, timeout=10_000)
    assert document_of(session, tmp_path).video == moved


def test_a_changed_video_is_noticed(
    qtbot: QtBot, window: MainWindow, session: Path, phantom_session: Path, tmp_path: Path
) -> None:
    video = tmp_path / "phantom.mp4"
    data = bytearray(phantom_session.with_suffix(".mp4").read_bytes())
    data[-1] ^= 1
    video.write_bytes(bytes(data))
    with Session(session, writable=True) as opened, opened.transaction():
        opened.meta.put("video", {**opened.meta.get("video"), "path": str(video)})
    do_open(window.bench, session)
    assert "has changed" in problem(qtbot, window)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_changes_at_once(window: MainWindow, theme: str) -> None:
    from tpviewer.ui import theme as themes

    window.bench.settings.theme = "dark" if theme == "light" else "light"
    window.bench.settings.theme = theme
    assert themes.current().name == theme
    assert window.palette().window().color().name() == themes.current().window


def test_another_video_of_the_same_name_keeps_its_own_session(tmp_path: Path, phantom_session: Path) -> None:
    shutil.copy(phantom_session, tmp_path / "phantom.tpv")
    shutil.copy(phantom_session.with_suffix(".mp4"), tmp_path / "phantom.mp4")
    other = make_clip(tmp_path / "phantom.mov")
    assert document_of(tmp_path / "phantom.mp4", tmp_path).session == tmp_path / "phantom.tpv"
    assert document_of(other, tmp_path).session == tmp_path / "phantom.mov.tpv"


def test_the_help_lists_every_key(qtbot: QtBot, window: MainWindow) -> None:
    from tpviewer.ui.dialogs.help_dialog import HelpDialog

    window.actions_by_name["shortcuts"].trigger()
    dialog = window.findChild(HelpDialog)
    shown = " ".join(dialog.shortcuts.shown())
    for action in window.actions_by_name:
        if action.shortcuts():
            assert action.text().removesuffix(" …") in shown
    dialog.close()


def test_neither_panels_nor_long_messages_make_the_window_larger(qtbot: QtBot, opened: MainWindow) -> None:
    def size() -> tuple[int, int]:
        qtbot.wait(50)
        return opened.width(), opened.height()

    assert size() == (1280, 800)
    opened.bench.state.set_au("AU12")
    for name in ("looks", "review", "prototype"):
        opened.docks[name].raise_()
        assert size() == (1280, 800), name
    opened.bench.told.emit("/a/long/path" * 12 + " cannot be written to, so the results are kept elsewhere.")
    assert opened.banner.isVisible()
    assert size() == (1280, 800)
