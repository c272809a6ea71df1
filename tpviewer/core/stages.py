"""Stages and the temporal prototype of one video (paper, section 3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tpviewer.core.action_units import au_number
from tpviewer.core.letters import letter
from tpviewer.core.types import IntArray

INACTIVE = -1
"""State of an Action Unit that is not active in a frame."""

UNSEEN = -2
"""State of every Action Unit in a frame where no face was seen: not the same as NONE."""

NO_LOOK = -3
"""State of an Action Unit that a coder saw where the machine has no look of it: written without a letter."""

ASCII_ARROW = " -> "
UNICODE_ARROW = " → "

StageKey = tuple[tuple[str, int], ...]
"""A set of (Action Unit, letter index or `NO_LOOK`), sorted by Action Unit number; empty is NONE."""


@dataclass(frozen=True)
class Stage:
    """A maximal run of frames with the same set of (Action Unit, letter).

    Attributes
    ----------
    start, stop : int
        Half-open range of frames.
    key : StageKey
        The set; empty for NONE and for UNSEEN.
    unseen : bool
        True where no face was seen.
    purity : float
        Share of the stage's frames that have exactly its set, under 1 only where stages were absorbed.
    """

    start: int
    stop: int
    key: StageKey
    unseen: bool = False
    purity: float = 1.0

    @property
    def frames(self) -> int:
        """Number of frames."""
        return self.stop - self.start


def stage_key(pairs: Sequence[tuple[str, int]]) -> StageKey:
    """Set of (Action Unit, letter index) in its one order, by Action Unit number."""
    return tuple(sorted(pairs, key=lambda pair: au_number(pair[0])))


def pair_label(au: str, index: int) -> str:
    """Label of one Action Unit of a set: ``AU01_A``, or ``AU01`` where it has no look."""
    return au if index == NO_LOOK else f"{au}_{letter(index)}"


def key_label(key: StageKey) -> str:
    """Label of a set: ``NONE`` or, for example, ``AU01_A, AU02_B``."""
    return ", ".join(pair_label(au, index) for au, index in key) or "NONE"


def stage_label(stage: Stage) -> str:
    """Label of a stage: ``NONE``, ``UNSEEN`` or, for example, ``AU01_A, AU02_B``."""
    return "UNSEEN" if stage.unseen else key_label(stage.key)


def stages_from_states(states: IntArray, aus: Sequence[str]) -> tuple[Stage, ...]:
    """Cut a video into its stages.

    Parameters
    ----------
    states : ndarray of int, shape (N, K)
        Letter index of each active Action Unit, `NO_LOOK` (-3) of one that has no letter, `INACTIVE` (-1)
        where it is not, `UNSEEN` (-2) in all K where no face was seen.
    aus : sequence of str, length K
        Labels of the columns.

    Returns
    -------
    tuple of Stage
        They partition the frames 0 to N; no frame gives no stage.
    """
    if not len(states):
        return ()
    changes = np.flatnonzero(np.any(states[1:] != states[:-1], axis=1)) + 1
    bounds = [0, *changes.tolist(), len(states)]
    return tuple(_stage(states[start], aus, start, stop) for start, stop in pairwise(bounds))


def _stage(row: IntArray, aus: Sequence[str], start: int, stop: int) -> Stage:
    pairs = [(au, int(state)) for au, state in zip(aus, row, strict=True) if state >= 0 or state == NO_LOOK]
    return Stage(start, stop, stage_key(pairs), unseen=bool(np.any(row == UNSEEN)))


def temporal_prototype(stages: Sequence[Stage]) -> tuple[StageKey, ...]:
    """Temporal ordering of a video's stages: the sequence of their sets (paper, section 3.4).

    UNSEEN stages are left out; the stages around one are kept apart even where their sets are equal,
    so that the length is the number of stages in which a face was seen.
    """
    return tuple(stage.key for stage in stages if not stage.unseen)


def notation(stages: Sequence[Stage], arrow: str = ASCII_ARROW) -> str:
    """Temporal prototype in the paper's notation: ``(NONE) -> (AU02_A) -> (AU01_A, AU02_A)``."""
    return arrow.join(f"({stage_label(stage)})" for stage in stages)


def prototype_notation(prototype: Sequence[StageKey], arrow: str = ASCII_ARROW) -> str:
    """Notation of a sequence of sets, as `notation` writes it for stages."""
    return arrow.join(f"({key_label(key)})" for key in prototype)


def description_length_reduction(stages: Sequence[Stage]) -> float:
    """One minus stages per frame (paper, Table 1), over the stages in which a face was seen.

    Returns
    -------
    float
        In [0, 1); NaN where no face was ever seen.
    """
    seen = [stage for stage in stages if not stage.unseen]
    frames = sum(stage.frames for stage in seen)
    return 1 - len(seen) / frames if frames else float("nan")
