"""Where pixels of crop and frame lie in the player: zoom, pan, and the crop's place in the frame."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QTransform

MOST_ZOOM = 32.0


@dataclass(frozen=True)
class View:
    """What part of the frame is seen, and how large.

    Attributes
    ----------
    frame : QSizeF
        Size of the frame, pixels.
    window : QSizeF
        Size of the player, pixels.
    zoom : float
        1 shows the whole frame.
    centre : QPointF or None
        Place of the frame in the middle of the player; None for the frame's middle.
    """

    frame: QSizeF
    window: QSizeF
    zoom: float = 1.0
    centre: QPointF | None = None

    @property
    def scale(self) -> float:
        """Player pixels per frame pixel."""
        width, height = max(self.frame.width(), 1.0), max(self.frame.height(), 1.0)
        return self.zoom * min(self.window.width() / width, self.window.height() / height)

    @property
    def transform(self) -> QTransform:
        """From frame to player; a frame pixel i covers [i, i + 1)."""
        middle = self._kept_inside()
        transform = QTransform.fromTranslate(self.window.width() / 2, self.window.height() / 2)
        transform.scale(self.scale, self.scale)
        return transform.translate(-middle.x(), -middle.y())

    def zoomed(self, factor: float, about: QPointF) -> "View":
        """View with another zoom in which the place under `about` (player pixels) stays there."""
        zoom = min(max(self.zoom * factor, 1.0), MOST_ZOOM)
        place = self.transform.inverted()[0].map(about)
        new = replace(self, zoom=zoom)
        offset = (about - QPointF(self.window.width(), self.window.height()) / 2) / max(new.scale, 1e-9)
        new = replace(new, centre=place - offset)
        return replace(new, centre=new._kept_inside())

    def moved(self, by: QPointF) -> "View":
        """View with the frame moved by player pixels, as far as there is something to see."""
        new = replace(self, centre=self._kept_inside() - by / max(self.scale, 1e-9))
        return replace(new, centre=new._kept_inside())

    def _kept_inside(self) -> QPointF:
        middle = QPointF(self.frame.width(), self.frame.height()) / 2
        centre = middle if self.centre is None else self.centre
        return QPointF(
            _within(centre.x(), self.frame.width(), self.window.width() / max(self.scale, 1e-9)),
            _within(centre.y(), self.frame.height(), self.window.height() / max(self.scale, 1e-9)),
        )


def _within(centre: float, length: float, seen: float) -> float:
    """Centre of `seen` pixels that lie in `length` if they can, and in its middle otherwise."""
    return length / 2 if seen >= length else min(max(centre, seen / 2), length - seen / 2)


def overlay_transform(crop_to_frame: NDArray[np.float64], scale: int) -> QTransform:
    """From pixels of an overlay picture to the frame, both covering [i, i + 1).

    Parameters
    ----------
    crop_to_frame : ndarray of float64, shape (2, 3)
        Affine matrix in which whole numbers are pixel centres.
    scale : int
        Overlay pixels per crop pixel.
    """
    (a, b, x), (c, d, y) = crop_to_frame.tolist()
    half = 0.5
    return QTransform(
        a / scale, c / scale, b / scale, d / scale, x - half * (a + b) + half, y - half * (c + d) + half
    )
