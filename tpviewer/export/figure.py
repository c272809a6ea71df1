"""The picture of a temporal prototype, as the paper draws it (Figures 4 and 5)."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch
from numpy.typing import NDArray

from tpviewer.core.action_units import facial_order
from tpviewer.core.grounding import LEAST_GROUNDING
from tpviewer.core.letters import letter
from tpviewer.core.palette import colour
from tpviewer.core.statistics import sequence_statistics
from tpviewer.export.provenance import edits_told, exported
from tpviewer.export.stage_tiles import SCALE, StageTile, open_video, stage_tiles
from tpviewer.store.session import Session

_COLUMNS = 8
_TILE = 1.45  # inches
_GAP = 0.32
_TEXT = 0.62
_HEAD = 0.55
_LEGEND_ROW = 0.22
_MOST_PIXELS = 60_000  # of a picture's side, less than what the renderer can draw
_ELSEWHERE = (
    f"⚠ the network looks elsewhere than where the Action Unit shows (grounding under {LEAST_GROUNDING:g})"
)
_ARROW: Any = {"arrowstyle": "-|>", "linewidth": 1.0, "color": "#333333", "mutation_scale": 9}
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 7,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "svg.hashsalt": "tpviewer",
}


def write_figure(
    session: Session,
    path: Path,
    profile: str | None = None,
    video: Path | None = None,
    top_x: float = 25.0,
) -> Path:
    """Draw the temporal prototype of a session; returns `path`.

    Parameters
    ----------
    session : Session
    path : Path
        ``.pdf``, ``.svg`` or ``.png``.
    profile : str, optional
        Name of the results, see `summary`.
    video : Path, optional
        Where the video lies now, if it was moved.
    top_x : float
        Percent of the positive relevance that is drawn.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    MediaError
        If the video cannot be found.
    """
    profile = exported(session, profile)
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    with open_video(session, video) as source, rc_context(_STYLE):
        tiles = stage_tiles(session, source, profile, top_x)
        figure = draw(tiles, session.times, session.end, _title(session, profile, top_x))
        metadata = {"Date": None} if path.suffix.lower() == ".svg" else None
        metadata = {"CreationDate": None} if path.suffix.lower() == ".pdf" else metadata
        dpi = min(200.0, _MOST_PIXELS / figure.get_figheight())
        figure.savefig(path, dpi=dpi, facecolor="white", metadata=metadata)
    return path


def draw(tiles: list[StageTile], times: NDArray[np.float64], end: float, title: str) -> Figure:
    """Lay the tiles out in rows, arrows between them, a legend below."""
    columns = min(_COLUMNS, max(len(tiles), 4))
    rows = -(-len(tiles) // columns)
    looks = _looks(tiles)
    legend_rows = -(-len(looks) // 8) if looks else 0
    labels = max((len(tile.stage.key) for tile in tiles), default=1)
    text = _TEXT + 0.115 * max(0, (labels + 1) // 2 - 1)
    width = columns * _TILE + (columns + 1) * _GAP
    height = _HEAD + rows * (_TILE + text) + legend_rows * _LEGEND_ROW + 0.15
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    figure.text(_GAP / width, 1 - 0.2 / height, title, va="center", fontsize=8)
    stops = np.append(times, end)
    previous = None
    for number, tile in enumerate(tiles):
        row, column = divmod(number, columns)
        x = _GAP + column * (_TILE + _GAP)
        y = height - _HEAD - row * (_TILE + text) - _TILE
        axes = figure.add_axes((x / width, y / height, _TILE / width, _TILE / height))
        _draw_tile(axes, tile)
        _draw_text(figure, tile, number, stops, (x + _TILE / 2) / width, y, height)
        if previous is not None:
            _draw_arrow(figure, previous, axes, wrapped=column == 0)
        previous = axes
    _draw_legend(figure, looks, width, height)
    if any(tile.elsewhere for tile in tiles):
        figure.text(_GAP / width, 1 - 0.4 / height, _ELSEWHERE, va="center", fontsize=6, color="#444444")
    return figure


def _looks(tiles: list[StageTile]) -> list[tuple[str, int]]:
    """Every (Action Unit, letter) that is drawn, from brow to jaw."""
    found = {(overlay.au, overlay.look) for tile in tiles for overlay in tile.overlays}
    order = facial_order(tuple(sorted({au for au, _ in found})))
    return sorted(found, key=lambda look: (order.index(look[0]), look[1]))


def _draw_tile(axes: Axes, tile: StageTile) -> None:
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
            color=_readable(shade),
        )


def _sign(elsewhere: bool) -> str:
    return " ⚠" if elsewhere else ""


def _draw_arrow(figure: Figure, left: Axes, right: Axes, wrapped: bool) -> None:
    """Arrow from one tile to the next; over the end of a row, one that leaves and one that comes in."""
    if wrapped:
        for axes, start, stop in ((left, 1.03, 1.2), (right, -0.2, -0.03)):
            axes.annotate("", (stop, 0.5), (start, 0.5), xycoords="axes fraction", arrowprops=_ARROW)
        return
    ends: Any = {"coordsA": "axes fraction", "coordsB": "axes fraction", "axesA": left, "axesB": right}
    figure.add_artist(ConnectionPatch(xyA=(1.03, 0.5), xyB=(-0.03, 0.5), **ends, **_ARROW))


def _draw_legend(figure: Figure, looks: list[tuple[str, int]], width: float, height: float) -> None:
    for number, (au, look) in enumerate(looks):
        row, column = divmod(number, 8)
        x = (_GAP + column * (width - 2 * _GAP) / 8) / width
        y = (0.15 + ((len(looks) - 1) // 8 - row) * _LEGEND_ROW) / height
        shade = colour(au, look)
        figure.text(x, y, "■", color=shade, fontsize=9, va="center")
        text = f"{au} look {letter(look)}"
        figure.text(x + 0.13 / width, y, text, fontsize=6, va="center", color="#333333")


def _readable(shade: str) -> str:
    """Darken a colour until it has a contrast of 4.5 : 1 on white."""
    rgb = np.array([int(shade[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0
    while _contrast_on_white(rgb) < 4.5:
        rgb = rgb * 0.95
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in rgb)


def _contrast_on_white(rgb: NDArray[np.float64]) -> float:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(1.05 / (linear @ np.array([0.2126, 0.7152, 0.0722]) + 0.05))


def _title(session: Session, profile: str, top_x: float) -> str:
    counts = sequence_statistics(session.stages(profile=profile))
    reduction = f"{100 * counts.reduction:.1f} %" if np.isfinite(counts.reduction) else "–"
    name = Path(session.video.path).name
    edits = edits_told(session, profile)
    by = f" by {', '.join(edits['authors'])}, {edits['count']} edits, {edits['last'][:10]}" if edits else ""
    return (
        f"Temporal prototype of {name}: {session.video.frames} frames → {counts.stages} stages"
        f" (description length −{reduction}) · profile {profile}{by} · Top-{top_x:g} relevance of"
        f" {session.model['name']} {session.model['version']}, {session.provenance['preset']}"
    )
