"""The German texts are complete: nothing is missing, empty or stale, and what is filled in stays."""

import ast
import importlib.util
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator

from tpviewer.resources import resource

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
FIELDS = re.compile(r"\{[^{}]*\}|%\w|\*\.\w+|;;")
"""What is filled in, and what a file dialog reads."""

Key = tuple[str, str, str]
"""Context, source text and comment."""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> dict[Key, str]:
    """The German of each text; empty where it is unfinished."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            german = message.find("translation")
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")
            found[key] = "" if german.get("type") else german.text or ""
    return found


@pytest.fixture(scope="module")
def texts() -> dict[Key, str]:
    return read(FOLDER / "tpviewer_de.ts")


def test_the_translation_file_holds_the_texts_of_the_sources_and_no_others(
    tool: ModuleType, texts: dict[Key, str], tmp_path: Path
) -> None:
    shutil.copy(FOLDER / "tpviewer_de.ts", tmp_path)
    tool.update(tmp_path)
    now = read(tmp_path / "tpviewer_de.ts")
    renew = "run packaging/translations.py and translate what is new"
    assert set(now) - set(texts) == set(), renew
    assert set(texts) - set(now) == set(), renew
    assert (tmp_path / "problems.txt").read_text() == (FOLDER / "problems.txt").read_text(), renew


def test_every_text_is_translated(texts: dict[Key, str]) -> None:
    assert len(texts) > 1000
    assert [key for key, german in texts.items() if not german.strip()] == []


def test_what_is_filled_in_is_the_same_in_both_languages(texts: dict[Key, str]) -> None:
    different = [
        (key, german)
        for key, german in texts.items()
        if sorted(FIELDS.findall(key[1])) != sorted(FIELDS.findall(german))
    ]
    assert different == []


def test_blanks_at_the_ends_stay(texts: dict[Key, str]) -> None:
    """Parts of sentences are put together."""

    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [key for key, german in texts.items() if ends(key[1]) != ends(german)] == []


def test_the_compiled_file_is_that_of_the_texts(texts: dict[Key, str]) -> None:
    translator = QTranslator()
    assert translator.load(str(resource("translations", "tpviewer_de.qm")))
    stale = [key for key, german in texts.items() if translator.translate(*key) != german]
    assert stale == [], "run packaging/translations.py"


def literals(node: ast.AST, owner: str) -> Iterator[tuple[str, str]]:
    """Context and text of each call of `tr` and `mark`; an f-string would hide one from lupdate."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Call(func=ast.Name(id="tr" | "mark"), args=[ast.Constant(value=str(text)), *_]):
                yield "", text
            case ast.Call(func=ast.Attribute(attr="tr"), args=[ast.Constant(value=str(text)), *_]):
                yield owner, text
        yield from literals(child, child.name if isinstance(child, ast.ClassDef) else owner)


def test_no_text_hides_where_lupdate_does_not_look(texts: dict[Key, str]) -> None:
    known = {(context, source) for context, source, _ in texts}
    hidden = [
        (path.name, text)
        for path in (ROOT / "tpviewer").rglob("*.py")
        for context, text in literals(ast.parse(path.read_text(encoding="utf-8")), "")
        if (context, text) not in known
    ]
    assert hidden == []
