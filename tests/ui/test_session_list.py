"""The list of recent files: what it shows, finds, opens and forgets."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tpviewer.ui import theme
from tpviewer.ui.panels.session_list import SessionList
from tpviewer.ui.recent import RecentFiles
from tpviewer.ui.settings import Settings


@pytest.fixture
def recent(tmp_path: Path) -> RecentFiles:
    recent = RecentFiles(Settings(tmp_path / "settings.ini"))
    for name, state in (("alt.tpv", "unfinished"), ("Straße/neu.mp4", "analysed"), ("gone.mp4", "video")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if name != "gone.mp4":
            path.touch()
        recent.add(path, state, datetime(2024, 3, 1, 9, 30))
    return recent


@pytest.fixture
def panel(recent: RecentFiles, qtbot: QtBot) -> SessionList:
    panel = SessionList(recent)
    qtbot.addWidget(panel)
    panel.resize(260, 400)
    with qtbot.waitSignal(recent.changed):
        panel.show()
    return panel


def names(panel: SessionList) -> list[str]:
    return [path.name for path in panel.paths()]


def test_the_newest_file_is_on_top_and_a_missing_one_is_said_to_be(panel: SessionList) -> None:
    assert names(panel) == ["gone.mp4", "neu.mp4", "alt.tpv"]
    model = panel.view.model()
    tips = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert "missing" in tips[0]
    assert "analysed, opened 2024-03-01 09:30" in tips[1]
    assert tips[1].startswith(str(panel.paths()[1]))
    assert "unfinished" in tips[2]


def test_a_missing_file_is_painted_in_the_colour_of_danger_and_others_are_not(panel: SessionList) -> None:
    wanted = QColor(theme.current().danger)

    def redness(row: int) -> int:
        place = panel.view.visualRect(panel.view.model().index(row, 0))
        picture = panel.view.viewport().grab(place).toImage()
        pixels = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return max(pixel.red() - pixel.blue() for pixel in pixels)

    assert redness(0) > (wanted.red() - wanted.blue()) / 2
    assert redness(1) < 20


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NEU", ["neu.mp4"]),
        ("strasse", ["neu.mp4"]),
        ("unfinished tpv", ["alt.tpv"]),
        ("nothing", []),
        ("", ["gone.mp4", "neu.mp4", "alt.tpv"]),
    ],
)
def test_the_search_looks_for_every_word_in_path_and_state(
    panel: SessionList, words: str, found: list[str]
) -> None:
    panel.search.setText(words)
    assert names(panel) == found
    assert panel.note.isVisible() is (not found)


def test_return_opens_the_chosen_file(panel: SessionList, qtbot: QtBot) -> None:
    panel.choose(panel.paths()[1])
    with qtbot.waitSignal(panel.open_requested) as opened:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert opened.args == [panel.paths()[1]]


def test_removing_takes_a_file_off_the_list_and_leaves_it_on_the_disk(
    panel: SessionList, recent: RecentFiles, qtbot: QtBot
) -> None:
    path = panel.paths()[2]
    panel.choose(path)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert path not in panel.paths()
    assert path.exists()
    panel.choose(panel.paths()[0])
    next(action for action in panel.menu().actions() if action.text().startswith("Remove from")).trigger()
    assert names(panel) == ["neu.mp4"]


def test_a_file_opened_elsewhere_appears_at_once(
    panel: SessionList, recent: RecentFiles, tmp_path: Path
) -> None:
    recent.add(tmp_path / "third.mp4", "video")
    assert names(panel)[0] == "third.mp4"


def test_an_empty_list_says_what_will_be_there(tmp_path: Path, qtbot: QtBot) -> None:
    panel = SessionList(RecentFiles(Settings(tmp_path / "fresh.ini")))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.note.isVisible()
    assert "listed here" in panel.note.text()
