"""Tiles of a temporal prototype laid out in rows on a page, arrows between them, and their legend."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch
from numpy.typing import NDArray

from tpviewer.core.action_units import facial_order
from tpviewer.core.grounding import LEAST_GROUNDING
from tpviewer.core.letters import letter
from tpviewer.core.palette import colour
from tpviewer.export.stage_tiles import SCALE, StageTile

TILE, GAP = 1.45, 0.32
"""Side of a tile and space between two, inches."""

LEGEND_ROW = 0.22
"""Height of a row of the legend, inches."""

ELSEWHERE = (
    f"⚠ the network looks elsewhere than where the Action Unit shows (grounding under {LEAST_GROUNDING:g})"
)

STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 7,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "svg.hashsalt": "tpviewer",
}
"""Settings of matplotlib for every picture: text stays text, with its type embedded."""

_TEXT = 0.62
_ARROW: Any = {"arrowstyle": "-|>", "linewidth": 1.0, "color": "#333333", "mutation_scale": 9}


def row_height(tiles: list[StageTile]) -> float:
    """Height of a row of tiles with what is written under them, inches."""
    labels = max((len(tile.stage.key) for tile in tiles), default=1)
    return TILE + _TEXT + 0.115 * max(0, (labels + 1) // 2 - 1)


def draw_grid(
    figure: Figure,
    tiles: list[StageTile],
    stops: NDArray[np.float64],
    columns: int,
    left: float,
    top: float,
    first: int = 0,
    goes_on: bool = False,
) -> None:
    """Draw tiles in rows with arrows between them.

    Parameters
    ----------
    figure : Figure
    tiles : list of StageTile
    stops : (N + 1,) float64
        Times of the frames and the end, seconds.
    columns : int
        Tiles in a row.
    left, top : float
        Upper left corner of the first tile, inches from the left and from the bottom of the figure.
    first : int
        Number of the first tile's stage, from 0.
    goes_on : bool
        More tiles follow elsewhere: an arrow leaves the last one. One comes in where `first` is not 0.
    """
    width, height = figure.get_size_inches()
    step = row_height(tiles)
    previous = None
    for number, tile in enumerate(tiles):
        row, column = divmod(number, columns)
        x, y = left + column * (TILE + GAP), top - row * step - TILE
        axes = figure.add_axes((x / width, y / height, TILE / width, TILE / height))
        draw_tile(axes, tile)
        _draw_text(figure, tile, first + number, stops, (x + TILE / 2) / width, y, height)
        if previous is not None:
            _draw_arrow(figure, previous, axes, wrapped=column == 0)
        elif first:
            _stub(axes, comes_in=True)
        previous = axes
    if previous is not None and goes_on:
        _stub(previous, comes_in=False)


def looks_of(tiles: list[StageTile]) -> list[tuple[str, int]]:
    """Every (Action Unit, letter) that is drawn, from brow to jaw."""
    found = {(overlay.au, overlay.look) for tile in tiles for overlay in tile.overlays}
    order = facial_order(tuple(sorted({au for au, _ in found})))
    return sorted(found, key=lambda look: (order.index(look[0]), look[1]))


def draw_tile(axes: Axes, tile: StageTile) -> None:
    """Draw the face of a stage with the Top-X projections of its looks."""
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color("#888888")
        spine.set_linewidth(0.5)
    if tile.picture is None:
        axes.set_facecolor("#eeeeee")
        axes.text(0.5, 0.5, "no face", ha="center", va="center", transform=axes.transAxes, color="#555555")
        return
    axes.imshow(tile.picture, cmap="gray", vmin=0, vmax=255, interpolation="bilinear")
    for overlay in tile.overlays:
        _draw_overlay(axes, overlay.mask, colour(overlay.au, overlay.look))
    axes.set_xlim(-0.5, tile.picture.shape[1] - 0.5)
    axes.set_ylim(tile.picture.shape[0] - 0.5, -0.5)


def _draw_overlay(axes: Axes, mask: NDArray[np.bool_], shade: str) -> None:
    """Fill the mask's pixels in a translucent colour and outline them exactly, as vectors."""
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * SCALE - 0.5
    squares = np.stack([columns, rows], axis=1)[:, None, :] * SCALE + corners
    fill = PolyCollection(list(squares), facecolors=shade, edgecolors="none", alpha=0.55, antialiaseds=False)
    axes.add_collection(fill)
    axes.add_collection(LineCollection(_outline(mask), colors=shade, linewidths=0.7))


