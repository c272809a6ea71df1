"""Loaded frames made in code, to go with the snapshots of `tests.ui.samples`."""

import numpy as np
from numpy.typing import NDArray

from tests.ui.samples import CROP, SIZE
from tpviewer.core.relevance import mass_map
from tpviewer.workers.frame_loader import LoadedFrame
from tpviewer.workers.frame_maps import FrameMap

GREY = 128


def block_map(top: int, left: int, size: int = 10) -> FrameMap:
    """Even relevance in one square of the crop."""
    relevance = np.zeros((CROP, CROP), np.float32)
    relevance[top : top + size, left : left + size] = 1.0
    return FrameMap(relevance, mass_map(relevance))


def noise_map(seed: int) -> FrameMap:
    relevance = np.random.default_rng(seed).normal(size=(CROP, CROP)).astype(np.float32)
    return FrameMap(relevance, mass_map(relevance))


def grey_picture(size: tuple[int, int] = SIZE) -> NDArray[np.uint8]:
    return np.full((size[1], size[0], 3), GREY, np.uint8)


def make_frame(index: int, maps: dict[str, FrameMap] | None = None, **changes: object) -> LoadedFrame:
    values: dict[str, object] = {
        "index": index,
        "picture": grey_picture(),
        "maps": maps or {},
        "mesh": None,
    }
    return LoadedFrame(**(values | changes))
