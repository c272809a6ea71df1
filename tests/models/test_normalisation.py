"""Crops as the network sees them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tpviewer.models.normalisation import network_input, normalise_crop, paired

CROPS = arrays(np.uint8, st.tuples(st.integers(0, 4), st.integers(1, 9), st.integers(1, 9)))


@given(CROPS)
def test_each_crop_is_standardised_by_itself(crops):
    for crop, normal in zip(crops, normalise_crop(crops), strict=True):
        expected = (crop - crop.mean(dtype=np.float64)) / (crop.std(dtype=np.float64) + 4)
        np.testing.assert_allclose(normal[..., 0], expected, atol=1e-6)


@given(CROPS)
def test_neighbours_change_nothing(crops):
    together = normalise_crop(crops)
    assert all(np.array_equal(normalise_crop(crops[i : i + 1])[0], row) for i, row in enumerate(together))


def test_a_flat_crop_becomes_zero():
    assert not normalise_crop(np.full((1, 5, 5), 200, np.uint8)).any()


def test_the_result_is_float32_with_one_channel():
    normal = normalise_crop(np.zeros((2, 4, 6), np.uint8))
    assert (normal.dtype, normal.shape) == (np.float32, (2, 4, 6, 1))


@given(CROPS)
def test_the_neutral_crop_is_a_second_channel_standardised_by_itself(crops):
    neutrals = crops[::-1]
    both = normalise_crop(crops, neutrals)
    assert np.array_equal(both[..., :1], normalise_crop(crops))
    assert np.array_equal(both[..., 1:], normalise_crop(neutrals))


def test_no_neutral_crop_is_a_channel_of_zeros():
    crops = np.random.default_rng(0).integers(0, 256, (2, 4, 6), dtype=np.uint8)
    normal = network_input(crops, None, 2)
    assert np.array_equal(normal[..., :1], normalise_crop(crops))
    assert not normal[..., 1].any()


def test_a_network_of_the_frame_alone_is_not_shown_the_neutral_crop():
    crops = np.random.default_rng(0).integers(0, 256, (2, 4, 6), dtype=np.uint8)
    assert np.array_equal(network_input(crops, crops, 1), normalise_crop(crops))


def test_each_crop_needs_its_neutral_crop():
    crops = np.zeros((2, 4, 6), np.uint8)
    with pytest.raises(ValueError, match=r"\(1, 4, 6\)"):
        paired(crops, crops[:1])
