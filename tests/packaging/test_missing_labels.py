"""The study of missing labels compares like with like."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from rich.console import Console

from tests.training.tiny_crops import crops
from tpviewer.models.architectures import Architecture
from tpviewer.training.fit import FitParams

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "studies" / "missing_labels.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("missing_labels", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_half_of_the_labels_go_and_the_rest_stay(script: ModuleType) -> None:
    data = crops(200)
    less = script.without_half(data, seed=1)
    gone = less.labels != data.labels
    assert (less.labels[gone] == -1).all()
    assert gone[data.labels >= 0].mean() == pytest.approx(0.5, abs=0.03)
    assert (script.without_half(data, seed=2).labels != less.labels).any()


def test_each_variant_is_measured_for_each_seed(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = {"small": Architecture(((4,), (8,)), 16, side=24)}
    monkeypatch.setattr("tpviewer.models.architectures.ARCHITECTURES", networks)
    monkeypatch.setattr("tpviewer.training.fit.ARCHITECTURES", networks)
    results = script.study(crops(300, persons=30), 1, FitParams(steps=3), tmp_path, Console(quiet=True))
    assert {variant: len(found) for variant, found in results.items()} == dict.fromkeys(script.VARIANTS, 1)
    assert np.isfinite(list(results.values())).all()
    states = [json.loads((tmp_path / f"{one}-0" / "state.json").read_text()) for one in script.VARIANTS]
    assert [state["batch"] for state in states] == [32, 64, 64], "as many labels a step"
    rows = {measure: script.table(results, measure).row_count for measure in script.Figures._fields}
    assert rows == {"roc_auc": 3, "f1": 3}


def test_figures_leave_out_labels_that_are_missing(script: ModuleType) -> None:
    data = crops(200)
    logits = np.where(data.labels == 1, 1.0, -1.0).astype(np.float32)
    logits[data.labels < 0] *= -1
    assert script.figures(data, logits) == (1.0, 1.0)
    assert script.figures(data, -logits) == (0.0, 0.0)
