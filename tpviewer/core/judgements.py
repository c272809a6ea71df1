"""Annotations with how they were made: by whom, when, in what time, blind or not, and on which result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from tpviewer.core.annotations import Annotation, Change, lane
from tpviewer.core.types import BoolArray


@dataclass(frozen=True)
class Judgement:
    """An annotation with how it was made.

    Attributes
    ----------
    annotation : Annotation
    reviewer : str
    made_at : str
        ISO 8601, UTC, of the last change; giving way to another annotation is none.
    seconds : float
        Working time that it took, summed over its changes.
    blind : bool
        Made while the machine's result was hidden.
    claim : str
        Fingerprint of the machine's activity over the range when it was made (`claim`); empty for none.
    source : str
        Name of the file that it was imported from; empty for one made here.
    """

    annotation: Annotation
    reviewer: str
    made_at: str
    seconds: float
    blind: bool
    claim: str
    source: str


@dataclass(frozen=True)
class Making:
    """How one edit was made: what all judgements that it leads to have in common.

    Attributes
    ----------
    reviewer, made_at : str
    seconds : float
        Working time of the whole edit.
    blind : bool
    claims : mapping of str to str
        By key of an annotation after the edit.
    source : str
    """

    reviewer: str
    made_at: str
    seconds: float
    blind: bool
    claims: Mapping[str, str]
    source: str


def claim(activity: BoolArray) -> str:
    """Fingerprint of what the machine says over a range of frames.

    Parameters
    ----------
    activity : ndarray of bool, shape (n,)
        Smoothed activity of the Action Unit in the frames of the range, in the profile that is shown.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    flags = np.ascontiguousarray(activity, bool)
    return sha256(len(flags).to_bytes(8, "little") + np.packbits(flags).tobytes()).hexdigest()[:16]


def changed_since(judgement: Judgement, activity: BoolArray | None) -> bool:
    """Whether the machine says something else now than when the judgement was made.

    Parameters
    ----------
    judgement : Judgement
    activity : ndarray of bool, shape (n,), or None
        Smoothed activity of its Action Unit in its range of frames now; None where the machine does not speak
        of this Action Unit.

    Returns
    -------
    bool
        False for a judgement that was made without a claim.
    """
    if not judgement.claim:
        return False
    return activity is None or claim(activity) != judgement.claim


def range_activity(annotation: Annotation, activity: BoolArray, columns: Sequence[str]) -> BoolArray | None:
    """What the machine says of an annotation's Action Unit in its range.

    Parameters
    ----------
    annotation : Annotation
    activity : ndarray of bool, shape (N, C)
    columns : sequence of str, length C
        Action Units of the columns.

    Returns
    -------
    ndarray of bool, shape (n,), or None
        None where the machine does not speak of this Action Unit.
    """
    if annotation.au not in columns:
        return None
    return activity[annotation.start : annotation.stop, list(columns).index(annotation.au)]


def judged(
    present: Mapping[str, Judgement], changes: Sequence[Change], making: Making
) -> dict[str, Judgement]:
    """Judgements that one edit of some annotations leads to.

    The working time goes to the annotation of the last change, which the edit is about: others give way to
    it, as `tpviewer.core.annotations.placed` orders them. What is left of one that gave way stays as it was
    made, and of the same claim only where one is given for its new range.

    Parameters
    ----------
    present : mapping of str to Judgement
        The reviewer's before the edit, by key.
    changes : sequence of Change
    making : Making

    Returns
    -------
    dict of str to Judgement
        By key, of each annotation that the edit leaves.
    """
    found = {}
    for number, change in enumerate(changes):
        if change.after is None:
            continue
        key, last = change.after.key, number == len(changes) - 1
        origin = None if last else _remainder_of(change, changes)
        if origin is not None and origin.key in present:
            found[key] = replace(
                present[origin.key],
                annotation=change.after,
                seconds=present[origin.key].seconds if change.before is not None else 0.0,
                claim=making.claims.get(key, ""),
            )
        else:
            before = present[change.before.key] if change.before is not None else None
            found[key] = _made(change.after, before, making, making.seconds if last else 0.0)
    return found


def _made(annotation: Annotation, before: Judgement | None, making: Making, seconds: float) -> Judgement:
    same_range = before is not None and _same_range(before.annotation, annotation)
    kept = before.claim if before is not None and same_range else ""
    return Judgement(
        annotation=annotation,
        reviewer=making.reviewer,
        made_at=making.made_at,
        seconds=seconds + (before.seconds if before is not None else 0.0),
        blind=making.blind,
        claim=making.claims.get(annotation.key, kept),
        source=making.source or (before.source if before is not None else ""),
    )


def _remainder_of(change: Change, changes: Sequence[Change]) -> Annotation | None:
    """The older annotation of which a change leaves a part; None where it says something new."""
    assert change.after is not None
    if change.before is not None:
        return change.before if _is_part(change.after, change.before) else None
    cut = (other.before for other in changes if other.before is not None and other.after is not None)
    return next((old for old in cut if _is_part(change.after, old)), None)


def _is_part(piece: Annotation, whole: Annotation) -> bool:
    inside = whole.start <= piece.start and piece.stop <= whole.stop and not _same_range(piece, whole)
    alike = replace(piece, key="", start=0, stop=0, apex=None) == replace(
        whole, key="", start=0, stop=0, apex=None
    )
    return inside and alike and lane(piece) == lane(whole)


def _same_range(first: Annotation, second: Annotation) -> bool:
    return (first.start, first.stop) == (second.start, second.stop)
