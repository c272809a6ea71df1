"""The queue as rows, and what is said of each."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tpviewer.ui import theme
from tpviewer.ui.analysis_state import step_title
from tpviewer.ui.language import tr, tr_problem
from tpviewer.ui.panels.session_delegate import row_fonts
from tpviewer.ui.pseudonyms import pseudonymised
from tpviewer.ui.queue_item import QueueItem

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole

_PAD = theme.SPACE
_BAR = 3
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class QueueModel(QAbstractListModel):
    """Entries of the queue; the chosen one stays chosen when they change places."""

    def __init__(self, name_of: Callable[[Path], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._items: tuple[QueueItem, ...] = ()

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """The entries from top to bottom."""
        return self._items

    def take(self, items: tuple[QueueItem, ...]) -> None:
        """Show these entries."""
        if [item.path for item in items] == [item.path for item in self._items]:
            before, self._items = self._items, items
            for number, (was, item) in enumerate(zip(before, items, strict=True)):
                if was != item:
                    self.dataChanged.emit(self.index(number), self.index(number))
            return
        self.layoutAboutToBeChanged.emit()
        old_places = self.persistentIndexList()
        paths = [self._items[index.row()].path for index in old_places]
        self._items = items
        places = {item.path: number for number, item in enumerate(items)}
        new = [self.index(places[path]) if path in places else QModelIndex() for path in paths]
        self.changePersistentIndexList(old_places, new)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the entries."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one thing that is known of an entry."""
        item = self._shown(self._items[index.row()])
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name_of(item.path)
        if role == Qt.ItemDataRole.ToolTipRole:
            name = self._name_of(item.path)
            place = item.path if name == item.path.name else name
            return f"{place}\n{tr_problem(item.error) or item_text(item)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._name_of(item.path)}, {tr_problem(item.error) or item_text(item)}"
        return None

    def _shown(self, item: QueueItem) -> QueueItem:
        """An entry whose error does not tell what its pseudonym hides."""
        name = self._name_of(item.path)
        if name == item.path.name:
            return item
        known = dict.fromkeys((item.path, item.session or item.path), name)
        return replace(item, error=pseudonymised(item.error.removeprefix(f"{item.path}: "), known))


def item_text(item: QueueItem) -> str:
    """What is said of an entry in few words, such as ``Explaining · 43 % · about 2:10 left``."""
    if item.state == "running" and item.progress is not None:
        parts = [step_title(item.progress.step), tr("{0} %").format(int(100 * item.share))]
        if item.left is not None:
            minutes, seconds = divmod(round(item.left), 60)
            parts.append(tr("about {0}:{1:02d} left").format(minutes, seconds))
        return " · ".join(parts)
    return {
        "waiting": tr("waits, begun already") if item.share > 0 else tr("waits"),
        "running": tr("begins …"),
        "done": tr("analysed"),
        "failed": tr("failed: {0}").format(tr_problem(item.error).removeprefix(f"{item.path}: ")),
        "skipped": tr("was analysed before"),
        "stopped": tr("stopped; what was done is kept"),
    }[item.state]


class QueueDelegate(QStyledItemDelegate):
    """The name, what happens to it, and a bar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        tones, item = theme.current(), index.data(ITEM_ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(tones.accent if chosen else tones.raised))
        inner: QRect = option.rect.adjusted(_PAD, _PAD // 2, -_PAD, -_PAD // 2)
        name, small = row_fonts(option.font)
        first, second = QRect(inner), QRect(inner)
        first.setHeight(QFontMetrics(name).height())
        second.setTop(first.bottom() + 1)
        second.setHeight(QFontMetrics(small).height())
        painter.setFont(name)
        painter.setPen(QColor(tones.on_accent if chosen else tones.text))
        _write(painter, first, index.data(), Qt.TextElideMode.ElideMiddle)
        painter.setFont(small)
        tone = {"failed": tones.danger, "stopped": tones.warning, "done": tones.good}
        painter.setPen(QColor(tones.on_accent if chosen else tone.get(item.state, tones.muted)))
        _write(painter, second, item_text(item), Qt.TextElideMode.ElideRight)
        if item.state == "running" or 0 < item.share < 1:
            _bar(painter, inner, item.share, chosen)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text and a bar."""
        name, small = row_fonts(option.font)
        return QSize(120, QFontMetrics(name).height() + QFontMetrics(small).height() + _BAR + 2 + _PAD)


def _write(painter: QPainter, rect: QRect, text: str, mode: Qt.TextElideMode) -> None:
    painter.drawText(rect, _LEFT, painter.fontMetrics().elidedText(text, mode, rect.width()))


def _bar(painter: QPainter, inner: QRect, share: float, chosen: bool) -> None:
    tones = theme.current()
    place = QRect(inner.left(), inner.bottom() - _BAR + 1, inner.width(), _BAR)
    painter.fillRect(place, QColor(tones.line))
    place.setWidth(round(place.width() * share))
    painter.fillRect(place, QColor(tones.on_accent if chosen else tones.accent))
