"""Put videos into the queue, and look at what became of them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tpviewer.core.errors import MediaError
from tpviewer.media.inputs import VIDEO_SUFFIXES, expand
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.language import tr, tr_problem
from tpviewer.ui.workbench import Workbench

_FILTER = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES)) + " *.tpv"


def ask_queue_files(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose videos for the queue."""
    kinds = tr("Videos and sessions ({0});;All files (*)").format(_FILTER)
    title = tr("Add to the queue")
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(bench.settings.last_folder), kinds)
    if names:
        do_queue(bench, [Path(name) for name in names])


def ask_queue_folder(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose a folder whose videos go into the queue."""
    title = tr("Add all videos of a folder to the queue")
    name = QFileDialog.getExistingDirectory(parent, title, str(bench.settings.last_folder))
    if name:
        do_queue(bench, [Path(name)])


def do_queue(bench: Workbench, paths: Sequence[Path]) -> None:
    """Put videos, and the videos of folders, at the end of the queue."""
    if paths:
        bench.settings.last_folder = paths[0].parent
    bench.errands.run(partial(_expanded, paths), partial(_add, bench), partial(_not_added, bench))


def do_drop(bench: Workbench, paths: Sequence[Path]) -> None:
    """Open one file that was dropped, or a folder of images; several, and folders of videos, are queued."""
    if len(paths) != 1:
        do_queue(bench, paths)
        return
    bench.errands.run(
        partial(_expanded, paths), partial(_open_or_add, bench, paths[0]), partial(_not_added, bench)
    )


def _expanded(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """Videos, and what is wrong with paths that are not there."""
    found: list[Path] = []
    problems: list[str] = []
    for path in paths:
        try:
            found += expand(path)
        except MediaError as error:
            problems.append(tr_problem(str(error)))
    return found, problems


def _open_or_add(bench: Workbench, path: Path, found: tuple[list[Path], list[str]]) -> None:
    videos, problems = found
    if problems or videos == [path]:
        do_open(bench, path)  # which says what is wrong
    else:
        _add(bench, found)


def _add(bench: Workbench, found: tuple[list[Path], list[str]]) -> None:
    videos, problems = found
    count = bench.queue.add(videos)
    if problems:
        bench.report(tr("Not everything was added to the queue"), "\n".join(problems))
    elif count:
        bench.noted.emit(tr("Added to the queue: {0}").format(count))
    else:
        bench.noted.emit(tr("These wait in the queue already."))


def _not_added(bench: Workbench, error: Exception) -> None:
    bench.report(tr("Nothing was added to the queue"), error)
