"""Batches of a fit, put together in threads while the network is busy."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.training.augment import augment
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.inputs import training_input

Batch = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Input of the network, shape (n, H, W, channels), and labels, shape (n, K)."""

WITHOUT_NEUTRAL = 0.3
"""Share of the crops from which the neutral face is withheld: the model must work without one."""

WRONG_NEUTRAL = 0.05
"""Share of the crops that get another expression of the same person as neutral face, since the program may
take a face for neutral that is not; their labels stay as they are."""


class Batches:
    """Random batches, each determined by the seed and its number alone: a fit goes on without any state.

    Parameters
    ----------
    sets : sequence of LabelledCrops
        None of them empty.
    shares : sequence of float
        Share of each set in a batch; empty: as the roots of their sizes, so that a small set counts.
    size : int
        Crops per batch.
    side : int
        Width and height of the network's input.
    channels : int
        1: the neutral faces are not used.
    seed : int
    spoil : bool
        See `tpviewer.training.augment.augment`.

    Raises
    ------
    ParameterError
        If a set is empty, or `shares` do not belong to the `sets`.
    """

    def __init__(
        self,
        sets: Sequence[LabelledCrops],
        shares: Sequence[float],
        size: int,
        side: int,
        channels: int,
        seed: int,
        *,
        spoil: bool = True,
    ) -> None:
        if not sets or not all(map(len, sets)):
            raise ParameterError("a data set without any crop cannot be trained on; leave it out")
        weights = np.array(shares or [np.sqrt(len(part)) for part in sets], np.float64)
        if len(weights) != len(sets) or (weights < 0).any() or weights.sum() <= 0:
            raise ParameterError(f"{len(sets)} data sets need as many shares, none below 0: {list(shares)}")
        self._sets, self._size, self._side = sets, size, side
        self._channels, self._seed, self._spoil = channels, seed, spoil
        self._shares = weights / weights.sum()
        self._faces = [_expressive_rows(part) if channels == 2 else {} for part in sets]

    def batch(self, number: int) -> Batch:
        """Return one batch."""
        rng = np.random.default_rng([self._seed, number])
        pairs, labels = [], []
        for which in rng.choice(len(self._sets), self._size, p=self._shares):
            part = self._sets[which]
            row = int(rng.integers(len(part)))
            neutral = self._neutral(which, row, rng)
            crop, neutral_face = augment(part.crops[row], neutral, rng, spoil=self._spoil)
            pairs.append((crop, neutral_face))
            labels.append(part.labels[row])
        crops, neutrals = (np.stack(faces) for faces in zip(*pairs, strict=True))
        inputs = training_input(crops, neutrals, self._side, self._channels)
        return inputs, np.stack(labels).astype(np.float32)

    def follow(self, first: int) -> Iterator[Batch]:
        """Endless batches from a number on; the next ones are made meanwhile."""
        threads = os.cpu_count() or 1
        coming: deque[Future[Batch]] = deque()
        with ThreadPoolExecutor(threads) as pool:
            try:
                for number in count(first):
                    coming.append(pool.submit(self.batch, number))
                    if len(coming) > 2 * threads:
                        yield coming.popleft().result()
            finally:
                for future in coming:
                    future.cancel()

    def _neutral(self, which: int, row: int, rng: np.random.Generator) -> NDArray[np.uint8]:
        part, chance = self._sets[which], rng.random()
        if self._channels == 1 or chance < WITHOUT_NEUTRAL:
            return np.zeros_like(part.neutrals[row])
        if chance < WITHOUT_NEUTRAL + WRONG_NEUTRAL:
            others = self._faces[which].get(int(part.persons[row]), np.empty(0, np.int64))
            others = others[others != row]
            if len(others):
                return np.asarray(part.crops[rng.choice(others)])
        return np.asarray(part.neutrals[row])


def _expressive_rows(part: LabelledCrops) -> dict[int, NDArray[np.int64]]:
    """Rows by person that show some Action Unit."""
    rows = np.flatnonzero((part.labels == 1).any(axis=1))
    order = rows[np.argsort(part.persons[rows], kind="stable")]
    persons, starts = np.unique(part.persons[order], return_index=True)
    return dict(zip(persons.tolist(), np.split(order, starts[1:]), strict=True)) if len(order) else {}
