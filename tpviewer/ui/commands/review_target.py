"""What a command of the review is about: the stage here, the selected judgement, the chosen Action Unit."""

from tpviewer.core.annotations import Annotation, lane, new_key
from tpviewer.ui.language import tr
from tpviewer.ui.review_queue import ReviewItem
from tpviewer.ui.workbench import Workbench


def item_here(bench: Workbench) -> ReviewItem | None:
    """Stage, or stretch while blind, under the playhead; the user is told where there is none."""
    item = bench.review.item_at(bench.state.playhead) if may_judge(bench) else None
    if item is None and bench.review.can_review:
        bench.noted.emit(tr("There is nothing to judge here: no face was seen."))
    return item


def current(bench: Workbench) -> Annotation | None:
    """The selected judgement, or else that of the chosen Action Unit at the playhead."""
    review, state = bench.review, bench.state
    if review.selection is not None:
        return review.selection
    return next(
        (one for one in review.annotations if one.au == state.au and one.start <= state.playhead < one.stop),
        None,
    )


def target(bench: Workbench) -> Annotation | None:
    """What a verdict is about: the selected judgement, or else the chosen Action Unit over its stage."""
    review, state = bench.review, bench.state
    if review.selection is not None:
        return review.selection
    item = item_here(bench)
    if item is None:
        return None
    au = state.au or (item.aus[0] if len(item.aus) == 1 else "")
    if not au:
        bench.noted.emit(tr("Choose an Action Unit first: up and down arrow, or a click."))
        return None
    new = Annotation(new_key(), au, item.start, item.stop, "present")
    return next((one for one in review.annotations if same_place(one, new)), new)


def same_place(one: Annotation, other: Annotation) -> bool:
    """Whether two annotations have one lane and one range."""
    return lane(one) == lane(other) and (one.start, one.stop) == (other.start, other.stop)


def may_judge(bench: Workbench) -> bool:
    """Whether judgements can be made now; the user is told where not."""
    if not bench.review.can_review:
        bench.noted.emit(tr("Judgements can be made once the analysis has begun."))
    return bench.review.can_review
