"""The library: sessions of a folder, their patterns, and the way to a place in the main window."""

import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from time import monotonic

import numpy as np
import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.cli.test_compare import FRAMES, JOY, SURPRISE, states_of
from tests.export.made_session import make_session
from tests.ui.conftest import is_open
from tpviewer.core.stages import prototype_notation
from tpviewer.media.video_writer import write_video
from tpviewer.store.patient import put_patient
from tpviewer.store.session import BLIND, Session
from tpviewer.ui.commands.library import do_show_library
from tpviewer.ui.library.library_model import Cell
from tpviewer.ui.library.library_window import LibraryWindow
from tpviewer.ui.main_window import MainWindow

PATIENCE_MS = 20_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two who smile and two who are surprised, all in one video of grey frames."""
    folder = tmp_path_factory.mktemp("library")
    video = folder / "a.mp4"
    write_video(video, (np.full((96, 96, 3), 90, np.uint8) for _ in range(FRAMES)), Fraction(25))
    for label, name, sets in (
        ("joy", "first", JOY),
        ("joy", "second", JOY[1:3]),
        ("surprise", "third", SURPRISE),
        ("surprise", "fourth", SURPRISE + SURPRISE[1:]),
    ):
        path = folder / "sessions" / label / f"{name}.tpv"
        path.parent.mkdir(parents=True, exist_ok=True)
        make_session(path, video, states_of(sets))
        with Session(path, writable=True) as session, session.transaction():
            put_patient(session, "Ann", name, "")
    return folder / "sessions"


@pytest.fixture
def library(
    qtbot: QtBot, window: MainWindow, made: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LibraryWindow]:
    """The library of the menu, with all patterns found."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made))
    window.actions_by_name["library"].trigger()
    opened = window.findChild(LibraryWindow)
    assert opened is not None
    qtbot.waitUntil(lambda: opened.patterns.rowCount() > 0, timeout=PATIENCE_MS)
    yield opened
    if isValid(opened):  # it goes with the main window
        opened.close()


def names(library: LibraryWindow) -> list[str]:
    return [row.entry.name for row in library.model.rows]


def pattern_row(library: LibraryWindow, notation: str) -> int:
    listed = [prototype_notation(one.pattern.stages) for one in library.patterns.patterns]
    return listed.index(notation)


def test_sessions_labels_and_patterns_of_a_folder(qtbot: QtBot, library: LibraryWindow) -> None:
    assert names(library) == ["first", "second", "fourth", "third"]
    assert [library.search.label.itemData(n) for n in range(library.search.label.count())] == [
        *(None, "joy", "surprise")
    ]
    assert "4 of 4 sessions" in library.counts.text()
    row = pattern_row(library, "(AU06_A) -> (AU06_A, AU12_A)")
    shown = [library.patterns.index(row, column).data() for column in range(library.patterns.columnCount())]
    assert shown[1:4] == ["2 · 50%", "joy 2/2", "2.0"]
    library.search.label.setCurrentIndex(2)
    assert names(library) == ["fourth", "third"]
    assert library.problems.text() == ""


def test_a_chosen_pattern_is_looked_for_and_its_places_are_aligned(
    qtbot: QtBot, library: LibraryWindow
) -> None:
    library.list.selectRow(pattern_row(library, "(AU06_A) -> (AU06_A, AU12_A)"))
    assert names(library) == ["first", "second"]
    assert library.search.words.text() == "AU06_A then AU06_A, AU12_A"
    columns = [[c for c in range(library.model.columnCount()) if in_hit(library, row, c)] for row in (0, 1)]
    assert columns == [[1, 2], [1, 2]]
    assert [row.offset for row in library.model.rows] == [0, 1]
    library.search.words.clear()
    assert len(names(library)) == 4


def in_hit(library: LibraryWindow, row: int, column: int) -> bool:
    cell = library.model.cell(library.model.index(row, column))
    return cell is not None and cell.in_hit


def test_words_find_sessions_with_any_look_and_with_gaps(qtbot: QtBot, library: LibraryWindow) -> None:
    words = library.search.words
    words.setText("AU06 then AU12")
    assert names(library) == ["first", "second"]
    words.setText("AU01 then AU01")
    assert names(library) == []
    library.search.gaps.setChecked(True)
    qtbot.waitUntil(lambda: names(library) == ["fourth"], timeout=PATIENCE_MS)
    words.setText("AU01 then smile")
    assert not library.search.problem.isHidden()
    assert "smile: write Action Units" in library.search.problem.text()
    assert names(library) == ["fourth"]
    words.setText("AU12_B")
    assert library.search.problem.isHidden()
    assert names(library) == []


