"""Judge: place, verdict, intensity, side, reason, note; take it back."""

from collections.abc import Sequence
from dataclasses import replace

from tpviewer.core.action_units import ACTION_UNITS
from tpviewer.core.annotations import (
    WHOLE_FACE,
    Annotation,
    Change,
    Reason,
    Side,
    Verdict,
    check_annotation,
    new_key,
    placed,
)
from tpviewer.core.curation import Redo, Undo
from tpviewer.core.errors import ParameterError
from tpviewer.ui.commands import looks
from tpviewer.ui.commands.review_flow import do_next
from tpviewer.ui.commands.review_target import current, item_here, may_judge, same_place, target
from tpviewer.ui.language import tr
from tpviewer.ui.review_queue import ReviewItem
from tpviewer.ui.review_store import NextKind
from tpviewer.ui.workbench import Workbench


def do_place(bench: Workbench, annotation: Annotation, kind: str = "Place") -> None:
    """Put a judgement into its lane, where older ones give way, and select it."""
    if _put(bench, annotation, kind):
        bench.review.select(annotation.key)


def _put(bench: Workbench, annotation: Annotation, kind: str) -> bool:
    if not may_judge(bench):
        return False
    try:
        check_annotation(annotation, bench.state.n_frames)
    except ParameterError as error:
        bench.report(tr("This judgement makes no sense"), error)
        return False
    bench.review.edit(placed(bench.review.annotations, annotation), kind)
    return True


def do_remove(bench: Workbench, key: str) -> None:
    """Remove a judgement of the present reviewer."""
    one = next((one for one in bench.review.annotations if one.key == key), None)
    if one is None:
        bench.noted.emit(tr("Choose a judgement of your own to remove."))
    elif may_judge(bench):
        bench.review.edit((Change(one, None),), "Remove")


def do_accept(bench: Workbench) -> None:
    """Judge the chosen Action Unit present; without one, all that the machine sees, and go on."""
    if bench.state.au or bench.review.selection is not None or bench.review.blind:
        do_judge(bench, "present")
    else:
        do_accept_stage(bench)


def do_reject(bench: Workbench) -> None:
    """Judge the chosen Action Unit absent."""
    do_judge(bench, "absent")


def do_judge(bench: Workbench, verdict: Verdict, reason: Reason = "") -> None:
    """Give the selected judgement, or else the chosen Action Unit over its stage, a verdict.

    Parameters
    ----------
    bench : Workbench
    verdict : Verdict
    reason : Reason
        Why it is not scorable; for other verdicts it is left out.
    """
    about = target(bench)
    if about is None:
        return
    if about.au == WHOLE_FACE and verdict != "not scorable":
        bench.noted.emit(tr("A stretch of the whole face can only be not scorable; choose an Action Unit."))
        return
    present, unscorable = verdict == "present", verdict == "not scorable"
    judged = replace(
        about,
        verdict=verdict,
        intensity=about.intensity if present else 0,
        side=about.side if present else "",
        apex=about.apex if present else None,
        reason=reason if unscorable else "",
    )
    do_place(bench, judged, "Judge")


def do_intensity(bench: Workbench, intensity: int) -> None:
    """Give the selected or chosen one an intensity, 1 to 5 for a to e, 0 for none; it is present then."""
    about = target(bench)
    if about is None or _is_face(bench, about):
        return
    do_place(bench, replace(_present(about), intensity=intensity), "Intensity")


def do_side(bench: Workbench, side: Side) -> None:
    """Say on which side of the face the selected or chosen one shows; it is present then."""
    about = target(bench)
    if about is None or _is_face(bench, about):
        return
    do_place(bench, replace(_present(about), side=side), "Side")


def do_note(bench: Workbench, note: str) -> None:
    """Write a note to the selected judgement."""
    one = current(bench)
    if one is None:
        bench.noted.emit(tr("A note goes with a judgement; judge first."))
    elif one.note != note.strip():
        do_place(bench, replace(one, note=note.strip()), "Note")


def do_set_range(bench: Workbench, start: int, stop: int, apex: tuple[int, int] | None) -> None:
    """Move onset, apex and offset of the selected judgement."""
    one = current(bench)
    if one is not None:
        do_place(bench, replace(one, start=start, stop=stop, apex=apex), "Move")


