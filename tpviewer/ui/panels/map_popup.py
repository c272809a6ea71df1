"""The relevance map of the frame under the mouse, beside the mouse."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tpviewer.ui import theme
from tpviewer.ui.panels.map_tile import PICTURE, MapPicture, signed_image

_AWAY = 2 * theme.SPACE


class MapPopup(QFrame):
    """A picture with a line of text, kept inside its parent; the mouse goes through it.

    Parameters
    ----------
    parent : QWidget
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.picture = MapPicture(PICTURE, self)
        self.text = QLabel(self)
        self.text.setFont(theme.tabular())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.text)
        self.hide()

    def wait_at(self, place: QPoint, text: str) -> None:
        """Show text and an empty face beside a place of the parent, until the map comes."""
        self.picture.set_image(None)
        self.text.setText(text)
        self.adjustSize()
        room = self._around.size() - self.size()
        x = place.x() + _AWAY if place.x() + _AWAY <= room.width() else place.x() - _AWAY - self.width()
        self.move(min(max(x, 0), max(room.width(), 0)), min(max(place.y(), 0), max(room.height(), 0)))
        self.raise_()
        self.show()

    def show_map(self, relevance: NDArray[np.float32]) -> None:
        """Show a signed map (H, W) in blue, white and red."""
        self.picture.set_image(signed_image(relevance))
