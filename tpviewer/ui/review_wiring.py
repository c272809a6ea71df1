"""What the keys and the panel of the review do, and when they can be used."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tpviewer.core.annotations import REASONS, SIDES, Reason, Side
from tpviewer.ui.commands import review as judge
from tpviewer.ui.commands import review_flow as flow
from tpviewer.ui.commands import review_sharing as sharing
from tpviewer.ui.commands.agreement import ask_agreement
from tpviewer.ui.commands.export import EXPORTS
from tpviewer.ui.commands.review_target import current
from tpviewer.ui.review_specs import REVIEW_SPECS
from tpviewer.ui.review_words import SIGNS, annotation_words
from tpviewer.ui.workbench import Workbench

if TYPE_CHECKING:
    from tpviewer.ui.main_window import MainWindow

_OF_THE_MACHINE = (*EXPORTS, "copy", "why_not", "setup")
"""Actions that show or take away what the machine says, off while it is hidden."""


def review_commands(window: "MainWindow") -> dict[str, Callable[[], object]]:
    """Commands of the actions of the review by name."""
    bench = window.bench
    return {
        "accept": lambda: judge.do_accept(bench),
        "reject": lambda: judge.do_reject(bench),
        "unsure": lambda: judge.do_judge(bench, "unsure"),
        "not_scorable": lambda: judge.do_judge(bench, "not scorable", _next_reason(bench)),
        **{f"intensity_{i}": partial(judge.do_intensity, bench, i) for i in range(6)},
        "side": lambda: judge.do_side(bench, _next_side(bench)),
        "note": lambda: _ask_note(window),
        "add_au": lambda: _ask_add(window),
        "speech": lambda: judge.do_mark_face(bench, "speech"),
        "face_out": lambda: judge.do_mark_face(bench, ""),
        "remove_judgement": lambda: _remove(bench),
        "accept_stage": lambda: judge.do_accept_stage(bench),
        "done_stage": lambda: flow.do_done(bench),
        "next_doubt": lambda: flow.do_next(bench),
        "previous_doubt": lambda: flow.do_previous(bench),
        "hide_machine": lambda: _hide_or_commit(window),
        "commit": lambda: sharing.ask_commit(bench, window),
        "import_annotations": lambda: sharing.ask_import(bench, window),
        "agreement": lambda: ask_agreement(bench, window),
    }


def wire_review(window: "MainWindow") -> None:
    """Connect the panel of the review with commands."""
    bench, panel = window.bench, window.review
    fields = panel.fields
    panel.reviewer_asked.connect(bench.review.set_reviewer)
    panel.au_asked.connect(partial(judge.do_add_named, bench))
    panel.keep_asked.connect(partial(judge.do_keep, bench))
    panel.look_again_asked.connect(partial(flow.do_look_again, bench))
    fields.reason_asked.connect(lambda reason: judge.do_judge(bench, "not scorable", reason))
    fields.side_asked.connect(partial(judge.do_side, bench))
    fields.note_asked.connect(partial(judge.do_note, bench))
    fields.intensity_asked.connect(partial(judge.do_intensity, bench))
    fields.range_asked.connect(partial(judge.do_set_range, bench))
    for signal in (bench.review.changed, bench.review.selected_changed, bench.review.blind_changed):
        signal.connect(lambda *_: enable_review(window))
    for signal in (bench.review.changed, bench.state.playhead_changed, bench.state.results_changed):
        signal.connect(lambda *_: _show_judged(window))
    enable_review(window)


def _show_judged(window: "MainWindow") -> None:
    """Tell the inspector what the reviewer says of the frame at the playhead."""
    frame = window.bench.state.playhead
    here = (one for one in window.bench.review.annotations if one.start <= frame < one.stop and one.au)
    window.inspector.model.set_judged({one.au: (SIGNS[one.verdict], annotation_words(one)) for one in here})


def enable_review(window: "MainWindow") -> None:
    """Allow what can be done now; what shows the machine is off while it is hidden."""
    actions, review = window.actions_by_name, window.bench.review
    for spec in REVIEW_SPECS:
        actions[spec.name].setEnabled(review.can_review)
    actions["hide_machine"].setEnabled(review.can_review and not review.committed)
    actions["hide_machine"].setChecked(review.blind)
    actions["commit"].setEnabled(review.blind)
    actions["agreement"].setEnabled(not review.blind)  # files can be compared without any session
    actions["accept_stage"].setEnabled(review.can_review and not review.blind)
    if review.blind:
        for name in _OF_THE_MACHINE:
            actions[name].setEnabled(False)
    free = window.bench.state.results is not None and not window.bench.analysis.active
    for name, redo in (("undo", False), ("redo", True)):
        kind = review.next_step(redo)
        actions[name].setEnabled(kind == "review" or review.saving or (kind == "looks" and free))


def _next_reason(bench: Workbench) -> Reason:
    """The reason after the one that is given, none for what was scorable so far."""
    one = current(bench)
    if one is None or one.verdict != "not scorable":
        return ""
    reasons: tuple[Reason, ...] = (*REASONS[:-1], "") if not one.au else (*REASONS, "")
    return reasons[(reasons.index(one.reason) + 1) % len(reasons)] if one.reason in reasons else one.reason


def _next_side(bench: Workbench) -> Side:
    one = current(bench)
    sides: tuple[Side, ...] = ("", *SIDES)
    return sides[(sides.index(one.side) + 1) % len(sides)] if one is not None else SIDES[0]


def _remove(bench: Workbench) -> None:
    one = current(bench)
    judge.do_remove(bench, one.key if one is not None else "")


def _show_panel(window: "MainWindow") -> None:
    dock = window.docks["review"]
    dock.show()
    dock.raise_()


def _ask_note(window: "MainWindow") -> None:
    if current(window.bench) is None:
        judge.do_note(window.bench, "")  # says what is missing
        return
    _show_panel(window)
    window.review.focus_note()


def _ask_add(window: "MainWindow") -> None:
    _show_panel(window)
    window.review.focus_add()


def _hide_or_commit(window: "MainWindow") -> None:
    """The switch goes on at once, and off only by committing."""
    if window.bench.review.blind:
        sharing.ask_commit(window.bench, window)
    else:
        sharing.do_hide_machine(window.bench)
    enable_review(window)
