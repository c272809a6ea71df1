"""Open and close videos and sessions."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from tpviewer.resources import resource
from tpviewer.store.session import VIEW, Session
from tpviewer.ui.commands.analysis import do_analyse, do_stop
from tpviewer.ui.document import Document, document_of, relocate, same_video
from tpviewer.ui.language import tr
from tpviewer.ui.recent import is_there
from tpviewer.ui.session_view import view_of
from tpviewer.ui.workbench import Workbench

_FILTER = (
    "*.mp4 *.mov *.m4v *.avi *.mkv *.webm *.mpg *.mpeg *.wmv *.flv *.mts *.3gp *.ts"
    " *.png *.jpg *.jpeg *.bmp *.tif *.tiff *.tpv"
)


def ask_open(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose a video or a session, and open it."""
    kinds = tr("Videos, images and sessions ({0});;All files (*)").format(_FILTER)
    name, _ = QFileDialog.getOpenFileName(parent, tr("Open"), str(bench.settings.last_folder), kinds)
    if name:
        do_open(bench, Path(name))


def ask_open_folder(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose a folder of images, and open it as a video."""
    title = tr("Open a folder of images")
    name = QFileDialog.getExistingDirectory(parent, title, str(bench.settings.last_folder))
    if name:
        do_open(bench, Path(name))


def do_open(bench: Workbench, path: Path) -> None:
    """Open a video, an image, a folder of images or a session; a running analysis is stopped and kept."""
    path = path.absolute()
    bench.tasks.run(
        lambda: document_of(path, bench.spare_folder) if is_there(path) else None,
        partial(_found, bench, path),
        lambda error: bench.report(tr("This file cannot be opened"), error),
    )


def _found(bench: Workbench, path: Path, document: Document | None) -> None:
    if document is None:
        remove = (tr("Remove from the list"), partial(bench.recent.remove, path))
        bench.report(
            tr("There is no such file"), tr("{0}: check the name, or its drive").format(path), remove
        )
        return
    bench.settings.last_folder = path.parent
    _show(bench, document)


def do_open_sample(bench: Workbench) -> None:
    """Open the bundled sample and analyse it, unless that is done already."""
    video = resource("phantom", "phantom.mp4")
    session = bench.spare_folder / "sample.tpv"
    begun = session.exists()
    _show(bench, Document(video, session, video))
    if not begun:
        do_analyse(bench)


def do_close(bench: Workbench) -> None:
    """Close what is open."""
    do_leave(bench)
    bench.set_document(None)


def do_leave(bench: Workbench) -> None:
    """Stop what works on the open document and remember how it is looked at."""
    if bench.analysis.active and not bench.run.by_queue:
        do_stop(bench)
    document, state = bench.document, bench.state
    if document is None or state.snapshot is None:
        return
    view = view_of(state)
    if view != dict(state.snapshot.view):
        bench.tasks.run(
            partial(_write_view, document.session, view), _ignore, partial(_not_remembered, bench)
        )


def ask_for_video(bench: Workbench, parent: QWidget) -> None:
    """Let the user say where the video of the open session lies now."""
    document = bench.document
    if document is None:
        return
    title = tr("Where is {0}?").format(document.name)
    name, _ = QFileDialog.getOpenFileName(parent, title, str(bench.settings.last_folder))
    if name:
        do_relocate(bench, Path(name))


def do_relocate(bench: Workbench, video: Path) -> None:
    """Take `video` for the video of the open session, if its hash says that it is."""
    document = bench.document
    if document is None:
        return
    do_leave(bench)  # before the session is read again
    bench.noted.emit(tr("Checking {0} …").format(video.name))
    bench.tasks.run(
        partial(relocate, document.session, video),
        partial(_relocated, bench, document, Document(video, document.session, video)),
        lambda error: bench.report(tr("This is another video"), error),
    )


def _relocated(bench: Workbench, before: Document, now: Document, _: object) -> None:
    if bench.document == before:  # else another file was opened meanwhile
        _show(bench, now)


def do_check_video(bench: Workbench) -> None:
    """Compare the open video with the one that its session was made from, in the background."""
    document = bench.document
    if document is None or document.video is None or not document.session.exists():
        return
    bench.checks.run(
        partial(same_video, document.session, document.video),
        partial(_checked, bench, document),
        partial(_not_checked, bench, document),
    )


def _checked(bench: Workbench, document: Document, same: bool) -> None:
    if not same and bench.document == document:
        bench.show_without_video()


def _not_checked(bench: Workbench, document: Document, error: Exception) -> None:
    if bench.document == document and bench.state.snapshot is not None:  # else it is said already
        bench.report(tr("The video cannot be checked"), error)


def _show(bench: Workbench, document: Document) -> None:
    if _is_shown(bench, document):
        return
    do_leave(bench)
    bench.set_document(document)
    _tell_spare(bench, document)
    if document.session.exists():
        do_check_video(bench)
    elif bench.settings.analyse_on_open:
        do_analyse(bench)


def _is_shown(bench: Workbench, document: Document) -> bool:
    """Whether this is open already; it is opened anew where its file or its session has gone or come."""
    if document != bench.document or bench.state.video is None:
        return False
    return bench.analysis.active or document.session.exists() == (bench.state.snapshot is not None)


def _tell_spare(bench: Workbench, document: Document) -> None:
    sample, spare = resource("phantom", "phantom.mp4"), bench.spare_folder
    if document.session.parent == spare != document.expected.parent and document.expected != sample:
        message = tr("{0} cannot be written to, so the results of {1} are kept in {2}.")
        bench.told.emit(message.format(document.expected.parent, document.name, document.session))


def _write_view(session_path: Path, view: dict[str, Any]) -> None:
    if not session_path.exists():
        return  # it was deleted while it was open: it is not to come back empty
    with Session(session_path, writable=True) as session, session.transaction():
        session.meta.put(VIEW, view)


def _not_remembered(bench: Workbench, error: Exception) -> None:
    bench.noted.emit(tr("Where you were in the video is not remembered: {0}").format(error))


def _ignore(result: object) -> None:
    """The job has no result."""
