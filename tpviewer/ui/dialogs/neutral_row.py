"""Asks in which frames the face is neutral, or leaves that to the program."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from tpviewer.ui import theme

_FIRST_GUESS = 10


class NeutralRow(QWidget):
    """A switch and two frame numbers.

    Parameters
    ----------
    frames : int
        Frames of the video.
    marked : (int, int) or None
        Half-open range of frames that is marked now.
    parent : QWidget, optional
    """

    def __init__(self, frames: int, marked: tuple[int, int] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self.tr("The face is neutral from frame"), self)
        self.start, self.last = QSpinBox(self), QSpinBox(self)
        start, stop = marked or (0, min(_FIRST_GUESS, frames))
        for spin, value in ((self.start, start), (self.last, stop - 1)):
            spin.setRange(0, max(frames, stop, 1) - 1)
            spin.setValue(value)
            spin.setFont(theme.tabular())
        self.box.setChecked(marked is not None)
        self.box.setToolTip(
            self.tr("Every frame is compared with this stretch; without it the program looks for calm frames")
        )
        theme.name_for_readers(self.start, self.tr("First frame of the neutral face"))
        theme.name_for_readers(self.last, self.tr("Last frame of the neutral face"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        for part in (self.box, self.start, QLabel(self.tr("to"), self), self.last):
            row.addWidget(part)
        row.addStretch(1)
        self.box.toggled.connect(self._enable)
        self._enable(self.box.isChecked())

    def _enable(self, on: bool) -> None:
        self.start.setEnabled(on)
        self.last.setEnabled(on)

    def marked(self) -> tuple[int, int] | None:
        """Half-open range of the frames, in whichever order they were given; None for none."""
        if not self.box.isChecked():
            return None
        first, last = sorted((self.start.value(), self.last.value()))
        return first, last + 1
