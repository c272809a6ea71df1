"""Distances between temporal prototypes, nearest neighbours and groups (method, section 10).

The distance is an edit distance over stages: to leave out or put in a stage costs 1, to change one into
another costs the Jaccard distance of their sets, and the sum is divided by the longer length. 0 is identical,
1 has nothing in common. Durations do not count.

References
----------
Levenshtein, V. I. (1966). Binary codes capable of correcting deletions, insertions, and reversals. Soviet
Physics Doklady 10(8), 707-710.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from tpviewer.core.stages import StageKey

GROUPED_AT = 0.4
"""Groups are as far apart as this, on average over their pairs."""


def distances(prototypes: Sequence[Sequence[StageKey]]) -> NDArray[np.float32]:
    """Distances of all pairs.

    Parameters
    ----------
    prototypes : sequence of sequence of StageKey, length N

    Returns
    -------
    ndarray of float32, shape (N, N)
        Symmetric, in [0, 1].
    """
    distinct = list(dict.fromkeys(tuple(prototype) for prototype in prototypes))
    which = [distinct.index(tuple(prototype)) for prototype in prototypes]
    found = _distinct_distances(distinct)
    return found[np.ix_(which, which)]


def _distinct_distances(prototypes: Sequence[tuple[StageKey, ...]]) -> NDArray[np.float32]:
    keys = list(dict.fromkeys(key for prototype in prototypes for key in prototype))
    numbers = {key: number for number, key in enumerate(keys)}
    costs = _set_distances(keys)
    lengths = np.array([*map(len, prototypes)], np.int64)
    padded = np.zeros((len(prototypes), int(lengths.max(initial=0))), np.int64)
    for row, prototype in enumerate(prototypes):
        padded[row, : len(prototype)] = [numbers[key] for key in prototype]
    found = np.zeros((len(prototypes), len(prototypes)), np.float32)
    for row, length in enumerate(lengths):
        edits = _edits(costs[padded[row, :length]], padded[row + 1 :], lengths[row + 1 :])
        found[row, row + 1 :] = edits / np.maximum(np.maximum(lengths[row + 1 :], length), 1)
    return np.asarray(found + found.T, np.float32)


def _edits(
    costs: NDArray[np.float64], others: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Edit distances of one temporal prototype to all others, shape (M,).

    Parameters
    ----------
    costs : (length, distinct sets) float64
        What it costs to change each of its stages into each set.
    others : (M, T) int64
        Number of each stage's set.
    lengths : (M,) int64
    """
    place = np.arange(others.shape[1] + 1)
    best = np.tile(place.astype(np.float64), (len(others), 1))
    for cost in costs:
        step = best + 1
        step[:, 1:] = np.minimum(step[:, 1:], best[:, :-1] + cost[others])
        # What is put in costs 1 a stage: the cheapest way to come from any place before.
        best = np.minimum.accumulate(step - place, axis=1) + place
    return np.asarray(best[np.arange(len(others)), lengths])


def _set_distances(keys: Sequence[StageKey]) -> NDArray[np.float64]:
    """Jaccard distances of sets, shape (n, n); two empty sets are alike."""
    items = {item: number for number, item in enumerate({item for key in keys for item in key})}
    member = np.zeros((len(keys), len(items)))
    for row, key in enumerate(keys):
        member[row, [items[item] for item in key]] = 1
    shared, sizes = member @ member.T, member.sum(axis=1)
    union = sizes[:, None] + sizes - shared
    return np.asarray(1 - np.divide(shared, union, out=np.ones_like(shared), where=union > 0))


def nearest(found: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Numbers of the nearest others of each temporal prototype.

    Parameters
    ----------
    found : (N, N) float32
        From `distances`.
    count : int

    Returns
    -------
    ndarray of int64, shape (N, min(count, N - 1))
        The nearest first, of equals the first.
    """
    others = found + np.diag(np.full(len(found), np.inf, np.float32))
    return np.argsort(others, axis=1, kind="stable")[:, : min(count, max(0, len(found) - 1))]


def groups(found: NDArray[np.float32], apart: float = GROUPED_AT) -> NDArray[np.int64]:
    """Group temporal prototypes by average linkage.

    Parameters
    ----------
    found : (N, N) float32
        From `distances`.
    apart : float
        Groups whose mean distance is at most this are joined.

    Returns
    -------
    ndarray of int64, shape (N,)
        Group of each, 0 is the largest.
    """
    if len(found) < 2:
        return np.zeros(len(found), np.int64)
    tree = linkage(squareform(found.astype(np.float64), checks=False), "average")
    joined = fcluster(tree, apart, "distance")
    names, first, sizes = np.unique(joined, return_index=True, return_counts=True)
    order = names[np.lexsort((first, -sizes))]
    return np.asarray(np.argsort(order)[np.searchsorted(names, joined)], np.int64)
