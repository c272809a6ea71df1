"""Step 5 of the *steady* profile: short stages are absorbed by a neighbour (method, section 6)."""

import heapq
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.stages import Stage, StageKey

_TICKS = 1_000_000  # durations are compared in whole microseconds, so that equal ones are equal


def key_distance(first: StageKey, second: StageKey) -> float:
    """Number of differing Action Units; one that is active in both with another letter counts a half."""
    one, other = dict(first), dict(second)
    both = one.keys() & other.keys()
    return len(one.keys() ^ other.keys()) + sum(one[au] != other[au] for au in both) / 2


def absorb(stages: Sequence[Stage], bounds: NDArray[np.float64], min_stage_s: float) -> tuple[Stage, ...]:
    """Absorb stages that are too short to be one.

    The shortest goes first, of equal ones the earliest, into the neighbour with fewer differing Action
    Units, ties to the longer, then to the earlier; neighbours that come to be equal become one stage. An
    UNSEEN stage neither absorbs nor is absorbed: a short stage between two of them stays.

    Parameters
    ----------
    stages : sequence of Stage
        They partition the frames.
    bounds : ndarray of float64, shape (N + 1,)
        Presentation times in seconds, and the end of the last frame.
    min_stage_s : float
        Shorter stages are absorbed.

    Returns
    -------
    tuple of Stage
        Each with its purity, the share of its frames that had exactly its set before.
    """
    absorbed: list[Stage] = []
    for unseen, group in groupby(stages, key=lambda stage: stage.unseen):
        members = list(group)
        absorbed += members if unseen else _Chain(members, bounds).shortened(min_stage_s)
    return _with_purity(absorbed, stages)


class _Chain:
    """Neighbouring stages as a linked list, with a queue that gives the shortest."""

    def __init__(self, stages: Sequence[Stage], bounds: NDArray[np.float64]) -> None:
        self._bounds = bounds
        self._stages: dict[int, Stage] = dict(enumerate(stages))
        self._before = [index - 1 for index in range(len(stages))]
        self._after = [index + 1 for index in range(len(stages))]
        self._queue = [(self._length(stage), stage.start, index) for index, stage in self._stages.items()]
        heapq.heapify(self._queue)

    def shortened(self, min_stage_s: float) -> list[Stage]:
        """Absorb until every stage is long enough or alone."""
        least = round(min_stage_s * _TICKS)
        while self._queue and self._queue[0][0] < least and len(self._stages) > 1:
            length, start, index = heapq.heappop(self._queue)
            stage = self._stages.get(index)
            if stage is not None and (self._length(stage), stage.start) == (length, start):
                self._absorb(index, stage)
        return list(self._stages.values())

    def _absorb(self, index: int, stage: Stage) -> None:
        before, after = self._before[index], self._after[index]
        target = min(
            (near for near in (before, after) if near in self._stages),
            key=lambda near: self._preference(stage, self._stages[near]),
        )
        self._join(index, target)
        far = after if target == before else before
        if far in self._stages and self._stages[far].key == self._stages[target].key:
            self._join(far, target)
        grown = self._stages[target]
        heapq.heappush(self._queue, (self._length(grown), grown.start, target))

    def _preference(self, stage: Stage, neighbour: Stage) -> tuple[float, int, int]:
        return key_distance(stage.key, neighbour.key), -self._length(neighbour), neighbour.start

    def _join(self, index: int, target: int) -> None:
        """Give a stage's frames to its neighbour `target`."""
        gone, kept = self._stages.pop(index), self._stages[target]
        grown = replace(kept, start=min(gone.start, kept.start), stop=max(gone.stop, kept.stop))
        self._stages[target] = grown
        before, after = self._before[index], self._after[index]
        if before >= 0:
            self._after[before] = after
        if after < len(self._before):
            self._before[after] = before

    def _length(self, stage: Stage) -> int:
        return round(float(self._bounds[stage.stop] - self._bounds[stage.start]) * _TICKS)


def _with_purity(absorbed: Sequence[Stage], stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Set the share of each stage's frames that had its set before."""
    parts = iter(stages)
    pure = []
    for stage in absorbed:
        same, stop = 0, stage.start
        while stop < stage.stop:
            part = next(parts)
            same += part.frames if part.key == stage.key else 0
            stop = part.stop
        pure.append(replace(stage, purity=same / stage.frames))
    return tuple(pure)
