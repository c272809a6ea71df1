"""Draw an interval with the keyboard: where it starts and stops, and its apex, at the playhead."""

from dataclasses import replace

from tpviewer.core.annotations import Annotation, new_key
from tpviewer.ui.commands.review import do_place
from tpviewer.ui.commands.review_target import current, may_judge
from tpviewer.ui.language import tr
from tpviewer.ui.review_edges import resized
from tpviewer.ui.workbench import Workbench


def do_start(bench: Workbench) -> None:
    """Let the selected judgement start at the playhead; without one, begin a new interval there."""
    state, one = bench.state, bench.review.selection
    if not may_judge(bench):
        return
    if one is not None:
        do_place(bench, resized(one, min(state.playhead, one.stop - 1), one.stop), "Move")
    elif not state.au:
        bench.noted.emit(tr("Choose an Action Unit first: up and down arrow, or a click."))
    else:
        bench.marks.begin(state.playhead)
        told = tr("{au} starts at frame {frame}; go to its last frame and press O.")
        bench.noted.emit(told.format(au=state.au, frame=state.playhead))


def do_stop(bench: Workbench) -> None:
    """Let what was begun, or else the selected judgement, stop with the frame at the playhead."""
    state, begun, one = bench.state, bench.marks.start, bench.review.selection
    if not may_judge(bench):
        return
    if begun is not None:
        bench.marks.clear()
        start, stop = min(begun, state.playhead), max(begun, state.playhead) + 1
        do_place(bench, Annotation(new_key(), state.au, start, stop, "present"))
    elif one is not None:
        do_place(bench, resized(one, one.start, max(state.playhead, one.start) + 1), "Move")
    else:
        bench.noted.emit(tr("Press I where the Action Unit starts, then O where it stops."))


def do_apex_start(bench: Workbench) -> None:
    """Let the apex of the judgement at the playhead start there."""
    one = _with_apex(bench)
    if one is not None:
        stop = one.apex[1] if one.apex is not None and one.apex[1] > bench.state.playhead else one.stop
        do_place(bench, replace(one, apex=(bench.state.playhead, stop)), "Move")


def do_apex_stop(bench: Workbench) -> None:
    """Let the apex of the judgement at the playhead stop with the frame there."""
    one = _with_apex(bench)
    if one is not None:
        start = one.apex[0] if one.apex is not None and one.apex[0] <= bench.state.playhead else one.start
        do_place(bench, replace(one, apex=(start, bench.state.playhead + 1)), "Move")


def _with_apex(bench: Workbench) -> Annotation | None:
    """The judgement at the playhead if it can have an apex; the user is told where not."""
    one = current(bench)
    inside = one is not None and one.start <= bench.state.playhead < one.stop
    if one is None or not inside or one.verdict != "present" or not one.au:
        bench.noted.emit(tr("An apex goes into an interval that is judged present; go to a frame of it."))
        return None
    return one
