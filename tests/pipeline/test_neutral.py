"""The neutral face of a person: which frames it is, and what depends on it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.models.networks import dense
from tests.models.tiny import AUS, tiny_card
from tests.pipeline.runs import results
from tpviewer.core.errors import ParameterError, SessionError
from tpviewer.media.source import open_source
from tpviewer.models.engine import Engine
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.network import Layer, Network
from tpviewer.models.protocols import AUEngine
from tpviewer.pipeline import analyze as module
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.explain_one import explain_one
from tpviewer.pipeline.neutral import neutral_crop
from tpviewer.pipeline.params import Params, fingerprint
from tpviewer.pipeline.progress import Event, Notice, StepProgress
from tpviewer.resources import resource
from tpviewer.store.codecs import decode_map, encode_map
from tpviewer.store.neutral_face import NeutralFace
from tpviewer.store.session import Session

PHANTOM = resource("phantom", "phantom.mp4")
FRAMES = 40
PARAMS = Params(max_frames=FRAMES, batch=16, aus=("AU12",))
SMILE = AUS.index("AU12")


class Light(AUEngine):
    """The lighter the face (than the neutral one, where there is one), the stronger every Action Unit.

    It counts crops that it is shown without and beside a neutral one.
    """

    def __init__(self) -> None:
        self.without = self.beside = 0

    def logits(self, crops, neutrals=None):
        self.without += len(crops) if neutrals is None else 0
        self.beside += 0 if neutrals is None else len(crops)
        levels = [crop.mean() for crop in self._compared(crops, neutrals)]
        return np.array([[level / 10 + au for au in range(len(AUS))] for level in levels], np.float32)

    def relevance(self, crops, au_index, neutrals=None):
        return (self._compared(crops, neutrals) * (au_index[:, None, None] + 1)).astype(np.float32)

    @staticmethod
    def _compared(crops, neutrals):
        return crops.astype(float) - (128.0 if neutrals is None else neutrals)

    def close(self) -> None:
        """Hold nothing."""


class Dark(Light):
    """Takes dark faces for smiles and every other one for a calm face."""

    def logits(self, crops, neutrals=None):
        found = np.full((len(crops), len(AUS)), -3.0, np.float32)
        found[crops.mean(axis=(1, 2)) < 60, SMILE] = 3.0
        return found


@dataclass(frozen=True)
class Bench:
    """Runs analyses without TensorFlow, from a session in which the faces are found."""

    package: ModelPackage
    started: Path

    def run(self, path: Path, engine: AUEngine | None = None, video=PHANTOM, stop_after=None, **changes):
        """Analyse, all or until an event; returns the events."""
        if video == PHANTOM and self.started.exists() and not path.exists():
            shutil.copy(self.started, path)
        told: list[Event] = []
        tools = Tools(engine=lambda *_: engine or Light())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "load_package", lambda path: self.package)
            with closing(analyze(video, path, replace(PARAMS, **changes), None, tools)) as events:
                for number, event in enumerate(events):
                    told.append(event)
                    if number == stop_after:
                        break
        return told


def package(channels: int, **changes: object) -> ModelPackage:
    side = 96
    layers = (Layer("Flatten", "flatten", {}), dense(1, side * side * channels, len(AUS)))
    card = tiny_card(channels=channels, **changes)
    return ModelPackage(Path("none"), card, Network((side, side, channels), layers), f"{channels} {changes}")


def crops_of(session: Session) -> np.ndarray:
    with open_source(PHANTOM) as source:
        to_frame = session.arrays.require("crop_to_frame")
        return np.stack([neutral_crop(source, to_frame, [frame], (96, 96), {}) for frame in range(FRAMES)])


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A model whose threshold of AU12 is crossed in the middle of the frames."""
    started = tmp_path_factory.mktemp("started") / "a.tpv"
    Bench(package(2), started).run(started, stop_after=3)
    with Session(started) as session:
        logits = Light().logits(crops_of(session))[:, SMILE]
    middle = float(np.median(1 / (1 + np.exp(-logits.astype(float)))))
    return Bench(package(2, thresholds=(0.5, 0.5, middle)), started)


@pytest.fixture(scope="module")
def plain(bench: Bench) -> Bench:
    """The same with a model that is shown the frame alone."""
    return Bench(package(1), bench.started)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, bench: Bench) -> Path:
    path = tmp_path_factory.mktemp("found") / "a.tpv"
    bench.run(path)
    return path


