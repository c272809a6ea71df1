"""Where the network looks in a stage and over a video: means of its maps' grounding (method, section 11)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tpviewer.core.activity import MAP_SOURCE
from tpviewer.core.grounding import LEAST_GROUNDING
from tpviewer.core.stages import Stage
from tpviewer.core.types import BoolArray, FloatArray


@dataclass(frozen=True)
class Grounded:
    """Grounding of one Action Unit over some frames.

    Attributes
    ----------
    value : float
        Mean over the frames that were measured, at most 1: all of the strongest relevance lies in the Action
        Unit's own region. 0 is what a map that knows nothing gets.
    measured : float
        Share of the frames that were measured, over 0 up to 1. The others have no relevance map, or one
        without positive relevance.
    """

    value: float
    measured: float

    @property
    def elsewhere(self) -> bool:
        """True where the network looks elsewhere: the mean is under `LEAST_GROUNDING`."""
        return self.value < LEAST_GROUNDING


def stage_grounding(
    values: FloatArray, aus: Sequence[str], stages: Sequence[Stage]
) -> tuple[dict[str, Grounded], ...]:
    """Grounding of each stage's Action Units.

    Parameters
    ----------
    values : ndarray of float, shape (N, K)
        Grounding of each frame's maps, NaN where it was not measured.
    aus : sequence of str, length K
        Action Units of the columns.
    stages : sequence of Stage
        They follow one another without a gap, from the first frame on.

    Returns
    -------
    tuple of dict
        One a stage. An Action Unit that was measured in none of its frames is left out; one that is read off
        another's probability (AU43) has that one's grounding.
    """
    if not stages:
        return ()
    starts = [stage.start for stage in stages]
    known = np.isfinite(values[: stages[-1].stop])
    sums = np.add.reduceat(np.where(known, values[: len(known)], 0.0).astype(np.float64), starts)
    counts = np.add.reduceat(known, starts, dtype=np.int64)
    columns = {au: _column(au, aus) for au in {au for stage in stages for au, _ in stage.key}}
    found: tuple[dict[str, Grounded], ...] = tuple({} for _ in stages)
    for one, stage, total, measured in zip(found, stages, sums.tolist(), counts.tolist(), strict=True):
        for au, _ in stage.key:
            column = columns[au]
            if column is not None and measured[column]:
                one[au] = Grounded(total[column] / measured[column], measured[column] / stage.frames)
    return found


def video_grounding(
    values: FloatArray, aus: Sequence[str], active: BoolArray, columns: Sequence[str]
) -> dict[str, Grounded]:
    """Grounding of each Action Unit over all frames in which it is active.

    Parameters
    ----------
    values : ndarray of float, shape (N, K)
        As for `stage_grounding`.
    aus : sequence of str, length K
    active : ndarray of bool, shape (N, C)
    columns : sequence of str, length C
        Action Units of `active`.

    Returns
    -------
    dict of str to Grounded
        Of the Action Units that were measured in a frame in which they are active.
    """
    found = {}
    for place, au in enumerate(columns):
        column = _column(au, aus)
        if column is None:
            continue
        here = values[active[:, place], column].astype(np.float64)
        known = here[np.isfinite(here)]
        if len(known):
            found[au] = Grounded(float(known.mean()), len(known) / len(here))
    return found


def _column(au: str, aus: Sequence[str]) -> int | None:
    """Column of the maps that stand for an Action Unit, None where the model has none."""
    source = au if au in aus else MAP_SOURCE.get(au)
    return aus.index(source) if source in aus else None
