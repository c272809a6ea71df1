"""What is written and drawn round the face: pills, tags, box and mesh."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform

from tpviewer.ui import theme
from tpviewer.ui.player.overlay_content import Drawn

_RADIUS = 4
_GAP = theme.SPACE / 2
_ON_VIDEO, _SHADOW = QColor(255, 255, 255, 230), QColor(0, 0, 0, 150)
_GROUND_ALPHA = 225


def paint_pill(painter: QPainter, area: QRectF, text: str, at_top: bool, muted: bool = False) -> QRectF:
    """Write a line on a ground of its own, in the middle of the upper or lower edge of `area`."""
    tones = theme.current()
    metrics = QFontMetricsF(painter.font())
    room = area.width() - 4 * theme.SPACE
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    width, height = metrics.horizontalAdvance(shown) + 2 * theme.SPACE, metrics.height() + theme.SPACE
    top = area.top() + theme.SPACE if at_top else area.bottom() - theme.SPACE - height
    rect = QRectF(area.center().x() - width / 2, top, width, height)
    ground = QColor(tones.panel)
    ground.setAlpha(_GROUND_ALPHA)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
    painter.setPen(QColor(tones.muted if muted else tones.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
    return rect


def paint_tags(painter: QPainter, area: QRectF, face: QRectF, drawn: Sequence[Drawn]) -> None:
    """Write the names of what is drawn beside the face, on the side with more room."""
    metrics = QFontMetricsF(painter.font())
    texts = [f"{each.au} {each.letter}".strip() for each in drawn]
    width = max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + 2 * _GAP
    step = metrics.height() + _GAP
    right = face.right() + theme.SPACE
    left = face.left() - theme.SPACE - width
    x = right if right + width <= area.right() - _GAP else max(left, area.left() + _GAP)
    lowest = area.bottom() - _GAP - step * len(texts)
    y = max(min(face.top(), lowest), area.top() + _GAP)
    for each, text in zip(drawn, texts, strict=True):
        rect = QRectF(x, y, width, metrics.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(each.colour))
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        painter.setPen(QColor(theme.readable_on(each.colour)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        y += step


def paint_box(painter: QPainter, rect: QRectF) -> None:
    """Outline the face in white, with a shadow that shows it on bright skin."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_SHADOW, 3.5), (_ON_VIDEO, 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)


def paint_mesh(painter: QPainter, mesh: NDArray[np.float32], to_window: QTransform) -> None:
    """Mark the points of the face mesh (pixels of the frame, whole numbers are pixel centres).

    Parameters
    ----------
    painter : QPainter
    mesh : (P, 2) float32
    to_window : QTransform
        From pixels of the frame, whole numbers being their corners, to the window.
    """
    points = QPolygonF([to_window.map(QPointF(x + 0.5, y + 0.5)) for x, y in mesh.tolist()])
    for colour, width in ((_SHADOW, 3.0), (_ON_VIDEO, 1.5)):
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(points)
