"""Which command answers which wish of a view, and which view shows which answer of a worker."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tpviewer.media.video_info import VideoInfo
from tpviewer.ui.commands import looks
from tpviewer.ui.commands.analysis import do_ask_why_not, do_choose_model
from tpviewer.ui.commands.asking import ask_model
from tpviewer.ui.commands.files import ask_for_video, ask_open, do_open, do_open_sample
from tpviewer.ui.commands.neutral import do_mark_neutral
from tpviewer.ui.commands.review import do_redo, do_undo
from tpviewer.ui.folder_wiring import wire_folder
from tpviewer.ui.interval_wiring import wire_intervals
from tpviewer.ui.language import tr, tr_problem
from tpviewer.ui.review_wiring import wire_review
from tpviewer.workers.messages import EngineState, Explained, Failure

if TYPE_CHECKING:
    from tpviewer.ui.main_window import MainWindow


def wire_panels(window: "MainWindow") -> None:
    """Connect views, commands and workers of the window."""
    _wire_player(window)
    _wire_inspector(window)
    _wire_looks(window)
    _wire_lists(window)
    wire_review(window)
    wire_intervals(window)
    bench = window.bench
    window.prototype.tiles_requested.connect(lambda request: bench.tiles.request(bench.with_video(request)))
    window.timeline.ruler.neutral_marked.connect(partial(do_mark_neutral, bench))
    bench.tiles.tile_ready.connect(window.prototype.set_tile)
    bench.tiles.failed.connect(bench.noted)
    bench.problem.connect(window.banner.show_problem)
    bench.told.connect(lambda text: window.banner.note(bench.pseudonymised(text)))
    bench.document_opening.connect(window.banner.clear)
    bench.video_missing.connect(partial(_tell_missing, window))
    window.top_bar.model_requested.connect(partial(do_choose_model, bench))
    window.top_bar.other_model_requested.connect(lambda: ask_model(bench, window))
    wire_folder(window)  # last: a queue that cannot be read is told of


def _wire_player(window: "MainWindow") -> None:
    bench, settings = window.bench, window.bench.settings
    bench.frames.previewed.connect(window.frame_view.set_preview)
    bench.frames.loaded.connect(window.frame_view.set_frame)
    window.frame_view.drawn_changed.connect(window.legend.set_drawn)
    bench.frames.opened.connect(partial(_tell_sound, window))
    bench.sound.reason_changed.connect(lambda reason: window.transport.set_sound(not reason, reason))
    window.transport.mute_changed.connect(bench.sound.set_muted)
    window.transport.mute_changed.connect(lambda muted: setattr(settings, "mute", muted))
    window.transport.set_muted(settings.mute)


def _tell_sound(window: "MainWindow", info: VideoInfo) -> None:
    window.bench.sound.open(info)
    reason = window.bench.sound.reason
    window.transport.set_sound(not reason, reason)


def _wire_inspector(window: "MainWindow") -> None:
    bench, inspector = window.bench, window.inspector
    settings = bench.settings
    inspector.letters_hint_closed.connect(lambda: setattr(settings, "letters_hint_read", True))
    if settings.letters_hint_read:
        inspector.hide_letters_hint()

    def ask(frame: int, au: str) -> None:
        reason = do_ask_why_not(bench, frame, au)
        if reason:
            inspector.explanation_failed(reason)

    def show(answer: Explained) -> None:
        if bench.document is not None and answer.session == bench.document.session:
            inspector.show_explanation(answer.frame, answer.au, answer.relevance)

    def fail(failure: Failure) -> None:
        of_open = bench.document is not None and failure.session == bench.document.session
        if failure.kind == "crash" or (failure.during == "explain" and of_open):
            inspector.explanation_failed(tr_problem(failure.message))

    def show_loading(_: object = None) -> None:
        inspector.set_loading(bench.engine_state is EngineState.LOADING)

    bench.engine_changed.connect(show_loading)
    show_loading()
    inspector.why_not_requested.connect(ask)
    bench.engine.explained.connect(show)
    bench.engine.failed.connect(fail)


def _wire_looks(window: "MainWindow") -> None:
    bench, panel = window.bench, window.looks
    panel.count_requested.connect(partial(looks.do_set_count, bench))
    panel.merge_requested.connect(partial(looks.do_merge, bench))
    panel.split_requested.connect(partial(looks.do_split, bench))
    panel.assign_requested.connect(partial(looks.do_assign, bench))
    panel.undo_requested.connect(partial(do_undo, bench))
    panel.redo_requested.connect(partial(do_redo, bench))

    def ask_for_map(frame: int, au: str) -> None:
        if bench.document is not None:
            bench.maps.request(bench.document.session, frame, au)

    def show_map(session: Path, frame: int, au: str, relevance: NDArray[np.float32] | None) -> None:
        of_open = bench.document is not None and session == bench.document.session
        if of_open and relevance is not None:
            panel.show_map(frame, au, relevance)

    def show_busy(_: object) -> None:
        elsewhere = bench.queue.running is not None  # it gives way
        working = bench.analysis.active or (bench.engine_state is EngineState.BUSY and not elsewhere)
        panel.set_busy(working)

    def show_history() -> None:
        panel.set_history(*(bench.review.next_step(redo) == "looks" for redo in (False, True)))

    bench.review.changed.connect(show_history)
    panel.map_requested.connect(ask_for_map)
    bench.maps.loaded.connect(show_map)
    bench.engine_changed.connect(show_busy)
    bench.analysis_changed.connect(show_busy)


def _wire_lists(window: "MainWindow") -> None:
    bench = window.bench
    window.sessions.open_requested.connect(partial(do_open, bench))
    window.empty.open_requested.connect(lambda: ask_open(bench, window))
    window.empty.sample_requested.connect(lambda: do_open_sample(bench))
    window.empty.recent_requested.connect(partial(do_open, bench))


def _tell_missing(window: "MainWindow") -> None:
    bench = window.bench
    if bench.document is not None:
        if bench.document.changed:
            title, message = (
                tr("Another video"),
                tr("{0} has changed since {1} was made from it."),
            )
        else:
            title = tr("The video was moved")
            message = tr("{0} is not there any more.")
        told = message.format(bench.document.expected, bench.document.session)
        way_on = tr(
            "Results are shown without its pictures; say where the video lies now, and it is checked that it"
            " is the same."
        )
        find = (tr("Find the video …"), lambda: ask_for_video(bench, window))
        bench.report(title, f"{told} {way_on}", find)
