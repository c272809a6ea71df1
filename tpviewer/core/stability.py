"""Stability of a clustering under block subsampling: method, section 5.

References
----------
Hubert, L., Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
"""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.spray import SprayParams, cluster_labels
from tpviewer.core.types import FloatArray, IntArray

BLOCKS = 10
KEPT = 8
ROUNDS = 5


def stability(pooled: NDArray[np.float32], params: SprayParams, most: int = 2000) -> float:
    """Mean agreement of the clusterings of block subsamples with each other.

    The maps are cut into ten blocks of time, of which each subsample keeps eight: neighbouring frames are
    near-duplicates, so single frames left out would change nothing. Two subsamples are compared by the
    adjusted Rand index on the maps that they share.

    Parameters
    ----------
    pooled : ndarray of float32, shape (N, s, s)
        Sum-pooled relevance maps in temporal order.
    params : SprayParams
    most : int
        Of more maps than this, evenly spaced ones are taken, which bounds the time.

    Returns
    -------
    float
        1 for always the same clusters, about 0 for chance; NaN with too few maps.
    """
    step = -(-len(pooled) // most) if len(pooled) else 1
    maps = pooled[::step]
    if len(maps) < 2 * params.min_maps:
        return float("nan")
    labels = [_subsample_labels(maps, params, kept) for kept in _subsamples(len(maps), params.seed)]
    pairs = [(a, b) for i, a in enumerate(labels) for b in labels[i + 1 :]]
    return float(np.mean([_shared_agreement(a, b) for a, b in pairs]))


def adjusted_rand_index(first: IntArray, second: IntArray) -> float:
    """Agreement of two partitions of the same items, corrected for chance.

    Parameters
    ----------
    first, second : ndarray of int, shape (N,)
        Labels, not negative.

    Returns
    -------
    float
        1 for equal partitions, 0 at chance level, at least -1.
    """
    table = np.zeros((int(first.max(initial=0)) + 1, int(second.max(initial=0)) + 1))
    np.add.at(table, (first, second), 1)
    together, in_first, in_second = (_pairs(x) for x in (table, table.sum(axis=1), table.sum(axis=0)))
    expected = in_first * in_second / max(_pairs(np.array([len(first)])), 1)
    largest = (in_first + in_second) / 2
    return 1.0 if largest == expected else float((together - expected) / (largest - expected))


def _pairs(sizes: FloatArray | IntArray) -> float:
    return float((sizes * (sizes - 1)).sum() / 2)


def _subsamples(count: int, seed: int) -> list[NDArray[np.bool_]]:
    """Maps kept in each round: all but two blocks of ten, shape (count,) each."""
    block = np.arange(count) * BLOCKS // count
    kept = [np.random.default_rng((seed, i)).permutation(BLOCKS)[:KEPT] for i in range(ROUNDS)]
    return [np.isin(block, blocks) for blocks in kept]


def _subsample_labels(
    maps: NDArray[np.float32], params: SprayParams, kept: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Labels of the kept maps, -1 for the others."""
    labels = np.full(len(maps), -1, np.int32)
    labels[kept] = cluster_labels(maps[kept], params)
    return labels


def _shared_agreement(first: NDArray[np.int32], second: NDArray[np.int32]) -> float:
    shared = (first >= 0) & (second >= 0)
    return adjusted_rand_index(first[shared], second[shared])
