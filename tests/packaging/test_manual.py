"""The built manual is complete in itself: all pages, all pictures, no address outside."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from tpviewer.resources import MANUAL_CHAPTERS, manual_title

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "manual.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("manual", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_has_all_chapters_and_needs_no_other_file(script: ModuleType) -> None:
    page = script.page()
    for name in MANUAL_CHAPTERS:
        assert f'<h1 id="{script.anchor(name)}">' in page
    assert all(source.startswith("data:image/png;base64,") for source in re.findall(r'src="([^"]{30})', page))
    anchors = set(re.findall(r'id="([^"]+)"', page))
    assert all(link[1:] in anchors for link in re.findall(r'href="([^"]+)"', page))


def test_the_pdf_has_every_chapter(script: ModuleType, tmp_path: Path, qtbot: QtBot) -> None:
    script.write_pdf(tmp_path / "manual.pdf")
    document = QPdfDocument()
    document.load(str(tmp_path / "manual.pdf"))
    text = "\n".join(document.getAllText(number).text() for number in range(document.pageCount()))
    assert document.pageCount() >= len(MANUAL_CHAPTERS)
    assert all(manual_title(name) in text for name in MANUAL_CHAPTERS)
    document.close()
