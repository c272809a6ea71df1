"""Measured quality of a model on labelled crops, and thresholds chosen from it."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score

from tpviewer.core.agreement import intraclass_correlation

DRAWS = 300
"""Bootstrap samples of people behind an interval."""

_CANDIDATES = np.round(np.arange(0.3, 0.81, 0.05), 2)
_EXPERIMENTAL_BELOW = 0.90
_LEAST_CASES = 5
_LEAST_PERSONS = 5
_LEAST_RATED = 20

Truth = NDArray[np.bool_]
Score = NDArray[np.float32]
Weights = NDArray[np.float64]
Scorer = Callable[[Truth, Score, Weights], Weights]
"""Takes n cases and weights, shape (draws, n), and gives a figure for each draw, shape (draws,)."""


def areas_under_roc(labels: NDArray[np.int8], logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Area under the ROC curve per Action Unit, (K,); NaN with fewer than 5 present or absent cases."""
    return np.array([_area(labels[:, k], logits[:, k]) for k in range(labels.shape[1])])


def choose_thresholds(labels: NDArray[np.int8], logits: NDArray[np.float32]) -> tuple[float, ...]:
    """Probability per Action Unit with the best F1 on these labels; 0.5 where it cannot be decided.

    Parameters
    ----------
    labels : ndarray, shape (n, K), int8
        1 present, 0 absent, -1 missing.
    logits : ndarray, shape (n, K), float32

    Returns
    -------
    tuple of float, length K
        0.3 to 0.8 in steps of 0.05; of equally good ones the lowest.
    """
    with np.errstate(over="ignore"):
        probability = 1 / (1 + np.exp(-logits.astype(np.float64)))
    chosen = []
    for k in range(labels.shape[1]):
        there = labels[:, k] >= 0
        truth = labels[there, k] == 1
        if not truth.any() or truth.all():
            chosen.append(0.5)
            continue
        scores = [f1_score(truth, probability[there, k] >= t, zero_division=0.0) for t in _CANDIDATES]
        chosen.append(float(_CANDIDATES[int(np.argmax(scores))]))
    return tuple(chosen)


def quality(
    aus: tuple[str, ...],
    labels: NDArray[np.int8],
    logits: NDArray[np.float32],
    thresholds: tuple[float, ...],
    persons: NDArray[np.int64] | None = None,
) -> dict[str, dict[str, Any]]:
    """Figures of each Action Unit that can be measured.

    Parameters
    ----------
    aus : tuple of str, length K
    labels : ndarray, shape (n, K), int8
        1 present, 0 absent, -1 missing.
    logits : ndarray, shape (n, K), float32
    thresholds : tuple of float, length K
        Probabilities.
    persons : ndarray, shape (n,), int64, optional
        Who is seen; with them there are intervals.

    Returns
    -------
    dict of str to dict
        By Action Unit ``roc_auc``, ``pr_auc``, ``f1`` at the threshold, ``present``, ``absent`` (cases), and
        with `persons` their number and ``roc_auc_95`` and so on: ``[low, high]``, bootstrapped over people.
    """
    measured = {}
    areas = areas_under_roc(labels, logits)
    for k, (au, threshold) in enumerate(zip(aus, thresholds, strict=True)):
        if not np.isfinite(areas[k]):
            continue
        there = labels[:, k] >= 0
        truth, score = labels[there, k] == 1, logits[there, k]
        scorers = _scorers(float(np.log(threshold / (1 - threshold))))
        even = np.ones((1, len(truth)))
        figures: dict[str, Any] = {
            name: round(float(scorer(truth, score, even)[0]), 3) for name, scorer in scorers.items()
        }
        figures |= {"present": int(truth.sum()), "absent": int((~truth).sum())}
        if persons is not None:
            figures |= intervals(scorers, truth, score, persons[there])
        measured[au] = figures
    return measured


