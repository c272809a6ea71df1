"""Reads what a list tells of sessions, and their pictures, without the list waiting for a disk."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from tpviewer.core.errors import EmptySessionError, TPViewerError
from tpviewer.media.thumbnail import thumbnail
from tpviewer.store.card import SessionCard, read_card
from tpviewer.workers.task import TaskRunner

PICTURE_SIDE = 96
"""Pixels of a picture; it is shown at half of that or less."""

_BATCH_S = 0.2
_SUFFIX = ".tpv"

Card = SessionCard | str | None
"""A card, why a session cannot be read, or None where a video has no session yet."""


class CardLoader(QObject):
    """Reads cards and pictures in the order in which they are wanted; a newer wish replaces the older.

    Pictures are made anew whenever the program runs: none of them is ever written to a disk.

    Parameters
    ----------
    session_of : callable
        Finds the session of a video, None where it has none; called in the loader's thread.
    parent : QObject, optional

    Signals
    -------
    loaded(object)
        Cards by path, a few at a time.
    pictured(object, object)
        Path and its picture, (`PICTURE_SIDE`, `PICTURE_SIDE`, 3) uint8, or None where there is none.
    found(object, object)
        A folder, and the sessions below it with the time of their last change: (path, seconds since 1970).
    failed(str)
        A folder cannot be looked through.
    """

    loaded = Signal(object)
    pictured = Signal(object, object)
    found = Signal(object, object)
    failed = Signal(str)

    def __init__(
        self, session_of: Callable[[Path], Path | None] = lambda _: None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session_of = session_of
        self._runner = TaskRunner(self)
        self._cards: list[Path] = []
        self._pictures: list[tuple[Path, Card]] = []
        self._folders: list[Path] = []
        self._busy = self._closed = False

    def want_cards(self, wanted: Sequence[Path]) -> None:
        """Read these cards, the first first."""
        self._cards = list(wanted)
        self._next()

    def want_pictures(self, wanted: Sequence[tuple[Path, Card]]) -> None:
        """Make these pictures, of sessions that are known by their cards."""
        self._pictures = list(wanted)
        self._next()

    def look_through(self, folders: Sequence[Path]) -> None:
        """Look for sessions in folders and all below them."""
        self._folders += [folder for folder in folders if folder not in self._folders]
        self._next()

    def close(self) -> None:
        """End after the file in hand."""
        self._closed = True
        self._runner.close()

    def _next(self) -> None:
        """Give the thread one small piece of work: cards that are looked at, then pictures, then folders."""
        if self._busy or self._closed:
            return
        if self._cards:
            batch = self._cards[:256]
            self._run(partial(read_cards, batch, self._session_of), self._take_cards)
        elif self._pictures:
            path, card = self._pictures.pop(0)
            self._run(partial(picture_of, path, card), partial(self._take_picture, path))
        elif self._folders:
            folder = self._folders.pop(0)
            self._run(
                partial(sessions_below, folder, lambda: self._closed), partial(self._take_folder, folder)
            )

    def _run(self, work: object, then: object) -> None:
        self._busy = True
        self._runner.run(work, then, self._fail)  # type: ignore[arg-type]

    def _take_cards(self, cards: dict[Path, Card]) -> None:
        self._busy = False
        self._cards = [path for path in self._cards if path not in cards]
        self.loaded.emit(cards)
        self._next()

    def _take_picture(self, path: Path, picture: NDArray[np.uint8] | None) -> None:
        self._busy = False
        self.pictured.emit(path, picture)
        self._next()

    def _take_folder(self, folder: Path, found: list[tuple[Path, float]]) -> None:
        self._busy = False
        self.found.emit(folder, found)
        self._next()

    def _fail(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, TPViewerError | OSError):
            raise error
        self.failed.emit(str(error))
        self._next()


def read_cards(wanted: Sequence[Path], session_of: Callable[[Path], Path | None]) -> dict[Path, Card]:
    """Read as many cards as a fifth of a second allows, at least one."""
    deadline = time.monotonic() + _BATCH_S
    cards: dict[Path, Card] = {}
    for path in wanted:
        cards[path] = _card(path, session_of)
        if time.monotonic() > deadline:
            break
    return cards


def _card(path: Path, session_of: Callable[[Path], Path | None]) -> Card:
    """The card of a session, or of the session of a video."""
    try:
        place = path if path.suffix.lower() == _SUFFIX else session_of(path)
        return None if place is None else read_card(place)
    except EmptySessionError:
        return None
    except (TPViewerError, OSError, ValueError, KeyError, TypeError) as error:
        return str(error) or type(error).__name__


def picture_of(path: Path, card: Card) -> NDArray[np.uint8] | None:
    """Picture of a session's face or a video's first frame; None where the video cannot be read.

    Parameters
    ----------
    path : Path
        A session or a video.
    card : SessionCard, str or None
        See `Card`.

    Returns
    -------
    (PICTURE_SIDE, PICTURE_SIDE, 3) uint8 or None
        RGB. None also for a session without a card.
    """
    try:
        if not isinstance(card, SessionCard):
            return None if path.suffix.lower() == _SUFFIX else thumbnail(path, PICTURE_SIDE)
        places = (path, card.video, card.session.parent / card.video.name)
        video = next((p for p in places if p.suffix.lower() != _SUFFIX and p.exists()), None)
        if video is None:
            return None
        if card.sitting is None:
            return thumbnail(video, PICTURE_SIDE)
        where = card.sitting
        return thumbnail(video, PICTURE_SIDE, where.frame, where.pts, where.box)
    except (TPViewerError, OSError):
        return None


def sessions_below(folder: Path, give_up: Callable[[], bool] = lambda: False) -> list[tuple[Path, float]]:
    """Sessions in a folder and all below it, with the time of their last change.

    Parameters
    ----------
    folder : Path
    give_up : callable, optional
        Asked at each folder: True ends the search.

    Raises
    ------
    TPViewerError
        If the folder is not there.
    """
    if not folder.is_dir():
        raise TPViewerError(f"{folder}: this folder of sessions is not there; check its drive, or remove it")
    found = []
    for place, folders, names in os.walk(folder):
        if give_up():
            break
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            if path.suffix.lower() == _SUFFIX:
                with suppress(FileNotFoundError):  # deleted just now
                    found.append((path, path.stat().st_mtime))
    return found
