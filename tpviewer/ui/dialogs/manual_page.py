"""Pages of the manual inside the window; nothing on them reaches for the network."""

from pathlib import PurePosixPath
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from tpviewer.core.errors import TPViewerError
from tpviewer.resources import resource
from tpviewer.ui import theme

_LEAST_WIDTH = 200  # of a picture, pixels


class ManualPage(QTextBrowser):
    """One page of ``resources/manual`` at a time, with its pictures.

    A link to another page is followed; any other link does nothing.

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
        self.name = ""
        self.setOpenLinks(False)
        self.document().setDocumentMargin(2 * theme.SPACE)
        self.turn_to(name)

    def turn_to(self, name: str) -> None:
        """Show another page from its top.

        Raises
        ------
        TPViewerError
            If the page is missing.
        """
        text = resource("manual", name).read_text(encoding="utf-8")
        self.name = name
        read = QTextDocument()  # a second Markdown in one document begins in the type of the first's heading
        read.setDefaultFont(self.font())
        read.setMarkdown(text)
        self.setHtml(read.toHtml())
        self._frame_tables()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Load a picture that lies beside the pages, no wider than the page, and nothing else."""
        place = PurePosixPath((name if isinstance(name, QUrl) else QUrl(name)).toString())
        if kind != QTextDocument.ResourceType.ImageResource.value or str(place) != place.name:
            return None
        try:
            picture = QImage(str(resource("manual", place.name)))
        except TPViewerError:
            return None
        width = max(_LEAST_WIDTH, self.viewport().width() - 7 * theme.SPACE)
        if picture.width() <= width:
            return picture
        return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bring pictures to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.name:
            place = self.verticalScrollBar().value()
            self.turn_to(self.name)
            self.verticalScrollBar().setValue(place)

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
