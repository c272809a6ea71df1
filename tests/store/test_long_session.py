"""A session of two hours opens at once: nothing is made that nobody asked for."""

import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from tpviewer.core.stages import stages_from_states
from tpviewer.core.tracking import choose_track
from tpviewer.pipeline.params import Params
from tpviewer.store.face_tracks import put_tracks, stored_tracks, tracks_of
from tpviewer.store.faces import FaceColumns
from tpviewer.store.relevance import GROUNDING_BLOCK
from tpviewer.store.session import LAYERS, PROFILES, Session, VideoRecord
from tpviewer.store.snapshot_reader import SnapshotReader
from tpviewer.store.steps import StepState

FRAMES = 216_000
AUS = ("AU01", "AU12", "AU25")
STAGE = 12


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.tpv"
    with Session(path, writable=True) as opened, opened.transaction():
        _put_video(opened)
        _put_results(opened)
    return path


def _put_video(session: Session) -> None:
    record = VideoRecord("v.mp4", "", 0, 64, 64, "video", "", (1, 30), 30.0, FRAMES, ())
    session.meta.put("video", asdict(record))
    session.meta.put("model", {"aus": AUS, "channels": 1})
    rules = {"thresholds": dict.fromkeys(AUS, 0.5), "profile": "steady", "parameters": asdict(Params())}
    session.meta.put("provenance", rules)
    session.meta.put("complete", True)
    session.arrays.put("pts", np.arange(FRAMES))
    session.arrays.put("end", np.array([FRAMES / 30]))
    session.arrays.put("seen", np.ones(FRAMES, bool))
    session.arrays.put("crop_to_frame", np.zeros((FRAMES, 2, 3)))
    for name, width in (("score", 1), ("brightness", 1), ("blur", 1), ("pose", 3), ("box", 4)):
        values = np.ones((FRAMES, width), np.float32)
        session.arrays.put(f"track/{name}", values if width > 1 else values[:, 0])
    put_tracks(session.arrays, _faces(FRAMES), np.zeros(FRAMES, np.int64))
    session.predictions.add(range(FRAMES), np.zeros((FRAMES, len(AUS)), np.float32))
    for name in ("faces", "track", "predict", "relevance", "ground", *(f"stages/{p}" for p in PROFILES)):
        session.steps.put(name, StepState(name, "", FRAMES, FRAMES))


def _put_results(session: Session) -> None:
    number = np.arange(FRAMES) // STAGE
    states = np.stack([np.where(number % 3 > k - 1, number % 2, -1) for k in range(3)], axis=1).astype(
        np.int16
    )
    stages = stages_from_states(states, AUS)
    for first in range(0, FRAMES, GROUNDING_BLOCK):
        values = np.full((min(GROUNDING_BLOCK, FRAMES - first), len(AUS)), 0.25, np.float16)
        session.relevance.put_grounding(first, values)
    for profile in PROFILES:
        session.meta.put(f"columns/{profile}", AUS)
        for kind in ("raw", "smoothed"):
            session.arrays.put(f"{profile}/activity/{kind}", states >= 0)
        for layer in LAYERS:
            session.arrays.put(f"{profile}/states/{layer}", states)
            session.results.put_stages(profile, layer, stages)


def _faces(count: int) -> FaceColumns:
    ones = np.ones((count, 4), np.float32)
    numbers = np.arange(count)
    return FaceColumns(numbers, 0 * numbers, ones, ones[:, 0], ones[:, :3], ones[:, 0], ones[:, 0])


@pytest.mark.alone
def test_it_is_read_in_a_second_of_processor_time(session: Path) -> None:
    with SnapshotReader(session) as reader:
        began = time.thread_time()
        snapshot = reader.read()
        assert time.thread_time() - began < 1.0
    assert snapshot.frames == FRAMES


def test_what_was_left_for_later_is_what_the_session_holds(session: Path) -> None:
    with SnapshotReader(session) as reader, Session(session) as opened:
        snapshot = reader.read()
        for profile in PROFILES:
            shown = snapshot.shown(profile)
            assert shown is not None
            for layer in LAYERS:
                assert list(shown.stages[layer]) == opened.stages(layer, profile)
                assert len(shown.stage_grounding[layer]) == FRAMES // STAGE
            key = shown.stages["raw"][2].key
            assert shown.elsewhere("raw")[2] == {au for au, _ in key} != set()
            assert "other" not in shown.stages


def test_faces_are_told_as_if_each_had_been_read() -> None:
    columns, tracks = _faces(7), np.array([0, 0, 1, 1, 1, 0, 1])
    columns.box[4, 2:] = 5
    kept = {}

    class Arrays:
        def put(self, name: str, array: np.ndarray) -> None:
            kept[name] = array

        def get(self, name: str) -> np.ndarray | None:
            return kept.get(name)

    assert stored_tracks(Arrays()) is None
    put_tracks(Arrays(), columns, tracks)
    found = stored_tracks(Arrays())
    assert found is not None
    assert found == (tracks_of(columns, tracks), choose_track(tracks, columns.box[:, 2] * columns.box[:, 3]))
    assert [track.frames for track in found[0]] == [3, 4]
    assert found[0][1].largest == 4
