"""Agreement of two raters, one line for each Action Unit."""

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from tpviewer.core.rater_agreement import AuAgreement, Figure, RaterAgreement
from tpviewer.ui import theme
from tpviewer.ui.language import tr
from tpviewer.ui.panels.tags import au_colour
from tpviewer.ui.review_words import au_name
from tpviewer.ui.wording import share

PLOTTED = ("kappa", "f1", "precision", "recall", "icc", "event_f1")
"""Figures that can be chosen for the plot."""

_COLUMNS = ("kappa", "f1", "precision", "recall", "icc", "event_f1")
_AU, _FRAMES, _PRESENT, _EVENTS = 0, 1, 2 + len(_COLUMNS), 3 + len(_COLUMNS)


def figure_words(name: str) -> str:
    """Name of a figure."""
    return {
        "kappa": tr("Kappa"),
        "f1": tr("F1"),
        "precision": tr("Precision"),
        "recall": tr("Recall"),
        "icc": tr("ICC(3,1)"),
        "event_f1": tr("Event F1"),
    }[name]


def figure_meaning(name: str) -> str:
    """What a figure says."""
    return {
        "kappa": tr("Cohen's kappa: agreement on present and absent beyond chance; 1 is all, 0 is chance."),
        "f1": tr("F1 of presence in the frames."),
        "precision": tr("Share of the other's frames with it that the reference calls present too."),
        "recall": tr("Share of the reference's frames with it that the other calls present too."),
        "icc": tr("ICC(3,1) of the intensities, where both gave them; absent counts as 0."),
        "event_f1": tr("F1 of events whose onset and offset both lie within the tolerance."),
    }[name]


def interval_words(figure: Figure) -> str:
    """A figure with its 95 % interval, or alone where there is none."""
    if math.isnan(figure.low):
        return share(figure.value)
    return f"{share(figure.value)} [{share(figure.low)}, {share(figure.high)}]"


class AgreementTable(QTableWidget):
    """Figures of each Action Unit; kappa with its interval, the intervals of the others as tool tips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4 + len(_COLUMNS), parent)
        titles = [self.tr("AU"), self.tr("Frames"), *(figure_words(name) for name in _COLUMNS)]
        self.setHorizontalHeaderLabels([*titles, self.tr("Present"), self.tr("Events")])
        for column, name in enumerate(_COLUMNS, start=2):
            self._header_tip(column, figure_meaning(name))
        first = self.horizontalHeaderItem(_AU)
        if first is not None:
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._header_tip(_FRAMES, self.tr("Frames that both have scored."))
        self._header_tip(_PRESENT, self.tr("Share of frames that reference and other call present."))
        self._header_tip(_EVENTS, self.tr("Events of the reference, of the other, and pairs that match."))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFont(theme.tabular())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(7 * theme.SPACE)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        line = max(3 * theme.SPACE, self.fontMetrics().height() + theme.SPACE)
        self.verticalHeader().setDefaultSectionSize(line)
        theme.name_for_readers(self, self.tr("Agreement for each Action Unit"), " ")

    def show_agreement(self, found: RaterAgreement) -> None:
        """Show the figures of two raters."""
        self.setRowCount(len(found.aus))
        for line, one in enumerate(found.aus):
            self._fill(line, one)

    def _header_tip(self, column: int, tip: str) -> None:
        item = self.horizontalHeaderItem(column)
        if item is not None:
            item.setToolTip(tip)

    def _fill(self, line: int, one: AuAgreement) -> None:
        name = QTableWidgetItem(one.au)
        colour = au_colour(one.au)
        name.setBackground(QBrush(QColor(colour)))
        name.setForeground(QBrush(QColor(theme.readable_on(colour))))
        name.setToolTip(f"{one.au} {au_name(one.au)}")
        self.setItem(line, _AU, name)
        self._put(line, _FRAMES, f"{one.frames}")
        for column, key in enumerate(_COLUMNS, start=2):
            figure = one.figures[key]
            text = interval_words(figure) if key == "kappa" else share(figure.value)
            self._put(line, column, text, self._tip(key, one))
        sides = (one.figures[f"prevalence_{who}"].value for who in ("reference", "other"))
        self._put(line, _PRESENT, " / ".join(map(share, sides)))
        counts = (one.events_reference, one.events_other, one.events_matched)
        self._put(line, _EVENTS, " / ".join(map(str, counts)))

    def _tip(self, key: str, one: AuAgreement) -> str:
        figure = one.figures[key]
        lines = [f"{figure_words(key)} {interval_words(figure)}"]
        if key == "icc":
            lines.append(self.tr("Frames with two intensities: {0}").format(one.rated))
        if math.isnan(figure.value):
            lines.append(self.tr("Not defined here: too little was scored, or it never changes."))
        return "\n".join(lines)

    def _put(self, line: int, column: int, text: str, tip: str = "") -> None:
        item = QTableWidgetItem(text)
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(tip)
        self.setItem(line, column, item)
