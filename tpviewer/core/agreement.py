"""Agreement of a result with known truth: frames, events and stage boundaries."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.runs import runs
from tpviewer.core.stages import Stage
from tpviewer.core.types import BoolArray


@dataclass(frozen=True)
class FrameAgreement:
    """Frame-wise agreement per Action Unit; each array has shape (K,).

    Attributes
    ----------
    true_positive, false_positive, false_negative : ndarray of int64
    precision, recall, f1 : ndarray of float64
        NaN where undefined: no frame predicted, no frame true, neither.
    """

    true_positive: NDArray[np.int64]
    false_positive: NDArray[np.int64]
    false_negative: NDArray[np.int64]
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]


@dataclass(frozen=True)
class EventAgreement:
    """Matched events of one Action Unit.

    Attributes
    ----------
    onset_errors, offset_errors : ndarray of int64, shape (matched events,)
        Predicted minus true, in frames: positive is late.
    missed : int
        True events without a predicted one.
    spurious : int
        Predicted events without a true one.
    """

    onset_errors: NDArray[np.int64]
    offset_errors: NDArray[np.int64]
    missed: int
    spurious: int


def frame_agreement(
    predicted: BoolArray, truth: BoolArray, counted: BoolArray | None = None
) -> FrameAgreement:
    """Compare activity frame by frame.

    Parameters
    ----------
    predicted, truth : ndarray of bool, shape (N, K)
    counted : ndarray of bool, shape (N,), or None
        Frames that count; None counts all.
    """
    if counted is not None:
        predicted, truth = predicted[counted], truth[counted]
    hits = np.count_nonzero(predicted & truth, axis=0).astype(np.int64)
    extra = np.count_nonzero(predicted & ~truth, axis=0).astype(np.int64)
    lost = np.count_nonzero(~predicted & truth, axis=0).astype(np.int64)
    return FrameAgreement(
        hits,
        extra,
        lost,
        _share(hits, hits + extra),
        _share(hits, hits + lost),
        _share(2 * hits, 2 * hits + extra + lost),
    )


def _share(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


def event_agreement(predicted: BoolArray, truth: BoolArray) -> EventAgreement:
    """Match predicted with true events of one Action Unit, the pairs that share the most frames first.

    Parameters
    ----------
    predicted, truth : ndarray of bool, shape (N,)

    Returns
    -------
    EventAgreement
        In the order of the true events; events match one to one, and only if they share a frame.
    """
    found, true = runs(predicted), runs(truth)
    shared = np.minimum(true[:, None, 1], found[:, 1]) - np.maximum(true[:, None, 0], found[:, 0])
    pairs = sorted(_match(shared))
    errors = np.array([found[j] - true[i] for i, j in pairs], np.int64).reshape(-1, 2)
    return EventAgreement(errors[:, 0], errors[:, 1], len(true) - len(pairs), len(found) - len(pairs))


def _match(shared: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Pairs in order of falling overlap, ties to the earlier, each row and column once."""
    rows, columns = np.nonzero(shared > 0)
    order = np.argsort(-shared[rows, columns], kind="stable")
    used_rows: set[int] = set()
    used_columns: set[int] = set()
    pairs = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row not in used_rows and column not in used_columns:
            used_rows.add(row)
            used_columns.add(column)
            pairs.append((row, column))
    return pairs


def boundaries(stages: Sequence[Stage]) -> NDArray[np.int64]:
    """First frames of all stages but the first.

    Parameters
    ----------
    stages : sequence of Stage
        In order.

    Returns
    -------
    ndarray of int64, shape (number of stages - 1,)
        Ascending; empty for one stage or none.
    """
    return np.array([stage.start for stage in stages[1:]], np.int64)


def boundary_errors(
    predicted: NDArray[np.int64], truth: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distances between stage boundaries in frames, both ways.

    Parameters
    ----------
    predicted, truth : ndarray of int64, shapes (P,) and (T,)
        From `boundaries`.

    Returns
    -------
    from_truth : ndarray of int64, shape (T,)
        Of every true boundary to the nearest predicted one: large where one is missed. Empty if P = 0.
    from_predicted : ndarray of int64, shape (P,)
        The reverse: large where one is spurious. Empty if T = 0.
    """
    if not len(predicted) or not len(truth):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    distances = np.abs(truth[:, None] - predicted)
    return distances.min(axis=1), distances.min(axis=0)


def intraclass_correlation(ratings: NDArray[np.float64]) -> float:
    """ICC(3,1): how far raters agree about the order and spacing of targets, their own offsets set aside.

    Two-way mixed, single rater, consistency; Shrout and Fleiss, "Intraclass correlations: uses in assessing
    rater reliability", Psychological Bulletin 1979.

    Parameters
    ----------
    ratings : ndarray of float64, shape (targets, raters)

    Returns
    -------
    float
        At most 1; NaN for fewer than two targets or raters, or where all ratings are equal.
    """
    n, k = ratings.shape
    if n < 2 or k < 2:
        return float("nan")
    centred = ratings - ratings.mean()
    rows, columns = centred.mean(axis=1), centred.mean(axis=0)
    between = k * np.square(rows).sum() / (n - 1)
    residual = np.square(centred - rows[:, None] - columns).sum() / ((n - 1) * (k - 1))
    whole = between + (k - 1) * residual
    return float((between - residual) / whole) if whole > 0 else float("nan")
