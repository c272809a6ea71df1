"""Labelled crops, and their split by person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class LabelledCrops:
    """Crops with labels that may be missing.

    Attributes
    ----------
    crops : ndarray, shape (n, SIDE, SIDE), uint8
        Aligned grey faces with a margin for augmentation.
    labels : ndarray, shape (n, len(AUS)), int8
        1 present, 0 absent, -1 missing.
    persons : ndarray, shape (n,), int64
        Who is seen.
    """

    crops: NDArray[np.uint8]
    labels: NDArray[np.int8]
    persons: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.crops)

    def part(self, chosen: NDArray[np.bool_]) -> "LabelledCrops":
        """Return the crops where `chosen`, shape (n,), is true."""
        return LabelledCrops(self.crops[chosen], self.labels[chosen], self.persons[chosen])


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
