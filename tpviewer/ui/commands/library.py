"""The library: its window, and the way from a stage in it to the place in its video."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tpviewer.core.errors import SessionError
from tpviewer.store.patient import patient_of
from tpviewer.store.session import Session
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.language import tr
from tpviewer.ui.library.library_window import LibraryWindow
from tpviewer.ui.workbench import Workbench


def ask_library(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose a folder, and show its sessions as a library."""
    name = _chosen_folder(bench, parent)
    if name:
        do_show_library(bench, parent, Path(name))


def do_show_library(bench: Workbench, parent: QWidget, folder: Path) -> LibraryWindow:
    """Show the sessions of a folder, in the library that is open already if there is one."""
    bench.settings.last_folder = folder
    shown = next((one for one in parent.findChildren(LibraryWindow) if one.isVisible()), None)
    window = shown or _new_window(bench, parent)
    window.show()
    window.raise_()
    window.activateWindow()
    window.open_folder(folder)
    return window


def do_close_library(parent: QWidget) -> None:
    """Close the library that is open beside a window, and end what works for it."""
    for window in parent.findChildren(LibraryWindow):
        window.close()


def _new_window(bench: Workbench, parent: QWidget) -> LibraryWindow:
    check = partial(_refuse_blind, bench.review.reviewer)
    window = LibraryWindow(check, bench.settings.faces_in_list, bench.pseudonymised, parent)
    window.folder_requested.connect(partial(ask_library, bench, parent))
    window.place_requested.connect(partial(do_open_place, bench))
    window.finished.connect(window.deleteLater)
    return window


def _chosen_folder(bench: Workbench, parent: QWidget) -> str:
    title = tr("Open a folder of sessions as a library")
    return QFileDialog.getExistingDirectory(parent, title, str(bench.settings.last_folder))


def _refuse_blind(reviewer: str, session: Session) -> None:
    """Temporal prototypes tell a coder what the machine says."""
    from tpviewer.store.raters import is_blind

    if reviewer and is_blind(session, reviewer):
        raise SessionError(
            tr("{0}: you code it blind; commit it, then it is shown in the library").format(
                patient_of(session).pseudonym or session.path
            )
        )


def do_open_place(bench: Workbench, session: Path, frame: int) -> None:
    """Open a session, unless it is open already, and go to a frame once its results are there."""
    session = session.absolute()

    def is_open() -> bool:
        return bench.document is not None and bench.document.session == session

    def arrive(*_: object) -> None:
        if is_open() and bench.state.results is not None:
            leave()
            bench.state.set_playhead(frame)

    def changed() -> None:
        if not is_open():
            leave()

    def leave() -> None:
        bench.analysis_changed.disconnect(arrive)
        bench.document_changed.disconnect(changed)

    if is_open() and bench.state.results is not None:
        bench.state.set_playhead(frame)
        return
    bench.analysis_changed.connect(arrive)
    bench.document_changed.connect(changed)
    do_open(bench, session)
