"""Exact nearest neighbours of many vectors: bounds sort out most pairs, a grid settles the rest."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.distance_bounds import Bounds, bounds_of
from tpviewer.core.exact_grid import Grid
from tpviewer.core.one_thread import one_thread
from tpviewer.core.types import FloatArray

BOUNDED_FROM = 4000
"""From so many vectors on bounds save time; fewer are compared exactly, each with each."""

_ROWS, _COLUMNS = 512, 4096  # of one table of bounds
_SHARE = 8  # of the columns, one in so many tells how far to look
_VALUES = 2**22  # exact distances held at once by a thread: 32 MiB
_THREADS = 8


class _Pairs(NamedTuple):
    """Candidates: number of the row within its block, column, and lower bound; by row, then by column."""

    row: NDArray[np.intp]
    column: NDArray[np.intp]
    lower: NDArray[np.float32]


def nearest(vectors: FloatArray, k: int) -> NDArray[np.int32]:
    """The k nearest other vectors of each; of equally near ones the lower index.

    Distances are those on a `Grid`, so that the answer depends neither on the processor nor on the number
    of threads nor on the size of blocks. Memory is that of the answer, at most one float32 copy of the
    vectors, and blocks of fixed size.

    Parameters
    ----------
    vectors : ndarray of float, shape (N, D)
    k : int
        1 to N - 1.

    Returns
    -------
    ndarray of int32, shape (N, k)
        Ascending in each row.
    """
    with one_thread(), ThreadPoolExecutor(min(os.cpu_count() or 1, _THREADS)) as pool:
        grid = Grid.of(vectors)
        search = _Search.of(grid, k) if len(vectors) >= BOUNDED_FROM else _Each(grid, k)
        found = np.empty((len(vectors), k), np.int32)
        blocks = [np.arange(i, min(i + _ROWS, len(vectors))) for i in range(0, len(vectors), _ROWS)]
        for rows, columns in zip(blocks, pool.map(search.nearest_of, blocks), strict=True):
            found[rows] = columns
    return found


@dataclass(frozen=True, eq=False)
class _Each:
    """Compares each vector with each other one."""

    grid: Grid
    k: int

    def nearest_of(self, rows: NDArray[np.intp]) -> NDArray[np.int32]:
        """The k nearest of each row, shape (rows, k)."""
        at_once = max(1, _VALUES // len(self.grid.vectors))
        parts = [rows[start : start + at_once] for start in range(0, len(rows), at_once)]
        return np.concatenate([self._part(part) for part in parts])

    def _part(self, rows: NDArray[np.intp]) -> NDArray[np.int32]:
        distances = self.grid.squares_from(rows)
        distances[np.arange(len(rows)), rows] = np.inf
        kth = np.partition(distances, self.k - 1, axis=1)[:, self.k - 1, None]
        chosen = distances <= kth
        for row in np.flatnonzero(np.count_nonzero(chosen, axis=1) > self.k):
            tied = np.flatnonzero(distances[row] == kth[row])
            surplus = int(np.count_nonzero(chosen[row])) - self.k
            chosen[row, tied[len(tied) - surplus :]] = False
        columns = np.flatnonzero(chosen.ravel()) % chosen.shape[1]
        return np.asarray(columns.reshape(len(rows), self.k), np.int32)


@dataclass(frozen=True, eq=False)
class _Search:
    """Compares exactly only what bounds leave open."""

    grid: Grid
    k: int
    bounds: Bounds
    sample: Bounds

    @classmethod
    def of(cls, grid: Grid, k: int) -> "_Search":
        count = len(grid.vectors)
        bounds = bounds_of(grid.vectors, k, grid.longest)
        # At random, for looks of a face may come back at a regular pace.
        columns = np.sort(np.random.default_rng(0).permutation(count)[: count // _SHARE])
        return cls(grid, k, bounds, bounds.of(columns))

    def nearest_of(self, rows: NDArray[np.intp]) -> NDArray[np.int32]:
        """The k nearest of each row, shape (rows, k)."""
        radius, expected = self._guess(rows)
        found = np.empty((len(rows), self.k), np.int32)
        crowded = expected > len(self.grid.vectors) / 16 + 4 * self.k
        if crowded.any():
            found[crowded] = _Each(self.grid, self.k).nearest_of(rows[crowded])
        if not crowded.all():
            rest = rows[~crowded]
            found[~crowded] = self._settle(rest, self._candidates(rest, radius[~crowded]))
        return found

    def _guess(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """A radius that should hold k neighbours, and how many columns may lie within it."""
        own, share = self.bounds.of(rows), len(self.sample.squares) / len(self.bounds.squares)
        lower = own.lower(self.sample)
        upper = lower + (4 * own.coordinates[:, -1:] * self.sample.coordinates[:, -1] + own.slack)
        hits = self.k * share
        rank = min(int(hits + 5 * np.sqrt(hits) + 5), len(self.sample.squares) - 1)
        radius = np.partition(upper, rank, axis=1)[:, rank]
        return radius, np.count_nonzero(lower <= radius[:, None], axis=1) / share

    def _candidates(self, rows: NDArray[np.intp], radius: NDArray[np.float32]) -> _Pairs:
        """All pairs within the radius; all pairs of a row where the radius proves too small."""
        pairs = self._within(rows, radius)
        certain = self.bounds.upper(pairs.lower, rows[pairs.row], pairs.column) <= radius[pairs.row]
        short = np.bincount(pairs.row[certain], minlength=len(rows)) < self.k
        if not short.any():
            return pairs
        return self._within(rows, np.where(short, np.float32(np.inf), radius))

    def _within(self, rows: NDArray[np.intp], radius: NDArray[np.float32]) -> _Pairs:
        own, limit = self.bounds.of(rows), radius[:, None]
        parts = []
        for start in range(0, len(self.bounds.squares), _COLUMNS):
            lower = own.lower(self.bounds.of(slice(start, start + _COLUMNS)))
            hits = np.flatnonzero((lower <= limit).ravel())
            row, column = np.divmod(hits, lower.shape[1])
            parts.append(_Pairs(row, column + start, lower.ravel()[hits]))
        row, column, bound = (np.concatenate(found) for found in zip(*parts, strict=True))
        other = column != rows[row]
        row, column, bound = row[other], column[other], bound[other]
        order = np.argsort(row.astype(np.uint16), kind="stable")
        return _Pairs(row[order], column[order], bound[order])

    def _settle(self, rows: NDArray[np.intp], pairs: _Pairs) -> NDArray[np.int32]:
        """Choose by bounds, and by exact distances where they leave it open."""
        row, column, lower = pairs
        upper = self.bounds.upper(lower, rows[row], column)
        possible = lower <= self._kth(row, upper, len(rows))[row]
        certain = (upper < self._kth(row, lower, len(rows))[row])[possible]
        row, column = row[possible], column[possible]
        certain |= (np.bincount(row, minlength=len(rows)) == self.k)[row]
        distance = np.full(len(row), -1.0)
        undecided = np.flatnonzero(~certain)
        distance[undecided] = self.grid.squares_of_pairs(rows, row[undecided], column[undecided])
        kth = self._kth(row, distance, len(rows))[row]
        tied = distance == kth
        free = (self.k - np.bincount(row[distance < kth], minlength=len(rows)))[row]
        chosen = (distance < kth) | (tied & (_rank(row, tied) < free))
        return np.asarray(column[chosen].reshape(len(rows), self.k), np.int32)

    def _kth(self, row: NDArray[np.intp], values: FloatArray, rows: int) -> FloatArray:
        """The k-th smallest value of each row."""
        sizes = np.bincount(row, minlength=rows)
        place = np.arange(len(row)) - (np.cumsum(sizes) - sizes)[row]
        table = np.full((rows, int(sizes.max())), np.inf, values.dtype)
        table[row, place] = values
        return np.asarray(np.partition(table, self.k - 1, axis=1)[:, self.k - 1])


def _rank(row: NDArray[np.intp], marked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """How many marked entries of the same row stand before each entry."""
    before: NDArray[np.intp] = np.cumsum(marked) - marked
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    return np.asarray(before - np.repeat(before[starts], np.diff(np.append(starts, len(row)))))
