"""Turn of the head and quality of the face over time."""

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from tpviewer.store.snapshot import NO_FACE, UNKNOWN
from tpviewer.ui import theme
from tpviewer.ui.timeline.columns import ColumnFrames, column_frames
from tpviewer.ui.timeline.lane_data import Head, head_of
from tpviewer.ui.timeline.lane_image import Look, as_image, background, curve
from tpviewer.ui.timeline.raster import Pixels, blend, pixel
from tpviewer.ui.timeline.time_widget import GUTTER, TimeWidget, paint_name, row_height
from tpviewer.ui.viewer_state import ViewerState

_WIDEST = 45.0
TURNED = 30.0
"""Yaw in degrees beyond which a face counts as turned away."""


class QualityLane(TimeWidget):
    """Yaw as a curve about the middle, quality as an area at the lower edge, turned stretches shaded."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._head: Head | None = None
        self._bounds = np.zeros(1)
        self._picture: tuple[Hashable, QImage] | None = None
        self.setFixedHeight(row_height() + theme.SPACE // 2)
        theme.name_for_readers(self, self.tr("Turn of the head and quality of the face"))
        state.results_changed.connect(self.refresh)
        state.document_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Take what the state shows now."""
        snapshot = self.state.snapshot
        self._head = head_of(snapshot) if snapshot else None
        self._bounds = snapshot.bounds if snapshot else np.zeros(1)
        self._picture = None
        self.update()

    def picture(self) -> QImage | None:
        """Picture of the visible range, drawn anew only when something in it changed."""
        if self._head is None:
            return None
        look = self.look(self.height())
        key = (self.state.view, look, theme.current().name)
        if self._picture is None or self._picture[0] != key:
            edges = self.axis().edges(look.width)
            pixels = head_pixels(self._head, column_frames(self._bounds, edges), edges, look)
            self._picture = (key, as_image(pixels, look.ratio))
        return self._picture[1]

    def paint_content(self, painter: QPainter) -> None:
        """Draw the curve."""
        picture = self.picture()
        if picture is not None:
            painter.drawImage(QPointF(GUTTER, 0), picture)

    def paint_gutter(self, painter: QPainter) -> None:
        """Name the lane."""
        row = self.rect().adjusted(0, 0, GUTTER - self.width(), 0)
        painter.fillRect(row, QColor(theme.current().panel))
        for edge in (row.adjusted(0, row.height() - 1, 0, 0), row.adjusted(0, 0, 0, 1 - row.height())):
            painter.fillRect(edge, QColor(theme.current().line))
        paint_name(painter, row, self.tr("Head, quality"), self.tr("yaw ±45°"))

    def hover_text(self, place: QPointF) -> str:
        """Time, frame, yaw and the parts of the quality."""
        line, snapshot = super().hover_text(place), self.state.snapshot
        frame = self.state.frame_at(self.axis().time_of(place.x()))
        if self._head is None or snapshot is None:
            return line
        seen = self._head.seen.at(self.state.time_of(frame))
        if seen in (None, UNKNOWN):
            words = self.tr("not analysed yet")
        elif seen == NO_FACE:
            words = self.tr("no face in this frame")
        else:
            words = self.tr("yaw {yaw:+.0f}° · detector {score:.2f} · sharpness {sharp:.2f}").format(
                yaw=self._head.yaw[frame], score=snapshot.score[frame], sharp=self._head.sharpness[frame]
            )
        return f"{line}\n{words}"

    def gutter_text(self, place: QPointF) -> str:
        """How to read the lane."""
        return self.tr(
            "Line: yaw, 0° in the middle, shaded beyond ±30°\n"
            "Area at the lower edge: detector's score times sharpness; high is good"
        )


def head_pixels(head: Head, frames: ColumnFrames, edges: NDArray[np.float64], look: Look) -> Pixels:
    """Draw the lane, (height, width).

    Parameters
    ----------
    head : Head
    frames : ColumnFrames
        Frames of the columns.
    edges : (width + 1,) float64
        Times of the columns' edges, seconds.
    look : Look

    Returns
    -------
    (height, width) uint32
    """
    shown = theme.current()
    image = background(head.seen, edges, look)
    low, high = frames.extent(head.yaw)
    with np.errstate(invalid="ignore"):
        turned = np.fmax(np.abs(low), np.abs(high)) > TURNED
    image[:, turned] = blend(image[:, turned], pixel(shown.unseen), 0.35)
    _draw_quality(image, frames.extent(head.quality)[0], look)
    top, bottom = look.px(3), look.height - look.px(13)
    middle = (top + bottom) // 2
    dashes = np.arange(look.width) % look.px(8) < look.px(4)
    image[middle, dashes] = pixel(shown.line)
    scaled = ((low / _WIDEST + 1) / 2, (high / _WIDEST + 1) / 2)
    curve(scaled, top, bottom).draw(image, pixel(shown.text), look.px(1), frames.crowded)
    image[: look.px(1)] = image[-look.px(1) :] = pixel(shown.line)
    return image


def _draw_quality(image: Pixels, quality: NDArray[np.float32], look: Look) -> None:
    bottom, height = look.height - look.px(1), look.px(11)
    rows = np.arange(look.height)[:, None]
    area = (rows < bottom) & (rows >= bottom - np.nan_to_num(quality) * height)
    area &= np.isfinite(quality)
    image[area] = blend(image, pixel(theme.current().muted), 0.45)[area]
