"""What is measured on labelled crops says of a known model what is known of it."""

import numpy as np
import pytest

from tests.training.test_evaluate_sets import labelled
from tpviewer.training.au_shapes import AUS
from tpviewer.training.augment import centre
from tpviewer.training.evaluate_crops import (
    au6_apart,
    by_group,
    by_model,
    crop_logits,
    intensity_estimates,
    measure_set,
)
from tpviewer.training.evaluate_sets import EvaluationSet

PAIR = ("AU06", "AU12")
RNG = np.random.default_rng(0)


def smiles(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Labels of AU06 and AU12, which mostly go together, and persons."""
    smile = RNG.integers(0, 2, n)
    cheek = np.where(RNG.random(n) < 0.8, smile, 1 - smile)
    return np.stack([cheek, smile], axis=1).astype(np.int8), np.arange(n) // 4


def test_a_model_that_takes_the_smile_for_the_cheek_is_found_out() -> None:
    labels, persons = smiles()
    looks_at_mouth = np.stack([labels[:, 1], labels[:, 1]], axis=1) + RNG.normal(0, 0.1, labels.shape)
    found = au6_apart(PAIR, labels, looks_at_mouth.astype(np.float32), persons)
    assert found["AU12 present"]["roc_auc"] == pytest.approx(0.5, abs=0.12)
    assert found["AU12 absent"]["roc_auc"] == pytest.approx(0.5, abs=0.12)
    assert found["AU12 present"]["present"] == int((labels == 1).all(axis=1).sum())


def test_one_that_sees_the_cheek_is_not() -> None:
    labels, persons = smiles()
    found = au6_apart(PAIR, labels, labels.astype(np.float32), persons)
    assert [figures["roc_auc"] for figures in found.values()] == [1.0, 1.0]
    assert au6_apart(("AU06",), labels[:, :1], labels[:, :1].astype(np.float32), persons) == {}


def test_intensity_is_read_off_a_bent_but_rising_logit() -> None:
    truth = RNG.random((600, 2)).astype(np.float32)
    truth[:, 1] = np.nan
    logits = np.exp(3 * truth).astype(np.float32)
    logits[:, 1] = 0
    found = intensity_estimates(PAIR, truth, logits, np.arange(600) // 3)
    assert set(found) == {"AU06"}
    assert found["AU06"]["mae"] < 0.2 < found["AU06"]["mae_of_mean"]
    assert found["AU06"]["icc"] > 0.98
    levels = np.array(found["AU06"]["knots"])[:, 1]
    assert (np.diff(levels) >= 0).all()
    assert levels.max() <= 5


def test_intensity_that_the_logit_does_not_know_is_no_better_than_the_mean() -> None:
    truth, logits = RNG.random((800, 1)).astype(np.float32), RNG.normal(0, 1, (800, 1)).astype(np.float32)
    found = intensity_estimates(("AU06",), truth, logits, np.arange(800) // 4)["AU06"]
    assert abs(found["icc"]) < 0.15
    assert found["mae"] > 0.9 * found["mae_of_mean"]


def test_groups_are_measured_apart() -> None:
    labels, _ = smiles(200)
    data = labelled(200)
    logits = labels.astype(np.float32)
    logits[100:] *= -1
    group = np.array(["old"] * 100 + ["young"] * 90 + [""] * 10)
    part = EvaluationSet("x", data, {"age": group})
    found = by_group(PAIR, part, labels, logits, (0.5, 0.5))
    assert set(found) == {"age"}
    assert found["age"]["old"]["AU12"]["roc_auc"] == 1.0
    assert found["age"]["young"]["AU12"]["roc_auc"] == 0.0


def test_columns_are_brought_into_the_models_order() -> None:
    values = np.arange(2 * len(AUS)).reshape(2, -1)
    found = by_model(("AU12", "AU99", "AU01"), values, -1)
    assert found.tolist() == [[8, -1, 0], [8 + len(AUS), -1, len(AUS)]]


class Brightness:
    """An engine whose only logit is the brightness of the crop over that of the neutral one."""

    def logits(self, crops: np.ndarray, neutrals: np.ndarray | None = None) -> np.ndarray:
        calm = 0 if neutrals is None else neutrals.mean(axis=(1, 2))
        return (crops.mean(axis=(1, 2)) - calm)[:, None].astype(np.float32)


def test_neutral_faces_are_shown_only_where_they_may_be() -> None:
    data = labelled(5)
    seen = centre(data.crops).mean(axis=(1, 2))
    calm = centre(data.neutrals).mean(axis=(1, 2))
    np.testing.assert_allclose(crop_logits(Brightness(), data)[:, 0], seen - calm, rtol=1e-5)
    np.testing.assert_allclose(crop_logits(Brightness(), data, False)[:, 0], seen, rtol=1e-5)


def test_a_set_without_intensities_and_groups_is_measured_all_the_same() -> None:
    data = labelled(120)
    logits = data.labels.astype(np.float32)
    found = measure_set(AUS, EvaluationSet("x", data), logits, (0.5,) * len(AUS))
    assert found["mean_roc_auc"] == 1.0
    assert found["groups"] == found["intensity"] == {}
    assert found["crops"] == 120
