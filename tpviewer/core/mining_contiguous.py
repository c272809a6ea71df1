"""Patterns whose stages follow each other: what is in the window around each of their occurrences."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.mining_growth import Growth
from tpviewer.core.mining_table import Bits, MiningTable


@dataclass(frozen=True, eq=False)
class ContiguousPlaces:
    """Occurrences of a pattern.

    Attributes
    ----------
    table : MiningTable
    rows, starts : (M,) int64
        Prototype and first stage of each occurrence, ascending.
    """

    table: MiningTable
    rows: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def everywhere(cls, table: MiningTable) -> "ContiguousPlaces":
        """Occurrences of the pattern without stages: in front of every stage."""
        rows = np.repeat(np.arange(len(table.lengths)), table.lengths)
        begins = np.repeat(np.cumsum(table.lengths) - table.lengths, table.lengths)
        return cls(table, rows, np.arange(len(rows)) - begins)

    @property
    def prototypes(self) -> NDArray[np.int64]:
        """Prototypes in which the pattern occurs, ascending, shape (S,)."""
        return self.rows[self._firsts()]

    def growth(self, pattern: Bits) -> Growth:
        """Look at the stages of each occurrence, the one before and the one after."""
        window = self._window(len(pattern))
        by_prototype = np.bitwise_or.reduceat(window, self._firsts(), axis=0)
        common = np.bitwise_and.reduce(window, axis=0)
        return Growth(by_prototype[:, 1:-1], by_prototype[:, [0, -1]], common[1:-1], common[:1])

    def with_item(self, pattern: Bits, growth: Growth, bit: Bits) -> "ContiguousPlaces":
        """Occurrences of the pattern whose last stage has one item more."""
        return self._kept(len(pattern) - 1, bit)

    def with_stage(self, pattern: Bits, growth: Growth, bit: Bits) -> "ContiguousPlaces":
        """Occurrences of the pattern with one stage more at its end, of one item."""
        return self._kept(len(pattern), bit)

    def _firsts(self) -> NDArray[np.int64]:
        """Place of each prototype's first occurrence."""
        return np.flatnonzero(np.diff(self.rows, prepend=-1))

    def _kept(self, offset: int, bit: Bits) -> "ContiguousPlaces":
        kept = (self._stages(self.starts + offset, self.rows) & bit).any(axis=-1)
        return ContiguousPlaces(self.table, self.rows[kept], self.starts[kept])

    def _window(self, length: int) -> Bits:
        """Stages from the one before to the one after each occurrence, shape (M, length + 2, W)."""
        return self._stages(self.starts[:, None] + np.arange(-1, length + 1), self.rows[:, None])

    def _stages(self, places: NDArray[np.int64], rows: NDArray[np.int64]) -> Bits:
        """Stages at some places; beyond the ends there is a stage without items."""
        longest = self.table.stages.shape[1]
        found = self.table.stages[rows, np.clip(places, 0, longest - 1)]
        found[(places < 0) | (places >= longest)] = 0
        return found
