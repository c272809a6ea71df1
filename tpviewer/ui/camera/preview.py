"""The camera's picture, with the face's box; mirrored if wanted, which changes nothing of a recording."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QWidget

from tpviewer.ui import theme
from tpviewer.ui.player.frame_paint import paint_box, paint_pill
from tpviewer.workers.camera import Picture

Box = tuple[float, float, float, float]


class CameraPreview(QWidget):
    """Shows the newest picture as large as it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._pixels: Picture | None = None
        self._box: Box | None = None
        self._mirrored = True
        self._note = self._recording = ""
        theme.name_for_readers(self, self.tr("Picture of the camera"), "")
        self.setToolTip("")

    @property
    def box(self) -> Box | None:
        """Box of the face, shares of the picture's width and height; as in the file, never mirrored."""
        return self._box

    @property
    def note(self) -> str:
        """What is written over the picture."""
        return self._note

    def set_picture(self, picture: Picture) -> None:
        """Show a picture, (H, W, 3) uint8 RGB, which must not change afterwards."""
        height, width = picture.shape[:2]
        self._pixels = picture  # an image does not keep its pixels alive
        self._image = QImage(picture.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self.update()

    def clear(self) -> None:
        """Show no picture."""
        self._image = self._pixels = self._box = None
        self.update()

    def set_box(self, box: Box | None) -> None:
        """Show where the face is: x, y, width and height as shares of the picture."""
        self._box = box

    def set_mirrored(self, mirrored: bool) -> None:
        """Show it like a mirror, or as others see it."""
        self._mirrored = mirrored
        self.update()

    def set_note(self, note: str) -> None:
        """Write a line over the lower edge of the picture; empty for none."""
        self._note = note
        self.update()

    def set_recording(self, text: str) -> None:
        """Write over the upper edge that it is recorded; empty where it is not."""
        self._recording = text
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a picture."""
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        """As little as shows a face."""
        return QSize(240, 180)

    def picture_rect(self) -> QRectF:
        """Where the picture lies in this widget."""
        area = QRectF(self.rect())
        if self._image is None:
            return area
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(area.center())
        return place

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, the box, and what is written over it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.current().canvas))
        if self._image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.picture_rect()
        self._paint_picture(painter, place)
        if self._box is not None:
            paint_box(painter, self._box_rect(place))
        if self._note:
            paint_pill(painter, place, self._note, at_top=False)
        if self._recording:
            self._paint_recording(painter, place)

    def _paint_picture(self, painter: QPainter, place: QRectF) -> None:
        assert self._image is not None
        painter.save()
        if self._mirrored:
            painter.setTransform(QTransform(-1, 0, 0, 1, place.left() + place.right(), 0))
        painter.drawImage(place, self._image)
        painter.restore()

    def _box_rect(self, place: QRectF) -> QRectF:
        assert self._box is not None
        x, y, width, height = self._box
        if self._mirrored:
            x = 1.0 - x - width
        return QRectF(
            place.left() + x * place.width(),
            place.top() + y * place.height(),
            width * place.width(),
            height * place.height(),
        )

    def _paint_recording(self, painter: QPainter, place: QRectF) -> None:
        painter.setFont(theme.tabular(painter.font()))
        pill = paint_pill(painter, place, f"    {self._recording}", at_top=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().danger))
        size = pill.height() * 0.4
        painter.drawEllipse(QRectF(pill.left() + theme.SPACE, pill.center().y() - size / 2, size, size))
