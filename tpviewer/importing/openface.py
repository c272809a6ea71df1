"""Tables of OpenFace 2: presence and intensity of each frame.

References
----------
Baltrušaitis, T., Zadeh, A., Lim, Y. C., Morency, L.-P. (2018). OpenFace 2.0: Facial Behavior Analysis
Toolkit.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.core.types import BoolArray
from tpviewer.importing.rated import FrameTrack, Ratings, Unit
from tpviewer.importing.tables import numbers, read_table, track_intervals

_COLUMN = re.compile(r"(AU\d\d)_([rc])")
_BASE = ("frame", "face_id", "timestamp", "success")
_OWN = "stage_absorbed"
_LEAST = 1.0  # of an intensity without presence: trace

RATER, OWN_RATER = "OpenFace", "TPViewer"


def is_openface(names: tuple[str, ...]) -> bool:
    """Whether these are the columns of a table of OpenFace or one of this program."""
    return any(_COLUMN.fullmatch(name) for name in names)


def read_openface(path: Path, names: tuple[str, ...]) -> tuple[Ratings, ...]:
    """Read one `Ratings` a face.

    ``AU12_c`` is presence, ``AU12_r`` intensity; an Action Unit with intensity alone is present from 1 on.
    Rows without success, and frames without a row, are not known. Tables of this program have the same form.

    Parameters
    ----------
    path : Path
    names : tuple of str
        Its columns.

    Raises
    ------
    ParameterError
        If a line cannot be understood, or there is neither ``timestamp`` nor ``frame``.
    """
    columns = [name for name in names if _COLUMN.fullmatch(name)]
    table = read_table(path, (*_BASE, *columns, _OWN))
    if "timestamp" not in table and "frame" not in table:
        raise ParameterError(
            f"{path}: has neither 'timestamp' nor 'frame'; analyse the video with FeatureExtraction"
        )
    if not len(table):
        raise ParameterError(f"{path}: has no line of a frame; analyse the video again")
    rater = OWN_RATER if _OWN in table else RATER
    faces = numbers(path, table["face_id"]) if "face_id" in table else np.zeros(len(table))
    known = np.unique(faces[np.isfinite(faces)])
    return tuple(
        _ratings(path, rater if len(known) == 1 else f"{rater} face {face:g}", table[faces == face])
        for face in known
    )


def _ratings(path: Path, rater: str, table: pd.DataFrame) -> Ratings:
    aus = tuple(sorted({str(name)[:4] for name in table.columns if _COLUMN.fullmatch(str(name))}))
    unit, position = _positions(path, table)
    order = np.argsort(position, kind="stable")
    first = np.concatenate([[True], np.diff(position[order]) > 0]) & np.isfinite(position[order])
    rows = order[first]
    if not len(rows):
        raise ParameterError(f"{path}: no line has a time; analyse the video again with FeatureExtraction")
    success = numbers(path, table["success"]) >= 1 if "success" in table else np.ones(len(table), bool)
    values = [_values(path, table, au) for au in aus]
    presence, intensity, known = (np.stack(layer, axis=1)[rows] for layer in zip(*values, strict=True))
    track = FrameTrack(
        unit=unit,
        position=position[rows],
        presence=presence,
        intensity=intensity.astype(np.float32),
        known=known & success[rows, None],
    )
    graded = tuple(au for au in aus if f"{au}_c" not in table)
    seconds = unit == "seconds"
    return Ratings(
        rater=rater,
        source=path,
        aus=aus,
        intervals=track_intervals(track, aus) if seconds else (),
        end_s=float(track.position[-1]) + (track.step if len(rows) > 1 else 0.0) if seconds else None,
        track=track,
        warnings=(f"{path}: {', '.join(graded)}: no presence, taken as present from intensity 1 on",)
        if graded
        else (),
    )


def _positions(path: Path, table: pd.DataFrame) -> tuple[Unit, NDArray[np.float64]]:
    if "timestamp" in table:
        return "seconds", numbers(path, table["timestamp"])
    return "frames", numbers(path, table["frame"]) - 1


def _values(path: Path, table: pd.DataFrame, au: str) -> tuple[BoolArray, NDArray[np.float64], BoolArray]:
    """Presence, intensity and whether that is known, of one Action Unit."""
    nothing = np.full(len(table), np.nan)
    graded = numbers(path, table[f"{au}_r"]) if f"{au}_r" in table else nothing
    marked = numbers(path, table[f"{au}_c"]) if f"{au}_c" in table else nothing
    present = marked >= 0.5 if f"{au}_c" in table else graded >= _LEAST
    return present, np.clip(graded, 0, 5), np.isfinite(marked if f"{au}_c" in table else graded)