def _outline(mask: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    """Edges between pixels inside and outside the mask, in tile coordinates."""
    padded = np.pad(mask, 1)
    segments = []
    for row, column in np.argwhere(padded[:, 1:] != padded[:, :-1]):
        x, y = column * SCALE - 0.5, (row - 1) * SCALE - 0.5
        segments.append(np.array([[x, y], [x, y + SCALE]]))
    for row, column in np.argwhere(padded[1:] != padded[:-1]):
        x, y = (column - 1) * SCALE - 0.5, row * SCALE - 0.5
        segments.append(np.array([[x, y], [x + SCALE, y]]))
    return segments


def _draw_text(
    figure: Figure,
    tile: StageTile,
    number: int,
    stops: NDArray[np.float64],
    x: float,
    y: float,
    height: float,
) -> None:
    stage = tile.stage
    seconds = float(stops[stage.stop] - stops[stage.start])
    facts = (
        f"{number + 1} · frames {stage.start}–{stage.stop - 1} · {seconds:.2f} s · purity {stage.purity:.2f}"
    )
    figure.text(x, (y - 0.1) / height, facts, ha="center", va="center", fontsize=5, color="#444444")
    parts = [f"{au}_{letter(look)}{_sign(au in tile.elsewhere)}" for au, look in stage.key]
    if not parts:
        parts = ["UNSEEN" if stage.unseen else "NONE"]
    colours = [colour(au, look) for au, look in stage.key] or ["#444444"]
    for index, (part, shade) in enumerate(zip(parts, colours, strict=True)):
        line, side = divmod(index, 2)
        alone = index == len(parts) - 1 and side == 0
        offset = 0.0 if alone else (-0.35 if side == 0 else 0.35)
        figure.text(
            x + offset / figure.get_figwidth(),
            (y - 0.24 - 0.115 * line) / height,
            part,
            ha="center",
            va="center",
            fontsize=6.5,
            fontweight="bold",
            color=readable(shade),
        )


def _sign(elsewhere: bool) -> str:
    return " ⚠" if elsewhere else ""


def _draw_arrow(figure: Figure, left: Axes, right: Axes, wrapped: bool) -> None:
    """Arrow from one tile to the next; over the end of a row, one that leaves and one that comes in."""
    if wrapped:
        _stub(left, comes_in=False)
        _stub(right, comes_in=True)
        return
    ends: Any = {"coordsA": "axes fraction", "coordsB": "axes fraction", "axesA": left, "axesB": right}
    figure.add_artist(ConnectionPatch(xyA=(1.03, 0.5), xyB=(-0.03, 0.5), **ends, **_ARROW))


def _stub(axes: Axes, comes_in: bool) -> None:
    start, stop = (-0.2, -0.03) if comes_in else (1.03, 1.2)
    axes.annotate("", (stop, 0.5), (start, 0.5), xycoords="axes fraction", arrowprops=_ARROW)


def draw_legend(
    figure: Figure, looks: list[tuple[str, int]], left: float, width: float, bottom: float
) -> None:
    """Name the colour of every look, eight in a row.

    Parameters
    ----------
    figure : Figure
    looks : list of (str, int)
        From `looks_of`.
    left, width, bottom : float
        Place of the legend, inches; `bottom` is the middle of its last row.
    """
    across, height = figure.get_size_inches()
    for number, (au, look) in enumerate(looks):
        row, column = divmod(number, 8)
        x = (left + column * width / 8) / across
        y = (bottom + ((len(looks) - 1) // 8 - row) * LEGEND_ROW) / height
        figure.text(x, y, "■", color=colour(au, look), fontsize=9, va="center")
        text = f"{au} look {letter(look)}"
        figure.text(x + 0.13 / across, y, text, fontsize=6, va="center", color="#333333")


def readable(shade: str) -> str:
    """Darken a colour until it has a contrast of 4.5 : 1 on white."""
    rgb = np.array([int(shade[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0
    while _contrast_on_white(rgb) < 4.5:
        rgb = rgb * 0.95
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in rgb)


def _contrast_on_white(rgb: NDArray[np.float64]) -> float:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(1.05 / (linear @ np.array([0.2126, 0.7152, 0.0722]) + 0.05))
