"""Coloured tags that name an Action Unit's look; the colour is always doubled by a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tpviewer.core import palette
from tpviewer.ui import theme

_RADIUS = 3


@cache
def au_colour(au: str, index: int = 0) -> str:
    """Colour of a look as ``#rrggbb``; the palette's, remembered because it is asked for at every paint."""
    return palette.colour(au, index)


@dataclass(frozen=True)
class Tag:
    """A word on a coloured ground.

    Attributes
    ----------
    text : str
    colour : str
        ``#rrggbb``, or empty for a neutral ground.
    """

    text: str
    colour: str = ""


def paint_tag(painter: QPainter, rect: QRect, tag: Tag) -> None:
    """Paint a tag that fills a rectangle."""
    tones = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tones.line) if not tag.colour else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tag.colour or tones.raised))
    painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
    painter.setPen(QColor(theme.readable_on(tag.colour) if tag.colour else tones.muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tag.text)
    painter.restore()


class TagRow(QWidget):
    """Tags in lines from left to right; its height never changes, what does not fit is counted.

    Parameters
    ----------
    lines : int
        Lines that are kept free for tags.
    parent : QWidget, optional
    """

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._tags: tuple[Tag, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags, those that do not fit too."""
        return self._tags

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Show other tags."""
        if tuple(tags) != self._tags:
            self._tags = tuple(tags)
            text = ", ".join(tag.text for tag in self._tags)
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Height of the lines; the width is the layout's to give."""
        return QSize(40, self._lines * self._line_height() - theme.SPACE // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many tags as fit, then how many are left."""
        painter = QPainter(self)
        for tag, rect in zip(*self._placed(), strict=True):
            paint_tag(painter, rect, tag)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + theme.SPACE

    def _placed(self) -> tuple[list[Tag], list[QRect]]:
        """Tags that fit, and a last one that counts the others."""
        rects = self._rects(self._tags)
        if len(rects) == len(self._tags):
            return list(self._tags), rects
        for shown in range(len(rects), -1, -1):
            tags = [*self._tags[:shown], Tag(f"+{len(self._tags) - shown}")]
            rects = self._rects(tags)
            if len(rects) == len(tags):
                return tags, rects
        return [], []

    def _rects(self, tags: Sequence[Tag]) -> list[QRect]:
        """Places of the first tags, as many as fit."""
        step, gap, place, rects = self._line_height(), theme.SPACE // 2, QPoint(0, 0), []
        for tag in tags:
            width = self.fontMetrics().horizontalAdvance(tag.text) + 2 * gap + 2
            if place.x() and place.x() + width > self.width():
                place = QPoint(0, place.y() + step)
            if place.y() >= self._lines * step:
                break
            rects.append(QRect(place, QSize(width, step - gap)))
            place += QPoint(width + gap, 0)
        return rects
