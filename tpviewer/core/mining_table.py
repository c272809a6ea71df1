"""Temporal prototypes as sets of bits, the form in which patterns are looked for in many of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.stages import StageKey, stage_key

Item = tuple[str, int]
"""An Action Unit and its letter index."""

Bits = NDArray[np.uint64]
"""Sets of items, the last axis W words of 64 items."""

_WORD = 64


@dataclass(frozen=True, eq=False)
class MiningTable:
    """N temporal prototypes over the items that occur in enough of them.

    Attributes
    ----------
    items : tuple of (str, int)
        Item of each bit.
    stages : (N, T, W) uint64
        Set of each stage, T being the longest prototype's length; no items behind the end of a shorter one.
    lengths : (N,) int64
        Stages of each prototype.
    """

    items: tuple[Item, ...]
    stages: Bits
    lengths: NDArray[np.int64]

    @property
    def words(self) -> int:
        """Words W of a set."""
        return int(self.stages.shape[-1])

    def bit(self, item: int) -> Bits:
        """Set that holds one item, by its number; shape (W,)."""
        word = np.zeros(self.words, np.uint64)
        word[item // _WORD] = np.uint64(1) << np.uint64(item % _WORD)
        return word

    def key(self, bits: Bits) -> StageKey:
        """Set of items as a stage has it."""
        return stage_key([self.items[number] for number in np.flatnonzero(as_flags(bits))])


def mining_table(prototypes: Sequence[Sequence[StageKey]], least: int) -> MiningTable:
    """Put temporal prototypes into a table; items of fewer than `least` of them are left out."""
    holders: dict[Item, int] = {}
    for prototype in prototypes:
        for item in {item for key in prototype for item in key}:
            holders[item] = holders.get(item, 0) + 1
    items = tuple(sorted(item for item, count in holders.items() if count >= least))
    numbers = {item: number for number, item in enumerate(items)}
    longest = max(map(len, prototypes), default=0)
    flags = np.zeros((len(prototypes), longest, _WORD * max(1, -(-len(items) // _WORD))), np.bool_)
    for row, prototype in enumerate(prototypes):
        for place, key in enumerate(prototype):
            flags[row, place, [numbers[item] for item in key if item in numbers]] = True
    packed = np.packbits(flags, axis=-1, bitorder="little").view("<u8")
    return MiningTable(items, packed.astype(np.uint64), np.array([*map(len, prototypes)], np.int64))


def as_flags(bits: Bits) -> NDArray[np.uint8]:
    """Whether each item is in a set, 0 or 1; shape (..., 64 W)."""
    as_bytes = np.ascontiguousarray(bits, "<u8").view(np.uint8)
    return np.unpackbits(as_bytes, axis=-1, bitorder="little")


def holds(bits: Bits, needed: Bits) -> NDArray[np.bool_]:
    """Whether each set (..., W) includes the needed one (W,); shape (...)."""
    return np.asarray(((bits & needed) == needed).all(axis=-1))
