"""The list of sessions and videos: those that were open lately, and those in chosen folders."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QActionGroup, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.panels.key_list import KeyList
from tpviewer.ui.panels.session_delegate import SessionDelegate
from tpviewer.ui.panels.session_model import ENTRY_ROLE, SessionModel
from tpviewer.ui.shelf import Entry, Order, SessionShelf

_SETTLE_MS = 60
_AHEAD = 8  # rows below the visible ones whose pictures are made too


class SessionList(QWidget):
    """Sessions and videos with a search field.

    Signals
    -------
    open_requested(object)
        Path of the file to open; a missing one too, for whoever opens it can ask where it went.
    queue_requested(object), patient_requested(object), delete_requested(object)
        `Entry` that is to be put into the queue, whose pseudonym is to be set, or whose session is to be
        deleted.
    add_folder_requested()
    look_requested()
        The list was shown: folders are to be looked through again.
    cards_wanted(object), pictures_wanted(object)
        Paths, and pairs of path and card, the most urgent first.
    """

    open_requested = Signal(object)
    queue_requested = Signal(object)
    patient_requested = Signal(object)
    delete_requested = Signal(object)
    add_folder_requested = Signal()
    look_requested = Signal()
    cards_wanted = Signal(object)
    pictures_wanted = Signal(object)

    def __init__(self, shelf: SessionShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self.model = SessionModel(shelf, self)
        self._delegate = SessionDelegate(self)
        self.search = QLineEdit(self)
        self.more = QToolButton(self)
        self.view = KeyList(self)
        self.note = QLabel(self)
        self._on_top = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._build()
        self._connect()
        self._show_note()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.view.activated.connect(self._open)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.remove_requested.connect(self.remove_chosen)
        self.view.verticalScrollBar().valueChanged.connect(self._settle.start)
        self._settle.timeout.connect(self._want)
        self.model.layoutAboutToBeChanged.connect(self._look_where)
        self.model.layoutChanged.connect(self._stay_on_top)
        for signal in (self.model.layoutChanged, self.model.dataChanged):
            signal.connect(self._show_note)
        self._shelf.changed.connect(self._settle.start)
        self._shelf.forgotten.connect(self.model.forget_picture)

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Search sessions"))
        self.search.setClearButtonEnabled(True)
        self._glass = self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Search"))
        tip = self.tr("Searches names, pseudonyms, folders, states and reviewers")
        theme.name_for_readers(self.search, self.tr("Search sessions"), tip)
        self.more.setIcon(icon("more"))
        self.more.setProperty("flat", True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(self._fill_more)
        theme.name_for_readers(self.more, self.tr("Order and folders"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        theme.name_for_readers(self.view, self.tr("Sessions and videos"), "")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.note.setContentsMargins(theme.SPACE, 2 * theme.SPACE, theme.SPACE, theme.SPACE)
        top = QHBoxLayout()
        top.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE // 2, theme.SPACE)
        top.setSpacing(theme.SPACE // 2)
        top.addWidget(self.search, 1)
        top.addWidget(self.more)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._stack, 1)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.more.setIcon(icon("more"))
            self._glass.setIcon(icon("search"))

    def showEvent(self, event: QShowEvent) -> None:
        """Look which files are missing, and what is new in folders."""
        super().showEvent(event)
        self._shelf.recent.check()
        self.look_requested.emit()
        self._settle.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Want nothing while nobody looks."""
        super().hideEvent(event)
        self._settle.stop()

    def show_pictures(self, shown: bool) -> None:
        """Show pictures of faces, or none; those that were made are let go."""
        self._delegate.pictures = shown
        if not shown:
            self.model.forget_pictures()
        self.view.doItemsLayout()
        self._settle.start()

    def take_picture(self, path: Path, picture: NDArray[np.uint8] | None) -> None:
        """Show a picture of a row, unless pictures are not wanted any more."""
        if self._delegate.pictures:
            self.model.take_picture(path, picture)

    def paths(self) -> list[Path]:
        """Files that are listed now, from top to bottom."""
        return [entry.path for entry in self.model.rows]

    def choose(self, path: Path) -> None:
        """Select a file without opening it, for example because it is open."""
        paths = self.paths()
        if path in paths:
            self.view.setCurrentIndex(self.model.index(paths.index(path)))
        else:
            self.view.clearSelection()

    def remove_chosen(self) -> None:
        """Take the chosen file off the list of those that were open lately."""
        chosen = self._chosen()
        if chosen is not None:
            self._shelf.recent.remove(chosen.path)

    def menu(self) -> QMenu:
        """Return the menu of the chosen file."""
        menu, chosen = QMenu(self), self._chosen()
        menu.addAction(self.tr("Open"), lambda: self._open(self.view.currentIndex()))
        menu.addAction(self.tr("Add to the queue"), lambda: self._ask(self.queue_requested))
        menu.addSeparator()
        has_session = chosen is not None and chosen.card is not None
        patient = menu.addAction(
            self.tr("Pseudonym and consent …"), lambda: self._ask(self.patient_requested)
        )
        delete = menu.addAction(self.tr("Delete session …"), lambda: self._ask(self.delete_requested))
        patient.setEnabled(has_session and not isinstance(chosen and chosen.card, str))
        delete.setEnabled(has_session)
        menu.addSeparator()
        remove = menu.addAction(self.tr("Remove from this list"), self.remove_chosen)
        remove.setEnabled(chosen is not None and chosen.recent is not None)
        menu.addAction(self.tr("Remove all that were open lately"), self._shelf.recent.clear)
        return menu

    def _ask(self, signal: SignalInstance) -> None:
        chosen = self._chosen()
        if chosen is not None:
            signal.emit(chosen)

    def _show_menu(self, place: QPoint) -> None:
        if self._chosen() is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _fill_more(self) -> None:
        menu = self.more.menu()
        menu.clear()
        words: dict[Order, str] = {
            "newest": self.tr("Newest first"),
            "name": self.tr("By name"),
            "state": self.tr("By state"),
            "length": self.tr("Longest first"),
        }
        group = QActionGroup(menu)
        for order in get_args(Order):
            action = menu.addAction(words[order], partial(self.model.set_order, order))
            action.setCheckable(True)
            action.setChecked(order == self.model.order)
            group.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Add folder …"), self.add_folder_requested.emit)
        for folder in self._shelf.folders:
            text = self.tr("Remove {0}").format(folder).replace("&", "&&")
            menu.addAction(text, partial(self._shelf.remove_folder, folder))

    def _look_where(self) -> None:
        self._on_top = self.view.verticalScrollBar().value() == 0

    def _stay_on_top(self) -> None:
        """Show what comes first where the first row was looked at."""
        if self._on_top:
            self.view.scrollToTop()

    def _search(self, text: str) -> None:
        self.model.search(text)
        self._settle.start()

    def _want(self) -> None:
        """Ask for what is not known yet: what is looked at comes first."""
        if not self.isVisible():
            return
        rows = self._visible()
        urgent = [row.path for row in rows if not row.known and not row.missing]
        self.cards_wanted.emit(list(dict.fromkeys([*urgent, *self._shelf.unread()])))
        if self._delegate.pictures:
            seen = [
                row for row in rows if (row.known or row.missing) and not self.model.has_picture(row.path)
            ]
            self.pictures_wanted.emit([(row.path, row.card) for row in seen])

    def _visible(self) -> Sequence[Entry]:
        rows, area = self.model.rows, self.view.viewport().rect()
        first = self.view.indexAt(area.topLeft())
        last = self.view.indexAt(area.bottomLeft())
        start = first.row() if first.isValid() else 0
        stop = last.row() + 1 + _AHEAD if last.isValid() else len(rows)
        return rows[start : min(stop, start + 100)]

    def _show_note(self, *_: object) -> None:
        if self.search.text():
            self.note.setText(self.tr("No session matches the search."))
        else:
            self.note.setText(
                self.tr(
                    "Videos and sessions that you open are listed here, and those of folders that you add."
                )
            )
        self._stack.setCurrentWidget(self.view if self.model.rows else self.note)

    def _chosen(self) -> Entry | None:
        index = self.view.currentIndex()
        return index.data(ENTRY_ROLE) if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open_requested.emit(index.data(ENTRY_ROLE).path)
