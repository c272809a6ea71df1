"""The row of tiles of a temporal prototype; only the tiles that can be seen are painted."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from tpviewer.core.stages import Stage
from tpviewer.ui import theme
from tpviewer.ui.panels.map_tile import crop_points
from tpviewer.ui.panels.prototype_tiles import (
    LookImages,
    Tile,
    TileMetrics,
    fitted,
    label_rows,
    labels_of,
    paint_tile,
)

LEAST_SIDE, MIDDLE_SIDE, MOST_SIDE = 72, 104, 176
_MOST_LINES = 3
_GAP = 3 * theme.SPACE
_MARGIN = theme.SPACE


class TileStrip(QAbstractScrollArea):
    """Tiles from left to right with arrows between them.

    Signals
    -------
    stage_chosen(int)
        A tile was clicked.
    stage_doubled(int)
        A tile was clicked twice.
    scrolled_by_hand()
    """

    stage_chosen = Signal(int)
    stage_doubled = Signal(int)
    scrolled_by_hand = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self._seconds: NDArray[np.float64] = np.zeros(0)
        self._looks = LookImages({}, {}, 25.0)
        self._points = crop_points({})
        self._pictures: dict[int, QImage] = {}
        self._fitted: dict[int, QImage] = {}
        self._tip: Callable[[int], str] = lambda _: ""
        self._elsewhere: tuple[frozenset[str], ...] = ()
        self._current: int | None = None
        self._looped: int | None = None
        self._hovered: int | None = None
        self._message = ""
        self._sizes = TileMetrics(LEAST_SIDE, LEAST_SIDE, 1, 12)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, or the tiles would change their size when a longer prototype comes.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setMouseTracking(True)
        self.horizontalScrollBar().sliderPressed.connect(self.scrolled_by_hand)

    def set_stages(
        self,
        stages: Sequence[Stage],
        seconds: NDArray[np.float64],
        looks: LookImages,
        points: NDArray[np.float64],
        tip: Callable[[int], str],
        elsewhere: Sequence[frozenset[str]],
    ) -> None:
        """Show other stages, without pictures yet.

        Parameters
        ----------
        stages : sequence of Stage
        seconds : (stages,) float64
            Duration of each.
        looks : LookImages
        points : (5, 2) float64
            See `map_tile.crop_points`.
        tip : callable
            Makes the tool tip of a stage, by number.
        elsewhere : sequence of frozenset of str
            Action Units of each for which the network looks elsewhere.
        """
        self._stages, self._seconds = tuple(stages), seconds
        self._looks, self._points, self._tip = looks, points, tip
        self._elsewhere = tuple(elsewhere)
        self._pictures, self._fitted, self._hovered = {}, {}, None
        self._fit()

    def set_picture(self, number: int, picture: QImage) -> None:
        """Show the face of a stage."""
        self._pictures[number] = picture
        self._fitted.pop(number, None)
        self.viewport().update()

    def set_message(self, text: str) -> None:
        """Say something where there are no tiles."""
        self._message = text
        self.viewport().update()

    def set_x(self, x: float) -> None:
        """Draw another share of the positive relevance, percent."""
        self._looks.set_x(x)
        self.viewport().update()

    def set_current(self, number: int | None, into_view: bool) -> None:
        """Outline a tile, and scroll it into view if asked to."""
        if number is not None and into_view:
            self._show_tile(number)
        if number != self._current:
            self._current = number
            self.viewport().update()

    def set_looped(self, number: int | None) -> None:
        """Mark the tile whose stage is looped."""
        self._looped = number
        self.viewport().update()

    def visible_numbers(self) -> range:
        """Tiles that can be seen at least in part."""
        step, left = self._step(), self.horizontalScrollBar().value() - _MARGIN
        first = max(0, (left + _GAP) // step)
        last = (left + self.viewport().width()) // step
        return range(min(first, len(self._stages)), max(0, min(len(self._stages), last + 1)))

    def tile_at(self, place: QPoint) -> int | None:
        """Tile at a place in the viewport, None between tiles."""
        number, rest = divmod(place.x() + self.horizontalScrollBar().value() - _MARGIN, self._step())
        inside = rest < self.sizes().side and 0 <= place.y() - _MARGIN < self.sizes().height
        return number if inside and 0 <= number < len(self._stages) else None

    def tile_centre(self, number: int) -> QPoint:
        """Place in the viewport of the middle of a tile's picture."""
        sizes = self.sizes()
        return QPoint(
            self._left(number) + sizes.side // 2, _MARGIN + self.sizes().line + self.sizes().side // 2
        )

    def sizes(self) -> TileMetrics:
        """Sizes that fit the height of the viewport."""
        return self._sizes

    def _fitting_sizes(self) -> TileMetrics:
        line = QFontMetrics(self._font()).height()
        lines = self._label_lines(MIDDLE_SIDE + _GAP - theme.SPACE)
        free = self.viewport().height() - 2 * _MARGIN - TileMetrics(0, 0, lines, line).height
        side = max(LEAST_SIDE, min(MOST_SIDE, free))
        return TileMetrics(side, side + _GAP - theme.SPACE, lines, line)

    def _label_lines(self, width: int) -> int:
        """Lines that the longest label needs in tiles of middle size, the same for all so that they align."""
        metrics = QFontMetrics(self._font(bold=True))
        pairs = zip(self._stages, self._elsewhere, strict=True)
        longest = max(pairs, key=lambda pair: (len(pair[0].key), len(pair[1])), default=None)
        return 1 if longest is None else len(label_rows(labels_of(*longest), metrics, width, _MOST_LINES))

    def _font(self, bold: bool = False) -> QFont:
        font = theme.tabular(self.font())
        font.setPointSizeF(max(7.0, self.font().pointSizeF() - 1.5))
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _step(self) -> int:
        return self.sizes().side + _GAP

    def _left(self, number: int) -> int:
        return _MARGIN + number * self._step() - self.horizontalScrollBar().value()

    def _show_tile(self, number: int) -> None:
        bar, step = self.horizontalScrollBar(), self._step()
        left = number * step
        if left < bar.value():
            bar.setValue(left)
        elif left + step + _MARGIN > bar.value() + self.viewport().width():
            bar.setValue(left + step + _MARGIN - self.viewport().width())

    def _fit(self) -> None:
        sizes = self._fitting_sizes()
        if sizes.side != self._sizes.side:
            self._fitted.clear()
        self._sizes = sizes
        bar = self.horizontalScrollBar()
        whole = 2 * _MARGIN + len(self._stages) * self._step() - _GAP
        bar.setPageStep(self.viewport().width())
        bar.setSingleStep(self._step())
        bar.setRange(0, max(0, whole - self.viewport().width()) if self._stages else 0)
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """One small tile."""
        line = QFontMetrics(self._font()).height()
        small = TileMetrics(LEAST_SIDE, LEAST_SIDE, 2, line)
        return QSize(2 * LEAST_SIDE, small.height + 2 * _MARGIN + self.horizontalScrollBar().height())

    def sizeHint(self) -> QSize:
        """A row of tiles of a comfortable size."""
        line = QFontMetrics(self._font()).height()
        return QSize(5 * MOST_SIDE, TileMetrics(128, 128, 2, line).height + 2 * _MARGIN + 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tiles to the new height."""
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the tiles to another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles that can be seen and the arrows between them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(theme.current().panel))
        painter.setFont(self._font())
        if not self._stages:
            painter.setPen(QColor(theme.current().muted))
            wrap = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            around = self.viewport().rect().adjusted(_MARGIN, 0, -_MARGIN, 0)
            painter.drawText(around, wrap, self._message)
            return
        sizes = self.sizes()
        self._looks.set_size(sizes.side, self.devicePixelRatioF())
        for number in self.visible_numbers():
            left = self._left(number)
            tile = self._tile(number)
            paint_tile(painter, QPointF(left, _MARGIN), sizes, tile, self._looks, self._points)
            if number + 1 < len(self._stages):
                middle = _MARGIN + sizes.line + sizes.side // 2
                _paint_arrow(painter, left + sizes.side, middle)

    def _tile(self, number: int) -> Tile:
        return Tile(
            number=number,
            stage=self._stages[number],
            seconds=float(self._seconds[number]),
            picture=self._picture(number),
            elsewhere=self._elsewhere[number],
            current=number == self._current,
            looped=number == self._looped,
            hovered=number == self._hovered,
        )

    def _picture(self, number: int) -> QImage | None:
        """Picture in the size of the tile; made when it is first seen."""
        if number in self._pictures and number not in self._fitted:
            self._fitted[number] = fitted(self._pictures[number], self._sizes.side, self.devicePixelRatioF())
        return self._fitted.get(number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the stage that is clicked."""
        number = self.tile_at(event.position().toPoint())
        if number is not None and event.button() is Qt.MouseButton.LeftButton:
            self.stage_chosen.emit(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Say that a stage was clicked twice."""
        number = self.tile_at(event.position().toPoint())
        if number is not None and event.button() is Qt.MouseButton.LeftButton:
            self.stage_doubled.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Outline the tile under the cursor."""
        self._hover(self.tile_at(event.position().toPoint()))

    def _hover(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            shape = Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways with a plain wheel."""
        turned = event.angleDelta()
        move = turned.x() if abs(turned.x()) > abs(turned.y()) else turned.y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - move)
        self.scrolled_by_hand.emit()
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the tool tip of the tile under the cursor."""
        if isinstance(event, QHelpEvent):
            number = self.tile_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if number is None else self._tip(number), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)


def _paint_arrow(painter: QPainter, left: int, middle: int) -> None:
    """Paint an arrow into the gap that begins at `left`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.current().muted), 1.25))
    start, tip = QPointF(left + 5.5, middle), QPointF(left + _GAP - 5.5, middle)
    painter.drawLine(start, tip)
    for side in (-4, 4):
        painter.drawLine(tip, tip + QPointF(-4, side))
    painter.restore()
