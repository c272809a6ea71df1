"""The manual tells of what is there, turns its pages by links and search, and loads nothing from outside."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QImage, QTextDocument
from pytestqt.qtbot import QtBot

from tpviewer.resources import MANUAL_CHAPTERS, manual_title, resource
from tpviewer.ui.dialogs.manual_page import ManualPage
from tpviewer.ui.dialogs.manual_window import ManualWindow
from tpviewer.ui.file_specs import EXPORT_SPECS, FOLDER_SPECS
from tpviewer.ui.review_specs import REVIEW_SPECS
from tpviewer.ui.window_specs import SPECS

ALL = (*SPECS, *FOLDER_SPECS, *EXPORT_SPECS, *REVIEW_SPECS)
PICTURE = QTextDocument.ResourceType.ImageResource.value


def text_of(name: str) -> str:
    return resource("manual", name).read_text(encoding="utf-8")


@pytest.fixture
def window(qtbot: QtBot) -> ManualWindow:
    window = ManualWindow()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize("name", MANUAL_CHAPTERS)
def test_menu_entries_that_the_manual_names_exist(name: str) -> None:
    entries = {(spec.menu, spec.text) for spec in ALL} | {("Settings", "Privacy")}
    named = re.findall(r"\*\*?(\w+) › ([^*]+)\*\*?", text_of(name))
    assert {pair for pair in named if pair not in entries} == set()


def test_keys_that_the_manual_names_exist() -> None:
    arrows = {"←": "Left", "→": "Right", "↑": "Up", "↓": "Down", "Enter": "Return"}
    keys = {key for spec in ALL for key in spec.keys} | {"Alt"}
    for name in MANUAL_CHAPTERS:
        for key in re.findall(
            r"\*\*((?:Ctrl\+|Shift\+)*(?:[A-Z0-9,.←→↑↓]|F\d+|Enter|Backspace|Space))\*\*", text_of(name)
        ):
            *held, last = key.split("+")
            assert "+".join([*held, arrows.get(last, last)]) in keys or last == "X", (name, key)


@pytest.mark.parametrize("name", MANUAL_CHAPTERS)
def test_links_and_pictures_are_there_and_nothing_lies_outside(name: str) -> None:
    text = text_of(name)
    assert manual_title(name)
    assert "http" not in text
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert target in MANUAL_CHAPTERS or resource("manual", target).suffix == ".png"


def test_a_chapter_is_chosen_and_a_link_followed(window: ManualWindow) -> None:
    assert window.page.name == MANUAL_CHAPTERS[0]
    window.chapters.setCurrentRow(3)
    assert window.page.name == MANUAL_CHAPTERS[3]
    window.page.anchorClicked.emit(QUrl("limits.md"))
    assert window.page.name == "limits.md"
    assert window.chapters.currentItem().data(Qt.ItemDataRole.UserRole) == "limits.md"
    window.page.anchorClicked.emit(QUrl("https://example.org/limits.md"))
    assert window.page.name == "limits.md"


def test_the_search_goes_through_all_chapters_and_round_again(window: ManualWindow) -> None:
    window.search.setText("blind coding")
    found = []
    for _ in range(12):
        window.find_next()
        found.append(window.page.name)
        assert window.page.textCursor().selectedText().casefold() == "blind coding"
    assert set(found) == {name for name in MANUAL_CHAPTERS if "blind coding" in text_of(name).casefold()}
    assert len(set(found)) > 1
    window.search.setText("no such words")
    window.find_next()
    assert window.not_found.isVisible()
    window.search.setText("stage")
    assert not window.not_found.isVisible()


def test_pictures_are_no_wider_than_the_page_and_come_from_beside_it(qtbot: QtBot) -> None:
    page = ManualPage("tour.md")
    qtbot.addWidget(page)
    page.resize(500, 400)
    page.show()
    picture = page.loadResource(PICTURE, QUrl("window-light.png"))
    assert isinstance(picture, QImage)
    assert 200 <= picture.width() <= page.viewport().width()
    for outside in ("https://example.org/window-light.png", "../icons/play.svg", "/etc/hostname", "none.png"):
        assert page.loadResource(PICTURE, QUrl(outside)) is None


def test_text_below_a_heading_is_in_its_own_type_after_a_resize(qtbot: QtBot) -> None:
    page = ManualPage("how_to_read.md")
    qtbot.addWidget(page)
    page.show()
    for _ in range(2):
        page.resize(page.width() + 100, page.height())
        paragraph = page.document().begin().next()
        assert paragraph.blockFormat().headingLevel() == 0
        assert paragraph.begin().fragment().charFormat().fontWeight() == QFont.Weight.Normal
