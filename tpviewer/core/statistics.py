"""Figures of one video and of a corpus (paper, section 4, Table 1)."""

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass

from tpviewer.core.stages import Stage, description_length_reduction, temporal_prototype


@dataclass(frozen=True)
class SequenceStatistics:
    """Counts of one sequence; frames and stages without a face are outside the statistics.

    Attributes
    ----------
    frames : int
        Frames in which a face was seen, short gaps included.
    unseen_frames : int
    stages : int
        Length of the temporal prototype.
    distinct : int
        Number of different sets among its stages.
    reduction : float
        Reduction in description length, 1 - stages / frames; NaN without frames.
    """

    frames: int
    unseen_frames: int
    stages: int
    distinct: int
    reduction: float


def sequence_statistics(stages: Sequence[Stage]) -> SequenceStatistics:
    """Count frames, stages and distinct stages of one video."""
    seen = [stage for stage in stages if not stage.unseen]
    frames = sum(stage.frames for stage in seen)
    return SequenceStatistics(
        frames=frames,
        unseen_frames=sum(stage.frames for stage in stages) - frames,
        stages=len(seen),
        distinct=len({stage.key for stage in seen}),
        reduction=description_length_reduction(stages),
    )


@dataclass(frozen=True)
class SequenceResult:
    """Stages of one sequence of a corpus by the variants of the method.

    Attributes
    ----------
    label : str or None
        Emotion or other group; None where there is no label.
    stages : sequence of Stage
        With the letters of its own video.
    cooccurrence : sequence of Stage
        From the co-occurrence of Action Units only, clusters ignored.
    joint : sequence of Stage or None
        With letters that mean the same in the whole corpus; None where it was not clustered jointly.
    too_few : set of str
        Action Units that had too few maps to cluster: they have the letter A by rule.
    """

    label: str | None
    stages: Sequence[Stage]
    cooccurrence: Sequence[Stage]
    joint: Sequence[Stage] | None = None
    too_few: Set[str] = frozenset()


@dataclass(frozen=True)
class GroupStatistics:
    """One column of Table 1: the sequences of one label, or all of them.

    Averages and prototypes are over sequences in which a face was seen; averages of none are NaN.

    Attributes
    ----------
    sequences : int
        All of them, with a face or without.
    without_face : int
    frames : float
        Average number of frames in which a face was seen.
    cooccurrence_prototypes : int
        Number of distinct temporal prototypes, clusters ignored.
    prototypes : int
        The same with the letters of each video.
    joint_prototypes : int or None
        The same with joint letters; None where a sequence has none.
    stages : float
        Average length of the temporal prototypes.
    reduction : float
        Average reduction in description length, in [0, 1).
    units, units_with_one_look, units_too_few : int
        Pairs of a sequence and an Action Unit in its prototype; those of them with the letter A alone; those
        that had too few maps to cluster.
    """

    sequences: int
    without_face: int
    frames: float
    cooccurrence_prototypes: int
    prototypes: int
    joint_prototypes: int | None
    stages: float
    reduction: float
    units: int
    units_with_one_look: int
    units_too_few: int


def group_statistics(results: Sequence[SequenceResult]) -> GroupStatistics:
    """Count and average over sequences (paper, section 4, Table 1)."""
    seen = [one for one in results if any(not stage.unseen for stage in one.stages)]
    counts = [sequence_statistics(one.stages) for one in seen]
    looks = [(au in one.too_few, found) for one in seen for au, found in _looks(one.stages).items()]
    joint = [one.joint for one in seen if one.joint is not None]
    return GroupStatistics(
        sequences=len(results),
        without_face=len(results) - len(seen),
        frames=_mean([one.frames for one in counts]),
        cooccurrence_prototypes=_distinct([one.cooccurrence for one in seen]),
        prototypes=_distinct([one.stages for one in seen]),
        joint_prototypes=_distinct(joint) if all(one.joint is not None for one in results) else None,
        stages=_mean([one.stages for one in counts]),
        reduction=_mean([one.reduction for one in counts]),
        units=len(looks),
        units_with_one_look=sum(found == {0} for _, found in looks),
        units_too_few=sum(too_few for too_few, _ in looks),
    )


def label_statistics(results: Sequence[SequenceResult]) -> dict[str | None, GroupStatistics]:
    """`group_statistics` of each label that occurs; None is that of sequences without a label."""
    groups: dict[str | None, list[SequenceResult]] = {}
    for one in results:
        groups.setdefault(one.label, []).append(one)
    return {label: group_statistics(members) for label, members in groups.items()}


def _looks(stages: Sequence[Stage]) -> dict[str, set[int]]:
    """Letter indices of each Action Unit of a sequence."""
    found: dict[str, set[int]] = {}
    for stage in stages:
        for au, look in stage.key:
            found.setdefault(au, set()).add(look)
    return found


def _distinct(sequences: Sequence[Sequence[Stage]]) -> int:
    return len({temporal_prototype(stages) for stages in sequences})


def _mean(values: Sequence[float]) -> float:
    """Mean, exact to the last digit whatever the order."""
    return math.fsum(values) / len(values) if values else math.nan
