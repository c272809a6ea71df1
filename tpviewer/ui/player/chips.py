"""Toggles of what is drawn over the frame."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tpviewer.ui import theme
from tpviewer.ui.viewer_state import Chip, ViewerState


class LayerChips(QWidget):
    """One chip a layer: relevance, face box, mesh, labels.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional
    """

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        self.buttons: dict[Chip, QPushButton] = {}
        for chip, text, tip in self._texts():
            button = QPushButton(text, self)
            button.setProperty("chip", True)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            theme.name_for_readers(button, text, tip)
            button.toggled.connect(lambda on, chip=chip: self._set(chip, on))
            self.buttons[chip] = button
            row.addWidget(button)
        state.overlay_changed.connect(self._refresh)
        self._refresh()

    def _texts(self) -> tuple[tuple[Chip, str, str], ...]:
        return (
            ("relevance", self.tr("Relevance"), self.tr("Show what the model looked at")),
            ("face box", self.tr("Face box"), self.tr("Show the face that is analysed")),
            ("mesh", self.tr("Mesh"), self.tr("Show the points of the face mesh")),
            ("labels", self.tr("Labels"), self.tr("Show the names of Action Units and of the stage")),
        )

    def _set(self, chip: Chip, on: bool) -> None:
        chips = self._state.overlay.chips
        self._state.set_overlay(replace(self._state.overlay, chips=chips | {chip} if on else chips - {chip}))

    def _refresh(self) -> None:
        for chip, button in self.buttons.items():
            button.setChecked(chip in self._state.overlay.chips)
