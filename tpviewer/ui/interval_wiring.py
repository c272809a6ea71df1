"""What the lanes of judgements ask for, and the keys that draw intervals."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tpviewer.ui.commands import intervals
from tpviewer.ui.commands.review import do_place, do_remove

if TYPE_CHECKING:
    from tpviewer.ui.main_window import MainWindow


def interval_commands(window: "MainWindow") -> dict[str, Callable[[], object]]:
    """Commands of the actions for intervals by name."""
    bench, actions = window.bench, window.actions_by_name
    return {
        "interval_start": lambda: intervals.do_start(bench),
        "interval_stop": lambda: intervals.do_stop(bench),
        "apex_start": lambda: intervals.do_apex_start(bench),
        "apex_stop": lambda: intervals.do_apex_stop(bench),
        "reviewed": lambda: window.timeline.set_reviewed(actions["reviewed"].isChecked()),
    }


def wire_intervals(window: "MainWindow") -> None:
    """Connect the lanes of judgements with commands."""
    bench, timeline = window.bench, window.timeline
    timeline.review_lane.placed.connect(partial(do_place, bench))
    timeline.review_lane.removed.connect(partial(do_remove, bench))
    timeline.reviewed_action.toggled.connect(window.actions_by_name["reviewed"].setChecked)
