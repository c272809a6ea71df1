"""Snapshots made in code: a video whose Action Units, looks and stages are known."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.letters import letter
from tpviewer.core.stages import stages_from_states
from tpviewer.media.video_info import VideoInfo
from tpviewer.store.results import ClusteringSummary, ClusterSummary
from tpviewer.store.session import VideoRecord
from tpviewer.store.snapshot import FACE, NO_FACE, UNKNOWN, AUClusters, FaceTrack, ResultSet, Snapshot

AUS = ("AU01", "AU02", "AU04", "AU12", "AU25", "AU45")
SIZE = (640, 480)
CROP = 96


def crop_to_frame(frames: int) -> NDArray[np.float64]:
    """The crop lies at (200, 100) in every frame, two frame pixels a crop pixel."""
    return np.tile(np.array([[2.0, 0.0, 200.0], [0.0, 2.0, 100.0]]), (frames, 1, 1))


def make_states(frames: int, aus: tuple[str, ...] = AUS) -> NDArray[np.int16]:
    """AU01 in the second fifth (look A, from its middle on B), AU02 with it, AU12 in the fourth fifth."""
    states = np.full((frames, len(aus)), -1, np.int16)
    fifth = frames // 5
    for au, start, stop in (("AU01", 1, 2), ("AU02", 1, 2), ("AU12", 3, 4)):
        if au in aus:
            states[start * fifth : stop * fifth, aus.index(au)] = 0
    if "AU01" in aus:
        states[fifth + fifth // 2 : 2 * fifth, aus.index("AU01")] = 1
    return states


def make_result_set(name: str, states: NDArray[np.int16], aus: tuple[str, ...]) -> ResultSet:
    stages = tuple(stages_from_states(states, aus))
    layers = ("raw", "smoothed", "absorbed")
    return ResultSet(
        name=name,
        columns=aus,
        activity={"raw": states >= 0, "smoothed": states >= 0},
        states=dict.fromkeys(layers, states),
        stages=dict.fromkeys(layers, stages),
        clusters={
            au: make_clusters(au, states[:, k]) for k, au in enumerate(aus) if (states[:, k] >= 0).any()
        },
    )


def make_clusters(au: str, column: NDArray[np.int16]) -> AUClusters:
    """Clusters as the states say; each look's prototype is a bright block of its own."""
    frames = np.flatnonzero(column >= 0).astype(np.int64)
    labels = column[frames].astype(np.int32)
    count = int(labels.max()) + 1
    rng = np.random.default_rng(0)
    embedding = np.stack([np.ones(len(frames)), labels - 0.5, np.linspace(-1, 1, len(frames))], axis=1)
    prototypes = np.zeros((count, CROP, CROP), np.float32)
    for look in range(count):
        prototypes[look, 20 + 30 * look : 40 + 30 * look, 30:60] = 1.0
    summary = ClusteringSummary(
        au=au,
        clusters=tuple(
            ClusterSummary(letter(k), int((labels == k).sum()), int(frames[labels == k][0]), 0.4)
            for k in range(count)
        ),
        count_from_spectrum=count,
        count_before_merge=count,
        too_few=False,
        stability=0.8,
        explained=dict.fromkeys(("yaw", "brightness", "blur", "time"), (0.1, 0.3)),
    )
    return AUClusters(
        summary=summary,
        frames=frames,
        labels=labels,
        eigenvalues=np.array([0.0, *np.linspace(0.05, 0.9, 4)]),
        embedding=(embedding + rng.normal(0, 0.05, embedding.shape)).astype(np.float32),
        prototypes=prototypes,
    )


def make_snapshot(frames: int = 300, aus: tuple[str, ...] = AUS, rate: float = 30.0) -> Snapshot:
    """A finished analysis; the last tenth of the video has no face."""
    states = make_states(frames, aus)
    seen = np.full(frames, FACE, np.int8)
    seen[frames - frames // 10 :] = NO_FACE
    states[seen == NO_FACE] = -2
    rng = np.random.default_rng(1)
    probabilities = np.where(states >= 0, 0.85, 0.15) + rng.uniform(-0.1, 0.1, states.shape)
    probabilities[seen == NO_FACE] = np.nan
    faced = seen == FACE
    times = np.arange(frames) / rate
    record = VideoRecord(
        path=str(Path("clip.mp4").resolve()),
        sha256="0" * 64,
        size=1,
        width=SIZE[0],
        height=SIZE[1],
        kind="video",
        codec="h264",
        time_base=(1, 1000),
        nominal_rate=rate,
        frames=frames,
        warnings=(),
    )
    per_frame = {
        name: np.where(faced, value, np.nan).astype(np.float32)
        for name, value in (
            ("yaw", 20 * np.sin(times)),
            ("pitch", 5.0),
            ("score", 0.95),
            ("brightness", 120.0),
            ("blur", 300.0),
        )
    }
    box = np.where(faced[:, None], np.array([220.0, 120.0, 150.0, 180.0]), np.nan).astype(np.float32)
    to_frame = np.where(faced[:, None, None], crop_to_frame(frames), np.nan)
    return Snapshot(
        path=Path("clip.tpv"),
        video=record,
        times=times,
        end=frames / rate,
        aus=aus,
        thresholds=np.full(len(aus), 0.5),
        chosen=frozenset(aus),
        experimental=frozenset({"AU04"} & set(aus)),
        card={"name": "sample", "version": "1", "aus": list(aus), "quality": {}, "input_size": [CROP, CROP]},
        provenance={"profile": "steady", "thresholds": dict.fromkeys(aus, 0.5), "model": "sample"},
        profile="steady",
        progress=dict.fromkeys(("faces", "track", "predict", "relevance"), (frames, frames)),
        complete=True,
        seen=seen,
        probabilities=probabilities.astype(np.float32),
        box=box,
        crop_to_frame=to_frame,
        tracks=(FaceTrack(0, int(faced.sum()), 0, frames // 2, (220.0, 120.0, 150.0, 180.0)),),
        face=0,
        result_sets={name: make_result_set(name, states, aus) for name in ("paper", "steady")},
        **per_frame,
    )


def partial(snapshot: Snapshot, done: int) -> Snapshot:
    """The same analysis while it runs: `done` frames are classified, nothing is clustered."""
    later = np.arange(snapshot.frames) >= done
    probabilities = snapshot.probabilities.copy()
    probabilities[later] = np.nan
    seen = np.where(later, UNKNOWN, snapshot.seen).astype(np.int8)
    progress = {"faces": (snapshot.frames, snapshot.frames), "predict": (done, snapshot.frames)}
    return replace(
        snapshot, probabilities=probabilities, seen=seen, complete=False, progress=progress, result_sets={}
    )


def make_video(snapshot: Snapshot, path: Path = Path("clip.mp4")) -> VideoInfo:
    """Index of the snapshot's video."""
    return VideoInfo(
        path=path,
        width=SIZE[0],
        height=SIZE[1],
        rotation=0,
        pts=np.round(snapshot.times * 90_000).astype(np.int64),
        time_base=Fraction(1, 90_000),
        nominal_rate=30.0,
        codec="h264",
        has_audio=False,
        kind="video",
    )
