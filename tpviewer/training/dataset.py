"""Labelled crops, and their split by person."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class LabelledCrops:
    """Crops with labels that may be missing.

    Attributes
    ----------
    crops : ndarray, shape (n, SIDE, SIDE), uint8
        Aligned grey faces with a margin for augmentation.
    neutrals : ndarray, shape (n, SIDE, SIDE), uint8
        The same persons' neutral faces, aligned in the same way; zeros where there is none.
    labels : ndarray, shape (n, len(AUS)), int8
        1 present, 0 absent, -1 missing.
    intensities : ndarray, shape (n, len(AUS)), float32
        0 to 1; NaN where unknown.
    persons : ndarray, shape (n,), int64
        Who is seen.
    """

    crops: NDArray[np.uint8]
    neutrals: NDArray[np.uint8]
    labels: NDArray[np.int8]
    intensities: NDArray[np.float32]
    persons: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.crops)

    def part(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "LabelledCrops":
        """Return the crops that a mask, shape (n,), or their numbers choose."""
        return LabelledCrops(*(getattr(self, field.name)[chosen] for field in fields(self)))


def joined(parts: Sequence[LabelledCrops]) -> LabelledCrops:
    """Put sets one after the other."""
    names = [field.name for field in fields(LabelledCrops)]
    return LabelledCrops(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def split_by_person(data: LabelledCrops, share: float, seed: int) -> tuple[LabelledCrops, LabelledCrops]:
    """Split so that no person is on both sides.

    Parameters
    ----------
    data : LabelledCrops
    share : float
        Share of the persons that goes to the second part, at least one person.
    seed : int

    Returns
    -------
    training, held_out : LabelledCrops
    """
    persons = np.unique(data.persons)
    count = max(1, round(share * len(persons)))
    held_out = np.random.default_rng(seed).choice(persons, count, replace=False)
    mask = np.isin(data.persons, held_out)
    return data.part(~mask), data.part(mask)
