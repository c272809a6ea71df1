"""Blind coding, and judgements from other programs."""

from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from tpviewer.core.annotations import Annotation
from tpviewer.ui import review_store as store
from tpviewer.ui.language import tr
from tpviewer.ui.workbench import Workbench

_FILTER = "*.csv *.tsv *.txt *.eaf"
_MOST_TOLD = 4  # places of a file that were not understood


def do_hide_machine(bench: Workbench) -> None:
    """Hide all that the machine says from this reviewer until `do_commit`."""
    if bench.review.committed:
        bench.noted.emit(tr("You have committed this video: what the machine says is known to you."))
    bench.review.set_blind(True)


def ask_commit(bench: Workbench, parent: QWidget) -> None:
    """Ask whether blind coding is to end, for that cannot be taken back."""
    if not bench.review.blind:
        return
    box = QMessageBox(
        QMessageBox.Icon.Question,
        tr("Commit"),
        tr("End blind coding of this video for {0}?").format(bench.review.reviewer),
        QMessageBox.StandardButton.NoButton,
        parent,
    )
    box.setInformativeText(
        tr(
            "The machine's result is shown then. What you judged so far stays marked as blind, what you judge"
            " later does not count as blind. This is logged and cannot be taken back."
        )
    )
    box.addButton(tr("Commit and show the machine"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(tr("Stay blind"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.accepted.connect(partial(do_commit, bench))
    box.finished.connect(box.deleteLater)
    box.open()


def do_commit(bench: Workbench) -> None:
    """End blind coding for good."""
    bench.review.commit()


def ask_import(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose a file of judgements from another program."""
    kinds = tr("Annotations of OpenFace, py-feat, ELAN, BORIS ({0});;All files (*)").format(_FILTER)
    title, folder = tr("Import annotations"), str(bench.settings.last_folder)
    name, _ = QFileDialog.getOpenFileName(parent, title, folder, kinds)
    if name:
        do_import(bench, Path(name))


def do_import(bench: Workbench, path: Path) -> None:
    """Read judgements from a file into lanes of reviewers of their own; undone in one step."""
    if not bench.review.can_review:
        bench.noted.emit(tr("Analyse the video before annotations are imported into it."))
        return
    document, state = bench.document, bench.state
    bench.noted.emit(tr("Reading {0} …").format(path.name))
    bench.tasks.run(
        partial(_read, path, state.times, state.end),
        lambda found: _take(bench, path, *found) if bench.document == document else None,
        lambda error: bench.report(tr("These annotations cannot be imported"), error),
    )


Lanes = dict[str, tuple[Annotation, ...]]


def _read(path: Path, times: NDArray[np.float64], end: float) -> tuple[Lanes, tuple[str, ...]]:
    """Annotations of each rater of a file, by the name of the reviewer they become; what was left out."""
    from tpviewer.importing.ratings import annotations_of, problems, read_ratings  # pandas is slow to come

    found = read_ratings(path)
    lanes = {f"{one.rater} ({path.name})": annotations_of(one, times, end) for one in found}
    return lanes, tuple(dict.fromkeys(told for one in found for told in problems(one, end)))


def _take(bench: Workbench, path: Path, lanes: Lanes, lost: tuple[str, ...]) -> None:
    count = sum(map(len, lanes.values()))
    if not count:
        bench.report(
            tr("These annotations cannot be imported"),
            tr("{0}: holds no Action Unit within this video; check that it belongs to it").format(path),
        )
        return
    bench.review.write(store.import_lanes(bench.review.reviewer, lanes, path.name))
    told = tr("{0} judgements from {1}, by {2}").format(count, path.name, ", ".join(lanes))
    bench.noted.emit(told)
    if lost:
        title = tr("{0} places of {1} were not understood").format(len(lost), path.name)
        lost = tuple(one.replace(str(path), path.name) for one in lost)
        shown = [*lost[:_MOST_TOLD], *(["…"] if len(lost) > _MOST_TOLD else [])]
        bench.report(title, "\n".join(shown), detail="\n".join(lost))
