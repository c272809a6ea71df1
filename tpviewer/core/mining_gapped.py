"""Patterns with other stages between theirs: what lies between their first and their last fitting places.

Growing and pruning follow BIDE, carried over to sequences of sets.

References
----------
Wang, J., Han, J., Li, C. (2007). Frequent closed sequence mining without candidate maintenance. IEEE TKDE
19(8), 1042-1056.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.mining_growth import Growth
from tpviewer.core.mining_table import Bits, MiningTable, holds
from tpviewer.core.types import BoolArray

Places = Sequence[NDArray[np.int64]]
"""One place (S,) of each stage of a pattern."""


@dataclass(frozen=True, eq=False)
class GappedPlaces:
    """Prototypes that include a pattern.

    Attributes
    ----------
    table : MiningTable
    prototypes : (S,) int64
        Ascending.
    """

    table: MiningTable
    prototypes: NDArray[np.int64]

    @classmethod
    def everywhere(cls, table: MiningTable) -> "GappedPlaces":
        """All prototypes include the pattern without stages."""
        return cls(table, np.arange(len(table.lengths)))

    def growth(self, pattern: Bits) -> Growth:
        """Look at all stages that each stage of the pattern can be mapped onto, and at those between."""
        stages = self.table.stages[self.prototypes]
        fits = [holds(stages, needed) for needed in pattern]
        before, end = np.full(len(stages), -1), np.full(len(stages), stages.shape[1])
        first = [before, *_first_places(fits)]
        last = [*_last_places(fits, end), end]
        near = [*_last_places(fits[:-1], first[-1]), first[-1]][: len(fits)]
        return Growth(
            added=_added(stages, fits, first, last),
            inserted=_inserted(stages, first, last),
            always_added=_common(self._always_added(stages, fits, first, near)),
            always_inserted=_common(_inserted(stages, first[:-1], near)),
        )

    def _always_added(self, stages: Bits, fits: list[BoolArray], first: Places, near: Places) -> Bits:
        """Items that stages before the last have in front of the last one's first place.

        The last stage may move when it grows, so that it counts what all its places have in common.
        """
        if not fits:
            return np.zeros((len(stages), 0, self.table.words), np.uint64)
        earlier = _added(stages, fits[:-1], first, near)
        fitting = fits[-1] & (np.arange(stages.shape[1]) > first[-2][:, None])
        everything = ~np.uint64(0)
        common = np.bitwise_and.reduce(np.where(fitting[..., None], stages, everything), axis=1)
        return np.concatenate([earlier, common[:, None]], axis=1)

    def with_item(self, pattern: Bits, growth: Growth, bit: Bits) -> "GappedPlaces":
        """Prototypes that include the pattern with one item more in its last stage."""
        return self._kept(growth.added[:, -1], bit)

    def with_stage(self, pattern: Bits, growth: Growth, bit: Bits) -> "GappedPlaces":
        """Prototypes that include the pattern with one stage more at its end, of one item."""
        return self._kept(growth.inserted[:, -1], bit)

    def _kept(self, offered: Bits, bit: Bits) -> "GappedPlaces":
        return GappedPlaces(self.table, self.prototypes[(offered & bit).any(axis=-1)])


def _first_places(fits: Sequence[BoolArray]) -> list[NDArray[np.int64]]:
    """Earliest place of each stage behind those before it."""
    found: list[NDArray[np.int64]] = []
    for fit in fits:
        later = fit & (np.arange(fit.shape[1]) > found[-1][:, None]) if found else fit
        found.append(np.argmax(later, axis=1))
    return found


def _last_places(fits: Sequence[BoolArray], limit: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Latest place of each stage in front of those behind it, all in front of a limit."""
    found: list[NDArray[np.int64]] = []
    for fit in reversed(fits):
        earlier = fit & (np.arange(fit.shape[1]) < limit[:, None])
        limit = fit.shape[1] - 1 - np.argmax(earlier[:, ::-1], axis=1)
        found.append(limit)
    return found[::-1]


def _added(stages: Bits, fits: Sequence[BoolArray], first: Places, last: Places) -> Bits:
    """Items of the stages that stage k of the pattern fits, behind `first[k]`, in front of `last[k + 1]`."""
    found = [_any_of(stages, fit, first[k], last[k + 1]) for k, fit in enumerate(fits)]
    return np.stack(found, axis=1) if found else np.zeros((len(stages), 0, stages.shape[-1]), np.uint64)


def _inserted(stages: Bits, first: Places, last: Places) -> Bits:
    """Items of the stages behind `first[k]` and in front of `last[k]`."""
    everywhere = np.ones(stages.shape[:2], np.bool_)
    found = [_any_of(stages, everywhere, start, stop) for start, stop in zip(first, last, strict=True)]
    return np.stack(found, axis=1) if found else np.zeros((len(stages), 0, stages.shape[-1]), np.uint64)


def _any_of(stages: Bits, fit: BoolArray, after: NDArray[np.int64], until: NDArray[np.int64]) -> Bits:
    place = np.arange(stages.shape[1])
    inside = fit & (place > after[:, None]) & (place < until[:, None])
    return np.asarray(np.bitwise_or.reduce(np.where(inside[..., None], stages, np.uint64(0)), axis=1))


def _common(by_prototype: Bits) -> Bits:
    return np.asarray(np.bitwise_and.reduce(by_prototype, axis=0))
