"""Judgements of the reviewers over time, as rows to look at."""

from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from tpviewer.core.action_units import facial_order
from tpviewer.core.annotations import WHOLE_FACE, Annotation
from tpviewer.core.judgements import Judgement
from tpviewer.ui import theme
from tpviewer.ui.interval_marks import IntervalMarks
from tpviewer.ui.review_state import ReviewState
from tpviewer.ui.review_words import au_name
from tpviewer.ui.timeline.raster import look_colour
from tpviewer.ui.timeline.review_data import Heights, ReviewRow, rows_of
from tpviewer.ui.timeline.review_paint import BlockView, paint_block, paint_blocks
from tpviewer.ui.timeline.review_tip import judgement_tip, length_words
from tpviewer.ui.timeline.scrolled_widget import ScrolledWidget
from tpviewer.ui.timeline.time_widget import GUTTER, paint_name, small_font
from tpviewer.ui.viewer_state import ViewerState

Extent = Literal["none", "chosen", "all"]
"""Whose lanes are shown: none, those of the chosen Action Unit, or of every one that was judged."""


class ReviewView(ScrolledWidget):
    """One lane for the judgements of the present reviewer, thinner ones for others and for the whole face.

    Attributes
    ----------
    rows : tuple of ReviewRow
        From the top.

    Parameters
    ----------
    state : ViewerState
    review : ReviewState
    marks : IntervalMarks
    parent : QWidget, optional
    """

    def __init__(
        self, state: ViewerState, review: ReviewState, marks: IntervalMarks, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, parent)
        self.review, self.marks = review, marks
        self.rows: tuple[ReviewRow, ...] = ()
        self._extent: Extent = "chosen"
        self._au = ""
        self._bounds = np.zeros(1)
        self._room = 0
        self._preview: tuple[ReviewRow, Annotation] | None = None
        theme.name_for_readers(self, self.tr("Lanes of the judgements"))
        for signal in (review.changed, review.blind_changed, state.results_changed):
            signal.connect(self.refresh)
        for quiet in (review.selected_changed, marks.changed):
            quiet.connect(self._repaint)
        state.document_changed.connect(self._open)
        state.au_changed.connect(self._follow_au)
        state.playhead_changed.connect(self._draw_mark)
        self._open()

    @property
    def extent(self) -> Extent:
        """Which lanes are shown."""
        return self._extent

    def set_extent(self, extent: Extent) -> None:
        """Show other lanes."""
        self._extent = extent
        self.refresh()

    @property
    def wanted(self) -> bool:
        """There is an analysed video, and its judgements are not to be hidden."""
        return self._extent != "none" and self.state.snapshot is not None

    def _open(self) -> None:
        self._au = self.state.au
        self._bounds = np.append(self.state.times, self.state.end)
        self._offset = 0
        self.refresh()

    def _follow_au(self, au: str) -> None:
        if au:  # the lane of the last one stays while none is chosen, so that nothing jumps
            self._au = au
            self.refresh()

    def refresh(self) -> None:
        """Take what there is to show now."""
        judgements = self.review.judgements if self._extent != "none" else ()
        metrics = QFontMetrics(small_font())
        heights = Heights(own=metrics.height() + theme.SPACE, thin=metrics.height() + theme.SPACE // 2)
        every = self._extent == "all"
        self.rows = rows_of(judgements, self.review.reviewer, self._aus(judgements), heights, not every)
        self._fit()
        self.update()

    def _aus(self, judgements: tuple[Judgement, ...]) -> tuple[str, ...]:
        """Action Units that have a lane: last the chosen one, where there is nothing of it yet."""
        chosen = (self._au,)
        if self._extent != "all":
            return chosen
        judged = {one.annotation.au for one in judgements} - {WHOLE_FACE}
        rest = chosen if self._au and self._au not in judged else ()
        return (*facial_order(tuple(judged)), *rest) or chosen

    @property
    def full_height(self) -> int:
        """Height of all lanes, pixels."""
        return self.rows[-1].bottom if self.rows else 0

    def set_room(self, pixels: int) -> None:
        """Take no more height than this, but enough for one lane and that of the whole face."""
        self._room = pixels
        self._fit()

    def _fit(self) -> None:
        least = sum(row.height for row in self.rows[:2] if row.own)
        self.setFixedHeight(max(min(self.full_height, max(self._room, least)), 1))
        self.set_offset(self._offset)
        self.scrolled.emit()

    def row_at(self, y: float) -> ReviewRow | None:
        """Row at a height of the widget; of two that share it, the upper layer."""
        place = y + self._offset
        return next((row for row in reversed(self.rows) if row.top <= place < row.bottom), None)

    def row_rect(self, row: ReviewRow) -> QRect:
        """Where a row lies at this offset, gutter included."""
        return QRect(0, row.top - self._offset, self.width(), row.height)

    def judgement_at(self, place: QPointF) -> tuple[ReviewRow, Judgement] | None:
        """Judgement under a place, and its row."""
        frame = self.state.frame_at(self.axis().time_of(place.x()))
        for row in reversed(self.rows):
            if row.top <= place.y() + self._offset < row.bottom:
                found = row.at(frame)
                if found is not None:
                    return row, found
        return None

    def block_view(self) -> BlockView:
        """How blocks are drawn now."""
        return BlockView(
            axis=self.axis(),
            bounds=self._bounds,
            left=max(self.exposed.left(), GUTTER),
            right=self.exposed.right() + 1,
            flagged=self.review.flagged,
            selected=self.review.selected,
            font=small_font(),
        )

    def paint_content(self, painter: QPainter) -> None:
        """Draw the rows that are in sight, and over them what is being dragged."""
        view, shown = self.block_view(), theme.current()
        dragged = self._preview[1].key if self._preview is not None else ""
        for row in self.rows:
            rect = self.row_rect(row).adjusted(GUTTER, 0, 0, 0)
            if not rect.intersects(self.exposed):
                continue
            if row.lane != "speech":  # it lies upon the one of other reasons
                painter.fillRect(rect, QColor(shown.panel))
                painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), QColor(shown.line))
            paint_blocks(painter, row, view, self._offset, dragged)
        self._paint_invitations(painter)
        self._paint_mark(painter)
        self._paint_preview(painter, view)

    def _paint_invitations(self, painter: QPainter) -> None:
        """Say in empty lanes of one's own what can be done there."""
        painter.setFont(small_font())
        painter.setPen(QColor(theme.current().muted))
        empty_face = not any(row.judgements for row in self.rows if row.of_face and row.own)
        for row in self.rows:
            if row.own and not row.judgements and row.lane != "speech" and (empty_face or not row.of_face):
                room = self.row_rect(row).adjusted(GUTTER + theme.SPACE, 0, 0, 0)
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._invitation(row))

    def _invitation(self, row: ReviewRow) -> str:
        if row.of_face:
            return self.tr("Drag over speech, and over what cannot be scored")
        if not row.lane:
            return self.tr("Choose an Action Unit to judge it here")
        return self.tr("Drag over the frames in which {au} is present").format(au=row.lane)

    def _own_row(self) -> ReviewRow | None:
        return next((row for row in self.rows if row.own and row.lane == self.state.au), None)

    def _draw_mark(self) -> None:
        if self.marks.start is not None:
            self.update()

    def _paint_mark(self, painter: QPainter) -> None:
        """Show the beginning of an interval that is made with the keyboard, up to the playhead."""
        row, start = self._own_row(), self.marks.start
        if row is None or start is None:
            return
        view, rect, playhead = self.block_view(), self.row_rect(row), self.state.playhead
        left, right = view.x_of(min(start, playhead)), view.x_of(max(start, playhead) + 1)
        accent = QColor(theme.current().accent)
        painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left + 1, rect.top() + 2, max(right - left - 2, 1), rect.height() - 5))

    def _paint_preview(self, painter: QPainter, view: BlockView) -> None:
        """Draw what is being dragged, and in words where it lies."""
        if self._preview is None:
            return
        row, one = self._preview
        paint_block(painter, Judgement(one, "", "", 0.0, False, "", ""), self._preview_box(view), view, row)
        text = length_words(self.state, one.start, one.stop)
        metrics = QFontMetricsF(small_font())
        box, width = self._preview_box(view), metrics.horizontalAdvance(text) + theme.SPACE
        beside = box.right() + theme.SPACE
        left = beside if beside + width <= self.width() else max(box.left() - theme.SPACE - width, GUTTER)
        plate = QRectF(left, box.top(), width, box.height())
        painter.setBrush(QColor(theme.current().raised))
        painter.setPen(QPen(QColor(theme.current().accent), 1))
        painter.drawRect(plate)
        painter.setPen(QColor(theme.current().text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _preview_box(self, view: BlockView) -> QRectF:
        assert self._preview is not None
        return view.box(self._preview[1], self._preview[0], self._offset)

    def paint_gutter(self, painter: QPainter) -> None:
        """Name the rows that are in sight."""
        shown = theme.current()
        painter.fillRect(QRect(0, 0, GUTTER, self.height()), QColor(shown.panel))
        for row in self.rows:
            rect = self.row_rect(row).adjusted(0, 0, GUTTER - self.width(), 0)
            if row.lane == "speech" or not rect.intersects(self.rect()):
                continue
            painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), QColor(shown.line))
            if row.own and row.lane and not row.of_face:
                colour = shown.accent if row.lane == self.state.au else look_colour(row.lane)
                painter.fillRect(QRect(0, rect.top(), 3, rect.height() - 1), QColor(colour))
                paint_name(painter, rect, row.lane, "", self.tr("review"))
            else:
                self._write_small(painter, rect, self._small_name(row))

    def _small_name(self, row: ReviewRow) -> str:
        if not row.own:
            return row.reviewer
        return self.tr("Whole face") if row.of_face else self.tr("Review")

    def _write_small(self, painter: QPainter, rect: QRect, text: str) -> None:
        room = rect.adjusted(theme.SPACE, 0, -theme.SPACE // 2, 0)
        elided = QFontMetrics(small_font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(small_font())
        painter.setPen(QColor(theme.current().muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)

    def hover_text(self, place: QPointF) -> str:
        """Time and frame, and all that is said of the judgement under the mouse."""
        line, found = super().hover_text(place), self.judgement_at(place)
        if found is None:
            row = self.row_at(place.y())
            return f"{line}\n{self._invitation(row)}" if row is not None and row.own else line
        row, judgement = found
        lines = [line, judgement_tip(judgement, judgement.annotation.key in self.review.flagged, self.state)]
        if row.own:
            lines.append(self.tr("Drag moves it or its ends, with Alt past borders of stages"))
        return "\n".join([*lines, self.tr("Double click loops it")])

    def gutter_text(self, place: QPointF) -> str:
        """Whose judgements of what a row holds."""
        row = self.row_at(place.y())
        if row is None:
            return ""
        about = self.tr("whole face") if row.of_face else f"{row.lane} {au_name(row.lane)}".strip()
        return self.tr("Judgements by {reviewer}: {about}").format(reviewer=row.reviewer, about=about)
