"""The frames of one Action Unit as points of the spectral embedding, coloured by look."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tpviewer.core.letters import letter
from tpviewer.store.snapshot import AUClusters
from tpviewer.ui import theme
from tpviewer.ui.panels.lasso import points_inside, spread_out
from tpviewer.ui.panels.spectrum_plot import apply_tones, bare_plot
from tpviewer.ui.panels.tags import au_colour

MOST_POINTS = 20_000
"""More points than these are not drawn; the lasso and the mouse still reach all."""

_NEAR = 12
"""The mouse is on a point within this distance, pixels."""

_STILL = 4
"""A press that moves less than this is a click, pixels."""


def embedding_axes(embedding: NDArray[np.float32]) -> tuple[NDArray[np.float32], tuple[int, int]]:
    """Pick the two eigenvectors that are drawn.

    The first eigenvector is nearly constant, so the second and third are taken where there are three.

    Returns
    -------
    points : ndarray of float32, shape (N, 2)
        Zeros where an eigenvector is lacking.
    axes : (int, int)
        Their ranks, from 1.
    """
    first = 1 if embedding.shape[1] >= 3 else 0
    points = np.zeros((len(embedding), 2), np.float32)
    taken = embedding[:, first : first + 2]
    points[:, : taken.shape[1]] = taken
    return points, (first + 1, first + 2)


class EmbeddingPlot(QWidget):
    """Points to hover, click and draw a lasso around; the wheel zooms and a drag pans.

    Signals
    -------
    hovered(int, QPoint)
        Frame under the mouse and where the mouse is in this widget.
    left()
        The mouse is on no point any more.
    clicked(int)
        Frame of the point.
    selected(object)
        Frames inside the lasso, tuple of int, ascending.
    """

    hovered = Signal(int, QPoint)
    left = Signal()
    clicked = Signal(int)
    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._au = ""
        self._frames: NDArray[np.int64] = np.zeros(0, np.int64)
        self._labels: NDArray[np.int32] = np.zeros(0, np.int32)
        self._points: NDArray[np.float32] = np.zeros((0, 2), np.float32)
        self._chosen: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._looks: list[Any] = []
        self._names: list[Any] = []
        self._playhead = -1
        self._lasso_on = False
        self._outline: list[tuple[float, float]] | None = None
        self._pressed: QPoint | None = None
        self._hovered = -1
        self._view, self._box = bare_plot(self)
        self._ring = pg.ScatterPlotItem(size=14, pxMode=True)
        self._marks = pg.ScatterPlotItem(size=11, pxMode=True)
        self._line = pg.PlotCurveItem()
        for item, height in ((self._marks, 5), (self._ring, 6), (self._line, 7)):
            item.setZValue(height)
            self._box.addItem(item)
        self._view.viewport().installEventFilter(self)
        self._view.viewport().setMouseTracking(True)
        for axis in self._view.axes:
            axis.setStyle(showValues=False, tickLength=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setMinimumHeight(25 * theme.SPACE)
        theme.name_for_readers(self, self.tr("Frames in the spectral embedding"), " ")
        self.refresh_theme()

    @property
    def chosen(self) -> tuple[int, ...]:
        """Frames inside the last lasso, ascending."""
        return tuple(self._frames[self._chosen].tolist())

    @property
    def drawn(self) -> int:
        """Number of points that are drawn."""
        return sum(len(item.data) for item in self._looks)

    def set_clusters(self, clusters: AUClusters | None) -> tuple[int, int]:
        """Show the frames of another clustering, or none; returns the ranks of the two eigenvectors."""
        axes = (0, 0)
        if clusters is None:
            self._au = ""
            self._frames, self._labels = np.zeros(0, np.int64), np.zeros(0, np.int32)
            self._points = np.zeros((0, 2), np.float32)
        else:
            self._au = clusters.summary.au
            self._frames, self._labels = clusters.frames, clusters.labels
            self._points, axes = embedding_axes(clusters.embedding)
        self._hovered = -1
        self.choose(())
        self._draw_looks()
        self.fit()
        return axes

    def fit(self) -> None:
        """Show all points."""
        if not len(self._points):
            return
        low, high = self._points.min(axis=0).astype(float), self._points.max(axis=0).astype(float)
        room = np.maximum(high - low, 1e-6) * 0.08
        low, high = low - room, high + room
        self._box.setRange(xRange=(low[0], high[0]), yRange=(low[1], high[1]), padding=0)

    def choose(self, frames: tuple[int, ...]) -> None:
        """Mark frames as chosen, as a lasso does."""
        self._chosen = np.isin(self._frames, np.asarray(frames, np.int64))
        rows = np.flatnonzero(self._chosen)
        rows = rows[spread_out(len(rows), MOST_POINTS)]
        self._marks.setData(pos=self._points[rows].astype(float))

    def set_playhead(self, frame: int) -> None:
        """Ring the point of a frame, where it has one."""
        self._playhead = frame
        row = int(np.searchsorted(self._frames, frame))
        known = row < len(self._frames) and int(self._frames[row]) == frame
        if known or len(self._ring.data):
            self._ring.setData(pos=self._points[[row]].astype(float) if known else np.zeros((0, 2)))

    def set_lasso(self, on: bool) -> None:
        """Let a drag draw a lasso instead of panning."""
        self._lasso_on = on
        self._view.viewport().setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def position_of(self, frame: int) -> QPoint:
        """Where a frame's point lies in this widget."""
        row = int(np.searchsorted(self._frames, frame))
        x, y = (float(value) for value in self._points[row])
        scene = self._box.mapViewToScene(pg.Point(x, y))
        return QPoint(self._view.mapTo(self, self._view.mapFromScene(scene)))

    def refresh_theme(self) -> None:
        """Take over the colours of the theme."""
        tones = theme.current()
        apply_tones(self._view)
        self._ring.setPen(pg.mkPen(tones.accent, width=2.5))
        self._ring.setBrush(pg.mkBrush(None))
        self._marks.setPen(pg.mkPen(tones.text, width=1.5))
        self._marks.setBrush(pg.mkBrush(None))
        self._line.setPen(pg.mkPen(tones.accent, width=1.5))
        self._draw_looks()

    def _draw_looks(self) -> None:
        for item in (*self._looks, *self._names):
            self._box.removeItem(item)
        self._looks, self._names = [], []
        rows = spread_out(len(self._frames), MOST_POINTS)
        edge = pg.mkPen(theme.current().panel, width=0.5)
        for look in range(int(self._labels.max()) + 1 if len(self._labels) else 0):
            colour = au_colour(self._au, look)
            members = rows[self._labels[rows] == look]
            item = pg.ScatterPlotItem(size=7, pxMode=True, pen=edge, brush=pg.mkBrush(colour))
            item.setData(pos=self._points[members].astype(float))
            self._box.addItem(item, ignoreBounds=True)
            self._looks.append(item)
            self._name_look(look, colour)
        self.set_playhead(self._playhead)

    def _name_look(self, look: int, colour: str) -> None:
        inside = self._labels == look
        if inside.any():
            name = pg.TextItem(letter(look), color=theme.readable_on(colour), anchor=(0.5, 0.5))
            name.fill = pg.mkBrush(colour)
            name.border = pg.mkPen(theme.current().text)
            name.setPos(*(float(value) for value in self._points[inside].mean(axis=0)))
            name.setZValue(4)
            self._box.addItem(name, ignoreBounds=True)
            self._names.append(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hover, click and lasso; everything else is the plot's own."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1, QPoint())
        if not isinstance(event, QMouseEvent):
            return False
        place = event.position().toPoint()
        if event.type() == QEvent.Type.MouseMove:
            return self._moved(place, event.buttons())
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = place
            self._outline = [self._to_data(place)] if self._lasso_on else None
            return self._lasso_on
        if event.type() == QEvent.Type.MouseButtonRelease:
            return self._released(place)
        return False

    def _moved(self, place: QPoint, buttons: Qt.MouseButton) -> bool:
        if self._outline is not None:
            self._outline.append(self._to_data(place))
            closed = np.array([*self._outline, self._outline[0]])
            self._line.setData(closed[:, 0], closed[:, 1])
            return True
        if buttons == Qt.MouseButton.NoButton:
            self._hover(self._row_near(place), place)
        return False

    def _released(self, place: QPoint) -> bool:
        pressed, outline = self._pressed, self._outline
        self._pressed = self._outline = None
        self._line.setData([], [])
        if pressed is not None and (place - pressed).manhattanLength() < _STILL:
            row = self._row_near(place)
            if row >= 0:
                self.clicked.emit(int(self._frames[row]))
        elif outline is not None:
            inside = points_inside(self._points, np.array(outline))
            self.choose(tuple(self._frames[inside].tolist()))
            self.selected.emit(self.chosen)
        return outline is not None

    def _hover(self, row: int, place: QPoint) -> None:
        if row == self._hovered:
            return
        self._hovered = row
        if row < 0:
            self.left.emit()
        else:
            self.hovered.emit(int(self._frames[row]), self._view.mapTo(self, place))

    def _to_data(self, place: QPoint) -> tuple[float, float]:
        point = self._box.mapSceneToView(self._view.mapToScene(place))
        return point.x(), point.y()

    def _row_near(self, place: QPoint) -> int:
        """Row of the point nearest to a place of the view, -1 where none is near."""
        if not len(self._points):
            return -1
        pixel = np.array(self._box.viewPixelSize(), np.float64)
        distances = np.square((self._points - np.array(self._to_data(place))) / pixel).sum(axis=1)
        row = int(np.argmin(distances))
        return row if distances[row] <= _NEAR**2 else -1
