"""k-means on few columns, with an answer that no thread, platform or copy of a row can change.

scikit-learn's k-means adds up centres in the order in which threads finish, and warns when rows are equal,
which is ordinary input here.

References
----------
Arthur, D., Vassilvitskii, S. (2007). k-means++: the advantages of careful seeding. SODA.
"""

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 300


def kmeans(rows: NDArray[np.float64], count: int, starts: int, seed: int) -> NDArray[np.int32]:
    """Cluster rows by Lloyd's algorithm from several k-means++ starts; the tightest result wins.

    Parameters
    ----------
    rows : ndarray of float64, shape (N, D)
        N at least 1.
    count : int
        Clusters wanted. Where fewer different rows exist, some stay empty and their number is not used.
    starts : int
        Number of starts; of equally tight results the first is taken.
    seed : int

    Returns
    -------
    ndarray of int32, shape (N,)
    """
    best, tightest = np.zeros(len(rows), np.int32), np.inf
    for start in range(starts):
        centres = _seed_centres(rows, count, np.random.default_rng((seed, start)))
        labels, spread = _lloyd(rows, centres)
        if spread < tightest * (1 - 1e-9):
            best, tightest = labels, spread
    return best


def _seed_centres(rows: NDArray[np.float64], count: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Rows drawn one after the other, each with the square of its distance to those drawn before."""
    drawn = [int(random.integers(len(rows)))]
    nearest = _distances(rows, rows[drawn])[:, 0]
    for _ in range(count - 1):
        total = np.cumsum(nearest)
        if total[-1] <= 0:
            break
        draw = np.searchsorted(total, random.random() * total[-1], side="right")
        drawn.append(min(int(draw), len(rows) - 1))
        nearest = np.minimum(nearest, _distances(rows, rows[drawn[-1:]])[:, 0])
    return rows[drawn]


def _lloyd(rows: NDArray[np.float64], centres: NDArray[np.float64]) -> tuple[NDArray[np.int32], float]:
    """Assign rows and move centres until nothing changes; returns labels and summed squared distance."""
    labels = np.full(len(rows), -1, np.int32)
    for _ in range(_ROUNDS):
        distances = _distances(rows, centres)
        nearest = np.argmin(distances, axis=1).astype(np.int32)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        centres = _means(rows, labels, centres)
    return labels, float(distances[np.arange(len(rows)), labels].sum())


def _distances(rows: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared distance of every row to every centre, shape (N, centres)."""
    return np.stack([np.square(rows - centre).sum(axis=1) for centre in centres], axis=1)


def _means(
    rows: NDArray[np.float64], labels: NDArray[np.int32], centres: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean row of each label; a centre without rows stays where it is."""
    moved = centres.copy()
    for label in np.unique(labels):
        moved[label] = rows[labels == label].mean(axis=0)
    return moved
