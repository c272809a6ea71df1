"""The reviews in a session's file: read and written in the background, one job after the other."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from tpviewer.store.session import Session
from tpviewer.ui import review_store as store
from tpviewer.ui.review_store import NextKind, Reviewed
from tpviewer.workers.task import TaskRunner


class ReviewFile(QObject):
    """Tells what the file holds when nothing more waits to be written; answers of another file are dropped.

    Attributes
    ----------
    path : Path or None
        The session; None where none is open.
    tasks : TaskRunner
        Reads and writes.

    Parameters
    ----------
    reviewer : callable
        Who reviews now.
    parent : QObject, optional

    Signals
    -------
    read(object)
        `Reviewed`, what the session holds.
    failed(object)
        The error for which something was not read or written.
    """

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, reviewer: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reviewer = reviewer
        self.path: Path | None = None
        self.tasks = TaskRunner(self)  # of its own: an edit never waits for an export
        self._pending = 0
        self._visit = 0

    @property
    def saving(self) -> bool:
        """True while a change is on its way to the file."""
        return self._pending > 0

    def open(self, path: Path | None) -> None:
        """Speak of another session, or of none."""
        self.path = path
        self._visit += 1
        self._pending = 0

    def follow(self) -> None:
        """Read what the session holds now, unless something waits to be written, after which it is read."""
        if self.path is not None and self.path.exists() and not self._pending:
            visit = self._visit
            self.tasks.run(
                partial(store.read_review, self.path, self._reviewer()),
                lambda held: self._take(visit, held) if not self._pending else None,
                self.failed.emit,
            )

    def write(self, work: Callable[[Session], object], then: Callable[[], None] = lambda: None) -> None:
        """Do work on the reviews in one transaction, then call `then`."""
        if self.path is not None:
            job = partial(store.write_review, self.path, self._reviewer(), work)
            self._run(job, lambda held: (held, then))

    def step_back(self, redo: bool, then: Callable[[NextKind], None]) -> None:
        """Undo or redo, see `tpviewer.ui.review_store.step_back`; `then` gets what came next."""
        if self.path is not None:
            job = partial(store.step_back, self.path, self._reviewer(), redo)
            self._run(job, lambda found: (found[0], partial(then, found[1])))

    def close(self) -> None:
        """Write what waits and end."""
        self.tasks.close()

    def _run(
        self, job: Callable[[], object], answer: Callable[[Any], tuple[Reviewed, Callable[[], None]]]
    ) -> None:
        self._pending += 1
        visit = self._visit

        def written(result: object) -> None:
            if visit == self._visit:
                held, then = answer(result)
                self._pending -= 1
                if not self._pending:
                    self._take(visit, held)
                then()

        def failed(error: Exception) -> None:
            if visit == self._visit:
                self._pending -= 1
                self.follow()
            self.failed.emit(error)

        self.tasks.run(job, written, failed)

    def _take(self, visit: int, held: Reviewed) -> None:
        if visit == self._visit:
            self.read.emit(held)
