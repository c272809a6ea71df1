"""The frame at the playhead with the relevance that explains it."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tpviewer.core.overlay_image import SCALE, signed_overlay, top_x_overlay
from tpviewer.core.stages import stage_label
from tpviewer.store.snapshot import NO_FACE, Snapshot
from tpviewer.ui import theme
from tpviewer.ui.player.frame_paint import paint_box, paint_mesh, paint_pill, paint_tags
from tpviewer.ui.player.overlay_content import Drawn, OverlayContent
from tpviewer.ui.player.view_transform import View, overlay_transform
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.workers.frame_loader import LoadedFrame

_ZOOM_STEP = 1.2
_NOTCH = 120.0
_SQUARE_PIXELS_FROM = 4.0  # magnified so far, pixels are shown as squares


class FrameView(QWidget):
    """Paints one frame; the wheel zooms about the cursor, dragging pans, a double click shows all of it.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional

    Signals
    -------
    drawn_changed(tuple of Drawn)
        Other Action Units are drawn over the frame, or in another way.
    """

    drawn_changed = Signal(object)

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._content = OverlayContent(state)
        self._path: Path | None = None
        self._loaded: LoadedFrame | None = None
        self._image: QImage | None = None
        self._canvas = QImage()
        self._painted: object = None  # what the canvas holds
        self._drawn: tuple[Drawn, ...] = ()
        self._overlay: QImage | None = None
        self._view = View(QSizeF(), QSizeF())
        self._dragged_from: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        tip = self.tr("Wheel zooms, dragging moves, a double click shows the whole frame")
        self.setAccessibleName(self.tr("Frame of the video"))
        self.setAccessibleDescription(tip)
        state.document_changed.connect(self._change_document)
        for changed in (state.results_changed, state.overlay_changed, state.au_changed):
            changed.connect(self._renew_overlay)

    def set_frame(self, frame: LoadedFrame) -> None:
        """Show a frame."""
        self._loaded = frame
        self._take(frame.picture)
        self._renew_overlay()

    def set_preview(self, picture: NDArray[np.uint8]) -> None:
        """Show the first picture (H, W, 3) of a video of which nothing else is known yet."""
        self._loaded = None
        self._take(picture)
        self._renew_overlay()

    def fit(self) -> None:
        """Show the whole frame."""
        self._view = View(self._frame_size(), QSizeF(self.size()))
        self.update()

    @property
    def frame(self) -> LoadedFrame | None:
        """The frame that is shown, None while there is none."""
        return self._loaded

    @property
    def has_picture(self) -> bool:
        """True while a picture is shown, be it a preview."""
        return self._image is not None

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """Action Units that are drawn over the frame."""
        return self._drawn

    def to_window(self) -> QTransform:
        """From pixels of the frame, each covering [i, i + 1), to pixels of this widget."""
        return self._seen().transform

    def sizeHint(self) -> QSize:
        """Room for a frame."""
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        """As little as shows a face."""
        return QSize(200, 150)

    def _take(self, picture: NDArray[np.uint8] | None) -> None:
        self._painted = None
        if picture is None:
            self._image = None
            return
        pixels = np.ascontiguousarray(picture)
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)  # a copy: `pixels` may go

    def _change_document(self) -> None:
        """Clear the frame when another video is shown; knowing more of the same one keeps it."""
        video = self._state.video
        path = video.path if video else None
        another = path is not None and self._path is not None and path != self._path
        if another or (video is None and self._state.snapshot is None):
            self._loaded = None
            self._take(None)
            self.fit()
        self._path = path
        self._renew_overlay()

    def _renew_overlay(self) -> None:
        self._drawn = () if self._loaded is None else self._content.at(self._loaded)
        self._overlay = None
        self.update()
        self.drawn_changed.emit(self._drawn)

    def _frame_size(self) -> QSizeF:
        """Size of the picture, or of the one that is missing."""
        if self._image is not None:
            return QSizeF(self._image.size())
        video, snapshot = self._state.video, self._state.snapshot
        record = video or (snapshot.video if snapshot else None)
        return QSizeF(record.width, record.height) if record else QSizeF(1, 1)

    def _seen(self) -> View:
        """The view, after the frame or this widget changed its size."""
        frame, window = self._frame_size(), QSizeF(self.size())
        if self._view.frame != frame:
            self._view = View(frame, window)
        elif self._view.window != window:
            self._view = View(frame, window, self._view.zoom, self._view.centre)
        return self._view

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the overlay on it, and what is said about it."""
        painter = QPainter(self)
        painter.drawImage(0, 0, self._painted_frame())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._loaded is not None:
            self._paint_findings(painter, self._loaded)
        self._paint_notes(painter)

    def _painted_frame(self) -> QImage:
        """The frame at its size on the canvas; kept, so that the overlay can change quickly."""
        ratio = self.devicePixelRatioF()
        smooth = self._seen().scale < _SQUARE_PIXELS_FROM
        holds = (self._view, ratio, theme.current().name, smooth)
        if self._painted != holds:
            self._paint_canvas(ratio, smooth)
            self._painted = holds
        return self._canvas

    def _paint_canvas(self, ratio: float, smooth: bool) -> None:
        size = self.size() * ratio
        if self._canvas.size() != size:
            self._canvas = QImage(size, QImage.Format.Format_RGB32)
        self._canvas.setDevicePixelRatio(ratio)
        self._canvas.fill(QColor(theme.current().canvas))
        if self._image is not None:
            painter = QPainter(self._canvas)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.setTransform(self._view.transform)
            painter.drawImage(0, 0, self._image)
            painter.end()

    def _paint_findings(self, painter: QPainter, frame: LoadedFrame) -> None:
        chips, to_window = self._state.overlay.chips, self.to_window()
        face = self._face(frame.index)
        if "relevance" in chips:
            self._paint_overlay(painter, frame.index, to_window)
        if "mesh" in chips and frame.mesh is not None:
            paint_mesh(painter, frame.mesh, to_window)
        if face is None:
            return
        placed = to_window.mapRect(face)
        if "face box" in chips:
            paint_box(painter, placed)
        if "labels" in chips:
            paint_tags(painter, QRectF(self.rect()), placed, self._drawn)

    def _paint_overlay(self, painter: QPainter, index: int, to_window: QTransform) -> None:
        snapshot = self._state.snapshot
        if snapshot is None or index >= snapshot.frames:
            return
        to_frame = snapshot.crop_to_frame[index]
        if not np.isfinite(to_frame).all():
            return
        if self._overlay is None:
            self._overlay = self._composed()
        painter.save()
        painter.setTransform(overlay_transform(to_frame, SCALE) * to_window)
        painter.setOpacity(self._state.overlay.opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(0, 0, self._overlay)
        painter.restore()

    def _composed(self) -> QImage:
        """Overlay picture from what is drawn; an empty one if that is nothing."""
        maps = [(each.map, each.colour) for each in self._drawn if each.map is not None]
        if not maps:
            return QImage()
        if self._state.overlay.mode == "signed":
            pixels = signed_overlay(maps[0][0].relevance)
        else:
            pixels = top_x_overlay([(found.mass, colour) for found, colour in maps], self._state.overlay.x)
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)

    def _face(self, index: int) -> QRectF | None:
        """Box of the chosen face; whole numbers of its corners are pixel centres."""
        snapshot = self._state.snapshot
        if snapshot is None or index >= snapshot.frames or not np.isfinite(snapshot.box[index]).all():
            return None
        x, y, width, height = snapshot.box[index].tolist()
        return QRectF(x + 0.5, y + 0.5, width, height)

    def _paint_notes(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        stage = None if self._loaded is None else self._state.stage_at(self._loaded.index)
        if stage is not None and not stage.unseen and "labels" in self._state.overlay.chips:
            paint_pill(painter, area, stage_label(stage), at_top=True)
        note = self.note()
        if note:
            paint_pill(painter, area, note, at_top=False, muted=True)

    def note(self) -> str:
        """What there is to say about this frame; empty if nothing."""
        state, frame = self._state, self._loaded
        if frame is None:
            return ""
        if frame.picture is None and state.video is not None:
            return self.tr("Frame {0} cannot be decoded").format(frame.index)
        if frame.picture is None:
            return self.tr("The video is missing; its maps are shown")
        snapshot = state.snapshot
        if snapshot is None or frame.index >= snapshot.frames:
            return ""
        if snapshot.seen[frame.index] == NO_FACE:
            return self.tr("No face in this frame")
        if state.overlay.mode != "top-x all" and not state.au and "relevance" in state.overlay.chips:
            return self.tr("Choose an Action Unit to see its map")
        return self._kept_note(snapshot, frame.index)

    def _kept_note(self, snapshot: Snapshot, frame: int) -> str:
        """That a map, or its negative part, is missing because the session was not to keep it."""
        overlay, kept = self._state.overlay, snapshot.provenance.get("relevance_kept")
        if overlay.prototype or kept is None or "relevance" not in overlay.chips:
            return ""
        if any(each.map is None for each in self._drawn) and (
            frame % kept["every"] or kept["keep"] == "prototypes"
        ):
            return self.tr("The relevance maps of this frame were not kept; the prototypes of its looks were")
        if overlay.mode == "signed" and kept["keep"] == "top99" and frame % kept["every"]:
            return self.tr("Of this map only what speaks for the Action Unit was kept")
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the cursor."""
        notches = event.angleDelta().y() / _NOTCH
        self._view = self._seen().zoomed(_ZOOM_STEP**notches, event.position())
        self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan."""
        if self._dragged_from is not None:
            self._view = self._seen().moved(event.position() - self._dragged_from)
            self._dragged_from = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the frame."""
        self._dragged_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole frame."""
        self.fit()
