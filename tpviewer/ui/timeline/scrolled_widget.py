"""A row of the timeline that holds lanes, which scroll where there is no room for all of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tpviewer.ui.timeline.time_widget import TimeWidget
from tpviewer.ui.viewer_state import ViewerState


class ScrolledWidget(TimeWidget):
    """Lanes with an offset.

    Signals
    -------
    scrolled()
        The height of all lanes, the height that is visible or the offset between them changed.
    """

    scrolled = Signal()

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._offset = 0

    @property
    def full_height(self) -> int:
        """Height of all lanes, pixels; overridden."""
        raise NotImplementedError

    @property
    def offset(self) -> int:
        """How far the lanes are scrolled down, pixels."""
        return self._offset

    def set_offset(self, offset: int) -> None:
        """Scroll, as far as there are lanes."""
        offset = max(0, min(offset, self.full_height - self.height()))
        if offset != self._offset:
            self._offset = offset
            self.scrolled.emit()
            self.update()
