"""Analyses that the pipeline's tests run, here so that a child process can import them."""

from pathlib import Path

import numpy as np

from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.params import Params
from tpviewer.store.session import LAYERS, PROFILES, Session

FRAMES = 96


def finish(video: Path, session: Path, frames: int = FRAMES, batch: int = 16) -> None:
    """Run an analysis to its end."""
    for _ in analyze(video, session, Params(max_frames=frames, batch=batch)):
        pass


def results(path: Path) -> dict[str, bytes | list[object]]:
    """Everything that an analysis decides, byte for byte."""
    with Session(path) as session:
        assert session.complete
        found: dict[str, bytes | list[object]] = {
            "logits": session.logits().tobytes(),
            "grounding": session.grounding().tobytes(),
            "crop_to_frame": session.arrays.require("crop_to_frame").tobytes(),
        }
        for index, au in enumerate(session.aus):
            frames = session.relevance.frames(index)
            found[f"maps {au}"] = b"".join(
                np.ascontiguousarray(m).tobytes() for m in session.relevance.maps(index, frames)
            )
        for profile in PROFILES:
            for au in session.clusterings(profile):
                labels = session.results.clustering_array(profile, au, "labels")
                found[f"labels {profile} {au}"] = labels.tobytes()
            for layer in LAYERS:
                found[f"states {profile} {layer}"] = session.states(layer, profile).tobytes()
                found[f"stages {profile} {layer}"] = list(session.stages(layer, profile))
        return found
