"""Bars of the Action Units, and what is to be known of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tpviewer.ui import theme
from tpviewer.ui.camera.bars import LiveBars
from tpviewer.ui.language import tr_problem
from tpviewer.workers.messages import EngineState, LiveSeen

if TYPE_CHECKING:
    from tpviewer.models.model_card import ModelCard


class LivePanel(QWidget):
    """The right column of the camera's window.

    Signals
    -------
    engine_requested()
        The engine that stopped is to be started again.

    Attributes
    ----------
    bars : LiveBars
    standing : QLabel
        What the bars are worth now, or why there are none.
    """

    engine_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars, self.standing = LiveBars(self), QLabel(self)
        self.again = QPushButton(self.tr("Start it again"), self)
        self._title = QLabel(self.tr("Action Units now"), self)
        self._card: ModelCard | None = None
        self._engine = EngineState.OFF
        self._problem, self._slow = "", False
        self._build()
        self.again.clicked.connect(lambda: self.engine_requested.emit())
        self._show_standing()

    def _build(self) -> None:
        self._title.setProperty("role", "title")
        self.standing.setWordWrap(True)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        holder = QWidget(area)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, theme.SPACE // 2, 0)
        inside.addWidget(self.bars)
        inside.addStretch(1)
        area.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self._title)
        column.addWidget(area, 1)
        column.addWidget(self.again)
        column.addWidget(self.standing)

    def set_card(self, card: "ModelCard") -> None:
        """Show the Action Units of a model."""
        self._card = card
        self.bars.set_model(card.aus, card.thresholds, card.experimental)
        self._show_standing()

    def set_problem(self, problem: str) -> None:
        """Say why there are no bars."""
        self._problem = problem
        self.bars.set_values(None)
        self._show_standing()

    def set_engine(self, state: EngineState, slow: bool) -> None:
        """Say what the engine does; `slow` while it analyses a video as well."""
        if (state, slow) != (self._engine, self._slow):
            self._engine, self._slow = state, slow
            if state is EngineState.CRASHED:
                self.bars.set_values(None)
            self._show_standing()

    def take(self, answer: LiveSeen) -> None:
        """Show what was seen in a picture."""
        if answer.problem != self._problem:
            self.set_problem(answer.problem)
        if not answer.problem:
            self.bars.set_values(answer.probabilities)

    def _show_standing(self) -> None:
        self.again.setVisible(self._engine is EngineState.CRASHED)
        role, text = "muted", self._usual()
        if self._problem:
            role, text = "danger", tr_problem(self._problem)
        elif self._engine is EngineState.CRASHED:
            role, text = "danger", self.tr("The analysis engine stopped. A recording is not touched by that.")
        elif self._engine in (EngineState.OFF, EngineState.LOADING) or self._card is None:
            text = self.tr("The model is being loaded …")
        elif self._slow:
            text = self.tr("A video is being analysed: the bars come more slowly until that is done.")
        self.standing.setText(text)
        if self.standing.property("role") != role:
            self.standing.setProperty("role", role)
            self.standing.style().unpolish(self.standing)
            self.standing.style().polish(self.standing)

    def _usual(self) -> str:
        text = self.tr("A preview of single pictures: the analysis of the recording decides.")
        if self._card is not None and self._card.channels == 2:
            text += " " + self.tr("It goes without this person's neutral face, which the analysis looks for.")
        return text
