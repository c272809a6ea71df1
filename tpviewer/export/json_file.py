"""The summary of a session as a JSON file, with raw, smoothed and absorbed stages of all results."""

import json
from pathlib import Path
from typing import Any

from tpviewer.core.stages import notation, stage_label
from tpviewer.export.provenance import exported
from tpviewer.export.review import review_told
from tpviewer.export.summary import summary
from tpviewer.store.patient import shown_video
from tpviewer.store.raters import is_blind
from tpviewer.store.session import LAYERS, Session


def write_json(
    session: Session,
    path: Path,
    profile: str | None = None,
    reviewer: str | None = None,
    top_x: float = 25.0,
) -> Path:
    """Write `summary` with all layers under ``layers`` and X as ``top_x``; returns `path`.

    With a reviewer, ``review`` speaks of this one alone. For a reviewer who is blind to the machine nothing
    of the machine is written: ``video``, ``frames``, ``duration_s`` and ``review``.

    Raises
    ------
    SessionError
        If the analysis has not come to its end, or nobody of this name has reviewed.
    """
    if reviewer is not None and is_blind(session, reviewer):
        told = {
            "video": shown_video(session),
            "frames": session.video.frames,
            "duration_s": round(session.end, 6),
            "review": review_told(session, "", reviewer),
        }
    else:
        told = _told(session, exported(session, profile), reviewer) | {"top_x": top_x}
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return path


def _told(session: Session, profile: str, reviewer: str | None) -> dict[str, Any]:
    told = summary(session, profile)
    if reviewer is not None:
        told["review"] = review_told(session, profile, reviewer)
    told["layers"] = {
        name: {layer: _layer(session, layer, name) for layer in LAYERS} for name in session.result_sets()
    }
    return told


def _layer(session: Session, layer: str, profile: str) -> dict[str, Any]:
    stages = session.stages(layer, profile)
    return {
        "temporal_prototype": notation(stages),
        "stages": [{"start": s.start, "stop": s.stop, "label": stage_label(s)} for s in stages],
    }
