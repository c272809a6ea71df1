"""A quick analysis in which Action Units have clusters in both profiles."""

from pathlib import Path

from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import Notice
from tpviewer.resources import resource
from tpviewer.store.session import LAYERS, Session

PHANTOM = resource("phantom", "phantom.mp4")
PARAMS = Params(max_frames=48, batch=16, thresholds={"AU01": 0.2, "AU06": 0.3, "AU12": 0.4})
"""The random weights of the tiny model give probabilities of 0.4 to 0.5, so these are always active."""


def run(session: Path, model: Path, params: Params = PARAMS, tools: Tools | None = None) -> list[str]:
    """Analyse to the end; returns the notices about edits."""
    events = analyze(PHANTOM, session, params, model, tools)
    return [event.message for event in events if isinstance(event, Notice) and "edit" in event.message]


def told(session: Session, name: str) -> dict[str, object]:
    """Everything that a set of results holds, comparable."""
    found: dict[str, object] = {"columns": session.columns(name)}
    for layer in LAYERS:
        found[f"states {layer}"] = session.states(layer, name).tobytes()
        found[f"stages {layer}"] = session.stages(layer, name)
    for au, summary in session.clusterings(name).items():
        found[f"summary {au}"] = repr(summary)
        for array in ("frames", "labels", "eigenvalues", "embedding", "prototypes"):
            found[f"{array} {au}"] = session.results.clustering_array(name, au, array).tobytes()
    return found
