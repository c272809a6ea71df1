"""Lines of text that change often, and never have the window laid out anew for it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tpviewer.ui import theme


class StillLines(QWidget):
    """Labels below one another, each one line high and as wide as this widget.

    A label asks for a new layout whenever its text changes, even where its size is given; here it has no
    layout to ask.

    Parameters
    ----------
    labels : sequence of QLabel
    parent : QWidget, optional
    """

    def __init__(self, labels: Sequence[QLabel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = tuple(labels)
        for label in self._labels:
            label.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Height of the lines; the width is the layout's to give."""
        return QSize(0, sum(self._heights()) + (len(self._labels) - 1) * theme.SPACE // 2)

    def minimumSizeHint(self) -> QSize:
        """As high as the lines are."""
        return self.sizeHint()

    def _heights(self) -> list[int]:
        return [label.sizeHint().height() for label in self._labels]

    def _place(self) -> None:
        top = 0
        for label, height in zip(self._labels, self._heights(), strict=True):
            label.setGeometry(QRect(0, top, self.width(), height))
            top += height + theme.SPACE // 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each label the whole width."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Pass on what a label asks for only where a line has become higher or lower."""
        if event.type() == QEvent.Type.LayoutRequest and self.sizeHint().height() != self.height():
            self.updateGeometry()
        return super().event(event)
