"""Pictures of what `tpviewer.training.explanations` measured, for the page of `tpviewer evaluate`."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from tpviewer.core.grounding import LEAST_GROUNDING
from tpviewer.training.explanation_grounding import NULLS

_NULL_MARKS = dict(zip(NULLS, ("x", "+", "_"), strict=True))


def explanation_figures(quality: Mapping[str, Any]) -> dict[str, Figure]:
    """Draw all figures of `explanation_quality`'s result.

    Returns
    -------
    dict of str to Figure
        By title, in the order in which they are to be read.
    """
    figures = {}
    for name, found in quality.items():
        figures[f"Grounding, {name}"] = _grounding(found["grounding"])
        figures[f"Stability under crop jitter, {name}"] = _bars(found["jitter"]["aus"], "correlation of maps")
        figures[f"Layers randomised one after the other, {name}"] = _layers(found["layers"])
        figures[f"Flipping the most relevant parts first, {name}"] = _flipping(found["flipping"])
        figures[f"Presets, {name}"] = _presets(found["presets"])
    return figures


def _grounding(table: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    axes = figure.subplots()
    places, rows = np.arange(len(table)), list(table.values())
    values = np.array([row["grounding"] for row in rows])
    ends = np.array([(row["low"], row["high"]) for row in rows]).reshape(-1, 2).T
    spread = np.abs(ends - values)
    colours = ["#2b6cb0" if row["passes"] else "#b0b7c3" for row in rows]
    axes.bar(places, values, color=colours, yerr=spread, capsize=2, label="the model")
    for name, mark in _NULL_MARKS.items():
        axes.plot(places, [row["nulls"][name] for row in rows], mark, color="#c05621", label=name, ls="none")
    axes.axhline(LEAST_GROUNDING, color="black", lw=0.8, ls="--")
    axes.set_xticks(places, list(table), rotation=90)
    axes.set_ylabel("grounding")
    axes.legend(ncols=4, fontsize=8, loc="upper center", bbox_to_anchor=(0.5, 1.18), frameon=False)
    return figure


def _bars(values: Mapping[str, float], label: str) -> Figure:
    figure = Figure(figsize=(9, 2.4), layout="constrained")
    axes = figure.subplots()
    axes.bar(list(values), list(values.values()), color="#2b6cb0")
    axes.tick_params(axis="x", rotation=90)
    axes.set_ylabel(label)
    return figure


def _layers(rows: list[dict[str, Any]]) -> Figure:
    figure = Figure(figsize=(6, 2.8), layout="constrained")
    axes = figure.subplots()
    for key, label in (("correlation", "correlation"), ("rank_correlation", "rank correlation")):
        axes.plot([row["layer"] for row in rows], [row[key] for row in rows], "o-", label=label)
    axes.tick_params(axis="x", rotation=60)
    axes.set_ylabel("with the model's own maps")
    axes.set_xlabel("randomised from the output up to this layer")
    axes.legend(frameon=False)
    return figure


def _flipping(curves: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(5, 2.8), layout="constrained")
    axes = figure.subplots()
    for name, label in (("relevance", "most relevant first"), ("random", "in random order")):
        axes.plot(np.array(curves["flipped"]) * 100, curves[name], "o-", label=label)
    axes.set_xlabel("% of the crop blurred")
    axes.set_ylabel("change of the logit")
    axes.legend(frameon=False)
    return figure


def _presets(rows: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(7, 2.8), layout="constrained")
    names = [name.removeprefix("lrp.").replace("_", " ") for name in rows]
    measures = (("grounding", "grounding"), ("flipping_gain", "logits over random order"))
    for axes, (key, label) in zip(figure.subplots(1, 2, sharey=True), measures, strict=True):
        axes.barh(names, [row[key] for row in rows.values()], color="#2b6cb0")
        axes.invert_yaxis()
        axes.set_xlabel(label)
    return figure