def test_letters_can_be_left_out(qtbot: QtBot, library: LibraryWindow) -> None:
    library.search.letters.setCurrentIndex(library.search.letters.findData("none"))
    qtbot.waitUntil(
        lambda: any("AU06)" in prototype_notation(p.pattern.stages) for p in library.patterns.patterns),
        timeout=PATIENCE_MS,
    )
    assert prototype_notation(library.model.rows[1].sequence.prototype) == "(AU06) -> (AU06, AU12)"


def test_enter_opens_the_place_in_the_main_window(
    qtbot: QtBot, library: LibraryWindow, window: MainWindow
) -> None:
    cell = library.model.cell(library.model.index(0, 2))
    assert isinstance(cell, Cell)
    library.table.setCurrentIndex(library.model.index(0, 2))
    qtbot.keyClick(library.table, Qt.Key.Key_Return)
    state = window.bench.state
    qtbot.waitUntil(
        lambda: is_open(window, cell.row.entry.path) and state.playhead == cell.stage.start,
        timeout=PATIENCE_MS,
    )
    assert state.results is not None
    qtbot.keyClick(library.table, Qt.Key.Key_Right)
    qtbot.keyClick(library.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state.playhead == cell.row.sequence.stages[3].start, timeout=PATIENCE_MS)


def test_pictures_come_for_what_can_be_seen(qtbot: QtBot, library: LibraryWindow) -> None:
    def pictured() -> bool:
        cells = [library.model.cell(library.model.index(0, column)) for column in range(4)]
        return all(cell is not None and cell.picture is not None for cell in cells)

    qtbot.waitUntil(pictured, timeout=PATIENCE_MS)
    grey, with_look = (library.model.cell(library.model.index(0, column)).picture for column in (0, 2))
    assert grey.pixelColor(100, 100).getHsv()[1] == 0
    colours = {with_look.pixelColor(x, y).name() for x in range(0, 190, 4) for y in range(0, 190, 4)}
    assert len(colours) > 2


def test_what_cannot_be_shown_is_counted_and_said(
    qtbot: QtBot, window: MainWindow, library: LibraryWindow, made: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    shutil.copy(made / "joy" / "first.tpv", folder)
    shutil.copy(made / "joy" / "second.tpv", folder)
    (folder / "damaged.tpv").write_bytes(b"nothing")
    library.open_folder(folder)
    qtbot.waitUntil(lambda: library.progress.isHidden() and len(library.entries) == 2, timeout=PATIENCE_MS)
    assert library.problems.text() == "1 cannot be shown"
    assert "damaged.tpv" in library.problems.toolTip()
    (tmp_path / "empty").mkdir()
    library.open_folder(tmp_path / "empty")
    qtbot.waitUntil(lambda: "holds no session" in library.message.text(), timeout=PATIENCE_MS)
    assert names(library) == []


def test_a_session_that_is_coded_blind_is_not_shown(
    qtbot: QtBot, window: MainWindow, made: Path, tmp_path: Path
) -> None:
    blind = Path(shutil.copy(made / "joy" / "first.tpv", tmp_path))
    with Session(blind, writable=True) as session, session.transaction():
        session.meta.put(BLIND, ["Ann"])
    window.bench.settings.author = "Ann"
    library = do_show_library(window.bench, window, tmp_path)
    qtbot.waitUntil(lambda: "None of the sessions" in library.message.text(), timeout=PATIENCE_MS)
    assert "you code it blind" in library.problems.toolTip()
    library.close()


def test_a_hundred_sessions_leave_the_window_free(
    qtbot: QtBot, window: MainWindow, made: Path, tmp_path: Path
) -> None:
    for number in range(100):
        shutil.copy(made / "joy" / "first.tpv", tmp_path / f"{number:03d}.tpv")
    library = do_show_library(window.bench, window, tmp_path)
    turns = [monotonic()]
    clock = QTimer(interval=1)
    clock.timeout.connect(lambda: turns.append(monotonic()))
    clock.start()
    qtbot.waitUntil(lambda: library.patterns.rowCount() > 0, timeout=3 * PATIENCE_MS)
    clock.stop()
    assert len(library.entries) == 100
    assert len(turns) > 10
    assert max(np.diff(turns)) < 0.5 * (turns[-1] - turns[0])  # read at one go, it would be all of it
    library.close()


def test_the_library_ends_with_the_window(
    qtbot: QtBot, window: MainWindow, made: Path, library: LibraryWindow
) -> None:
    library.open_folder(made)
    window.close()
    assert library.isHidden()
    assert not library.loader.findChildren(QThread, "tasks")[0].isRunning()
