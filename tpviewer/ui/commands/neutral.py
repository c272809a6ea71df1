"""Say where the person's face is neutral; frames are compared with it."""

from tpviewer.ui.commands.analysis import do_change_setup
from tpviewer.ui.language import tr
from tpviewer.ui.workbench import Workbench


def do_mark_neutral(bench: Workbench, start: int, stop: int) -> None:
    """Take frames [start, stop) as the neutral face; what depends on it runs again.

    Where the model takes none, nothing is changed.
    """
    if not takes_neutral(bench):
        bench.noted.emit(tr("This model does not compare with a neutral face."))
        return
    do_change_setup(bench, neutral=(start, stop))


def do_mark_stage_neutral(bench: Workbench) -> None:
    """Take the stage under the playhead as the neutral face."""
    stage = bench.state.stage_at(bench.state.playhead)
    if stage is not None:
        do_mark_neutral(bench, stage.start, stage.stop)


def do_clear_neutral(bench: Workbench) -> None:
    """Let the program look for the neutral face again."""
    do_change_setup(bench, neutral=None)


def takes_neutral(bench: Workbench) -> bool:
    """Whether the model of the shown results compares frames with a neutral face."""
    snapshot = bench.state.snapshot
    return snapshot is not None and snapshot.card.get("channels") == 2
