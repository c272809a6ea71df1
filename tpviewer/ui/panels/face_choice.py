"""Which of several faces in a video is analysed."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tpviewer.store.snapshot import FaceTrack
from tpviewer.ui import theme
from tpviewer.ui.wording import clock

Thumbnails = Mapping[int, QImage] | Callable[[int], QImage | None]
"""Pictures of faces by track number; a missing one is drawn as an outline."""

_PICTURE = QSize(160, 120)
_COLUMNS = 3


class FaceChoice(QDialog):
    """A tile for each face; a click chooses it and closes the dialog.

    Parameters
    ----------
    tracks : tuple of FaceTrack
    thumbnails : mapping or callable
    chosen : int or None
        Track that is analysed now.
    times : (N,) ndarray of float64
        Presentation times of the video's frames, seconds.
    frame_size : (int, int)
        Width and height of the video, pixels.
    parent : QWidget, optional

    Signals
    -------
    chosen(int)
        Number of the track.
    """

    chosen = Signal(int)

    def __init__(
        self,
        tracks: tuple[FaceTrack, ...],
        thumbnails: Thumbnails,
        chosen: int | None,
        *,
        times: NDArray[np.float64],
        frame_size: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        picture = thumbnails if callable(thumbnails) else thumbnails.get
        self.tiles = {
            track.number: FaceTile(
                track, float(times[track.first]), frame_size, picture(track.number), track.number == chosen
            )
            for track in tracks
        }
        self._build()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Choose a face"))
        words = QLabel(
            self.tr(
                "Several faces were followed. One of them is analysed; another choice starts anew from it."
            ),
            self,
        )
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE)
        for place, face in enumerate(self.tiles.values()):
            face.clicked.connect(self._choose)
            grid.addWidget(face, place // _COLUMNS, place % _COLUMNS, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setColumnStretch(_COLUMNS, 1)
        scroll = QScrollArea(self)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (2 * theme.SPACE,))
        layout.setSpacing(theme.SPACE)
        layout.addWidget(words)
        layout.addWidget(scroll, 1)
        columns, rows = min(len(self.tiles), _COLUMNS), min(-(-len(self.tiles) // _COLUMNS), 2)
        tile = next(iter(self.tiles.values())).sizeHint() if self.tiles else QSize()
        step = theme.SPACE
        self.resize(
            max(2, columns) * (tile.width() + step) + 5 * step, rows * (tile.height() + step) + 10 * step
        )

    def set_thumbnail(self, number: int, image: QImage) -> None:
        """Show the picture of a face that has come later."""
        if number in self.tiles:
            self.tiles[number].set_image(image)

    def _choose(self, number: int) -> None:
        self.chosen.emit(number)
        self.accept()


class FaceTile(QFrame):
    """One face: picture, number, frames and first appearance.

    Signals
    -------
    clicked(int)
        Number of the track.
    """

    clicked = Signal(int)

    def __init__(
        self,
        track: FaceTrack,
        first_s: float,
        frame_size: tuple[int, int],
        image: QImage | None,
        chosen: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._track = track
        self._chosen = chosen
        self.picture = FacePicture(track.box, frame_size, image, self)
        name = self.tr("face {0}").format(track.number)
        title = QLabel(self.tr("{0} · analysed now").format(name) if chosen else name, self)
        title.setProperty("role", "title")
        facts = self.tr("{0} frames · first at {1}").format(track.frames, clock(first_s, 2))
        self.facts = QLabel(facts, self)
        self.facts.setFont(theme.tabular())
        self.facts.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (theme.SPACE,))
        layout.setSpacing(theme.SPACE // 2)
        for part in (self.picture, title, self.facts):
            layout.addWidget(part)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.name_for_readers(self, f"{title.text()}, {facts}", self.tr("Analyse this face"))

    def set_image(self, image: QImage) -> None:
        """Show a picture of the face."""
        self.picture.set_image(image)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose with the left button."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self._track.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter or Space."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self._track.number)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline the chosen face and the one with the focus in the accent."""
        super().paintEvent(event)
        if self._chosen or self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2 if self._chosen else 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class FacePicture(QWidget):
    """Picture of a face, or where its box lies in the frame while there is none."""

    def __init__(
        self,
        box: tuple[float, float, float, float],
        frame_size: tuple[int, int],
        image: QImage | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._box = box
        self._frame_size = frame_size
        self._image = image
        self.setFixedSize(_PICTURE)

    def set_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture as large as it fits, or the frame with the face's box."""
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is not None and not self._image.isNull():
            painter.drawImage(self._fitted(self._image.size()), self._image)
            return
        frame = self._fitted(QSize(*self._frame_size))
        scale = frame.width() / max(1, self._frame_size[0])
        x, y, width, height = (scale * value for value in self._box)
        painter.fillRect(frame, QColor(tones.canvas))
        painter.setPen(QPen(QColor(tones.muted), 1.5))
        painter.drawRect(QRectF(frame.x() + x, frame.y() + y, width, height))

    def _fitted(self, size: QSize) -> QRectF:
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        rect = QRectF(0, 0, fitted.width(), fitted.height())
        rect.moveCenter(QRectF(self.rect()).center())
        return rect
