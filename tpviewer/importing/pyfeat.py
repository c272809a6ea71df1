"""Tables of py-feat (Fex): a probability of each Action Unit in each frame.

References
----------
Cheong, J. H. et al. (2023). Py-Feat: Python Facial Expression Analysis Toolbox. Affective Science.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from tpviewer.core.errors import ParameterError
from tpviewer.importing.rated import FrameTrack, Ratings
from tpviewer.importing.tables import numbers, read_table

_COLUMN = re.compile(r"AU\d\d")
_PRESENT = 0.5

RATER = "py-feat"


def is_pyfeat(names: tuple[str, ...]) -> bool:
    """Whether these are the columns of a table of py-feat."""
    return any(_COLUMN.fullmatch(name) for name in names)


def read_pyfeat(path: Path, names: tuple[str, ...]) -> tuple[Ratings, ...]:
    """Read one `Ratings` a face: present from 0.5 on, and no intensity, for a probability is none.

    Frames are matched by their number, counted from 0; ``approx_time`` has whole seconds. Rows without a face
    hold NaN and are not known. Several faces of a frame are told apart by the order of their rows.

    Parameters
    ----------
    path : Path
    names : tuple of str
        Its columns.

    Raises
    ------
    ParameterError
        If a line cannot be understood, or ``frame`` is missing.
    """
    aus = tuple(sorted(name for name in names if _COLUMN.fullmatch(name)))
    table = read_table(path, ("frame", *aus))
    if "frame" not in table or not len(table):
        raise ParameterError(
            f"{path}: has no line with a 'frame'; write it with Fex.to_csv of what detect_video gave"
        )
    place = pd.Series(numbers(path, table["frame"]), index=table.index)
    face = place.groupby(place).cumcount()
    count = int(face.max()) + 1
    return tuple(
        _ratings(path, RATER if count == 1 else f"{RATER} face {k}", aus, table[face == k], place[face == k])
        for k in range(count)
    )


def _ratings(
    path: Path, rater: str, aus: tuple[str, ...], table: pd.DataFrame, place: "pd.Series[float]"
) -> Ratings:
    order = np.argsort(place.to_numpy(), kind="stable")
    values = np.stack([numbers(path, table[au]) for au in aus], axis=1)[order]
    track = FrameTrack(
        unit="frames",
        position=place.to_numpy(np.float64)[order],
        presence=values >= _PRESENT,
        intensity=np.full(values.shape, np.nan, np.float32),
        known=np.isfinite(values),
    )
    return Ratings(rater, path, aus, (), None, track)
