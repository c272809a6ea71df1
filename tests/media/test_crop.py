"""The crop: pixels where the transform says, averaged over their own area."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpviewer.core.alignment import invert
from tpviewer.media.crop import crop_face

LUMA = np.array([0.299, 0.587, 0.114])


def scaled(scale, x=0.0, y=0.0):
    """Frame to crop: scaled about the corner of the picture, as area goes, then shifted."""
    shift = (scale - 1) / 2
    return np.array([[scale, 0, shift + x], [0, scale, shift + y]])


def test_identity_is_the_picture_in_bt601_grey():
    picture = np.random.default_rng(0).integers(0, 256, (64, 80, 3), dtype=np.uint8)
    smooth = np.repeat(np.repeat(picture[:8, :10], 8, axis=0), 8, axis=1)
    crop = crop_face(smooth, scaled(1.0), 80, 64)
    inside = np.zeros((64, 80), bool)
    inside.reshape(8, 8, 10, 8)[:, 2:6, :, 2:6] = True
    np.testing.assert_allclose(crop[inside], (smooth @ LUMA)[inside], atol=1)


@pytest.mark.parametrize("shrink", [2, 3, 5, 8, 20])
def test_shrinking_is_the_mean_over_each_pixels_area(shrink):
    picture = np.random.default_rng(1).integers(0, 256, (24 * shrink, 32 * shrink, 3), dtype=np.uint8)
    grey = (picture @ LUMA).reshape(24, shrink, 32, shrink).mean(axis=(1, 3))
    np.testing.assert_allclose(crop_face(picture, scaled(1 / shrink), 32, 24), grey, atol=1.6)


def test_a_fine_pattern_leaves_no_false_pattern():
    x = np.arange(960)
    stripes = np.where((x // 3) % 2, 255, 0).astype(np.uint8)
    picture = np.repeat(np.broadcast_to(stripes, (960, 960))[..., None], 3, axis=2)
    crop = crop_face(picture, scaled(0.1), 96, 96)
    assert crop[5:-5, 5:-5].std() < 30


@settings(deadline=None, max_examples=50)
@given(st.floats(0.05, 4), st.floats(-0.6, 0.6), st.floats(20, 70), st.floats(20, 70))
def test_a_spot_lands_where_the_transform_puts_it(scale, angle, u, v):
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    spot = np.array([200.0, 150.0])
    frame_to_crop = np.column_stack([turn, np.array([u, v]) - turn @ spot])
    y, x = np.mgrid[:300, :400]
    radius = 2.5 / scale
    bump = np.exp(-((x - spot[0]) ** 2 + (y - spot[1]) ** 2) / (2 * max(radius, 1.2) ** 2))
    crop = crop_face(np.repeat((255 * bump)[..., None], 3, axis=2).astype(np.uint8), frame_to_crop, 96, 96)
    weight = np.where(crop > 40, crop, 0).astype(float)
    rows, columns = np.mgrid[:96, :96]
    found = (weight * columns).sum() / weight.sum(), (weight * rows).sum() / weight.sum()
    np.testing.assert_allclose(found, (u, v), atol=0.35)


def test_beyond_the_frame_its_border_goes_on():
    picture = np.full((50, 50, 3), 180, np.uint8)
    assert (crop_face(picture, scaled(1.0, x=-30, y=20), 96, 96) == 180).all()


def test_the_same_input_gives_the_same_crop():
    picture = np.random.default_rng(2).integers(0, 256, (720, 1280, 3), dtype=np.uint8)
    transform = np.array([[0.21, -0.03, -40.0], [0.03, 0.21, 11.0]])
    first = crop_face(picture, transform, 96, 96)
    assert first.shape == (96, 96)
    assert first.dtype == np.uint8
    for _ in range(3):
        np.testing.assert_array_equal(crop_face(picture, invert(invert(transform)), 96, 96), first)
