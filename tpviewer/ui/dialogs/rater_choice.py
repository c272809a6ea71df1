"""Whose agreement is shown: the reference, who is compared with it, and what counts as the same event."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from tpviewer.core.rater_agreement import TOLERANCE
from tpviewer.core.rater_tracks import MACHINE
from tpviewer.ui import theme
from tpviewer.ui.language import tr

if TYPE_CHECKING:
    from tpviewer.importing.rated_videos import RatedVideos

_MOST_TOLERANCE = 250


class RaterChoice(QWidget):
    """Offers every rater that can be compared with somebody.

    Parameters
    ----------
    reviewer : str
        The reference at first.
    parent : QWidget, optional

    Signals
    -------
    changed()
        The user chose something else.
    """

    changed = Signal()

    def __init__(self, reviewer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reviewer = reviewer
        self._rated: RatedVideos | None = None
        self.reference, self.other = QComboBox(self), QComboBox(self)
        self.tolerance = QSpinBox(self)
        self._build()
        self.reference.currentIndexChanged.connect(self._reference_chosen)
        self.other.currentIndexChanged.connect(self.changed)
        self.tolerance.valueChanged.connect(self.changed)

    @property
    def chosen(self) -> tuple[str, str, int]:
        """Reference, other and tolerance; empty names where there are none."""
        return (
            self.reference.currentData() or "",
            self.other.currentData() or "",
            self.tolerance.value(),
        )

    def offer(self, rated: "RatedVideos | None") -> None:
        """Offer those who can be compared, the reviewer first chosen."""
        self._rated = rated
        pairs = rated.pairs() if rated is not None else ()
        raters = rated.raters() if rated is not None else ()
        usable = [name for name in raters if any(name in pair for pair in pairs)]
        with QSignalBlocker(self.reference):
            self.reference.clear()
            for name in usable:
                self.reference.addItem(rater_words(name), name)
            mine = self.reference.findData(self._reviewer)
            self.reference.setCurrentIndex(max(mine, 0) if usable else -1)
        self._fill_others()
        for field in (self.reference, self.other, self.tolerance):
            field.setEnabled(bool(usable))

    def _build(self) -> None:
        self.tolerance.setRange(0, _MOST_TOLERANCE)
        self.tolerance.setValue(TOLERANCE)
        self.tolerance.setSuffix(self.tr(" frames"))
        self.tolerance.setPrefix("± ")
        for box in (self.reference, self.other):
            box.setPlaceholderText("–")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumWidth(14 * theme.SPACE)
        self._name_for_readers()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        words = (self.tr("Reference"), self.tr("against it"), self.tr("Same event within"))
        for text, field in zip(words, (self.reference, self.other, self.tolerance), strict=True):
            row.addWidget(QLabel(text, self))
            row.addWidget(field)
        row.addStretch(1)

    def _name_for_readers(self) -> None:
        theme.name_for_readers(
            self.reference,
            self.tr("Reference"),
            self.tr("Taken as the truth for precision and recall; kappa and F1 do not depend on it"),
        )
        theme.name_for_readers(self.other, self.tr("Compared with the reference"))
        theme.name_for_readers(
            self.tolerance,
            self.tr("Tolerance of events"),
            self.tr("By how many frames onset and offset may differ"),
        )

    def _fill_others(self) -> None:
        chosen = self.reference.currentData()
        pairs = self._rated.pairs(chosen) if self._rated is not None and chosen else ()
        with QSignalBlocker(self.other):
            before = self.other.currentData()
            self.other.clear()
            for _, name in pairs:
                self.other.addItem(rater_words(name), name)
            wanted = [before, MACHINE, *(name for _, name in pairs)]
            places = [self.other.findData(name) for name in wanted if name]
            self.other.setCurrentIndex(next((place for place in places if place >= 0), -1))

    def _reference_chosen(self) -> None:
        self._fill_others()
        self.changed.emit()


def rater_words(rater: str) -> str:
    """Return what the window calls a rater."""
    return tr("Machine") if rater == MACHINE else rater
