"""Join small clusters and merge like ones: the last step of clustering in the *steady* profile.

A neighbouring frame's relevance map is a near-duplicate, so that a sparse graph over a video is nearly a
chain in time which the spectrum cuts by time. What such cuts leave is put together again here.
"""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.types import FloatArray


def join_small(vectors: FloatArray, labels: NDArray[np.int32], least: int) -> NDArray[np.int32]:
    """Let clusters with fewer than `least` members join the cluster with the nearest mean.

    The smallest goes first, of equal ones the one with the lower label; means are renewed each time.

    Parameters
    ----------
    vectors : ndarray of float, shape (N, D)
    labels : ndarray of int32, shape (N,)
    least : int

    Returns
    -------
    ndarray of int32, shape (N,)
    """
    joined = labels.copy()
    while True:
        names, sizes = np.unique(joined, return_counts=True)
        smallest = int(np.argmin(sizes)) if len(names) else 0
        if len(names) < 2 or sizes[smallest] >= least:
            return joined
        means = cluster_means(vectors, joined, names)
        distances = np.linalg.norm(means - means[smallest], axis=1)
        distances[smallest] = np.inf
        joined[joined == names[smallest]] = names[int(np.argmin(distances))]


def merge_alike(vectors: FloatArray, labels: NDArray[np.int32], cosine: float) -> NDArray[np.int32]:
    """Merge the two most similar cluster means while their cosine is at least `cosine`.

    Parameters
    ----------
    vectors : ndarray of float, shape (N, D)
    labels : ndarray of int32, shape (N,)
    cosine : float
        In [-1, 1]; means of zeros are like each other and unlike all others.

    Returns
    -------
    ndarray of int32, shape (N,)
        A merged cluster keeps the lower label; of equally similar pairs the one with lower labels goes first.
    """
    merged = labels.copy()
    while True:
        names = np.unique(merged)
        if len(names) < 2:
            return merged
        alike = _cosines(cluster_means(vectors, merged, names))
        first, second = np.unravel_index(int(np.argmax(alike)), alike.shape)
        if alike[first, second] < cosine:
            return merged
        merged = merge_clusters(merged, int(names[first]), int(names[second]))


def merge_clusters(labels: NDArray[np.int32], first: int, second: int) -> NDArray[np.int32]:
    """Put two clusters together under the lower of their labels; other labels stay as they are.

    Parameters
    ----------
    labels : ndarray of int32, shape (N,)
    first, second : int

    Returns
    -------
    ndarray of int32, shape (N,)
    """
    merged = labels.copy()
    merged[(labels == first) | (labels == second)] = min(first, second)
    return merged


def cluster_means(
    vectors: FloatArray, labels: NDArray[np.int32], names: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Mean vector of each named cluster, shape (len(names), D)."""
    return np.stack([vectors[labels == name].mean(axis=0, dtype=np.float64) for name in names])


def _cosines(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosine of each pair above the diagonal, -inf elsewhere."""
    lengths = np.linalg.norm(means, axis=1)
    units = means / np.where(lengths > 0, lengths, 1)[:, None]
    cosines = np.einsum("id,jd->ij", units, units)
    empty = lengths == 0
    cosines[np.ix_(empty, empty)] = 1
    cosines[np.tril_indices(len(means))] = -np.inf
    return np.asarray(cosines)
