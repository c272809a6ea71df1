"""Buttons with which an expert overrules the clusters of one Action Unit."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tpviewer.core.letters import letter
from tpviewer.ui import theme
from tpviewer.ui.icons import icon

MOST_LOOKS = 8
"""The most looks that can be asked for by number."""


class ClusterTools(QWidget):
    """Number, merge, split, undo and redo; a second line for what a lasso holds.

    Signals
    -------
    count_asked(int), merge_asked(int, int), split_asked(int), undo_asked(), redo_asked()
    assign_asked(object)
        Look that the selected frames are to join; None for a new one.
    lasso_toggled(bool)
    """

    count_asked = Signal(int)
    merge_asked = Signal(int, int)
    split_asked = Signal(int)
    assign_asked = Signal(object)
    lasso_toggled = Signal(bool)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = 0
        self._frames = 0
        self._selected: tuple[int, ...] = ()
        self._busy = False
        self._history = (True, True)
        self.count = QSpinBox(self)
        self.apply = QPushButton(self.tr("Apply"), self)
        self.merge = QPushButton(self)
        self.split = QPushButton(self)
        self.undo = self._tool(self.tr("Undo the last change of looks"))
        self.redo = self._tool(self.tr("Redo the change of looks"))
        self.lasso = self._tool(self.tr("Lasso: draw around points to select their frames"))
        self.lasso.setCheckable(True)
        self.new_look = QPushButton(self.tr("New look from selection"), self)
        self.move_to = QPushButton(self.tr("Move to look …"), self)
        self._targets = QMenu(self.move_to)
        self._build()
        self._connect()
        self._draw_icons()
        self.set_looks(0, 0)

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", "true")
        theme.name_for_readers(button, name)
        return button

    def _build(self) -> None:
        self.move_to.setMenu(self._targets)
        theme.name_for_readers(self.move_to, self.tr("Move selection to look …"))
        theme.name_for_readers(
            self.count, self.tr("Number of looks"), self.tr("Cluster again into this many")
        )
        label = QLabel(self.tr("Looks"), self)
        label.setBuddy(self.count)
        first = (label, self.count, self.apply, None, self.lasso, self.undo, self.redo)
        second = (self.merge, self.split, None)
        third = (self.new_look, self.move_to, None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        for line in (first, second, third):
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE)
            for widget in line:
                if widget is None:
                    row.addStretch(1)
                else:
                    row.addWidget(widget)
            layout.addLayout(row)

    def _connect(self) -> None:
        self.apply.clicked.connect(lambda: self.count_asked.emit(self.count.value()))
        self.count.valueChanged.connect(self._refresh)
        self.merge.clicked.connect(lambda: self.merge_asked.emit(*sorted(self._selected)))
        self.split.clicked.connect(lambda: self.split_asked.emit(self._selected[0]))
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self.lasso.toggled.connect(self.lasso_toggled)
        self.new_look.clicked.connect(lambda: self.assign_asked.emit(None))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "split"):
            self._draw_icons()

    def _draw_icons(self) -> None:
        for button, name in ((self.undo, "undo"), (self.redo, "redo"), (self.lasso, "lasso")):
            button.setIcon(icon(name))
        self.merge.setIcon(icon("merge"))
        self.split.setIcon(icon("split"))

    def set_looks(self, looks: int, maps: int) -> None:
        """Say how many looks there are, of how many maps; nothing is selected."""
        self._looks = looks
        self.count.setRange(1, max(1, min(MOST_LOOKS, maps - 1)))
        self.count.setValue(looks)
        self._targets.clear()
        for look in range(looks):
            action = self._targets.addAction(self.tr("Look {0}").format(letter(look)))
            action.triggered.connect(lambda _=False, target=look: self.assign_asked.emit(target))
        self._frames = 0
        self.select(())

    def select(self, looks: tuple[int, ...]) -> None:
        """Say which looks are selected."""
        self._selected = looks
        self._refresh()

    def set_lassoed(self, frames: int) -> None:
        """Say how many frames the lasso holds."""
        self._frames = frames
        self._refresh()

    def set_history(self, undo: bool, redo: bool) -> None:
        """Say whether there is something to undo and to redo."""
        self._history = (undo, redo)
        self._refresh()

    def set_busy(self, busy: bool) -> None:
        """Let nothing more be asked while the engine works."""
        self._busy = busy
        self._refresh()

    def _refresh(self) -> None:
        names = [letter(look) for look in sorted(self._selected)]
        pair, single = len(names) == 2, len(names) == 1
        self.merge.setText(self.tr("Merge {0} and {1}").format(*names) if pair else self.tr("Merge two"))
        self.merge.setToolTip("" if pair else self.tr("Click the tiles of two looks first"))
        self.split.setText(self.tr("Split {0}").format(names[0]) if single else self.tr("Split one"))
        self.split.setToolTip("" if single else self.tr("Click the tile of one look first"))
        free = not self._busy
        self.merge.setEnabled(free and pair)
        self.split.setEnabled(free and single)
        self.count.setEnabled(free and self._looks > 0)
        self.apply.setEnabled(free and self._looks > 0 and self.count.value() != self._looks)
        self.undo.setEnabled(free and self._history[0])
        self.redo.setEnabled(free and self._history[1])
        self.new_look.setEnabled(free and self._frames > 0)
        self.move_to.setEnabled(free and self._frames > 0)
