"""How the cells of the inspector's table are painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tpviewer.ui import theme
from tpviewer.ui.panels.inspector_model import (
    COLUMN_AU,
    COLUMN_GROUNDING,
    COLUMN_LOOK,
    COLUMN_NAME,
    COLUMN_PROBABILITY,
    InspectorModel,
)
from tpviewer.ui.panels.inspector_rows import Region, Row
from tpviewer.ui.panels.tags import Tag, au_colour, paint_tag

ROW_HEIGHT = 3 * theme.SPACE
_BAR_HEIGHT = 8
_GAP = 4  # between a name and its tag


class InspectorDelegate(QStyledItemDelegate):
    """Paints probabilities as bars with the threshold as a tick, and looks as coloured tags.

    Parameters
    ----------
    model : InspectorModel
        Model of the table, and parent.
    """

    def __init__(self, model: InspectorModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Three spacing steps high, more where the type is large."""
        return QSize(40, max(ROW_HEIGHT, option.fontMetrics.height() + theme.SPACE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        entry = self._model.entries[index.row()]
        painter.save()
        if isinstance(entry, Region):
            self._paint_region(painter, option.rect, entry, index.column())
        elif isinstance(entry, Row):
            if option.state & QStyle.StateFlag.State_Selected:
                _paint_selection(painter, option.rect, index.column())
            self._paint_cell(painter, option, entry, index.column())
        painter.restore()

    def _paint_region(self, painter: QPainter, rect: QRect, region: Region, column: int) -> None:
        tones = theme.current()
        painter.fillRect(rect, QColor(tones.window))
        if column == COLUMN_AU:
            arrow = "▸" if region.folded else "▾"
            painter.setPen(QColor(tones.muted))
            painter.drawText(
                rect.adjusted(theme.SPACE // 2, 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter,
                f"{arrow}  {self._model.text(region, column)}",
            )

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, column: int) -> None:
        tones = theme.current()
        rect = option.rect.adjusted(theme.SPACE // 2, 0, -theme.SPACE // 2, 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        strong = row.active or selected or column == COLUMN_PROBABILITY
        painter.setPen(QColor(tones.text if strong else tones.muted))
        if column == COLUMN_AU:
            _paint_au(painter, rect, row)
        elif column == COLUMN_NAME:
            self._paint_name(painter, rect, row)
        elif column == COLUMN_PROBABILITY and row.chosen and row.modelled:
            self._model.bar_width = _paint_probability(painter, rect, row, self._model.text(row, column))
        elif column == COLUMN_LOOK:
            tag = self._model.look_tag(row)
            if tag is not None:
                paint_tag(painter, rect.adjusted(0, 3, 0, -3), tag)
        else:
            if column == COLUMN_GROUNDING and row.grounding is not None and row.grounding.elsewhere:
                painter.setPen(QColor(tones.warning))
            painter.setFont(_tabular(_small(option.font)))
            _draw_elided(painter, rect, self._model.text(row, column), Qt.AlignmentFlag.AlignRight)

    def name_width(self, font: QFont, row: Row) -> int:
        """Width of a cell in which a name, and the tag of an experimental one, can be read in whole."""
        tag = self._tag_width(font) + _GAP if row.experimental else 0
        return QFontMetrics(font).horizontalAdvance(row.name) + tag + theme.SPACE

    def _tag_width(self, font: QFont) -> int:
        return QFontMetrics(_small(font)).horizontalAdvance(self.tr("exp")) + theme.SPACE

    def _paint_name(self, painter: QPainter, rect: QRect, row: Row) -> None:
        if row.experimental:
            font = painter.font()
            painter.setFont(_small(font))
            text, width = self.tr("exp"), self._tag_width(font)
            place = QRect(rect.right() - width, rect.y() + 4, width, rect.height() - 8)
            paint_tag(painter, place, Tag(text))
            painter.setFont(font)
            rect = rect.adjusted(0, 0, -width - _GAP, 0)
        _draw_elided(painter, rect, row.name, Qt.AlignmentFlag.AlignLeft)


def _paint_selection(painter: QPainter, rect: QRect, column: int) -> None:
    """A pale accent, so that the colours of Action Units can still be told upon it."""
    accent = QColor(theme.current().accent)
    if column == COLUMN_AU:
        painter.fillRect(QRect(rect.x(), rect.y(), 2, rect.height()), accent)
    accent.setAlphaF(0.22)
    painter.fillRect(rect, accent)


def _paint_au(painter: QPainter, rect: QRect, row: Row) -> None:
    """The label behind a stripe in the Action Unit's colour, pale where it is not active."""
    stripe = QColor(au_colour(row.au, row.look or 0))
    stripe.setAlphaF(1.0 if row.active else 0.35)
    painter.fillRect(QRect(rect.x(), rect.y() + 4, 4, rect.height() - 8), stripe)
    font = QFont(_tabular(painter.font()))
    font.setBold(row.active)
    painter.setFont(font)
    painter.drawText(rect.adjusted(theme.SPACE, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, row.au)


def _paint_probability(painter: QPainter, rect: QRect, row: Row, text: str) -> int:
    """Paint bar, threshold and digits; return how long a full bar is."""
    tones = theme.current()
    font = _tabular(painter.font())
    painter.setFont(font)
    wide = _number_width(font)
    number = QRect(rect.right() - wide, rect.y(), wide, rect.height())
    painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    width = number.left() - rect.left() - 6
    bar = QRect(rect.left(), rect.center().y() - _BAR_HEIGHT // 2 + 1, width, _BAR_HEIGHT)
    painter.fillRect(bar, QColor(tones.line))
    if row.probability is not None:
        filled = QColor(au_colour(row.au, row.look or 0))
        filled.setAlphaF(1.0 if row.active else 0.55)
        painter.fillRect(QRect(bar.topLeft(), QSize(round(width * row.probability), _BAR_HEIGHT)), filled)
    if row.threshold is not None:
        x = bar.left() + round(width * row.threshold)
        painter.fillRect(QRect(x, bar.top() - 3, 2, _BAR_HEIGHT + 6), QColor(tones.text))
    return width


def _draw_elided(painter: QPainter, rect: QRect, text: str, side: Qt.AlignmentFlag) -> None:
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, fitting)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(7.0, 0.85 * font.pointSizeF()))
    return small


_tabulars: dict[str, QFont] = {}
_widths: dict[str, int] = {}


def _tabular(font: QFont) -> QFont:
    """Font with digits of one width, made once: twenty cells ask for it at every frame."""
    key = font.key()
    if key not in _tabulars:
        _tabulars[key] = theme.tabular(font)
    return _tabulars[key]


def _number_width(font: QFont) -> int:
    key = font.key()
    if key not in _widths:
        _widths[key] = QFontMetrics(font).horizontalAdvance("1.00")
    return _widths[key]
