"""Pain from a coder's intensities: the Prkachin and Solomon Pain Intensity.

References
----------
Prkachin, K. M., Solomon, P. E. (2008). The structure, reliability and validity of pain expression: evidence
from patients with shoulder pain. Pain 139, 267-274.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.activity import CLOSURE
from tpviewer.core.annotations import WHOLE_FACE, Annotation
from tpviewer.core.types import BoolArray

PARTS = (("AU04",), ("AU06", "AU07"), ("AU09", "AU10"), (CLOSURE,))
"""The sum's terms; of two Action Units the stronger one counts. A blink (AU45) is no closure (AU43)."""

HIGHEST = 16
"""Three intensities of at most 5, and closed eyes."""


def pspi(
    annotations: Sequence[Annotation],
    done: Sequence[tuple[int, int]],
    frames: int,
    machine: Mapping[str, BoolArray] | None = None,
) -> NDArray[np.float32]:
    """AU4 + max(AU6, AU7) + max(AU9, AU10) + AU43 in every frame, from what one reviewer scored.

    An Action Unit counts its intensity (a = 1 to e = 5), AU43 counts 1, and one that is absent 0. It is
    absent where the reviewer says so, and where the reviewer has looked through the stretch without a word on
    it. It is not scored where the verdict is unsure or not scorable, present without an intensity (but AU43),
    or where the whole face cannot be scored.

    Parameters
    ----------
    annotations : sequence of Annotation
        Of one reviewer.
    done : sequence of (int, int)
        Half-open ranges of frames that the reviewer has looked through.
    frames : int
        Number of frames N.
    machine : mapping of str to ndarray of bool, shape (N,), optional
        Activity that the reviewer saw when looking through: where the machine's word was left to stand,
        silence does not mean absent, and the Action Unit is not scored. None for a reviewer who was blind.

    Returns
    -------
    ndarray of float32, shape (N,)
        0 to `HIGHEST`; NaN where any of the six Action Units was not scored.
    """
    total = np.zeros(frames, np.float32)
    for part in PARTS:
        scores = [_score(au, annotations, done, frames, machine or {}) for au in part]
        total += np.maximum.reduce(scores)  # NaN wins
    for one in annotations:
        if one.au == WHOLE_FACE and one.reason != "speech":
            total[one.start : one.stop] = np.nan
    return total


def _score(
    au: str,
    annotations: Sequence[Annotation],
    done: Sequence[tuple[int, int]],
    frames: int,
    machine: Mapping[str, BoolArray],
) -> NDArray[np.float32]:
    """Score of one Action Unit in every frame, (N,), NaN where it was not scored."""
    score = np.full(frames, np.nan, np.float32)
    for start, stop in done:
        score[start:stop] = 0
    if au in machine:
        score[machine[au]] = np.nan
    for one in annotations:
        if one.au == au:
            score[one.start : one.stop] = _value(one)
    return score


def _value(annotation: Annotation) -> float:
    if annotation.verdict == "absent":
        return 0.0
    if annotation.verdict != "present":
        return float("nan")
    if annotation.au == CLOSURE:
        return 1.0
    return float(annotation.intensity or "nan")