def intervals(
    scorers: dict[str, Scorer],
    truth: Truth,
    score: Score,
    persons: NDArray[np.int64],
) -> dict[str, Any]:
    """95 % intervals over people, ``NAME_95: [low, high]``, and their number; none for fewer than 5 people.

    Whole people are drawn with replacement, never single pictures: those of one person are alike.

    Parameters
    ----------
    scorers : dict of str to Scorer
    truth : ndarray, shape (n,), bool
        At least one case.
    score : ndarray, shape (n,), float32
    persons : ndarray, shape (n,), int64
        Who is seen.

    Returns
    -------
    dict
        ``persons``, and ``NAME_95`` of each scorer: 2.5th and 97.5th percentile of `DRAWS` bootstrap samples,
        without those in which present or absent cases are missing.
    """
    _, index = np.unique(persons, return_inverse=True)
    count = int(index.max()) + 1
    found: dict[str, Any] = {"persons": count}
    if count < _LEAST_PERSONS:
        return found
    rng = np.random.default_rng(0)
    draws = rng.multinomial(count, np.full(count, 1 / count), size=DRAWS)
    weights = draws[:, index].astype(np.float64)
    weights = weights[weights[:, truth].any(axis=1) & weights[:, ~truth].any(axis=1)]
    for name, scorer in scorers.items():
        if len(weights):
            low, high = np.percentile(scorer(truth, score, weights), (2.5, 97.5))
            found[f"{name}_95"] = [round(float(low), 3), round(float(high), 3)]
    return found


def roc_area(truth: Truth, score: Score, weights: Weights) -> Weights:
    """Area under the ROC curve; see `Scorer`. Equal scores are taken together."""
    hits, alarms = _counted_down(truth, score, weights)
    widths = np.diff(alarms, axis=1, prepend=0.0)
    middles = hits - np.diff(hits, axis=1, prepend=0.0) / 2
    area: Weights = (widths * middles).sum(axis=1) / (hits[:, -1] * alarms[:, -1])
    return area


def precision_area(truth: Truth, score: Score, weights: Weights) -> Weights:
    """Average precision, the area under the precision-recall curve; see `Scorer`."""
    hits, alarms = _counted_down(truth, score, weights)
    steps = np.diff(hits, axis=1, prepend=0.0)
    area: Weights = (steps * hits / np.maximum(hits + alarms, 1e-12)).sum(axis=1) / hits[:, -1]
    return area


def intensity_agreement(intensity: NDArray[np.float64], estimate: NDArray[np.float64]) -> dict[str, Any]:
    """Pearson's correlation and ICC(3,1) of two intensities, shape (n,), NaN where unknown.

    Empty for fewer than 20 cases, or where one does not vary.
    """
    both = np.isfinite(intensity) & np.isfinite(estimate)
    one, other = intensity[both], estimate[both]
    if len(one) < _LEAST_RATED or np.ptp(one) == 0 or np.ptp(other) == 0:
        return {}
    return {
        "pearson": round(float(np.corrcoef(one, other)[0, 1]), 3),
        "icc": round(intraclass_correlation(np.column_stack([one, other])), 3),
        "rated": len(one),
    }


def experimental(measured: dict[str, dict[str, Any]], aus: tuple[str, ...]) -> tuple[str, ...]:
    """Action Units whose ROC-AUC is below 0.90 or was not measured: marked as experimental."""
    return tuple(au for au in aus if au not in measured or measured[au]["roc_auc"] < _EXPERIMENTAL_BELOW)


def _scorers(level: float) -> dict[str, Scorer]:
    return {
        "roc_auc": roc_area,
        "pr_auc": precision_area,
        "f1": lambda truth, score, weights: _f1(truth, score >= level, weights),
    }


def _counted_down(truth: Truth, score: Score, weights: Weights) -> tuple[Weights, Weights]:
    """Weight of present and of absent cases with at least each score, from the highest down."""
    order = np.argsort(-score, kind="stable")
    last = np.append(np.diff(score[order]) != 0, True)
    ordered = weights[:, order]
    hits = np.cumsum(ordered * truth[order], axis=1)[:, last]
    return hits, np.cumsum(ordered, axis=1)[:, last] - hits


def _f1(truth: Truth, found: Truth, weights: Weights) -> Weights:
    hits = weights[:, truth & found].sum(axis=1)
    either = weights[:, truth].sum(axis=1) + weights[:, found].sum(axis=1)
    return np.asarray(2 * hits / np.maximum(either, 1e-12))


def _area(labels: NDArray[np.int8], logits: NDArray[np.float32]) -> float:
    there = labels >= 0
    truth = labels[there] == 1
    if min(int(truth.sum()), int((~truth).sum())) < _LEAST_CASES:
        return float("nan")
    return float(roc_auc_score(truth, logits[there]))