def do_add(bench: Workbench, au: str) -> None:
    """Judge an Action Unit present over this stage, whatever the machine says of it."""
    item = item_here(bench)
    if item is not None:
        bench.review.select("")
        bench.state.set_au(au)
        do_judge(bench, "present")


def do_add_named(bench: Workbench, text: str) -> None:
    """Add the Action Unit that was typed: a number, or a part of its name; the user is told of none."""
    au = find_au(text)
    if au:
        do_add(bench, au)
    elif text.strip():
        bench.noted.emit(tr("{0}: no Action Unit of FACS has this number or name.").format(text.strip()))


def find_au(text: str) -> str:
    """Label of the Action Unit that a number, label or part of a name speaks of; empty for none."""
    wanted = text.strip().casefold()
    number = wanted.removeprefix("au").strip().lstrip("0")
    for unit in ACTION_UNITS:
        label = f"{unit.label} {unit.name}".casefold()
        if number == str(unit.number) or wanted == label:
            return unit.label
    return next((u.label for u in ACTION_UNITS if wanted and wanted in u.name.casefold()), "")


def do_mark_face(bench: Workbench, reason: Reason) -> None:
    """Mark this stage as one in which the whole face is not scorable, or as speech; again takes it back."""
    item = item_here(bench)
    if item is None:
        return
    new = Annotation(new_key(), WHOLE_FACE, item.start, item.stop, "not scorable", reason=reason)
    same = next((one for one in bench.review.annotations if same_place(one, new)), None)
    if same is not None and same.reason == reason:
        do_remove(bench, same.key)
    else:
        _put(bench, new if same is None else replace(same, reason=reason), "Face")


def do_keep(bench: Workbench) -> None:
    """Let the selected judgement stand as it is, though the machine's result has changed under it."""
    one = current(bench)
    if one is not None and may_judge(bench):
        bench.review.edit((Change(one, one),), "Keep")


def do_accept_stage(bench: Workbench) -> None:
    """Judge present what the machine sees here and nobody has judged, and go to the next in doubt."""
    item = item_here(bench)
    if item is None or not may_judge(bench):
        return
    changes = accepting(bench.review.annotations, item)
    bench.review.edit(changes, "Accept", (item.start, item.stop))
    do_next(bench)


def accepting(present: Sequence[Annotation], item: ReviewItem) -> tuple[Change, ...]:
    """Changes that judge present every Action Unit of a stage where the reviewer has said nothing of it."""
    changes: list[Change] = []
    for au in item.aus:
        taken = sorted(
            (one.start, one.stop)
            for one in present
            if one.au == au and one.start < item.stop and item.start < one.stop
        )
        for start, stop in _gaps(item.start, item.stop, taken):
            changes.append(Change(None, Annotation(new_key(), au, start, stop, "present")))
    return tuple(changes)


def _gaps(start: int, stop: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    gaps = []
    for first, last in (*taken, (stop, stop)):
        if start < first:
            gaps.append((start, first))
        start = max(start, last)
    return gaps


def do_undo(bench: Workbench) -> None:
    """Take the last change of looks or of judgements back, whichever was the last."""
    _step(bench, redo=False)


def do_redo(bench: Workbench) -> None:
    """Make the change again that was taken back last."""
    _step(bench, redo=True)


def _step(bench: Workbench, redo: bool) -> None:
    """Ask the file: what this window knows of it may be older than the last change."""
    nothing = tr("Nothing to make again.") if redo else tr("Nothing to take back.")

    def go_on(kind: NextKind) -> None:
        if kind == "looks":
            looks.do_change(bench, Redo() if redo else Undo())
        elif not kind:
            bench.noted.emit(nothing)

    if bench.review.can_review:
        bench.review.undo(redo, go_on)
    else:
        bench.noted.emit(nothing)


def _present(annotation: Annotation) -> Annotation:
    return replace(annotation, verdict="present", reason="")


def _is_face(bench: Workbench, annotation: Annotation) -> bool:
    if annotation.au == WHOLE_FACE:
        bench.noted.emit(tr("Intensity and side go with an Action Unit; choose one."))
    return annotation.au == WHOLE_FACE
