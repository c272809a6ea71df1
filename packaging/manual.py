"""Build the manual as one HTML page, complete in itself, and as PDF.

    QT_QPA_PLATFORM=offscreen python packaging/manual.py FOLDER

writes FOLDER/tpviewer-manual.html and FOLDER/tpviewer-manual.pdf from the pages in resources/manual that
the window shows under Help.
"""

import argparse
import base64
import html
import re
import sys
from pathlib import Path

from markdown_it import MarkdownIt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPdfWriter, QTextDocument

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tpviewer import __version__
from tpviewer.resources import MANUAL_CHAPTERS, manual_title, resource

NAME = "tpviewer-manual"
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1f24; }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; }
h1 { margin-top: 4rem; border-bottom: 1px solid #ccc; }
img { max-width: 100%; border: 1px solid #ccc; }
pre { background: #f4f5f7; padding: .8rem; overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top; }
"""
_PDF_STYLE = (
    "body { font-family: sans-serif; font-size: 10pt; } pre, code { font-family: monospace; font-size: 9pt; }"
    " h1 { font-size: 18pt; } h2 { font-size: 13pt; } td, th { padding: 3px; }"
)
_PICTURE = 600  # width of a picture in the PDF, in 1/96 inch


def anchor(name: str) -> str:
    """Anchor of a page within the whole manual."""
    return Path(name).stem


def body() -> str:
    """All pages as HTML; links between them are links within the page, pictures are named."""
    markdown = MarkdownIt("commonmark").enable("table")
    parts = []
    for name in MANUAL_CHAPTERS:
        page = markdown.render(resource("manual", name).read_text(encoding="utf-8"))
        page = re.sub(r'href="([a-z_]+)\.md"', r'href="#\1"', page)
        parts.append(page.replace("<h1>", f'<h1 id="{anchor(name)}">', 1))
    return "\n".join(parts)


def contents() -> str:
    """Table of contents as HTML."""
    lines = (f'<li><a href="#{anchor(n)}">{html.escape(manual_title(n))}</a></li>' for n in MANUAL_CHAPTERS)
    return f"<p>TPViewer {__version__}: the manual</p><ul>{''.join(lines)}</ul>"


def page() -> str:
    """The manual as one HTML page with its pictures in it."""
    text = re.sub(r'src="([^"]+)"', lambda found: f'src="{_data(found[1])}"', body())
    title = f"TPViewer {__version__}: manual"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body>{contents()}\n{text}</body></html>\n"
    )


def write_pdf(path: Path) -> None:
    """Write the manual as PDF, A4; an application must exist."""
    writer = QPdfWriter(str(path))
    writer.setTitle(f"TPViewer {__version__}: manual")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document = QTextDocument()
    document.setDefaultStyleSheet(_PDF_STYLE)
    text = body()
    for name in sorted(set(re.findall(r'src="([^"]+)"', text))):
        picture = QImage(str(resource("manual", name)))
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), picture)
    text = re.sub(r'<img src="([^"]+)"', rf'<img width="{_PICTURE}" src="\1"', text)
    text = text.replace("<table>", '<table border="1" cellspacing="0">')
    text = text.replace("<h1 ", '<h1 style="page-break-before: always" ')
    document.setHtml(contents() + text)
    document.print_(writer)


def _data(name: str) -> str:
    picture = base64.b64encode(resource("manual", name).read_bytes()).decode("ascii")
    return f"data:image/png;base64,{picture}"


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication.instance() or QGuiApplication([])
    (folder / f"{NAME}.html").write_text(page(), encoding="utf-8")
    write_pdf(folder / f"{NAME}.pdf")
    del application


if __name__ == "__main__":
    main()
