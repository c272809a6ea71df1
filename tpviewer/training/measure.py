"""Measured quality of a model on labelled crops, and thresholds chosen from it."""

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

_CANDIDATES = np.round(np.arange(0.3, 0.81, 0.05), 2)
_EXPERIMENTAL_BELOW = 0.90
_LEAST_CASES = 5


def areas_under_roc(labels: NDArray[np.int8], logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Area under the ROC curve per Action Unit, (K,); NaN with fewer than 5 present or absent cases."""
    return np.array([_area(labels[:, k], logits[:, k]) for k in range(labels.shape[1])])


def choose_thresholds(labels: NDArray[np.int8], logits: NDArray[np.float32]) -> tuple[float, ...]:
    """Probability per Action Unit with the best F1 on these labels; 0.5 where it cannot be decided."""
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
) -> dict[str, dict[str, float]]:
    """ROC-AUC, PR-AUC, F1 at the threshold and number of cases per Action Unit that can be measured."""
    measured = {}
    areas = areas_under_roc(labels, logits)
    for k, (au, threshold) in enumerate(zip(aus, thresholds, strict=True)):
        if not np.isfinite(areas[k]):
            continue
        there = labels[:, k] >= 0
        truth, found = labels[there, k] == 1, logits[there, k] >= np.log(threshold / (1 - threshold))
        measured[au] = {
            "roc_auc": round(float(areas[k]), 3),
            "pr_auc": round(float(average_precision_score(truth, logits[there, k])), 3),
            "f1": round(float(f1_score(truth, found, zero_division=0.0)), 3),
            "present": int(truth.sum()),
            "absent": int((~truth).sum()),
        }
    return measured


def experimental(measured: dict[str, dict[str, float]], aus: tuple[str, ...]) -> tuple[str, ...]:
    """Action Units whose ROC-AUC is below 0.90 or was not measured: marked as experimental."""
    return tuple(au for au in aus if au not in measured or measured[au]["roc_auc"] < _EXPERIMENTAL_BELOW)


def _area(labels: NDArray[np.int8], logits: NDArray[np.float32]) -> float:
    there = labels >= 0
    truth = labels[there] == 1
    if min(int(truth.sum()), int((~truth).sum())) < _LEAST_CASES:
        return float("nan")
    return float(roc_auc_score(truth, logits[there]))
