"""Overrule the clusters of an Action Unit: number, merge, split, move."""

from tpviewer.core.curation import Assign, Merge, Operation, SetCount, Split
from tpviewer.ui.language import tr
from tpviewer.ui.workbench import Workbench


def do_set_count(bench: Workbench, au: str, count: int) -> None:
    """Cluster the maps of an Action Unit into another number of looks."""
    do_change(bench, SetCount(bench.state.profile, au, count))


def do_merge(bench: Workbench, au: str, first: int, second: int) -> None:
    """Make one look of two."""
    do_change(bench, Merge(bench.state.profile, au, first, second))


def do_split(bench: Workbench, au: str, look: int) -> None:
    """Make two looks of one."""
    do_change(bench, Split(bench.state.profile, au, look))


def do_assign(bench: Workbench, au: str, frames: tuple[int, ...], look: int | None) -> None:
    """Move frames to a look, or with None to a new one."""
    do_change(bench, Assign(bench.state.profile, au, frames, look))


def do_change(bench: Workbench, operation: Operation) -> None:
    """Change looks, or take the last change back; not while an analysis runs."""
    document, snapshot = bench.document, bench.state.snapshot
    if document is None or snapshot is None or not snapshot.complete or bench.analysis.active:
        bench.noted.emit(tr("Looks can be changed once the analysis has come to its end."))
        return
    bench.queue.give_way()
    bench.engine.curate(document.session, operation, bench.settings.author)
