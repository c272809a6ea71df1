"""Whether the network looks where the Action Unit is: grounding and its nulls (method, section 11).

g is the share of a map's Top-X relevance mass that lies inside the Action Unit's own region, c the share of
the whole crop that the region covers. (g - c) / (1 - c) is 1 if all relevance lies inside, 0 if it lies there
no more often than a pixel drawn at random, and negative if it avoids the region.

A figure means something only beside what maps reach that know nothing of the Action Unit: the relevance of a
network with random weights, the plain strength of edges in the picture (`gradient_magnitude`), and the region
laid where it does not belong (`mirrored`).
"""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.relevance import top_x_mask
from tpviewer.core.types import BoolArray, FloatArray

LEAST_GROUNDING = 0.3
"""Below this the network looks elsewhere than where the Action Unit is."""


def grounding(relevance: FloatArray, mask: BoolArray, x: float = 25.0) -> float:
    """Grounding of one map or cluster prototype.

    Parameters
    ----------
    relevance : ndarray of float, shape (H, W)
        Signed; what is not positive does not count.
    mask : ndarray of bool, shape (H, W)
        The Action Unit's region in the same pixels.
    x : float
        Percent of the positive relevance that counts, the strongest pixels first (paper, section 3.5).

    Returns
    -------
    float
        (g - c) / (1 - c), at most 1; NaN where there is no positive relevance, or the region is empty or the
        whole crop.

    Raises
    ------
    ParameterError
        If x is not in (0, 100].
    """
    covered = float(np.mean(mask))
    kept = top_x_mask(relevance, x)
    if not kept.any() or covered in (0.0, 1.0):
        return float("nan")
    strength = relevance[kept].astype(np.float64)
    inside = float(strength[mask[kept]].sum() / strength.sum())
    return (inside - covered) / (1 - covered)


def groundings(maps: FloatArray, masks: BoolArray, x: float = 25.0) -> NDArray[np.float64]:
    """Grounding (n,) of each map in its own region, from maps and masks (n, H, W); see `grounding`."""
    pairs = zip(maps, masks, strict=True)
    return np.array([grounding(relevance, mask, x) for relevance, mask in pairs], np.float64)


def mirrored(mask: BoolArray) -> BoolArray:
    """The region upside down in the crop, shape (..., H, W): as large as the true one, in the wrong place."""
    return mask[..., ::-1, :]


def gradient_magnitude(crop: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Strength of edges in a grey crop, a map that knows no Action Unit.

    Parameters
    ----------
    crop : ndarray of uint8, shape (H, W)
        At least two pixels each way.

    Returns
    -------
    ndarray of float64, shape (H, W)
        Length of the gradient by central differences, in grey levels per pixel.
    """
    down, right = np.gradient(crop.astype(np.float64))
    return np.asarray(np.hypot(down, right))
