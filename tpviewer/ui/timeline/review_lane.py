"""Judgements drawn and moved with the mouse."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QToolTip

from tpviewer.core.annotations import Annotation, new_key
from tpviewer.core.judgements import Judgement
from tpviewer.ui.timeline.review_data import ReviewRow
from tpviewer.ui.timeline.review_drag import Drag, Grip, Snapper, dragged, grip_at
from tpviewer.ui.timeline.review_menu import block_menu
from tpviewer.ui.timeline.review_view import ReviewView
from tpviewer.ui.timeline.time_widget import GUTTER

_OUTSIDE_PX = 3
"""So far beside a block its edge can still be grabbed, pixels."""

_LEAST_DRAG_PX = 4
"""A shorter move of the mouse is a click with an unsteady hand, pixels."""

_CURSORS: dict[Grip, Qt.CursorShape] = {
    "new": Qt.CursorShape.CrossCursor,
    "start": Qt.CursorShape.SizeHorCursor,
    "stop": Qt.CursorShape.SizeHorCursor,
    "whole": Qt.CursorShape.OpenHandCursor,
    "apex start": Qt.CursorShape.SplitHCursor,
    "apex stop": Qt.CursorShape.SplitHCursor,
}


@dataclass(frozen=True, eq=False)
class _Press:
    """A button that is held: where, on what, and what a drag from there would do."""

    place: QPointF
    row: ReviewRow
    drag: Drag


class ReviewLane(ReviewView):
    """Lanes of judgements in which the present reviewer draws, moves, stretches and changes.

    Signals
    -------
    placed(object)
        `Annotation` that was drawn or changed, once for each drag; it is to be put into its lane.
    removed(str)
        Key of one that is to be removed.
    """

    placed = Signal(object)
    removed = Signal(str)

    _press: _Press | None = None

    @property
    def dragging(self) -> Annotation | None:
        """What the drag in hand would lead to, None while there is none."""
        return self._preview[1] if self._preview is not None else None

    def snapper(self, free: bool = False) -> Snapper:
        """Where edges snap to now; only to frames where `free`."""
        return Snapper(self.axis(), self._bounds, self._borders() if not free else np.zeros(0, np.int64))

    def _borders(self) -> NDArray[np.int64]:
        """Borders of the shown stages, and the playhead."""
        results = self.state.results
        stages = results.stages[self.state.layer] if results is not None else ()
        edges = {self.state.playhead, *(stage.start for stage in stages), *(stage.stop for stage in stages)}
        return np.array(sorted(edges), np.int64)

    def own_at(self, place: QPointF) -> tuple[ReviewRow, Judgement] | None:
        """One's own judgement at a place, or just beside it."""
        for dx in (0, -_OUTSIDE_PX, _OUTSIDE_PX):
            found = self.judgement_at(place + QPointF(dx, 0))
            if found is not None and found[0].own:
                return found
        return None

    def _drag_from(self, place: QPointF, free: bool = False) -> _Press | None:
        """What a drag that begins at a place would do."""
        snap, found = self.snapper(free), self.own_at(place)
        if found is not None:
            one = found[1].annotation
            row, selected = found[0], one.key == self.review.selected
            upper = place.y() < self.row_rect(row).center().y()
            grip = grip_at(one, snap, place.x(), selected, upper)
            return _Press(place, row, Drag(grip, one, place.x() - snap.x_of(one.start)))
        empty = self._empty_row_at(place)
        if empty is None:
            return None
        origin = snap.edge(place.x())
        return _Press(place, empty, Drag("new", empty.blank(new_key(), origin, origin)))

    def _empty_row_at(self, place: QPointF) -> ReviewRow | None:
        """Row of one's own into which something new is drawn at a place."""
        if self.judgement_at(place) is not None:
            return None
        y = place.y() + self._offset
        return next((r for r in self.rows if r.own and r.lane and r.top <= y < r.bottom), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the mouse, and take hold of it; elsewhere seek."""
        place = event.position()
        if event.button() != Qt.MouseButton.LeftButton:
            self._cancel()
            return
        row = self.row_at(place.y())
        if place.x() < GUTTER:
            if row is not None and row.lane and not row.of_face:
                self.state.set_au(row.lane)
            return
        QToolTip.hideText()
        self._press = self._drag_from(place, _is_free(event))
        found = self.own_at(place) or self.judgement_at(place)
        if found is not None:
            self.review.select(found[1].annotation.key)
        elif self._press is None:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag on, or say with the cursor what a drag would do."""
        place = event.position()
        if self._press is None:
            self._show_grip(place)
            super().mouseMoveEvent(event)
        elif self._preview is not None or abs(place.x() - self._press.place.x()) >= _LEAST_DRAG_PX:
            moved = dragged(self._press.drag, self.snapper(_is_free(event)), place.x())
            self._preview = (self._press.row, moved)
            self.update()

    def _show_grip(self, place: QPointF) -> None:
        press = self._drag_from(place) if place.x() >= GUTTER else None
        self.setCursor(_CURSORS[press.drag.grip] if press is not None else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag with one change; a click seeks, and lets go of what was chosen elsewhere."""
        super().mouseReleaseEvent(event)
        press, preview = self._press, self.dragging
        self._cancel()
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if preview is None:
            self._click(press)
        elif preview != press.drag.before:
            self.placed.emit(preview)

    def _click(self, press: _Press) -> None:
        frame, one = self.state.frame_at(self.axis().time_of(press.place.x())), press.drag.before
        if press.drag.grip == "new":
            self.review.select("")
        else:
            frame = min(max(frame, one.start), one.stop - 1)
        self.state.set_playhead(frame)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Loop the judgement, or stop looping it."""
        found = self.judgement_at(event.position()) if event.position().x() >= GUTTER else None
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._loop(found[1].annotation)

    def _loop(self, one: Annotation) -> None:
        frames = (one.start, one.stop)
        self.state.set_loop(None if self.state.loop == frames else frames)

    def _cancel(self) -> None:
        """Forget the drag in hand."""
        self._press = None
        if self._preview is not None:
            self._preview = None
            self.update()

    def _open(self) -> None:
        self._cancel()
        super()._open()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the drag in hand."""
        self._cancel()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels a drag, or lets go of what is chosen or begun."""
        if event.key() == Qt.Key.Key_Escape and self._press is not None:
            self._cancel()
        elif event.key() == Qt.Key.Key_Escape and (self.review.selected or self.marks.start is not None):
            self.marks.clear()
            self.review.select("")
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the lanes over their names, otherwise zoom or pan."""
        if event.position().x() < GUTTER:
            self.set_offset(self._offset - round(event.angleDelta().y() / 120 * self.rows[0].height))
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of what is under the mouse, with the keyboard that of the chosen one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        found = self.own_at(QPointF(event.pos())) if by_mouse else None
        one = found[1].annotation if found is not None else None if by_mouse else self.review.selection
        if one is not None:
            self.review.select(one.key)
            where = event.globalPos() if by_mouse else self.mapToGlobal(self._place_of(one))
            self.menu_of(one).popup(where)

    def menu_of(self, one: Annotation) -> QMenu:
        """Menu of one of the reviewer's own judgements; it deletes itself when it is closed."""
        menu = block_menu(
            one, self.placed.emit, lambda: self._loop(one), lambda: self.removed.emit(one.key), self
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _place_of(self, one: Annotation) -> QPoint:
        shown = (row for row in self.rows if row.own and one in (j.annotation for j in row.judgements))
        row = next(shown, self.rows[0])
        x = min(max(self.snapper().x_of(one.start), GUTTER), self.width())
        return QPoint(round(x), self.row_rect(row).bottom())


def _is_free(event: QMouseEvent) -> bool:
    """With Alt held, borders of stages and the playhead are not felt."""
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
