"""Figures are those of scikit-learn, and their intervals are over people."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from tpviewer.training.measure import (
    _f1,
    intensity_agreement,
    intervals,
    precision_area,
    quality,
    roc_area,
)

AUS = ("AU01", "AU02", "AU04")


def cases(people: int = 30, each: int = 6, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels, logits and persons; the second Action Unit is guessed, the third has few labels."""
    rng = np.random.default_rng(seed)
    persons = np.repeat(np.arange(people), each)
    labels = rng.integers(0, 2, (people * each, 3)).astype(np.int8)
    logits = (labels * 2 - 1 + rng.normal(0, 1.2, labels.shape)).astype(np.float32)
    logits[:, 1] = rng.normal(size=len(labels))
    labels[4:, 2] = -1
    return labels, logits, persons


def test_figures_are_those_of_scikit_learn() -> None:
    labels, logits, persons = cases()
    found = quality(AUS, labels, logits, (0.6, 0.5, 0.5), persons)
    assert set(found) == {"AU01", "AU02"}
    truth, score = labels[:, 0] == 1, logits[:, 0]
    assert found["AU01"]["roc_auc"] == pytest.approx(roc_auc_score(truth, score), abs=6e-4)
    assert found["AU01"]["pr_auc"] == pytest.approx(average_precision_score(truth, score), abs=6e-4)
    assert found["AU01"]["f1"] == pytest.approx(f1_score(truth, score >= np.log(0.6 / 0.4)), abs=6e-4)
    assert found["AU01"]["present"] + found["AU01"]["absent"] == len(labels)


def test_intervals_hold_the_figure_and_are_there_only_with_people() -> None:
    labels, logits, persons = cases()
    found = quality(AUS, labels, logits, (0.5,) * 3, persons)["AU01"]
    for name in ("roc_auc", "pr_auc", "f1"):
        low, high = found[f"{name}_95"]
        assert low < found[name] < high
    assert found["persons"] == 30
    assert not any("95" in name for name in quality(AUS, labels, logits, (0.5,) * 3)["AU01"])


def test_pictures_of_one_person_are_no_independent_evidence() -> None:
    """Copies of every picture tell nothing new: the interval over people stays, over pictures it shrinks."""
    labels, logits, persons = cases(people=12, each=4)
    ten = [np.repeat(part, 10, axis=0) for part in (labels[:, 0] == 1, logits[:, 0], persons)]
    once = intervals({"a": roc_area}, labels[:, 0] == 1, logits[:, 0], persons)["a_95"]
    copied = intervals({"a": roc_area}, *ten)["a_95"]
    pictures = intervals({"a": roc_area}, ten[0], ten[1], np.arange(len(ten[0])))["a_95"]
    assert copied == once
    assert np.ptp(pictures) < 0.6 * np.ptp(once)


def test_few_people_have_no_interval() -> None:
    labels, logits, persons = cases(people=4, each=20)
    assert intervals({"a": roc_area}, labels[:, 0] == 1, logits[:, 0], persons) == {"persons": 4}


@pytest.mark.parametrize("seed", range(4))
def test_weighted_figures_are_those_of_scikit_learn_on_the_cases_that_were_drawn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    truth, score = rng.integers(0, 2, 40) == 1, rng.integers(0, 8, 40).astype(np.float32)  # many ties
    weights = rng.integers(0, 4, (3, 40)).astype(float)
    for row in range(3):
        drawn = np.repeat(np.arange(40), weights[row].astype(int))
        t, s = truth[drawn], score[drawn]
        assert roc_area(truth, score, weights)[row] == pytest.approx(roc_auc_score(t, s))
        assert precision_area(truth, score, weights)[row] == pytest.approx(average_precision_score(t, s))
        assert _f1(truth, score > 4, weights)[row] == pytest.approx(f1_score(t, s > 4))


def test_intensity_agreement_needs_something_that_varies() -> None:
    truth = np.linspace(0, 1, 50)
    found = intensity_agreement(np.where(truth > 0.9, np.nan, truth), truth)
    assert found == {"pearson": 1.0, "icc": 1.0, "rated": int((truth <= 0.9).sum())}
    for constant in (np.zeros(50), np.full(50, 0.1)):  # the mean of the latter is not exactly 0.1
        assert intensity_agreement(constant, truth) == {}
    assert intensity_agreement(truth[:5], truth[:5]) == {}
