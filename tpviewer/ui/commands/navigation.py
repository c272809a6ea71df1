"""Move about in time, among Action Units and in X."""

from dataclasses import replace

from tpviewer.ui.viewer_state import Chip, OverlayMode, ViewerState


def do_step(state: ViewerState, frames: int) -> None:
    """Go some frames forward or back, and pause."""
    state.set_playing(False)
    state.set_playhead(state.playhead + frames)


def do_go_to(state: ViewerState, frame: int) -> None:
    """Go to a frame, and pause."""
    state.set_playing(False)
    state.set_playhead(frame)


def do_next_stage(state: ViewerState) -> None:
    """Go to the first frame of the next stage."""
    stage = state.stage_at(state.playhead)
    if stage is not None:
        do_go_to(state, min(stage.stop, state.n_frames - 1))


def do_previous_stage(state: ViewerState) -> None:
    """Go to the first frame of this stage, or of the one before where the playhead is there already."""
    stage = state.stage_at(state.playhead)
    if stage is not None and state.playhead == stage.start:
        stage = state.stage_at(max(stage.start - 1, 0))
    if stage is not None:
        do_go_to(state, stage.start)


def do_play(state: ViewerState) -> None:
    """Play or pause; at the end of the video it plays from the beginning."""
    if not state.playing and state.playhead == state.n_frames - 1 and state.loop is None:
        state.set_playhead(0)
    state.set_playing(not state.playing)


def do_loop_stage(state: ViewerState) -> None:
    """Play the stage under the playhead again and again, or stop that."""
    stage = state.stage_at(state.playhead)
    state.set_loop(None if state.loop is not None or stage is None else (stage.start, stage.stop))


def do_choose_next_au(state: ViewerState, step: int) -> None:
    """Choose the Action Unit `step` places down in the list; the first or last where none is chosen."""
    aus = state.au_order()
    if not aus:
        return
    if state.au not in aus:
        state.set_au(aus[0 if step > 0 else -1])
    else:
        state.set_au(aus[max(0, min(aus.index(state.au) + step, len(aus) - 1))])


def do_change_x(state: ViewerState, direction: int) -> None:
    """Show more or less relevance: by 1 % up to 10 %, then by 5 %."""
    x = round(state.overlay.x)
    fine = x < 10 or (x == 10 and direction < 0)
    state.set_overlay(replace(state.overlay, x=float(x + direction if fine else x + 5 * direction)))


def do_set_mode(state: ViewerState, mode: OverlayMode) -> None:
    """Draw another kind of relevance; one that needs an Action Unit chooses the first active one."""
    if mode != "top-x all" and not state.au:
        stage = state.stage_at(state.playhead)
        order = state.au_order()
        state.set_au(stage.key[0][0] if stage and stage.key else (order[0] if order else ""))
    state.set_overlay(replace(state.overlay, mode=mode))


def do_toggle_chip(state: ViewerState, chip: Chip) -> None:
    """Switch a layer over the frame on or off."""
    state.set_overlay(replace(state.overlay, chips=state.overlay.chips ^ {chip}))


def do_toggle_prototype(state: ViewerState) -> None:
    """Draw the cluster's prototype instead of the frame's own map, or the other way round."""
    state.set_overlay(replace(state.overlay, prototype=not state.overlay.prototype))


def do_zoom(state: ViewerState, factor: float) -> None:
    """Show a shorter (over 1) or longer part of the time axis about the playhead."""
    if not state.n_frames:
        return
    start, stop = state.view
    centre = state.time_of(state.playhead)
    if not start <= centre <= stop:
        centre = (start + stop) / 2
    state.set_view(centre - (centre - start) / factor, centre + (stop - centre) / factor)


def do_show_all(state: ViewerState) -> None:
    """Show the whole video on the time axis."""
    state.set_view(0.0, state.end)
