"""Short jobs off the window's thread: hashing, exporting, small writes to a session."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

Then = Callable[[Any], None]


@dataclass(frozen=True, eq=False)
class _Job:
    work: Callable[[], Any]
    then: Then
    failed: Callable[[Exception], None]


class _Worker(QObject):
    done = Signal(object, object)
    broke = Signal(object, object)

    @Slot(object)
    def run(self, job: _Job) -> None:
        try:
            result = job.work()
        except Exception as error:  # whatever it is, the window shows it
            self.broke.emit(job, error)
        else:
            self.done.emit(job, result)


class TaskRunner(QObject):
    """Runs jobs one after the other in a thread of its own; answers come in the thread that made it."""

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = 0
        self._closed = False
        self._thread = QThread(self)
        self._thread.setObjectName("tasks")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.run, Qt.ConnectionType.QueuedConnection)
        self._worker.done.connect(self._done, Qt.ConnectionType.QueuedConnection)
        self._worker.broke.connect(self._broke, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """True while a job runs or waits."""
        return self._open > 0

    def run(self, work: Callable[[], Any], then: Then, failed: Callable[[Exception], None]) -> None:
        """Run `work` in the thread, then call `then` with its result, or `failed` with its error."""
        self._open += 1
        self._asked.emit(_Job(work, then, failed))

    def close(self) -> None:
        """Finish the jobs that wait and end the thread; nobody is told of their results any more.

        Calling it again does nothing.
        """
        self._closed = True
        if self._thread.isRunning():
            self._asked.emit(_Job(self._thread.quit, lambda _: None, lambda _: None))
            self._thread.wait()

    @Slot(object, object)
    def _done(self, job: _Job, result: Any) -> None:
        self._open -= 1
        if not self._closed:
            job.then(result)

    @Slot(object, object)
    def _broke(self, job: _Job, error: Exception) -> None:
        self._open -= 1
        if not self._closed:
            job.failed(error)
