"""Lead through what is to be reviewed."""

from tpviewer.ui.commands.navigation import do_go_to
from tpviewer.ui.commands.review_target import current, item_here
from tpviewer.ui.language import tr
from tpviewer.ui.review_queue import ReviewItem
from tpviewer.ui.workbench import Workbench


def do_next(bench: Workbench) -> None:
    """Go to the next in doubt that the reviewer has not looked through; from the last to the first.

    From a place that nobody was led to it goes to the most doubtful one.
    """
    review = bench.review
    queue = review.queue
    opened = review.guide.opened
    led = opened is not None and opened == review.item_at(bench.state.playhead)
    place = _place(bench) if led else -1
    rest = (*queue[place + 1 :], *queue[: place + 1])
    waiting = next((item for item in rest if not review.is_done(item)), None)
    if waiting is not None:
        _open(bench, waiting)
    elif queue:
        bench.noted.emit(tr("Everything has been looked through: {0} of {0}.").format(len(queue)))


def do_previous(bench: Workbench) -> None:
    """Go to what came before in the order of doubt, looked through or not."""
    place = _place(bench)
    if place > 0:
        _open(bench, bench.review.queue[place - 1])


def do_done(bench: Workbench) -> None:
    """Mark this stage as looked through without judging more, and go to the next in doubt."""
    item = item_here(bench)
    if item is not None:
        bench.review.edit((), "Done", (item.start, item.stop))
        do_next(bench)


def do_look_again(bench: Workbench) -> None:
    """Go to where the chosen judgement begins, to look at it anew."""
    one = current(bench)
    if one is not None:
        do_go_to(bench.state, one.start)
        bench.review.select(one.key)
        bench.state.set_loop((one.start, one.stop))


def _place(bench: Workbench) -> int:
    item = bench.review.item_at(bench.state.playhead)
    return bench.review.queue.index(item) if item is not None else -1


def _open(bench: Workbench, item: ReviewItem) -> None:
    """Go to an item with no Action Unit chosen, so that nothing is judged that was chosen elsewhere."""
    state = bench.state
    bench.review.guide.opened = item
    bench.review.select("")
    state.set_au("")
    if state.loop is not None:
        state.set_loop((item.start, item.stop))
    playing = state.playing
    do_go_to(state, item.start)
    state.set_playing(playing and state.loop is not None)
