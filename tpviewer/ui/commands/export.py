"""Take results away as figures, videos, reports and tables."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tpviewer.export.formats import Format, write_export
from tpviewer.export.progress import ExportStoppedError, Follow, on_and_on
from tpviewer.store.session import Session
from tpviewer.ui.document import Document
from tpviewer.ui.language import mark, tr
from tpviewer.ui.workbench import Workbench

KINDS: dict[Format, tuple[str, str]] = {
    "figure": ("pdf", mark("Figure (*.pdf *.svg *.png)")),
    "csv": ("csv", mark("Table, one row a frame (*.csv)")),
    "json": ("json", mark("JSON (*.json)")),
    "video": ("mp4", mark("Video (*.mp4)")),
    "report": ("pdf", mark("Report (*.pdf)")),
    "fex": ("csv", mark("Table of py-feat (*.csv)")),
    "eaf": ("eaf", mark("ELAN (*.eaf)")),
    "boris": ("csv", mark("Events of BORIS (*.csv)")),
    "nova": ("annotation", mark("NOVA, a folder of files (*.annotation)")),
    "virelay": ("yaml", mark("ViRelAy, several files (*.yaml)")),
}
"""Formats of `tpviewer export`, with the usual suffix and the filter of the file dialog."""

LONG: tuple[Format, ...] = ("video", "report", "virelay")
"""Formats that take their time: with progress, and stopped when the window is closed."""

_MOST_TOLD = 5  # files by name

_ADDED = {  # to the proposed name: it may be the video's own, or that of another table
    "video": " overlay",
    "report": " report",
    "fex": " py-feat",
    "boris": " events",
    "nova": " NOVA",  # a folder of the video's own name may hold its pictures
}

EXPORTS: dict[str, tuple[Format, bool]] = {
    "export_figure": ("figure", False),
    "export_video": ("video", False),
    "export_report": ("report", False),
    "export_figure_deidentified": ("figure", True),
    "export_video_deidentified": ("video", True),
    "export_report_deidentified": ("report", True),
    "export_csv": ("csv", False),
    "export_json": ("json", False),
    "export_fex": ("fex", False),
    "export_eaf": ("eaf", False),
    "export_boris": ("boris", False),
    "export_nova": ("nova", False),
    "export_virelay": ("virelay", False),
}
"""Actions by name, with their format and whether it is de-identified."""


def ask_export(bench: Workbench, kind: Format, deidentified: bool = False, *, parent: QWidget) -> None:
    """Let the user say where an export goes, and write it."""
    document = bench.document
    if document is None or not _is_finished(bench) or (kind in LONG and _is_busy(bench)):
        return
    suffix, kinds = KINDS[kind]
    proposed = document.session.with_name(f"{_stem(document, kind, deidentified)}.{suffix}")
    title = tr("De-identified export") if deidentified else tr("Export")
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), tr(kinds))
    if name:
        path = Path(name)
        do_export(bench, kind, path if path.suffix else path.with_suffix(f".{suffix}"), deidentified)


def _stem(document: Document, kind: Format, deidentified: bool) -> str:
    """Proposed name of a file; one that is de-identified does not tell the video's."""
    added = _ADDED.get(kind, "")
    if not deidentified:
        return file_stem(document) + added
    return f"{file_stem(document) if document.pseudonym else 'video'}{added} de-identified"


def file_stem(document: Document) -> str:
    """Name for a file that is written of a session, without its suffix: the pseudonym where there is one."""
    allowed = "".join(c if c.isalnum() or c in " -_." else "_" for c in document.pseudonym).strip(" .")
    return allowed or document.session.stem


def do_export(bench: Workbench, kind: Format, path: Path, deidentified: bool = False) -> None:
    """Write what the window shows of the open session; the window says where it went."""
    document = bench.document
    if document is None or not _is_finished(bench) or (kind in LONG and _is_busy(bench)):
        return
    if bench.review.blind:
        bench.noted.emit(tr("The machine is hidden from you; commit your review before you export."))
        return
    work = partial(
        _write, kind, document, path, bench.state.profile, bench.state.overlay.x, deidentified=deidentified
    )
    done, failed = partial(_tell_written, bench), partial(_tell_failed, bench)
    if kind in LONG:
        bench.exports.run(path, work, done, failed)
        return
    bench.noted_to_stay.emit(tr("Exporting {0} …").format(path.name))
    bench.tasks.run(work, done, failed)


def _is_finished(bench: Workbench) -> bool:
    snapshot = bench.state.snapshot
    finished = snapshot is not None and snapshot.complete and not bench.analysis.active
    if not finished:
        bench.noted.emit(tr("Results can be exported once the analysis has come to its end."))
    return finished


def _is_busy(bench: Workbench) -> bool:
    if bench.exports.name:
        bench.noted.emit(tr("{0} is still being written; wait for it or stop it").format(bench.exports.name))
    return bool(bench.exports.name)


def _tell_written(bench: Workbench, written: list[Path]) -> None:
    if len(written) > _MOST_TOLD:
        bench.noted_to_stay.emit(tr("Written: {0} files in {1}").format(len(written), written[0].parent))
        return
    bench.noted_to_stay.emit(tr("Written: {0}").format(", ".join(str(path) for path in written)))


def _tell_failed(bench: Workbench, error: Exception) -> None:
    if isinstance(error, ExportStoppedError):
        bench.noted_to_stay.emit(tr("The export was stopped; no file was written"))
    else:
        bench.noted_to_stay.emit(tr("The export was not written"))  # in place of what was being done
        bench.report(tr("The export was not written"), error)


def _write(
    kind: Format,
    document: Document,
    path: Path,
    profile: str,
    top_x: float,
    follow: Follow = on_and_on,
    *,
    deidentified: bool = False,
) -> list[Path]:
    with Session(document.session) as session:
        return write_export(
            *(session, kind, path, session.shown(profile), document.video, top_x),
            deidentified=deidentified,
            follow=follow,
        )
