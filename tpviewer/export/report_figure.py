"""Pictures of the report: the temporal prototype in tiles, and every look with its prototype."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import NDArray

from tpviewer.core.palette import colour
from tpviewer.core.relevance import bwr, top_x_mask
from tpviewer.export.carried import neutral_curves
from tpviewer.export.figure import tiles_of
from tpviewer.export.report_told import Told
from tpviewer.export.sheets import LEFT, RIGHT, Column, Sheets, axes_at
from tpviewer.export.tile_grid import (
    ELSEWHERE,
    GAP,
    LEGEND_ROW,
    TILE,
    draw_grid,
    draw_legend,
    looks_of,
    readable,
    row_height,
)

_COLUMNS = 4
_LOOK, _LOOK_GAP, _LOOK_TEXT = 0.98, 0.2, 0.42  # inches
_IN_ROW = 6


def write_prototype(sheets: Sheets, told: Told) -> None:
    """Draw the tiles of all stages, as many on a page as fit, with a legend."""
    tiles = tiles_of(told.session, told.profile, told.video, told.top_x, told.deidentified)
    stops = np.append(told.session.times, told.session.end)
    looks = looks_of(tiles)
    rows = -(-len(looks) // 8)
    sheets.new_page()
    sheets.heading("Temporal prototype in pictures", with_next=TILE + rows * LEGEND_ROW)
    whose = "A drawing of a face" if told.deidentified else "The frame that looks most like each stage"
    sheets.paragraph(
        f"{whose}, with the Top-{told.top_x:g} relevance of the prototypes of its looks.", 7, muted=True
    )
    if any(tile.elsewhere for tile in tiles):
        sheets.paragraph(ELSEWHERE, 7, muted=True)
    if looks:
        figure, top = sheets.room(rows * LEGEND_ROW + 0.1)
        draw_legend(figure, looks, LEFT, RIGHT - LEFT, top - (rows - 0.5) * LEGEND_ROW)
    left = LEFT + (RIGHT - LEFT - _COLUMNS * TILE - (_COLUMNS - 1) * GAP) / 2
    for first in range(0, len(tiles), _COLUMNS):
        row = tiles[first : first + _COLUMNS]
        figure, top = sheets.room(row_height(row))
        draw_grid(figure, row, stops, _COLUMNS, left, top, first, goes_on=first + _COLUMNS < len(tiles))


def write_looks(sheets: Sheets, told: Told) -> None:
    """Draw the prototype of every look and say what is known of it."""
    clustered = [au for au in told.summary["aus"] if au["clusters"]]
    sheets.heading("Looks: clusters of relevance maps", with_next=1.0)
    if not clustered:
        sheets.paragraph("No Action Unit was active: there is nothing to cluster.")
        return
    sheets.table(_TITLES, map(_au_row, clustered))
    sheets.space(0.1)
    sheets.paragraph(
        "Mean map of each cluster on a drawing of a face: red speaks for the Action Unit, blue against it,"
        f" the dark line holds the Top-{told.top_x:g} of the positive relevance.",
        7,
        muted=True,
    )
    curves = neutral_curves(told.session)
    looks = [(au, look) for au in clustered for look in range(len(au["clusters"]))]
    prototypes = {au["name"]: told.session.prototypes(au["name"], told.profile) for au in clustered}
    for place, (au, look) in enumerate(looks):
        column = place % _IN_ROW
        if not column:
            figure, top = sheets.room(_LOOK + _LOOK_TEXT)
        left = LEFT + column * (_LOOK + _LOOK_GAP)
        axes = axes_at(figure, left, top, _LOOK, _LOOK)
        _draw_look(axes, prototypes[au["name"]][look], curves, told.top_x)
        _name_look(axes, au, look)


_TITLES = (
    *(Column("AU", 1.5), Column("active frames", 1.0, True), Column("looks", 0.7, True)),
    *(Column("from spectrum", 1.1, True), Column("stability", 0.85, True), Column("grounding", 0.85, True)),
    Column("to be known", 1.1),
)


def _au_row(au: Mapping[str, Any]) -> tuple[str, ...]:
    few = "too few frames to cluster" if au["too_few_frames_to_cluster"] else ""
    notes = [few, "⚠ looks elsewhere" if au["looks_elsewhere"] else ""]
    return (
        f"{au['name']} (experimental)" if au["experimental"] else str(au["name"]),
        *(str(au["active_frames"]), str(len(au["clusters"])), str(au["clusters_from_spectrum"])),
        *(_figure(au["stability"]), _figure(au["grounding"])),
        ", ".join(note for note in notes if note),
    )


def _name_look(axes: Axes, au: Mapping[str, Any], look: int) -> None:
    cluster = au["clusters"][look]
    centred: Any = {"ha": "center", "va": "center", "transform": axes.transAxes}
    shade = readable(colour(au["name"], look))
    title = f"{au['name']} look {cluster['letter']}"
    axes.text(0.5, -0.1, title, fontsize=7, fontweight="bold", color=shade, **centred)
    facts = f"{cluster['frames']} frames"
    if cluster["silhouette"] is not None:
        facts += f" · silhouette {cluster['silhouette']:.2f}"
    axes.text(0.5, -0.23, facts, fontsize=5.5, color="#444444", **centred)


def _draw_look(
    axes: Axes, prototype: NDArray[np.float32], curves: tuple[NDArray[np.float64], ...], top_x: float
) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(color="#bbbbbb", linewidth=0.5)
    axes.imshow(bwr(prototype), interpolation="nearest")
    axes.add_collection(LineCollection(list(curves), colors="#00000066", linewidths=0.5))
    mask = top_x_mask(prototype, top_x)
    if mask.any() and not mask.all():
        axes.contour(mask, levels=[0.5], colors="#222222", linewidths=0.6)
    axes.set_xlim(-0.5, prototype.shape[1] - 0.5)
    axes.set_ylim(prototype.shape[0] - 0.5, -0.5)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
