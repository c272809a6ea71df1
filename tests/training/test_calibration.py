"""Calibration is measured on people who had no part in mending it."""

import numpy as np
import pytest
from scipy.special import expit, logit

from tpviewer.training.calibration import calibration, expected_error, first_half, platt, reliability


def drawn(probability: np.ndarray, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random(len(probability)) < probability


def slow_error(truth: np.ndarray, probability: np.ndarray) -> float:
    total = 0.0
    for low in range(10):
        inside = [i for i, p in enumerate(probability) if low <= p * 10 < low + 1 or (low == 9 and p == 1)]
        if inside:
            total += abs(sum(truth[i] - probability[i] for i in inside))
    return total / len(truth)


@pytest.mark.parametrize("seed", range(3))
def test_the_error_is_that_of_the_bins(seed: int) -> None:
    probability = np.random.default_rng(seed).beta(0.5, 0.5, 400)
    probability[:3] = 0.0, 1.0, 0.5
    truth = drawn(probability**2, seed)
    assert expected_error(truth, probability) == pytest.approx(slow_error(truth, probability))


def test_the_curve_of_an_honest_model_is_the_diagonal() -> None:
    probability = np.random.default_rng(1).random(20_000)
    said, was, count = reliability(drawn(probability), probability)
    assert count.sum() == 20_000
    assert np.abs(said - was).max() < 0.05


def test_an_empty_bin_has_no_point() -> None:
    said, was, count = reliability(np.array([True]), np.array([0.95]))
    assert count.tolist() == [0] * 9 + [1]
    assert np.isnan(said[:9]).all()
    assert was[9] == 1


def test_platt_finds_how_a_logit_was_bent() -> None:
    true = np.random.default_rng(2).normal(0, 2, 20_000)
    slope, offset = platt(drawn(expit(true)), (true + 1) * 3)
    assert slope == pytest.approx(1 / 3, abs=0.02)
    assert offset == pytest.approx(-1, abs=0.1)


def test_recalibration_mends_an_overconfident_model_for_other_people() -> None:
    true = logit(np.random.default_rng(3).uniform(0.02, 0.98, 4000))
    labels = drawn(expit(true)).astype(np.int8)[:, None].repeat(2, axis=1)
    labels[12:, 1] = -1
    logits = (4 * true).astype(np.float32)[:, None].repeat(2, axis=1)
    found = calibration(("AU01", "AU02"), labels, logits, np.arange(4000) // 4)
    assert set(found) == {"AU01"}
    assert found["AU01"]["ece_before"] > 0.1 > 0.05 > found["AU01"]["ece_after"]
    assert sum(found["AU01"]["count"]) == 4000


def test_no_person_is_in_both_halves() -> None:
    persons = np.random.default_rng(4).integers(0, 40, 300)
    half = first_half(persons)
    assert not set(persons[half]) & set(persons[~half])
    assert len(set(persons[half])) == len(set(persons)) // 2
