"""The stages after review, with marks where they differ from the machine's."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from tpviewer.ui import theme
from tpviewer.ui.reviewed_result import ReviewedResult
from tpviewer.ui.timeline.stage_image import StageRow
from tpviewer.ui.timeline.stage_strip import StageStrip
from tpviewer.ui.timeline.time_widget import GUTTER, paint_name, small_font

if TYPE_CHECKING:  # it imports scipy, which would hold up the window
    from tpviewer.core.reviewed import Difference

ADDED, REMOVED = "▲", "▼"
_MARK_PX = 3
_ROOM_FOR_SIGNS = 4.0
"""Signs are drawn into a range that is so many times as wide: they must not cover a label."""


class ReviewedStrip(StageStrip):
    """Stages of the present reviewer; a line above is what was added, one below what was removed.

    Parameters
    ----------
    result : ReviewedResult
    parent : QWidget, optional
    """

    def __init__(self, result: ReviewedResult, parent: QWidget | None = None) -> None:
        self._result = result
        super().__init__(result.state, parent=parent)
        theme.name_for_readers(self, self.tr("Stages after review"))
        result.changed.connect(self.refresh)

    def _make_row(self) -> StageRow | None:
        stages = self._result.stages
        if not stages:
            return None
        bounds = np.append(self.state.times, self.state.end)
        edges = np.array([*(stage.start for stage in stages), stages[-1].stop], np.int64)
        nothing: frozenset[str] = frozenset()
        return StageRow(stages, bounds[np.minimum(edges, len(bounds) - 1)], (nothing,) * len(stages))

    def _why_empty(self) -> str:
        return self.tr("Nothing has been reviewed yet")

    def paint_content(self, painter: QPainter) -> None:
        """Draw the blocks, and over them where they differ from the machine's."""
        super().paint_content(painter)
        if self._row is None:
            return
        painter.setFont(small_font())
        for one in self._result.differences:
            left, right = (self._x_of(frame) for frame in (one.start, one.stop))
            if right >= self.exposed.left() and left <= self.exposed.right() + 1:
                self._mark(painter, QRectF(left, 0, max(right - left, 2.0), self.height() - 1), one)

    def _x_of(self, frame: int) -> float:
        return self.axis().x_of(self.state.time_of(frame))

    def _mark(self, painter: QPainter, span: QRectF, one: "Difference") -> None:
        shown = theme.current()
        signs = (ADDED if one.added else "") + (REMOVED if one.removed else "")
        if one.added:
            painter.fillRect(QRectF(span.left(), span.top(), span.width(), _MARK_PX), QColor(shown.text))
        if one.removed:
            bottom = QRectF(span.left(), span.bottom() - _MARK_PX, span.width(), _MARK_PX)
            painter.fillRect(bottom, QColor(shown.text))
        width = QFontMetricsF(painter.font()).horizontalAdvance(signs) + 4
        if span.width() >= _ROOM_FOR_SIGNS * width:
            plate = QRectF(span.right() - width, span.top() + _MARK_PX, width, span.height() - 3 * _MARK_PX)
            painter.fillRect(plate, QColor(shown.panel))
            painter.setPen(QColor(shown.text))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, signs)

    def paint_gutter(self, painter: QPainter) -> None:
        """Name the strip and whose review it shows."""
        row = self.rect().adjusted(0, 0, GUTTER - self.width(), 0)
        painter.fillRect(row, QColor(theme.current().panel))
        painter.fillRect(row.adjusted(0, row.height() - 1, 0, 0), QColor(theme.current().line))
        paint_name(painter, row, self.tr("Reviewed"), self._result.reviewer)

    def hover_text(self, place: QPointF) -> str:
        """The stage under the mouse, and what the reviewer added and removed there."""
        frame = self.state.frame_at(self.axis().time_of(place.x()))
        lines = [super().hover_text(place)]
        for one in self._result.differences:
            if one.start <= frame < one.stop:
                if one.added:
                    lines.append(self.tr("▲ added: {aus}").format(aus=", ".join(one.added)))
                if one.removed:
                    lines.append(self.tr("▼ removed: {aus}").format(aus=", ".join(one.removed)))
        return "\n".join(lines)

    def gutter_text(self, place: QPointF) -> str:
        """Which result the strip shows, and how its marks are read."""
        return self.tr(
            "Stages after the review by {reviewer}\n"
            "▲ and a line above: added by the reviewer · ▼ and a line below: removed"
        ).format(reviewer=self._result.reviewer)
