"""Bars of all Action Units of the model, live."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tpviewer.core.action_units import ACTION_UNITS, facial_order
from tpviewer.ui import theme
from tpviewer.ui.panels.tags import Tag, au_colour, paint_tag
from tpviewer.ui.wording import share

_NAMES = {unit.label: unit.name for unit in ACTION_UNITS}
_BAR = 8
_STRIPE = 4


class LiveBars(QWidget):
    """One row an Action Unit: name, bar with its threshold, probability.

    Parameters
    ----------
    parent : QWidget, optional
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._aus: tuple[str, ...] = ()
        self._order: tuple[int, ...] = ()
        self._thresholds: tuple[float, ...] = ()
        self._experimental: frozenset[str] = frozenset()
        self._values: NDArray[np.float32] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Action Units now"))

    @property
    def values(self) -> NDArray[np.float32] | None:
        """Probabilities that are shown, shape (K,), in the model's order; None where there are none."""
        return self._values

    @property
    def active(self) -> tuple[str, ...]:
        """Action Units at or over their threshold, from the brow down."""
        return tuple(self._aus[place] for place in self._order if self._is_active(place))

    def set_model(
        self, aus: Sequence[str], thresholds: Sequence[float], experimental: Sequence[str] = ()
    ) -> None:
        """Show the Action Units of a model, in its order, without values."""
        self._aus, self._thresholds = tuple(aus), tuple(thresholds)
        ranks = {au: rank for rank, au in enumerate(facial_order(self._aus))}
        self._order = tuple(sorted(range(len(self._aus)), key=lambda place: ranks[self._aus[place]]))
        self._experimental = frozenset(experimental)
        self._values = None
        self.setToolTip(
            self.tr(
                "The tick is the threshold. “exp”: the model knows this Action Unit badly, by its own"
                " measurement."
            )
        )
        self.updateGeometry()
        self.update()

    def set_values(self, values: NDArray[np.float32] | None) -> None:
        """Show probabilities, shape (K,); None for no face."""
        self._values = values
        told = ", ".join(self.active)
        if told != self.accessibleDescription():  # readers are told of every change
            self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(300, self._row_height() * max(len(self._aus), 1))

    def minimumSizeHint(self) -> QSize:
        """All rows; they are scrolled where there is no room."""
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all rows."""
        painter = QPainter(self)
        painter.setFont(theme.tabular(self.font()))
        height = self._row_height()
        widths = self._widths(painter.fontMetrics())
        for row, place in enumerate(self._order):
            self._paint_row(painter, QRectF(0, row * height, self.width(), height), place, widths)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + theme.SPACE

    def _is_active(self, place: int) -> bool:
        return self._values is not None and bool(self._values[place] >= self._thresholds[place])

    def _widths(self, metrics: QFontMetrics) -> tuple[float, float, float]:
        """Widths of label, name and number; a narrow widget has no names."""
        label = metrics.horizontalAdvance("AU00") + _STRIPE + 1.5 * theme.SPACE
        number = metrics.horizontalAdvance("1.00") + theme.SPACE
        name = min(0.45 * self.width(), 19.0 * theme.SPACE) if self.width() > 260 else 0.0
        return label, name, number

    def _paint_row(
        self, painter: QPainter, rect: QRectF, place: int, widths: tuple[float, float, float]
    ) -> None:
        tones, active, au = theme.current(), self._is_active(place), self._aus[place]
        label, name, number = widths
        stripe = QColor(au_colour(au))
        stripe.setAlphaF(1.0 if active else 0.35)
        painter.fillRect(QRectF(rect.left(), rect.top() + 4, _STRIPE, rect.height() - 8), stripe)
        font = QFont(painter.font())
        font.setBold(active)
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(tones.text if active else tones.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        left = rect.left() + _STRIPE + theme.SPACE / 2
        painter.drawText(QRectF(left, rect.top(), label, rect.height()), middle, au)
        painter.restore()
        if name:
            self._paint_name(
                painter, QRectF(rect.left() + label, rect.top(), name, rect.height()), au, active
            )
        bar = QRectF(
            rect.left() + label + name + theme.SPACE / 2,
            rect.center().y() - _BAR / 2,
            rect.width() - label - name - number - theme.SPACE / 2,
            _BAR,
        )
        self._paint_bar(painter, bar, place)
        painter.setPen(QColor(tones.text if active else tones.muted))
        text = "–" if self._values is None else share(float(self._values[place]))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, text)

    def _paint_name(self, painter: QPainter, rect: QRectF, au: str, active: bool) -> None:
        tones, metrics = theme.current(), painter.fontMetrics()
        if au in self._experimental:
            text = self.tr("exp")
            width = metrics.horizontalAdvance(text) + theme.SPACE
            place = QRectF(rect.right() - width, rect.top() + 4, width, rect.height() - 8)
            paint_tag(painter, place.toRect(), Tag(text))
            rect = rect.adjusted(0, 0, -width - 4, 0)
        painter.setPen(QColor(tones.text if active else tones.muted))
        shown = metrics.elidedText(_NAMES.get(au, ""), Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_bar(self, painter: QPainter, bar: QRectF, place: int) -> None:
        tones = theme.current()
        painter.fillRect(bar, QColor(tones.line))
        if self._values is not None:
            filled = QColor(au_colour(self._aus[place]))
            filled.setAlphaF(1.0 if self._is_active(place) else 0.55)
            share_of = QRectF(bar)
            share_of.setWidth(bar.width() * float(self._values[place]))
            painter.fillRect(share_of, filled)
        x = bar.left() + bar.width() * self._thresholds[place]
        painter.fillRect(QRectF(x, bar.top() - 3, 2, _BAR + 6), QColor(tones.text))
