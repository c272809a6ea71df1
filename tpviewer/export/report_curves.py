"""Probabilities of the Action Units over time, with thresholds, looks and stages."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray
from scipy.special import expit

from tpviewer.core.action_units import facial_order
from tpviewer.core.letters import letter
from tpviewer.core.palette import colour
from tpviewer.core.runs import runs
from tpviewer.core.stages import Stage
from tpviewer.export.report_told import Told
from tpviewer.export.sheets import LEFT, RIGHT, Sheets
from tpviewer.export.tile_grid import readable

_LANE, _GAP, _STRIP, _NAMES = 0.42, 0.07, 0.2, 0.62  # inches
_COLUMNS = 1200  # of a curve: more cannot be told apart on paper
_INK, _MUTED = "#333a42", "#8a939e"


def write_curves(sheets: Sheets, told: Told) -> None:
    """Draw a strip of stages and a lane for every Action Unit that was ever active."""
    active = [au["name"] for au in told.summary["aus"] if au["active_frames"]]
    sheets.heading("Action Units over time", with_next=_STRIP + 3 * (_LANE + _GAP))
    sheets.paragraph(
        "Probability (line), threshold (dashes), and the frames in which the Action Unit belongs to a stage,"
        " in the colour of its look with its letter. Above: stages by number.",
        7,
        muted=True,
    )
    session, stages = told.session, told.session.stages(profile=told.profile)
    bounds = np.append(session.times, session.end)
    probabilities = expit(session.logits().astype(np.float64))
    states = session.states(profile=told.profile)
    columns = session.columns(told.profile)
    _strip(_lane(sheets, _STRIP, bounds), stages, bounds)
    for au in facial_order(tuple(active)):
        if sheets.need(_LANE + _GAP + 0.35):
            _strip(_lane(sheets, _STRIP, bounds), stages, bounds)
        sheets.space(_GAP)
        axes = _lane(sheets, _LANE, bounds)
        _looks(axes, au, states[:, columns.index(au)], bounds)
        if au in session.aus:
            place = session.aus.index(au)
            _curve(axes, probabilities[:, place], bounds, _threshold(told, au))
        axes.set_ylabel(au, rotation=0, ha="right", va="center", fontsize=7, color=_INK)
    _seconds(axes if active else _lane(sheets, 0.1, bounds))
    sheets.space(0.35)


def _lane(sheets: Sheets, height: float, bounds: NDArray[np.float64]) -> Axes:
    axes = sheets.axes(height, LEFT + _NAMES, RIGHT - LEFT - _NAMES)
    axes.set_xlim(bounds[0], bounds[-1])
    axes.set_ylim(0, 1)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(color="#c9ced5", linewidth=0.4)
    return axes


def _strip(axes: Axes, stages: list[Stage], bounds: NDArray[np.float64]) -> None:
    """Stages in turn lighter and darker, numbered where there is room."""
    width = (RIGHT - LEFT - _NAMES) / (bounds[-1] - bounds[0])
    for number, stage in enumerate(stages, start=1):
        start, stop = bounds[stage.start], bounds[stage.stop]
        shade = "#f4d9d6" if stage.unseen else "#dfe5ec" if number % 2 else "#c3cdd8"
        axes.axvspan(start, stop, color=shade, linewidth=0)
        if (stop - start) * width > 0.075 * len(str(number)):
            axes.text((start + stop) / 2, 0.47, str(number), ha="center", va="center", fontsize=5.5)
    axes.set_ylabel("stages", rotation=0, ha="right", va="center", fontsize=7, color=_INK)


def _looks(axes: Axes, au: str, states: NDArray[np.int16], bounds: NDArray[np.float64]) -> None:
    """Blocks in the colours of the looks, with letters where there is room."""
    width = (RIGHT - LEFT - _NAMES) / (bounds[-1] - bounds[0])
    for look in np.unique(states[states >= 0]).tolist():
        for start, stop in runs(states == look):
            left, right = bounds[start], bounds[stop]
            axes.axvspan(left, right, color=colour(au, look), alpha=0.35, linewidth=0)
            if (right - left) * width > 0.1:
                place, shade = (left + right) / 2, readable(colour(au, look))
                axes.text(place, 0.14, letter(look), ha="center", va="center", fontsize=6, color=shade)


def _curve(
    axes: Axes, values: NDArray[np.float64], bounds: NDArray[np.float64], threshold: float | None
) -> None:
    """Line through the probabilities; of a long video the least and the largest of each stretch."""
    times = (bounds[:-1] + bounds[1:]) / 2
    if len(values) <= 2 * _COLUMNS:
        axes.plot(times, values, color=_INK, linewidth=0.7)
    else:
        axes.add_collection(LineCollection(_envelope(times, values), colors=_INK, linewidths=0.5))
    if threshold is not None:
        axes.axhline(threshold, color=_MUTED, linewidth=0.5, linestyle=(0, (4, 3)))


def _envelope(times: NDArray[np.float64], values: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    segments = []
    for part in np.array_split(np.arange(len(values)), _COLUMNS):
        known = values[part][np.isfinite(values[part])]
        if len(known):
            middle = float(times[part].mean())
            segments.append(np.array([[middle, known.min()], [middle, known.max()]]))
    return segments


def _threshold(told: Told, au: str) -> float | None:
    thresholds = told.summary["provenance"].get("thresholds")
    if isinstance(thresholds, dict):
        return float(thresholds[au]) if au in thresholds else None
    return None if thresholds is None else float(thresholds[told.session.aus.index(au)])


def _seconds(axes: Axes) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(nbins=12, steps=[1, 2, 3, 5, 6, 10]))
    axes.tick_params(axis="x", labelsize=6, length=2, pad=1.5, colors=_INK)
    axes.set_xlabel("seconds", fontsize=6.5, labelpad=1, color=_INK)
