"""The lowest line of the camera's window: what to mind before a recording, and what became of it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tpviewer.media.recorder import RecordingState
from tpviewer.ui import theme
from tpviewer.ui.camera.words import recorded_text
from tpviewer.ui.icons import icon
from tpviewer.ui.language import tr_problem


class ResultRow(QWidget):
    """A line of text, and the way to the analysis of the last recording.

    Signals
    -------
    analyse_requested(object)
        Path of the recording.

    Attributes
    ----------
    told : QLabel
    analyse : QPushButton
    """

    analyse_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told, self.analyse = QLabel(self), QPushButton(self.tr("Analyse now"), self)
        self._recorded: Path | None = None
        self.told.setWordWrap(True)
        self.analyse.setProperty("primary", True)
        self.analyse.setIcon(icon("analyse", theme.current().on_accent))
        policy = self.analyse.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it appears
        self.analyse.setSizePolicy(policy)
        self.analyse.clicked.connect(lambda: self.analyse_requested.emit(self._recorded))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.told, 1)
        row.addWidget(self.analyse)
        self.tell_consent()

    def tell_consent(self) -> None:
        """Say what holds before every recording."""
        self.analyse.hide()
        self.tell(
            "muted",
            self.tr("Record only people who have agreed to it. Pictures and sound stay on this computer."),
        )

    def tell_recorded(self, state: RecordingState) -> None:
        """Say what a recording holds, and why it ended if nobody ended it."""
        if not state.frames:
            self.tell(
                "warning", tr_problem(state.problem) or self.tr("Nothing was recorded: no picture came.")
            )
            return
        self._recorded = state.path
        self.analyse.show()
        if state.problem:
            self.tell("danger", f"{tr_problem(state.problem)}  {recorded_text(state)}")
        else:
            self.tell("warning" if state.refused else "", recorded_text(state))

    def tell(self, role: str, text: str) -> None:
        """Write a text in the colour of a role: ``muted``, ``warning``, ``danger`` or none."""
        self.told.setText(text)
        self.told.setProperty("role", role)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
