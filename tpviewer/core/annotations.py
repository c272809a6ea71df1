"""What a human coder says of a stretch of video, apart from everything that the machine says.

A judgement attaches to an Action Unit and a range of frames, never to a stage or a letter, so that it
outlives another clustering and another analysis. Intensity follows FACS: A to E there, written a to e here so
that it is never taken for the letter of a look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal
from uuid import uuid4

from tpviewer.core.action_units import au_number
from tpviewer.core.errors import ParameterError

Verdict = Literal["present", "absent", "unsure", "not scorable"]
VERDICTS: tuple[Verdict, ...] = ("present", "absent", "unsure", "not scorable")

Reason = Literal["", "turned", "occluded", "blurred", "speech"]
REASONS: tuple[Reason, ...] = ("turned", "occluded", "blurred", "speech")

Side = Literal["", "both", "left", "right", "asymmetric"]
SIDES: tuple[Side, ...] = ("both", "left", "right", "asymmetric")

WHOLE_FACE = ""
"""`Annotation.au` of a stretch that cannot be scored whatever the Action Unit, or of speech."""

INTENSITIES = "abcde"
"""Names of intensities 1 to 5."""

SPEECH_AUS = ("AU25", "AU26")
"""Action Units that speech itself moves: not scorable in a stretch of speech."""


@dataclass(frozen=True)
class Annotation:
    """One judgement.

    Attributes
    ----------
    key : str
        Identity that stays the same through later changes.
    au : str
        For example ``AU04``, or `WHOLE_FACE`.
    start, stop : int
        Half-open range of frames.
    verdict : Verdict
    intensity : int
        1 to 5 (a to e), 0 for not given; only of what is present.
    side : Side
        Empty for not given.
    reason : Reason
        Why it cannot be scored; empty for other verdicts.
    apex : (int, int) or None
        Half-open range of the apex: onset before it, offset after it.
    note : str
    """

    key: str
    au: str
    start: int
    stop: int
    verdict: Verdict
    intensity: int = 0
    side: Side = ""
    reason: Reason = ""
    apex: tuple[int, int] | None = None
    note: str = ""


@dataclass(frozen=True)
class Change:
    """What an edit does to one annotation: None before is a new one, None after a removed one."""

    before: Annotation | None
    after: Annotation | None


def intensity_letter(intensity: int) -> str:
    """Letter a to e of an intensity 1 to 5; empty for none."""
    return INTENSITIES[intensity - 1] if intensity else ""


def new_key() -> str:
    """Return an identity that no other annotation has."""
    return uuid4().hex


def check_annotation(annotation: Annotation, n_frames: int) -> None:
    """Refuse what makes no sense.

    Raises
    ------
    ParameterError
        If the range is empty or outside the video, or a value does not go with the verdict.
    """
    one = annotation
    if one.au != WHOLE_FACE:
        au_number(one.au)
    if not 0 <= one.start < one.stop <= n_frames:
        raise ParameterError(
            f"frames {one.start} to {one.stop} are no range of frames 0 to {n_frames}; choose at least one"
        )
    if one.verdict not in VERDICTS:
        raise ParameterError(f"{one.verdict!r} is no verdict; choose one of {', '.join(VERDICTS)}")
    if not 0 <= one.intensity <= len(INTENSITIES) or (one.intensity and one.verdict != "present"):
        raise ParameterError("an intensity is a to e, and only of what is present")
    if one.au == WHOLE_FACE and one.verdict != "not scorable":
        raise ParameterError("the whole face can only be 'not scorable'; choose an Action Unit")
    if one.reason and one.verdict != "not scorable":
        raise ParameterError("a reason goes with 'not scorable' only")
    if one.apex is not None and not one.start <= one.apex[0] < one.apex[1] <= one.stop:
        raise ParameterError("the apex has to lie inside the interval")


def placed(present: Iterable[Annotation], new: Annotation) -> tuple[Change, ...]:
    """Changes that put an annotation into its lane, in which nothing overlaps.

    An older annotation of the same Action Unit gives way: it is cut, split in two, or removed. Stretches of
    speech and of other reasons are lanes of their own.

    Parameters
    ----------
    present : iterable of Annotation
        One reviewer's, as they are.
    new : Annotation
        One with a new key is added, one with a known key replaces that one.

    Returns
    -------
    tuple of Change
        The new one's last.
    """
    changes: list[Change] = []
    before = None
    for old in present:
        if old.key == new.key:
            before = old
        elif lane(old) == lane(new) and old.start < new.stop and new.start < old.stop:
            changes.extend(_give_way(old, new))
    return (*changes, Change(before, new))


def lane(annotation: Annotation) -> str:
    """Name of the lane that an annotation lies in: its Action Unit, or ``speech`` or ``face``."""
    if annotation.au != WHOLE_FACE:
        return annotation.au
    return "speech" if annotation.reason == "speech" else "face"


def _give_way(old: Annotation, new: Annotation) -> list[Change]:
    left, right = old.start < new.start, new.stop < old.stop
    if not left and not right:
        return [Change(old, None)]
    first = _trimmed(old, old.start, new.start) if left else _trimmed(old, new.stop, old.stop)
    changes = [Change(old, first)]
    if left and right:
        changes.append(Change(None, replace(_trimmed(old, new.stop, old.stop), key=new_key())))
    return changes


def _trimmed(annotation: Annotation, start: int, stop: int) -> Annotation:
    apex = annotation.apex
    if apex is not None:
        apex = (max(apex[0], start), min(apex[1], stop))
    kept = apex if apex is not None and apex[0] < apex[1] else None
    return replace(annotation, start=start, stop=stop, apex=kept)


def applied(present: Sequence[Annotation], changes: Iterable[Change]) -> tuple[Annotation, ...]:
    """Annotations after some changes, by start and then by lane."""
    by_key = {one.key: one for one in present}
    for change in changes:
        if change.before is not None:
            by_key.pop(change.before.key, None)
        if change.after is not None:
            by_key[change.after.key] = change.after
    return tuple(sorted(by_key.values(), key=lambda one: (one.start, lane(one), one.key)))


def reverse(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes that take `changes` back."""
    return tuple(Change(change.after, change.before) for change in reversed(changes))


def annotation_to_json(annotation: Annotation) -> dict[str, Any]:
    """JSON types of an annotation."""
    return asdict(annotation)


def annotation_from_json(value: dict[str, Any]) -> Annotation:
    """Annotation from what `annotation_to_json` gave."""
    apex = value.get("apex")
    return Annotation(**{**value, "apex": (int(apex[0]), int(apex[1])) if apex is not None else None})
