import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tpviewer.store.codecs import decode_array, decode_map, encode_array, encode_map


@given(
    hnp.arrays(
        np.float32,
        hnp.array_shapes(min_dims=2, max_dims=2, max_side=20),
        elements=st.floats(-1e3, 1e3, width=32),
    )
)
def test_a_map_comes_back_within_half_a_float16_step_of_its_peak(relevance: np.ndarray) -> None:
    back = decode_map(*encode_map(relevance))
    assert back.shape == relevance.shape
    peak = np.abs(relevance).max()
    assert np.all(np.abs(back - relevance) <= peak * 2.0**-11 + 1e-30)


def test_a_dense_map_keeps_four_digits() -> None:
    relevance = np.random.default_rng(0).standard_normal((96, 96)).astype(np.float32) * 1e-3
    back = decode_map(*encode_map(relevance))
    assert np.linalg.norm(back - relevance) / np.linalg.norm(relevance) < 5e-4


def test_a_map_of_zeros_stays_zero() -> None:
    assert not decode_map(*encode_map(np.zeros((4, 5), np.float32))).any()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_map_that_is_not_finite_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        encode_map(np.array([[0.0, bad]]))


@given(
    hnp.arrays(
        st.sampled_from([np.float32, np.float64, np.int16, np.int64, np.bool_]),
        hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=6),
    )
)
def test_an_array_comes_back_bit_for_bit(array: np.ndarray) -> None:
    back = decode_array(*encode_array(array))
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()
