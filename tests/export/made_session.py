"""Sessions of made-up results, written straight into the file: no model has to run."""

from fractions import Fraction
from pathlib import Path

import numpy as np

from tests.models.tiny import AUS
from tpviewer.core.stages import Stage, stages_from_states
from tpviewer.media.source import file_identity, open_source
from tpviewer.store.results import ClusteringSummary, ClusterSummary
from tpviewer.store.session import LAYERS, Session
from tpviewer.store.steps import StepState

PROFILE = "paper"
CARD = {
    "name": "tiny",
    "version": "1",
    "aus": list(AUS),
    "thresholds": [0.5] * len(AUS),
    "input_size": [96, 96],
    "channels": 1,
    "crop": {
        "targets": [[23, 37], [39, 38], [57, 38], [73, 37], [48, 60]],
        "mesh_points": [33, 133, 362, 263, 2],
    },
    "label_meaning": "Made up. Not validated by FACS coders.",
    "training_data": "none",
    "licence": "MIT",
    "experimental": ["AU06"],
}


def states_of(frames: int, stages: int, unseen: tuple[int, int] | None = None) -> np.ndarray:
    """States in which `stages` sets take turns."""
    number = np.arange(frames) * stages // frames
    states = np.full((frames, len(AUS)), -1, np.int16)
    states[number % 3 == 1, 0] = (number[number % 3 == 1] // 3) % 2
    states[number % 3 == 2, 2] = 0
    states[number % 4 == 3, 1] = (number[number % 4 == 3] // 8) % 2
    if unseen is not None:
        states[slice(*unseen)] = -2
    return states


def blob(au: int, frame: int) -> np.ndarray:
    """A map with a spot where it can be found again."""
    y, x = np.mgrid[0:96, 0:96]
    spot = np.exp(-((x - 20 - 25 * au) ** 2 + (y - 30 - 18 * au - frame % 5) ** 2) / 40)
    return (spot - 0.1 * np.exp(-((x - 80) ** 2 + (y - 80) ** 2) / 90)).astype(np.float32)


def make_session(path: Path, video: Path, states: np.ndarray, scale: float = 1.0) -> Path:
    """Write a finished session of `video`, whose first frames `states` speak of.

    The face lies in the frame's upper left corner, `scale` times as large as the crop.
    """
    with open_source(video) as source:
        info = source.info
    sha, size = file_identity(video)
    count = len(states)
    seen = (states > -2).all(axis=1)
    base = Fraction(info.time_base)
    with Session(path, writable=True) as session, session.transaction():
        record = {
            "path": str(video.resolve()),
            "sha256": sha,
            "size": size,
            "width": info.width,
            "height": info.height,
            "kind": info.kind,
            "codec": info.codec,
            "time_base": [base.numerator, base.denominator],
            "nominal_rate": info.nominal_rate,
            "frames": count,
            "warnings": list(info.warnings),
        }
        session.meta.put("video", record)
        session.meta.put("model", CARD)
        made = {
            "program": "TPViewer 0",
            "model": "tiny",
            "model_version": "1",
            "model_sha256": "ab" * 32,
            "preset": "lrp.z",
            "profile": PROFILE,
            "thresholds": dict.fromkeys(AUS, 0.5),
            "aus": list(AUS),
            "parameters": {"profiles": {"paper": {"spray": {"tau": 0.2}}}, "face": None, "thresholds": {}},
        }
        session.meta.put("provenance", made)
        session.meta.put("complete", True)
        session.meta.put(f"columns/{PROFILE}", list(AUS))
        session.arrays.put("pts", info.pts[:count])
        session.arrays.put("end", np.array([info.end_s(count - 1)]))
        session.arrays.put("seen", seen)
        matrix = np.array([[scale, 0, (scale - 1) / 2], [0, scale, (scale - 1) / 2]])
        session.arrays.put("crop_to_frame", np.where(seen[:, None, None], matrix, np.nan))
        logits = np.where(states[seen] >= 0, 3.0, -3.0).astype(np.float32)
        session.predictions.add(np.flatnonzero(seen), logits)
        _put_results(session, states)
    return path


def _put_results(session: Session, states: np.ndarray) -> None:
    stages: list[Stage] = list(stages_from_states(states, AUS))
    for layer in LAYERS:
        session.arrays.put(f"{PROFILE}/states/{layer}", states)
        session.results.put_stages(PROFILE, layer, stages)
        session.arrays.put(f"{PROFILE}/activity/{layer}", states >= 0)
    session.steps.put(f"stages/{PROFILE}", StepState("made", "made", len(states), len(states)))
    for place, au in enumerate(AUS):
        frames = np.flatnonzero(states[:, place] >= 0)
        if not len(frames):
            continue
        session.relevance.add([(place, int(f)) for f in frames], np.stack([blob(place, f) for f in frames]))
        labels = states[frames, place].astype(np.int32)
        looks = int(labels.max()) + 1
        clusters = tuple(
            ClusterSummary("AB"[n], int((labels == n).sum()), int(frames[0]), 0.5) for n in range(looks)
        )
        summary = ClusteringSummary(au, clusters, looks, looks, False, 0.9, {})
        arrays = {
            "frames": frames,
            "labels": labels,
            "eigenvalues": np.linspace(0, 1, 4),
            "embedding": np.zeros((len(frames), 4), np.float32),
            "prototypes": np.stack([blob(place, 2 * n) for n in range(looks)]),
        }
        session.results.put_clustering(PROFILE, place, summary, arrays)
