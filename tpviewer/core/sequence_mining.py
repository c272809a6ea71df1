"""Common sub-sequences of temporal prototypes: sequential pattern mining on sequences of sets (method, 10).

Patterns grow at their end, an item or a stage at a time, and are cut off where everything that they can grow
into would have a larger pattern beside it in the same prototypes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.core.mining_contiguous import ContiguousPlaces
from tpviewer.core.mining_gapped import GappedPlaces
from tpviewer.core.mining_growth import Growth, Places
from tpviewer.core.mining_table import Bits, MiningTable, as_flags, mining_table
from tpviewer.core.stages import StageKey


@dataclass(frozen=True)
class MiningParams:
    """Which patterns are looked for.

    Attributes
    ----------
    least : int
        Temporal prototypes that have to include a pattern.
    longest : int or None
        Stages of a pattern at most; None for any number.
    gaps : bool
        A pattern's stages may have others between them; otherwise they follow each other.
    """

    least: int = 2
    longest: int | None = None
    gaps: bool = False

    def __post_init__(self) -> None:
        if self.least < 1:
            raise ParameterError(
                f"support {self.least}: a pattern has to be in at least 1 temporal prototype"
            )
        if self.longest is not None and self.longest < 1:
            raise ParameterError(f"length {self.longest}: a pattern has at least 1 stage")


@dataclass(frozen=True, eq=False)
class Pattern:
    """A sequence of sets that is included in several temporal prototypes, and closed.

    Attributes
    ----------
    stages : tuple of StageKey
        None of them is empty: NONE is included everywhere and would tell nothing.
    prototypes : (support,) int64
        The temporal prototypes that include it, by number, ascending.
    maximal : bool
        No larger pattern is in enough temporal prototypes.
    """

    stages: tuple[StageKey, ...]
    prototypes: NDArray[np.int64]
    maximal: bool

    @property
    def support(self) -> int:
        """Number of temporal prototypes that include it."""
        return len(self.prototypes)


def closed_patterns(prototypes: Sequence[Sequence[StageKey]], params: MiningParams) -> Iterator[Pattern]:
    """Find all closed patterns: no larger one, up to the greatest length, is in as many temporal prototypes.

    A pattern is larger if it includes the other one as `tpviewer.core.comparison.included` says.

    Parameters
    ----------
    prototypes : sequence of sequence of StageKey
    params : MiningParams

    Yields
    ------
    Pattern
        In no particular order; whoever stops taking them ends the search.
    """
    table = mining_table(prototypes, params.least)
    if not table.items:
        return
    kind = GappedPlaces if params.gaps else ContiguousPlaces
    yield from _Search(table, params).grown(np.zeros((0, table.words), np.uint64), kind.everywhere(table))


class _Search:
    def __init__(self, table: MiningTable, params: MiningParams) -> None:
        self._table, self._params = table, params
        self._bits = [table.bit(item) for item in range(len(table.items))]
        self._below = np.bitwise_or.accumulate(self._bits, axis=0)

    def grown(self, pattern: Bits, places: Places) -> Iterator[Pattern]:
        """Yield a pattern if it is closed, and all that it grows into at its end."""
        growth = places.growth(pattern)
        last = self._last_item(pattern)
        if len(pattern):
            if self._is_hopeless(pattern, growth, last):
                return
            more = [growth.added & ~pattern] + [growth.inserted] * self._may_lengthen(pattern)
            if not any(np.bitwise_and.reduce(one, axis=0).any() for one in more):
                maximal = not any((self._supports(one) >= self._params.least).any() for one in more)
                stages = tuple(map(self._table.key, pattern))
                yield Pattern(stages, places.prototypes, maximal)
            for item in self._frequent(growth.added[:, -1]):
                if item > last:
                    larger = np.concatenate([pattern[:-1], [pattern[-1] | self._bits[item]]])
                    yield from self.grown(larger, places.with_item(pattern, growth, self._bits[item]))
        if self._may_lengthen(pattern):
            for item in self._frequent(growth.inserted[:, -1]):
                longer = np.concatenate([pattern, [self._bits[item]]])
                yield from self.grown(longer, places.with_stage(pattern, growth, self._bits[item]))

    def _is_hopeless(self, pattern: Bits, growth: Growth, last: int) -> bool:
        """Whether everything that the pattern grows into has a larger one beside it."""
        added = growth.always_added & ~pattern
        added[-1] &= self._below[last]
        # Where the length is limited, what can be inserted may be too long by then.
        inserted = self._params.longest is None and growth.always_inserted.any()
        return bool(added.any() or inserted)

    def _may_lengthen(self, pattern: Bits) -> bool:
        return self._params.longest is None or len(pattern) < self._params.longest

    def _last_item(self, pattern: Bits) -> int:
        return int(np.flatnonzero(as_flags(pattern[-1]))[-1]) if len(pattern) else -1

    def _frequent(self, offered: Bits) -> list[int]:
        return [int(item) for item in np.flatnonzero(self._supports(offered) >= self._params.least)]

    def _supports(self, offered: Bits) -> NDArray[np.int64]:
        """Prototypes in which each item is offered, shape (..., 64 W)."""
        return np.asarray(as_flags(offered).sum(axis=0, dtype=np.int64))
