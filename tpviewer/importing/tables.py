"""Tables of other programs: what is in them, and errors that name the line."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.core.runs import runs
from tpviewer.importing.rated import FrameTrack, TimedAnnotation

_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
_HEAD = 200_000  # bytes; OpenFace writes about 700 columns


def header(path: Path) -> tuple[str, ...]:
    """Names of a table's columns, without the blanks around them.

    Raises
    ------
    ParameterError
        If the file cannot be read as text.
    """
    with path.open("rb") as file:
        start = file.read(_HEAD)
    text = _decoded(start, path)
    line = text.splitlines()[0] if text.strip() else ""
    return tuple(name.strip().strip('"') for name in line.split(_separator(line)))


def read_table(path: Path, wanted: Sequence[str], text: Sequence[str] = ()) -> pd.DataFrame:
    """Read some columns of a table.

    Parameters
    ----------
    path : Path
    wanted : sequence of str
        Names without blanks around them; those that are not there are left out.
    text : sequence of str
        Those of them that are text: str, empty where a cell is empty. `numbers` reads the others.

    Returns
    -------
    DataFrame
        The index is the number of the line in the file; empty lines are left out.

    Raises
    ------
    ParameterError
        If it cannot be read as a table.
    """
    with path.open("rb") as file:
        start = file.read(_HEAD)
    encoding = _encoding(start, path)
    separator = _separator(start.decode(encoding, "ignore").splitlines()[0])
    try:
        table = pd.read_csv(
            path,
            sep=separator,
            usecols=lambda name: name.strip() in wanted,
            dtype=dict.fromkeys(text, str),
            encoding=encoding,
            skipinitialspace=True,
            skip_blank_lines=False,
            low_memory=False,
        )
    except (OSError, ValueError) as error:  # pandas' own errors are ValueErrors
        raise ParameterError(
            f"{path}: cannot be read as a table ({error}); write it again with the program that it is from"
        ) from error
    table.columns = pd.Index([str(name).strip() for name in table.columns])
    table.index = pd.RangeIndex(2, len(table) + 2)
    table = table[table.notna().any(axis=1)]
    told = [name for name in text if name in table]
    return table.assign(**{name: table[name].fillna("").astype(str).str.strip() for name in told})


def numbers(path: Path, column: "pd.Series[Any]") -> NDArray[np.float64]:
    """Numbers of a column, NaN for empty cells and ``nan``.

    Parameters
    ----------
    path : Path
        Of the table, for messages.
    column : Series, shape (n,)
        Of `read_table`, whose index is the number of the line.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    ParameterError
        If a cell is no number; the line is named.
    """
    values = pd.to_numeric(column, errors="coerce")
    wrong = values.isna() & column.notna() & (column != "")
    if wrong.any():
        line = int(wrong.idxmax())
        raise ParameterError(
            f"{path}, line {line}: {column.name!r} is {column[line]!r}, no number; correct or empty it"
        )
    return np.asarray(values.to_numpy(np.float64))


def track_intervals(track: FrameTrack, aus: Sequence[str]) -> tuple[TimedAnnotation, ...]:
    """Stretches of a track in seconds in which an Action Unit is present, with its greatest intensity.

    Parameters
    ----------
    track : FrameTrack
        In seconds.
    aus : sequence of str, length K
    """
    step = track.step if np.isfinite(track.step) else 0.0
    follows = np.diff(track.position) <= 1.5 * step
    found = []
    for column, au in enumerate(aus):
        present = track.presence[:, column] & track.known[:, column]
        for start, stop in runs(present).tolist():
            for first, last in _unbroken(start, stop, follows):
                peak = _peak(track.intensity[first:last, column])
                end = float(track.position[last - 1]) + step
                found.append(TimedAnnotation(au, float(track.position[first]), end, intensity=peak))
    return tuple(sorted(found, key=lambda one: one.start_s))


def _unbroken(start: int, stop: int, follows: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Parts of a run of rows between which no row is missing."""
    gaps = (start + 1 + np.flatnonzero(~follows[start : stop - 1])).tolist()
    edges = [start, *gaps, stop]
    return list(pairwise(edges))


def _peak(values: NDArray[np.float32]) -> float | None:
    finite = values[np.isfinite(values)]
    return float(finite.max()) if len(finite) else None


def _encoding(start: bytes, path: Path) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and start[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            start.decode(encoding)
        except UnicodeDecodeError as error:
            if error.end < len(start):  # else a character is cut off where reading ended
                continue
        return encoding
    raise ParameterError(f"{path}: is no text; give a file that OpenFace, py-feat, ELAN or BORIS wrote")


def _decoded(start: bytes, path: Path) -> str:
    return start.decode(_encoding(start, path), "ignore")


def _separator(line: str) -> str:
    """The separator that a line has most of."""
    return max(",;\t", key=line.count)
