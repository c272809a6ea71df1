"""The picture of a temporal prototype, as the paper draws it (Figures 4 and 5)."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tpviewer.core.statistics import sequence_statistics
from tpviewer.export.carried import carried_text, video_name
from tpviewer.export.provenance import edits_told, exported
from tpviewer.export.stage_tiles import StageTile, neutral_tiles, open_video, stage_tiles
from tpviewer.export.tile_grid import (
    ELSEWHERE,
    GAP,
    LEGEND_ROW,
    STYLE,
    TILE,
    draw_grid,
    draw_legend,
    looks_of,
    row_height,
)
from tpviewer.store.session import Session

_COLUMNS = 8
_HEAD = 0.55  # inches
_MOST_PIXELS = 60_000  # of a picture's side, less than what the renderer can draw


def write_figure(
    session: Session,
    path: Path,
    profile: str | None = None,
    video: Path | None = None,
    top_x: float = 25.0,
    deidentified: bool = False,
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
    deidentified : bool
        Draw relevance on the drawing of a face, not the person's; the video is not even opened.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    MediaError
        If the video cannot be found.
    """
    profile = exported(session, profile)
    quieten()
    tiles = tiles_of(session, profile, video, top_x, deidentified)
    with rc_context(STYLE):
        figure = draw(tiles, session.times, session.end, _title(session, profile, top_x, deidentified))
        dpi = min(200.0, _MOST_PIXELS / figure.get_figheight())
        told = carried_text(session, profile, top_x, deidentified)
        figure.savefig(path, dpi=dpi, facecolor="white", metadata=metadata(path.suffix.lower(), told))
    return path


def quieten() -> None:
    """Keep what embeds type from telling how it does."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)


def tiles_of(
    session: Session, profile: str, video: Path | None, top_x: float, deidentified: bool
) -> list[StageTile]:
    """Tiles of a temporal prototype, with the faces of the video or with a drawing; see `write_figure`."""
    if deidentified:
        return neutral_tiles(session, profile, top_x)
    with open_video(session, video) as source:
        return stage_tiles(session, source, profile, top_x)


def metadata(suffix: str, told: str) -> dict[str, Any]:
    """What made the figure, in the place that its format has for it; no date, so that bytes repeat."""
    if suffix == ".pdf":
        return {"CreationDate": None, "Subject": told}
    return {"Date": None, "Description": told} if suffix == ".svg" else {"Description": told}


def draw(tiles: list[StageTile], times: NDArray[np.float64], end: float, title: str) -> Figure:
    """Lay the tiles out in rows, arrows between them, a legend below.

    Parameters
    ----------
    tiles : list of StageTile
    times : (N,) float64
        Presentation time of each frame, seconds from the first.
    end : float
        End of the last frame, seconds.
    title : str

    Returns
    -------
    Figure
    """
    columns = min(_COLUMNS, max(len(tiles), 4))
    rows = -(-len(tiles) // columns)
    looks = looks_of(tiles)
    legend_rows = -(-len(looks) // 8) if looks else 0
    width = columns * TILE + (columns + 1) * GAP
    height = _HEAD + rows * row_height(tiles) + legend_rows * LEGEND_ROW + 0.15
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    figure.text(GAP / width, 1 - 0.2 / height, title, va="center", fontsize=8)
    draw_grid(figure, tiles, np.append(times, end), columns, GAP, height - _HEAD)
    draw_legend(figure, looks, GAP, width - 2 * GAP, 0.15)
    if any(tile.elsewhere for tile in tiles):
        figure.text(GAP / width, 1 - 0.4 / height, ELSEWHERE, va="center", fontsize=6, color="#444444")
    return figure


def _title(session: Session, profile: str, top_x: float, deidentified: bool) -> str:
    counts = sequence_statistics(session.stages(profile=profile))
    reduction = f"{100 * counts.reduction:.1f} %" if np.isfinite(counts.reduction) else "–"
    return (
        f"Temporal prototype of {video_name(session, deidentified)}: {session.video.frames} frames →"
        f" {counts.stages} stages (description length −{reduction}) ·"
        f" profile {profile}{_edited_by(session, profile, deidentified)} · Top-{top_x:g} relevance of"
        f" {session.model['name']} {session.model['version']}, {session.provenance['preset']}"
    )


def _edited_by(session: Session, profile: str, deidentified: bool) -> str:
    edits = edits_told(session, profile)
    if not edits:
        return ""
    if deidentified:
        return f", {edits['count']} edits"
    return f" by {', '.join(edits['authors'])}, {edits['count']} edits, {edits['last'][:10]}"
