"""Plots of an evaluation as SVG text."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpviewer.training.explanation_plots import explanation_figures

_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "svg.hashsalt": "tpviewer",
    "svg.fonttype": "none",
}
_BLUE, _RED, _GREY = "#2c5f8a", "#b3432b", "#888888"
_COLUMNS = 5


def area_plot(aus: dict[str, dict[str, Any]], experimental: Sequence[str]) -> str:
    """Areas under the ROC curve with their 95 % intervals; experimental Action Units in red."""
    with rc_context(_STYLE):
        figure = Figure(figsize=(6.5, 0.5 + 0.2 * len(aus)), layout="constrained")
        axes = figure.subplots()
        for place, (au, figures) in enumerate(aus.items()):
            colour = _RED if au in experimental else _BLUE
            low, high = figures.get("roc_auc_95", (figures["roc_auc"],) * 2)
            axes.plot([low, high], [place, place], color=colour, linewidth=1.5)
            axes.plot(figures["roc_auc"], place, "o", color=colour, markersize=4)
        axes.set_yticks(range(len(aus)), list(aus))
        axes.invert_yaxis()
        axes.axvline(0.5, color=_GREY, linestyle=":")
        axes.set_xlim(right=1.0)
        axes.set_xlabel("area under the ROC curve, 95 % interval over people (0.5: guessing)")
        return _svg(figure)


def reliability_plot(calibration: dict[str, dict[str, Any]]) -> str:
    """Reliability curves: how often an Action Unit was there against the probability that was said."""
    with rc_context(_STYLE):
        rows = -(-len(calibration) // _COLUMNS)
        figure = Figure(figsize=(7.5, 1.6 * rows), layout="constrained")
        grid = figure.subplots(rows, _COLUMNS, squeeze=False, sharex=True, sharey=True).ravel()
        for axes, (au, figures) in zip(grid, calibration.items(), strict=False):
            _reliability(axes, au, figures)
        for axes in grid[len(calibration) :]:
            axes.set_axis_off()
        figure.supxlabel("probability that the model says")
        figure.supylabel("share of cases in which it was so")
        return _svg(figure)


def correlation_plot(rows: Sequence[dict[str, Any]]) -> str:
    """One point for each clip and Action Unit: correlation of the smoothed probability with the curve."""
    with rc_context(_STYLE):
        names = sorted({row["au"] for row in rows})
        figure = Figure(figsize=(6.5, 0.6 + 0.22 * len(names)), layout="constrained")
        axes = figure.subplots()
        for row in rows:
            value = row["r_probability_smooth"] or 0.0
            axes.plot(value, names.index(row["au"]), "o", color=_BLUE, alpha=0.6, markersize=5)
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.axvline(0, color=_GREY, linestyle=":")
        axes.set_xlim(-1, 1)
        axes.set_xlabel("correlation over the frames of a clip")
        return _svg(figure)


def explanation_plots(explanations: dict[str, Any]) -> dict[str, str]:
    """Figures of `explanation_quality` by title."""
    with rc_context(_STYLE):
        return {title: _svg(figure) for title, figure in explanation_figures(explanations).items()}


def _reliability(axes: Axes, au: str, figures: dict[str, Any]) -> None:
    said, was = (np.array(figures[name], float) for name in ("said", "was"))
    count = np.array(figures["count"])
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=0.8, linestyle=":")
    filled = count > 0
    axes.plot(said[filled], was[filled], color=_BLUE, linewidth=1)
    axes.scatter(said[filled], was[filled], s=2 + 30 * count[filled] / count.max(), color=_BLUE)
    axes.set_title(f"{au}  off by {figures['ece']:.2f}", fontsize=8)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)


def _svg(figure: Figure) -> str:
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
