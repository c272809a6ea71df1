"""What all rows of the timeline have in common: gutter, time axis, playhead, mouse and wheel."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from tpviewer.ui import theme
from tpviewer.ui.timeline.axis import TimeAxis
from tpviewer.ui.timeline.lane_image import Look
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import clock

GUTTER = 112
"""Width of the names at the left of every row, pixels."""

_ZOOM_PER_NOTCH = 0.8
_PAN_PER_NOTCH = 0.1
_NOTCH = 120
_FRAME_WORTH_SHADING_PX = 4


class TimeWidget(QWidget):
    """A row of the timeline.

    A row draws its content from pictures that it keeps, so that a move of the playhead costs only the
    few pixels around the line.

    Attributes
    ----------
    exposed : QRect
        What is being painted.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget or None
    """

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self._scrubbing = False
        self._drawn = self.playhead_rect()
        self.exposed = self.rect()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        state.playhead_changed.connect(self._move_playhead)
        state.view_changed.connect(self._repaint)
        state.document_changed.connect(self._repaint)

    def axis(self) -> TimeAxis:
        """Time axis of the row's content."""
        start, stop = self.state.view
        return TimeAxis(start, stop, GUTTER, max(self.width() - GUTTER, 1))

    def content(self) -> QRect:
        """Part of the row right of the gutter."""
        return self.rect().adjusted(GUTTER, 0, 0, 0)

    def look(self, height: int) -> Look:
        """Size of a picture of the content, in the pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return Look(max(round(self.content().width() * ratio), 1), max(round(height * ratio), 1), ratio)

    def paint_content(self, painter: QPainter) -> None:
        """Draw what is right of the gutter; overridden by each row."""

    def paint_gutter(self, painter: QPainter) -> None:
        """Draw the names; overridden by each row."""

    def hover_text(self, place: QPointF) -> str:
        """What the tool tip says about a place: time and frame, more in some rows."""
        frame = self.state.frame_at(self.axis().time_of(place.x()))
        return self.tr("{time} · frame {frame}").format(time=clock(self.state.time_of(frame)), frame=frame)

    def playhead_rect(self) -> QRectF:
        """Span of the frame at the playhead, as wide as the line at least."""
        frame, axis = self.state.playhead, self.axis()
        left = axis.x_of(self.state.time_of(frame))
        return QRectF(left, 0, max(axis.x_of(self.state.time_of(frame + 1)) - left, 1.0), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter = QPainter(self)
        self.exposed = event.rect()
        painter.fillRect(event.rect(), QColor(theme.current().window))
        painter.save()
        painter.setClipRect(self.content())
        self.paint_content(painter)
        self.paint_playhead(painter)
        painter.restore()
        if event.rect().left() < GUTTER:
            self.paint_gutter(painter)
            painter.fillRect(QRect(GUTTER - 1, 0, 1, self.height()), QColor(theme.current().line))

    def paint_playhead(self, painter: QPainter) -> None:
        """Draw the line, and the frame's span where it is wide."""
        if not self.state.n_frames:
            return
        span, accent = self.playhead_rect(), QColor(theme.current().accent)
        self._drawn = span
        if span.width() >= _FRAME_WORTH_SHADING_PX:
            shade = QColor(accent)
            shade.setAlpha(40)
            painter.fillRect(span, shade)
        painter.fillRect(QRectF(math.floor(span.left()), 0, 2, self.height()), accent)

    def _move_playhead(self) -> None:
        if not self.isVisible():
            return
        for span in (self._drawn, self.playhead_rect()):
            self.update(span.toAlignedRect().adjusted(-8, 0, 8, 0))

    def _repaint(self) -> None:
        self.update()

    def seek(self, x: float) -> None:
        """Move the playhead to the frame at a place."""
        axis = self.axis()
        self.state.set_playhead(self.state.frame_at(min(max(axis.time_of(x), axis.start), axis.stop)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek."""
        self._scrubbing = event.button() == Qt.MouseButton.LeftButton and event.position().x() >= GUTTER
        if self._scrubbing:
            QToolTip.hideText()
            self.seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub while the button is held; otherwise keep a tool tip that is open up to date."""
        if self._scrubbing:
            self.seek(event.position().x())
        elif QToolTip.isVisible():
            self._tell(event.globalPosition().toPoint(), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End scrubbing."""
        self._scrubbing = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the cursor; with Shift, or sideways, pan."""
        across, along = event.angleDelta().y(), event.angleDelta().x()
        axis = self.axis()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(along) > abs(across):
            self.state.set_view(*axis.panned(-(along or across) / _NOTCH * _PAN_PER_NOTCH * axis.width))
        elif across:
            cursor = max(event.position().x(), axis.left)
            self.state.set_view(*axis.zoomed(cursor, _ZOOM_PER_NOTCH ** (across / _NOTCH)))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Show the tool tip for the place under the cursor."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.state.n_frames:
            self._tell(event.globalPos(), QPointF(event.pos()))
            return True
        return super().event(event)

    def _tell(self, where: QPoint, place: QPointF) -> None:
        text = self.hover_text(place) if place.x() >= GUTTER else self.gutter_text(place)
        QToolTip.showText(where, text, self)

    def gutter_text(self, place: QPointF) -> str:
        """What the tool tip says about a name at the left; the row's own tip where not overridden."""
        return self.toolTip()


@dataclass(frozen=True)
class _Type:
    """What follows from the window's font: the font of secondary text, and the height of a row."""

    small: QFont
    row_height: int


_types: dict[str, _Type] = {}


def _type() -> _Type:
    """Found out once for each font: every row asks for it whenever it is painted."""
    font = QApplication.font()
    key = font.key()
    if key not in _types:
        small = theme.tabular()
        small.setPointSizeF(small.pointSizeF() * 0.85)
        lines = QFontMetrics(font).height() + QFontMetrics(small).height()
        _types[key] = _Type(small, max(36, math.ceil((lines + 4) / 4) * 4))
    return _types[key]


def small_font() -> QFont:
    """Return the font of secondary text, one step under the window's."""
    return _type().small


def row_height() -> int:
    """Height of a row with two lines of text, in multiples of four pixels."""
    return _type().row_height


def paint_name(painter: QPainter, row: QRect, name: str, below: str, tag: str = "") -> None:
    """Write a row's name with a muted line below it, and a small tag beside it where there is room."""
    bold, small = theme.tabular(), small_font()
    bold.setWeight(QFont.Weight.DemiBold)
    room = row.adjusted(theme.SPACE, 2, -theme.SPACE // 2, -2)
    upper, lower = QRect(room), QRect(room)
    if below:
        heights = QFontMetrics(bold).height(), QFontMetrics(small).height()
        upper.setHeight(room.height() * heights[0] // sum(heights))
        lower.setTop(upper.bottom() + 1)
        _write(painter, lower, below, small, theme.current().muted)
    _write(painter, upper, name, bold, theme.current().text)
    taken = QFontMetrics(bold).horizontalAdvance(name) + theme.SPACE // 2
    if tag and taken + QFontMetrics(small).horizontalAdvance(tag) <= room.width():
        upper.setLeft(upper.right() - QFontMetrics(small).horizontalAdvance(tag))
        _write(painter, upper, tag, small, theme.current().muted)


def _write(painter: QPainter, room: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
