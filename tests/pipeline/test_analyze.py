"""The generator runs what is missing, and nothing but the parameters decides a result."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.models.tiny import build_tiny_package
from tests.pipeline.runs import results
from tpviewer.core.errors import SessionError
from tpviewer.core.spray import SprayParams
from tpviewer.core.tracking import FaceObservation
from tpviewer.media.source import open_source
from tpviewer.models.engine import Engine
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.protocols import AUEngine
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.params import Params, default_profiles
from tpviewer.pipeline.progress import Event, StepProgress
from tpviewer.resources import resource
from tpviewer.store.session import Session

PHANTOM = resource("phantom", "phantom.mp4")
FRAMES = 48


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights, but thresholds about which their probabilities move."""
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", seed=3)


@dataclass
class Counting:
    """Tools that count what they are asked to do."""

    detected: int = 0
    classified: int = 0
    explained: list[int] = field(default_factory=list)

    def tools(self) -> Tools:
        counting = self

        class Detector(FaceMeshDetector):
            def detect(self, rgb: NDArray[np.uint8]) -> list[FaceObservation]:
                counting.detected += 1
                return super().detect(rgb)

        class CountingEngine(Engine):
            def logits(
                self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
            ) -> NDArray[np.float32]:
                counting.classified += len(crops)
                return super().logits(crops, neutrals)

            def relevance(
                self,
                crops: NDArray[np.uint8],
                au_index: NDArray[np.int_],
                neutrals: NDArray[np.uint8] | None = None,
            ) -> NDArray[np.float32]:
                counting.explained += au_index.tolist()
                return super().relevance(crops, au_index, neutrals)

        def engine(package: ModelPackage, preset: str, relevance_engine: str) -> AUEngine:
            return CountingEngine(package, preset, relevance_engine)

        return Tools(detector=Detector, engine=engine)


Run = Callable[..., Counting]


@pytest.fixture
def run(tmp_path: Path, model: Path) -> Run:
    def call(name: str = "a", stop_after: int | None = None, **changes: object) -> Counting:
        counting = Counting()
        params = replace(Params(max_frames=FRAMES, batch=16), **changes)
        events = analyze(PHANTOM, tmp_path / f"{name}.tpv", params, model, counting.tools())
        for number, _ in enumerate(events):
            if number == stop_after:
                events.close()
                break
        return counting

    return call


def test_the_same_video_twice_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    run("a")
    run("b")
    assert results(tmp_path / "a.tpv") == results(tmp_path / "b.tpv")


@pytest.mark.parametrize("batch", [1, 7, 32, 1000])
def test_the_batch_size_changes_no_byte(run: Run, tmp_path: Path, batch: int) -> None:
    run("a")
    run("b", batch=batch)
    assert results(tmp_path / "a.tpv") == results(tmp_path / "b.tpv")


@pytest.mark.parametrize("stop_after", [0, 2, 3, 5, 8, 9])
def test_a_stopped_analysis_goes_on_to_the_same_bytes(run: Run, tmp_path: Path, stop_after: int) -> None:
    run("a")
    run("b", stop_after=stop_after)
    run("b")
    assert results(tmp_path / "a.tpv") == results(tmp_path / "b.tpv")


def test_a_finished_analysis_does_nothing_again(run: Run) -> None:
    first, second = run(), run()
    assert first.detected == FRAMES
    assert first.explained
    assert second == Counting()


def test_another_threshold_detects_and_classifies_nothing_again(run: Run, tmp_path: Path) -> None:
    run()
    before = results(tmp_path / "a.tpv")
    with Session(tmp_path / "a.tpv") as session:
        middle = float(np.median(session.frame_table()["AU06_p"]))
    again = run(thresholds={"AU06": middle})
    assert again == Counting()
    assert results(tmp_path / "a.tpv") != before
    run("fresh", thresholds={"AU06": middle})
    assert results(tmp_path / "a.tpv") == results(tmp_path / "fresh.tpv")


def test_a_threshold_below_the_floor_computes_only_the_missing_relevance(run: Run, tmp_path: Path) -> None:
    run()
    again = run(thresholds={"AU12": 0.1})
    assert again.detected == 0
    assert again.classified == 0
    run("fresh", thresholds={"AU12": 0.1})
    assert results(tmp_path / "a.tpv") == results(tmp_path / "fresh.tpv")


def test_another_preset_explains_again_and_nothing_else(run: Run) -> None:
    first = run()
    again = run(preset="lrp.epsilon")
    assert (again.detected, again.classified) == (0, 0)
    assert again.explained == first.explained


def test_another_cluster_rule_only_clusters(run: Run, tmp_path: Path) -> None:
    run()
    profiles = default_profiles()
    steady = replace(profiles["steady"], spray=replace(SprayParams.steady(), tau=0.6, merge_cosine=None))
    assert run(profiles={**profiles, "steady": steady}) == Counting()
    with Session(tmp_path / "a.tpv") as session:
        assert session.provenance["parameters"]["profiles"]["steady"]["spray"]["tau"] == 0.6


def test_more_frames_keep_the_faces_that_were_found(run: Run, tmp_path: Path) -> None:
    run(max_frames=32)
    assert run(max_frames=FRAMES).detected == FRAMES - 32
    run("fresh")
    assert results(tmp_path / "a.tpv") == results(tmp_path / "fresh.tpv")


def test_fewer_frames_are_as_if_there_were_no_more(run: Run, tmp_path: Path) -> None:
    run()
    run(max_frames=32)
    run("fresh", max_frames=32)
    assert results(tmp_path / "a.tpv") == results(tmp_path / "fresh.tpv")


def test_another_video_is_not_written_into_the_session(run: Run, tmp_path: Path, model: Path) -> None:
    run()
    before = results(tmp_path / "a.tpv")
    other = resource("phantom", "two_people.mp4")
    with pytest.raises(SessionError, match="belongs to another video"):
        next(analyze(other, tmp_path / "a.tpv", Params(max_frames=4), model))
    assert results(tmp_path / "a.tpv") == before


def test_progress_counts_up_to_every_step_s_total(tmp_path: Path, model: Path) -> None:
    events: list[Event] = list(analyze(PHANTOM, tmp_path / "a.tpv", Params(max_frames=20, batch=8), model))
    progress = [event for event in events if isinstance(event, StepProgress)]
    assert [e.done for e in progress if e.step == "faces"] == [8, 16, 20]
    assert [e.done for e in progress if e.step == "explain"] == [16, 20]
    for step in ("faces", "track", "explain", "ground", "cluster", "stages"):
        last = [e for e in progress if e.step == step][-1]
        assert last.done == last.total
        assert last.seconds_left == 0


def test_the_clock_is_the_video_s(tmp_path: Path, model: Path) -> None:
    for _ in analyze(PHANTOM, tmp_path / "a.tpv", Params(max_frames=5), model):
        pass
    with open_source(PHANTOM) as source, Session(tmp_path / "a.tpv") as session:
        np.testing.assert_array_equal(session.times, source.info.times[:5])
        assert session.end == source.info.times[5]
