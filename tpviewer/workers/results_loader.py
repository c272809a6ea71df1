"""Reads a session in a thread of its own, again whenever there is something new in it."""

import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from tpviewer.core.errors import EmptySessionError, SessionError, TPViewerError
from tpviewer.store.snapshot import Snapshot
from tpviewer.store.snapshot_reader import SnapshotReader

_INTERVAL_S = 0.25
_PATIENCE_S = 1.0
_PATIENCE_LOCKED_S = 15.0


class ResultsLoader(QObject):
    """Turns a session into snapshots without the window waiting for a file.

    Signals
    -------
    loaded(Snapshot)
        What the session holds; a snapshot that the window has already is not sent again, and nothing is
        sent of a session in which no analysis has begun.
    failed(str)
        The session cannot be read: what is wrong and what to do.
    """

    loaded = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._path: Path | None = None
        self._closed = False
        self._thread = _ReadingThread(self)
        self._thread.read.connect(self._on_read, Qt.ConnectionType.QueuedConnection)

    def open(self, path: Path) -> None:
        """Read this session from now on, and no other; does nothing where it is open already."""
        if self._closed or path == self._path:
            return
        self._number += 1
        self._path = path
        if not self._thread.isRunning():
            self._thread.start(QThread.Priority.LowPriority)
        self._thread.want(_Wanted(self._number, path))

    def refresh(self) -> None:
        """Read what is new, at most four times a second."""
        if self._thread.isRunning():
            self._thread.again()

    def close_session(self) -> None:
        """Let go of the session and read nothing until `open`."""
        self._number += 1
        self._path = None
        if self._thread.isRunning():
            self._thread.want(None)

    def close(self) -> None:
        """End the thread and let go of the file; nothing can be opened after it."""
        self._closed = True
        if self._thread.isRunning():
            self._thread.finish()
            self._thread.wait()

    @Slot(int, object)
    def _on_read(self, number: int, found: object) -> None:
        if self._closed or number != self._number:
            return
        if isinstance(found, Snapshot):
            self.loaded.emit(found)
        else:
            self.failed.emit(str(found))


@dataclass(frozen=True)
class _Wanted:
    number: int
    path: Path


class _ReadingThread(QThread):
    """Reads the wanted session whenever it is told that there may be something new."""

    read = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("session reader")
        self._changed = threading.Condition()
        self._wanted: _Wanted | None = None
        self._dirty = self._finish = False
        self._reader: SnapshotReader | None = None
        self._reading: _Wanted | None = None
        self._last: Snapshot | None = None
        self._failing_since: float | None = None

    def want(self, wanted: _Wanted | None) -> None:
        """Read another session, or none."""
        with self._changed:
            self._wanted, self._dirty = wanted, True
            self._changed.notify()

    def again(self) -> None:
        """Read the same session once more."""
        with self._changed:
            self._dirty = True
            self._changed.notify()

    def finish(self) -> None:
        """End, without waiting for what may be due."""
        with self._changed:
            self._finish = True
            self._changed.notify()

    def run(self) -> None:
        """Read at most every `_INTERVAL_S`; a session that was just opened is read at once."""
        next_read = 0.0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._dirty or self._finish)
                self._changed.wait_for(
                    lambda: self._finish or self._wanted is not self._reading,
                    max(0.0, next_read - time.monotonic()),
                )
                if self._finish:
                    break
                wanted, self._dirty = self._wanted, False
            self._turn_to(wanted)
            if wanted is not None:
                self._read(wanted)
            next_read = time.monotonic() + _INTERVAL_S
        self._let_go()

    def _turn_to(self, wanted: _Wanted | None) -> None:
        if wanted is not self._reading:
            self._let_go()
            self._reading, self._last, self._failing_since = wanted, None, None

    def _read(self, wanted: _Wanted) -> None:
        try:
            if self._reader is None:
                self._reader = SnapshotReader(wanted.path)
            snapshot = self._reader.read()
        except EmptySessionError:
            self._let_go()  # an analysis that has only just begun, or was stopped before there was anything
            return
        except Exception as error:
            self._let_go()
            self._consider(wanted, error)
            return
        self._failing_since = None
        if snapshot is not self._last:
            self._last = snapshot
            self.read.emit(wanted.number, snapshot)

    def _consider(self, wanted: _Wanted, error: Exception) -> None:
        """Try again for a while, then report the error.

        A reader that meets a writer making the tables or putting its log away can find the session in a
        state that is gone a moment later.
        """
        now = time.monotonic()
        if self._failing_since is None:
            self._failing_since = now
        patience = _PATIENCE_LOCKED_S if _is_lock(error) else _PATIENCE_S
        if wanted.path.is_file() and now - self._failing_since < patience:
            self.again()
        else:
            self._failing_since = None
            self.read.emit(wanted.number, _sentence(wanted.path, error))

    def _let_go(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def _is_lock(error: Exception) -> bool:
    cause = error.__cause__
    return isinstance(cause, sqlite3.OperationalError) and ("locked" in str(cause) or "busy" in str(cause))


def _sentence(path: Path, error: Exception) -> str:
    if isinstance(error, TPViewerError):
        return str(error)
    damaged = SessionError(
        f"{path}: not a session or damaged ({type(error).__name__}: {error}); restore a copy, or analyse the"
        " video again into a new file"
    )
    return str(damaged)
