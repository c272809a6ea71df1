"""Action Units that take no part are classified, but never active, explained or clustered."""

import shutil
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.models.tiny import AUS, build_tiny_package
from tests.pipeline.curated import PARAMS, run
from tests.pipeline.runs import results
from tpviewer.core.errors import ParameterError
from tpviewer.core.tracking import FaceObservation
from tpviewer.models.engine import Engine
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.pipeline.basis import Basis
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.params import Params, default_profiles
from tpviewer.store.session import LAYERS, PROFILES, Session, VideoRecord

ONE = replace(PARAMS, aus=("AU12",))
TWO = replace(PARAMS, aus=("AU12", "AU01"))


@dataclass
class Counted:
    """What an analysis asked of its tools."""

    detected: int = 0
    engines: int = 0
    classified: int = 0
    explained: set[int] = field(default_factory=set)

    def tools(self) -> Tools:
        counted = self

        class Detector(FaceMeshDetector):
            def detect(self, rgb: NDArray[np.uint8]) -> list[FaceObservation]:
                counted.detected += 1
                return super().detect(rgb)

        class CountedEngine(Engine):
            def __init__(self, *args: object) -> None:
                counted.engines += 1
                super().__init__(*args)

            def logits(
                self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
            ) -> NDArray[np.float32]:
                counted.classified += len(crops)
                return super().logits(crops, neutrals)

            def relevance(
                self,
                crops: NDArray[np.uint8],
                au_index: NDArray[np.int_],
                neutrals: NDArray[np.uint8] | None = None,
            ) -> NDArray[np.float32]:
                counted.explained.update(au_index.tolist())
                return super().relevance(crops, au_index, neutrals)

        return Tools(detector=Detector, engine=CountedEngine)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", seed=3)


@pytest.fixture(scope="module")
def all_of_them(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    path = tmp_path_factory.mktemp("all") / "a.tpv"
    run(path, model)
    return path


@pytest.fixture(scope="module")
def only_one(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    path = tmp_path_factory.mktemp("one") / "a.tpv"
    run(path, model, ONE)
    return path


def counted_run(path: Path, model: Path, params: Params) -> Counted:
    counted = Counted()
    run(path, model, params, counted.tools())
    return counted


def test_only_the_chosen_are_active_explained_and_clustered(only_one: Path) -> None:
    with Session(only_one) as session:
        assert np.isfinite(session.logits()).all()
        assert [len(session.relevance.frames(index)) > 0 for index in range(3)] == [False, False, True]
        for profile in PROFILES:
            assert session.clusterings(profile).keys() == {"AU12"}
            assert session.columns(profile) == AUS
            for layer in LAYERS:
                states = session.states(layer, profile)
                assert (states[:, :2] == -1).all()
                assert (states[:, 2] >= 0).all()


def test_the_session_says_which_take_part(only_one: Path, all_of_them: Path) -> None:
    with Session(only_one) as session:
        assert session.chosen == {"AU12"}
        assert session.provenance["aus"] == ["AU12"]
        assert session.provenance["relevance_floors"].keys() == {"AU12"}
        assert session.provenance["thresholds"].keys() == set(AUS)
    with Session(all_of_them) as session:
        assert session.provenance["aus"] == list(AUS)


def test_an_older_session_that_does_not_say_means_all(all_of_them: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(all_of_them, tmp_path / "a.tpv"))
    with Session(path, writable=True) as session:
        provenance = session.provenance
        del provenance["aus"]
        session.meta.put("provenance", provenance)
        assert session.chosen == set(AUS)


def test_one_more_explains_that_one_and_nothing_else(only_one: Path, model: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(only_one, tmp_path / "a.tpv"))
    assert counted_run(path, model, TWO) == Counted(0, 1, 0, {AUS.index("AU01")})
    run(tmp_path / "fresh.tpv", model, TWO)
    assert results(path) == results(tmp_path / "fresh.tpv")


def test_fewer_and_all_again_need_no_model(all_of_them: Path, model: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(all_of_them, tmp_path / "a.tpv"))
    before = results(path)
    assert counted_run(path, model, ONE) == Counted()
    with Session(path) as session:
        assert session.clusterings().keys() == {"AU12"}
    assert counted_run(path, model, PARAMS) == Counted()
    assert results(path) == before


def test_naming_all_is_the_same_as_naming_none(all_of_them: Path, model: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(all_of_them, tmp_path / "a.tpv"))
    with Session(path) as session:
        before = {name: session.steps.get(name) for name in ("relevance", "cluster/paper", "stages/steady")}
    assert counted_run(path, model, replace(PARAMS, aus=AUS[::-1])) == Counted()
    with Session(path) as session:
        assert {name: session.steps.get(name) for name in before} == before


def test_an_unknown_action_unit_is_refused_with_the_known_ones(model: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="does not know AU99; it knows AU01, AU06, AU12"):
        run(tmp_path / "a.tpv", model, replace(PARAMS, aus=("AU12", "AU99")))


def test_at_least_one_takes_part() -> None:
    with pytest.raises(ParameterError, match="no Action Unit is chosen"):
        Params(aus=())


@pytest.mark.parametrize(("chosen", "closed"), [({"AU45"}, True), ({"AU12"}, False)])
def test_closed_eyes_that_are_read_off_blinks_take_part_with_them(
    tmp_path: Path, chosen: set[str], closed: bool
) -> None:
    aus, frames = ("AU12", "AU45"), 60
    record = VideoRecord("a", "", 0, 8, 8, "video", "", (1, 30), 30.0, frames, ())
    with Session(tmp_path / "a.tpv", writable=True) as session:
        session.meta.put("video", asdict(record))
        session.meta.put("model", {"aus": aus})
        session.arrays.put("pts", np.arange(frames))
        session.arrays.put("end", np.array([frames / 30]))
        session.arrays.put("seen", np.ones(frames, bool))
        session.predictions.add(range(frames), np.full((frames, 2), 5, np.float32))
        rules = default_profiles()["steady"]
        found = Basis(session, "steady", rules, aus, (0.5, 0.5), frozenset(chosen)).activity()
    assert found.aus == ("AU12", "AU45", "AU43")
    assert found.smoothed[:, 2].all() == closed
    assert found.smoothed[:, 2].any() == closed
    assert found.smoothed[:, 0].all() != closed
