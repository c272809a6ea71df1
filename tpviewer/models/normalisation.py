"""From grey crops to the network's input."""

import numpy as np
from numpy.typing import NDArray

STD_OFFSET = 4.0
"""Grey levels added to the standard deviation, so that a flat crop is not blown up to noise."""


def normalise_crop(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Standardise each crop by itself: (x − mean) / (std + 4).

    Sums of grey levels are exact, so a crop's values do not depend on the crops beside it.

    Parameters
    ----------
    crops : (n, H, W) uint8
        Aligned grey crops.

    Returns
    -------
    (n, H, W, 1) float32
    """
    size = crops.shape[1] * crops.shape[2]
    levels = crops.reshape(len(crops), size).astype(np.int64)
    total, squares = levels.sum(axis=1), np.square(levels).sum(axis=1)
    mean = total / size
    std = np.sqrt(squares * size - total * total) / size
    normal = (levels - mean[:, None]) / (std + STD_OFFSET)[:, None]
    result: NDArray[np.float32] = normal.astype(np.float32).reshape(*crops.shape, 1)
    return result
