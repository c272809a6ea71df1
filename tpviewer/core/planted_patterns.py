"""Sub-sequences planted into drawn sequences: whether mining finds what is known to be there.

Each label has a sub-sequence of its own, which most of its sequences show at some time, among Action Units
that come and go by chance. Single frames are then disturbed, as by a classifier that errs, before stages are
made of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.comparison import included
from tpviewer.core.relations import FoundPattern, SequenceStages, hits
from tpviewer.core.stages import INACTIVE, StageKey, stage_key

AUS = tuple(f"AU{number:02d}" for number in (1, 2, 4, 6, 7, 9, 12, 15, 17, 20, 25, 26))
RATE = 25.0
"""Frames a second of the drawn sequences."""

SIGNIFICANT = 0.05
"""Largest q of a pattern that counts as found."""

_LABELS, _STAGES, _LETTERS = 7, 3, 2
_BEARERS = 0.8  # of the sequences of a label that show its sub-sequence
_LASTING = (5, 11)  # frames for which a stage stays
_AROUND = (3, 6)  # stages by chance before and after

Claim = tuple[str, tuple[StageKey, ...]]
"""A label and a pattern that speaks for it."""


@dataclass(frozen=True, eq=False)
class DrawnCorpus:
    """Sequences with known sub-sequences.

    Attributes
    ----------
    states : tuple of (N, K) int16
        Letter index of each of `AUS` in every frame, `INACTIVE` where it is not active.
    labels : tuple of str
    planted : tuple of Claim
    shown : tuple of (int, int) or None
        Half-open range of frames in which each sequence shows the sub-sequence of its label.
    """

    states: tuple[NDArray[np.int16], ...]
    labels: tuple[str, ...]
    planted: tuple[Claim, ...]
    shown: tuple[tuple[int, int] | None, ...]


def drawn_corpus(count: int, seed: int = 0) -> DrawnCorpus:
    """Draw sequences.

    Parameters
    ----------
    count : int
        Number of sequences, spread evenly over seven labels.
    seed : int
    """
    rng = np.random.default_rng(seed)
    rows = [_planted_rows(rng) for _ in range(_LABELS)]
    numbers = [number % _LABELS for number in range(count)]
    states, shown = zip(*(_sequence(rows[number], rng) for number in numbers), strict=True)
    return DrawnCorpus(
        states=states,
        labels=tuple(f"label {number + 1}" for number in numbers),
        planted=tuple((f"label {n + 1}", tuple(map(_key, some))) for n, some in enumerate(rows)),
        shown=shown,
    )


def _planted_rows(rng: np.random.Generator) -> NDArray[np.int16]:
    """Stages in which one or two Action Units join those before, shape (stages, K)."""
    rows = np.full((_STAGES, len(AUS)), INACTIVE, np.int16)
    joining = rng.permutation(len(AUS))
    for stage in range(_STAGES):
        new = joining[2 * stage : 2 * stage + int(rng.integers(1, 3))]
        rows[stage:, new] = rng.integers(0, _LETTERS, len(new))
    return rows


def _sequence(
    planted: NDArray[np.int16], rng: np.random.Generator
) -> tuple[NDArray[np.int16], tuple[int, int] | None]:
    """States of a sequence, and where the planted stages are in it if they are."""
    before, after = (_by_chance(int(rng.integers(*_AROUND)), rng) for _ in range(2))
    bears = rng.random() < _BEARERS
    rows = np.concatenate([before, planted if bears else _by_chance(len(planted), rng), after])
    lasting = rng.integers(*_LASTING, len(rows))
    start, stop = (int(lasting[:stage].sum()) for stage in (len(before), len(before) + len(planted)))
    return np.repeat(rows, lasting, axis=0), (start, stop) if bears else None


def _by_chance(stages: int, rng: np.random.Generator) -> NDArray[np.int16]:
    """Stages in which an Action Unit comes or goes at a time, shape (stages, K)."""
    row = np.full(len(AUS), INACTIVE, np.int16)
    rows = np.empty((stages, len(AUS)), np.int16)
    for stage in range(stages):
        active = np.flatnonzero(row >= 0)
        if len(active) and rng.random() < len(active) / 4:
            row[rng.choice(active)] = INACTIVE
        else:
            row[rng.integers(len(AUS))] = rng.integers(_LETTERS)
        rows[stage] = row
    return rows


def _key(row: NDArray[np.int16]) -> StageKey:
    return stage_key([(au, int(look)) for au, look in zip(AUS, row, strict=True) if look >= 0])


def disturbed(states: NDArray[np.int16], share: float, rng: np.random.Generator) -> NDArray[np.int16]:
    """Let one Action Unit come, go or change its look in a share of the frames.

    Parameters
    ----------
    states : (N, K) int16
        `INACTIVE` or a letter index.
    share : float
        Of the frames, 0 to 1.
    rng : numpy.random.Generator

    Returns
    -------
    (N, K) int16
    """
    changed = states.copy()
    looks = max(2, int(states.max(initial=0)) + 1)
    for frame in np.flatnonzero(rng.random(len(states)) < share):
        au = rng.integers(states.shape[1])
        others = [look for look in range(INACTIVE, looks) if look != states[frame, au]]
        changed[frame, au] = rng.choice(others)
    return changed


def claims(patterns: Sequence[FoundPattern]) -> tuple[Claim, ...]:
    """Patterns that speak for a label beyond chance."""
    return tuple(
        (spread.label, one.pattern.stages)
        for one in patterns
        for spread in one.spread
        if spread.q <= SIGNIFICANT
    )


def share_found(known: Sequence[Claim], found: Sequence[Claim], gaps: bool) -> float:
    """Share of what is known that a found pattern of the same label includes; NaN where nothing is known."""
    hit = [any(label == other and included(p, q, gaps) for other, q in found) for label, p in known]
    return float(np.mean(hit)) if hit else float("nan")


def share_astray(
    corpus: DrawnCorpus, sequences: Sequence[SequenceStages], found: Sequence[Claim], gaps: bool
) -> float:
    """Share of found patterns that mostly occur elsewhere than where their label's sub-sequence is shown.

    Parameters
    ----------
    corpus : DrawnCorpus
    sequences : sequence of SequenceStages
        Stages that were made of it.
    found : sequence of Claim
    gaps : bool

    Returns
    -------
    float
        NaN where nothing was found.
    """
    return (
        float(np.mean([_is_astray(corpus, sequences, *one, gaps) for one in found]))
        if found
        else float("nan")
    )


def _is_astray(
    corpus: DrawnCorpus,
    sequences: Sequence[SequenceStages],
    label: str,
    pattern: tuple[StageKey, ...],
    gaps: bool,
) -> bool:
    of_label = [number for number, name in enumerate(corpus.labels) if name == label]
    where = hits(pattern, sequences, of_label, gaps)
    inside = [_meets(sequences[hit.sequence], hit.places, corpus.shown[hit.sequence]) for hit in where]
    return 2 * sum(inside) < len(inside)


def _meets(sequence: SequenceStages, where: Sequence[int], shown: tuple[int, int] | None) -> bool:
    stages = [sequence.stages[place] for place in where]
    return shown is not None and any(stage.start < shown[1] and shown[0] < stage.stop for stage in stages)
