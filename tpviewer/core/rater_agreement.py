"""How far two raters agree on each Action Unit: human and machine, or human and human.

Only frames count that both have scored. Of each video there are a few sums (`_sums`), and every figure is a
function of them: those of several videos are added, and drawn anew for an interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.action_units import au_number
from tpviewer.core.bootstrap import DRAWS, drawn_sums, interval
from tpviewer.core.errors import ParameterError
from tpviewer.core.rater_events import matched_events
from tpviewer.core.runs import runs
from tpviewer.core.types import BoolArray

TOLERANCE = 5
"""Default tolerance of events in frames: a sixth of a second at 30 frames per second."""

FEW_VIDEOS = 10
"""Intervals over fewer videos are rough."""

FIGURES = (
    *("kappa", "f1", "precision", "recall", "agreement"),
    *("prevalence_reference", "prevalence_other", "icc", "event_f1"),
)
"""Names of the figures of an Action Unit, see `AuAgreement`."""

_LEAST_VIDEOS = 2  # of which a figure is defined: draws of a single one do not vary
_SCALE = 1e-12  # of the mean square: less variance than this is rounding


@dataclass(frozen=True, eq=False)
class RaterTrack:
    """What one rater says of one video, N frames and K Action Units.

    Attributes
    ----------
    rater : str
        Name; the same one in several videos is the same rater.
    aus : tuple of str, length K
    presence : ndarray of bool, shape (N, K)
    intensity : ndarray of float32, shape (N, K)
        0 (absent) to 5, NaN where none was given.
    scorable : ndarray of bool, shape (N, K)
        Where the rater says whether it is present; elsewhere nothing counts.
    """

    rater: str
    aus: tuple[str, ...]
    presence: BoolArray
    intensity: NDArray[np.float32]
    scorable: BoolArray


@dataclass(frozen=True)
class Figure:
    """A figure and its 95 % interval.

    Attributes
    ----------
    value : float
        NaN where undefined.
    low, high : float
        NaN where there is no interval: fewer than two videos define the figure by themselves (F1, for
        example, those in which somebody calls the Action Unit present), or most draws leave it undefined.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class AuAgreement:
    """Agreement on one Action Unit.

    Attributes
    ----------
    au : str
    videos : int
        Videos in which there are frames that both have scored.
    frames : int
        Frames that both have scored.
    rated : int
        Those of them for which both gave an intensity, 0 for absent.
    events_reference, events_other, events_matched : int
        Events of each, and pairs of them that match (`tpviewer.core.rater_events.matched_events`). An event
        is a run of frames in which the rater says ``present``; where not both have scored, it is cut.
    figures : mapping of str to Figure
        By the names of `FIGURES`: Cohen's kappa; F1, precision and recall of presence in the frames, the
        first rater taken as the reference; agreement, the share of frames of the same answer; prevalence,
        the share of frames that each calls present; ICC(3,1) of the intensities; F1 of the events. NaN where
        undefined: kappa of two raters who both always give the same answer, precision where the other calls
        no frame present, recall where the reference calls none, F1 where neither does, ICC of fewer than two
        frames or of two constant raters.
    """

    au: str
    videos: int
    frames: int
    rated: int
    events_reference: int
    events_other: int
    events_matched: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class RaterAgreement:
    """Agreement of two raters.

    Attributes
    ----------
    reference, other : str
    tolerance : int
        Of events, in frames.
    videos : int
        Videos that both have scored frames of.
    aus : tuple of AuAgreement
        By number of the Action Unit; only those of which both have scored a frame.
    """

    reference: str
    other: str
    tolerance: int
    videos: int
    aus: tuple[AuAgreement, ...]


def rater_agreement(
    pairs: Sequence[tuple[RaterTrack, RaterTrack]],
    tolerance: int = TOLERANCE,
    draws: int = DRAWS,
    seed: int = 0,
) -> RaterAgreement:
    """Compare a rater with a reference over one or many videos.

    Parameters
    ----------
    pairs : sequence of (RaterTrack, RaterTrack)
        The reference's and the other's, of each video.
    tolerance : int
        Frames by which onset and offset of events may differ.
    draws, seed : int
        Of the bootstrap over videos.

    Raises
    ------
    ParameterError
        If there is no video, the tolerance is negative, or two tracks differ in their number of frames.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement.
    Shrout, P. E., Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability.
    Psychological Bulletin.
    """
    if not pairs:
        raise ParameterError("there is no video that both raters have scored")
    if tolerance < 0:
        raise ParameterError(f"{tolerance} frames are no tolerance; give 0 or more")
    sums: dict[str, list[NDArray[np.float64]]] = {}
    scored = 0
    for reference, other in pairs:
        found = _video_sums(reference, other, tolerance)
        scored += bool(found)
        for au, values in found.items():
            sums.setdefault(au, []).append(values)
    return RaterAgreement(
        reference=pairs[0][0].rater,
        other=pairs[0][1].rater,
        tolerance=tolerance,
        videos=scored,
        aus=tuple(_au_agreement(au, np.stack(sums[au]), draws, seed) for au in sorted(sums, key=au_number)),
    )


