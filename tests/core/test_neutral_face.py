"""Which frames show the neutral face."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle import neutral_face as oracle
from tpviewer.core.neutral_face import MOST_FRAMES, choose_calm, least_calm, spread


def samples(n: int, level: float = 0.1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.full((n, 2), level), np.array([0.5, 0.5]), np.zeros((n, 2))


@given(st.integers(0, 2**32 - 1), st.integers(1, 130), st.integers(1, 3), st.integers(1, 12))
def test_calm_frames_are_those_that_the_slow_rule_finds(seed, n, k, least):
    rng = np.random.default_rng(seed)
    # quarters: sums are exact, so that ties are ties in both
    probabilities = rng.integers(0, 5, (n, k)) / 4
    thresholds = rng.uniform(0.3, 1.0, k)
    pose = rng.normal(scale=10, size=(n, 2))
    found = choose_calm(probabilities, thresholds, pose, least)
    slow = oracle.choose_calm(probabilities.tolist(), thresholds.tolist(), pose.tolist(), least)
    assert found.tolist() == slow


def test_a_face_that_never_rests_is_no_neutral_face():
    assert not len(choose_calm(*samples(100, level=0.6), least=5))


def test_the_calmer_half_is_taken():
    probabilities, thresholds, pose = samples(20)
    probabilities[:10] = 0.3
    assert choose_calm(probabilities, thresholds, pose, 5).tolist() == list(range(10, 20))


def test_a_turned_head_is_left_out():
    probabilities, thresholds, pose = samples(20)
    pose[:4, 0], pose[4:8, 1] = 20.0, -20.0
    assert choose_calm(probabilities, thresholds, pose, 5).tolist() == [8, 9, 10, 11, 12, 13]


def test_a_sample_that_could_not_be_read_is_not_calm():
    probabilities, thresholds, pose = samples(6)
    probabilities[2] = np.nan
    assert not len(choose_calm(probabilities, thresholds, pose, 6))


def test_without_action_units_to_judge_by_nothing_is_calm():
    assert not len(choose_calm(np.zeros((50, 0)), np.zeros(0), np.zeros((50, 2)), 5))


def test_no_more_frames_are_taken_than_needed():
    assert len(choose_calm(*samples(200), least=5)) == MOST_FRAMES


@pytest.mark.parametrize(
    ("samples", "seconds_each", "least"),
    [(10, 0.04, 5), (10, 1 / 30, 6), (100, 1 / 60, 12), (10, None, 5), (200, 2.0, 5), (400, 1.0, 8)],
)
def test_calm_frames_needed(samples, seconds_each, least):
    assert least_calm(samples, seconds_each) == least


def test_samples_are_spread_from_end_to_end():
    frames = np.arange(100, 1100)
    found = spread(frames, 200)
    assert (len(found), found[0], found[-1]) == (200, 100, 1099)
    assert set(np.diff(found)) == {5, 6} - ({6} if np.diff(found).max() == 5 else set())
    assert spread(frames[:7], 200).tolist() == frames[:7].tolist()
    assert not len(spread(frames[:0], 200))
