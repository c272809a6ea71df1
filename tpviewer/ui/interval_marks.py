"""Where an interval that is made with the keyboard begins, until its end is said."""

from PySide6.QtCore import QObject, Signal

from tpviewer.ui.viewer_state import ViewerState


class IntervalMarks(QObject):
    """The beginning of an interval of the chosen Action Unit; forgotten when another one is chosen.

    Parameters
    ----------
    state : ViewerState
    parent : QObject, optional

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start: int | None = None
        state.au_changed.connect(self.clear)
        state.document_changed.connect(self.clear)

    @property
    def start(self) -> int | None:
        """First frame, None while nothing is begun."""
        return self._start

    def begin(self, frame: int) -> None:
        """Begin an interval at a frame, or begin it anew."""
        if frame != self._start:
            self._start = frame
            self.changed.emit()

    def clear(self) -> None:
        """Forget it."""
        if self._start is not None:
            self._start = None
            self.changed.emit()
