"""The list of videos and sessions that were open lately."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.recent import RecentFile, RecentFiles

Index = QModelIndex | QPersistentModelIndex
FILE_ROLE = Qt.ItemDataRole.UserRole
STATE_ROLE = Qt.ItemDataRole.UserRole + 1
MISSING_ROLE = Qt.ItemDataRole.UserRole + 2
_PAD = theme.SPACE


class RecentModel(QAbstractListModel):
    """Recent files as rows."""

    def __init__(self, recent: RecentFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = recent
        self._rows: tuple[RecentFile, ...] = ()
        recent.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self.beginResetModel()
        self._rows = self._recent.files
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the files."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one thing that is known of a file."""
        file = self._rows[index.row()]
        if role == FILE_ROLE:
            return file
        if role == MISSING_ROLE:
            return file.path in self._recent.missing
        if role == STATE_ROLE:
            return self._state(file)
        if role == Qt.ItemDataRole.DisplayRole:
            return file.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            when = datetime.fromisoformat(file.opened).strftime("%Y-%m-%d %H:%M")
            return self.tr("{0}\n{1}, opened {2}").format(file.path, self._state(file), when)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{file.path.name}, {self._state(file)}"
        return None

    def _state(self, file: RecentFile) -> str:
        if file.path in self._recent.missing:
            return self.tr("missing")
        words = {
            "analysed": self.tr("analysed"),
            "unfinished": self.tr("unfinished"),
            "video": self.tr("video"),
        }
        return words[file.state]


class _PathFilter(QSortFilterProxyModel):
    """Keeps files whose path holds every word of the search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: list[str] = []

    def search(self, text: str) -> None:
        """Search for other words."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Tell whether all words occur in the path or the state."""
        index = self.sourceModel().index(row, 0, parent)
        text = f"{index.data(FILE_ROLE).path} {index.data(STATE_ROLE)}".casefold()
        return all(word in text for word in self._words)


class _RecentDelegate(QStyledItemDelegate):
    """Two lines: the name; state, folder and day."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one file."""
        tones, file = theme.current(), index.data(FILE_ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        missing = index.data(MISSING_ROLE)
        rect: QRect = option.rect
        painter.save()
        if chosen or hovered:
            painter.fillRect(rect, QColor(tones.accent if chosen else tones.raised))
        name, small = _fonts(option.font)
        line = QFontMetrics(name).height()
        inner = rect.adjusted(_PAD, _PAD // 2, -_PAD, -_PAD // 2)
        first, second = QRect(inner), QRect(inner)
        first.setHeight(line)
        second.setTop(inner.top() + line)
        painter.setFont(name)
        text = tones.muted if missing else tones.text
        painter.setPen(QColor(tones.on_accent if chosen else text))
        shown = QFontMetrics(name).elidedText(file.path.name, Qt.TextElideMode.ElideMiddle, first.width())
        painter.drawText(first, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(small)
        self._paint_second(painter, second, index, chosen)
        painter.restore()

    def _paint_second(self, painter: QPainter, rect: QRect, index: Index, chosen: bool) -> None:
        tones, file, metrics = theme.current(), index.data(FILE_ROLE), painter.fontMetrics()
        tone = {"missing": tones.danger, "unfinished": tones.warning}
        state = index.data(STATE_ROLE)
        key = "missing" if index.data(MISSING_ROLE) else file.state
        painter.setPen(QColor(tones.on_accent if chosen else tone.get(key, tones.muted)))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, left, state)
        rest = rect.adjusted(metrics.horizontalAdvance(state), 0, 0, 0)
        painter.setPen(QColor(tones.on_accent if chosen else tones.muted))
        where = f"  ·  {file.path.parent}"
        painter.drawText(rest, left, metrics.elidedText(where, Qt.TextElideMode.ElideMiddle, rest.width()))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text."""
        name, small = _fonts(option.font)
        return QSize(120, QFontMetrics(name).height() + QFontMetrics(small).height() + _PAD)


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() - 1.5))
    return QFont(font), small


class SessionList(QWidget):
    """Recent sessions and videos with a search field.

    Signals
    -------
    open_requested(object)
        Path of the file to open; a missing one too, for whoever opens it can ask where it went.
    """

    open_requested = Signal(object)

    def __init__(self, recent: RecentFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = recent
        self._model = RecentModel(recent, self)
        self._filter = _PathFilter(self)
        self._filter.setSourceModel(self._model)
        self.search = QLineEdit(self)
        self.view = _RecentView(self)
        self.note = QLabel(self)
        self._build()
        self.search.textChanged.connect(self._search)
        self.view.activated.connect(self._open)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.remove_requested.connect(self.remove_chosen)
        recent.changed.connect(self._show_note)
        self._show_note()

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Search recent files"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Search"))
        theme.name_for_readers(self.search, self.tr("Search recent files"))
        self.view.setModel(self._filter)
        self.view.setItemDelegate(_RecentDelegate(self.view))
        theme.name_for_readers(self.view, self.tr("Recent sessions and videos"), "")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.note.setContentsMargins(theme.SPACE, 2 * theme.SPACE, theme.SPACE, theme.SPACE)
        top = QVBoxLayout()
        top.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        top.addWidget(self.search)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._stack, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which files are missing."""
        super().showEvent(event)
        self._recent.check()

    def paths(self) -> list[Path]:
        """Files that are listed now, from top to bottom."""
        rows = range(self._filter.rowCount())
        return [self._filter.index(row, 0).data(FILE_ROLE).path for row in rows]

    def choose(self, path: Path) -> None:
        """Select a file without opening it, for example because it is open."""
        paths = self.paths()
        if path in paths:
            self.view.setCurrentIndex(self._filter.index(paths.index(path), 0))
        else:
            self.view.clearSelection()

    def remove_chosen(self) -> None:
        """Take the chosen file off the list."""
        chosen = self._chosen()
        if chosen is not None:
            self._recent.remove(chosen)

    def menu(self) -> QMenu:
        """Return the menu of the chosen file."""
        menu = QMenu(self)
        menu.addAction(self.tr("Open"), lambda: self._open(self.view.currentIndex()))
        menu.addAction(self.tr("Remove from this list"), self.remove_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Remove all from this list"), self._recent.clear)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        if self._chosen() is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _search(self, text: str) -> None:
        self._filter.search(text)
        self._show_note()

    def _show_note(self) -> None:
        if not self._recent.files:
            self.note.setText(self.tr("Videos and sessions that you open are listed here."))
        else:
            self.note.setText(self.tr("No recent file matches the search."))
        self._stack.setCurrentWidget(self.view if self._filter.rowCount() else self.note)

    def _chosen(self) -> Path | None:
        index = self.view.currentIndex()
        return index.data(FILE_ROLE).path if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open_requested.emit(index.data(FILE_ROLE).path)


class _RecentView(QListView):
    """A list whose Delete key takes a file off it."""

    remove_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chosen file off the list with Delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)
