"""Changes planted into maps are where the oracle puts them, and are found where nothing else varies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle import planting as oracle
from tests.oracle.spectral import adjusted_rand_index
from tpviewer.core.planting import plant_change, planted_agreement
from tpviewer.core.relevance import sum_pool
from tpviewer.core.spray import SprayParams, spray

STEADY = SprayParams.steady()


def real_like(count: int, seed: int = 0) -> np.ndarray:
    """One picture with a little noise, signed."""
    rng = np.random.default_rng(seed)
    picture = rng.normal(size=(24, 24))
    return (picture + 0.05 * rng.normal(size=(count, 24, 24))).astype(np.float32)


@given(st.integers(1, 9), st.sampled_from([0.0, 0.3, 1.0]), st.integers(0, 50))
def test_each_pixel_is_what_the_slow_version_says(count: int, share: float, seed: int) -> None:
    maps = np.random.default_rng(seed).normal(size=(count, 7, 9)).astype(np.float32)
    changed, planted = plant_change(maps, share, np.random.default_rng(seed))
    expected, halves = oracle.plant_change(maps, share, np.random.default_rng(seed))
    np.testing.assert_allclose(changed, expected, atol=1e-5)
    assert planted.tolist() == halves


def test_half_of_the_frames_are_changed_side_by_side_and_the_rest_is_left() -> None:
    maps = real_like(41)
    changed, planted = plant_change(maps, 0.25, np.random.default_rng(3))
    assert planted.sum() == 20
    assert np.abs(np.diff(planted.astype(int))).sum() <= 2
    np.testing.assert_array_equal(changed[~planted], maps[~planted])
    assert (np.abs(changed[planted] - maps[planted]).max(axis=(1, 2)) > 0).all()


def test_strength_says_nothing_of_where_a_change_was_planted() -> None:
    maps = np.abs(real_like(20))
    changed, _ = plant_change(maps, 0.5, np.random.default_rng(1))
    np.testing.assert_allclose(changed.sum(axis=(1, 2)), maps.sum(axis=(1, 2)), rtol=1e-4)


def test_a_large_change_in_maps_that_hardly_vary_is_found() -> None:
    assert planted_agreement(real_like(60), 0.5, STEADY) == pytest.approx(1.0)


def test_no_change_is_not_found() -> None:
    assert planted_agreement(real_like(60), 0.0, STEADY) < 0.2


def test_the_agreement_is_the_mean_over_trials() -> None:
    maps = real_like(24, seed=5)
    expected = []
    for trial in range(2):
        changed, planted = plant_change(maps, 0.15, np.random.default_rng((STEADY.seed, trial)))
        labels = spray(sum_pool(changed, STEADY.pool), STEADY).labels
        expected.append(adjusted_rand_index(labels.tolist(), planted.tolist()))
    assert planted_agreement(maps, 0.15, STEADY, trials=2) == pytest.approx(np.mean(expected))


def test_too_few_maps_have_no_agreement() -> None:
    assert np.isnan(planted_agreement(real_like(7), 0.5, STEADY))
