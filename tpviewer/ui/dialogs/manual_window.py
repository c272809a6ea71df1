"""The manual in a window of its own, so that it can be read beside the work."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tpviewer.resources import MANUAL_CHAPTERS, manual_title, resource
from tpviewer.ui import theme
from tpviewer.ui.dialogs.manual_page import ManualPage
from tpviewer.ui.icons import icon


class ManualWindow(QDialog):
    """Chapters on the left, the page on the right, a search through all of them.

    Parameters
    ----------
    parent : QWidget, optional

    Raises
    ------
    TPViewerError
        If a page is missing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Manual"))
        self.resize(1000, 720)
        self.search = QLineEdit(self)
        self.chapters = QListWidget(self)
        self.page = ManualPage(MANUAL_CHAPTERS[0], self)
        self.not_found = QLabel(self.tr("Not found in the manual."), self)
        for name in MANUAL_CHAPTERS:
            item = QListWidgetItem(manual_title(name), self.chapters)
            item.setData(Qt.ItemDataRole.UserRole, name)
        self._build()
        self.chapters.currentItemChanged.connect(self._chosen)
        self.page.anchorClicked.connect(self._follow)
        self.search.returnPressed.connect(self.find_next)
        self.search.textChanged.connect(lambda: self.not_found.hide())
        self.chapters.setCurrentRow(0)

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Search the manual (Enter: next)"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        find = self.search.addAction(icon("forward"), QLineEdit.ActionPosition.TrailingPosition)
        find.setShortcut(QKeySequence.StandardKey.FindNext)
        find.triggered.connect(self.find_next)
        theme.name_for_readers(self.search, self.tr("Search the manual"), "")
        theme.name_for_readers(self.chapters, self.tr("Chapters"), "")
        self.chapters.setSpacing(theme.SPACE // 2)
        theme.name_for_readers(self.page, self.tr("Page of the manual"), "")
        self.not_found.setProperty("role", "muted")
        self.not_found.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.not_found)
        middle = QSplitter(Qt.Orientation.Horizontal, self)
        middle.addWidget(self.chapters)
        middle.addWidget(self.page)
        middle.setStretchFactor(1, 1)
        middle.setSizes([26 * theme.SPACE, 100 * theme.SPACE])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(top)
        layout.addWidget(middle, 1)
        layout.addWidget(buttons)

    def show_chapter(self, name: str) -> None:
        """Turn to a chapter; a name that is none changes nothing."""
        for row in range(self.chapters.count()):
            if self.chapters.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.chapters.setCurrentRow(row)

    def find_next(self) -> None:
        """Go to the next place of the searched words, through all chapters and round again."""
        words, first = self.search.text().strip(), self.chapters.currentRow()
        if not words or self.page.find(words):
            return
        count = self.chapters.count()
        for row in [(first + step) % count for step in range(1, count + 1)]:
            name = self.chapters.item(row).data(Qt.ItemDataRole.UserRole)
            if not _holds(name, words):
                continue
            self.chapters.setCurrentRow(row)
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            self.page.find(words)
            return
        self.not_found.show()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.page.turn_to(item.data(Qt.ItemDataRole.UserRole))

    def _follow(self, link: QUrl) -> None:
        self.show_chapter(link.toString())


def _holds(name: str, words: str) -> bool:
    """Whether a page has the words in the text that is shown."""
    document = QTextDocument()
    document.setMarkdown(resource("manual", name).read_text(encoding="utf-8"))
    return words.casefold() in document.toPlainText().casefold()
