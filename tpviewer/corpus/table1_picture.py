"""Table 1 as a picture, shaded as in the paper: dark green for high, light green for low aggregation."""

import math
from collections.abc import Mapping
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tpviewer.corpus.table1 import Row, Table1
from tpviewer.export.figure import metadata, quieten
from tpviewer.export.tile_grid import STYLE

_TITLE, _CELL, _LINE, _PAD, _HEAD, _FOOT = 2.6, 0.9, 0.17, 0.12, 0.65, 0.2  # inches
_SHADING = "Shading: aggregation, from the lowest (light) to the highest (dark) of its row."
_INK, _QUIET, _RULE = "#1b1f24", "#57606a", "#d0d5db"
_GREENS = LinearSegmentedColormap.from_list("aggregation", ["#eef7ea", "#b5ddab", "#5fb46c"])


def draw_table1(table: Table1, path: Path, title: str, provenance: str) -> Path:
    """Draw the table; returns `path`.

    Shades run from the least to the greatest value of a row.

    Parameters
    ----------
    table : Table1
    path : Path
        ``.pdf``, ``.svg`` or ``.png``.
    title : str
        Over it: whose figures they are.
    provenance : str
        What made it, kept inside the file.
    """
    quieten()
    rows = _rows(table)
    width = _TITLE + _CELL * len(table.columns) + 2 * _PAD
    heights = [2 * _PAD + _LINE * max(len(lines), _wrapped(row.title)) for row, lines in rows]
    height = _HEAD + sum(heights) + _FOOT + _PAD
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.axis("off")
        axes.text(_PAD, 2 * _PAD, title, va="center", color=_QUIET)
        top = _draw_head(axes, list(table.columns))
        for (row, lines), tall in zip(rows, heights, strict=True):
            _draw_row(axes, table, row, lines, top, tall)
            top += tall
        axes.text(_PAD, top + _PAD, _SHADING, va="top", color=_QUIET, fontsize=6)
        figure.savefig(path, dpi=200, facecolor="white", metadata=metadata(path.suffix.lower(), provenance))
    return path


def _rows(table: Table1) -> list[tuple[Row, list[tuple[str, Mapping[str, str]]]]]:
    """Rows with their lines: source and texts."""
    rows: list[tuple[Row, list[tuple[str, Mapping[str, str]]]]] = []
    for row, source, texts in table.lines():
        if source == "found":
            rows.append((row, []))
        rows[-1][1].append((source, texts))
    return rows


def _draw_head(axes: Axes, names: list[str]) -> float:
    """Names of the columns; returns where the first row begins."""
    bottom = _HEAD
    for number, name in enumerate(names):
        axes.text(_centre(number), bottom - _PAD, name, ha="center", va="bottom", fontweight="bold")
    axes.plot([_PAD, _left(len(names))], [bottom, bottom], color=_INK, linewidth=0.8)
    return bottom


def _draw_row(
    axes: Axes,
    table: Table1,
    row: Row,
    lines: list[tuple[str, Mapping[str, str]]],
    top: float,
    tall: float,
) -> None:
    shades = _shades(table, row)
    for number, name in enumerate(table.columns):
        if name in shades:
            place = (_left(number), top)
            axes.add_patch(Rectangle(place, _CELL, tall, color=_GREENS(shades[name]), linewidth=0))
    y = top + _PAD + _LINE / 2
    axes.text(_PAD, y, _wrap(row.title), va="top", color=_INK, linespacing=1.25)
    for line, (source, texts) in enumerate(lines):
        for number, name in enumerate(table.columns):
            place = (_centre(number), y + line * _LINE)
            if source == "found":
                axes.text(*place, texts[name], ha="center", va="top", color=_INK)
            else:
                words = f"{texts[name]} ({source})"
                axes.text(*place, words, ha="center", va="top", color=_INK, fontsize=5.5)
    bottom = top + tall
    axes.plot([_PAD, _left(len(table.columns))], [bottom, bottom], color=_RULE, linewidth=0.6)


def _shades(table: Table1, row: Row) -> dict[str, float]:
    """Place of each column between the least and the greatest aggregation of its row, 0 to 1."""
    if row.aggregation is None:
        return {}
    values = {name: row.aggregation(group) for name, group in table.columns.items()}
    known = {name: value for name, value in values.items() if not math.isnan(value)}
    if not known:
        return {}
    low, high = min(known.values()), max(known.values())
    return {name: (value - low) / (high - low) if high > low else 0.5 for name, value in known.items()}


def _left(column: int) -> float:
    return _PAD + _TITLE + _CELL * column


def _centre(column: int) -> float:
    return _left(column) + _CELL / 2


def _wrap(title: str) -> str:
    """Break a title where its bracket begins."""
    return title.replace(" (", "\n(", 1)


def _wrapped(title: str) -> int:
    return 1 + _wrap(title).count("\n")
