"""What is around a pattern wherever it occurs, which says how it can grow and whether it has to."""

from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.mining_table import Bits, MiningTable


@dataclass(frozen=True, eq=False)
class Growth:
    """Items around the n stages of a pattern in the S prototypes that include it.

    Attributes
    ----------
    added : (S, n, W) uint64
        Items that each stage can have beside its own, or has, in at least one occurrence in the prototype.
    inserted : (S, G, W) uint64
        Items that can make a stage of their own between the others; the last of the G places is behind them.
    always_added : (n, W) uint64
        Items that each stage can be given whatever the pattern grows into by its end.
    always_inserted : (G', W) uint64
        Items that can be inserted in front of the last stage, whatever the pattern grows into by its end.
    """

    added: Bits
    inserted: Bits
    always_added: Bits
    always_inserted: Bits


class Places(Protocol):
    """Occurrences of one pattern; the pattern, (n, W) uint64, is told by whoever grows it."""

    @classmethod
    def everywhere(cls, table: MiningTable) -> Self:
        """Occurrences of the pattern without stages."""
        ...

    @property
    def prototypes(self) -> NDArray[np.int64]:
        """Prototypes in which the pattern occurs, ascending, shape (S,)."""
        ...

    def growth(self, pattern: Bits) -> Growth:
        """Look around all occurrences."""
        ...

    def with_item(self, pattern: Bits, growth: Growth, bit: Bits) -> Self:
        """Occurrences of the pattern whose last stage has one item more."""
        ...

    def with_stage(self, pattern: Bits, growth: Growth, bit: Bits) -> Self:
        """Occurrences of the pattern with one stage more at its end, of one item."""
        ...
