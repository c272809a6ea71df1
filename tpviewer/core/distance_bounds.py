"""Bounds on the distances of many vectors by a product of small float32 matrices.

Relevance maps of one Action Unit differ along few directions. On the principal axes a distance is known up
to what two vectors have off these axes, and that, by Cauchy and Schwarz, is at most the product of the two
lengths there. The bounds also cover every rounding error, in whatever order a product is added up.

References
----------
Higham, N. J. (2002). Accuracy and stability of numerical algorithms, 2nd ed. SIAM, section 3.1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from tpviewer.core.exact_grid import CHUNK, GRID
from tpviewer.core.types import FloatArray, IntArray

_AXES = (32, 64, 128, 256)
_SAMPLED, _PROBES = 2000, 32
_LEFT_OPEN = 0.1  # of the squared distance to the k-th neighbour: what the axes may leave undecided


@dataclass(frozen=True, eq=False)
class Bounds:
    """Bounds on squared distances, less the square of the row's own length: that orders no row.

    Attributes
    ----------
    coordinates : ndarray of float32, shape (N, axes + 1)
        Along the axes, from the mean; the last is the length off the axes.
    squares : ndarray of float32, shape (N,)
        Squared distance from the mean, less the greatest rounding error.
    slack : float
        Twice the greatest rounding error.
    """

    coordinates: NDArray[np.float32]
    squares: NDArray[np.float32]
    slack: float

    def of(self, chosen: IntArray | slice) -> "Bounds":
        """The same for some of the vectors."""
        return Bounds(self.coordinates[chosen], self.squares[chosen], self.slack)

    def lower(self, columns: "Bounds") -> NDArray[np.float32]:
        """Lower bounds for each of these vectors with each of `columns`, shape (rows, columns)."""
        bounds = (-2 * self.coordinates) @ columns.coordinates.T
        bounds += columns.squares
        return np.asarray(bounds)

    def upper(self, lower: NDArray[np.float32], index: IntArray, columns: IntArray) -> NDArray[np.float32]:
        """Upper bounds of pairs (of one of these vectors each) from their lower bounds.

        Parameters
        ----------
        lower : ndarray of float32, shape (P,)
            Some of those that the method `lower` gives.
        index : ndarray of int, shape (P,)
            The vector of each pair that was the row.
        columns : ndarray of int, shape (P,)
            The other one.

        Returns
        -------
        ndarray of float32, shape (P,)
            On squared distances, less the square of the row's own length.
        """
        off = self.coordinates[:, -1]
        return np.asarray(lower + (4 * off[index] * off[columns] + np.float32(self.slack)))


def bounds_of(vectors: FloatArray, k: int, longest: float) -> Bounds:
    """Bounds for these vectors, on as many principal axes as tell the k nearest from the rest.

    Parameters
    ----------
    vectors : ndarray of float, shape (N, D)
    k : int
        Neighbours wanted.
    longest : float
        Length of the longest vector, which is the unit here.

    Returns
    -------
    Bounds
    """
    count, size = vectors.shape
    unit = 1 / longest if longest > 0 else 1.0
    sample = (
        vectors[np.sort(np.random.default_rng(0).permutation(count)[:_SAMPLED])].astype(np.float64) * unit
    )
    mean = sample.mean(axis=0)
    axes = _principal_axes(sample - mean, _reach(vectors, k) * unit**2)
    coordinates = np.empty((count, (size if axes is None else axes.shape[1]) + 1), np.float32)
    squares = np.empty(count)
    for start in range(0, count, CHUNK):
        some = slice(start, start + CHUNK)
        centred = vectors[some].astype(np.float64) * unit - mean
        along = centred if axes is None else centred @ axes
        squares[some] = np.einsum("ij,ij->i", centred, centred)
        off = squares[some] - np.einsum("ij,ij->i", along, along)
        coordinates[some, :-1] = along
        # Never too short: the small share covers the rounding of both squares.
        coordinates[some, -1] = np.sqrt(np.maximum(off, 0) + 1e-11 * squares[some])
    error = _rounding_error(size, coordinates.shape[1], float(np.sqrt(squares.max())))
    return Bounds(coordinates, (squares - error).astype(np.float32), 2 * error)


def _reach(vectors: FloatArray, k: int) -> float:
    """Squared distance to the k-th neighbour, the median of some vectors."""
    probes = vectors[:: -(-len(vectors) // _PROBES)]
    squares = np.einsum("ij,ij->i", vectors, vectors)
    distances = squares - 2 * (probes @ vectors.T)
    own = np.einsum("ij,ij->i", probes, probes)
    return float(np.median(np.partition(distances, k, axis=1)[:, k] + own))


def _principal_axes(centred: NDArray[np.float64], reach: float) -> NDArray[np.float64] | None:
    """The fewest axes that leave little open at a squared distance, shape (D, axes); None for all."""
    variances, axes = linalg.eigh(centred.T @ centred / len(centred))
    left = np.cumsum(variances)
    for wanted in _AXES:
        if 2 * wanted <= len(variances) and 4 * left[-wanted - 1] <= _LEFT_OPEN * reach:
            return np.ascontiguousarray(axes[:, -wanted:])
    return None


def _rounding_error(size: int, terms: int, radius: float) -> float:
    """Greatest error of a bound for vectors of `size` values at most `radius` from their mean.

    The first term is that of coordinates and products in float32; the others are what the rounding of both
    vectors to the grid adds to the distance that is bounded.
    """
    moved = np.sqrt(size) / 2 / GRID
    return float((terms + 16) * 2.0**-22 * radius**2 + 8 * moved * radius + 8 * moved**2)
