"""The queue below the list of sessions: what waits, what is analysed, what failed and why."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.panels.key_list import KeyList
from tpviewer.ui.panels.queue_model import ITEM_ROLE, QueueDelegate, QueueModel
from tpviewer.ui.queue import AnalysisQueue
from tpviewer.ui.queue_item import QueueItem


class QueuePanel(QWidget):
    """Shows the queue and lets its order be changed; there is nothing of it while the queue is empty.

    Parameters
    ----------
    queue : AnalysisQueue
    name_of : callable
        Name under which a video is shown.
    parent : QWidget, optional

    Signals
    -------
    open_requested(object)
        Path of the entry to look at.
    """

    open_requested = Signal(object)

    def __init__(
        self, queue: AnalysisQueue, name_of: Callable[[Path], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self.model = QueueModel(name_of, self)
        self.title = QLabel(self)
        self.pause = QToolButton(self)
        self.more = QToolButton(self)
        self.view = _QueueView(self)
        self._build()
        self.pause.clicked.connect(self._pause_or_go_on)
        self.view.activated.connect(self._open)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.remove_requested.connect(self._remove)
        self.view.move_requested.connect(self._move)
        queue.changed.connect(self.refresh)
        queue.progressed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        self.title.setProperty("role", "muted")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.addAction(self.tr("Clear what is done"), self._queue.clear_over)
        self.more.setMenu(menu)
        for button in (self.pause, self.more):
            button.setProperty("flat", True)
        theme.name_for_readers(self.more, self.tr("More of the queue"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(QueueDelegate(self.view))
        theme.name_for_readers(self.view, self.tr("Queue"), "")
        self._header = QWidget(self)
        top = QHBoxLayout(self._header)
        top.setContentsMargins(theme.SPACE, theme.SPACE // 2, theme.SPACE // 2, theme.SPACE // 2)
        top.setSpacing(theme.SPACE // 2)
        top.addWidget(self.title, 1)
        top.addWidget(self.pause)
        top.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self.view, 1)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the queue as it is now."""
        self.model.take(self._queue.items)
        self.setVisible(bool(self._queue.items))
        self._show_header()
        rows = self.model.rowCount() * max(self.view.sizeHintForRow(0), 1)
        self.setMaximumHeight(self._header.sizeHint().height() + rows)  # the rest is for the sessions

    def _show_header(self) -> None:
        queue, items = self._queue, self._queue.items
        over = sum(item.state in ("done", "skipped") for item in items)
        failed = sum(item.state == "failed" for item in items)
        text = self.tr("Queue {0} / {1}").format(over, len(items))
        if queue.paused and queue.waiting:
            text = self.tr("Queue paused, {0} wait").format(queue.waiting)
        elif failed:
            text += self.tr(", {0} failed").format(failed)
        self.title.setText(text)
        self.title.setToolTip(
            self.tr("One video after the other. What you analyse by hand goes first; then the queue goes on.")
        )
        self.pause.setIcon(icon("resume" if queue.paused else "pause"))
        self.pause.setEnabled(queue.running is not None or queue.waiting > 0)
        if queue.paused:
            theme.name_for_readers(self.pause, self.tr("Go on with the queue"))
        else:
            tip = self.tr("Stop after the frames in hand; what is done is kept, and it goes on from there")
            theme.name_for_readers(self.pause, self.tr("Pause the queue"), tip)
        self.more.setIcon(icon("more"))

    def choose(self, number: int) -> None:
        """Select an entry by its place."""
        self.view.setCurrentIndex(self.model.index(number))

    def menu(self) -> QMenu:
        """Return the menu of the chosen entry."""
        menu, item, queue = QMenu(self), self._chosen(), self._queue
        if item is None:
            return menu
        path = item.path
        menu.addAction(self.tr("Open"), lambda: self.open_requested.emit(path))
        if item.over:
            again = item.state in ("done", "skipped")
            text = self.tr("Analyse again") if again else self.tr("Try again")
            menu.addAction(text, lambda: queue.retry(path))
        else:
            menu.addAction(self.tr("Stop"), lambda: queue.stop(path))
        menu.addSeparator()
        menu.addAction(self.tr("Move up"), lambda: queue.move(path, -1))
        menu.addAction(self.tr("Move down"), lambda: queue.move(path, 1))
        menu.addAction(self.tr("To the top"), lambda: queue.move(path, -len(queue.items)))
        menu.addSeparator()
        menu.addAction(self.tr("Remove from the queue"), self._remove)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        if self._chosen() is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _pause_or_go_on(self) -> None:
        if self._queue.paused:
            self._queue.go_on()
        else:
            self._queue.pause()

    def _remove(self) -> None:
        item = self._chosen()
        if item is not None:
            self._queue.remove(item.path)

    def _move(self, step: int) -> None:
        item = self._chosen()
        if item is not None:
            self._queue.move(item.path, step)

    def _chosen(self) -> QueueItem | None:
        index = self.view.currentIndex()
        return index.data(ITEM_ROLE) if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open_requested.emit(index.data(ITEM_ROLE).path)


class _QueueView(KeyList):
    """A list in which Alt with the arrows moves an entry, too."""

    move_requested = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen entry."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_requested.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
