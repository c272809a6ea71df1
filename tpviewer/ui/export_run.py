"""Exports that take their time, one at once, in a thread of their own; each can be stopped."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tpviewer.export.progress import ExportProgress, Follow
from tpviewer.workers.task import TaskRunner

_LEAST_S = 0.1  # between two reports of progress


class ExportRun(QObject):
    """Runs one export at a time.

    Signals
    -------
    changed()
        It began, came further or ended.
    """

    changed = Signal()
    _came_further = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = TaskRunner(self)
        self._stop = threading.Event()
        self._name = ""
        self._progress: ExportProgress | None = None
        self._came_further.connect(self._take)

    @property
    def name(self) -> str:
        """Name of the file that is being written; empty while there is none."""
        return self._name

    @property
    def progress(self) -> ExportProgress | None:
        """How far it is; None before that is known."""
        return self._progress

    @property
    def stopping(self) -> bool:
        """True from when it was asked to stop."""
        return bool(self._name) and self._stop.is_set()

    def run(
        self,
        path: Path,
        work: Callable[[Follow], list[Path]],
        done: Callable[[list[Path]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Begin an export.

        Parameters
        ----------
        path : Path
            What it writes.
        work : callable
            Does it in the thread; is given what to tell of progress, which says False when it is to stop.
        done, failed : callable
            Called with the files written or the error.

        Raises
        ------
        RuntimeError
            If one is running.
        """
        if self._name:
            raise RuntimeError("an export is running")
        self._name, self._progress = path.name, None
        self._stop.clear()

        def end(then: Callable[[], None]) -> None:
            self._name, self._progress = "", None
            self.changed.emit()
            then()

        self._tasks.run(
            lambda: work(self._follow()),
            lambda written: end(lambda: done(written)),
            lambda error: end(lambda: failed(error)),
        )
        self.changed.emit()

    def stop(self) -> None:
        """Stop what runs; nothing of it stays."""
        if self._name:
            self._stop.set()
            self.changed.emit()

    def close(self) -> None:
        """Stop what runs and end the thread. Again does nothing."""
        self._stop.set()
        self._tasks.close()

    def _follow(self) -> Follow:
        """What the export calls in the thread: tells of progress now and then."""
        told = 0.0

        def follow(progress: ExportProgress) -> bool:
            nonlocal told
            now = time.monotonic()
            if now - told >= _LEAST_S:
                told = now
                self._came_further.emit(progress)
            return not self._stop.is_set()

        return follow

    def _take(self, progress: ExportProgress) -> None:
        if self._name:
            self._progress = progress
            self.changed.emit()
