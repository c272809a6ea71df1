"""Similarity of relevance maps as a graph: the affinity matrix of SpRAy (paper, section 3.3).

References
----------
Lapuschkin, S. et al. (2019). Unmasking Clever Hans predictors and assessing what machines really learn.
Nature Communications 10, 1096: k nearest neighbours, symmetrised.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tpviewer.core.types import FloatArray

_GRID = 2**25
_CHUNK_VALUES = 2**22  # 32 MiB of float64 distances at once


def knn_affinity(vectors: FloatArray, neighbours: int) -> sparse.csr_array:
    """Binary Euclidean k-nearest-neighbour graph, symmetrised with max(A, Aᵀ).

    Coordinates are rounded to a grid of 2^-25 of the longest vector. On it every product and sum of the
    distance computation is exact in float64, so that the graph does not depend on the number of threads,
    the processor or the size of chunks, and equal distances are truly equal: they go to the lower index.

    Memory is that of one float64 copy of the vectors, the graph and a fixed 100 MB or so for distances.

    Parameters
    ----------
    vectors : ndarray of float, shape (N, D)
        One row per relevance map.
    neighbours : int
        Neighbours of each row, itself not among them; at most N - 1 are taken.

    Returns
    -------
    csr_array of float32, shape (N, N)
        Ones at neighbours, no diagonal, int32 indices in ascending order.
    """
    count = len(vectors)
    k = min(neighbours, count - 1)
    if k < 1:
        return sparse.csr_array((count, count), dtype=np.float32)
    columns = np.concatenate(list(_nearest(_on_grid(vectors), k)))
    offsets = np.arange(0, count * k + 1, k, dtype=np.int32 if count * k < 2**31 else np.int64)
    directed = sparse.csr_array((np.ones(count * k, np.float32), columns, offsets), shape=(count, count))
    graph = directed.maximum(directed.T).tocsr()
    graph.sort_indices()
    return graph


def _on_grid(vectors: FloatArray) -> NDArray[np.float64]:
    """Vectors as whole numbers, the longest of them 2^25 long."""
    exact = vectors.astype(np.float64)
    longest = float(np.sqrt(np.max(np.einsum("ij,ij->i", exact, exact), initial=0)))
    if longest > 0:
        exact *= _GRID / longest
    return np.rint(exact, out=exact)


def _nearest(points: NDArray[np.float64], k: int) -> Iterator[NDArray[np.int32]]:
    """Columns of the k nearest points of each row, chunk of rows after chunk, flattened."""
    squares = np.einsum("ij,ij->i", points, points)
    rows_at_once = max(1, _CHUNK_VALUES // len(points))
    for start in range(0, len(points), rows_at_once):
        rows = np.arange(start, min(start + rows_at_once, len(points)))
        # Within one row the row's own square is the same everywhere: it does not change the order.
        distances = points[rows] @ points.T
        distances *= -2
        distances += squares
        distances[rows - start, rows] = np.inf
        yield _smallest(distances, k)


def _smallest(distances: NDArray[np.float64], k: int) -> NDArray[np.int32]:
    """Columns of the k smallest values of each row, in ascending order; ties go to the lower column."""
    kth = np.partition(distances, k - 1, axis=1)[:, k - 1, None]
    chosen = distances <= kth
    crowded = np.flatnonzero(np.count_nonzero(chosen, axis=1) > k)
    for row in crowded:
        tied = np.flatnonzero(distances[row] == kth[row])
        surplus = int(np.count_nonzero(chosen[row])) - k
        chosen[row, tied[len(tied) - surplus :]] = False
    return np.nonzero(chosen)[1].astype(np.int32)
