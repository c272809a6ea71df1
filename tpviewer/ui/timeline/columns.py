"""From frames to pixel columns: what a column of the screen shows of the frames within it.

A column covers a stretch of time and frames last unevenly, so states are weighed by the time for which they
hold, never by their number of frames.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Runs:
    """A state over time, as runs of frames in which it stays the same.

    Attributes
    ----------
    edges : (R + 1,) float64
        Time at which each run begins, and the end of the last one, seconds.
    values : (R,) int16
    """

    edges: NDArray[np.float64]
    values: NDArray[np.int16]

    def shares(self, wanted: Sequence[int], columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of the time of each column for which each of some values holds.

        Parameters
        ----------
        wanted : sequence of int, length V
        columns : (W + 1,) float64
            Edges of the columns, seconds.

        Returns
        -------
        (V, W) float64
            0 to 1; time before the first and after the last frame counts as another value.
        """
        shares = self._shares_of_present(columns)
        found = np.zeros((len(wanted), len(columns) - 1))
        for row, value in enumerate(wanted):
            found[row] = shares[:, self._present == value].sum(axis=1)
        return found

    @cached_property
    def _present(self) -> NDArray[np.int16]:
        """Values that occur (P,), ascending."""
        return np.unique(self.values)

    @cached_property
    def _kinds(self) -> NDArray[np.int64]:
        """Place (R,) of each run's value among those that occur."""
        return np.searchsorted(self._present, self.values)

    @cached_property
    def _before(self) -> NDArray[np.float64]:
        """Time (R + 1, P) for which each value has held when a run begins, seconds."""
        held = np.zeros((len(self.edges), len(self._present)))
        held[np.arange(1, len(held)), self._kinds] = np.diff(self.edges)
        return np.cumsum(held, axis=0)

    def _shares_of_present(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shares (W, P) of the values that occur."""
        if not len(self.values):
            return np.zeros((len(columns) - 1, 0))
        moments = np.clip(columns, self.edges[0], self.edges[-1])
        run = np.minimum(np.searchsorted(self.edges, moments, side="right") - 1, len(self.values) - 1)
        sums = self._before[run]
        sums[np.arange(len(sums)), self._kinds[run]] += moments - self.edges[run]
        return np.asarray((sums[1:] - sums[:-1]) / (columns[1:] - columns[:-1])[:, None])

    def active(self, columns: NDArray[np.float64]) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
        """Find which of the values from 0 on holds longest in each column.

        Returns
        -------
        values : (W,) int16
            -1 where none holds.
        share : (W,) float64
            Share of the column's time for which any of them holds.
        """
        letters = self._present >= 0
        if not letters.any():
            return np.full(len(columns) - 1, -1, np.int16), np.zeros(len(columns) - 1)
        shares = self._shares_of_present(columns)[:, letters]
        total = np.minimum(shares.sum(axis=1), 1.0)
        longest = self._present[letters][shares.argmax(axis=1)]
        return np.where(total > 0, longest, np.int16(-1)), total

    def within(self, start: float, stop: float) -> "Runs":
        """Return the runs that reach into a range of time."""
        first = max(int(np.searchsorted(self.edges, start, side="right")) - 1, 0)
        last = min(int(np.searchsorted(self.edges, stop, side="left")), len(self.values))
        return Runs(self.edges[first : max(last, first) + 1], self.values[first : max(last, first)])

    def at(self, seconds: float) -> int | None:
        """Value at a moment, None before the first and after the last frame."""
        place = int(np.searchsorted(self.edges, seconds, side="right")) - 1
        return int(self.values[place]) if 0 <= place < len(self.values) else None


def runs_of(values: NDArray[np.integer[Any]], bounds: NDArray[np.float64]) -> Runs:
    """Runs of a state.

    Parameters
    ----------
    values : (N,) int
    bounds : (N + 1,) float64
        Time of each frame and the end of the last, seconds.
    """
    if not len(values):
        return Runs(np.zeros(1), np.zeros(0, np.int16))
    starts = np.concatenate([[0], np.flatnonzero(values[1:] != values[:-1]) + 1])
    return Runs(np.append(bounds[starts], bounds[-1]), values[starts].astype(np.int16))


@dataclass(frozen=True, eq=False)
class ColumnFrames:
    """Frames that are shown at any moment of each column, its two edges among them.

    Attributes
    ----------
    first, stop : (W,) int64
        Half-open range of frames; empty where no frame is shown.
    """

    first: NDArray[np.int64]
    stop: NDArray[np.int64]

    @property
    def crowded(self) -> bool:
        """True where columns show more than three frames on average."""
        return bool((self.stop - self.first).mean() > 3)

    def extent(self, values: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Lowest and highest of a frame's values (N,) in each column, NaN where there is none."""
        low = np.full(len(self.first), np.nan, np.float32)
        high = low.copy()
        there = self.stop > self.first
        if there.any():
            begin, end = int(self.first[there].min()), int(self.stop[there].max())
            # The value after the last lets a range end at the last frame: reduceat takes no index beyond.
            part = np.append(values[begin:end], np.float32(np.nan))
            ranges = np.stack([self.first[there], self.stop[there]], axis=1).ravel() - begin
            low[there] = np.fmin.reduceat(part, ranges)[::2]
            high[there] = np.fmax.reduceat(part, ranges)[::2]
        return low, high


def column_frames(bounds: NDArray[np.float64], columns: NDArray[np.float64]) -> ColumnFrames:
    """Frames of each column.

    Parameters
    ----------
    bounds : (N + 1,) float64
        Time of each frame and the end of the last, seconds.
    columns : (W + 1,) float64
        Edges of the columns, seconds.
    """
    n_frames = len(bounds) - 1
    first = np.maximum(np.searchsorted(bounds, columns[:-1], side="right") - 1, 0)
    stop = np.minimum(np.searchsorted(bounds, columns[1:], side="right"), n_frames)
    outside = (columns[:-1] >= bounds[-1]) | (columns[1:] < bounds[0])
    return ColumnFrames(first.astype(np.int64), np.where(outside, first, stop).astype(np.int64))
