"""Grounding is measured where a map is, in the Action Unit's region of that frame's face, once."""

from dataclasses import replace
from pathlib import Path
from shutil import copy
from unittest.mock import patch

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.models.tiny import build_tiny_package
from tpviewer.core.alignment import apply, invert
from tpviewer.core.grounding import grounding
from tpviewer.core.regions import MESH_POINTS, region_mask
from tpviewer.export.figure import draw
from tpviewer.export.stage_tiles import open_video, stage_tiles
from tpviewer.export.summary import summary
from tpviewer.export.tables import frame_table, stage_table
from tpviewer.models.model_package import ModelPackage
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import StepProgress
from tpviewer.resources import resource
from tpviewer.store.session import Session
from tpviewer.store.snapshot_reader import SnapshotReader

VIDEO = resource("phantom", "phantom.mp4")
AUS = ("AU01", "AU25", "AU38")
FRAMES = 68
MOUTH = slice(67, 71), slice(45, 52)
"""Rows and columns of the crop in which a closed mouth lies."""


class ByTheMouth:
    """An engine that sees every Action Unit in most frames and always explains it by the mouth."""

    explained = 0

    def logits(
        self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
    ) -> NDArray[np.float32]:
        certain = crops.mean(axis=(1, 2)) > 0  # an empty crop has no face
        return np.where(certain[:, None], np.array([3.0, 3.0, 3.0]), -3.0).astype(np.float32)

    def relevance(
        self,
        crops: NDArray[np.uint8],
        au_index: NDArray[np.int_],
        neutrals: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.float32]:
        ByTheMouth.explained += len(crops)
        maps = np.full((len(crops), 96, 96), -0.1, np.float32)
        maps[:, *MOUTH] = 1.0 + crops[:, *MOUTH] / 255
        return maps

    def close(self) -> None:
        pass


def by_the_mouth(package: ModelPackage, preset: str, relevance_engine: str) -> ByTheMouth:
    return ByTheMouth()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", aus=AUS)


def run(path: Path, model: Path, stop_after: int | None = None, **changes: object) -> list[StepProgress]:
    """Analyse, and leave after so many events of the step that measures grounding."""
    events = analyze(
        VIDEO, path, replace(Params(max_frames=FRAMES), **changes), model, Tools(engine=by_the_mouth)
    )
    measured: list[StepProgress] = []
    for event in events:
        if isinstance(event, StepProgress) and event.step == "ground":
            measured.append(event)
            if len(measured) == stop_after:
                events.close()
                break
    return measured


