"""Paints one stage of the library: its number and duration, its picture, and its labels."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tpviewer.core.stages import StageKey, pair_label
from tpviewer.ui import theme
from tpviewer.ui.library.library_model import CELL_ROLE, Cell, Index
from tpviewer.ui.panels.prototype_tiles import label_rows
from tpviewer.ui.panels.tags import Tag, au_colour, paint_tag

SIDE = 88
"""Side of a picture, pixels."""

LINES = 4
"""Lines of labels."""

_PAD = theme.SPACE // 2
_TAG_PAD = 4


def key_tags(key: StageKey) -> list[Tag]:
    """Tags of a set: one an Action Unit, or NONE."""
    return [Tag(pair_label(au, look), au_colour(au, max(look, 0))) for au, look in key] or [Tag("NONE")]


class TileDelegate(QStyledItemDelegate):
    """Stages of the pattern that is looked for are outlined in the accent."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; nothing where there is no stage."""
        cell = index.data(CELL_ROLE)
        tones = theme.current()
        painter.fillRect(option.rect, QColor(tones.panel))
        if not isinstance(cell, Cell):
            return
        painter.save()
        small, line = _small(option.font), _line(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect.adjusted(1, 1, -1, -1), QColor(tones.raised))
        inner = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        painter.setFont(small)
        _paint_facts(painter, QRect(inner.left(), inner.top(), SIDE, line), cell)
        picture = QRect(inner.left(), inner.top() + line, SIDE, SIDE)
        self._paint_picture(painter, picture, cell, bool(option.state & QStyle.StateFlag.State_HasFocus))
        small.setWeight(QFont.Weight.DemiBold)
        painter.setFont(small)
        _paint_labels(painter, picture.bottomLeft().x(), picture.bottom() + _PAD, inner.width(), cell)
        painter.restore()

    def _paint_picture(self, painter: QPainter, rect: QRect, cell: Cell, focused: bool) -> None:
        tones = theme.current()
        painter.fillRect(rect, QColor(tones.canvas))
        if cell.picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, cell.picture)
        strong = cell.in_hit or focused
        style = Qt.PenStyle.DashLine if focused and not cell.in_hit else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(tones.accent if strong else tones.line), 2 if strong else 1, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Size of every cell."""
        return cell_size(option.font)


def cell_size(font: QFont) -> QSize:
    """Size of a cell in a font."""
    line = _line(font)
    return QSize(SIDE + 2 * _PAD + 8, SIDE + line + LINES * (line + 2) + 3 * _PAD)


def _small(font: QFont) -> QFont:
    small = theme.tabular(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() - 1.5))
    return small


def _line(font: QFont) -> int:
    return QFontMetrics(_small(font)).height()


def _paint_facts(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """Number on the left, duration on the right."""
    tones = theme.current()
    painter.setPen(QColor(tones.accent if cell.in_hit else tones.muted))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, left, str(cell.row.sequence.numbers[cell.place] + 1))
    painter.setPen(QColor(tones.muted))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, right, f"{cell.seconds:.2f} s")


def _paint_labels(painter: QPainter, left: int, top: int, width: int, cell: Cell) -> None:
    metrics = painter.fontMetrics()
    for number, tags in enumerate(label_rows(key_tags(cell.stage.key), metrics, width, LINES)):
        x = left
        for tag in tags:
            wide = metrics.horizontalAdvance(tag.text) + 2 * _TAG_PAD
            height = metrics.height()
            paint_tag(painter, QRect(x, top + number * (height + 2), wide, height), tag)
            x += wide + 4
