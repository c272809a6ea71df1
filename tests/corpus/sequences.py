"""Label sequences made by hand, and the results of the method for them."""

from collections.abc import Sequence

import numpy as np

from tpviewer.core.letters import letter_index
from tpviewer.core.stages import stages_from_states
from tpviewer.core.statistics import SequenceResult

AUS = ("AU01", "AU02", "AU04")

Frames = list[frozenset[tuple[str, str]] | None]
"""Set of (Action Unit, letter) of each frame; None where no face was seen."""


def frames(*runs: tuple[int, str]) -> Frames:
    """Frames from runs: ``(3, "AU01_A AU02_B")``, ``(1, "NONE")``, ``(2, "UNSEEN")``."""
    found: Frames = []
    for count, text in runs:
        words = [] if text in ("NONE", "UNSEEN") else text.split()
        members = frozenset((word.split("_")[0], word.split("_")[1]) for word in words)
        found += [None if text == "UNSEEN" else members] * count
    return found


GOLDEN = frames(
    (1, "NONE"),
    (2, "AU02_A"),
    (2, "AU01_A AU02_A AU04_A"),
    (4, "AU01_A AU02_B AU04_A"),
    (3, "AU01_A AU02_B"),
    (2, "AU01_A AU02_A"),
    (2, "AU02_A"),
    (2, "NONE"),
)
"""The paper's Figure 2, frames 0 to 17."""

BY_HAND: list[tuple[str | None, Frames]] = [
    ("surprise", GOLDEN),
    ("surprise", frames((3, "NONE"), (4, "AU01_A AU02_A"))),
    ("surprise", frames((5, "NONE"), (2, "AU01_A AU02_A"))),
    ("surprise", frames((5, "NONE"), (2, "AU01_A AU02_A"), (1, "AU01_B AU02_A"))),
    ("anger", frames((2, "NONE"), (1, "AU04_A"), (2, "UNSEEN"), (1, "AU04_A"))),
    ("anger", frames((4, "UNSEEN"))),
    ("anger", frames((7, "AU04_A"), (4, "AU04_B"), (1, "AU04_AA"))),
    (None, frames((9, "NONE"))),
    (None, frames((3, "NONE"))),
    ("joy", frames((2, "UNSEEN"))),
]


def result(label: str | None, sequence: Frames) -> SequenceResult:
    """What the method says of a sequence."""
    states = np.array([_row(members) for members in sequence], np.int16).reshape(-1, len(AUS))
    return SequenceResult(
        label=label,
        stages=stages_from_states(states, AUS),
        cooccurrence=stages_from_states(np.minimum(states, 0), AUS),
    )


def results(labelled: Sequence[tuple[str | None, Frames]]) -> list[SequenceResult]:
    return [result(label, sequence) for label, sequence in labelled]


def _row(members: frozenset[tuple[str, str]] | None) -> list[int]:
    if members is None:
        return [-2] * len(AUS)
    letters = dict(members)
    return [letter_index(letters[au]) if au in letters else -1 for au in AUS]
