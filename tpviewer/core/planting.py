"""Changes planted into real relevance maps: whether clustering would find a change that is known to be there.

On a video of a patient nobody knows the true clusters. So a part of the relevance of half of the frames is
moved to another place of the crop, and the clusters found are held against the halves. Real maps vary by
themselves, and what they vary by is found as well: the figures are reported as they come, not held against a
bound.
"""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.relevance import sum_pool
from tpviewer.core.spray import SprayParams, spray
from tpviewer.core.stability import adjusted_rand_index
from tpviewer.core.types import BoolArray

SHARES = (0.1, 0.25, 0.5)
"""Shares of the positive relevance that are moved, by default."""

TRIALS = 5
"""Times, each with another half and another place."""

_SPREAD = 0.05  # standard deviation of the planted spot, in sides of the map
_INNER = (0.2, 0.8)  # where its centre may lie, in sides of the map


def plant_change(
    maps: NDArray[np.float32], share: float, rng: np.random.Generator
) -> tuple[NDArray[np.float32], BoolArray]:
    """Move a share of the relevance of one half of the maps into a spot.

    Parameters
    ----------
    maps : ndarray of float32, shape (N, H, W)
        Signed relevance maps in temporal order.
    share : float
        Of each map's positive sum, 0 to 1.
    rng : numpy.random.Generator
        Decides which N // 2 consecutive maps are changed and where the spot lies.

    Returns
    -------
    changed : ndarray of float32, shape (N, H, W)
    planted : ndarray of bool, shape (N,)
        Which maps were changed; the sum of positive relevance of each is what it was.
    """
    count, height, width = maps.shape
    start = int(rng.integers(count - count // 2 + 1))
    planted = np.zeros(count, np.bool_)
    planted[start : start + count // 2] = True
    spot = _spot(height, width, rng)
    positive = np.maximum(maps[planted], 0)
    mass = positive.sum(axis=(1, 2), dtype=np.float64)
    changed = maps.copy()
    changed[planted] += (share * (mass[:, None, None] * spot - positive)).astype(np.float32)
    return changed, planted


def planted_agreement(
    maps: NDArray[np.float32], share: float, params: SprayParams, trials: int = TRIALS
) -> float:
    """Agreement of the clusters found with changes planted, the mean over trials.

    Parameters
    ----------
    maps : ndarray of float32, shape (N, H, W)
        Signed relevance maps of one Action Unit in temporal order.
    share : float
        See `plant_change`.
    params : SprayParams
    trials : int

    Returns
    -------
    float
        Adjusted Rand index; NaN with too few maps to cluster.
    """
    if len(maps) < params.min_maps:
        return float("nan")
    found = []
    for trial in range(trials):
        changed, planted = plant_change(maps, share, np.random.default_rng((params.seed, trial)))
        labels = spray(sum_pool(changed, params.pool), params).labels
        found.append(adjusted_rand_index(labels, planted.astype(np.int64)))
    return float(np.mean(found))


def _spot(height: int, width: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """A round spot of sum 1, shape (height, width)."""
    y, x = rng.uniform(*_INNER, 2) * (height, width)
    rows, columns = np.arange(height)[:, None] - y, np.arange(width) - x
    spread = _SPREAD * max(height, width)
    spot = np.exp(-0.5 * (rows**2 + columns**2) / spread**2)
    return np.asarray(spot / spot.sum(), np.float64)
