"""Single relevance maps of any frame, for pictures beside the pointer."""

import sqlite3
import zlib
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from tpviewer.core.errors import SessionError
from tpviewer.store.session import Session


class _Worker(QObject):
    loaded = Signal(object, int, str, object)

    def __init__(self) -> None:
        super().__init__()
        self.wanted: tuple[Path, int, str] | None = None

    @Slot()
    def work(self) -> None:
        wanted, self.wanted = self.wanted, None
        if wanted is None:  # a newer request has been answered already
            return
        path, frame, au = wanted
        try:
            with Session(path) as session:
                relevance = session.relevance.get(session.aus.index(au), frame)
        except (SessionError, sqlite3.Error, zlib.error, ValueError):
            relevance = None  # being written, damaged, or another model's by now: the pointer will ask again
        self.loaded.emit(path, frame, au, relevance)


class MapLoader(QObject):
    """Reads one relevance map at a time; the newest request wins.

    Signals
    -------
    loaded(object, int, str, object)
        Path of the session, frame, Action Unit, and (H, W) float32 or None where no map is stored.
    """

    loaded = Signal(object, int, str, object)
    _asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("maps")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.work, Qt.ConnectionType.QueuedConnection)
        self._worker.loaded.connect(self.loaded, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def request(self, session: Path, frame: int, au: str) -> None:
        """Ask for the map of an Action Unit in a frame; an older request is forgotten."""
        self._worker.wanted = (session, frame, au)
        self._asked.emit()

    def close(self) -> None:
        """End the thread; calling it again does nothing."""
        self._thread.quit()
        self._thread.wait()
