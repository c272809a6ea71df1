"""One figure of agreement as a dot for each Action Unit, with its interval."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tpviewer.core.rater_agreement import AuAgreement, RaterAgreement
from tpviewer.ui import theme
from tpviewer.ui.panels.agreement_table import figure_words, interval_words
from tpviewer.ui.panels.spectrum_plot import apply_tones, bare_plot
from tpviewer.ui.panels.tags import au_colour

_TICKS = (-0.5, 0.0, 0.5, 1.0)


class AgreementPlot(QWidget):
    """Dots from left (chance or less) to right (all); Action Units from above as in the table.

    Parameters
    ----------
    parent : QWidget, optional
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._aus: tuple[AuAgreement, ...] = ()
        self._name = "kappa"
        self._view, self._box = bare_plot(self)
        self._zero = pg.InfiniteLine(pos=0, angle=90)
        self._intervals = pg.ErrorBarItem(x=np.zeros(0), y=np.zeros(0), beam=0.25)
        self._dots = pg.ScatterPlotItem(size=10, pxMode=True)
        for item in (self._zero, self._intervals, self._dots):
            self._box.addItem(item)
        self._box.setMouseEnabled(False, False)
        self._box.invertY(True)
        self._view.axes[1].setTicks([[(tick, f"{tick:g}") for tick in _TICKS]])
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setMinimumWidth(30 * theme.SPACE)
        theme.name_for_readers(self, self.tr("Plot of agreement"), " ")
        self.refresh_theme()

    @property
    def dots(self) -> dict[str, float]:
        """Value of each dot by Action Unit."""
        xs, ys = self._dots.getData()
        return {self._aus[round(y)].au: float(x) for x, y in zip(xs, ys, strict=True)}

    def show_figure(self, found: RaterAgreement, name: str) -> None:
        """Show one figure of two raters; where it is undefined there is no dot."""
        self._aus, self._name = found.aus, name
        figures = [one.figures[name] for one in self._aus]
        values, lows, highs = (
            np.array([getattr(f, end) for f in figures], float) for end in ("value", "low", "high")
        )
        there, places = np.isfinite(values), np.arange(len(values), dtype=float)
        both = there & np.isfinite(lows)
        self._dots.setData(x=values[there], y=places[there])
        self._intervals.setData(
            x=values[both], y=places[both], left=(values - lows)[both], right=(highs - values)[both]
        )
        least = min([0.0, *values[there], *lows[both]])
        self._box.setRange(xRange=(least - 0.06, 1.06), yRange=(-0.6, max(len(values), 1) - 0.4), padding=0)
        self._view.axes[0].setTicks([[(place, one.au) for place, one in enumerate(self._aus)]])
        self._view.axes[0].setWidth(self.fontMetrics().horizontalAdvance("AU00") + 2 * theme.SPACE)
        said = (f"{one.au} {interval_words(f)}" for one, f in zip(self._aus, figures, strict=True))
        self.setAccessibleDescription(f"{figure_words(name)}: {', '.join(said)}")
        self.refresh_theme()

    def refresh_theme(self) -> None:
        """Take over the colours of the theme."""
        tones = theme.current()
        apply_tones(self._view)
        self._zero.setPen(pg.mkPen(tones.muted, style=Qt.PenStyle.DashLine))
        self._intervals.setData(pen=pg.mkPen(tones.text, width=1.5))
        self._dots.setPen(pg.mkPen(tones.text, width=1))
        drawn = [one for one in self._aus if np.isfinite(one.figures[self._name].value)]
        brushes: list[Any] = [pg.mkBrush(au_colour(one.au)) for one in drawn]
        if brushes:
            self._dots.setBrush(brushes)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_dots"):
            self.refresh_theme()
