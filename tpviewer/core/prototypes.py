"""Prototypes of clusters: the average heatmap of a cluster (paper, section 3.4) and its medoid."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.relevance import normalise_signed
from tpviewer.core.types import FloatArray, IntArray


def cluster_prototypes(maps: Iterable[tuple[int, FloatArray]], count: int) -> NDArray[np.float32]:
    """Mean of each cluster's maps, each divided by its own largest absolute value.

    Maps are taken one at a time, so that they need not fit into memory together.

    Parameters
    ----------
    maps : iterable of (int, ndarray of float, shape (H, W))
        Cluster and full-resolution relevance map; a map of zeros counts as zeros.
    count : int
        Number of clusters.

    Returns
    -------
    ndarray of float32, shape (count, H, W)
        Signed, in [-1, 1]; zeros for a cluster without maps, shape (count, 0, 0) without any map.
    """
    sums: NDArray[np.float64] | None = None
    sizes = np.zeros(count)
    for label, relevance in maps:
        if sums is None:
            sums = np.zeros((count, *relevance.shape))
        sums[label] += normalise_signed(relevance)
        sizes[label] += 1
    if sums is None:
        return np.zeros((count, 0, 0), np.float32)
    return np.asarray(sums / np.maximum(sizes, 1)[:, None, None], np.float32)


def medoids(pooled: NDArray[np.float32], labels: IntArray, count: int) -> NDArray[np.int64]:
    """Row of each cluster's medoid: the map with the smallest summed squared distance to the others.

    Maps are compared by shape, each divided by its L2 norm. With squared distances the medoid is the map
    nearest to the mean, which needs no matrix of all pairs.

    Parameters
    ----------
    pooled : ndarray of float32, shape (N, s, s)
    labels : ndarray of int, shape (N,)
    count : int
        Number of clusters, each with a map.

    Returns
    -------
    ndarray of int64, shape (count,)
        The earliest of equals.
    """
    rows = [np.flatnonzero(labels == label) for label in range(count)]
    return np.array([members[_nearest_to_mean(pooled[members])] for members in rows], np.int64)


def _nearest_to_mean(maps: NDArray[np.float32]) -> int:
    vectors = maps.reshape(len(maps), -1).astype(np.float64)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.where(lengths > 0, lengths, 1)[:, None]
    distances = np.square(vectors - vectors.mean(axis=0)).sum(axis=1)
    # Equal maps can differ in the last bits of their distance.
    return int(np.argmax(distances <= distances.min() + 1e-12))
