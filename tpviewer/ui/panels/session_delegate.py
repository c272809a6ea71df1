"""Paints one session of the list: a picture, the name, and its state, length and day."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.panels.session_model import ENTRY_ROLE, PICTURE_ROLE, length_text, state_text
from tpviewer.ui.shelf import Entry

Index = QModelIndex | QPersistentModelIndex
_PAD = theme.SPACE
_PICTURE = 36  # pixels, or as high as the two lines
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SessionDelegate(QStyledItemDelegate):
    """Two lines beside a picture; without pictures the two lines alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        tones, entry = theme.current(), index.data(ENTRY_ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if chosen or hovered:
            painter.fillRect(option.rect, QColor(tones.accent if chosen else tones.raised))
        inner = option.rect.adjusted(_PAD, _PAD // 2, -_PAD, -_PAD // 2)
        if self.pictures:
            side = inner.height()
            self._paint_picture(painter, QRect(inner.left(), inner.top(), side, side), index)
            inner.setLeft(inner.left() + side + _PAD)
        lines = QRect(inner)
        lines.setHeight(_lines_height(option.font))
        lines.moveCenter(inner.center())
        self._paint_lines(painter, lines, entry, option.font, chosen)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, index: Index) -> None:
        tones, picture = theme.current(), index.data(PICTURE_ROLE)
        if isinstance(picture, QPixmap):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, picture)
        else:
            painter.fillRect(place, QColor(tones.canvas))
            side = place.height() // 2
            spot = QRect(0, 0, side, side)
            spot.moveCenter(place.center())
            icon("face", tones.muted).paint(painter, spot)

    def _paint_lines(self, painter: QPainter, rect: QRect, entry: Entry, font: QFont, chosen: bool) -> None:
        tones = theme.current()
        name, small = row_fonts(font)
        line = QFontMetrics(name).height()
        first, second = QRect(rect), QRect(rect)
        first.setHeight(line)
        second.setTop(rect.top() + line)
        painter.setFont(name)
        painter.setPen(QColor(tones.on_accent if chosen else tones.muted if entry.missing else tones.text))
        shown = QFontMetrics(name).elidedText(entry.name, Qt.TextElideMode.ElideMiddle, first.width())
        painter.drawText(first, _LEFT, shown)
        painter.setFont(small)
        self._paint_facts(painter, second, entry, chosen)

    def _paint_facts(self, painter: QPainter, rect: QRect, entry: Entry, chosen: bool) -> None:
        tones, metrics = theme.current(), painter.fontMetrics()
        tone = {"missing": tones.danger, "unfinished": tones.warning, "reviewed": tones.good}
        key = "queued" if entry.queued is not None else entry.state
        painter.setPen(QColor(tones.on_accent if chosen else tone.get(key, tones.muted)))
        state = state_text(entry)
        painter.drawText(rect, _LEFT, metrics.elidedText(state, Qt.TextElideMode.ElideRight, rect.width()))
        rest = rect.adjusted(metrics.horizontalAdvance(state), 0, 0, 0)
        today = entry.when.date() == datetime.now().date()
        facts = [length_text(entry.seconds), entry.when.strftime("%H:%M" if today else "%Y-%m-%d")]
        text = "".join(f"  ·  {fact}" for fact in facts if fact)
        painter.setPen(QColor(tones.on_accent if chosen else tones.muted))
        painter.drawText(rest, _LEFT, metrics.elidedText(text, Qt.TextElideMode.ElideRight, rest.width()))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text, or the picture."""
        lines = _lines_height(option.font)
        return QSize(120, (max(lines, _PICTURE) if self.pictures else lines) + _PAD)


def _lines_height(font: QFont) -> int:
    return sum(QFontMetrics(line).height() for line in row_fonts(font))


def row_fonts(font: QFont) -> tuple[QFont, QFont]:
    """Fonts of the first and of the second line of a row."""
    small = theme.tabular(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() - 1.5))
    return QFont(font), small
