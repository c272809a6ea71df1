"""Training material is split by person, and ends in a model package with an honest card."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.training.tiny_crops import crops
from tpviewer.core.alignment import CANONICAL
from tpviewer.core.errors import ParameterError
from tpviewer.models.architectures import Architecture
from tpviewer.models.model_package import load_package
from tpviewer.training import commands
from tpviewer.training.au_shapes import AUS
from tpviewer.training.card import crop_card
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.fit import FitParams, best_network, mean_network
from tpviewer.training.manifest import Entry, Manifest, read_manifest, write_manifest
from tpviewer.training.real_faces import photograph_person
from tpviewer.training.taught import Taught
from tpviewer.training.train_sets import PHOTOGRAPHS, RENDERS, Sources, gather


def quiet(_: str) -> None:
    """Say nothing."""


def named(paths: Sequence[Path]) -> LabelledCrops:
    persons = np.array([photograph_person(path) for path in paths])
    return replace(crops(len(paths), 3), persons=persons)


TINY = FitParams(architecture="tiny")
PHOTOS = [Path(kind) / f"{n:03d}_01.jpg" for kind in ("neutral", "smiling") for n in range(20)]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ...]]:
    """Rendering and reading take no time; the photographs that were rendered are noted."""
    noted: list[tuple[Path, ...]] = []

    def render(
        _model: Path, folder: Path, n: int, _jobs: int, photos: Sequence[Path], *, vary: bool
    ) -> list[int]:
        assert folder.name.startswith("photo-renders") or vary == (folder.name == "renders")
        noted.append(tuple(photos))
        return [n]

    monkeypatch.setattr("tpviewer.training.render_store.render_chunks", render)
    monkeypatch.setattr("tpviewer.training.render_store.load_chunks", lambda _, n: crops(n, n, persons=40))
    monkeypatch.setattr("tpviewer.training.real_faces.read_photographs", lambda *_: named(PHOTOS))
    monkeypatch.setattr("tpviewer.training.real_faces.calm_photographs", lambda _: PHOTOS[:20])
    return noted


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> argparse.ArgumentParser:
    """The command line of `train`, with a tiny network in place of the known ones."""
    networks = {"tiny": Architecture(((4,), (8,)), 16, side=24)}
    for module in ("models.architectures", "training.fit", "training.card", "training.commands"):
        monkeypatch.setattr(f"tpviewer.{module}.ARCHITECTURES", networks)
    made = argparse.ArgumentParser()
    commands.add_train_arguments(made)
    return made


def test_no_one_who_is_held_out_is_trained_on(rendered: list[tuple[Path, ...]]) -> None:
    sources = Sources(Path("work"), Path("face.npz"), 200, 100, Path("faces"))
    sets = gather(sources, quiet)
    renders, photo_renders, photographs = sets.training
    assert len(photo_renders) == 100
    unseen = set(sets.held_out[PHOTOGRAPHS].persons.tolist())
    assert len(unseen) == 6
    assert not unseen & set(photographs.persons.tolist())
    assert {photograph_person(path) for path in rendered[1]} == set(photographs.persons.tolist())
    assert not set(renders.persons.tolist()) & set(sets.held_out[RENDERS].persons.tolist())


@pytest.mark.usefixtures("rendered")
def test_the_few_photographs_count() -> None:
    sets = gather(Sources(Path("work"), Path("face.npz"), 2000, 0, Path("faces")), quiet)
    assert sets.weights[1] / sum(sets.weights) == pytest.approx(0.06)
    assert sets.material == [f"{len(sets.training[0])} rendered faces", "28 photographs"]
    assert [len(crops) for crops in sets.measured()] == [len(sets.held_out[RENDERS]), 12]


def test_a_manifest_is_cut_and_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(Entry(tmp_path / f"{n}.png", f"p{n}", labels={"AU12": n % 2}) for n in range(4))
    write_manifest(tmp_path / "own.csv", Manifest("own", rows))
    monkeypatch.setattr("tpviewer.training.crop_cache.cut_crops", lambda *_: iter(()))
    monkeypatch.setattr("tpviewer.training.crop_cache.load_crops", lambda *_: crops(60, persons=10))
    sets = gather(Sources(tmp_path, manifests=(tmp_path / "own.csv",)), quiet)
    held_out = sets.held_out["held-out people, own"]
    assert len(set(held_out.persons.tolist())) == 2
    assert sets.material == [f"{60 - len(held_out)} frames of own"]
    monkeypatch.setattr("tpviewer.training.crop_cache.load_crops", lambda *_: crops(60, persons=1))
    with pytest.raises(ParameterError, match=r"own\.csv: shows a single person"):
        gather(Sources(tmp_path, manifests=(tmp_path / "own.csv",)), quiet)


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (Sources(Path("work")), "nothing to train on; give --face-model, --faces or --data"),
        (Sources(Path("work"), Path("face.npz"), photo_renders=5), "--photo-renders needs"),
    ],
)
def test_what_is_missing_is_said(sources: Sources, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        gather(sources, quiet)


def test_the_crop_of_a_larger_input_shows_the_same() -> None:
    assert crop_card(96).targets == tuple((float(x), float(y)) for x, y in CANONICAL.targets)
    (x, y), scale = crop_card(224).targets[0], 224 / 96
    assert ((x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5) == pytest.approx(CANONICAL.targets[0])


@pytest.mark.usefixtures("rendered")
def test_training_ends_in_a_package(tmp_path: Path, parser: argparse.ArgumentParser) -> None:
    words = "--face-model face.npz --faces faces --renders 400 --minutes 0.02 --architecture tiny"
    said: list[str] = []
    folders = ["-o", str(tmp_path / "out"), "--work", str(tmp_path / "work")]
    assert commands.run_train(parser.parse_args([*words.split(), *folders]), said.append) == 0
    package = load_package(tmp_path / "out")
    assert (package.card.input_size, package.card.channels) == ((24, 24), 2)
    assert {RENDERS, f"{RENDERS}, without a neutral face", PHOTOGRAPHS} <= set(package.card.quality)
    assert "28 photographs" in package.card.training_data
    assert "No FACS-coded data" in package.card.training_data
    assert said[-1] == f"wrote {tmp_path / 'out'}"
    assert any("min left" in line and "held-out ROC-AUC" in line for line in said)


@pytest.mark.usefixtures("rendered")
def test_fits_of_one_work_folder_become_a_committee(tmp_path: Path, parser: argparse.ArgumentParser) -> None:
    def train(*more: str) -> str:
        words = ["--face-model", "face.npz", "--renders", "400", "--minutes", "0.02"]
        folders = ["-o", str(tmp_path / "out"), "--work", str(tmp_path / "work")]
        assert (
            commands.run_train(parser.parse_args([*words, "--architecture", "tiny", *folders, *more]), quiet)
            == 0
        )
        return load_package(tmp_path / "out").card.training_data

    alone, seen = train("--name", "one"), train("--name", "two", "--faces", "faces")
    assert "committee" not in alone
    assert "28 photographs" in seen
    assert train("--name", "plain", "--plain").startswith(alone.split(":")[0])
    with pytest.raises(ParameterError, match="holds a fit with spoil"):
        train("--name", "plain")
    taught = train("--name", "pupil", "--committee", "one", "two")
    rendered = alone.split(":")[0]
    answers = "what a committee of 2 networks answers to these"
    assert taught.startswith(f"{rendered}, {answers} (which had learnt from {rendered}, 28 photographs):")
    assert train("--average", "one", "pupil").startswith(f"{rendered}, {answers} (which")
    weights = [best_network(tmp_path / "work" / name, TINY).get_weights() for name in ("one", "pupil")]
    mean = mean_network([tmp_path / "work" / name for name in ("one", "pupil")], TINY).get_weights()
    for one, other, half in zip(*weights, mean, strict=True):
        np.testing.assert_allclose(half, (one + other) / 2, atol=1e-6)
    with pytest.raises(ParameterError, match="--average fits nothing"):
        train("--average", "one", "--committee", "two")
    with pytest.raises(ParameterError, match=r"nowhere: holds no finished fit"):
        train("--average", "one", "nowhere")
    with pytest.raises(ParameterError, match=r"nowhere: holds no finished fit"):
        train("--name", "third", "--committee", "one", "nowhere")
    with pytest.raises(ParameterError, match="a fit cannot learn from itself"):
        train("--name", "one", "--committee", "one")
    for name in ("../one", "renders", "", ".."):
        with pytest.raises(ParameterError, match="not a name for a fit"):
            train("--name", name)


def test_what_the_user_s_own_data_taught_stays_theirs() -> None:
    own, open_ = Taught(("20 frames of own",), own_data=True), Taught(("9 rendered faces",))
    assert open_.by([]) == open_
    assert open_.by([open_, own]).own_data
    assert not open_.by([open_]).own_data


def test_a_data_set_becomes_a_manifest(tmp_path: Path) -> None:
    for name in ("neutral/1_a.jpg", "smiling/1_b.jpg"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x")
    parser = argparse.ArgumentParser()
    commands.add_dataset_arguments(parser)
    said: list[str] = []
    words = ["photos", str(tmp_path), "-o", str(tmp_path / "m" / "photos.csv")]
    assert commands.run_dataset(parser.parse_args(words), said.append) == 0
    assert said == [f"wrote {tmp_path / 'm' / 'photos.csv'}: 2 rows, 1 people"]
    smile = read_manifest(tmp_path / "m" / "photos.csv").entries[1]
    assert (smile.path.resolve(), smile.labels["AU12"]) == (tmp_path / "smiling/1_b.jpg", 1)
    assert set(smile.labels) < set(AUS)
    with pytest.raises(ParameterError, match="--every must be 1 or more"):
        commands.run_dataset(parser.parse_args([*words, "--every", "0"]), said.append)
