"""Distances that every processor computes alike: vectors rounded to whole numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.types import FloatArray, IntArray

GRID = 2**25
"""Length of the longest vector: sums of products of two vectors stay below 2^53, exact in float64."""

CHUNK = 4096
"""Vectors that are held as float64 at once."""

_PAIRS = 512  # their differences stay in the cache


@dataclass(frozen=True, eq=False)
class Grid:
    """Vectors as whole numbers, the longest of them 2^25 long, made for a few vectors at a time.

    Attributes
    ----------
    vectors : ndarray of float, shape (N, D)
    longest : float
        Length of the longest vector.
    """

    vectors: FloatArray
    longest: float

    @classmethod
    def of(cls, vectors: FloatArray) -> "Grid":
        """Grid for these vectors; vectors of zeros are allowed."""
        most = 0.0
        for start in range(0, len(vectors), CHUNK):
            some = vectors[start : start + CHUNK].astype(np.float64)
            most = max(most, float(np.max(np.einsum("ij,ij->i", some, some))))
        return cls(vectors, float(np.sqrt(most)))

    def points(self, chosen: IntArray | slice) -> NDArray[np.float64]:
        """Chosen vectors on the grid.

        Parameters
        ----------
        chosen : ndarray of int, shape (n,), or slice

        Returns
        -------
        ndarray of float64, shape (n, D)
            Whole numbers; no vector is longer than `GRID` before rounding.
        """
        exact = self.vectors[chosen].astype(np.float64)
        if self.longest > 0:
            exact *= GRID / self.longest
        return np.rint(exact, out=exact)

    def squares_of_pairs(self, rows: IntArray, index: IntArray, columns: IntArray) -> NDArray[np.float64]:
        """Squared distances of pairs.

        Parameters
        ----------
        rows : ndarray of int, shape (R,)
            Vectors on the one side.
        index : ndarray of int, shape (P,)
            The one of `rows` in each pair.
        columns : ndarray of int, shape (P,)
            The other vector of each pair.

        Returns
        -------
        ndarray of float64, shape (P,)
            Whole numbers, without rounding error.
        """
        squares, points = np.empty(len(columns)), self.points(rows)
        for start in range(0, len(columns), _PAIRS):
            some = slice(start, start + _PAIRS)
            difference = self.points(columns[some])
            difference -= points[index[some]]
            squares[some] = np.einsum("ij,ij->i", difference, difference)
        return squares

    def squares_from(self, rows: IntArray) -> NDArray[np.float64]:
        """Squared distance of each row to all vectors, less the row's own square: that orders no row.

        Parameters
        ----------
        rows : ndarray of int, shape (R,)

        Returns
        -------
        ndarray of float64, shape (R, N)
            Whole numbers, without rounding error; negative ones occur.
        """
        squares, points = np.empty((len(rows), len(self.vectors))), self.points(rows)
        for start in range(0, len(self.vectors), CHUNK):
            some = slice(start, start + CHUNK)
            others = self.points(some)
            np.matmul(points, others.T, out=squares[:, some])
            squares[:, some] *= -2
            squares[:, some] += np.einsum("ij,ij->i", others, others)
        return squares
