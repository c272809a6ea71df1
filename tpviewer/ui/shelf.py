"""The sessions and videos that the list shows: what was open lately, and what lies in chosen folders."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from tpviewer.media.image_sequence import IMAGE_SUFFIXES
from tpviewer.media.inputs import VIDEO_SUFFIXES
from tpviewer.store.card import SessionCard
from tpviewer.ui.document import SESSION_SUFFIX
from tpviewer.ui.queue_item import QueueItem
from tpviewer.ui.recent import FileState, RecentFiles
from tpviewer.ui.settings import Settings
from tpviewer.workers.card_loader import Card

Order = Literal["newest", "name", "state", "length"]

_RANKS = ("missing", "video", "unfinished", "analysed", "reviewed")


@dataclass(frozen=True)
class Entry:
    """One line of the list.

    Attributes
    ----------
    path : Path
        What is opened.
    when : datetime
        When it was open last, or its session was changed.
    recent : FileState or None
        What it held when it was open last; None where it is only in a folder.
    missing : bool
    card : SessionCard, str or None
        What its session tells, why that cannot be read, or None while it is not known or there is none.
    known : bool
        It was looked for a card.
    queued : QueueItem or None
        Where it is in the queue.
    pseudonym : str
        As it was known when it was open last.
    """

    path: Path
    when: datetime
    recent: FileState | None
    missing: bool = False
    card: Card = None
    known: bool = False
    queued: QueueItem | None = None
    pseudonym: str = ""

    @property
    def known_as(self) -> str:
        """Pseudonym; empty where none is known."""
        return self.card.pseudonym if isinstance(self.card, SessionCard) else self.pseudonym

    @property
    def name(self) -> str:
        """Pseudonym, else the name of the video without its suffix."""
        return self.known_as or _bare(self.card.video if isinstance(self.card, SessionCard) else self.path)

    @property
    def seconds(self) -> float | None:
        """Length, None where it is not known."""
        return self.card.seconds if isinstance(self.card, SessionCard) else None

    @property
    def state(self) -> str:
        """``missing``, ``video``, ``unfinished``, ``analysed`` or ``reviewed``."""
        if self.missing:
            return "missing"
        if isinstance(self.card, SessionCard):
            if not self.card.complete:
                return "unfinished"
            return "reviewed" if any(seen for _, seen in self.card.reviewed) else "analysed"
        return self.recent or "unfinished"


class SessionShelf(QObject):
    """Puts together what is known of sessions, whatever it was learnt from.

    Parameters
    ----------
    settings : Settings
        Remembers the folders.
    recent : RecentFiles

    Signals
    -------
    changed()
        Entries came, went or changed.
    folders_changed()
    forgotten(object)
        Path of which nothing is to be shown or kept any more.
    """

    changed = Signal()
    folders_changed = Signal()
    forgotten = Signal(object)

    def __init__(self, settings: Settings, recent: RecentFiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self.recent = settings, recent
        self._cards: dict[Path, Card] = {}
        self._found: dict[Path, list[tuple[Path, datetime]]] = {}
        self._queued: dict[Path, QueueItem] = {}
        self._folders = self._read_folders()
        self._entries: tuple[Entry, ...] | None = None
        recent.changed.connect(self._change)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Folders whose sessions are listed."""
        return tuple(self._folders)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything, the newest first; a session that is listed as its video is not listed again."""
        if self._entries is None:
            self._entries = self._put_together()
        return self._entries

    def _put_together(self) -> tuple[Entry, ...]:
        recent = [
            replace(self._entry(f.path, datetime.fromisoformat(f.opened), f.state), pseudonym=f.pseudonym)
            for f in self.recent.files
        ]
        shown = {entry.path for entry in recent}
        shown |= {entry.card.session for entry in recent if isinstance(entry.card, SessionCard)}
        found: dict[Path, datetime] = {}
        for sessions in self._found.values():
            found |= {path: when for path, when in sessions if path not in shown}
        below = [self._entry(path, when, None) for path, when in found.items()]
        return tuple(sorted((*recent, *below), key=lambda entry: entry.when, reverse=True))

    def name_of(self, path: Path) -> str:
        """Name under which a video or session is shown: its pseudonym where one is known."""
        card = self._cards.get(path)
        if isinstance(card, SessionCard) and card.pseudonym:
            return card.pseudonym
        return next((file.name for file in self.recent.files if file.path == path), path.name)

    def pseudonyms(self) -> dict[Path, str]:
        """Pseudonyms of sessions and videos as far as they are known; empty for none."""
        known = {file.path: file.pseudonym for file in self.recent.files}
        for path, card in self._cards.items():
            if isinstance(card, SessionCard):
                known |= dict.fromkeys((path, card.session, card.video), card.pseudonym)
        return known

    def unread(self) -> list[Path]:
        """Paths of entries whose cards are not known yet."""
        return [entry.path for entry in self.entries if not entry.known and not entry.missing]

    def add_folder(self, folder: Path) -> bool:
        """List what lies below a folder from now on; False where it is listed already."""
        folder = folder.absolute()
        if folder in self._folders:
            return False
        self._folders.append(folder)
        self._keep_folders()
        return True

    def remove_folder(self, folder: Path) -> None:
        """List what lies below a folder no longer; nothing on the disk changes."""
        self._folders = [other for other in self._folders if other != folder]
        self._found.pop(folder, None)
        self._keep_folders()
        self._change()

    def take_found(self, folder: Path, sessions: Iterable[tuple[Path, float]]) -> None:
        """Take what lies below a folder; sessions that changed since are read again."""
        if folder not in self._folders:
            return
        before = dict(self._found.get(folder, ()))
        now = [(path, datetime.fromtimestamp(changed)) for path, changed in sessions]
        for path, when in now:
            if path in before and before[path] != when:
                self._cards.pop(path, None)
        self._found[folder] = now
        self._change()

    def take_cards(self, cards: Mapping[Path, Card]) -> None:
        """Take what sessions tell."""
        self._cards.update(cards)
        known = {path: card.pseudonym for path, card in cards.items() if isinstance(card, SessionCard)}
        self.recent.set_pseudonyms(known)
        self._change()

    def take_queue(self, items: Sequence[QueueItem]) -> None:
        """Take where videos are in the queue."""
        now = {item.path: item for item in items if item.state in ("waiting", "running")}
        states = {path: item.state for path, item in now.items()}
        if states != {path: item.state for path, item in self._queued.items()}:
            self._queued = now
            self._change()

    def outdate(self, *paths: Path) -> None:
        """Let what is told of some sessions or videos be read again."""
        gone = [path for path, card in self._cards.items() if path in paths or _session(card) in paths]
        for path in gone:
            del self._cards[path]
        if gone:
            self._change()

    def listed_as(self, session: Path) -> set[Path]:
        """Paths under which a session is listed: its own, and those of its video as far as they are known."""
        return {session} | {path for path, card in self._cards.items() if _session(card) == session}

    def forget(self, session: Path, paths: Iterable[Path]) -> None:
        """Take a session that was deleted, and all that is listed of it, off the list."""
        for path in {session, *paths}:
            self._cards.pop(path, None)
            self.recent.remove(path)
            self.forgotten.emit(path)
        for folder, sessions in self._found.items():
            self._found[folder] = [(path, when) for path, when in sessions if path != session]
        self._change()

    def _change(self) -> None:
        self._entries = None
        self.changed.emit()

    def _entry(self, path: Path, when: datetime, recent: FileState | None) -> Entry:
        card = self._cards.get(path)
        known = path in self._cards
        if recent is not None and known and card is None:
            recent = "video"
        queued = self._queued.get(path) or self._queued.get(_session(card) or path)
        return Entry(path, when, recent, path in self.recent.missing, card, known, queued)

    def _read_folders(self) -> list[Path]:
        try:
            return [Path(str(entry)) for entry in json.loads(self._settings.session_folders or "[]")]
        except (ValueError, TypeError):
            problem = self.tr("{0}: the list of folders is damaged; it begins anew")
            self._settings.report("session_folders", problem.format(self._settings.path))
            return []

    def _keep_folders(self) -> None:
        self._settings.session_folders = json.dumps([str(folder) for folder in self._folders])
        self.folders_changed.emit()


def _bare(path: Path) -> str:
    known = VIDEO_SUFFIXES | IMAGE_SUFFIXES | {SESSION_SUFFIX}
    return path.stem if path.suffix.lower() in known else path.name


def _session(card: Card) -> Path | None:
    return card.session if isinstance(card, SessionCard) else None


def arranged(
    entries: Sequence[Entry], words: str, order: Order, state_words: Mapping[str, str]
) -> list[Entry]:
    """Entries in whose name, path or state every word occurs, in an order.

    Parameters
    ----------
    entries : sequence of Entry
        The newest first.
    words : str
        Searched for without regard to upper and lower case; all match where there is none.
    order : Order
    state_words : mapping of str to str
        How the window calls each state, and ``queued``.
    """
    wanted = words.casefold().split()
    found = [entry for entry in entries if all(word in _text(entry, state_words) for word in wanted)]
    if order == "name":
        found.sort(key=lambda entry: entry.name.casefold())
    elif order == "state":
        found.sort(key=lambda entry: _RANKS.index(entry.state))
    elif order == "length":
        found.sort(key=lambda entry: -(entry.seconds or 0.0))
    return found


def _text(entry: Entry, state_words: Mapping[str, str]) -> str:
    parts = [entry.name, str(entry.path), state_words[entry.state]]
    if entry.queued is not None:
        parts.append(state_words["queued"])
    if isinstance(entry.card, SessionCard):
        parts += [name for name, _ in entry.card.reviewed]
    return " ".join(parts).casefold()
