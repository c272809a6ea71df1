"""How far people and the machine agree, in a dialog: reading, comparing and saving go on beside it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from tpviewer.core.errors import SessionError
from tpviewer.core.rater_agreement import RaterAgreement
from tpviewer.store.patient import patient_of
from tpviewer.store.session import Session
from tpviewer.ui.dialogs.agreement_dialog import AgreementDialog
from tpviewer.ui.language import tr, tr_problem
from tpviewer.ui.workbench import Workbench

if TYPE_CHECKING:
    from tpviewer.importing.rated_videos import RatedVideos

_INPUTS = "*.tpv *.csv *.tsv *.txt *.eaf"


def ask_agreement(bench: Workbench, parent: QWidget) -> AgreementDialog:
    """Show the agreement in the open session, or in what the user chooses."""
    dialog = AgreementDialog(bench.shelf.name_of, bench.review.reviewer, parent)
    dialog.inputs_changed.connect(partial(_read, bench, dialog))
    dialog.add_asked.connect(partial(_ask_inputs, bench, dialog))
    dialog.comparison_asked.connect(partial(_compare, bench, dialog))
    dialog.copy_asked.connect(partial(_copy, bench, dialog))
    dialog.save_table_asked.connect(partial(_ask_save, bench, dialog, "csv", tr("Table (*.csv)")))
    dialog.save_plot_asked.connect(partial(_ask_save, bench, dialog, "pdf", tr("Plot (*.pdf *.svg *.png)")))
    dialog.finished.connect(dialog.deleteLater)
    document = bench.document
    stored = document is not None and document.session.exists()
    dialog.set_inputs([document.session] if document is not None and stored else [], first=True)
    dialog.open()
    return dialog


def _ask_inputs(bench: Workbench, dialog: AgreementDialog) -> None:
    kinds = tr("Sessions and annotations ({0});;All files (*)").format(_INPUTS)
    title, folder = tr("Sessions and files to compare"), str(bench.settings.last_folder)
    names, _ = QFileDialog.getOpenFileNames(dialog, title, folder, kinds)
    if names:
        dialog.add_inputs([Path(name) for name in names])


def _read(bench: Workbench, dialog: AgreementDialog, paths: list[Path]) -> None:
    def show(rated: "RatedVideos") -> None:
        if isValid(dialog) and dialog.inputs == tuple(paths):
            problems, notes = (tuple(map(bench.pseudonymised, of)) for of in (rated.problems, rated.notes))
            dialog.show_raters(replace(rated, problems=problems, notes=notes))

    bench.tasks.run(partial(_rated, paths, bench.review.reviewer), show, partial(_failed, bench, dialog))


def _rated(paths: Sequence[Path], reviewer: str) -> "RatedVideos":
    from tpviewer.importing.rated_videos import rated_videos  # pandas is slow to come

    return rated_videos(paths, check=partial(_refuse_blind, reviewer))


def _refuse_blind(reviewer: str, session: Session) -> None:
    """Agreement tells a coder what the machine and others say."""
    from tpviewer.store.raters import is_blind

    if reviewer and is_blind(session, reviewer):
        raise SessionError(
            tr("{0}: you code it blind; commit it, then agreement is shown").format(
                patient_of(session).pseudonym or session.path
            )
        )


def _compare(bench: Workbench, dialog: AgreementDialog, reference: str, other: str, tolerance: int) -> None:
    rated = dialog.rated
    if rated is None:
        return

    def show(found: RaterAgreement) -> None:
        if isValid(dialog) and dialog.rated is rated and dialog.asked == (reference, other, tolerance):
            dialog.show_agreement(found)

    work = partial(rated.agreement, reference, other, tolerance)
    bench.tasks.run(work, show, partial(_failed, bench, dialog))


def _copy(bench: Workbench, dialog: AgreementDialog) -> None:
    if dialog.found is not None:
        bench.tasks.run(partial(_as_text, dialog.found), _put_on_clipboard, partial(_failed, bench, dialog))


def _as_text(found: RaterAgreement) -> str:
    from tpviewer.export.agreement_table import agreement_table

    return str(agreement_table([found]).to_csv(sep="\t", index=False))


def _put_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def _ask_save(bench: Workbench, dialog: AgreementDialog, suffix: str, kinds: str) -> None:
    proposed = bench.settings.last_folder / f"agreement.{suffix}"
    name, _ = QFileDialog.getSaveFileName(dialog, tr("Save agreement"), str(proposed), kinds)
    if name:
        path = Path(name)
        do_save_agreement(bench, dialog, path if path.suffix else path.with_suffix(f".{suffix}"))


def do_save_agreement(bench: Workbench, dialog: AgreementDialog, path: Path) -> None:
    """Write the table (.csv) or the plot (.pdf, .svg, .png) that the dialog shows."""
    if dialog.found is None or dialog.rated is None:
        return
    bench.tasks.run(
        partial(_write, dialog.found, dialog.rated, path),
        lambda written: bench.noted_to_stay.emit(tr("Written: {0}").format(written)),
        lambda error: bench.report(tr("The agreement was not written"), error),
    )


def _write(found: RaterAgreement, rated: "RatedVideos", path: Path) -> Path:
    from tpviewer.export.agreement_table import write_agreement

    return write_agreement([found], path, rated.told())[0]


def _failed(bench: Workbench, dialog: AgreementDialog, error: Exception) -> None:
    if isValid(dialog):
        dialog.say(tr_problem(str(error)))
    bench.report(tr("The agreement cannot be shown"), error)
