"""Asks which Action Units take part in an analysis, and from which probability on they are active."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tpviewer.core.action_units import ACTION_UNITS, REGIONS, facial_order
from tpviewer.ui import theme
from tpviewer.ui.dialogs.neutral_row import NeutralRow
from tpviewer.ui.icons import icon
from tpviewer.ui.wording import share

LEAST_THRESHOLD, MOST_THRESHOLD = 0.05, 0.95
_NAME, _NOTE, _THRESHOLD, _DEFAULT = range(4)
_UNITS = {unit.label: unit for unit in ACTION_UNITS}
_OTHER = "other"


@dataclass(frozen=True)
class AnalysisChoice:
    """What the user wants.

    Attributes
    ----------
    aus : tuple of str or None
        Action Units that take part, in the model's order; None for all.
    thresholds : dict of str to float
        Those that differ from the model's own.
    neutral : (int, int) or None
        Half-open range of frames that is marked as the neutral face.
    """

    aus: tuple[str, ...] | None = None
    thresholds: dict[str, float] = field(default_factory=dict)
    neutral: tuple[int, int] | None = None


class AnalysisDialog(QDialog):
    """Action Units by region of the face, each with its threshold.

    Parameters
    ----------
    aus : sequence of str
        Action Units of the model, in its order.
    defaults : mapping of str to float
        Thresholds of the model's card.
    chosen : collection of str or None
        Action Units that take part now; None for all.
    thresholds : mapping of str to float
        Thresholds that were changed before.
    experimental : collection of str
        Action Units that should not be relied on.
    profile : str
        Profile that is shown, which decides what a threshold means.
    parent : QWidget, optional
    frames : int
        Frames of the video where the model compares with a neutral face, else 0.
    neutral : (int, int) or None
        Half-open range of frames that is marked as the neutral face now.
    """

    def __init__(
        self,
        aus: tuple[str, ...],
        defaults: Mapping[str, float],
        chosen: Collection[str] | None = None,
        thresholds: Mapping[str, float] | None = None,
        experimental: Collection[str] = (),
        profile: str = "steady",
        parent: QWidget | None = None,
        frames: int = 0,
        neutral: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(parent)
        self._aus = aus
        self._defaults = dict(defaults)
        self.tree = QTreeWidget(self)
        self.items: dict[str, QTreeWidgetItem] = {}
        self.spins: dict[str, QDoubleSpinBox] = {}
        self.resets: dict[str, QToolButton] = {}
        self.summary = QLabel(self)
        self.neutral = NeutralRow(frames, neutral, self)
        self.neutral.setVisible(frames > 0)
        both = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        self.buttons = QDialogButtonBox(both, self)
        self._build(profile)
        self._fill(set(aus if chosen is None else chosen), thresholds or {}, set(experimental))
        self.tree.itemChanged.connect(self._show_summary)
        self._show_summary()

    def _build(self, profile: str) -> None:
        self.setWindowTitle(self.tr("Action Units and thresholds"))
        self.resize(640, 640)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.tree.setColumnCount(4)
        self.tree.setHeaderLabels(
            [self.tr("Action Unit"), "", self.tr("Active from"), self.tr("Model's own")]
        )
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_NOTE, _THRESHOLD, _DEFAULT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        theme.name_for_readers(self.tree, self.tr("Action Units and their thresholds"), "")
        note = QLabel(self._note(profile), self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(note)
        layout.addLayout(self._shortcuts())
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.neutral)
        layout.addWidget(self.summary)
        layout.addWidget(self.buttons)

    def _note(self, profile: str) -> str:
        meaning = (
            self.tr(
                "The steady profile switches an Action Unit on .10 over its threshold and off .10 under it."
            )
            if profile == "steady"
            else self.tr("The paper profile takes an Action Unit as active at or over its threshold.")
        )
        return self.tr(
            "Only chosen Action Units are explained and take part in stages. {0} "
            "Only what a change touches is computed again."
        ).format(meaning)

    def _shortcuts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        for text, act in (
            (self.tr("All"), partial(self._check_all, True)),
            (self.tr("None"), partial(self._check_all, False)),
            (self.tr("Reset thresholds"), self._reset_all),
        ):
            button = QPushButton(text, self)
            button.clicked.connect(lambda _=False, do=act: do())
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _fill(self, chosen: set[str], thresholds: Mapping[str, float], experimental: set[str]) -> None:
        regions: dict[str, QTreeWidgetItem] = {}
        names = {
            "brow": self.tr("Brow"),
            "lids": self.tr("Lids"),
            "nose": self.tr("Nose"),
            "cheeks": self.tr("Cheeks"),
            "lips": self.tr("Lips"),
            "jaw": self.tr("Jaw"),
            _OTHER: self.tr("Other"),
        }
        ordered = facial_order(self._aus)
        for region in (*REGIONS, _OTHER):
            members = [au for au in ordered if _region(au) == region]
            if not members:
                continue
            regions[region] = self._region_item(names[region])
            for au in members:
                self._add(au, regions[region], au in chosen, au in experimental)
                self._add_threshold(au, thresholds.get(au, self._defaults[au]))
        self.tree.expandAll()

    def _region_item(self, name: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [name])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        font = item.font(_NAME)
        font.setBold(True)
        item.setFont(_NAME, font)
        return item

    def _add(self, au: str, region: QTreeWidgetItem, chosen: bool, experimental: bool) -> None:
        name = _UNITS[au].name if au in _UNITS else ""
        item = QTreeWidgetItem(region, [f"{au}  {name}"])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_NAME, Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        if experimental:
            item.setText(_NOTE, self.tr("experimental"))
            item.setForeground(_NOTE, QColor(theme.current().warning))
            tip = self.tr(
                "The model knows this Action Unit badly, by its own measurement: do not rely on it alone"
            )
            item.setToolTip(_NOTE, tip)
        self.items[au] = item

    def _add_threshold(self, au: str, value: float) -> None:
        spin = QDoubleSpinBox(self)
        spin.setRange(LEAST_THRESHOLD, MOST_THRESHOLD)
        spin.setSingleStep(0.05)
        spin.setDecimals(2)
        spin.setLocale(QLocale.c())
        spin.setFont(theme.tabular())
        spin.setValue(value)
        theme.name_for_readers(spin, self.tr("Threshold of {0}").format(au))
        reset = QToolButton(self)
        reset.setText(share(self._defaults[au]))
        reset.setIcon(icon("undo"))
        reset.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        reset.setFont(theme.tabular())
        reset.setProperty("flat", True)
        theme.name_for_readers(
            reset, self.tr("Reset {0} to the model's threshold of {1}").format(au, share(self._defaults[au]))
        )
        reset.clicked.connect(lambda: spin.setValue(self._defaults[au]))
        spin.valueChanged.connect(self._show_summary)
        self.spins[au], self.resets[au] = spin, reset
        self.tree.setItemWidget(self.items[au], _THRESHOLD, spin)
        self.tree.setItemWidget(self.items[au], _DEFAULT, reset)

    def choice(self) -> AnalysisChoice:
        """Return what the user wants."""
        chosen = tuple(au for au in self._aus if self._checked(au))
        changed = {au: round(self.spins[au].value(), 2) for au in self._aus if self._changed(au)}
        return AnalysisChoice(None if chosen == self._aus else chosen, changed, self.neutral.marked())

    def _checked(self, au: str) -> bool:
        return self.items[au].checkState(_NAME) is Qt.CheckState.Checked

    def _changed(self, au: str) -> bool:
        return abs(self.spins[au].value() - self._defaults[au]) > 0.005

    def _check_all(self, checked: bool) -> None:
        for item in self.items.values():
            item.setCheckState(_NAME, Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)

    def _reset_all(self) -> None:
        for au, spin in self.spins.items():
            spin.setValue(self._defaults[au])

    def _show_summary(self) -> None:
        chosen = sum(self._checked(au) for au in self._aus)
        changed = sum(self._changed(au) for au in self._aus)
        text = self.tr("{0} of {1} Action Units  ·  thresholds changed: {2}").format(
            chosen, len(self._aus), changed
        )
        self.summary.setText(text if chosen else self.tr("Choose at least one Action Unit."))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(chosen > 0)
        for au in self._aus:
            self.resets[au].setEnabled(self._changed(au))
            self.spins[au].setEnabled(self._checked(au))


def _region(au: str) -> str:
    return _UNITS[au].region if au in _UNITS else _OTHER
