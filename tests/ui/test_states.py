"""The empty window says what to do; problems come with a way on and never take the focus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.panels.empty_state import EmptyState
from tpviewer.ui.panels.problem_banner import ProblemBanner
from tpviewer.ui.problem import Problem
from tpviewer.ui.recent import RecentFiles
from tpviewer.ui.settings import Settings

ICONS = (
    *("open", "camera", "analyse", "stop", "resume", "face", "model", "export", "undo", "redo", "settings"),
    *("help", "sample", "sun", "moon", "search", "close", "warning", "info", "copy", "next-stage"),
    *("previous-stage", "lasso", "merge", "split", "more", "pause"),
)


@pytest.fixture
def recent(tmp_path: Path) -> RecentFiles:
    return RecentFiles(Settings(tmp_path / "settings.ini"))


@pytest.fixture
def banner(qtbot: QtBot) -> Iterator[ProblemBanner]:
    window = QWidget()
    layout = QVBoxLayout(window)
    banner = ProblemBanner(window)
    layout.addWidget(banner)
    layout.addWidget(QLineEdit(window))
    qtbot.addWidget(window)
    window.resize(600, 300)
    window.show()
    yield banner
    window.close()


def test_the_empty_state_offers_to_open_a_video_and_the_sample(recent: RecentFiles, qtbot: QtBot) -> None:
    empty = EmptyState(recent)
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.open_requested):
        empty.open_button.click()
    with qtbot.waitSignal(empty.sample_requested):
        empty.sample_button.click()
    assert empty.recent_buttons == []


def test_the_empty_state_offers_the_three_newest_files_that_are_there(
    recent: RecentFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("a", "b & c", "d", "e"):
        (tmp_path / name).touch()
        recent.add(tmp_path / name, "analysed")
    recent.add(tmp_path / "gone", "analysed")
    empty = EmptyState(recent)
    qtbot.addWidget(empty)
    with qtbot.waitSignal(recent.changed):
        empty.show()
    assert [button.toolTip() for button in empty.recent_buttons] == [
        str(tmp_path / name) for name in ("e", "d", "b & c")
    ]
    with qtbot.waitSignal(empty.recent_requested) as requested:
        empty.recent_buttons[2].click()
    assert requested.args == [tmp_path / "b & c"]


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.6])
def test_the_empty_state_fits_between_the_panels_of_a_small_window(
    recent: RecentFiles, tmp_path: Path, qtbot: QtBot, scale: float
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply_theme(application, "light", scale)
    recent.add(tmp_path / ("long " * 30), "analysed")
    empty = EmptyState(recent)
    qtbot.addWidget(empty)
    assert empty.minimumSizeHint().width() <= 640
    assert empty.minimumSizeHint().height() <= 520


def test_a_problem_shows_its_ways_on_and_taking_one_puts_it_away(banner: ProblemBanner) -> None:
    taken: list[str] = []
    ways = (
        ("Choose another…", lambda: taken.append("another")),
        ("Forget it", lambda: taken.append("forget")),
    )
    assert not banner.isVisible()
    banner.show_problem(Problem("Cannot be opened", "a.mp4: the file is empty", ways))
    assert banner.isVisible()
    assert [button.text() for button in banner.way_buttons] == ["Choose another…", "Forget it"]
    banner.way_buttons[1].click()
    assert taken == ["forget"]
    assert not banner.isVisible()


def test_problems_queue_newest_first_and_are_counted(banner: ProblemBanner) -> None:
    banner.note("Variable frame rate")
    banner.show_problem(Problem("First", "one"))
    banner.show_problem(Problem("Second", "two"))
    banner.note("Rotated")
    assert banner.title.text() == "Second"
    assert banner.counter.text() == "3 more"
    shown = []
    while banner.isVisible():
        shown.append(banner.title.text())
        banner.dismiss_button.click()
    assert shown == ["Second", "First", "Variable frame rate", "Rotated"]


def test_the_same_problem_is_told_once(banner: ProblemBanner) -> None:
    for _ in range(3):
        banner.show_problem(Problem("Cannot be read", "a.mp4: damaged"))
        banner.note("Rotated")
    assert len(banner.waiting) == 2


def test_a_way_on_that_fails_leaves_its_own_problem(banner: ProblemBanner) -> None:
    again = Problem("Still not there", "b.mp4")
    banner.show_problem(Problem("Not there", "a.mp4", (("Retry", lambda: banner.show_problem(again)),)))
    banner.way_buttons[0].click()
    assert banner.title.text() == "Still not there"
    assert banner.waiting == (again,)


def test_details_are_folded_and_can_be_copied(banner: ProblemBanner) -> None:
    banner.show_problem(Problem("Crash", "the engine stopped", (), "Traceback: line 1"))
    assert not banner.details.isVisible()
    banner.details_button.click()
    assert banner.details.isVisible()
    assert banner.details.toPlainText() == "Traceback: line 1"
    banner.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Crash\n\nthe engine stopped\n\nTraceback: line 1"
    banner.show_problem(Problem("Other", "without details"))
    assert not banner.details_button.isVisible()
    assert not banner.details.isVisible()


def test_a_problem_does_not_take_the_focus(banner: ProblemBanner, qtbot: QtBot) -> None:
    field = banner.window().findChild(QLineEdit)
    banner.window().activateWindow()
    field.setFocus()
    banner.show_problem(Problem("Title", "message", (("Way", lambda: None),)))
    qtbot.wait(20)
    assert field.hasFocus()
    for button in (*banner.way_buttons, banner.dismiss_button, banner.details_button, banner.copy_button):
        assert button.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_screen_readers_are_told_what_is_wrong(banner: ProblemBanner) -> None:
    banner.show_problem(Problem("Cannot be opened", "a.mp4: the file is empty"))
    assert banner.accessibleName() == "Problem: Cannot be opened"
    assert banner.accessibleDescription() == "a.mp4: the file is empty"
    banner.clear()
    banner.note("Rotated by 90°")
    assert banner.accessibleName() == "Notice: Rotated by 90°"


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_in_one_colour_inside_its_square(name: str) -> None:
    picture = icon(name, "#ff0000").pixmap(48, 48).toImage()
    opaque = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 200
    ]
    assert len(opaque) > 40
    assert all(picture.pixelColor(x, y).rgb() == QColor("#ff0000").rgb() for x, y in opaque)
    assert min(x for x, _ in opaque) > 0
    assert max(y for _, y in opaque) < picture.height() - 1
