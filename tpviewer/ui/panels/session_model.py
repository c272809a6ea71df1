"""Sessions and videos as rows, in the order and with the search that the user wants."""

from collections import OrderedDict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from tpviewer.store.card import SessionCard
from tpviewer.ui.language import tr
from tpviewer.ui.pseudonyms import pseudonymised
from tpviewer.ui.shelf import Entry, Order, SessionShelf, arranged

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
PICTURE_ROLE = Qt.ItemDataRole.UserRole + 1

_MOST_PICTURES = 400


class SessionModel(QAbstractListModel):
    """The entries of a shelf; a row keeps its selection when others come, go or change places."""

    def __init__(self, shelf: SessionShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._words = ""
        self._order: Order = "newest"
        self._rows: list[Entry] = []
        self._pictures: OrderedDict[Path, QPixmap | None] = OrderedDict()
        shelf.changed.connect(self.refresh)
        self.refresh()

    @property
    def rows(self) -> list[Entry]:
        """Entries that are listed, from top to bottom."""
        return self._rows

    @property
    def order(self) -> Order:
        """The order of the rows."""
        return self._order

    def search(self, words: str) -> None:
        """List only what matches."""
        self._words = words
        self.refresh()

    def set_order(self, order: Order) -> None:
        """List in another order."""
        self._order = order
        self.refresh()

    def refresh(self) -> None:
        """Take the entries of the shelf; only what changed is painted."""
        rows = arranged(self._shelf.entries, self._words, self._order, state_words())
        if [row.path for row in rows] == [row.path for row in self._rows]:
            before, self._rows = self._rows, rows
            changed = [n for n, (old, new) in enumerate(zip(before, rows, strict=True)) if old != new]
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.layoutAboutToBeChanged.emit()
        places = {row.path: number for number, row in enumerate(rows)}
        old = self.persistentIndexList()
        paths = [self._rows[index.row()].path for index in old]
        self._rows = rows
        new = [self.index(places[path]) if path in places else QModelIndex() for path in paths]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def has_picture(self, path: Path) -> bool:
        """Whether the picture of a row was made, or it is known that there is none."""
        return path in self._pictures

    def take_picture(self, path: Path, picture: NDArray[np.uint8] | None) -> None:
        """Show a picture, (side, side, 3) uint8; None where there is none."""
        self._pictures[path] = None if picture is None else _pixmap(picture)
        while len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        for number, row in enumerate(self._rows):
            if row.path == path:
                self.dataChanged.emit(self.index(number), self.index(number), [PICTURE_ROLE])

    def forget_picture(self, path: Path) -> None:
        """Let go of the picture of a row."""
        self._pictures.pop(path, None)

    def forget_pictures(self) -> None:
        """Let go of all pictures."""
        self._pictures.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [PICTURE_ROLE])

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one thing that is known of a row."""
        entry = self._rows[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == PICTURE_ROLE:
            return self._pictures.get(entry.path)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return told(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.name}, {state_text(entry)}"
        return None


def _pixmap(picture: NDArray[np.uint8]) -> QPixmap:
    rows, columns = picture.shape[:2]
    image = QImage(picture.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)


def state_words() -> dict[str, str]:
    """What the window calls each state."""
    return {
        "missing": tr("missing"),
        "video": tr("video"),
        "unfinished": tr("unfinished"),
        "analysed": tr("analysed"),
        "reviewed": tr("reviewed"),
        "queued": tr("queued"),
    }


def state_text(entry: Entry) -> str:
    """State in few words, such as ``reviewed 5 / 12`` or ``queued``."""
    words = state_words()
    if entry.queued is not None and not entry.missing:
        return tr("analysing") if entry.queued.state == "running" else words["queued"]
    if entry.state == "reviewed" and isinstance(entry.card, SessionCard):
        most = max(seen for _, seen in entry.card.reviewed)
        return tr("reviewed {0} / {1}").format(most, entry.card.stages)
    return words[entry.state]


def length_text(seconds: float | None) -> str:
    """Length as ``1:02`` or ``1:02:03``; empty where it is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def told(entry: Entry) -> str:
    """All that is known of a row, a line each."""
    when = entry.when.strftime("%Y-%m-%d %H:%M")
    opened = tr("{0}, opened {1}") if entry.recent is not None else tr("{0}, changed {1}")
    lines = [entry.known_as or str(entry.path), opened.format(state_words()[entry.state], when)]
    if entry.queued is not None:
        lines.append(tr("In the queue: {0}").format(state_text(entry)))
    if isinstance(entry.card, SessionCard):
        card = entry.card
        lines.append(tr("Length {0}, {1} stages").format(length_text(card.seconds), card.stages))
        for name, seen in card.reviewed:
            lines.append(tr("{0} has looked through {1} of {2} stages").format(name, seen, card.stages))
    elif isinstance(entry.card, str):
        lines.append(pseudonymised(entry.card, {entry.path: entry.known_as}))
    return "\n".join(lines)
