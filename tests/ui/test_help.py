"""Help lists every shortcut of the actions it is given; the manual explains the paper's terms offline."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.core.test_stages import figure_2
from tpviewer import __version__
from tpviewer.core.stages import UNICODE_ARROW, notation, stage_label, stages_from_states
from tpviewer.core.statistics import sequence_statistics
from tpviewer.resources import resource
from tpviewer.ui.dialogs.about import AboutDialog
from tpviewer.ui.dialogs.help_dialog import HelpDialog, Shortcut, shortcuts
from tpviewer.ui.dialogs.how_to_read import HowToRead

TERMS = (
    *("Action Unit", "Relevance map", "Top-X", "Look", "Stage", "Temporal prototype", "NONE and UNSEEN"),
    *("Profile", "Raw, smoothed, absorbed", "Purity", "Experimental", "Not modelled"),
)


@pytest.fixture
def actions(qtbot: QtBot) -> list[QAction]:
    made = []
    for text, keys, tip in (
        ("&Open…", ["Ctrl+O"], "Open a video or a session"),
        ("Play && pause", ["Space"], ""),
        ("Sample", [], "Open the bundled video"),
        ("Next stage", ["Shift+Right", "PgDown"], "Go to the first frame of the next stage"),
    ):
        action = QAction(text)
        action.setShortcuts(keys)
        action.setStatusTip(tip)
        made.append(action)
    return made


def test_actions_with_keys_are_listed_in_words_and_in_order(actions: list[QAction]) -> None:
    assert shortcuts(actions) == [
        Shortcut("Open", "Ctrl+O", "Open a video or a session"),
        Shortcut("Play & pause", "Space", ""),
        Shortcut("Next stage", "Shift+Right / PgDown", "Go to the first frame of the next stage"),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [("stage", ["Next stage"]), ("ctrl", ["Open"]), ("VIDEO open", ["Open"]), ("zebra", [])],
)
def test_the_search_finds_a_shortcut_by_name_key_and_effect(
    actions: list[QAction], qtbot: QtBot, words: str, found: list[str]
) -> None:
    dialog = HelpDialog(actions)
    qtbot.addWidget(dialog)
    assert len(dialog.shortcuts.shown()) == 3
    dialog.shortcuts.search.setText(words)
    assert dialog.shortcuts.shown() == found


def test_help_turns_to_the_page_of_terms(actions: list[QAction], qtbot: QtBot) -> None:
    dialog = HelpDialog(actions)
    qtbot.addWidget(dialog)
    dialog.show_how_to_read()
    dialog.show()
    assert dialog.how_to_read.isVisible()


@pytest.mark.parametrize("term", TERMS)
def test_each_term_has_a_paragraph(term: str, qtbot: QtBot) -> None:
    text = resource("manual", "how_to_read.md").read_text(encoding="utf-8")
    (paragraph,) = (part for part in text.split("\n\n") if re.match(rf"\*\*{term}\b[^*]*\*\*", part))
    assert len(paragraph) > 80


def test_the_worked_example_is_the_papers_figure_2(qtbot: QtBot) -> None:
    page = HowToRead()
    qtbot.addWidget(page)
    stages = stages_from_states(figure_2(), ("AU04", "AU01", "AU02"))
    text = " ".join(page.toPlainText().split())
    assert notation(stages, UNICODE_ARROW) in text
    figures = sequence_statistics(stages)
    assert f"{figures.stages} stages, {figures.distinct} of them distinct" in text
    assert f"a reduction of {100 * figures.reduction:.0f} %" in text
    for stage in stages:
        last = stage.stop - 1
        frames = f"{stage.start}–{last}" if last > stage.start else f"{last}"
        assert f"{frames} {stage_label(stage)}" in text


def test_the_page_says_that_a_letter_is_no_intensity(qtbot: QtBot) -> None:
    page = HowToRead()
    qtbot.addWidget(page)
    assert "It is not a FACS intensity" in " ".join(page.toPlainText().split())


@pytest.mark.parametrize("name", ["how_to_read.md", "credits.md"])
def test_pages_hold_no_link_and_load_nothing(name: str, qtbot: QtBot) -> None:
    text = resource("manual", name).read_text(encoding="utf-8")
    assert "http" not in text
    assert "](" not in text
    page = HowToRead()
    qtbot.addWidget(page)
    assert page.loadResource(2, QUrl("http://localhost/picture.png")) is None
    assert not page.openLinks()


def test_about_names_version_purpose_and_everything_it_builds_on(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    words = " ".join(label.text() for label in dialog.findChildren(type(dialog.purpose)))
    assert __version__ in words
    assert "Not a medical device" in words
    credited = dialog.credits.toPlainText()
    for work in (
        "ICT-FaceKit",
        "London Set",
        "MediaPipe",
        "iNNvestigate",
        "TensorFlow",
        "PyAV",
        "OpenCV",
        "Qt",
    ):
        assert work in credited
