"""Thresholds are chosen by F1, and what was not measured is not relied on."""

import numpy as np

from tpviewer.training.measure import choose_thresholds, experimental, quality


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
