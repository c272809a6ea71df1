"""Eigenvalues of an Action Unit's clustering, and where they say that its clusters end."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tpviewer.ui import theme
from tpviewer.ui.wording import share

_HEIGHT = 20 * theme.SPACE


def bare_plot(parent: QWidget) -> tuple[Any, Any]:
    """Make a plot of a view box and two axes; pyqtgraph's own plot leaves menus without a parent.

    Returns
    -------
    (pyqtgraph.GraphicsLayoutWidget, pyqtgraph.ViewBox)
    """
    view = pg.GraphicsLayoutWidget(parent)
    view.setAntialiasing(True)
    box = pg.ViewBox(enableMenu=False)
    left, bottom = pg.AxisItem("left"), pg.AxisItem("bottom")
    view.addItem(left, 0, 0)
    view.addItem(box, 0, 1)
    view.addItem(bottom, 1, 1)
    left.linkToView(box)
    bottom.linkToView(box)
    view.axes = (left, bottom)
    view.ci.setContentsMargins(0, 2, 2, 0)
    view.ci.setSpacing(0)
    return view, box


def apply_tones(view: Any) -> None:
    """Give a plot the theme's colours."""
    tones = theme.current()
    view.setBackground(tones.panel)
    for axis in view.axes:
        axis.setPen(pg.mkPen(tones.line))
        axis.setTextPen(pg.mkPen(tones.muted))
        axis.setTickFont(theme.tabular())


class SpectrumPlot(QWidget):
    """Eigenvalues as dots in ascending order; the gap that the number of clusters was read from is marked.

    Parameters
    ----------
    parent : QWidget, optional
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._eigenvalues: NDArray[np.float64] = np.zeros(0)
        self._counts = (0, 0)
        self._view, self._box = bare_plot(self)
        self._gap = pg.LinearRegionItem(movable=False)
        self._shown = pg.InfiniteLine(angle=90)
        self._dots = pg.ScatterPlotItem(size=8, pxMode=True, hoverable=True)
        self._gap.setZValue(-10)
        for item in (self._gap, self._shown, self._dots):
            self._box.addItem(item)
        self._box.setMouseEnabled(False, False)
        self._view.axes[0].setWidth(34)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setMinimumHeight(_HEIGHT)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.name_for_readers(
            self,
            self.tr("Spectrum"),
            self.tr(
                "Eigenvalues of the graph of relevance maps. Each one near zero is a group of its own."
                " The band is the gap behind the last of them, the line the number of looks that is shown."
            ),
        )
        self.refresh_theme()

    @property
    def gap(self) -> tuple[float, float]:
        """Ranks of the eigenvalues that the marked gap lies between."""
        low, high = self._gap.getRegion()
        return float(low), float(high)

    def set_spectrum(self, eigenvalues: NDArray[np.float64], from_spectrum: int, shown: int) -> None:
        """Show eigenvalues (m,), the number that they gave and the number of looks that is shown."""
        self._eigenvalues = eigenvalues
        self._counts = (from_spectrum, shown)
        ranks = np.arange(1, len(eigenvalues) + 1)
        self._dots.setData(x=ranks, y=eigenvalues)
        inside = 0 < from_spectrum < len(eigenvalues)
        self._gap.setVisible(inside)
        if inside:
            self._gap.setRegion((from_spectrum, from_spectrum + 1))
        self._shown.setVisible(shown > 0)
        self._shown.setValue(shown + 0.5)
        top = max(float(eigenvalues.max()) if len(eigenvalues) else 1.0, 1e-6)
        self._box.setRange(
            xRange=(0.5, max(len(eigenvalues), 2) + 0.5), yRange=(-0.06 * top, 1.1 * top), padding=0
        )
        self._view.axes[1].setTicks([[(int(rank), str(rank)) for rank in ranks]])
        self.setAccessibleDescription(", ".join(share(float(value)) for value in eigenvalues))
        self.refresh_theme()

    def refresh_theme(self) -> None:
        """Take over the colours of the theme."""
        tones = theme.current()
        apply_tones(self._view)
        faint = pg.mkColor(tones.muted)
        faint.setAlphaF(0.22)
        self._gap.setBrush(faint)
        for line in self._gap.lines:
            line.setPen(pg.mkPen(None))
        self._shown.setPen(pg.mkPen(tones.text, width=1.5, style=Qt.PenStyle.DashLine))
        below = np.arange(1, len(self._eigenvalues) + 1) <= self._counts[0]
        self._dots.setPen(pg.mkPen(tones.text, width=1.5))
        self._dots.setBrush([pg.mkBrush(tones.text if near else tones.panel) for near in below])
