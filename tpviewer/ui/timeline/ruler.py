"""The written time axis with the playhead's handle."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from tpviewer.ui import theme
from tpviewer.ui.timeline.axis import ticks
from tpviewer.ui.timeline.time_widget import GUTTER, TimeWidget, small_font
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import clock

_HANDLE_PX = 6
_WIDEST_TEXT = "0:00:00.000"


class Ruler(TimeWidget):
    """Time in minutes and seconds, as fine as the zoom; the looped stretch is marked."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.setFixedHeight(4 * theme.SPACE)
        theme.name_for_readers(self, self.tr("Time axis"))
        state.loop_changed.connect(self._repaint)

    def paint_content(self, painter: QPainter) -> None:
        """Draw ticks, times and the loop."""
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
