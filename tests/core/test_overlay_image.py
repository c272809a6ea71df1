"""What the overlay shows is the Top-X projection, in colours that can be told apart."""

import numpy as np
import pytest

from tests.ui.frames import block_map, noise_map
from tpviewer.core.overlay_image import SCALE, shared, signed_overlay, top_x_overlay
from tpviewer.core.relevance import bwr, normalise_signed, top_x_mask

RED, BLUE = "#ff0000", "#0000ff"


def covered(picture):
    """Crop pixels that are drawn wholly."""
    height, width = (side // SCALE for side in picture.shape[:2])
    cells = (picture[..., 3] == 255).reshape(height, SCALE, width, SCALE)
    assert (cells.all(axis=(1, 3)) == cells.any(axis=(1, 3))).all()
    return cells.all(axis=(1, 3))


@pytest.mark.parametrize("x", [1, 25, 60, 100])
def test_drawn_pixels_are_those_of_the_projection(x):
    found = noise_map(0)
    picture = top_x_overlay([(found.mass, RED)], x)
    np.testing.assert_array_equal(covered(picture), top_x_mask(found.relevance, x))


def test_clear_pixels_have_no_colour():
    picture = top_x_overlay([(block_map(10, 10).mass, RED)], 100)
    assert not picture[picture[..., 3] == 0].any()


def test_a_darker_contour_of_one_pixel_runs_round_the_inside():
    picture = top_x_overlay([(block_map(10, 20, 5).mass, RED)], 100)
    top, left, side = 10 * SCALE, 20 * SCALE, 5 * SCALE
    block = picture[top : top + side, left : left + side]
    assert (block[1:-1, 1:-1] == (255, 0, 0, 255)).all()
    for edge in (block[0], block[-1], block[:, 0], block[:, -1]):
        assert (edge == (127, 0, 0, 255)).all()


def test_shared_pixels_show_both_colours_and_no_third():
    layers = [(block_map(10, 10).mass, RED), (block_map(10, 15).mass, BLUE)]
    picture = top_x_overlay(layers, 100)
    both = picture[11 * SCALE : 19 * SCALE, 16 * SCALE : 19 * SCALE].reshape(-1, 4)
    assert {tuple(pixel) for pixel in both.tolist()} == {(255, 0, 0, 255), (0, 0, 255, 255)}
    assert (both == (255, 0, 0, 255)).all(axis=1).mean() == pytest.approx(0.5, abs=0.1)


def test_three_maps_on_one_pixel_take_turns():
    mass = block_map(10, 10, 12).mass
    picture = top_x_overlay([(mass, RED), (mass, BLUE), (mass, "#00ff00")], 100)
    inside = picture[11 * SCALE : 21 * SCALE, 11 * SCALE : 21 * SCALE].reshape(-1, 4)
    assert len(np.unique(inside, axis=0)) == 3


def test_a_signed_map_is_as_clear_as_it_is_weak():
    relevance = noise_map(1).relevance
    picture = signed_overlay(relevance)
    np.testing.assert_array_equal(picture[::SCALE, ::SCALE, :3], bwr(relevance))
    np.testing.assert_allclose(
        picture[::SCALE, ::SCALE, 3], 255 * np.abs(normalise_signed(relevance)), atol=0.5
    )
    assert picture.flags.c_contiguous


def test_the_share_of_common_pixels():
    mask = top_x_mask(block_map(10, 10).relevance, 100)
    half = top_x_mask(block_map(10, 15).relevance, 100)
    assert shared(mask, mask) == 1.0
    assert shared(mask, half) == 0.5
    assert shared(mask, ~mask) == 0.0
    assert shared(mask & ~mask, mask & ~mask) == 0.0
