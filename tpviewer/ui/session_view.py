"""How a session is looked at: kept in its file, and taken up again when it is opened."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tpviewer.ui.viewer_state import ViewerState


def view_of(state: ViewerState) -> dict[str, Any]:
    """Playhead, X and chosen Action Unit, JSON types."""
    return {"playhead": state.playhead, "top_x": state.overlay.x, "au": state.au}


def restore_view(state: ViewerState, view: Mapping[str, Any]) -> None:
    """Go on as the session was left; of an analysis that was begun just now nothing is kept or moved."""
    if "top_x" in view:
        state.set_overlay(replace(state.overlay, x=float(view["top_x"])))
    if "playhead" in view:
        state.set_playhead(int(view["playhead"]))
    if view.get("au") in state.au_order():
        state.set_au(str(view["au"]))
