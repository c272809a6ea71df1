"""The language of the window: English in the source, German from translation files of Qt.

Figures keep the decimal point in every language: they go into papers, and equal those of the command line.
Files that are written, and the command line, are English.
"""

import re
from functools import cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from tpviewer.resources import resource

LanguageChoice = Literal["system", "en", "de"]
Language = Literal["en", "de"]


def language_of(choice: LanguageChoice) -> Language:
    """Return the language that a choice stands for; English where the system's is neither."""
    if choice != "system":
        return choice
    return "de" if QLocale.system().uiLanguages()[0].startswith("de") else "en"


def use_language(choice: LanguageChoice) -> None:
    """Give the application a language; windows that are there already keep theirs.

    Raises
    ------
    TPViewerError
        If the translation is missing.
    """
    application = QCoreApplication.instance()
    assert application is not None
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    german = language_of(choice) == "de"
    QLocale.setDefault(QLocale(QLocale.Language.German) if german else QLocale.system())
    if german:
        of_qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_de.qm"
        for file in (of_qt, resource("translations", "tpviewer_de.qm")):
            translator = QTranslator(application)
            translator.load(str(file))
            application.installTranslator(translator)


def tr(text: str, comment: str = "") -> str:
    """Return a text in the language of the window, where no widget's own ``tr`` is at hand."""
    return QCoreApplication.translate("", text, comment)


def mark(text: str) -> str:
    """Return the text as it is; the translation file takes it up, and `tr` translates it later."""
    return text


def tr_problem(message: str) -> str:
    """Return what a layer below the window says in the language of the window.

    Those layers, and the processes they may run in, know nothing of languages. So ``problems.txt`` lists what
    they say, with ``{0}``, ``{1}`` … for what is filled in. What is not in the list stays as it is.
    """
    if "\n" in message:
        return "\n".join(map(tr_problem, message.split("\n")))
    for pattern, text in _problems():
        if found := pattern.fullmatch(message):
            told = QCoreApplication.translate("Problems", text)
            return told.format(*map(tr_problem, found.groups()))
    place, colon, rest = message.partition(": ")
    return f"{place}{colon}{tr_problem(rest)}" if colon else message


@cache
def _problems() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns with their texts, those that say most first."""
    texts = resource("translations", "problems.txt").read_text(encoding="utf-8").splitlines()
    return tuple((_pattern(text), text) for text in sorted(texts, key=len, reverse=True))


def _pattern(text: str) -> re.Pattern[str]:
    parts = [re.escape(part.format()) for part in re.split(r"\{\d\}", text)]
    return re.compile("(.+?)".join(parts), re.DOTALL)
