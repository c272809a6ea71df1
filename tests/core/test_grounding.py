import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.oracle import polygons as oracle
from tpviewer.core.errors import ParameterError
from tpviewer.core.grounding import gradient_magnitude, grounding, groundings, mirrored

MAPS = arrays(np.float32, (5, 6), elements=st.integers(-3, 9).map(float))
MASKS = arrays(bool, (5, 6))


@given(MAPS, MASKS, st.sampled_from([10.0, 25.0, 60.0, 100.0]))
def test_grounding_is_the_share_of_the_strongest_relevance_against_the_regions_share(relevance, mask, x):
    found, slow = grounding(relevance, mask, x), oracle.grounding(relevance, mask, x)
    assert math.isnan(found) if slow is None else found == pytest.approx(slow, abs=1e-12)


def test_all_inside_is_one_and_all_outside_is_negative():
    mask = np.zeros((4, 4), bool)
    mask[0] = True
    assert grounding(mask.astype(float), mask) == 1.0
    assert grounding((~mask).astype(float), mask) == pytest.approx(-0.25 / 0.75)


def test_relevance_everywhere_is_zero_by_chance():
    mask = np.zeros((8, 8), bool)
    mask[::2] = True
    assert grounding(np.ones((8, 8)), mask, 100.0) == pytest.approx(0.0)


def test_weak_relevance_outside_does_not_count():
    relevance = np.full((10, 10), 0.1)
    relevance[3, 3] = 5.0
    mask = np.zeros((10, 10), bool)
    mask[3, 3] = True
    assert grounding(relevance, mask) == 1.0
    assert grounding(relevance, mask, 100.0) < 0.4


def test_without_positive_relevance_or_without_a_region_there_is_no_grounding():
    some = np.eye(4, dtype=bool)
    for relevance, mask in (
        (-np.ones((4, 4)), some),
        (np.ones((4, 4)), np.zeros_like(some)),
        (np.ones((4, 4)), np.ones_like(some)),
    ):
        assert math.isnan(grounding(relevance, mask))


def test_many_maps_are_measured_one_by_one():
    rng = np.random.default_rng(0)
    maps, masks = rng.normal(size=(5, 6, 7)), rng.random((5, 6, 7)) < 0.3
    assert groundings(maps, masks).tolist() == [
        grounding(m, mask) for m, mask in zip(maps, masks, strict=True)
    ]


def test_x_outside_its_range_is_refused():
    with pytest.raises(ParameterError, match="percentage"):
        grounding(np.ones((3, 3)), np.eye(3, dtype=bool), 0)


def test_the_mirrored_region_is_as_large_and_upside_down():
    masks = np.zeros((2, 6, 4), bool)
    masks[:, 1, 2] = True
    assert np.argwhere(mirrored(masks)).tolist() == [[0, 4, 2], [1, 4, 2]]
    assert np.array_equal(mirrored(masks[0]), mirrored(masks)[0])


def test_the_gradient_is_strong_at_edges_and_nothing_on_a_ramps_level():
    crop = np.zeros((8, 8), np.uint8)
    crop[:, 4:] = 200
    edges = gradient_magnitude(crop)
    assert (edges[:, 3:5] == 100).all()
    assert not edges[:, :3].any()
    ramp = np.arange(0, 64, 8, dtype=np.uint8)[:, None].repeat(8, axis=1)
    assert gradient_magnitude(ramp) == pytest.approx(np.full((8, 8), 8.0))
