"""Reads the sessions of a library, finds what they share, and makes their pictures, beside the window."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tpviewer.core.errors import TPViewerError
from tpviewer.core.relations import FoundPattern, SequenceStages, find_patterns
from tpviewer.core.sequence_mining import MiningParams
from tpviewer.core.stages import Stage
from tpviewer.export.library import LibraryEntry, Listed, listed, read_entries
from tpviewer.export.library_tiles import LibraryTile, library_tiles
from tpviewer.store.session import Session
from tpviewer.workers.task import TaskRunner

_BATCH_S = 0.2


@dataclass(frozen=True, eq=False)
class TileWish:
    """Pictures that are wanted of one session.

    Attributes
    ----------
    entry : LibraryEntry
    stages : tuple of Stage
    faces : bool
        See `tpviewer.export.library_tiles.library_tiles`.
    """

    entry: LibraryEntry
    stages: tuple[Stage, ...]
    faces: bool


class LibraryLoader(QObject):
    """Works for one library; a newer wish replaces the older one of its kind.

    Parameters
    ----------
    check : callable
        May refuse a session by a `SessionError`; called in the loader's thread.
    parent : QObject, optional

    Signals
    -------
    listed(int)
        Number of sessions of the folder.
    read(object)
        List of `LibraryEntry`, or of texts that say why a session cannot be used; a few at a time.
    finished()
        All sessions were read.
    found(object)
        Tuple of `FoundPattern`.
    pictured(object, object)
        Path of a session and list of `LibraryTile`.
    failed(str)
    """

    listed = Signal(int)
    read = Signal(object)
    finished = Signal()
    found = Signal(object)
    pictured = Signal(object, object)
    failed = Signal(str)

    def __init__(self, check: Callable[[Session], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._reader, self._painter = TaskRunner(self), TaskRunner(self)
        self._folder = self._search = 0  # numbers of the newest wishes
        self._wishes: list[TileWish] = []
        self._painting = False

    def open(self, folder: Path) -> None:
        """Read all sessions of a folder."""
        self._folder += 1
        self._search += 1
        self._wishes = []
        self._reader.run(
            partial(listed, [folder]),
            partial(self._take_list, self._folder),
            partial(self._fail, self._folder),
        )

    def search(self, sequences: Sequence[SequenceStages], params: MiningParams) -> None:
        """Find the patterns of some temporal prototypes."""
        self._search += 1
        number = self._search
        work = partial(find_patterns, tuple(sequences), params, lambda: number != self._search)
        self._reader.run(work, partial(self._take_patterns, number), self._fail_always)

    def want_pictures(self, wishes: Sequence[TileWish]) -> None:
        """Make these pictures, the first first."""
        self._wishes = list(wishes)
        self._paint()

    def close(self) -> None:
        """End after the file or pattern in hand; nothing is told any more."""
        self._folder += 1
        self._search += 1
        self._wishes = []
        self._reader.close()
        self._painter.close()

    def _take_list(self, number: int, found: tuple[Listed, ...]) -> None:
        if number == self._folder:
            self.listed.emit(len(found))
            self._read_on(number, read_entries(found, check=self._check))

    def _read_on(self, number: int, entries: Iterator[LibraryEntry | str]) -> None:
        take, failed = partial(self._take_entries, number, entries), partial(self._fail, number)
        self._reader.run(partial(_batch, entries), take, failed)

    def _take_entries(
        self, number: int, entries: Iterator[LibraryEntry | str], batch: list[LibraryEntry | str]
    ) -> None:
        if number != self._folder:
            return
        if not batch:
            self.finished.emit()
            return
        self.read.emit(batch)
        self._read_on(number, entries)

    def _take_patterns(self, number: int, found: tuple[FoundPattern, ...]) -> None:
        if number == self._search:
            self.found.emit(found)

    def _paint(self) -> None:
        if self._painting or not self._wishes:
            return
        self._painting = True
        wish = self._wishes.pop(0)
        self._painter.run(
            lambda: list(library_tiles(wish.entry, wish.stages, wish.faces)),
            partial(self._take_tiles, wish.entry.path),
            self._fail_picture,
        )

    def _take_tiles(self, path: Path, tiles: list[LibraryTile]) -> None:
        self._painting = False
        self.pictured.emit(path, tiles)
        self._paint()

    def _fail_picture(self, error: Exception) -> None:
        self._painting = False
        self._fail_always(error)
        self._paint()

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._folder:
            self._fail_always(error)

    def _fail_always(self, error: Exception) -> None:
        if not isinstance(error, TPViewerError | OSError):
            raise error
        self.failed.emit(str(error))


def _batch(entries: Iterator[LibraryEntry | str]) -> list[LibraryEntry | str]:
    """As many sessions as a fifth of a second allows, at least one while there are some."""
    deadline, found = time.monotonic() + _BATCH_S, list(islice(entries, 1))
    while found and time.monotonic() < deadline:
        more = list(islice(entries, 1))
        if not more:
            break
        found += more
    return found
