"""What each action does, and when it can be used."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tpviewer.ui import theme
from tpviewer.ui.commands import navigation as go
from tpviewer.ui.commands.analysis import do_analyse, do_stop
from tpviewer.ui.commands.asking import (
    ask_about,
    ask_face,
    ask_how_to_read,
    ask_manual,
    ask_settings,
    ask_setup,
    ask_shortcuts,
)
from tpviewer.ui.commands.camera import ask_camera
from tpviewer.ui.commands.export import EXPORTS, ask_export
from tpviewer.ui.commands.files import ask_open, ask_open_folder, do_close, do_open_sample
from tpviewer.ui.commands.neutral import do_clear_neutral, do_mark_stage_neutral, takes_neutral
from tpviewer.ui.commands.review import do_redo, do_undo
from tpviewer.ui.folder_wiring import enable_folder, folder_commands
from tpviewer.ui.interval_wiring import interval_commands
from tpviewer.ui.review_wiring import enable_review, review_commands
from tpviewer.ui.viewer_state import Chip

if TYPE_CHECKING:
    from tpviewer.ui.main_window import MainWindow

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
_CHIPS: dict[str, Chip] = {
    "relevance": "relevance",
    "face_box": "face box",
    "mesh": "mesh",
    "labels": "labels",
}
_NEED_VIDEO = (
    *("close", "play", "back", "forward", "first", "last", "slower", "faster"),
    *("relevance", "face_box", "mesh", "labels", "zoom_in", "zoom_out", "zoom_all", "fit_frame"),
)
_NEED_RESULTS = (
    *EXPORTS,
    *("copy", "previous_stage", "next_stage"),
    *("loop", "compare", "prototype"),
)
_NEED_SNAPSHOT = ("previous_au", "next_au", "less_x", "more_x", "top_all", "top_one", "signed", "active_only")


def wire_actions(window: "MainWindow") -> None:
    """Connect every action of the window with its command."""
    for name, work in _commands(window).items():
        window.actions_by_name[name].triggered.connect(_without_arguments(work))
    state, bench = window.bench.state, window.bench
    refresh = partial(enable_actions, window)
    for signal in (state.document_changed, state.results_changed, state.au_changed, state.loop_changed):
        signal.connect(_without_arguments(refresh))
    for signal in (
        state.overlay_changed,
        state.neutral_changed,
        bench.analysis_changed,
        bench.document_changed,
    ):
        signal.connect(_without_arguments(refresh))


def _commands(window: "MainWindow") -> dict[str, Callable[[], object]]:
    bench, state = window.bench, window.bench.state
    return {
        "open": lambda: ask_open(bench, window),
        "open_folder": lambda: ask_open_folder(bench, window),
        "camera": lambda: ask_camera(bench, window),
        "sample": lambda: do_open_sample(bench),
        "close": lambda: do_close(bench),
        **{name: partial(ask_export, bench, *how, parent=window) for name, how in EXPORTS.items()},
        "settings": lambda: ask_settings(bench, window, window.try_theme),
        "quit": window.close,
        "undo": lambda: do_undo(bench),
        "redo": lambda: do_redo(bench),
        "copy": window.prototype.copy_notation,
        "play": lambda: go.do_play(state),
        "back": lambda: go.do_step(state, -1),
        "forward": lambda: go.do_step(state, 1),
        "previous_stage": lambda: go.do_previous_stage(state),
        "next_stage": lambda: go.do_next_stage(state),
        "first": lambda: go.do_go_to(state, 0),
        "last": lambda: go.do_go_to(state, state.n_frames - 1),
        "loop": lambda: go.do_loop_stage(state),
        "slower": lambda: _change_speed(window, -1),
        "faster": lambda: _change_speed(window, 1),
        "previous_au": lambda: go.do_choose_next_au(state, -1),
        "next_au": lambda: go.do_choose_next_au(state, 1),
        "less_x": lambda: go.do_change_x(state, -1),
        "more_x": lambda: go.do_change_x(state, 1),
        "top_all": lambda: go.do_set_mode(state, "top-x all"),
        "top_one": lambda: go.do_set_mode(state, "top-x one"),
        "signed": lambda: go.do_set_mode(state, "signed"),
        "prototype": lambda: go.do_toggle_prototype(state),
        **{name: partial(go.do_toggle_chip, state, chip) for name, chip in _CHIPS.items()},
        "compare": lambda: window.timeline.set_compare(window.actions_by_name["compare"].isChecked()),
        "active_only": lambda: window.timeline.set_active_only(
            window.actions_by_name["active_only"].isChecked()
        ),
        "zoom_in": lambda: go.do_zoom(state, 2.0),
        "zoom_out": lambda: go.do_zoom(state, 0.5),
        "zoom_all": lambda: go.do_show_all(state),
        "fit_frame": window.frame_view.fit,
        "theme": lambda: _change_theme(window),
        "analyse": lambda: do_analyse(bench),
        "stop": lambda: do_stop(bench),
        "setup": lambda: ask_setup(bench, window),
        "face": lambda: ask_face(bench, window),
        "mark_neutral": lambda: do_mark_stage_neutral(bench),
        "clear_neutral": lambda: do_clear_neutral(bench),
        "why_not": lambda: _ask_why_not(window),
        **review_commands(window),
        **folder_commands(window),
        **interval_commands(window),
        "manual": lambda: ask_manual(window),
        "shortcuts": lambda: ask_shortcuts(window.actions_by_name, window),
        "how_to_read": lambda: ask_how_to_read(window.actions_by_name, window),
        "about": lambda: ask_about(window),
    }


def enable_actions(window: "MainWindow") -> None:
    """Allow what can be done now, and show what is on."""
    actions, bench, state = window.actions_by_name, window.bench, window.bench.state
    results, snapshot = state.results is not None, state.snapshot
    for names, possible in (
        (_NEED_VIDEO, bench.document is not None),
        (_NEED_RESULTS, results),
        (_NEED_SNAPSHOT, snapshot is not None),
    ):
        for name in names:
            actions[name].setEnabled(possible)
    running = bench.analysis.active
    actions["stop"].setEnabled(running and bench.analysis.phase != "stopping")
    has_video = bench.document is not None and bench.document.video is not None
    actions["analyse"].setEnabled(has_video and bench.analysis.phase in ("none", "unfinished"))
    actions["setup"].setEnabled(has_video and not running)
    actions["face"].setEnabled(snapshot is not None and len(snapshot.tracks) > 1 and not running)
    can_mark = has_video and not running and takes_neutral(bench)
    actions["mark_neutral"].setEnabled(can_mark and results)
    actions["clear_neutral"].setEnabled(can_mark and state.neutral is not None)
    actions["why_not"].setEnabled(snapshot is not None and state.au in snapshot.aus)
    for name, chip in _CHIPS.items():
        actions[name].setChecked(chip in state.overlay.chips)
    actions["prototype"].setChecked(state.overlay.prototype)
    actions["loop"].setChecked(state.loop is not None)
    enable_review(window)
    enable_folder(window)


def _ask_why_not(window: "MainWindow") -> None:
    """Ask where the answer is shown; what is active has its answer over the frame."""
    dock, explanation = window.docks["inspector"], window.inspector.explanation
    dock.show()
    dock.raise_()
    if explanation.button.isEnabled():
        explanation.button.click()
    else:
        window.bench.noted.emit(explanation.standing.text())


def _change_speed(window: "MainWindow", step: int) -> None:
    state = window.bench.state
    nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - state.speed))
    state.set_speed(SPEEDS[max(0, min(nearest + step, len(SPEEDS) - 1))])


def _change_theme(window: "MainWindow") -> None:
    window.bench.settings.theme = "light" if theme.current().name == "dark" else "dark"


def _without_arguments(work: Callable[[], object]) -> Callable[..., None]:
    """Signals bring arguments that commands do not want."""

    def call(*_: object) -> None:
        work()

    return call
