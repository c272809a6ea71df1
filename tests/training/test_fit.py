"""Missing labels teach nothing, people stay apart, and a stopped fit goes on."""

from pathlib import Path

import numpy as np
import pytest

from tpviewer.models.quiet import import_tensorflow
from tpviewer.training.au_shapes import AUS
from tpviewer.training.augment import augment, centre
from tpviewer.training.dataset import LabelledCrops, split_by_person
from tpviewer.training.fit import FitParams, _loss, best_network, fit, label_weights, masked_loss, predict
from tpviewer.training.measure import areas_under_roc, choose_thresholds, experimental, quality
from tpviewer.training.render_crops import MARGIN, SIDE

K = len(AUS)


def crops(n: int, seed: int = 0, persons: int = 10) -> LabelledCrops:
    """A bright patch where the first Action Unit is present; the others' labels are random."""
    rng = np.random.default_rng(seed)
    pictures = rng.integers(60, 120, (n, SIDE, SIDE)).astype(np.uint8)
    labels = rng.integers(-1, 2, (n, K)).astype(np.int8)
    pictures[labels[:, 0] == 1, 40:70, 30:80] += 100
    return LabelledCrops(pictures, labels, rng.integers(0, persons, n) + 1000 * seed)


def slow_loss(labels: np.ndarray, logits: np.ndarray, weights: np.ndarray) -> float:
    """Cross entropy label by label, averaged over those that are there."""
    total, count = 0.0, 0
    for i in range(labels.shape[0]):
        for k in range(labels.shape[1]):
            if labels[i, k] < 0:
                continue
            target = 0.02 + 0.96 * labels[i, k]
            p = 1 / (1 + np.exp(-float(logits[i, k])))
            total -= weights[k] * target * np.log(p) + (1 - target) * np.log(1 - p)
            count += 1
    return total / count if count else 0.0


@pytest.mark.parametrize("seed", range(5))
def test_the_loss_is_the_mean_over_present_labels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.integers(-1, 2, (7, K)).astype(np.int8)
    logits = rng.normal(0, 2, (7, K)).astype(np.float32)
    weights = rng.uniform(1, 3, K).astype(np.float32)
    assert masked_loss(labels, logits, weights) == pytest.approx(slow_loss(labels, logits, weights), rel=1e-5)


def test_without_any_label_there_is_no_loss() -> None:
    nothing = np.full((3, K), -1, np.int8)
    assert masked_loss(nothing, np.ones((3, K)), np.ones(K, np.float32)) == 0.0


def test_a_missing_label_has_no_gradient() -> None:
    tensorflow = import_tensorflow()
    labels = np.array([[1, -1, 0], [-1, -1, 1]], np.float32)
    logits = tensorflow.Variable(np.ones((2, 3), np.float32))
    with tensorflow.GradientTape() as tape:
        loss = _loss(tensorflow, labels, logits, np.ones(3, np.float32))
    gradient = tape.gradient(loss, logits).numpy()
    assert (gradient[labels < 0] == 0).all()
    assert (gradient[labels >= 0] != 0).all()


def test_weights_balance_within_bounds() -> None:
    labels = np.array([[1, 1, 0]] + [[0, 1, 0]] * 99, np.int8)
    assert label_weights(labels).tolist() == [3.0, 1.0, 3.0]


def test_no_person_is_on_both_sides_of_a_split() -> None:
    data = crops(200, persons=20)
    training, held_out = split_by_person(data, 0.25, seed=1)
    assert not set(training.persons) & set(held_out.persons)
    assert len(set(held_out.persons)) == 5
    assert len(training) + len(held_out) == 200


def test_augmentation_keeps_the_size_and_changes_the_picture() -> None:
    crop = crops(1).crops[0]
    first, second = (augment(crop, np.random.default_rng(seed)) for seed in (1, 2))
    assert first.shape == second.shape == (SIDE - 2 * MARGIN,) * 2
    assert (first != second).any()
    assert (augment(crop, np.random.default_rng(1)) == first).all()


def test_the_centre_of_a_crop_is_what_the_model_sees() -> None:
    assert centre(crops(2).crops).shape == (2, 96, 96)


def test_a_fit_learns_and_a_stopped_one_goes_on(tmp_path: Path) -> None:
    training, held_out = crops(60, 0), crops(40, 1)
    held_out.labels[:, 1:] = -1
    params = FitParams(minutes=0.12, batch=16)
    (progress,) = fit([training, crops(20, 2)], held_out, tmp_path, params)
    assert progress.step > 3
    again = list(fit([training], held_out, tmp_path, FitParams(minutes=0.2, batch=16)))
    assert again[0].step > progress.step
    assert list(fit([training], held_out, tmp_path, FitParams(minutes=0.2, batch=16))) == []
    logits = predict(best_network(tmp_path), held_out.crops)
    assert logits.shape == (40, K)
    assert areas_under_roc(held_out.labels, logits)[0] > 0.8


def test_thresholds_are_where_f1_is_best() -> None:
    probability = np.array([0.1, 0.2, 0.42, 0.55, 0.7, 0.9])
    logits = np.log(probability / (1 - probability))[:, None].astype(np.float32)
    labels = np.array([0, 0, 0, 1, 1, 1], np.int8)[:, None]
    (threshold,) = choose_thresholds(labels, logits)
    assert 0.42 < threshold <= 0.55
    assert choose_thresholds(np.zeros((6, 1), np.int8), logits) == (0.5,)


def test_what_was_not_measured_is_experimental() -> None:
    rng = np.random.default_rng(0)
    labels = np.tile([0, 1], 10).astype(np.int8)[:, None].repeat(3, axis=1)
    labels[:, 2] = -1
    logits = np.stack([labels[:, 0] * 4.0 - 2, rng.normal(size=20), np.zeros(20)], axis=1).astype(np.float32)
    measured = quality(("AU01", "AU02", "AU04"), labels, logits, (0.5, 0.5, 0.5))
    assert measured["AU01"]["roc_auc"] == measured["AU01"]["f1"] == 1.0
    assert "AU04" not in measured
    assert experimental(measured, ("AU01", "AU02", "AU04")) == ("AU02", "AU04")
