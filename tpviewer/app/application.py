"""The one application object; on macOS a double click in the Finder comes to it as an event."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Hands on what the system asks it to open.

    Signals
    -------
    asked_for(object)
        Path of a video or a session.
    """

    asked_for = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Take a request for a file, and leave everything else to Qt."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked_for.emit(Path(event.file()))
            return True
        return super().event(event)
