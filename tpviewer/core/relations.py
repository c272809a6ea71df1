"""Many temporal prototypes beside each other: what they share, how far apart they are (method, 10)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, takewhile

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.comparison import identical_groups, inclusions, places
from tpviewer.core.pattern_statistics import LabelSupport, label_supports, strongest
from tpviewer.core.prototype_distance import distances, groups, nearest
from tpviewer.core.sequence_mining import MiningParams, Pattern, closed_patterns
from tpviewer.core.stages import NO_LOOK, Stage, StageKey, stage_key

NEIGHBOURS = 5


@dataclass(frozen=True)
class SequenceStages:
    """The stages of one video in which a face was seen.

    Attributes
    ----------
    name : str
        Of the video or its session.
    label : str or None
        Emotion or other group.
    stages : tuple of Stage
    numbers : tuple of int
        Place of each stage, from 0, among all stages of the video; of stages that became one the first.
    """

    name: str
    label: str | None
    stages: tuple[Stage, ...]
    numbers: tuple[int, ...]

    @cached_property
    def prototype(self) -> tuple[StageKey, ...]:
        """The temporal prototype."""
        return tuple(stage.key for stage in self.stages)


def sequence_stages(
    name: str, label: str | None, stages: Sequence[Stage], letters: bool = True
) -> SequenceStages:
    """Take the stages of a video that count.

    Parameters
    ----------
    name : str
    label : str or None
    stages : sequence of Stage
        They partition the video; those without a face are left out.
    letters : bool
        False takes co-occurrence only: neighbours that differ by letters alone are one stage.
    """
    numbered = list(enumerate(stages if letters else map(_without_letters, stages)))
    runs = [[one] for one in numbered] if letters else _runs(numbered)
    seen = [run for run in runs if not run[0][1].unseen]
    joined = tuple(_joined([stage for _, stage in run]) for run in seen)
    return SequenceStages(name, label, joined, tuple(run[0][0] for run in seen))


def _runs(numbered: Sequence[tuple[int, Stage]]) -> list[list[tuple[int, Stage]]]:
    return [[*run] for _, run in groupby(numbered, lambda one: (one[1].key, one[1].unseen))]


def _without_letters(stage: Stage) -> Stage:
    return replace(stage, key=stage_key([(au, NO_LOOK) for au, _ in stage.key]))


def _joined(run: Sequence[Stage]) -> Stage:
    frames = [stage.frames for stage in run]
    purity = float(np.average([stage.purity for stage in run], weights=frames))
    return replace(run[0], stop=run[-1].stop, purity=purity)


@dataclass(frozen=True)
class FoundPattern:
    """A pattern with what is told of it.

    Attributes
    ----------
    pattern : Pattern
    spread : tuple of LabelSupport
        Over the labels; empty where there are fewer than two.
    """

    pattern: Pattern
    spread: tuple[LabelSupport, ...]

    @property
    def strongest(self) -> LabelSupport | None:
        """The label that it speaks for most."""
        return strongest(self.spread)


@dataclass(frozen=True)
class Hit:
    """One occurrence of a pattern.

    Attributes
    ----------
    sequence : int
        Number of the video.
    places : tuple of int
        Stages that the pattern is mapped onto, places in `SequenceStages.stages`.
    """

    sequence: int
    places: tuple[int, ...]


def find_patterns(
    sequences: Sequence[SequenceStages], params: MiningParams, give_up: Callable[[], bool] = lambda: False
) -> tuple[FoundPattern, ...]:
    """Closed patterns of several videos and their spread over the labels.

    Parameters
    ----------
    sequences : sequence of SequenceStages
    params : MiningParams
    give_up : callable, optional
        Asked at each pattern: True ends the search.

    Returns
    -------
    tuple of FoundPattern
        By q of the strongest label, then by support and length, the largest first.
    """
    all_closed = closed_patterns([one.prototype for one in sequences], params)
    found = list(takewhile(lambda _: not give_up(), all_closed))
    spread = label_supports(found, [one.label for one in sequences])
    return tuple(sorted(map(FoundPattern, found, spread), key=_rank))


def _rank(found: FoundPattern) -> tuple[float, int, int, tuple[StageKey, ...]]:
    best, pattern = found.strongest, found.pattern
    return (1.0 if best is None else best.q), -pattern.support, -len(pattern.stages), pattern.stages


def hits(
    pattern: Sequence[StageKey], sequences: Sequence[SequenceStages], numbers: Sequence[int], gaps: bool
) -> tuple[Hit, ...]:
    """Occurrences of a pattern in the videos of some numbers."""
    return tuple(
        Hit(number, where)
        for number in numbers
        for where in places(pattern, sequences[number].prototype, gaps)
    )


@dataclass(frozen=True, eq=False)
class Relations:
    """How several temporal prototypes are related.

    Attributes
    ----------
    sequences : tuple of SequenceStages, length N
    params : MiningParams
    identical : tuple of tuple of int
        See `tpviewer.core.comparison.identical_groups`.
    inclusions : tuple of (int, int)
        Part and whole.
    distances : (N, N) float32
    nearest : (N, k) int64
        Numbers of the nearest others, k at most `NEIGHBOURS`.
    groups : (N,) int64
    patterns : tuple of FoundPattern
    """

    sequences: tuple[SequenceStages, ...]
    params: MiningParams
    identical: tuple[tuple[int, ...], ...]
    inclusions: tuple[tuple[int, int], ...]
    distances: NDArray[np.float32]
    nearest: NDArray[np.int64]
    groups: NDArray[np.int64]
    patterns: tuple[FoundPattern, ...]

    def hits(self, found: FoundPattern) -> tuple[Hit, ...]:
        """All occurrences of a pattern."""
        pattern = found.pattern
        return hits(pattern.stages, self.sequences, pattern.prototypes.tolist(), self.params.gaps)

    def only_maximal(self) -> "Relations":
        """The same without patterns that a larger one includes."""
        return replace(self, patterns=tuple(one for one in self.patterns if one.pattern.maximal))


def relate(sequences: Sequence[SequenceStages], params: MiningParams) -> Relations:
    """Compare the temporal prototypes of several videos."""
    prototypes = [one.prototype for one in sequences]
    apart = distances(prototypes)
    return Relations(
        sequences=tuple(sequences),
        params=params,
        identical=identical_groups(prototypes),
        inclusions=inclusions(prototypes, params.gaps),
        distances=apart,
        nearest=nearest(apart, NEIGHBOURS),
        groups=groups(apart),
        patterns=find_patterns(sequences, params),
    )