def known(path: Path) -> dict[str, object]:
    with Session(path) as session:
        return results(path) | {"neutral": session.neutral}


def test_the_calmer_half_of_the_calm_frames_is_the_neutral_face(found, bench):
    with Session(found) as session:
        logit, neutral = Light().logits(crops_of(session))[:, SMILE], session.neutral
    threshold = bench.package.card.thresholds[SMILE]
    calm = np.flatnonzero(logit < np.log(threshold / (1 - threshold)))
    assert 10 < len(calm) < 30
    expected = sorted(calm[np.argsort(logit[calm], kind="stable")[: -(-len(calm) // 2)]].tolist())
    assert neutral == NeutralFace("found", tuple(expected))


def test_every_frame_is_classified_beside_the_median_of_its_frames(found):
    with Session(found) as session:
        crops, logits = crops_of(session), session.logits()
        median = np.median(crops[list(session.neutral.frames)], axis=0)
    neutrals = np.broadcast_to(np.rint(median).astype(np.uint8), crops.shape)
    np.testing.assert_array_equal(logits, Light().logits(crops, neutrals))
    assert not np.allclose(logits, Light().logits(crops))


@pytest.fixture(scope="module")
def network(bench: Bench) -> Iterator[Engine]:
    engine = Engine(bench.package)
    yield engine
    engine.close()


def test_a_network_is_shown_it_as_the_second_channel(bench, network, tmp_path):
    path = tmp_path / "a.tpv"

    class Lent(Light):
        def logits(self, crops, neutrals=None):
            return network.logits(crops, neutrals)

        def relevance(self, crops, au_index, neutrals=None):
            return network.relevance(crops, au_index, neutrals)

    bench.run(path, Lent(), neutral=(30, 34))
    with open_source(PHANTOM) as source, Session(path) as session:
        crops = crops_of(session)
        neutrals = np.broadcast_to(np.rint(np.median(crops[30:34], axis=0)).astype(np.uint8), crops.shape)
        np.testing.assert_array_equal(session.logits(), network.logits(crops, neutrals))
        au, frame = min(session.relevance.stored(0, FRAMES))
        stored = session.relevance.get(au, frame)
        again = decode_map(*encode_map(explain_one(source, session, network, frame, AUS[au])))
        np.testing.assert_allclose(again, stored, atol=1e-3 * np.abs(stored).max())


@pytest.mark.parametrize("stop_after", [0, 3, 5, 7])
def test_a_stopped_analysis_goes_on_to_the_same_bytes(found, bench, tmp_path, stop_after):
    path = tmp_path / "b.tpv"
    bench.run(path, stop_after=stop_after)
    watching = Light()
    bench.run(path, watching)
    assert watching.without == max(0, FRAMES - 16 * (stop_after + 1))
    assert known(path) == known(found)


@pytest.mark.parametrize("batch", [1])
def test_the_batch_size_changes_no_byte(found, bench, tmp_path, batch):
    bench.run(tmp_path / "b.tpv", batch=batch)
    assert known(tmp_path / "b.tpv") == known(found)


def test_a_finished_analysis_asks_nothing_again(found, bench):
    watching = Light()
    bench.run(found, watching)
    assert (watching.without, watching.beside) == (0, 0)


def test_progress_counts_the_samples_and_the_choice(bench, tmp_path):
    told = bench.run(tmp_path / "a.tpv")
    counted = [(e.done, e.total) for e in told if isinstance(e, StepProgress) and e.step == "neutral"]
    assert counted == [(16, 41), (32, 41), (40, 41), (41, 41)]


def test_another_mark_classifies_again_and_detects_nothing_again(found, bench, tmp_path):
    path = tmp_path / "a.tpv"
    bench.run(path)
    watching = Light()
    told = bench.run(path, watching, neutral=(30, 34))
    assert (watching.without, watching.beside) == (0, FRAMES)
    assert not [e for e in told if isinstance(e, StepProgress) and e.step in ("faces", "track")]
    bench.run(tmp_path / "fresh.tpv", neutral=(30, 34))
    assert known(path) == known(tmp_path / "fresh.tpv")
    assert known(path)["neutral"] == NeutralFace("marked", (30, 31, 32, 33))
    assert known(path)["logits"] != known(found)["logits"]


def test_taking_the_mark_away_gives_the_first_results_again(found, bench, tmp_path):
    path = tmp_path / "a.tpv"
    bench.run(path, neutral=(30, 34))
    bench.run(path)
    assert known(path) == known(found)


def test_a_threshold_of_the_user_does_not_change_the_neutral_face(found, bench, tmp_path):
    path = tmp_path / "a.tpv"
    bench.run(path)
    watching = Light()
    bench.run(path, watching, thresholds={"AU12": 0.9})
    assert (watching.without, watching.beside) == (0, 0)
    assert known(path)["neutral"] == known(found)["neutral"]


def test_a_mark_without_a_face_is_refused(bench, tmp_path):
    with pytest.raises(ParameterError, match="no face is seen in frames 500 to 509"):
        bench.run(tmp_path / "a.tpv", neutral=(500, 510))


@pytest.mark.parametrize("stretch", [(5, 5), (9, 3), (-1, 4)])
def test_a_mark_that_is_no_stretch_is_refused(stretch):
    with pytest.raises(ParameterError, match="START-STOP"):
        Params(neutral=stretch)


def test_who_smiles_throughout_gets_no_neutral_face(bench, tmp_path):
    class Smiling(Light):
        def logits(self, crops, neutrals=None):
            found = super().logits(crops, neutrals)
            found[:, SMILE] = 3.0
            return found

    smiling = Smiling()
    told = bench.run(tmp_path / "a.tpv", smiling)
    assert [e.message for e in told if isinstance(e, Notice) and "no calm stretch" in e.message]
    assert (smiling.without, smiling.beside) == (2 * FRAMES, 0)
    with Session(tmp_path / "a.tpv") as session:
        assert session.neutral == NeutralFace("none")
        assert session.provenance["neutral"] == {"how": "none", "frames": []}


def pictures(folder: Path, dark: range, number: int) -> Path:
    """Images of the phantom, some of them dark."""
    folder.mkdir()
    with open_source(PHANTOM) as source:
        for frame, picture in source.frames(0, number):
            shown = picture // 3 if frame in dark else picture
            cv2.imwrite(str(folder / f"{frame:04d}.png"), np.ascontiguousarray(shown[..., ::-1]))
    return folder


def test_a_folder_of_pictures_that_starts_neutral_finds_it(bench, tmp_path):
    video = pictures(tmp_path / "S001", range(6, 12), 12)
    bench.run(tmp_path / "a.tpv", Dark(), video)
    with Session(tmp_path / "a.tpv") as session:
        assert session.neutral == NeutralFace("found", (0, 1, 2))


def test_a_folder_without_a_calm_start_and_a_single_picture_have_none(bench, tmp_path):
    video = pictures(tmp_path / "S001", range(4, 12), 12)
    for number, path in enumerate((video, video / "0000.png")):
        bench.run(tmp_path / f"{number}.tpv", Dark(), path)
        with Session(tmp_path / f"{number}.tpv") as session:
            assert session.neutral == NeutralFace("none")


def test_an_explanation_needs_the_neutral_face(bench, tmp_path):
    path = tmp_path / "a.tpv"
    bench.run(path, stop_after=1)
    missing = pytest.raises(SessionError, match="neutral face is not known yet")
    with open_source(PHANTOM) as source, Session(path) as session, missing:
        explain_one(source, session, Light(), 0, "AU12")


def test_no_picture_of_the_neutral_face_is_stored(found):
    with closing(sqlite3.connect(found)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM array")]
        assert database.execute("SELECT count(*) FROM crop").fetchone() == (0,)
    assert not [name for name in names if name.startswith("neutral")]


def test_a_model_of_the_frame_alone_takes_no_neutral_face(plain, tmp_path):
    path, watching = tmp_path / "a.tpv", Light()
    told = plain.run(path, watching, neutral=(0, 5))
    assert (watching.without, watching.beside) == (FRAMES, 0)
    assert [e.message for e in told if isinstance(e, Notice) and "changes nothing" in e.message]
    with Session(path) as session:
        assert session.neutral is None
        assert session.steps.get("neutral") is None
        track = session.steps.get("track").content
        assert session.steps.get("predict").content == fingerprint("predict", track, plain.package.sha256)
        assert "neutral" not in session.provenance


def test_a_session_goes_from_one_kind_of_model_to_the_other_and_back(found, bench, plain, tmp_path):
    path = tmp_path / "a.tpv"
    bench.run(path)
    plain.run(path)
    with Session(path) as session:
        assert session.neutral is None
    bench.run(path)
    assert known(path) == known(found)
