"""What tells a cluster that means something from one that does not: method, section 5.

References
----------
Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and validation of cluster
analysis. Journal of Computational and Applied Mathematics 20, 53-65.
"""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.types import FloatArray, IntArray


def silhouettes(vectors: FloatArray, labels: IntArray) -> NDArray[np.float64]:
    """Mean silhouette of each cluster, with squared Euclidean distances.

    With these a mean distance to a cluster follows from its mean and its mean square, so that 100,000
    maps need no matrix of all pairs.

    Parameters
    ----------
    vectors : ndarray of float, shape (N, D)
    labels : ndarray of int, shape (N,)
        0 to count - 1, each used.

    Returns
    -------
    ndarray of float64, shape (count,)
        In [-1, 1]; 0 for a cluster of one map; NaN where there is one cluster only.
    """
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return np.full(len(sizes), np.nan)
    values = _silhouette_values(vectors, labels, sizes)
    return np.bincount(labels, weights=values) / sizes


def _silhouette_values(vectors: FloatArray, labels: IntArray, sizes: IntArray) -> NDArray[np.float64]:
    distances = np.stack([_mean_distance(vectors, labels == label) for label in range(len(sizes))], axis=1)
    rows, own_size = np.arange(len(labels)), sizes[labels]
    own = distances[rows, labels] * own_size / np.maximum(own_size - 1, 1)
    distances[rows, labels] = np.inf
    other = distances.min(axis=1)
    larger = np.maximum(own, other)
    defined = (own_size > 1) & (larger > 0)
    return np.where(defined, (other - own) / np.where(larger > 0, larger, 1), 0.0)


def _mean_distance(vectors: FloatArray, members: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Mean squared distance of every row to the member rows."""
    mean = vectors[members].mean(axis=0, dtype=np.float64)
    distance = _squares_from(vectors, mean)
    return distance + float(distance[members].mean())


def _squares_from(vectors: FloatArray, point: NDArray[np.float64]) -> NDArray[np.float64]:
    squares = np.empty(len(vectors))
    for start in range(0, len(vectors), 4096):
        squares[start : start + 4096] = np.square(vectors[start : start + 4096] - point).sum(axis=1)
    return squares


def explained_by(labels: IntArray, covariate: FloatArray) -> float:
    """Share of a covariate's variance that lies between clusters (eta squared).

    Clusters that a head pose or the light explains are no Action Unit's doing.

    Parameters
    ----------
    labels : ndarray of int, shape (N,)
        Cluster of each map; for one cluster against the rest pass ``labels == k``.
    covariate : ndarray of float, shape (N,)
        For example yaw in degrees; NaN where it is not known.

    Returns
    -------
    float
        In [0, 1]; NaN where fewer than two values are known or they do not vary.
    """
    known = np.isfinite(covariate)
    values, groups = covariate[known].astype(np.float64), labels[known].astype(np.int64)
    total = float(np.square(values - values.mean()).sum()) if len(values) > 1 else 0.0
    if total <= 0:
        return float("nan")
    sizes = np.bincount(groups)
    used = sizes > 0
    means = np.bincount(groups, weights=values)[used] / sizes[used]
    return min(1.0, float((sizes[used] * np.square(means - values.mean())).sum()) / total)


def time_chunk_eta(labels: IntArray, covariate: FloatArray) -> float:
    """Eta squared of as many equal chunks of time as there are clusters, to hold `explained_by` against.

    A covariate that drifts is explained by any cut in time; only what clusters explain beyond that counts.

    Parameters
    ----------
    labels : ndarray of int, shape (N,)
        Clusters; only their number is used.
    covariate : ndarray of float, shape (N,)
        In temporal order.

    Returns
    -------
    float
        As `explained_by`.
    """
    count = len(np.unique(labels))
    return explained_by(np.arange(len(covariate)) * count // max(len(covariate), 1), covariate)
