"""Everything that is measured on one set of labelled crops."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.isotonic import IsotonicRegression

from tpviewer.core.agreement import intraclass_correlation
from tpviewer.models.protocols import AUEngine
from tpviewer.training.au_shapes import AUS
from tpviewer.training.augment import centre
from tpviewer.training.calibration import calibration, first_half
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.evaluate_sets import EvaluationSet
from tpviewer.training.measure import intensity_agreement, intervals, quality, roc_area

SCALE = 5.0
"""Intensity of a full Action Unit on the scale of FACS, 0 to 5."""

_AT_ONCE = 256
_LEAST_RATED = 60
_KNOTS = 11
_LEAST_CASES = 5


def crop_logits(engine: AUEngine, data: LabelledCrops, use_neutrals: bool = True) -> NDArray[np.float32]:
    """Logits, shape (n, K), of crops with their margin, by the model as the program runs it."""
    parts = []
    for start in range(0, len(data), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        neutrals = centre(data.neutrals[rows]) if use_neutrals else None
        parts.append(engine.logits(centre(data.crops[rows]), neutrals))
    return np.concatenate(parts)


def measure_set(
    aus: tuple[str, ...], part: EvaluationSet, logits: NDArray[np.float32], thresholds: tuple[float, ...]
) -> dict[str, Any]:
    """All figures of a set, as JSON types.

    Parameters
    ----------
    aus : tuple of str, length K
        Action Units of the model, in the order of `logits`.
    part : EvaluationSet
    logits : ndarray, shape (n, K), float32
    thresholds : tuple of float, length K

    Returns
    -------
    dict
        ``crops``, ``persons``, ``aus`` (see `quality`; with ``pearson`` and ``icc`` of probability and
        intensity where that is known), ``mean_roc_auc``, ``calibration``, ``au6_apart``,
        ``intensity``, ``groups``.
    """
    labels, truth = by_model(aus, part.data.labels, -1), by_model(aus, part.data.intensities, np.nan)
    persons = part.data.persons
    measured = quality(aus, labels, logits, thresholds, persons)
    for k, au in enumerate(aus):
        agreed = intensity_agreement(truth[:, k].astype(float), expit(logits[:, k].astype(float)))
        if au in measured:
            measured[au] |= agreed
    areas = [figures["roc_auc"] for figures in measured.values()]
    return {
        "name": part.name,
        "crops": len(labels),
        "persons": len(np.unique(persons)),
        "aus": measured,
        "mean_roc_auc": round(float(np.mean(areas)), 3) if areas else None,
        "calibration": calibration(aus, labels, logits, persons),
        "au6_apart": au6_apart(aus, labels, logits, persons),
        "intensity": intensity_estimates(aus, truth, logits, persons),
        "groups": by_group(aus, part, labels, logits, thresholds),
    }


def by_group(
    aus: tuple[str, ...],
    part: EvaluationSet,
    labels: NDArray[np.int8],
    logits: NDArray[np.float32],
    thresholds: tuple[float, ...],
) -> dict[str, dict[str, Any]]:
    """`quality` by attribute and group, where a group has enough cases of both kinds.

    Parameters
    ----------
    aus : tuple of str, length K
    part : EvaluationSet
        n crops.
    labels : ndarray, shape (n, K), int8
        1 present, 0 absent, -1 missing.
    logits : ndarray, shape (n, K), float32
    thresholds : tuple of float, length K
        Probabilities.

    Returns
    -------
    dict of str to dict
        By attribute, then by group.
    """
    found: dict[str, dict[str, Any]] = {}
    for attribute, values in part.groups.items():
        for value in sorted(set(values.tolist()) - {""}):
            rows = values == value
            figures = quality(aus, labels[rows], logits[rows], thresholds, part.data.persons[rows])
            if figures:
                found.setdefault(attribute, {})[value] = figures
    return found


def au6_apart(
    aus: tuple[str, ...],
    labels: NDArray[np.int8],
    logits: NDArray[np.float32],
    persons: NDArray[np.int64],
) -> dict[str, dict[str, Any]]:
    """Whether AU06 is told from AU12: its area under the ROC curve where AU12 is present, and where absent.

    A model that takes every smile for a raised cheek has 0.5 in both.

    Parameters
    ----------
    aus : tuple of str, length K
    labels : ndarray, shape (n, K), int8
        1 present, 0 absent, -1 missing.
    logits : ndarray, shape (n, K), float32
    persons : ndarray, shape (n,), int64

    Returns
    -------
    dict of str to dict
        Of ``AU12 present`` and ``AU12 absent`` each ``roc_auc``, ``present``, ``absent`` (cases of AU06), and
        what `intervals` gives. One with fewer than five cases of either kind is left out, and both where the
        model lacks one of the Action Units.
    """
    if not {"AU06", "AU12"} <= set(aus):
        return {}
    cheek, smile = aus.index("AU06"), aus.index("AU12")
    found = {}
    for name, state in (("AU12 present", 1), ("AU12 absent", 0)):
        rows = (labels[:, smile] == state) & (labels[:, cheek] >= 0)
        truth, score = labels[rows, cheek] == 1, logits[rows, cheek]
        if min(int(truth.sum()), int((~truth).sum())) >= _LEAST_CASES:
            area = round(float(roc_area(truth, score, np.ones((1, len(truth))))[0]), 3)
            counts = {"roc_auc": area, "present": int(truth.sum()), "absent": int((~truth).sum())}
            found[name] = counts | intervals({"roc_auc": roc_area}, truth, score, persons[rows])
    return found


def intensity_estimates(
    aus: tuple[str, ...],
    intensities: NDArray[np.float32],
    logits: NDArray[np.float32],
    persons: NDArray[np.int64],
) -> dict[str, dict[str, Any]]:
    """Error of an intensity, 0 to 5, that is read off the logit.

    A rising curve is fitted on one half of the people and tested on the other.

    Parameters
    ----------
    aus : tuple of str, length K
    intensities : ndarray, shape (n, K), float32
        0 to 1; NaN where unknown.
    logits : ndarray, shape (n, K), float32
    persons : ndarray, shape (n,), int64

    Returns
    -------
    dict of str to dict
        By Action Unit ``pearson``, ``icc`` and mean absolute error ``mae`` of the estimate, ``mae_present``
        (over faces that show it at all), ``mae_of_mean`` (of always saying the mean), ``rated``, and the
        curve as ``knots`` [[logit, intensity], …].
    """
    half = first_half(persons)
    found = {}
    for k, au in enumerate(aus):
        known = np.isfinite(intensities[:, k])
        fit, test = known & half, known & ~half
        if min(fit.sum(), test.sum()) < _LEAST_RATED or not np.ptp(intensities[fit, k]):
            continue
        found[au] = _estimate(
            logits[fit, k].astype(float),
            SCALE * intensities[fit, k].astype(float),
            logits[test, k].astype(float),
            SCALE * intensities[test, k].astype(float),
        )
    return found


def _estimate(
    known_logit: NDArray[np.float64],
    known: NDArray[np.float64],
    logit: NDArray[np.float64],
    truth: NDArray[np.float64],
) -> dict[str, Any]:
    curve = IsotonicRegression(out_of_bounds="clip").fit(known_logit, known)
    places = np.quantile(known_logit, np.linspace(0, 1, _KNOTS))
    levels = curve.predict(places)
    estimate = np.interp(logit, places, levels)
    off = np.abs(estimate - truth)
    shown = truth > 0
    constant = np.ptp(estimate) == 0 or np.ptp(truth) == 0
    return {
        "pearson": None if constant else round(float(np.corrcoef(estimate, truth)[0, 1]), 3),
        "icc": round(intraclass_correlation(np.column_stack([estimate, truth])), 3),
        "mae": round(float(off.mean()), 3),
        "mae_present": round(float(off[shown].mean()), 3) if shown.any() else None,
        "mae_of_mean": round(float(np.abs(truth - known.mean()).mean()), 3),
        "rated": len(truth),
        "knots": np.round(np.column_stack([places, levels]), 3).tolist(),
    }


def by_model(aus: tuple[str, ...], values: NDArray[Any], missing: float) -> NDArray[Any]:
    """Columns in the model's order; those that the data does not know are missing.

    Parameters
    ----------
    aus : tuple of str, length K
        Action Units of the model.
    values : ndarray, shape (n, len(AUS)), any dtype
    missing : float
        A value that this dtype can hold.

    Returns
    -------
    ndarray, shape (n, K), dtype of `values`
    """
    result = np.full((len(values), len(aus)), missing, values.dtype)
    for k, au in enumerate(aus):
        if au in AUS:
            result[:, k] = values[:, AUS.index(au)]
    return result
