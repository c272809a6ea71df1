"""Alignment: exact where it can be exact, least squares elsewhere, and smooth without lag."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.core.alignment import (
    CANONICAL,
    anchors_from_mesh,
    apply,
    invert,
    similarity,
    smooth_anchors,
)

TARGETS = np.array(CANONICAL.targets)
angles = st.floats(-np.pi, np.pi)
scales = st.floats(0.05, 20)
shifts = st.floats(-2000, 2000)


def transform(angle, scale, x, y):
    a, b = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[a, -b, x], [b, a, y]])


@given(angles, scales, shifts, shifts)
def test_a_similarity_is_recovered_exactly(angle, scale, x, y):
    truth = transform(angle, scale, x, y)
    np.testing.assert_allclose(similarity(TARGETS, apply(truth, TARGETS)), truth, rtol=1e-7, atol=1e-6)


@given(angles, scales, shifts, shifts)
def test_to_the_crop_and_back_is_identity(angle, scale, x, y):
    frame_to_crop = transform(angle, scale, x, y)
    points = np.random.default_rng(0).normal(0, 100, (7, 2))
    back = apply(invert(frame_to_crop), apply(frame_to_crop, points))
    np.testing.assert_allclose(back, points, atol=1e-6)


@given(st.integers(0, 10_000))
def test_no_similarity_near_it_fits_better(seed):
    rng = np.random.default_rng(seed)
    src, dst = rng.normal(0, 10, (2, 5, 2))
    best = similarity(src, dst)
    a, b, x, y = best[0, 0], best[1, 0], best[0, 2], best[1, 2]
    error = np.sum((apply(best, src) - dst) ** 2)
    for step in rng.normal(0, 0.01, (20, 4)):
        p, q, u, v = np.array([a, b, x, y]) + step
        assert np.sum((apply([[p, -q, u], [q, p, v]], src) - dst) ** 2) >= error


def test_a_mirrored_face_is_not_mirrored_back():
    mirrored = TARGETS * [-1, 1]
    assert np.linalg.det(similarity(TARGETS, mirrored)[:, :2]) > 0


def test_points_in_one_place_have_no_similarity():
    with pytest.raises(ValueError, match="different points"):
        similarity(np.ones((5, 2)), TARGETS)


def test_anchors_are_eye_corners_and_nose_base_from_left_to_right():
    mesh = np.random.default_rng(0).normal(size=(468, 2)).astype(np.float32)
    np.testing.assert_array_equal(anchors_from_mesh(mesh), mesh[[33, 133, 362, 263, 2]].astype(float))


def moving(times, speed=(300.0, -120.0)):
    """Anchors of a face at constant speed, in pixels."""
    return TARGETS + times[:, None, None] * np.array(speed)


def uneven(n, seed=0):
    return np.cumsum(np.random.default_rng(seed).uniform(0.004, 0.08, n))


def test_smoothing_leaves_constant_motion_alone_even_at_uneven_times():
    times = uneven(80)
    np.testing.assert_allclose(smooth_anchors(moving(times), times, 0.05), moving(times), atol=1e-8)


def test_smoothing_takes_most_of_the_jitter():
    times = np.arange(300) / 30
    noise = np.random.default_rng(0).normal(0, 1, (300, 5, 2))
    rest = smooth_anchors(moving(times) + noise, times) - moving(times)
    assert rest.std() < 0.75
    wider = smooth_anchors(moving(times) + noise, times, 0.1) - moving(times)
    assert wider.std() < 0.45


def test_a_quick_nod_is_hardly_flattened():
    times = np.arange(150) / 30
    nod = TARGETS + 20 * np.sin(2 * np.pi * 1.5 * times)[:, None, None]
    error = smooth_anchors(nod, times) - nod
    assert np.abs(error[5:-5]).max() < 0.05 * 20


def test_smoothing_is_the_weighted_line_of_the_book():
    times, rng = uneven(25, 3), np.random.default_rng(1)
    anchors = rng.normal(0, 5, (25, 5, 2))
    smooth = smooth_anchors(anchors, times, 0.06)
    for i in (0, 7, 24):
        lag = times - times[i]
        weights = np.where(np.abs(lag) <= 0.18, np.exp(-0.5 * (lag / 0.06) ** 2), 0)
        line = np.polynomial.polynomial.polyfit(lag, anchors.reshape(25, 10), 1, w=np.sqrt(weights))
        np.testing.assert_allclose(smooth[i].ravel(), line[0], atol=1e-8)


def test_nothing_is_carried_over_a_gap():
    times = np.arange(20) / 30
    anchors = moving(times)
    anchors[8:11] = np.nan
    both = smooth_anchors(anchors, times, 0.2)
    np.testing.assert_array_equal(np.isnan(both), np.isnan(anchors))
    jump = anchors.copy()
    jump[11:] += 500
    np.testing.assert_array_equal(smooth_anchors(jump, times, 0.2)[:8], both[:8])


def test_single_frames_and_no_smoothing_stay_as_they_are():
    times = np.arange(5) / 30
    anchors = moving(times)
    anchors[[0, 2, 4]] = np.nan
    np.testing.assert_allclose(smooth_anchors(anchors, times), anchors)
    np.testing.assert_array_equal(smooth_anchors(moving(times) ** 2, times, 0), moving(times) ** 2)
    assert smooth_anchors(np.empty((0, 5, 2)), np.empty(0)).shape == (0, 5, 2)


def test_frames_at_one_time_are_averaged_not_divided_by_zero():
    times = np.array([0.0, 0.0, 0.0])
    anchors = TARGETS + np.array([0.0, 1.0, 2.0])[:, None, None]
    np.testing.assert_allclose(smooth_anchors(anchors, times), np.broadcast_to(TARGETS + 1, (3, 5, 2)))
