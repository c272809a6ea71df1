"""Figures of one video for corpus statistics (paper, section 4, Table 1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tpviewer.core.stages import Stage, description_length_reduction


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
