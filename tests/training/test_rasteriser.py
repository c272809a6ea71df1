"""Each pixel shows the nearest triangle that faces the viewer, and a closed surface has no holes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.oracle.rasteriser import seen
from tests.training.tiny_face import surface
from tpviewer.training.rasteriser import rasterise, vertex_normals

WIDTH, HEIGHT = 9, 7

quarters = st.integers(-12, 48).map(lambda value: value / 4)
scenes = st.tuples(
    arrays(np.float32, (7, 3), elements=quarters), arrays(np.int32, (6, 3), elements=st.integers(0, 6))
)


@settings(deadline=None, max_examples=60)
@given(scenes)
def test_each_pixel_shows_what_exact_arithmetic_shows(scene: tuple[np.ndarray, np.ndarray]) -> None:
    points, triangles = scene
    drawn = rasterise(points, triangles, WIDTH, HEIGHT)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            nearest = seen(points, triangles, x, y)
            found = drawn.triangle[y, x]
            assert found in (nearest or {-1: None})
            if nearest:
                near, weights = nearest[found]
                np.testing.assert_allclose(drawn.weights[y, x], np.array(weights, float), atol=1e-6)
                np.testing.assert_allclose(drawn.depth[y, x], float(near), rtol=1e-6, atol=1e-5)


@settings(deadline=None, max_examples=60)
@given(arrays(np.float32, (25, 2), elements=st.integers(-5, 5).map(lambda value: value / 16)), st.booleans())
def test_a_closed_surface_has_no_holes(jitter: np.ndarray, other_diagonal: bool) -> None:
    places = np.array([(x, y) for y in range(-4, 16, 4) for x in range(-4, 16, 4)], np.float32)
    points = np.c_[places + jitter * 4, np.zeros(25)].astype(np.float32)
    cells = [(i, i + 5, i + 6, i + 1) for i in range(24) if i % 5 < 4 and i < 20]
    fans = [((a, b, c), (a, c, d)) if other_diagonal else ((a, b, d), (b, c, d)) for a, b, c, d in cells]
    triangles = np.array([t for fan in fans for t in fan], np.int32)
    assert (rasterise(points, triangles, WIDTH, HEIGHT).triangle >= 0).all()


@pytest.mark.parametrize("side", range(2, 60))
def test_a_surface_on_whole_pixels_has_no_holes(side: int) -> None:
    points = np.array([(0, 0, 0), (side, 0, 0), (side, side, 0), (0, side, 0)], np.float32)
    triangles = np.array([(0, 2, 1), (2, 0, 3)], np.int32)
    assert (rasterise(points, triangles, side + 1, side + 1).triangle >= 0).all()


def test_weights_of_a_sliver_add_up_to_1() -> None:
    points = np.array([(-1000.25, -500, 0), (1000.5, 500.5, 0), (999.5, 500.5, 0)], np.float32)
    drawn = rasterise(points, np.array([(0, 1, 2), (0, 2, 1)], np.int32), 900, 600)
    seen_in = np.argwhere(drawn.triangle >= 0)
    assert len(seen_in) > 300
    assert all(seen(points, np.array([(0, 1, 2), (0, 2, 1)]), x, y) for y, x in seen_in.tolist())
    np.testing.assert_allclose(drawn.weights[drawn.triangle >= 0].sum(axis=1), 1, atol=1e-6)


def test_the_first_of_equally_near_triangles_stays() -> None:
    points = np.array([(0, 0, 1), (0, 9, 1), (9, 0, 1)], np.float32)
    triangles = np.array([(0, 1, 2), (1, 2, 0)], np.int32)
    assert set(np.unique(rasterise(points, triangles, 5, 4).triangle)) == {0}


def test_backs_are_not_drawn() -> None:
    points = np.array([(0, 0, 1), (0, 9, 1), (9, 0, 1)], np.float32)
    assert (rasterise(points, np.array([(0, 2, 1)], np.int32), 5, 4).triangle == -1).all()


def test_where_there_is_nothing_the_depth_is_least() -> None:
    nothing = rasterise(np.zeros((3, 3), np.float32), np.zeros((0, 3), np.int32), 4, 3)
    assert nothing.triangle.shape == (3, 4)
    assert np.isneginf(nothing.depth).all()


def test_normals_of_a_plane_point_to_the_front() -> None:
    points = np.array([(0, 0, 0), (2, 0, 0), (2, 1, 0), (0, 1, 0), (5, 5, 5)], np.float32)
    normals = vertex_normals(points, np.array([(0, 1, 2), (0, 2, 3)], np.int32))
    np.testing.assert_allclose(normals[:4], [(0, 0, 1)] * 4)
    np.testing.assert_array_equal(normals[4], 0)


def test_normals_of_an_egg_point_outwards() -> None:
    side = np.linspace(-4, 4, 33)
    points = surface(np.array([(x, y) for y in side for x in side])).astype(np.float32)
    cells = [row * 33 + column for row in range(32) for column in range(32)]
    triangles = np.array([t for i in cells for t in ((i, i + 1, i + 34), (i, i + 34, i + 33))], np.int32)
    slope = (points - (0, 1, 0)) / np.square([10, 14, 11])
    expected = slope / np.linalg.norm(slope, axis=1, keepdims=True)
    inner = np.abs(points[:, :2]).max(axis=1) < 3.9
    np.testing.assert_allclose(vertex_normals(points, triangles)[inner], expected[inner], atol=0.01)
