"""Pseudonym and consent of a patient, and the deletion of a session."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tpviewer.core.errors import TPViewerError
from tpviewer.store.deletion import Deletable, deletable, delete_session
from tpviewer.store.patient import Patient, patient_of, put_patient
from tpviewer.store.session import Session
from tpviewer.ui.commands.files import do_close
from tpviewer.ui.dialogs.delete_dialog import DeleteDialog
from tpviewer.ui.dialogs.patient_dialog import PatientDialog
from tpviewer.ui.language import tr
from tpviewer.ui.workbench import Workbench


def ask_patient(bench: Workbench, parent: QWidget, session: Path | None = None) -> None:
    """Let the user set pseudonym and consent of a session, by default of the open one."""
    path = session or _open_session(bench)
    if path is None:
        bench.noted.emit(tr("There is no session yet: analyse the video first."))
        return
    bench.errands.run(
        partial(_read_patient, path),
        lambda read: _show_patient(bench, parent, path, *read),
        lambda error: bench.report(tr("This session cannot be read"), error),
    )


def _read_patient(path: Path) -> tuple[str, Patient]:
    with Session(path) as session:
        return Path(session.video.path).name, patient_of(session)


def _show_patient(bench: Workbench, parent: QWidget, path: Path, name: str, patient: Patient) -> None:
    dialog = PatientDialog(name, patient, parent)
    dialog.accepted.connect(
        lambda: do_set_patient(bench, path, dialog.pseudonym.text(), dialog.consent.toPlainText())
    )
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def do_set_patient(bench: Workbench, session: Path, pseudonym: str, consent: str) -> None:
    """Write pseudonym and consent into a session, and show the pseudonym from now on."""
    bench.tasks.run(
        partial(_write_patient, session, bench.settings.author, pseudonym, consent),
        partial(_patient_set, bench, session),
        lambda error: bench.report(tr("Pseudonym and consent were not saved"), error),
    )


def _write_patient(path: Path, author: str, pseudonym: str, consent: str) -> Patient:
    with Session(path):  # one that was deleted is not made again
        pass
    with Session(path, writable=True) as session, session.transaction():
        return put_patient(session, author, pseudonym, consent)


def _patient_set(bench: Workbench, session: Path, patient: Patient) -> None:
    document = bench.document
    video = document.expected if document is not None and document.session == session else session
    bench.recent.set_pseudonyms({session: patient.pseudonym, video: patient.pseudonym})
    bench.shelf.outdate(session)
    bench.rename(session, patient.pseudonym)
    bench.noted.emit(tr("Pseudonym and consent are saved in {0}.").format(patient.pseudonym or session.name))


def ask_delete(bench: Workbench, parent: QWidget, session: Path | None = None) -> None:
    """Say what would go with a session, by default the open one, and delete it if the user wants that."""
    path = session or _open_session(bench)
    if path is None:
        bench.noted.emit(tr("There is no session to delete."))
        return
    if _is_worked_on(bench, path):
        bench.report(
            tr("This session is being analysed"),
            tr("{0}: stop the analysis first, then delete the session.").format(path),
        )
        return
    bench.errands.run(
        partial(_read_deletable, path),
        lambda read: _show_delete(bench, parent, path, *read),
        lambda error: bench.report(tr("This session cannot be deleted"), error),
    )


def _read_deletable(path: Path) -> tuple[str, Deletable]:
    found = deletable(path)
    try:
        name, patient = _read_patient(path)
    except TPViewerError:
        return path.name, found
    return patient.pseudonym or name, found


def _show_delete(bench: Workbench, parent: QWidget, path: Path, name: str, found: Deletable) -> None:
    dialog = DeleteDialog(name, path, found, parent)
    dialog.accepted.connect(lambda: do_delete(bench, path))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def do_delete(bench: Workbench, session: Path) -> None:
    """Delete a session with all that is in it; the video stays. The open one is closed first."""
    listed = bench.shelf.listed_as(session)
    if bench.document is not None and bench.document.session == session:
        listed |= {bench.document.expected, bench.document.video or session}
        do_close(bench)
    for path in listed:
        bench.queue.remove(path)
    bench.tasks.run(
        partial(_delete, session),
        partial(_deleted, bench, session, listed),
        lambda error: bench.report(tr("The session was not deleted"), error),
    )


def _delete(path: Path) -> tuple[tuple[Path, ...], Path | None]:
    """Delete a session, and say which video it was of."""
    try:
        with Session(path) as session:
            video = Path(session.video.path)
    except TPViewerError:  # damaged or empty: it is deleted all the same
        video = None
    return delete_session(path), video


def _deleted(
    bench: Workbench, session: Path, listed: set[Path], done: tuple[tuple[Path, ...], Path | None]
) -> None:
    files, video = done
    known_as = bench.shelf.pseudonyms().get(session)
    bench.shelf.forget(session, listed | ({video} if video is not None else set()))
    bench.noted.emit(tr("Deleted: {0}").format(known_as or ", ".join(file.name for file in files)))


def _open_session(bench: Workbench) -> Path | None:
    document = bench.document
    return document.session if document is not None and document.session.exists() else None


def _is_worked_on(bench: Workbench, session: Path) -> bool:
    """Whether an analysis writes into a session now."""
    running = bench.queue.running
    by_hand = bench.analysis.active and _open_session(bench) == session
    return by_hand or (running is not None and session in (running.session, running.path))


def ask_session_folder(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose a folder whose sessions are listed."""
    title = tr("List all sessions below a folder")
    name = QFileDialog.getExistingDirectory(parent, title, str(bench.settings.last_folder))
    if name:
        do_add_session_folder(bench, Path(name))


def do_add_session_folder(bench: Workbench, folder: Path) -> None:
    """List the sessions below a folder, now and after the next start."""
    if bench.shelf.add_folder(folder):
        bench.cards.look_through([folder])
    else:
        bench.noted.emit(tr("The sessions of this folder are listed already."))
