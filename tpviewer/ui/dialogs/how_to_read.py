"""Pages of the manual inside the window; nothing on them reaches for the network."""

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor, QTextFrameFormat, QTextTable, QTextTableFormat
from PySide6.QtWidgets import QTextBrowser, QWidget

from tpviewer.resources import resource
from tpviewer.ui import theme
from tpviewer.ui.language import tr


class ManualPage(QTextBrowser):
    """One page of ``resources/manual``.

    Parameters
    ----------
    name : str
        File name.
    parent : QWidget, optional

    Raises
    ------
    TPViewerError
        If the page is missing.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(2 * theme.SPACE)
        self.setMarkdown(resource("manual", name).read_text(encoding="utf-8"))
        self._frame_tables()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Load nothing: pages are text."""
        return None

    def _frame_tables(self) -> None:
        """Give tables room and thin lines, which Markdown leaves out."""
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape = QTextTableFormat(frame.format())
                shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                shape.setBorderBrush(self.palette().mid())
                shape.setBorder(1)
                shape.setBorderCollapse(True)
                shape.setCellPadding(theme.SPACE / 2)
                frame.setFormat(shape)


class HowToRead(ManualPage):
    """The paper's terms, one paragraph each, and a worked example."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("how_to_read.md", "name of the page in this language"), parent)
        theme.name_for_readers(self, self.tr("How to read this"), "")
