"""The summary of a session as a JSON file, with raw, smoothed and absorbed stages of all results."""

import json
from pathlib import Path
from typing import Any

from tpviewer.core.stages import notation, stage_label
from tpviewer.export.summary import summary
from tpviewer.store.session import LAYERS, Session


def write_json(session: Session, path: Path, profile: str | None = None) -> Path:
    """Write `summary` with all layers added under ``layers``; returns `path`.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    told = summary(session, profile)
    told["layers"] = {
        name: {layer: _layer(session, layer, name) for layer in LAYERS} for name in session.result_sets()
    }
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return path


def _layer(session: Session, layer: str, profile: str) -> dict[str, Any]:
    stages = session.stages(layer, profile)
    return {
        "temporal_prototype": notation(stages),
        "stages": [{"start": s.start, "stop": s.stop, "label": stage_label(s)} for s in stages],
    }
