"""Take results away as figures and tables."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from tpviewer.export.formats import Format, write_export
from tpviewer.store.session import Session
from tpviewer.ui.document import Document
from tpviewer.ui.workbench import Workbench

KINDS: dict[Format, tuple[str, str]] = {
    "figure": ("pdf", "Figure (*.pdf *.svg *.png)"),
    "csv": ("csv", "Table, one row a frame (*.csv)"),
    "json": ("json", "JSON (*.json)"),
}
"""Formats of `tpviewer export`, with the usual suffix and the filter of the file dialog."""


def ask_export(bench: Workbench, kind: Format, parent: QWidget) -> None:
    """Let the user say where an export goes, and write it."""
    document = bench.document
    if document is None:
        return
    suffix, kinds = KINDS[kind]
    proposed = document.session.with_suffix(f".{suffix}")
    title = _tr("Export")
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), _tr(kinds))
    if name:
        path = Path(name)
        do_export(bench, kind, path if path.suffix else path.with_suffix(f".{suffix}"))


def do_export(bench: Workbench, kind: Format, path: Path) -> None:
    """Write what the window shows of the open session; the window says where it went."""
    document = bench.document
    if document is None:
        return
    bench.noted.emit(_tr("Exporting {0} …").format(path.name))
    bench.tasks.run(
        partial(_write, kind, document, path, bench.state.profile, bench.state.overlay.x),
        lambda written: bench.noted.emit(_tr("Written: {0}").format(", ".join(str(p) for p in written))),
        lambda error: bench.report(_tr("The export was not written"), error),
    )


def _write(kind: Format, document: Document, path: Path, profile: str, top_x: float) -> list[Path]:
    with Session(document.session) as session:
        return write_export(session, kind, path, session.shown(profile), document.video, top_x)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Export", text)
