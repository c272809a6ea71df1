"""Patterns with their labels as tags and their support as a bar."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tpviewer.ui import theme
from tpviewer.ui.library.library_model import Index
from tpviewer.ui.library.pattern_model import (
    LABEL,
    LIFT,
    PATTERN,
    PATTERN_ROLE,
    SHARE_ROLE,
    SUPPORT,
    PatternModel,
    Q,
)
from tpviewer.ui.library.tile_delegate import key_tags
from tpviewer.ui.panels.tags import paint_tag

_GAP = 4
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PatternTable(QTableView):
    """The chosen pattern is looked for in the library.

    Signals
    -------
    pattern_chosen(object)
        `FoundPattern` that is chosen, with a click or with the arrow keys.
    """

    pattern_chosen = Signal(object)

    def __init__(self, model: PatternModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegateForColumn(PATTERN, _TagDelegate(self))
        self.setItemDelegateForColumn(SUPPORT, _BarDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(_LEFT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit()
        model.modelReset.connect(self._fit)
        self.selectionModel().currentRowChanged.connect(self._choose)
        theme.name_for_readers(self, self.tr("Patterns"), "")

    def _fit(self) -> None:
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 2 * theme.SPACE)
        header.setSectionResizeMode(PATTERN, QHeaderView.ResizeMode.Stretch)
        for column, widest in (
            (SUPPORT, "9999 · 100% "),
            (LABEL, "happiness 99/99 "),
            (LIFT, "99.9 "),
            (Q, "< 0.001 "),
        ):
            self.setColumnWidth(column, metrics.horizontalAdvance(widest) + 2 * theme.SPACE)
            self.setColumnHidden(column, column >= LABEL and not self._model.labelled)

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.pattern_chosen.emit(index.data(PATTERN_ROLE))


class _TagDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint tags with arrows between the stages, as many as there is room for."""
        tones = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(option.rect)
        if chosen:
            painter.fillRect(option.rect, QColor(tones.accent))
        font = QFont(option.font)
        font.setPointSizeF(max(7.0, font.pointSizeF() - 1.0))
        painter.setFont(font)
        metrics, x = painter.fontMetrics(), option.rect.left() + theme.SPACE
        height = metrics.height() + _GAP
        top = option.rect.center().y() - height // 2
        for number, key in enumerate(index.data(PATTERN_ROLE).pattern.stages):
            if number:
                painter.setPen(QColor(tones.on_accent if chosen else tones.muted))
                arrow = metrics.horizontalAdvance("→ ") + _GAP
                painter.drawText(QRect(x, top, arrow, height), _LEFT, "→")
                x += arrow
            for tag in key_tags(key):
                wide = metrics.horizontalAdvance(tag.text) + 2 * _GAP
                paint_tag(painter, QRect(x, top, wide, height), tag)
                x += wide + _GAP // 2
            x += _GAP
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(30 * theme.SPACE, option.fontMetrics.height() + 2 * theme.SPACE)


class _BarDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the share of the sessions as a bar under its figures."""
        tones = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, QColor(tones.accent))
        inner = option.rect.adjusted(theme.SPACE, 0, -theme.SPACE, 0)
        painter.setPen(QColor(tones.on_accent if chosen else tones.text))
        painter.setFont(theme.tabular(option.font))
        painter.drawText(inner.adjusted(0, 0, 0, -_GAP), _LEFT, index.data(Qt.ItemDataRole.DisplayRole))
        track = QRect(inner.left(), option.rect.bottom() - 2 * _GAP, inner.width(), _GAP)
        painter.fillRect(track, QColor(tones.line))
        track.setWidth(round(track.width() * index.data(SHARE_ROLE)))
        painter.fillRect(track, QColor(tones.on_accent if chosen else tones.muted))
        painter.restore()
