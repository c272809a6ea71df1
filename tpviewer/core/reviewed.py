"""The temporal prototype after review: what the machine says with a coder's judgements over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.action_units import au_number
from tpviewer.core.activity import BLINK
from tpviewer.core.annotations import SPEECH_AUS, WHOLE_FACE, Annotation
from tpviewer.core.stages import INACTIVE, NO_LOOK, UNSEEN, Stage, stages_from_states
from tpviewer.core.types import BoolArray, IntArray


@dataclass(frozen=True, eq=False)
class Reviewed:
    """One reviewer's result over N frames.

    Attributes
    ----------
    columns : tuple of str, length C'
        The machine's Action Units in its order, then those that only the reviewer speaks of, by number.
    modelled : int
        So many of the first columns are the machine's; the others are not modelled.
    present : ndarray of bool, shape (N, C')
        Where each Action Unit is present.
    known : ndarray of bool, shape (N, C')
        Where the machine or the reviewer says whether it is: False where no face was seen, where it is not
        scorable, and in a column that is not modelled where the reviewer has said nothing.
    states : ndarray of int16, shape (N, C')
        Letter index, `NO_LOOK`, `INACTIVE` or `UNSEEN`.
    scorable : ndarray of bool, shape (N, C')
        False where no face was seen, and where the reviewer says that it cannot be scored.
    intensity : ndarray of int8, shape (N, C')
        1 to 5, 0 where the reviewer gave none.
    stages : tuple of Stage
        They partition the frames.
    """

    columns: tuple[str, ...]
    modelled: int
    present: BoolArray
    known: BoolArray
    states: NDArray[np.int16]
    scorable: BoolArray
    intensity: NDArray[np.int8]
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Difference:
    """A run of frames in which the reviewer differs from the machine in the same way.

    Attributes
    ----------
    start, stop : int
        Half-open range of frames.
    added, removed : tuple of str
        Action Units that only the reviewed stages have, and that only the machine's have; not both empty.
    """

    start: int
    stop: int
    added: tuple[str, ...]
    removed: tuple[str, ...]


def outside_stages(profile: str) -> tuple[str, ...]:
    """Action Units of a profile that are read off the model and make no stages (method, section 6)."""
    return (BLINK,) if profile.startswith("steady") else ()


def reviewed(
    activity: BoolArray,
    states: IntArray,
    columns: Sequence[str],
    annotations: Sequence[Annotation],
    seen: BoolArray,
    outside: Sequence[str] = (BLINK,),
) -> Reviewed:
    """Put one reviewer's judgements over what the machine says.

    ``present`` adds: with the machine's letter where it has one, else without a letter (`NO_LOOK`).
    ``absent`` removes. ``unsure`` leaves the machine's. ``not scorable`` takes the Action Unit out of what is
    scorable, and so out of the stages; of the whole face it makes the frames `UNSEEN`; of speech it is about
    AU25 and AU26 only, whatever was said of them. A face that the machine did not see, but in which the
    reviewer saw something present, was seen.

    Parameters
    ----------
    activity : ndarray of bool, shape (N, C)
        The machine's, smoothed.
    states : ndarray of int, shape (N, C)
        The machine's; those of the absorbed stages give a prototype that is the machine's where nothing was
        judged.
    columns : sequence of str, length C
        Without any (C = 0) the reviewer's word stands alone.
    annotations : sequence of Annotation
        Of one reviewer; what lies behind frame N is left out.
    seen : ndarray of bool, shape (N,)
        Frames with a face.
    outside : sequence of str
        The machine's Action Units that stages are not made of, see `outside_stages`; by default those of the
        *steady* profile. They are in the stages where the reviewer says ``present``.

    Returns
    -------
    Reviewed
    """
    names = (*columns, *_added(annotations, columns))
    verdict, intensity = _verdicts(annotations, names, len(seen))
    blocked, whole = _blocked(annotations, names, len(seen))
    human = (verdict == _PRESENT) & ~blocked & ~whole[:, None]
    added = human.any(axis=1)
    out = (verdict == _ABSENT) | blocked | whole[:, None]
    extra = ((0, 0), (0, len(names) - len(columns)))
    machine = np.pad(np.asarray(activity, bool), extra)
    unseen = (states == UNSEEN).any(axis=1) if len(columns) else ~seen
    looks = np.pad(np.where(unseen[:, None], INACTIVE, states), extra, constant_values=INACTIVE)
    after = np.where(out, INACTIVE, np.where(human & (looks < 0), NO_LOOK, looks)).astype(np.int16)
    after[(unseen & ~added) | whole] = UNSEEN
    scorable = (seen | added)[:, None] & ~blocked & ~whole[:, None]
    modelled = np.arange(len(names)) < len(columns)
    said = (verdict == _PRESENT) | (verdict == _ABSENT)
    return Reviewed(
        columns=names,
        modelled=len(columns),
        present=(machine | human) & ~out,
        known=scorable & (said | (modelled & seen[:, None])),
        states=after,
        scorable=scorable,
        intensity=np.where(human, intensity, 0).astype(np.int8),
        stages=stages_from_states(_in_stages(after, human, names[: len(columns)], outside), names),
    )


def differences(states: IntArray, columns: Sequence[str], after: Reviewed) -> tuple[Difference, ...]:
    """Where the reviewed stages differ from the machine's.

    Parameters
    ----------
    states : ndarray of int, shape (N, C)
        The machine's that the review was put over.
    columns : sequence of str, length C
    after : Reviewed
        Of the same columns.

    Returns
    -------
    tuple of Difference
        In order; another look is none.
    """
    present = (after.states >= 0) | (after.states == NO_LOOK)
    machine = np.zeros_like(present)
    machine[:, : len(columns)] = states >= 0
    change = present.astype(np.int8) - machine
    edges = np.flatnonzero((change[1:] != change[:-1]).any(axis=1)) + 1
    found = []
    for start, stop in pairwise([0, *edges.tolist(), len(change)]):
        if start < stop and change[start].any():
            added = tuple(au for au, value in zip(after.columns, change[start], strict=True) if value > 0)
            removed = tuple(au for au, value in zip(after.columns, change[start], strict=True) if value < 0)
            found.append(Difference(start, stop, added, removed))
    return tuple(found)


_NOTHING, _PRESENT, _ABSENT, _UNSURE, _NOT_SCORABLE = range(5)
_CODES = {"present": _PRESENT, "absent": _ABSENT, "unsure": _UNSURE, "not scorable": _NOT_SCORABLE}


def _added(annotations: Sequence[Annotation], columns: Sequence[str]) -> list[str]:
    """Action Units that only the annotations speak of."""
    named = {one.au for one in annotations} - {WHOLE_FACE} - set(columns)
    return sorted(named, key=au_number)


def _verdicts(
    annotations: Sequence[Annotation], names: Sequence[str], frames: int
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Code of the verdict and intensity of each frame and Action Unit, (N, C') each."""
    verdict = np.full((frames, len(names)), _NOTHING, np.int8)
    intensity = np.zeros_like(verdict)
    place = {au: column for column, au in enumerate(names)}
    for one in annotations:
        if one.au != WHOLE_FACE:
            verdict[one.start : one.stop, place[one.au]] = _CODES[one.verdict]
            intensity[one.start : one.stop, place[one.au]] = one.intensity
    return verdict, intensity


def _blocked(
    annotations: Sequence[Annotation], names: Sequence[str], frames: int
) -> tuple[BoolArray, BoolArray]:
    """Action Units that cannot be scored, (N, C'), and frames in which the whole face cannot be, (N,)."""
    blocked, whole = np.zeros((frames, len(names)), bool), np.zeros(frames, bool)
    for one in annotations:
        if one.verdict != "not scorable":
            continue
        if one.au == WHOLE_FACE and one.reason != "speech":
            whole[one.start : one.stop] = True
        else:
            spoken = SPEECH_AUS if one.au == WHOLE_FACE else (one.au,)
            blocked[one.start : one.stop, [au in spoken for au in names]] = True
    return blocked, whole


def _in_stages(
    states: NDArray[np.int16], human: BoolArray, columns: Sequence[str], outside: Sequence[str]
) -> NDArray[np.int16]:
    """States without what makes no stage: of an Action Unit outside only what the reviewer says counts."""
    kept = states.copy()
    for column, au in enumerate(columns):
        if au in outside:
            kept[~human[:, column] & (kept[:, column] >= 0), column] = INACTIVE
    return kept
