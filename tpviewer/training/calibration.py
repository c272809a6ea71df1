"""Whether a probability means what it says, and how a logit would have to be bent for it to do so.

Expected calibration error after Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using
Bayesian binning", AAAI 2015; logistic recalibration after Platt 1999.
"""

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

BINS = 10
_LEAST_CASES = 10


def reliability(
    truth: NDArray[np.bool_], probability: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Reliability curve over ten equal bins of probability.

    Parameters
    ----------
    truth : ndarray of bool, shape (n,)
    probability : ndarray of float64, shape (n,)

    Returns
    -------
    said, was : ndarray of float64, shape (10,)
        Mean probability and share of present cases of each bin; NaN in an empty one.
    count : ndarray of int64, shape (10,)
    """
    place = np.minimum((probability * BINS).astype(np.int64), BINS - 1)
    count = np.bincount(place, minlength=BINS)
    with np.errstate(invalid="ignore"):
        said = np.bincount(place, probability, minlength=BINS) / count
        was = np.bincount(place, truth.astype(np.float64), minlength=BINS) / count
    return said, was, count.astype(np.int64)


def expected_error(truth: NDArray[np.bool_], probability: NDArray[np.float64]) -> float:
    """Expected calibration error: mean distance of said and found shares over the cases; 0 is perfect.

    Parameters
    ----------
    truth : ndarray of bool, shape (n,)
    probability : ndarray of float64, shape (n,)

    Returns
    -------
    float
        0 to 1.
    """
    said, was, count = reliability(truth, probability)
    return float(np.nansum(np.abs(said - was) * count) / max(len(truth), 1))


def calibration(
    aus: tuple[str, ...],
    labels: NDArray[np.int8],
    logits: NDArray[np.float32],
    persons: NDArray[np.int64],
) -> dict[str, dict[str, Any]]:
    """Calibration of each Action Unit, and what Platt's two numbers would gain on people they do not know.

    Parameters
    ----------
    aus : tuple of str, length K
    labels : ndarray, shape (n, K), int8
    logits : ndarray, shape (n, K), float32
    persons : ndarray, shape (n,), int64

    Returns
    -------
    dict of str to dict
        By Action Unit: ``ece``; ``slope`` and ``offset`` of the logit fitted on one half of the people;
        ``ece_before`` and ``ece_after`` on the other half; ``said``, ``was``, ``count``: the reliability
        curve. Nothing for one with fewer than ten cases of either kind in either half.
    """
    fitted_on = first_half(persons)
    found = {}
    for k, au in enumerate(aus):
        there = labels[:, k] >= 0
        truth, logit = labels[there, k] == 1, logits[there, k].astype(np.float64)
        half = fitted_on[there]
        if _enough(truth[half]) and _enough(truth[~half]):
            found[au] = _one(truth, logit, half)
    return found


def first_half(persons: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Cases of a random half of the people, shape (n,)."""
    people = np.unique(persons)
    chosen = np.random.default_rng(0).permutation(people)[: len(people) // 2]
    return np.isin(persons, chosen)


def _enough(truth: NDArray[np.bool_]) -> bool:
    return min(int(truth.sum()), int((~truth).sum())) >= _LEAST_CASES


def _one(truth: NDArray[np.bool_], logit: NDArray[np.float64], half: NDArray[np.bool_]) -> dict[str, Any]:
    slope, offset = platt(truth[half], logit[half])
    said, was, count = reliability(truth, expit(logit))
    rest = ~half
    return {
        "ece": round(expected_error(truth, expit(logit)), 4),
        "slope": round(slope, 3),
        "offset": round(offset, 3),
        "ece_before": round(expected_error(truth[rest], expit(logit[rest])), 4),
        "ece_after": round(expected_error(truth[rest], expit(slope * logit[rest] + offset)), 4),
        "said": _numbers(said),
        "was": _numbers(was),
        "count": count.tolist(),
    }


def platt(truth: NDArray[np.bool_], logit: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and offset of a logit with which its sigmoid fits the cases best (Platt 1999).

    Parameters
    ----------
    truth : ndarray of bool, shape (n,)
        Both kinds of cases must occur.
    logit : ndarray of float64, shape (n,)

    Returns
    -------
    slope, offset : float

    References
    ----------
    Platt, J. (1999). Probabilistic outputs for support vector machines and comparisons to regularized
    likelihood methods. Advances in Large Margin Classifiers, MIT Press.
    """
    model = LogisticRegression(C=1e6, max_iter=200)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # separable cases: the slope has no limit
        model.fit(logit[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _numbers(values: NDArray[np.float64]) -> list[float | None]:
    return [round(float(v), 4) if np.isfinite(v) else None for v in values]
