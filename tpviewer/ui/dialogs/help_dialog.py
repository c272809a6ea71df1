"""Help: every shortcut, found by a search, and how to read the results."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tpviewer.ui import theme
from tpviewer.ui.dialogs.how_to_read import HowToRead
from tpviewer.ui.icons import icon


@dataclass(frozen=True)
class Shortcut:
    """One line of the table.

    Attributes
    ----------
    text : str
        Name of the action, as in the menu.
    keys : str
        Its keys as the system writes them, several with "or" between.
    does : str
        What it does.
    """

    text: str
    keys: str
    does: str


def shortcuts(actions: Sequence[QAction], between: str = " / ") -> list[Shortcut]:
    """Lines for all actions that have keys, in the order in which they are given."""
    found = []
    for action in actions:
        keys = [k.toString(QKeySequence.SequenceFormat.NativeText) for k in action.shortcuts()]
        if not any(keys):
            continue
        text = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
        does = action.statusTip() or action.toolTip()
        found.append(Shortcut(text, between.join(filter(None, keys)), "" if does == text else does))
    return found


class ShortcutTable(QWidget):
    """Shortcuts with a search field."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit(self)
        self.table = QTableWidget(self)
        self._nothing = QLabel(self.tr("No shortcut matches the search."), self)
        self._build()
        self._fill(shortcuts(actions))
        self.search.textChanged.connect(self._search)

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Search shortcuts"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        theme.name_for_readers(self.search, self.tr("Search shortcuts"))
        theme.name_for_readers(self.table, self.tr("Shortcuts"), "")
        self.table.setColumnCount(3)
        self.table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys"), self.tr("What it does")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._nothing.setProperty("role", "muted")
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.search)
        layout.addWidget(self._nothing)
        layout.addWidget(self.table, 1)

    def _fill(self, lines: list[Shortcut]) -> None:
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate((line.text, line.keys, line.does)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)

    def shown(self) -> list[str]:
        """Names of the actions that the search leaves."""
        rows = range(self.table.rowCount())
        return [self._text(row, 0) for row in rows if not self.table.isRowHidden(row)]

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text() if item else ""

    def _search(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.table.rowCount()):
            line = " ".join(self._text(row, column) for column in range(3)).casefold()
            self.table.setRowHidden(row, not all(word in line for word in words))
        self._nothing.setVisible(not self.shown())


class HelpDialog(QDialog):
    """Shortcuts and "how to read this" beside each other.

    Parameters
    ----------
    actions : sequence of QAction
        All actions of the window; those with keys are listed.
    parent : QWidget, optional
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.resize(920, 600)
        self.shortcuts = ShortcutTable(actions, self)
        self.how_to_read = HowToRead(self)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.shortcuts, self.tr("Shortcuts"))
        self.tabs.addTab(self.how_to_read, self.tr("How to read this"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.tabs)
        layout.addWidget(buttons)

    def show_how_to_read(self) -> None:
        """Turn to the page that explains the terms."""
        self.tabs.setCurrentWidget(self.how_to_read)