@pytest.fixture(scope="module")
def session(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ground") / "a.tpv"
    assert [event.done for event in run(path, model)] == [64, FRAMES]
    return path


@pytest.fixture
def old(session: Path, tmp_path: Path) -> Path:
    """A session as an older version left it: all but the grounding."""
    path = Path(copy(session, tmp_path / "old.tpv"))
    with Session(path, writable=True) as opened, opened.transaction() as connection:
        connection.execute("DELETE FROM step WHERE name = 'ground'")
        opened.relevance.clear_grounding()
    return path


def stored(path: Path) -> NDArray[np.float16]:
    with Session(path) as opened:
        values = opened.grounding()
        assert values is not None
        return values


def test_maps_at_the_mouth_are_grounded_for_the_lips_and_not_for_the_brow(session: Path) -> None:
    values = stored(session).astype(float)
    assert np.nanmin(values[:, AUS.index("AU25")]) > 0.9
    assert np.nanmax(values[:, AUS.index("AU01")]) < 0
    assert np.isnan(values[:, AUS.index("AU38")]).all()  # no region is known for it


def test_every_map_is_measured_on_its_own_frame_s_mesh(session: Path) -> None:
    values = stored(session)
    with Session(session) as opened:
        to_frame = opened.arrays.require("crop_to_frame")
        for index, au in enumerate(AUS[:2]):
            frames = opened.relevance.frames(index)
            assert len(frames) == FRAMES
            np.testing.assert_array_equal(np.flatnonzero(~np.isnan(values[:, index])), frames)
            for frame in frames[::13].tolist():
                mesh = apply(invert(to_frame[frame]), opened.faces.at(frame)[0].mesh[:MESH_POINTS])
                relevance = opened.relevance.get(index, frame)
                assert relevance is not None
                expected = grounding(relevance, region_mask(au, mesh, relevance.shape))
                assert float(values[frame, index]) == pytest.approx(expected, abs=1e-3)


def test_a_stopped_measurement_goes_on_to_the_same_bytes(session: Path, old: Path, model: Path) -> None:
    with patch.object(ByTheMouth, "explained", 0):
        assert [event.done for event in run(old, model, stop_after=1)] == [64]
        with Session(old) as opened:
            assert opened.grounding() is None
        assert [event.done for event in run(old, model, batch=16)] == [FRAMES]
        assert ByTheMouth.explained == 0
    assert stored(old).tobytes() == stored(session).tobytes()
    assert run(old, model) == []


def test_other_relevance_is_measured_again(session: Path, model: Path, tmp_path: Path) -> None:
    path = Path(copy(session, tmp_path / "c.tpv"))
    assert [event.done for event in run(path, model, preset="lrp.epsilon")] == [64, FRAMES]
    with Session(path, writable=True) as opened, opened.transaction():
        opened.relevance.clear()
        assert np.isnan(opened.relevance.grounding(len(AUS), 0, FRAMES)).all()


def test_summary_and_tables_tell_what_can_be_computed_from_the_stored_values(session: Path) -> None:
    values = stored(session).astype(float)
    with Session(session) as opened:
        told, frames, stages = summary(opened), frame_table(opened), stage_table(opened)
    assert any(stage["grounding"] for stage in told["stages"])
    for number, stage in enumerate(told["stages"]):
        part = values[stage["start"] : stage["stop"]]
        for au, value in stage["grounding"].items():
            column = part[:, AUS.index(au)]
            assert value == pytest.approx(np.nanmean(column), abs=1e-5)
            assert stage["grounding_measured"][au] == pytest.approx(np.isfinite(column).mean(), abs=1e-5)
            assert stages[f"{au}_grounding"][number] == pytest.approx(value, abs=1e-3)
        assert stage["looks_elsewhere"] == [au for au in stage["grounding"] if au == "AU01"]
        assert stages["looks_elsewhere"][number] == ", ".join(stage["looks_elsewhere"])
    by_name = {au["name"]: au for au in told["aus"]}
    assert (by_name["AU01"]["looks_elsewhere"], by_name["AU25"]["looks_elsewhere"]) == (True, False)
    assert by_name["AU38"]["grounding"] is None
    np.testing.assert_allclose(frames["AU25_grounding"], values[:, 1], atol=1e-3)


def test_a_session_of_an_older_version_says_nothing_of_grounding(
    old: Path, session: Path, model: Path
) -> None:
    with Session(old) as opened, SnapshotReader(old) as reader:
        told, stages = summary(opened), stage_table(opened)
        results = reader.read().shown("steady")
    assert {told["stages"][0]["grounding"], told["aus"][0]["grounding"]} == {None}
    assert "looks_elsewhere" not in stages
    assert results is not None
    assert set(results.elsewhere("absorbed")) == {frozenset()}
    assert [event.done for event in run(old, model)] == [64, FRAMES]  # and the next analysis adds it
    assert stored(old).tobytes() == stored(session).tobytes()


def test_a_snapshot_has_the_grounding_of_stages_and_action_units(session: Path) -> None:
    with SnapshotReader(session) as reader, Session(session) as opened:
        results, told = reader.read().shown("steady"), summary(opened, "steady")
    assert results is not None
    for number, stage in enumerate(told["stages"]):
        found = results.grounding_of("absorbed", number)
        assert {au: round(one.value, 6) for au, one in found.items()} == stage["grounding"]
        assert sorted(results.elsewhere("absorbed")[number]) == stage["looks_elsewhere"]
    assert results.grounding["AU25"].value > 0.9


def test_the_figure_marks_labels_and_says_what_the_sign_means(session: Path) -> None:
    with Session(session) as opened, open_video(opened) as source:
        tiles = stage_tiles(opened, source)
        figure = draw(tiles, opened.times, opened.end, "")
    assert {au for tile in tiles for au in tile.elsewhere} == {"AU01"}
    words = [text.get_text() for text in figure.texts]
    assert "AU01_A ⚠" in words
    assert not [word for word in words if word.startswith("AU25") and "⚠" in word]
    assert [word for word in words if word.startswith("⚠ the network looks elsewhere")]
