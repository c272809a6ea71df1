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
    columns = np.ascontiguousarray(rows.T)
    best, tightest = np.zeros(len(rows), np.int32), np.inf
    for start in range(starts):
        centres = _seed_centres(columns, count, np.random.default_rng((seed, start)))
        labels, spread = _lloyd(columns, centres)
        if spread < tightest * (1 - 1e-9):
            best, tightest = labels, spread
    return best


def _seed_centres(
    columns: NDArray[np.float64], count: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Rows drawn one after the other, each with the square of its distance to those drawn before."""
    size = columns.shape[1]
    drawn = [int(random.integers(size))]
    nearest = _distances(columns, columns[:, drawn[0]])
    for _ in range(count - 1):
        total = np.cumsum(nearest)
        if total[-1] <= 0:
            break
        draw = np.searchsorted(total, random.random() * total[-1], side="right")
        drawn.append(min(int(draw), size - 1))
        nearest = np.minimum(nearest, _distances(columns, columns[:, drawn[-1]]))
    return np.asarray(columns[:, drawn].T)


def _lloyd(columns: NDArray[np.float64], centres: NDArray[np.float64]) -> tuple[NDArray[np.int32], float]:
    """Assign rows and move centres until nothing changes; returns labels and summed squared distance."""
    labels = np.full(columns.shape[1], -1, np.int32)
    for _ in range(_ROUNDS):
        nearest, distances = _assign(columns, centres)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        centres = _means(columns, labels, centres)
    return labels, float(distances.sum())


def _assign(
    columns: NDArray[np.float64], centres: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Nearest centre of every row, of equally near ones the first, and the squared distance to it."""
    labels, least = np.zeros(columns.shape[1], np.int32), _distances(columns, centres[0])
    for label, centre in enumerate(centres[1:], start=1):
        distances = _distances(columns, centre)
        labels[distances < least] = label
        np.minimum(least, distances, out=least)
    return labels, least


def _distances(columns: NDArray[np.float64], centre: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared distance of every row to a centre, added up in the order in which numpy adds up a row.

    That order, eight running sums and then the rest, keeps the labels of results that are stored.
    """
    terms = [np.square(column - value) for column, value in zip(columns, centre, strict=True)]
    eights = len(terms) // 8 * 8
    for place in range(8, eights):
        terms[place % 8] += terms[place]
    if eights:
        pairs = [terms[i] + terms[i + 1] for i in (0, 2, 4, 6)]
        terms = [(pairs[0] + pairs[1]) + (pairs[2] + pairs[3]), *terms[eights:]]
    total = np.zeros(columns.shape[1])
    for term in terms:
        total += term
    return total


def _means(
    columns: NDArray[np.float64], labels: NDArray[np.int32], centres: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean row of each label; a centre without rows stays where it is."""
    sizes = np.bincount(labels, minlength=len(centres))
    sums = np.stack([np.bincount(labels, column, len(centres)) for column in columns], axis=1)
    return np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
