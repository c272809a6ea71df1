"""Review over the machine's result, one frame and one Action Unit at a time, by the definition's words."""

from collections.abc import Sequence

from tpviewer.core.annotations import Annotation

UNSEEN, INACTIVE, NO_LOOK = -2, -1, -3


def verdict(annotations: Sequence[Annotation], au: str, frame: int) -> Annotation | None:
    found = [one for one in annotations if one.au == au and one.start <= frame < one.stop]
    return found[0] if found else None


def whole_face(annotations: Sequence[Annotation], frame: int, speech: bool) -> bool:
    return any(
        one.au == "" and one.start <= frame < one.stop and (one.reason == "speech") == speech
        for one in annotations
    )


def scorable_by_word(annotations: Sequence[Annotation], au: str, frame: int) -> bool:
    one = verdict(annotations, au, frame)
    if one is not None and one.verdict == "not scorable":
        return False
    if au in ("AU25", "AU26") and whole_face(annotations, frame, speech=True):
        return False
    return not whole_face(annotations, frame, speech=False)


def state(
    annotations: Sequence[Annotation], aus: Sequence[str], au: str, frame: int, machine: dict[str, int]
) -> int:
    """State of an Action Unit; `machine` has the machine's of this frame."""

    def seen_present(name: str) -> bool:
        one = verdict(annotations, name, frame)
        return one is not None and one.verdict == "present" and scorable_by_word(annotations, name, frame)

    if whole_face(annotations, frame, speech=False):
        return UNSEEN
    unseen = UNSEEN in machine.values()
    if unseen and not any(seen_present(name) for name in aus):
        return UNSEEN
    look = INACTIVE if unseen else machine.get(au, INACTIVE)
    if seen_present(au):
        return look if look >= 0 else NO_LOOK
    one = verdict(annotations, au, frame)
    if not scorable_by_word(annotations, au, frame) or (one is not None and one.verdict == "absent"):
        return INACTIVE
    return look


def pspi(annotations: Sequence[Annotation], done: Sequence[tuple[int, int]], frame: int) -> float | None:
    """None where it was not scored."""

    def score(au: str) -> int | None:
        one = verdict(annotations, au, frame)
        if one is None:
            return 0 if any(start <= frame < stop for start, stop in done) else None
        if one.verdict == "absent":
            return 0
        if one.verdict != "present":
            return None
        return 1 if au == "AU43" else one.intensity or None

    scores = {au: score(au) for au in ("AU04", "AU06", "AU07", "AU09", "AU10", "AU43")}
    if None in scores.values() or whole_face(annotations, frame, speech=False):
        return None
    return (
        scores["AU04"]
        + max(scores["AU06"], scores["AU07"])
        + max(scores["AU09"], scores["AU10"])
        + scores["AU43"]
    )
