"""Pictures of relevance maps, and the tile of one look."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tpviewer.core.relevance import bwr, mask_from_mass, mass_map
from tpviewer.store.results import ClusterSummary
from tpviewer.ui import theme
from tpviewer.ui.panels.tags import Tag, TagRow, au_colour
from tpviewer.ui.wording import share

PICTURE = 96
"""Side of a tile's picture, pixels."""

_FRONTAL = ((23.0, 37.0), (39.0, 38.0), (57.0, 38.0), (73.0, 37.0), (48.0, 60.0))
_FRONTAL_SIZE = 96.0


def signed_image(relevance: NDArray[np.float32]) -> QImage:
    """Blue-white-red picture of a signed map (H, W), which owns its pixels."""
    pixels = np.ascontiguousarray(bwr(relevance))
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def top_x_image(mass: NDArray[np.float32], x: float, colour: str) -> QImage:
    """Top-X projection of a mass map (H, W) in one colour upon nothing, which owns its pixels."""
    mask = mask_from_mass(mass, x)
    pixels = np.zeros(mask.shape, np.uint32)
    pixels[mask] = QColor(colour).rgba()
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def crop_points(card: Mapping[str, Any]) -> NDArray[np.float64]:
    """Corners of the eyes and the base of the nose in the crop, shares of its side, shape (5, 2).

    A card that names another set of points gets the default's: they only draw an outline.
    """
    points = np.asarray(card.get("crop", {}).get("targets", _FRONTAL), np.float64)
    size = np.asarray(card.get("input_size", (_FRONTAL_SIZE, _FRONTAL_SIZE)), np.float64)
    if points.shape != (5, 2) or size.shape != (2,):
        return np.asarray(_FRONTAL) / _FRONTAL_SIZE
    return points / size[::-1]


def paint_face(painter: QPainter, rect: QRectF, points: NDArray[np.float64]) -> None:
    """Paint the outline of a face, so that it can be seen where in the crop a map lies.

    Parameters
    ----------
    painter : QPainter
    rect : QRectF
        Place of the crop.
    points : (5, 2) float64
        As `crop_points` gives them.
    """
    tones = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, QColor(tones.canvas))
    painter.setClipRect(rect)
    painter.setPen(QPen(QColor(tones.unseen), 1.25))
    placed = [QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in points]
    left, right, nose = placed[0], placed[3], placed[4]
    eyes = right.x() - left.x()
    middle = QPointF((left.x() + right.x()) / 2, (left.y() + nose.y()) / 2)
    painter.drawEllipse(middle, 0.8 * eyes, 1.02 * eyes)
    for outer, inner in ((placed[0], placed[1]), (placed[3], placed[2])):
        centre, half = (outer + inner) / 2, abs(outer.x() - inner.x()) / 2
        painter.drawEllipse(centre, half, 0.45 * half)
    painter.drawLine(nose - QPointF(0.1 * eyes, 0), nose + QPointF(0.1 * eyes, 0))
    mouth = nose + QPointF(0, 0.36 * eyes)
    painter.drawLine(mouth - QPointF(0.24 * eyes, 0), mouth + QPointF(0.24 * eyes, 0))
    painter.restore()


class MapPicture(QWidget):
    """One picture upon the outline of a face, or the outline alone while the picture is awaited.

    Parameters
    ----------
    side : int
        Pixels.
    parent : QWidget, optional
    """

    def __init__(self, side: int = PICTURE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._points = crop_points({})
        self.setFixedSize(side, side)

    @property
    def image(self) -> QImage | None:
        """The picture, None while there is none."""
        return self._image

    def set_points(self, points: NDArray[np.float64]) -> None:
        """Draw the outline through other points, see `crop_points`."""
        self._points = points
        self.update()

    def set_image(self, image: QImage | None) -> None:
        """Show another picture or none."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the outline and the picture over it, its pixels as squares."""
        painter = QPainter(self)
        paint_face(painter, QRectF(self.rect()), self._points)
        if self._image is not None:
            painter.drawImage(self.rect(), self._image)


class LookTile(QFrame):
    """A look: its prototype as a Top-X projection, letter, frames, silhouette and medoid.

    A click or Space selects it, the medoid is a link.

    Signals
    -------
    clicked(int)
        Index of the look.
    frame_chosen(int)
        Its medoid frame.
    """

    clicked = Signal(int)
    frame_chosen = Signal(int)

    def __init__(self, au: str, index: int, summary: ClusterSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._summary = summary
        self._colour = au_colour(au, index)
        self._selected = False
        self._mass: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self.picture = MapPicture(parent=self)
        self.link = QLabel(self)
        self._build()
        name = self.tr("Look {0} of {1}, {2} frames").format(summary.letter, au, summary.frames)
        theme.name_for_readers(self, name, self.tr("Click to select this look for merging or splitting"))

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE // 2)
        tag = TagRow(1, self)
        tag.set_tags([Tag(self.tr("look {0}").format(self._summary.letter), self._colour)])
        layout.addWidget(tag)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for text, tip in self._facts():
            label = QLabel(text, self)
            label.setFont(theme.tabular())
            label.setProperty("role", "muted")
            label.setToolTip(tip)
            layout.addWidget(label)
        medoid = self._summary.medoid
        words = self.tr("frame {0}").format(medoid)
        self.link.setText(f'<a href="{medoid}">{words}</a>')
        self.link.setFont(theme.tabular())
        self.link.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        theme.name_for_readers(
            self.link,
            self.tr("Medoid frame {0}").format(medoid),
            self.tr("The frame whose map is most like the others of this look. Click to go there."),
        )
        self.link.linkActivated.connect(lambda target: self.frame_chosen.emit(int(target)))
        layout.addWidget(self.link)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        silhouette = share(self._summary.silhouette)
        return (
            (self.tr("{0} frames").format(self._summary.frames), self.tr("Frames with this look")),
            (
                self.tr("silhouette {0}").format(silhouette),
                self.tr("How clearly this look is set apart from the others: 1 clearly, 0 not at all"),
            ),
        )

    def set_prototype(self, prototype: NDArray[np.float32], points: NDArray[np.float64]) -> None:
        """Take the look's mean map (H, W) and the points of the face; `show_top` draws it."""
        self._mass = mass_map(prototype)
        self.picture.set_points(points)

    def show_top(self, x: float) -> None:
        """Show the mean map as a Top-X projection, X in percent."""
        self.picture.set_image(top_x_image(self._mass, x, self._colour) if self._mass.size else None)

    @property
    def selected(self) -> bool:
        """True while the look is chosen for merging or splitting."""
        return self._selected

    def set_selected(self, selected: bool) -> None:
        """Mark the look as chosen or not."""
        self._selected = selected
        self.update()

    @staticmethod
    def height_for(metrics: QFontMetrics) -> int:
        """Height of a tile in a font: the picture, its tag and three lines."""
        return PICTURE + 4 * metrics.height() + 5 * theme.SPACE

    def sizeHint(self) -> QSize:
        """As wide as its picture, text or not."""
        size = super().sizeHint()
        return QSize(max(PICTURE + 2 * theme.SPACE + 2, size.width()), size.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select with the left button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self._index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select with Space."""
        if event.key() == Qt.Key.Key_Space:
            self.clicked.emit(self._index)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline the tile in the accent while it is selected."""
        super().paintEvent(event)
        if self._selected:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
