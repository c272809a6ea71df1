"""The study of held-out smiles never scores a person it has trained on."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from rich.console import Console

from tests.training.tiny_crops import crops
from tpviewer.models.architectures import Architecture
from tpviewer.training.au_shapes import AUS
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.fit import FitParams

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "studies" / "london_folds.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("london_folds", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_pictures_of_a_person_are_in_one_fold(script: ModuleType) -> None:
    persons = np.repeat(np.arange(23), 2)
    fold = script.folds_of(persons, 5, seed=0)
    assert (fold[::2] == fold[1::2]).all()
    assert sorted(np.bincount(fold[::2])) == [4, 4, 5, 5, 5]


def test_each_person_is_scored_by_a_fit_without_them(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photographs, trained = crops(20, seed=1, persons=10), []

    def fit(sets: list[LabelledCrops], held_out: list, folder: Path, *_: object) -> list:
        assert not held_out
        trained.append(set(sets[1].persons.tolist()))
        return []

    def predict(network: object, part: LabelledCrops, use_neutrals: bool) -> np.ndarray:
        assert not use_neutrals
        assert not set(part.persons.tolist()) & trained[-1]
        return np.full(part.labels.shape, len(trained), np.float32)

    monkeypatch.setattr(script, "fit", fit)
    monkeypatch.setattr(script, "best_network", lambda *_: None)
    monkeypatch.setattr(script, "predict", predict)
    scores = script.held_out_scores(
        photographs, lambda tested: [crops(8)], FitParams(steps=1), None, tmp_path, 5, Console(quiet=True)
    )
    assert set(scores.ravel().tolist()) == {1.0, 2.0, 3.0, 4.0, 5.0}
    assert len(set.union(*trained)) == len(set(photographs.persons.tolist()))


def test_no_photographic_render_of_a_tested_person_or_a_composite_is_learnt_from(
    script: ModuleType, tmp_path: Path
) -> None:
    for name in ("neutral/001_03.jpg", "smiling/001_07.jpg", "neutral/002_03.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    names = ("001", "002", "003f", "f", "m")
    renders = crops(5, persons=5)
    renders.persons[:] = [script.person_number(name) for name in names]
    tested = np.array([script.photograph_person(tmp_path / "neutral" / "001_03.jpg")])
    kept = script.without(renders, tmp_path, tested).persons.tolist()
    assert kept == [script.person_number(name) for name in ("002", "003f")]


@pytest.mark.parametrize(("photo_renders", "sets"), [(False, 2), (True, 3)])
def test_photographs_have_their_share_of_a_batch(script: ModuleType, photo_renders: bool, sets: int) -> None:
    shares = script.batch_shares(0.9, photo_renders=photo_renders)
    assert len(shares) == sets
    assert sum(shares) == pytest.approx(1)
    assert shares[-1] == 0.9


def test_the_folds_run_with_a_tiny_network(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = {"small": Architecture(((4,), (8,)), 16, side=24)}
    monkeypatch.setattr("tpviewer.models.architectures.ARCHITECTURES", networks)
    monkeypatch.setattr("tpviewer.training.fit.ARCHITECTURES", networks)
    params = FitParams(steps=2, batch=8, patience=10**6)
    photographs = crops(24, seed=1, persons=12)
    scores = script.held_out_scores(
        photographs, lambda tested: [crops(16)], params, None, tmp_path, 2, Console(quiet=True)
    )
    assert np.isfinite(scores).all()


def test_pooled_scores_become_one_figure(script: ModuleType) -> None:
    photographs = crops(60, seed=2, persons=30)
    photographs.labels[:, AUS.index("AU12")] = np.arange(60) % 2
    scores = np.zeros((60, len(AUS)), np.float32)
    scores[:, AUS.index("AU12")] = np.arange(60) % 2
    found = script.result(photographs, scores)
    assert found["roc_auc"] == 1.0
    assert found["roc_auc_95"] == [1.0, 1.0]
