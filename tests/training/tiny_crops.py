"""Labelled noise in which the first Action Unit is a bright patch."""

import numpy as np

from tpviewer.training.au_shapes import AUS
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.render_crops import SIDE

K = len(AUS)


def crops(n: int, seed: int = 0, persons: int = 10) -> LabelledCrops:
    """A bright patch where the first Action Unit is present; the others' labels are random."""
    rng = np.random.default_rng(seed)
    pictures = rng.integers(60, 120, (n, SIDE, SIDE)).astype(np.uint8)
    labels = rng.integers(-1, 2, (n, K)).astype(np.int8)
    pictures[labels[:, 0] == 1, 40:70, 30:80] += 100
    return LabelledCrops(
        pictures,
        rng.integers(60, 120, (n, SIDE, SIDE)).astype(np.uint8),
        labels,
        np.full((n, K), np.nan, np.float32),
        rng.integers(0, persons, n) + 1000 * seed,
    )
