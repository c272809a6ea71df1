"""A project for ViRelAy holds every map, its face and its look, where the program looks for them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np
import pytest

from tests.export.exchanged import exchanged_session
from tests.export.made_session import PROFILE
from tests.media.clips import number_of
from tests.models.tiny import AUS
from tpviewer.core.errors import MediaError
from tpviewer.export.formats import write_export
from tpviewer.export.progress import ExportProgress, ExportStoppedError
from tpviewer.export.virelay import virelay_files
from tpviewer.store.session import Session


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exchanged_session(tmp_path_factory.mktemp("exchanged"))


@pytest.fixture(scope="module")
def project(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("project") / "a.yaml"
    with Session(path) as session:
        assert write_export(session, "virelay", target, top_x=30.0) == virelay_files(target)
    return target


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with Session(path) as opened:
        yield opened


def test_every_map_is_an_attribution_with_its_face(project: Path, session: Session) -> None:
    with h5py.File(project.with_name("a.attribution.h5")) as maps:
        count = len(maps["index"])
        assert count == session.relevance.count()
        assert maps["index"][:].tolist() == list(range(count))
        for row, (frame, au) in enumerate(zip(maps["frame"][:], maps["label"][:], strict=True)):
            np.testing.assert_array_equal(
                maps["attribution"][row, 0], session.relevance.get(int(au), int(frame))
            )
        expected = 1 / (1 + np.exp(-session.logits()[maps["frame"][:]].astype(float)))
        np.testing.assert_allclose(maps["prediction"][:], expected, rtol=1e-5)
        assert maps["attribution"].dtype == np.float32
        assert maps.attrs["top_x"] == 30.0
        assert maps.attrs["model_sha256"] == "ab" * 32
        assert json.loads(maps.attrs["thresholds"]) == dict.fromkeys(AUS, 0.5)
        assert json.loads(maps.attrs["parameters"])
        frames = maps["frame"][:]
    with h5py.File(project.with_name("a.dataset.h5")) as faces:
        for row, frame in enumerate(frames.tolist()):
            wide = np.pad(faces["data"][row].transpose(1, 2, 0), ((0, 0), (0, 32), (0, 0)))
            assert number_of_part(wide) == frame & 0b111111


def number_of_part(picture: np.ndarray) -> int:
    """Number in the six blocks that the crop shows; the other two are filled in as off."""
    picture = picture.copy()
    picture[:16, 96:] = 16
    picture[16:32, 96:] = 235
    number = number_of(picture)
    assert number is not None
    return number


def test_analysis_of_each_action_unit(project: Path, session: Session) -> None:
    with (
        h5py.File(project.with_name("a.analysis.h5")) as analysis,
        h5py.File(project.with_name("a.attribution.h5")) as maps,
    ):
        found = session.clusterings(PROFILE)
        assert set(analysis) == set(found)
        for au in found:
            group = analysis[au]
            frames = session.results.clustering_array(PROFILE, au, "frames")
            assert maps["frame"][group["index"][:]].tolist() == frames.tolist()
            assert set(maps["label"][group["index"][:]]) == {AUS.index(au)}
            spectral, looks = group["embedding/spectral"], group["clustering/looks"]
            for stored, name in (
                (spectral["root"], "embedding"),
                (spectral["eigenvalue"], "eigenvalues"),
                (looks["root"], "labels"),
            ):
                value = session.results.clustering_array(PROFILE, au, name)
                np.testing.assert_allclose(stored[:], value, rtol=1e-6)
            np.testing.assert_array_equal(looks["prototype/average"][:, 0], session.prototypes(au, PROFILE))


def test_the_program_finds_everything_where_it_looks(project: Path) -> None:
    """It reads `embedding` and `cluster` as data sets, unlike its specification, and needs three channels."""
    text = project.read_text()
    sources = re.findall(r'(?:- |path: |label_map: )"(.+)"', text)
    assert len(sources) == 4
    assert all(project.with_name(name).exists() for name in sources)
    labels = json.loads(project.with_name("a.labels.json").read_text())
    assert [one["word_net_id"] for one in labels] == list(AUS)
    with (
        h5py.File(project.with_name("a.virelay.attribution.h5")) as shown,
        h5py.File(project.with_name("a.attribution.h5")) as maps,
    ):
        assert shown["attribution"].shape[1] == 3
        np.testing.assert_array_equal(shown["attribution"][:].sum(axis=1), maps["attribution"][:, 0])
        for name in ("index", "label", "prediction"):
            np.testing.assert_array_equal(shown[name][:], maps[name][:])
    with h5py.File(project.with_name("a.virelay.analysis.h5")) as shown:
        for category in shown:
            count = len(shown[category]["index"][()])
            assert shown[category]["cluster"]["looks"][()].shape == (count,)
            embedding = shown[category]["embedding"]["spectral"]
            assert embedding[()].shape == (count, 3)
            assert len(embedding.attrs["eigenvalue"]) == 4


def test_deidentified_needs_no_video_and_shows_no_face(session: Session, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.mp4"
    written = write_export(session, "virelay", tmp_path / "a.yaml", video=nowhere, deidentified=True)
    with h5py.File(written[1]) as faces:
        assert (faces["data"][:] == faces["data"][0]).all()
    assert all(b"clip" not in one.read_bytes() for one in written)
    with pytest.raises(MediaError, match="nowhere"):
        write_export(session, "virelay", tmp_path / "b.yaml", video=nowhere)


def test_a_stopped_export_leaves_what_was_there(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("older")

    def follow(progress: ExportProgress) -> bool:
        return progress.done < 5

    with pytest.raises(ExportStoppedError):
        write_export(session, "virelay", tmp_path / "a.yaml", follow=follow)
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]
    assert (tmp_path / "a.yaml").read_text() == "older"
