"""German and English: chosen in the settings, shown from the next start on, figures alike in both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import shown_window
from tests.ui.idle_engine import IdleEngine
from tpviewer.core.errors import TPViewerError
from tpviewer.media.source import open_source
from tpviewer.store.session import Session
from tpviewer.ui import language
from tpviewer.ui.actions import Actions
from tpviewer.ui.dialogs.analysis_dialog import AnalysisDialog
from tpviewer.ui.dialogs.help_dialog import HelpDialog
from tpviewer.ui.dialogs.settings_dialog import SettingsDialog
from tpviewer.ui.language import language_of, tr_problem, use_language
from tpviewer.ui.main_window import LEAST_SIZE, MainWindow
from tpviewer.ui.settings import Settings
from tpviewer.ui.window_specs import MENUS

GERMAN_MENUS = ["Datei", "Bearbeiten", "Wiedergabe", "Ansicht", "Analyse", "Begutachtung", "Hilfe"]


@pytest.fixture
def english() -> Iterator[None]:
    """Leave the application in English, whatever the test does."""
    yield
    use_language("en")


@pytest.fixture
def german(english: None) -> None:
    use_language("de")


def menus(window: MainWindow) -> list[str]:
    return [action.text() for action in window.menuBar().actions()]


def test_a_language_chosen_in_the_settings_is_there_after_a_restart(
    qtbot: QtBot, tmp_path: Path, english: None
) -> None:
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        window.actions_by_name["settings"].trigger()
        dialog = window.findChild(SettingsDialog)
        dialog.language_box.setCurrentIndex(dialog.language_box.findText("Deutsch"))
        dialog.accept()
        settings = window.bench.settings
        assert settings.language == "de"
        assert menus(window) == [name for name in MENUS if name != "Export"]
        assert settings.sync()
    with shown_window(qtbot, tmp_path / "user", IdleEngine(), language=None) as window:
        assert menus(window) == GERMAN_MENUS
        assert window.actions_by_name["open"].text() == "Öffnen …"
        assert window.docks["prototype"].windowTitle() == "Zeitlicher Prototyp"
        assert window.status.text == "Bereit"


def test_english_comes_back(qtbot: QtBot, tmp_path: Path, german: None) -> None:
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        assert menus(window)[0] == "File"


def test_a_language_that_makes_no_sense_is_the_systems(tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_text("[General]\nlanguage=tlh\n")
    settings = Settings(tmp_path / "settings.ini")
    assert settings.language == "system"
    assert "language" in settings.problems[0]


@pytest.mark.parametrize(("system", "shown"), [("de_AT", "de"), ("en_US", "en"), ("fr_FR", "en")])
def test_the_systems_language_is_english_where_it_is_neither(
    system: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OfSystem(QLocale):
        @staticmethod
        def system() -> QLocale:
            return QLocale(system)

    monkeypatch.setattr(language, "QLocale", OfSystem)
    assert language_of("system") == shown
    assert language_of("en") == "en"


def test_the_buttons_of_qt_are_german_too(qtbot: QtBot, german: None) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Abbrechen"


def test_keys_are_the_same_in_both_languages(english: None) -> None:
    def keys() -> list[list[QKeySequence]]:
        actions = Actions(owner)
        return [action.shortcuts() for action in actions]

    owner = QObject()
    in_english = keys()
    use_language("de")
    assert keys() == in_english


def test_no_two_entries_of_a_menu_read_the_same(german: None) -> None:
    owner = QObject()
    actions = Actions(owner)
    for menu in MENUS:
        texts = [action.text() for action in actions.of_menu(menu)]
        assert len(set(texts)) == len(texts)
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(set(letters)) == len(letters)


def test_the_german_window_keeps_to_the_least_size(qtbot: QtBot, tmp_path: Path, english: None) -> None:
    with shown_window(qtbot, tmp_path / "user", IdleEngine(), language="de") as window:
        assert window.minimumSizeHint().width() <= LEAST_SIZE[0]
        assert window.minimumSizeHint().height() <= LEAST_SIZE[1]
        assert window.top_bar.sizeHint().width() <= LEAST_SIZE[0]


def test_figures_keep_the_point(qtbot: QtBot, german: None) -> None:
    dialog = AnalysisDialog(("AU12",), {"AU12": 0.55})
    qtbot.addWidget(dialog)
    assert dialog.spins["AU12"].text() == "0.55"


def test_the_page_of_terms_is_german(qtbot: QtBot, german: None) -> None:
    owner = QObject()
    dialog = HelpDialog(list(Actions(owner)))
    qtbot.addWidget(dialog)
    text = " ".join(dialog.how_to_read.toPlainText().split())
    assert "Zeitlicher Prototyp (temporal prototype)." in text
    assert "Es ist keine FACS-Intensität" in text
    assert "(NONE) → (AU02_A) → (AU01_A, AU02_A, AU04_A)" in text


def problems(folder: Path) -> list[str]:
    """What layers below the window say of a video, a session and a model that are not there."""
    told = []
    for what, name in ((open_source, "Größe: 1.mp4"), (Session, "no.tpv")):
        with pytest.raises(TPViewerError) as caught:
            what(folder / name)
        told.append(str(caught.value))
    return told


def test_problems_from_below_are_told_in_german(tmp_path: Path, german: None) -> None:
    video, session = map(tr_problem, problems(tmp_path))
    assert video == (
        f"{tmp_path / 'Größe: 1.mp4'}: Diese Datei oder diesen Ordner gibt es nicht; prüfen Sie den Namen"
    )
    assert session == f"{tmp_path / 'no.tpv'}: keine solche Sitzungsdatei; prüfen Sie den Namen"


def test_a_problem_inside_a_problem_is_german_too(german: None) -> None:
    told = tr_problem("a.tpv: x\nmodel.zip: not valid JSON (line 1)")
    assert told == "a.tpv: x\nmodel.zip: kein gültiges JSON (line 1)"


def test_in_english_a_problem_stays_as_it_is(tmp_path: Path) -> None:
    for told in [*problems(tmp_path), "no such words: as these", "50 %: {0}"]:
        assert tr_problem(told) == told


def test_a_missing_translation_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: None
) -> None:
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(TPViewerError, match=r"tpviewer_de\.qm.*install TPViewer again"):
        use_language("de")
    monkeypatch.undo()
