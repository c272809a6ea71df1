"""Picture of the agreement of raters: one row of dot plots for each pair, dots with their intervals."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from tpviewer.core.rater_agreement import AuAgreement, RaterAgreement
from tpviewer.export.agreement_table import intervals_text, number
from tpviewer.export.figure import metadata, quieten
from tpviewer.export.tile_grid import STYLE

_PANELS = (
    ("kappa", "Cohen's kappa"),
    ("f1", "F1 of frames"),
    ("event_f1", "F1 of events"),
    ("icc", "ICC(3,1) of intensities"),
)
_WIDTH, _LINE, _HEAD, _FOOT = 8.6, 0.2, 0.75, 0.4  # inches
_LEFT, _PANEL, _BETWEEN = 0.65, 1.45, 0.15  # inches
_DOT: Any = {"fmt": "o", "markersize": 4, "color": "#1b1f24", "ecolor": "#57606a", "elinewidth": 1.2}


def write_agreement_figure(found: Sequence[RaterAgreement], path: Path, provenance: str) -> Path:
    """Draw agreements, one pair below the other.

    Parameters
    ----------
    found : sequence of RaterAgreement
    path : Path
        ``.pdf``, ``.svg`` or ``.png``.
    provenance : str
        What was compared, kept inside the file.

    Returns
    -------
    Path
        `path`.
    """
    quieten()
    heights = [_HEAD + _FOOT + _LINE * len(pair.aus) for pair in found]
    with rc_context(STYLE):
        canvas = Canvas(figsize=(_WIDTH, sum(heights)))
        FigureCanvasAgg(canvas)
        top = sum(heights)
        for pair, height in zip(found, heights, strict=True):
            _draw_pair(canvas, pair, top)
            top -= height
        told = metadata(path.suffix.lower(), provenance)
        canvas.savefig(path, dpi=200, facecolor="white", metadata=told)
    return path


def _draw_pair(canvas: Canvas, pair: RaterAgreement, top: float) -> None:
    width, height = canvas.get_size_inches()
    title = f"{pair.other} against {pair.reference} (reference)"
    canvas.text(_LEFT / width, (top - 0.2) / height, title, fontsize=9, fontweight="bold", va="center")
    under = f"{intervals_text(pair.videos, 'lines are')} · events within ± {pair.tolerance} frames"
    canvas.text(_LEFT / width, (top - 0.38) / height, under, color="#57606a", va="center")
    rows = _LINE * len(pair.aus)
    for index, (name, words) in enumerate(_PANELS):
        left = _LEFT + index * (_PANEL + _BETWEEN)
        place = (left / width, (top - _HEAD - rows) / height, _PANEL / width, rows / height)
        axes = canvas.add_axes(place)
        _draw_panel(axes, pair.aus, name)
        axes.set_title(words, fontsize=7)
        axes.tick_params(labelleft=index == 0)
    _write_counts(canvas, pair.aus, top)


def _draw_panel(axes: Axes, aus: Sequence[AuAgreement], name: str) -> None:
    places = np.arange(len(aus))
    values, lows, highs = (
        np.array([getattr(one.figures[name], end) for one in aus]) for end in ("value", "low", "high")
    )
    reach = np.nan_to_num(np.abs(np.stack([values - lows, highs - values])))
    axes.axvline(0, color="#d0d5db", linewidth=0.8)
    axes.errorbar(values, places, xerr=reach, **_DOT)
    for place in places[np.isnan(values)]:
        axes.text(0.5, float(place), "–", ha="center", va="center", color="#57606a")
    axes.set_xlim(min(-0.05, float(np.nanmin([*values, *lows, 0.0])) - 0.05), 1.05)
    axes.set_ylim(len(aus) - 0.5, -0.5)
    axes.set_yticks(places, [one.au for one in aus])
    axes.tick_params(length=0)
    axes.grid(axis="x", color="#eceef1", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _write_counts(canvas: Canvas, aus: Sequence[AuAgreement], top: float) -> None:
    """Frames and how often each calls the Action Unit present, right of the plots."""
    width, height = canvas.get_size_inches()
    places = [_LEFT + len(_PANELS) * (_PANEL + _BETWEEN) + offset for offset in (0.45, 0.85, 1.25)]
    titles = ("frames", "ref.", "other")
    lines = [titles] + [
        (f"{one.frames}", *(number(one.figures[f"prevalence_{who}"].value) for who in ("reference", "other")))
        for one in aus
    ]
    for line, texts in enumerate(lines):
        y = (top - _HEAD - _LINE * (line - 0.5)) / height if line else (top - _HEAD + 0.09) / height
        for x, text in zip(places, texts, strict=True):
            canvas.text(x / width, y, text, ha="right", va="center")
    canvas.text(places[2] / width, (top - _HEAD + 0.22) / height, "present", ha="right", va="center")
