"""Exports that take their time, in the window: menu, progress, stop, closing amid one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.export.made_session import make_session, states_of
from tests.media.clips import make_clip
from tests.ui.conftest import show, shown_window
from tests.ui.idle_engine import IdleEngine
from tpviewer.media.source import open_source
from tpviewer.ui import status_line
from tpviewer.ui.analysis_state import AnalysisState
from tpviewer.ui.commands.export import EXPORTS, _stem, do_export
from tpviewer.ui.main_window import MainWindow

PATIENCE_MS = 60_000
FRAMES = 150


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    return make_session(folder / "Anna.tpv", make_clip(folder / "Anna.mp4", FRAMES), states_of(FRAMES, 4))


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path, session: Path) -> Iterator[MainWindow]:
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        show(qtbot, window, session)
        yield window


def test_a_video_is_written_with_progress_and_the_x_of_the_window(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    bench, line = opened.bench, opened.export_line
    exports = next(a.menu() for a in opened.menuBar().actions()[0].menu().actions() if a.text() == "Export")
    assert {action.objectName() for action in exports.actions()} == set(EXPORTS)
    assert all(action.isEnabled() for action in exports.actions())
    assert not line.isVisible()
    notes: list[str] = []
    bench.noted.connect(notes.append)
    shares: list[int] = []  # of frames
    bench.exports.changed.connect(lambda: shares.append(line.bar.value()))
    heights: set[int] = set()
    bench.exports.changed.connect(lambda: heights.add(opened.statusBar().height()))
    height = opened.statusBar().height()
    opened.bench.state.set_overlay(type(bench.state.overlay)(x=11.0))
    do_export(bench, "video", tmp_path / "film.mp4")
    assert line.isVisible()
    do_export(bench, "report", tmp_path / "report.pdf")
    assert "still being written" in notes[-1]
    qtbot.waitUntil(lambda: notes[-1].startswith("Written"), timeout=PATIENCE_MS)
    assert not line.isVisible()
    assert any(0 < share < FRAMES for share in shares)
    assert heights == {height}
    assert b'"top_x": 11.0' in (tmp_path / "film.mp4").read_bytes()
    with open_source(tmp_path / "film.mp4") as film:
        assert film.info.n_frames == FRAMES
    assert not (tmp_path / "report.pdf").exists()


def test_half_an_analysis_is_not_exported_and_no_name_is_asked_for(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: pytest.fail("a name was asked for"))
    notes: list[str] = []
    opened.bench.noted.connect(notes.append)
    opened.bench.run.set_state(AnalysisState("running"))
    opened.actions_by_name["export_csv"].trigger()
    do_export(opened.bench, "csv", tmp_path / "half.csv")
    qtbot.waitUntil(lambda: not opened.bench.tasks.busy)
    assert notes == ["Results can be exported once the analysis has come to its end."] * 2
    assert not list(tmp_path.glob("half*"))


def test_what_became_of_an_export_stays_until_the_next_note_or_until_it_is_put_away(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, status = opened.bench, opened.status
    monkeypatch.setattr(status_line, "_NOTE_MS", 50)
    height = opened.statusBar().height()
    do_export(bench, "figure", tmp_path / "a.png")
    assert status.text.startswith("Exporting a.png")
    qtbot.waitUntil(lambda: status.text.startswith("Written"), timeout=PATIENCE_MS)
    qtbot.wait(200)
    assert status.text.startswith("Written")
    assert status.dismiss.isVisible()
    assert opened.statusBar().height() == height
    status.dismiss.click()
    assert not status.text.startswith("Written")
    assert not status.dismiss.isVisible()
    bench.noted_to_stay.emit("stays")
    bench.noted.emit("passes")
    assert status.text == "passes"
    assert not status.dismiss.isVisible()
    qtbot.waitUntil(lambda: status.text not in ("passes", "stays"))


def test_many_files_go_into_one_folder_and_are_told_by_their_number(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    notes: list[str] = []
    opened.bench.noted.connect(notes.append)
    (tmp_path / "out").mkdir()
    do_export(opened.bench, "nova", tmp_path / "out" / "Anna.annotation")
    qtbot.waitUntil(lambda: notes[-1].startswith("Written"), timeout=PATIENCE_MS)
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name == "Anna"
    assert notes[-1] == f"Written: {len(list(folder.iterdir()))} files in {folder}"


def test_stop_leaves_no_file_and_another_export_can_follow(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    bench, line, folder = opened.bench, opened.export_line, tmp_path / "out"
    folder.mkdir()
    notes: list[str] = []
    bench.noted.connect(notes.append)
    do_export(bench, "video", folder / "film.mp4")
    qtbot.waitUntil(lambda: line.bar.value() > 0, timeout=PATIENCE_MS)
    line.stop.click()
    assert line.text.text().startswith("Stopping")
    qtbot.waitUntil(lambda: not bench.exports.name, timeout=PATIENCE_MS)
    assert "stopped" in notes[-1]
    assert list(folder.iterdir()) == []
    do_export(bench, "report", folder / "r.pdf", deidentified=True)
    qtbot.waitUntil(lambda: notes[-1].startswith("Written"), timeout=PATIENCE_MS)
    assert b"Anna" not in (folder / "r.pdf").read_bytes()


def test_a_failure_is_told_and_names_proposed_are_safe(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    document = opened.bench.document
    assert _stem(document, "video", False) != document.video.stem
    assert "Anna" not in _stem(document, "video", True)
    do_export(opened.bench, "video", tmp_path / "nowhere" / "film.mp4")
    qtbot.waitUntil(lambda: bool(opened.banner.waiting), timeout=PATIENCE_MS)
    assert "nowhere" in opened.banner.message.text()


def test_closing_the_window_stops_a_video_and_leaves_no_half_of_it(
    qtbot: QtBot, tmp_path: Path, session: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        show(qtbot, window, session)
        do_export(window.bench, "video", folder / "film.mp4")
        qtbot.waitUntil(lambda: window.export_line.bar.value() > 0, timeout=PATIENCE_MS)
        window.close()
        assert not window.isVisible()
    assert list(folder.iterdir()) == []
