"""What the library shows: label, pattern, letters, gaps, and how common a pattern has to be."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from tpviewer.core.errors import ParameterError
from tpviewer.core.pattern_query import parse_pattern
from tpviewer.core.stages import StageKey
from tpviewer.export.library import Letters
from tpviewer.ui import theme
from tpviewer.ui.language import tr_problem


class SearchRow(QWidget):
    """Controls; what they ask for is answered elsewhere.

    Signals
    -------
    rows_changed()
        Other sessions are to be shown.
    search_changed()
        Other patterns are to be found.
    """

    rows_changed = Signal()
    search_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.letters, self.words = QComboBox(self), QComboBox(self), QLineEdit(self)
        self.gaps, self.maximal = (
            QCheckBox(self.tr("With gaps"), self),
            QCheckBox(self.tr("Only largest"), self),
        )
        self.support, self.problem = QSpinBox(self), QLabel(self)
        self._pattern: tuple[StageKey, ...] = ()
        self._build()
        self._name_for_readers()
        self.label.currentIndexChanged.connect(lambda _: self.rows_changed.emit())
        self.words.textChanged.connect(self._read_words)
        for changed in (self.letters.currentIndexChanged, self.gaps.toggled, self.support.valueChanged):
            changed.connect(lambda _: self.search_changed.emit())

    def _build(self) -> None:
        self.words.setClearButtonEnabled(True)
        self.words.setPlaceholderText(self.tr("contains, for example AU04 then AU06_A"))
        self.words.setMinimumWidth(30 * theme.SPACE)
        self.support.setRange(1, 100)
        self.support.setValue(10)
        self.support.setSuffix(" %")
        self.problem.setProperty("role", "danger")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        left: tuple[QWidget | str, ...] = (self.tr("Label"), self.label, self.tr("Letters"), self.letters)
        right: tuple[QWidget | str, ...] = (self.tr("Patterns in at least"), self.support, self.maximal)
        for part in (*left, self.gaps, *right):
            row.addWidget(QLabel(part, self) if isinstance(part, str) else part)
        row.insertStretch(len(left) + 1, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE)
        grid.addWidget(self.words, 0, 0)
        grid.addLayout(row, 0, 1)
        grid.addWidget(self.problem, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.problem.hide()

    def _name_for_readers(self) -> None:
        theme.name_for_readers(self.label, self.tr("Label"), self.tr("Show only sessions of this label"))
        theme.name_for_readers(
            self.letters,
            self.tr("Letters"),
            self.tr("AU02_A of two sessions is the same look only with the letters of a corpus"),
        )
        theme.name_for_readers(
            self.words,
            self.tr("Sessions that contain a pattern"),
            self.tr("Action Units of a stage side by side, “then” or an arrow to the next stage"),
        )
        theme.name_for_readers(
            self.gaps, self.gaps.text(), self.tr("Other stages may lie between those of a pattern")
        )
        theme.name_for_readers(self.support, self.tr("Least share of sessions with a pattern"))
        theme.name_for_readers(
            self.maximal,
            self.maximal.text(),
            self.tr("Leave out patterns that are part of a larger one listed"),
        )

    def offer(self, labels: Sequence[str], joint: bool) -> None:
        """Offer the labels and letters that there are."""
        words: dict[Letters, str] = {
            "own": self.tr("each session's own"),
            "none": self.tr("none: co-occurrence"),
        }
        if joint:
            words = {"joint": self.tr("of the corpus"), **words}
        _fill(self.label, {None: self.tr("all"), **{label: label for label in labels}})
        _fill(self.letters, words)
        self.label.setEnabled(bool(labels))

    @property
    def chosen_label(self) -> str | None:
        """Label that is to be shown, None for all."""
        value = self.label.currentData()
        return None if value is None else str(value)

    @property
    def chosen_letters(self) -> Letters:
        """Letters that are to be shown."""
        value: Letters = self.letters.currentData() or "own"
        return value

    @property
    def pattern(self) -> tuple[StageKey, ...]:
        """Pattern that is looked for, empty for none; the last one that could be read."""
        return self._pattern

    def _read_words(self, text: str) -> None:
        try:
            pattern = parse_pattern(text)
        except ParameterError as error:
            self.problem.setText(tr_problem(str(error)))
            self.problem.show()
            return
        self.problem.hide()
        if pattern != self._pattern:
            self._pattern = pattern
            self.rows_changed.emit()


def _fill(box: QComboBox, choices: Mapping[Any, str]) -> None:
    """Offer other values by their words, without telling that another one is chosen."""
    box.blockSignals(True)
    box.clear()
    for value, text in choices.items():
        box.addItem(text, value)
    box.blockSignals(False)
