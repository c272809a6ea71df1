"""The whole video in one bar, with the visible range as a window to drag and to resize."""

from collections.abc import Hashable, Sequence
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from tpviewer.ui import theme
from tpviewer.ui.timeline.axis import TimeAxis
from tpviewer.ui.timeline.lane_data import Head, Lane, head_of, lanes_of
from tpviewer.ui.timeline.lane_image import Look, as_image, background
from tpviewer.ui.timeline.raster import Pixels, look_colour, pixel
from tpviewer.ui.timeline.time_widget import GUTTER, TimeWidget, paint_name
from tpviewer.ui.viewer_state import LEAST_VIEW_S, ViewerState
from tpviewer.ui.wording import clock

_GRIP_PX = 6
_LEAST_WINDOW_PX = 4

Grip = Literal["start", "stop", "whole", "seek"]
"""What a drag moves: an edge of the window, the whole window, or the playhead."""


class Overview(TimeWidget):
    """How much is active when, over all of the video."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._lanes: tuple[Lane, ...] = ()
        self._head: Head | None = None
        self._picture: tuple[Hashable, QImage] | None = None
        self._grip: Grip | None = None
        self._grabbed_at = 0.0
        self.setFixedHeight(4 * theme.SPACE)
        theme.name_for_readers(self, self.tr("Overview of the whole video"))
        state.results_changed.connect(self.refresh)
        state.document_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Take what the state shows now."""
        snapshot, state = self.state.snapshot, self.state
        self._lanes = lanes_of(snapshot, state.results, state.layer, state.au_order()) if snapshot else ()
        self._head = head_of(snapshot) if snapshot else None
        self._picture = None
        self.update()

    def axis(self) -> TimeAxis:
        """Axis of the whole video."""
        whole = max(self.state.end, LEAST_VIEW_S)
        return TimeAxis(0.0, whole, GUTTER, max(self.width() - GUTTER, 1))

    def window_rect(self) -> QRectF:
        """Where the visible range lies."""
        start, stop = self.state.view
        left, right = self.axis().x_of(start), self.axis().x_of(stop)
        return QRectF(left, 0, max(right - left, _LEAST_WINDOW_PX), self.height() - 1)

    def picture(self) -> QImage | None:
        """Picture of the whole video, drawn anew only when something in it changed."""
        if self._head is None:
            return None
        look = self.look(self.height())
        key = (self.state.end, look, theme.current().name)
        if self._picture is None or self._picture[0] != key:
            pixels = density_pixels(self._lanes, self._head, self.axis(), look)
            self._picture = (key, as_image(pixels, look.ratio))
        return self._picture[1]

    def paint_content(self, painter: QPainter) -> None:
        """Draw what is active when, and the visible range bright."""
        picture = self.picture()
        if picture is not None:
            painter.drawImage(QPointF(GUTTER, 0), picture)
        if not self.state.n_frames:
            return
        window, veil = self.window_rect(), QColor(theme.current().window)
        veil.setAlpha(150)
        painter.fillRect(QRectF(GUTTER, 0, window.left() - GUTTER, self.height()), veil)
        painter.fillRect(QRectF(window.right(), 0, self.width() - window.right(), self.height()), veil)
        painter.setPen(QPen(QColor(theme.current().accent), 1))
        painter.drawRect(window.adjusted(0.5, 0.5, -0.5, -0.5))
        for edge in (window.left(), window.right() - 3):
            painter.fillRect(QRectF(edge, 8, 3, self.height() - 17), QColor(theme.current().accent))

    def paint_gutter(self, painter: QPainter) -> None:
        """Name the bar."""
        row = self.rect().adjusted(0, 0, GUTTER - self.width(), 0)
        painter.fillRect(row, QColor(theme.current().panel))
        length = clock(self.state.end, 0) if self.state.n_frames else ""
        paint_name(painter, row, self.tr("Overview"), "", length)

    def grip_at(self, x: float) -> Grip:
        """What a drag that begins at a place moves; with all of the video in view it seeks."""
        window = self.window_rect()
        inside = min(_GRIP_PX, window.width() / 3)  # a narrow window can still be dragged by its middle
        if window.left() - _GRIP_PX <= x <= window.left() + inside:
            return "start"
        if window.right() - inside <= x <= window.right() + _GRIP_PX:
            return "stop"
        shows_all = self.state.view == (self.axis().start, self.axis().stop)
        return "seek" if shows_all else "whole"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grab an edge or the window; outside the window, bring it here."""
        x = event.position().x()
        if event.button() != Qt.MouseButton.LeftButton or x < GUTTER - _GRIP_PX:
            return
        self._grip = self.grip_at(x)
        start, stop = self.state.view
        moment = self.axis().time_of(x)
        if self._grip == "whole" and not start <= moment <= stop:
            self.state.set_view(moment - (stop - start) / 2, moment + (stop - start) / 2)
        self._grabbed_at = moment - self.state.view[0]
        if self._grip == "seek":
            self.seek(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what was grabbed; otherwise say with the cursor what can be."""
        x = event.position().x()
        if self._grip is None:
            at_edge = self.grip_at(x) in ("start", "stop")
            self.setCursor(Qt.CursorShape.SizeHorCursor if at_edge else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
        elif self._grip == "seek":
            self.seek(x)
        else:
            self._drag(self._grip, self.axis().time_of(x))

    def _drag(self, grip: Grip, moment: float) -> None:
        start, stop = self.state.view
        if grip == "start":
            self.state.set_view(min(max(moment, 0.0), stop - LEAST_VIEW_S), stop)
        elif grip == "stop":
            self.state.set_view(start, max(min(moment, self.axis().stop), start + LEAST_VIEW_S))
        else:
            begin = moment - self._grabbed_at
            self.state.set_view(begin, begin + stop - start)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom the visible range about its middle, whatever part of the video the cursor is over."""
        start, stop = self.state.view
        factor = 0.8 ** (event.angleDelta().y() / 120)
        middle, half = (start + stop) / 2, (stop - start) / 2 * factor
        self.state.set_view(middle - half, middle + half)
        event.accept()


def density_pixels(lanes: Sequence[Lane], head: Head, axis: TimeAxis, look: Look) -> Pixels:
    """Draw active Action Units above one another, each in its colour, as high as it is active."""
    edges = axis.edges(look.width)
    image = background(head.seen, edges, look)
    heights = np.cumsum([lane.blocks.active(edges)[1] for lane in reversed(lanes)], axis=0)
    if not len(lanes):
        return image
    scale = (look.height - look.px(6)) / max(float(heights.max()), 2.0)
    from_below = np.arange(look.height)[::-1, None] - look.px(2)
    for lane, height in zip(lanes, heights[::-1], strict=True):
        filled = (from_below >= 0) & (from_below < height * scale)
        image[filled] = pixel(look_colour(lane.au))
    return image
