"""Similarity of relevance maps as a graph: the affinity matrix of SpRAy (paper, section 3.3).

References
----------
Lapuschkin, S. et al. (2019). Unmasking Clever Hans predictors and assessing what machines really learn.
Nature Communications 10, 1096: k nearest neighbours, symmetrised.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tpviewer.core.neighbours import nearest
from tpviewer.core.types import FloatArray, IntArray

_ROWS = 4096


def knn_affinity(vectors: FloatArray, neighbours: int) -> sparse.csr_array:
    """Binary Euclidean k-nearest-neighbour graph, symmetrised with max(A, Aᵀ).

    Parameters
    ----------
    vectors : ndarray of float, shape (N, D)
        One row per relevance map.
    neighbours : int
        Neighbours of each row, itself not among them; at most N - 1 are taken. Of equally near ones those
        with the lower index.

    Returns
    -------
    csr_array of float64, shape (N, N)
        Ones at neighbours, no diagonal, indices in ascending order, int32 below 2^31 edges.
    """
    count = len(vectors)
    k = min(neighbours, count - 1)
    if k < 1:
        return sparse.csr_array((count, count), dtype=np.float64)
    indices, offsets = _either(nearest(vectors, k))
    return sparse.csr_array((np.ones(len(indices)), indices, offsets), shape=(count, count))


def _either(nearest_of: NDArray[np.int32]) -> tuple[IntArray, IntArray]:
    """Indices and offsets of the rows of max(A, Aᵀ), a block of rows at a time."""
    count, k = nearest_of.shape
    kind = np.int32 if 2 * count * k < 2**31 else np.int64
    flags = np.ones(count * k, np.int8)
    offsets = np.arange(0, count * k + 1, k, dtype=kind)
    directed = sparse.csr_array((flags, nearest_of.ravel(), offsets), shape=(count, count))
    reverse = directed.T.tocsr()
    blocks = [_union(directed, reverse, start) for start in range(0, count, _ROWS)]
    sizes = np.concatenate([np.diff(block.indptr) for block in blocks])
    indices = np.concatenate([block.indices for block in blocks]).astype(kind, copy=False)
    return indices, np.concatenate([[0], np.cumsum(sizes)]).astype(kind)


def _union(directed: sparse.csr_array, reverse: sparse.csr_array, start: int) -> sparse.csr_array:
    block = directed[start : start + _ROWS].maximum(reverse[start : start + _ROWS]).tocsr()
    block.sort_indices()
    return block
