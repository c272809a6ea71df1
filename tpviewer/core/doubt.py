"""In which order a reviewer looks at stages: the most doubtful first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.grounding import LEAST_GROUNDING
from tpviewer.core.stage_grounding import Grounded
from tpviewer.core.stages import Stage
from tpviewer.core.types import BoolArray, FloatArray, IntArray

Kind = Literal["near threshold", "weak grounding", "short", "far from look"]
KINDS: tuple[Kind, ...] = ("near threshold", "weak grounding", "short", "far from look")

NEAR = 0.25
"""A probability is near the threshold within this share of the way from the threshold to 1 or to 0."""

SHORT_S = 0.4
"""A stage that lasts less is short, seconds."""

FAR = 2.0
"""A mean map this many spreads of its cluster away from it is as far as it gets; one spread is not far."""


@dataclass(frozen=True)
class Reason:
    """Why a stage is doubtful.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    au : str
        The Action Unit for which it is most so; empty for ``short``.
    doubt : float
        Over 0 up to 1.
    """

    kind: Kind
    au: str
    doubt: float


@dataclass(frozen=True)
class Doubt:
    """A stage and how doubtful it is.

    Attributes
    ----------
    number : int
        Of the stage.
    reasons : tuple of Reason
        The strongest first; empty for a stage without doubt.
    score : float
        0 to 1.
    """

    number: int
    reasons: tuple[Reason, ...]
    score: float


@dataclass(frozen=True, eq=False)
class Looks:
    """Where the maps of one Action Unit lie.

    Attributes
    ----------
    frames : ndarray of int, shape (n,)
        Clustered frames, ascending.
    labels : ndarray of int, shape (n,)
        Letter index of each.
    embedding : ndarray of float, shape (n, m)
        Their rows of the spectral embedding; m = 0 where there were too few maps.
    """

    frames: IntArray
    labels: IntArray
    embedding: FloatArray


def doubts(
    stages: Sequence[Stage],
    bounds: FloatArray,
    probabilities: FloatArray,
    thresholds: FloatArray,
    aus: Sequence[str],
    grounding: Sequence[Mapping[str, Grounded]] = (),
    looks: Mapping[str, Looks] | None = None,
) -> tuple[Doubt, ...]:
    """Order the stages in which a face was seen by doubt.

    Four things make a stage doubtful, each from 0 to 1 and for the Action Unit for which it is most so:

    - *near threshold*: the mean probability p of an Action Unit lies near its threshold t, whether it is in
      the stage or not: ``1 - d / NEAR`` with d = (p - t) / (1 - t) above and (t - p) / t below.
    - *weak grounding* g of one in the stage: ``(LEAST_GROUNDING - g) / LEAST_GROUNDING``.
    - *short*: ``1 - duration / SHORT_S``.
    - *far from look*: the mean of the stage's rows of the spectral embedding lies r times as far from the
      mean of its cluster as the cluster's rows do (root mean square): ``(r - 1) / (FAR - 1)``.

    The score is the chance that at least one of them is right, were they independent:
    ``1 - (1 - a)(1 - b)(1 - c)(1 - d)``.

    Parameters
    ----------
    stages : sequence of Stage
    bounds : ndarray of float, shape (N + 1,)
        Presentation time of each frame in seconds, and the end of the last one.
    probabilities : ndarray of float, shape (N, K)
        NaN where unknown.
    thresholds : ndarray of float, shape (K,)
    aus : sequence of str, length K
        Action Units of the two above; leave out those that take no part.
    grounding : sequence of mapping of str to Grounded
        One a stage; empty where it was not measured.
    looks : mapping of str to Looks, optional
        By Action Unit.

    Returns
    -------
    tuple of Doubt
        The highest score first, of equal ones the earlier stage.
    """
    spreads = {au: _spread(one) for au, one in (looks or {}).items()}
    found = []
    for number, stage in enumerate(stages):
        if stage.unseen:
            continue
        reasons = [
            _near(probabilities[stage.start : stage.stop], thresholds, aus),
            _weak(stage, grounding[number] if grounding else {}),
            Reason("short", "", 1 - float(bounds[stage.stop] - bounds[stage.start]) / SHORT_S),
            _far(stage, looks or {}, spreads),
        ]
        doubtful = [Reason(r.kind, r.au, min(r.doubt, 1.0)) for r in reasons if r is not None and r.doubt > 0]
        score = 1 - float(np.prod([1 - reason.doubt for reason in doubtful]))
        found.append(Doubt(number, tuple(sorted(doubtful, key=lambda r: -r.doubt)), score))
    return tuple(sorted(found, key=lambda one: -one.score))


def _near(probabilities: FloatArray, thresholds: FloatArray, aus: Sequence[str]) -> Reason | None:
    known = np.isfinite(probabilities)
    counts = known.sum(axis=0)
    sums = np.where(known, probabilities, 0.0).sum(axis=0, dtype=np.float64)
    if not counts.any():
        return None
    mean = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    t = np.clip(np.asarray(thresholds, np.float64), 1e-9, 1 - 1e-9)
    doubt = 1 - np.where(mean >= t, (mean - t) / (1 - t), (t - mean) / t) / NEAR
    best = int(np.nanargmax(doubt))
    return Reason("near threshold", aus[best], float(doubt[best]))


def _weak(stage: Stage, grounding: Mapping[str, Grounded]) -> Reason | None:
    values = {au: grounding[au].value for au, _ in stage.key if au in grounding}
    if not values:
        return None
    au = min(values, key=lambda name: values[name])
    return Reason("weak grounding", au, (LEAST_GROUNDING - values[au]) / LEAST_GROUNDING)


def _spread(looks: Looks) -> dict[int, tuple[NDArray[np.float64], float]]:
    """Mean and root mean square distance to it of the rows of each cluster."""
    found = {}
    for label in np.unique(looks.labels) if looks.embedding.shape[1] else ():
        rows = looks.embedding[looks.labels == label].astype(np.float64)
        mean = rows.mean(axis=0)
        found[int(label)] = mean, float(np.sqrt(((rows - mean) ** 2).sum(axis=1).mean()))
    return found


def _far(
    stage: Stage,
    looks: Mapping[str, Looks],
    spreads: Mapping[str, Mapping[int, tuple[NDArray[np.float64], float]]],
) -> Reason | None:
    ratios = {}
    for au, look in stage.key:
        mean, spread = spreads.get(au, {}).get(look, (None, 0.0))
        if mean is None or spread <= 0:
            continue
        here = _rows(looks[au], stage, look)
        if here.any():
            distance = np.linalg.norm(looks[au].embedding[here].astype(np.float64).mean(axis=0) - mean)
            ratios[au] = float(distance) / spread
    if not ratios:
        return None
    au = max(ratios, key=lambda name: ratios[name])
    return Reason("far from look", au, (ratios[au] - 1) / (FAR - 1))


def _rows(looks: Looks, stage: Stage, look: int) -> BoolArray:
    inside = (looks.frames >= stage.start) & (looks.frames < stage.stop)
    return np.asarray(inside & (looks.labels == look))
