"""Crops as the network sees them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tpviewer.models.normalisation import normalise_crop

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
