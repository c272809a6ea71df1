"""What of the relevance is drawn: which maps, how much of them, how strongly. One row in the tool bar."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from tpviewer.ui import theme
from tpviewer.ui.viewer_state import OverlayMode, ViewerState

_MODES: tuple[OverlayMode, ...] = ("top-x all", "top-x one", "signed")
_SLIDER, _SHORT_SLIDER = 120, 72


class OverlayBar(QWidget):
    """Mode, frame or prototype, X and opacity.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional
    """

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.mode = self._make_mode()
        self.prototype = self._make_prototype()
        self.x_slider = self._slider(
            1, _SLIDER, self.tr("X"), self.tr("Share of the positive relevance shown")
        )
        self.opacity = self._slider(0, _SHORT_SLIDER, self.tr("Opacity"), self.tr("Opacity of the overlay"))
        self.x_value = QLabel(self)
        self._lay_out()
        self.mode.activated.connect(lambda place: self._change(mode=_MODES[place]))
        self.prototype.toggled.connect(lambda on: self._change(prototype=on))
        self.x_slider.valueChanged.connect(lambda value: self._change(x=float(value)))
        self.opacity.valueChanged.connect(lambda value: self._change(opacity=value / 100))
        state.overlay_changed.connect(self._refresh)
        self._refresh()

    def _make_mode(self) -> QComboBox:
        box = QComboBox(self)
        texts = (self.tr("Top-X, all"), self.tr("Top-X, one"), self.tr("Signed, one"))
        tips = (
            self.tr("The strongest positive relevance of every active Action Unit"),
            self.tr("The strongest positive relevance of the chosen Action Unit"),
            self.tr("Evidence for (red) and against (blue) the chosen Action Unit"),
        )
        for text, tip in zip(texts, tips, strict=True):
            box.addItem(text)
            box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.name_for_readers(box, self.tr("Overlay"), self.tr("Which relevance is drawn over the frame"))
        return box

    def _make_prototype(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(self.tr("Prototype"))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self.tr("Draw the mean map of the look instead of this frame's own map")
        theme.name_for_readers(button, self.tr("Prototype"), tip)
        return button

    def _slider(self, least: int, width: int, name: str, tip: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(least, 100)
        slider.setFixedWidth(width)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.name_for_readers(slider, name, tip)
        return slider

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.x_value.setFont(theme.tabular())
        self.x_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.x_value.setMinimumWidth(self.x_value.fontMetrics().horizontalAdvance("100 %") + 2)
        for widget in (
            self.mode,
            self.prototype,
            self._caption(self.tr("X")),
            self.x_slider,
            self.x_value,
            self._caption(self.tr("Opacity")),
            self.opacity,
        ):
            row.addWidget(widget)

    def _caption(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        return label

    def _change(self, **changes: object) -> None:
        self._state.set_overlay(replace(self._state.overlay, **changes))  # type: ignore[arg-type]

    def _refresh(self) -> None:
        overlay = self._state.overlay
        self.mode.setCurrentIndex(_MODES.index(overlay.mode))
        for control in (self.prototype, self.x_slider, self.opacity):
            control.blockSignals(True)
        self.prototype.setChecked(overlay.prototype)
        self.x_slider.setValue(round(overlay.x))
        self.opacity.setValue(round(100 * overlay.opacity))
        for control in (self.prototype, self.x_slider, self.opacity):
            control.blockSignals(False)
        self.x_value.setText(f"{overlay.x:g} %")
        self.x_slider.setEnabled(overlay.mode != "signed")
