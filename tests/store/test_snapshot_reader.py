"""A snapshot follows a session while it grows, reads nothing twice, and says what is not known yet."""

from pathlib import Path

import numpy as np
import pytest

from tests.models.tiny import build_tiny_package
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import StepProgress
from tpviewer.resources import resource
from tpviewer.store.session import Session
from tpviewer.store.snapshot import FACE, UNKNOWN
from tpviewer.store.snapshot_reader import SnapshotReader

VIDEO = resource("phantom", "phantom.mp4")
FRAMES = 48


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", seed=3)


def test_a_running_analysis_is_followed(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.tpv"
    counts: dict[str, list[int]] = {"faces": [], "explain": []}
    reader = None
    for event in analyze(VIDEO, path, Params(max_frames=FRAMES, batch=16), model):
        if not isinstance(event, StepProgress) or event.step not in counts:
            continue
        reader = reader or SnapshotReader(path)
        snapshot = reader.read()
        known = (
            (snapshot.seen != UNKNOWN) if event.step == "faces" else np.isfinite(snapshot.probabilities[:, 0])
        )
        assert known[: event.done].all()
        assert not known[event.done :].any()
        assert not snapshot.result_sets
        counts[event.step].append(event.done)
    assert reader is not None
    assert counts == {"faces": [16, 32, 48], "explain": [16, 32, 48]}
    final = reader.read()
    assert final.complete
    assert set(final.result_sets) == {"paper", "steady"}
    assert reader.read() is final
    reader.close()


def test_a_snapshot_holds_what_the_session_holds(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.tpv"
    for _ in analyze(VIDEO, path, Params(max_frames=FRAMES), model):
        pass
    with SnapshotReader(path) as reader, Session(path) as session:
        snapshot = reader.read()
        np.testing.assert_allclose(
            snapshot.probabilities, 1 / (1 + np.exp(-session.logits().astype(float))), rtol=1e-6
        )
        for profile in ("paper", "steady"):
            shown = snapshot.shown(profile)
            assert shown is not None
            assert list(shown.stages["absorbed"]) == session.stages(profile=profile)
            np.testing.assert_array_equal(shown.states["raw"], session.states("raw", profile))
            for au, clusters in shown.clusters.items():
                np.testing.assert_array_equal(clusters.prototypes, session.prototypes(au, profile))
        assert snapshot.face == 0
        assert snapshot.tracks[0].frames == int((snapshot.seen == FACE).sum())


def test_a_snapshot_that_was_handed_out_does_not_change(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.tpv"
    early = None
    with SnapshotReader(_begun(path, model)) as reader:
        early = reader.read()
        before = early.probabilities.copy()
        for _ in analyze(VIDEO, path, Params(max_frames=FRAMES, batch=16), model):
            pass
        assert np.isfinite(reader.read().probabilities).sum() > np.isfinite(before).sum()
    np.testing.assert_array_equal(early.probabilities, before)


def _begun(path: Path, model: Path) -> Path:
    """A session whose analysis was stopped amid the explanations."""
    for event in analyze(VIDEO, path, Params(max_frames=FRAMES, batch=16), model):
        if isinstance(event, StepProgress) and event.step == "explain":
            break
    return path


def test_stages_made_with_other_parameters_are_not_shown(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.tpv"
    for _ in analyze(VIDEO, path, Params(max_frames=FRAMES), model):
        pass
    with SnapshotReader(path) as reader:
        before = reader.read()
        assert set(before.result_sets) == {"paper", "steady"}
        for event in analyze(VIDEO, path, Params(max_frames=FRAMES, thresholds={"AU12": 0.9}), model):
            if isinstance(event, StepProgress):
                break
        stopped = reader.read()
        assert not stopped.complete
        assert stopped.result_sets == {}
        for _ in analyze(VIDEO, path, Params(max_frames=FRAMES), model):
            pass
        after = reader.read()
    for name, results in after.result_sets.items():
        assert results.stages == before.result_sets[name].stages
        for layer, states in results.states.items():
            np.testing.assert_array_equal(states, before.result_sets[name].states[layer])
