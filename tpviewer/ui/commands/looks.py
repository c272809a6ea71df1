"""Overrule the clusters of an Action Unit: number, merge, split, move; and take it back."""

from PySide6.QtCore import QCoreApplication

from tpviewer.core.curation import Assign, Merge, Operation, Redo, SetCount, Split, Undo
from tpviewer.ui.workbench import Workbench


def do_set_count(bench: Workbench, au: str, count: int) -> None:
    """Cluster the maps of an Action Unit into another number of looks."""
    _do(bench, SetCount(bench.state.profile, au, count))


def do_merge(bench: Workbench, au: str, first: int, second: int) -> None:
    """Make one look of two."""
    _do(bench, Merge(bench.state.profile, au, first, second))


def do_split(bench: Workbench, au: str, look: int) -> None:
    """Make two looks of one."""
    _do(bench, Split(bench.state.profile, au, look))


def do_assign(bench: Workbench, au: str, frames: tuple[int, ...], look: int | None) -> None:
    """Move frames to a look, or with None to a new one."""
    _do(bench, Assign(bench.state.profile, au, frames, look))


def do_undo(bench: Workbench) -> None:
    """Take the last edit back."""
    snapshot = bench.state.snapshot
    if snapshot is not None and not snapshot.can_undo:
        bench.noted.emit(_tr("Nothing to take back."))
    else:
        _do(bench, Undo())


def do_redo(bench: Workbench) -> None:
    """Make the edit again that was taken back last."""
    snapshot = bench.state.snapshot
    if snapshot is not None and not snapshot.can_redo:
        bench.noted.emit(_tr("Nothing to make again."))
    else:
        _do(bench, Redo())


def _do(bench: Workbench, operation: Operation) -> None:
    document, snapshot = bench.document, bench.state.snapshot
    if document is None or snapshot is None or not snapshot.complete or bench.analysis.active:
        bench.noted.emit(_tr("Looks can be changed once the analysis has come to its end."))
        return
    bench.engine.curate(document.session, operation, bench.settings.author)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Looks", text)
