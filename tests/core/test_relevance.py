import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from tests.oracle import relevance as oracle
from tpviewer.core.errors import ParameterError
from tpviewer.core.relevance import bwr, mask_from_mass, mass_map, normalise_signed, sum_pool, top_x_mask

SHAPES = array_shapes(min_dims=2, max_dims=2, max_side=7)
WHOLE = arrays(np.float32, SHAPES, elements=st.integers(-6, 9).map(float))
FLOATS = arrays(np.float32, SHAPES, elements=st.floats(-10, 10, width=32))
X = st.one_of(st.integers(1, 100).map(float), st.floats(1e-30, 100))


@given(WHOLE, X)
def test_top_x_is_what_the_paper_describes(relevance, x):
    assert np.array_equal(top_x_mask(relevance, x), oracle.top_x_mask(relevance, x))


@given(FLOATS, X)
def test_a_mass_map_gives_the_identical_mask_for_every_x(relevance, x):
    assert np.array_equal(mask_from_mass(mass_map(relevance), x), top_x_mask(relevance, x))


@given(FLOATS, X)
def test_top_x_reaches_x_percent_and_is_minimal(relevance, x):
    kept = np.sort(relevance[top_x_mask(relevance, x)].astype(np.float64))
    mass = relevance[relevance > 0].astype(np.float64).sum()
    assert kept.sum() >= x / 100 * mass * (1 - 1e-6)
    assert kept[1:].sum() <= x / 100 * mass * (1 + 1e-6)


@given(FLOATS, X, X)
def test_top_x_is_monotone_in_x(relevance, one, other):
    smaller, larger = (top_x_mask(relevance, x) for x in sorted((one, other)))
    assert not np.any(smaller & ~larger)


@given(FLOATS)
def test_x_100_keeps_every_positive_pixel(relevance):
    assert np.array_equal(top_x_mask(relevance, 100), relevance > 0)


def test_x_100_keeps_a_pixel_that_rounding_would_lose():
    assert top_x_mask(np.array([[1e30, 1e-30]]), 100).all()


def test_no_positive_relevance_keeps_no_pixel():
    assert not top_x_mask(np.array([[0.0, -1.0]]), 100).any()


def test_equal_pixels_are_taken_in_row_major_order():
    assert top_x_mask(np.ones((2, 2)), 50).tolist() == [[True, True], [False, False]]


def test_an_exact_share_needs_no_further_pixel():
    assert np.count_nonzero(top_x_mask(np.ones((2, 5)), 70)) == 7


def test_non_positive_pixels_carry_more_than_any_x():
    assert mass_map(np.array([[0.0, -3.0]])).min() > 100


@pytest.mark.parametrize("x", [0, -1, 100.1, float("nan")])
def test_x_outside_its_range_is_refused(x):
    with pytest.raises(ParameterError, match="percentage"):
        top_x_mask(np.ones((2, 2)), x)


@given(FLOATS)
def test_normalised_maps_reach_one_and_keep_their_signs(relevance):
    signed = normalise_signed(relevance)
    assert np.abs(signed).max() == (1 if relevance.any() else 0)
    assert not np.any(signed * relevance < 0)


def test_zero_is_white_and_the_ends_are_red_and_blue():
    assert bwr(np.array([[0, 2, -2]])).tolist() == [[[255, 255, 255], [255, 0, 0], [0, 0, 255]]]


def test_blue_white_red_does_not_pin_both_ends():
    assert bwr(np.array([[4, -1]]))[0, 1].tolist() == [191, 191, 255]


@given(FLOATS, st.integers(1, 6))
def test_sum_pooling_shares_pixels_out_by_area(relevance, size):
    assert sum_pool(relevance[None], size)[0] == pytest.approx(oracle.sum_pool(relevance, size), abs=1e-4)


def test_sum_pooling_adds_up_blocks_where_sizes_divide():
    assert sum_pool(np.arange(16.0).reshape(1, 4, 4), 2).tolist() == [[[10, 18], [42, 50]]]


def test_sum_pooling_does_not_depend_on_the_maps_beside():
    maps = np.random.default_rng(0).normal(size=(600, 37, 29)).astype(np.float32)
    alone = np.concatenate([sum_pool(maps[i : i + 1]) for i in (0, 300, 599)])
    assert np.array_equal(sum_pool(maps)[[0, 300, 599]], alone)


def test_sum_pooling_no_map_gives_none():
    assert sum_pool(np.zeros((0, 96, 96))).shape == (0, 24, 24)
