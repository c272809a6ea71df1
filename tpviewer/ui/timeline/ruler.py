"""The written time axis with the playhead's handle."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from tpviewer.ui import theme
from tpviewer.ui.timeline.axis import ticks
from tpviewer.ui.timeline.time_widget import GUTTER, TimeWidget, small_font
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import clock

_HANDLE_PX = 6
_WIDEST_TEXT = "0:00:00.000"


class Ruler(TimeWidget):
    """Time in minutes and seconds, as fine as the zoom; looped stretch and neutral face are marked.

    Signals
    -------
    neutral_marked(int, int)
        The user drew over frames [start, stop) with Shift held: there the face is neutral.
    """

    neutral_marked = Signal(int, int)

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.setFixedHeight(4 * theme.SPACE)
        theme.name_for_readers(self, self.tr("Time axis"))
        self._drawn_from: int | None = None
        self._drawn_to = 0
        state.loop_changed.connect(self._repaint)
        state.neutral_changed.connect(self._repaint)
        state.results_changed.connect(self._repaint)

    def paint_content(self, painter: QPainter) -> None:
        """Draw ticks, times, the loop and the neutral face."""
        if not self.state.n_frames:
            return
        shown, axis, bottom = theme.current(), self.axis(), self.height() - 1
        painter.setFont(small_font())
        text_width = QFontMetricsF(small_font()).horizontalAdvance(_WIDEST_TEXT)
        marks = ticks(axis, text_width + 2 * theme.SPACE)
        painter.fillRect(QRectF(GUTTER, bottom, self.width(), 1), QColor(shown.line))
        for x in self._in_sight(marks.minor, 1):
            painter.fillRect(QRectF(x, bottom - 3, 1, 3), QColor(shown.line))
        for x, moment in self._in_sight(marks.major, text_width + 4).items():
            painter.fillRect(QRectF(x, bottom - 8, 1, 8), QColor(shown.muted))
            painter.setPen(QColor(shown.muted))
            room = QRectF(x + 4, 0, text_width, self.height() - 6)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, clock(moment, marks.decimals))
        self._paint_loop(painter)
        self._paint_neutral(painter)

    def _in_sight(self, moments: Sequence[float], width: float) -> dict[int, float]:
        """Moments, by their place, whose mark of some width reaches into what is being painted."""
        axis, seen = self.axis(), self.exposed
        placed = {round(axis.x_of(moment)): moment for moment in moments}
        return {x: moment for x, moment in placed.items() if seen.left() - width <= x <= seen.right() + 1}

    def _paint_loop(self, painter: QPainter) -> None:
        if self.state.loop is not None:
            left, right = (self.axis().x_of(self.state.time_of(frame)) for frame in self.state.loop)
            accent = QColor(theme.current().accent)
            painter.fillRect(QRectF(left, self.height() - 4, right - left, 3), accent)

    def _neutral(self) -> tuple[tuple[int, int], ...]:
        """Stretches of the neutral face: the one being drawn, else the marked one, else found ones."""
        if self._drawn_from is not None:
            return (self._stretch(self._drawn_from),)
        if self.state.neutral is not None:
            return (self.state.neutral,)
        return tuple((frame, frame + 1) for frame in self.state.found_neutral)

    def _stretch(self, origin: int) -> tuple[int, int]:
        return min(origin, self._drawn_to), max(origin, self._drawn_to) + 1

    def _paint_neutral(self, painter: QPainter) -> None:
        axis, colour = self.axis(), QColor(theme.current().muted)
        for start, stop in self._neutral():
            left, right = axis.x_of(self.state.time_of(start)), axis.x_of(self.state.time_of(stop))
            painter.fillRect(QRectF(left, 0, max(right - left, 1.0), 3), colour)

    def hover_text(self, place: QPointF) -> str:
        """Time and frame, and whether the face is taken as neutral there."""
        told = super().hover_text(place)
        frame = self.state.frame_at(self.axis().time_of(place.x()))
        if not any(start <= frame < stop for start, stop in self._neutral()):
            return told
        how = self.tr("marked") if self.state.neutral is not None else self.tr("found")
        return self.tr("{place} · neutral face ({how})").format(place=told, how=how)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek; with Shift, begin to mark the neutral face."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shift and event.button() == Qt.MouseButton.LeftButton and event.position().x() >= GUTTER:
            self._drawn_from = self._drawn_to = self._frame_under(event)
            self.update()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub, or draw the neutral face on."""
        if self._drawn_from is None:
            super().mouseMoveEvent(event)
        else:
            self._drawn_to = self._frame_under(event)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End scrubbing; a stretch that was drawn is the neutral face, a single frame a slip."""
        origin, self._drawn_from = self._drawn_from, None
        super().mouseReleaseEvent(event)
        if origin is not None:
            self.update()
            if origin != self._drawn_to:
                self.neutral_marked.emit(*self._stretch(origin))

    def _frame_under(self, event: QMouseEvent) -> int:
        axis = self.axis()
        return self.state.frame_at(min(max(axis.time_of(event.position().x()), axis.start), axis.stop))

    def paint_playhead(self, painter: QPainter) -> None:
        """Draw the line with a handle."""
        super().paint_playhead(painter)
        if self.state.n_frames:
            x = math.floor(self.playhead_rect().left()) + 1
            handle = [(-_HANDLE_PX, 0), (_HANDLE_PX, 0), (_HANDLE_PX, 8), (0, 14), (-_HANDLE_PX, 8)]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().accent))
            painter.drawPolygon(QPolygonF([QPointF(x + dx, dy) for dx, dy in handle]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
