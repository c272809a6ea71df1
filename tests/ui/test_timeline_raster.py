"""Blends of pixels, paired with plain arithmetic on their channels."""

import numpy as np
import pytest

from tpviewer.ui.timeline.raster import blend, faint, hatching, pixel

RNG = np.random.default_rng(0)


def channels(pixels: np.ndarray | int) -> np.ndarray:
    return np.stack([np.asarray(pixels, np.int64) >> shift & 255 for shift in (24, 16, 8, 0)], axis=-1)


@pytest.mark.parametrize("opacity", [0.0, 0.18, 0.5, 1.0])
def test_a_blend_mixes_each_channel(opacity: float) -> None:
    below, above = (RNG.integers(0, 1 << 24, 500).astype(np.uint32) | np.uint32(0xFF000000) for _ in range(2))
    wanted = channels(below) * (1 - opacity) + channels(above) * opacity
    wanted[:, 0] = 255
    assert np.abs(channels(blend(below, above, opacity)) - wanted).max() <= 1.5


def test_no_and_full_opacity_are_exact() -> None:
    below, above = pixel("#1e2126"), pixel("#ffff01")
    assert (int(blend(below, above, 0.0)), int(blend(below, above, 1.0))) == (below, above)


def test_the_fast_blend_has_an_opacity_of_three_eighths() -> None:
    below = RNG.integers(0, 1 << 24, 500).astype(np.uint32) | np.uint32(0xFF000000)
    for above in (pixel("#1b1f24"), pixel("#ffffff"), pixel("#000000")):
        wanted = channels(below) * 5 / 8 + channels(above) * 3 / 8
        assert np.abs(channels(faint(below, above)) - wanted)[:, 1:].max() <= 2.5
        assert np.all(channels(faint(below, above))[:, 0] == 255)


def test_hatching_falls_or_rises() -> None:
    rising, falling = hatching(6, 6, 6), hatching(6, 6, 6, falling=True)
    assert rising[0, 1] == rising[1, 0]
    assert np.array_equal(falling[1:, 1:], falling[:-1, :-1])
    assert rising.mean() == pytest.approx(1 / 3)
