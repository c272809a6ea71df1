"""The Action Units of a stage with what the machine and the reviewer say of them."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from tpviewer.core.annotations import WHOLE_FACE
from tpviewer.ui import theme
from tpviewer.ui.panels.review_rows import ReviewRow
from tpviewer.ui.panels.tags import au_colour
from tpviewer.ui.review_words import annotation_words, au_name, lane_words, range_words
from tpviewer.ui.wording import WARNING_SIGN

_LEAST_ROWS = 4


class ReviewTable(QTableWidget):
    """One line for each Action Unit and judgement.

    Signals
    -------
    chosen(str, str)
        Action Unit (empty for the whole face) and key of the judgement (empty for none) of a line.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._rows: tuple[ReviewRow, ...] = ()
        self.setHorizontalHeaderLabels([self.tr("Action Unit"), self.tr("Machine"), self.tr("You")])
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, mode in enumerate(
            (QHeaderView.ResizeMode.ResizeToContents,) * 2 + (QHeaderView.ResizeMode.Stretch,)
        ):
            header.setSectionResizeMode(column, mode)
        self.setMinimumHeight(self._height())
        self.itemSelectionChanged.connect(self._choose)
        theme.name_for_readers(self, self.tr("Action Units and judgements here"), " ")

    def _height(self) -> int:
        line = max(3 * theme.SPACE, self.fontMetrics().height() + theme.SPACE)
        self.verticalHeader().setDefaultSectionSize(line)
        return (_LEAST_ROWS + 1) * line + theme.SPACE

    def sizeHint(self) -> QSize:
        """No higher than a few lines, so that all controls below are in sight in a low window."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    @property
    def rows(self) -> tuple[ReviewRow, ...]:
        """The lines."""
        return self._rows

    def show_rows(self, rows: tuple[ReviewRow, ...], blind: bool, au: str, key: str) -> None:
        """Show lines and choose that of a judgement, or else that of an Action Unit."""
        with QSignalBlocker(self):
            if rows != self._rows or blind != self.isColumnHidden(1):
                self._rows = rows
                self.setColumnHidden(1, blind)
                self.setRowCount(len(rows))
                for line, row in enumerate(rows):
                    self._fill(line, row)
            self._show_chosen(au, key)

    def _fill(self, line: int, row: ReviewRow) -> None:
        one = row.annotation
        name = lane_words(one) if one is not None else row.au
        first = QTableWidgetItem(name)
        if row.au != WHOLE_FACE:
            colour = au_colour(row.au, row.look or 0)
            first.setBackground(QBrush(QColor(colour)))
            first.setForeground(QBrush(QColor(theme.readable_on(colour))))
            first.setToolTip(f"{row.au} {au_name(row.au)}")
        machine = self.tr("look {0}").format(row.machine) if row.machine else "–"
        said = self.tr("not modelled") if not row.modelled else machine
        said = "" if row.au == WHOLE_FACE else said
        judged = QTableWidgetItem(self._judged(row))
        judged.setToolTip(self._tip(row))
        for column, item in enumerate((first, QTableWidgetItem(said), judged)):
            self.setItem(line, column, item)

    def _judged(self, row: ReviewRow) -> str:
        one = row.annotation
        if one is None:
            return self.tr("not judged yet")
        sign = f"{WARNING_SIGN} " if row.changed else ""
        return sign + annotation_words(one) + (" ✎" if one.note else "")

    def _tip(self, row: ReviewRow) -> str:
        one = row.annotation
        if one is None:
            return ""
        lines = [range_words(one.start, one.stop), annotation_words(one), one.note]
        if row.changed:
            lines.append(self.tr("The machine's result has changed since this was judged."))
        return "\n".join(filter(None, lines))

    def _show_chosen(self, au: str, key: str) -> None:
        of_key = (i for i, row in enumerate(self._rows) if row.annotation and row.annotation.key == key)
        of_au = (i for i, row in enumerate(self._rows) if row.au == au and au)
        line = next(of_key, next(of_au, -1))
        if line < 0:
            self.clearSelection()
            self.setCurrentCell(-1, -1)
        else:
            self.selectRow(line)

    def _choose(self) -> None:
        line = self.currentRow()
        if self.selectedItems() and 0 <= line < len(self._rows):
            row = self._rows[line]
            self.chosen.emit(row.au, row.annotation.key if row.annotation is not None else "")