_HITS, _EXTRA, _LOST, _NEITHER, _RATED, _X, _Y, _XX, _YY, _XY, _OF_REFERENCE, _OF_OTHER, _MATCHED = range(13)


def _video_sums(reference: RaterTrack, other: RaterTrack, tolerance: int) -> dict[str, NDArray[np.float64]]:
    """Sums of one video, (13,), of each Action Unit of which both have scored a frame."""
    if len(reference.presence) != len(other.presence):
        raise ParameterError(
            f"{reference.rater} has scored {len(reference.presence)} frames and {other.rater}"
            f" {len(other.presence)}; compare what is of the same video"
        )
    found = {}
    for i, au in enumerate(reference.aus):
        if au not in other.aus:
            continue
        j = other.aus.index(au)
        both = reference.scorable[:, i] & other.scorable[:, j]
        if both.any():
            found[au] = _sums(
                *(reference.presence[:, i] & both, other.presence[:, j] & both, both, tolerance),
                reference.intensity[both, i].astype(np.float64),
                other.intensity[both, j].astype(np.float64),
            )
    return found


def _sums(
    first: BoolArray,
    second: BoolArray,
    both: BoolArray,
    tolerance: int,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> NDArray[np.float64]:
    hits = np.count_nonzero(first & second)
    extra, lost = np.count_nonzero(second) - hits, np.count_nonzero(first) - hits
    neither = np.count_nonzero(both) - hits - extra - lost
    rated = np.isfinite(x) & np.isfinite(y)
    x, y = x[rated], y[rated]
    events, others = runs(first), runs(second)
    return np.array(
        [
            *(hits, extra, lost, neither),
            *(len(x), x.sum(), y.sum(), x @ x, y @ y, x @ y),
            *(len(events), len(others), matched_events(events, others, tolerance)),
        ],
        np.float64,
    )


def _au_agreement(au: str, sums: NDArray[np.float64], draws: int, seed: int) -> AuAgreement:
    total = sums.sum(axis=0)
    values = _figures(total)
    ranges = dict.fromkeys(values, (float("nan"), float("nan")))
    alone = {name: np.count_nonzero(np.isfinite(each)) for name, each in _figures(sums).items()}
    if max(alone.values()) >= _LEAST_VIDEOS:
        drawn = _figures(drawn_sums(sums, draws, seed))
        ranges |= {name: interval(drawn[name]) for name in values if alone[name] >= _LEAST_VIDEOS}
    return AuAgreement(
        au=au,
        videos=len(sums),
        frames=int(total[: _NEITHER + 1].sum()),
        rated=int(total[_RATED]),
        events_reference=int(total[_OF_REFERENCE]),
        events_other=int(total[_OF_OTHER]),
        events_matched=int(total[_MATCHED]),
        figures={name: Figure(float(values[name]), *ranges[name]) for name in FIGURES},
    )


def _figures(sums: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Figures of sums of shape (…, 13), of shape (…) each."""
    hits, extra, lost, neither = (sums[..., k] for k in (_HITS, _EXTRA, _LOST, _NEITHER))
    first, second, frames = hits + lost, hits + extra, hits + extra + lost + neither
    by_chance = first * (frames - second) + second * (frames - first)
    return {
        "kappa": _ratio(2 * (hits * neither - extra * lost), by_chance),
        "f1": _ratio(2 * hits, first + second),
        "precision": _ratio(hits, second),
        "recall": _ratio(hits, first),
        "agreement": _ratio(hits + neither, frames),
        "prevalence_reference": _ratio(first, frames),
        "prevalence_other": _ratio(second, frames),
        "icc": _consistency(sums),
        "event_f1": _ratio(2 * sums[..., _MATCHED], sums[..., _OF_REFERENCE] + sums[..., _OF_OTHER]),
    }


def _consistency(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """ICC(3,1), of two raters twice the covariance over the sum of the variances."""
    n, x, y = (sums[..., k] for k in (_RATED, _X, _Y))
    together = n * sums[..., _XY] - x * y
    squares = n * (sums[..., _XX] + sums[..., _YY])
    spread = squares - x**2 - y**2
    return _ratio(2 * together, np.where((n > 1) & (spread > _SCALE * squares), spread, 0.0))


def _ratio(part: Any, whole: Any) -> NDArray[np.float64]:
    """NaN where the whole is nothing."""
    return np.asarray(np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan))
