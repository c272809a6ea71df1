"""What a human coder and the machine say of each frame, in one form, to be compared."""

from collections.abc import Sequence

import numpy as np

from tpviewer.core.action_units import au_number
from tpviewer.core.annotations import SPEECH_AUS, WHOLE_FACE, Annotation
from tpviewer.core.rater_agreement import RaterTrack
from tpviewer.core.types import BoolArray

MACHINE = "machine"
"""Name of the machine among raters."""


def machine_track(activity: BoolArray, columns: Sequence[str], seen: BoolArray) -> RaterTrack:
    """What the machine says.

    It gives no intensities: a probability is none.

    Parameters
    ----------
    activity : ndarray of bool, shape (N, K)
        Smoothed, of Action Units that were looked for.
    columns : sequence of str, length K
    seen : ndarray of bool, shape (N,)
        Frames with a face; elsewhere nothing can be scored.
    """
    return RaterTrack(
        rater=MACHINE,
        aus=tuple(columns),
        presence=np.asarray(activity, np.bool_),
        intensity=np.full(activity.shape, np.nan, np.float32),
        scorable=np.broadcast_to(seen[:, None], activity.shape).copy(),
    )


def reviewer_track(
    reviewer: str,
    annotations: Sequence[Annotation],
    looked: BoolArray,
    columns: Sequence[str],
    left: BoolArray | None = None,
) -> RaterTrack:
    """What one coder says.

    ``present`` and ``absent`` count as they are said. What is unsure or not scorable is left out, and so are
    AU25 and AU26 in speech and everything where the whole face cannot be scored. Where nothing was said of an
    Action Unit it is absent if the stretch was looked through, and left out if it was not. Absent counts as
    intensity 0, unless the coder gave no intensity to any of what is present.

    Parameters
    ----------
    reviewer : str
    annotations : sequence of Annotation
        Of this coder; what lies behind frame N is left out.
    looked : ndarray of bool, shape (N,)
        Frames that were looked through, and in which there is a face to be scored.
    columns : sequence of str, length C
        Action Units that the coder looked for, besides those that are named in the annotations.
    left : ndarray of bool, shape (N, C), optional
        What the coder saw the machine say. Where it was left to stand, silence does not mean absent, and the
        frame is left out. None for a coder who was blind.

    Returns
    -------
    RaterTrack
    """
    named = {one.au for one in annotations} - {WHOLE_FACE} - set(columns)
    aus = (*columns, *sorted(named, key=au_number))
    shape = (len(looked), len(aus))
    presence, intensity = np.zeros(shape, np.bool_), np.full(shape, np.nan, np.float32)
    scorable = np.broadcast_to(looked[:, None], shape).copy()
    if left is not None:
        scorable[:, : len(columns)] &= ~left
    intensity[scorable] = 0
    for one in annotations:
        if one.au != WHOLE_FACE:
            place = (slice(one.start, one.stop), aus.index(one.au))
            presence[place] = one.verdict == "present"
            scorable[place] = one.verdict in ("present", "absent")
            intensity[place] = _intensity(one)
    scorable &= ~_blocked(annotations, aus, len(looked))
    unrated = presence.any(axis=0) & ~(intensity > 0).any(axis=0)
    intensity[:, unrated] = np.nan
    return RaterTrack(reviewer, aus, presence, intensity, scorable)


def _intensity(annotation: Annotation) -> float:
    if annotation.verdict == "absent":
        return 0.0
    return float(annotation.intensity or "nan")


def _blocked(annotations: Sequence[Annotation], aus: Sequence[str], frames: int) -> BoolArray:
    """Where stretches of speech and of the whole face leave nothing to be scored, (N, K)."""
    blocked = np.zeros((frames, len(aus)), np.bool_)
    spoken = np.array([au in SPEECH_AUS for au in aus], np.bool_)
    for one in annotations:
        if one.au == WHOLE_FACE:
            blocked[one.start : one.stop] |= spoken if one.reason == "speech" else True
    return blocked
