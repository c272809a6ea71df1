"""From crops in memory to what a network in training sees, and what it then says."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.models.normalisation import network_input
from tpviewer.training.augment import centre
from tpviewer.training.dataset import LabelledCrops

_AT_ONCE = 256


def training_input(
    crops: NDArray[np.uint8], neutrals: NDArray[np.uint8], side: int, channels: int
) -> NDArray[np.float32]:
    """Input of a network whose size may be another than that of the crops.

    Parameters
    ----------
    crops, neutrals : ndarray, shape (n, h, h), uint8
        Without a margin; a neutral face of zeros is none.
    side : int
        Width and height of the input; crops of another size are resampled.
    channels : int
        1 or 2; with 1 `neutrals` are not used.

    Returns
    -------
    ndarray, shape (n, side, side, channels), float32
    """
    known = _resized(neutrals, side) if channels == 2 else None
    return network_input(_resized(crops, side), known, channels)


def predict(model: Any, data: LabelledCrops, *, use_neutrals: bool = True) -> NDArray[np.float32]:
    """Logits, shape (n, K), of crops with their margin.

    Parameters
    ----------
    model : keras.Model
        With one or two input channels.
    data : LabelledCrops
    use_neutrals : bool
        False: as if no neutral face were known.
    """
    _, side, _, channels = model.input_shape
    parts = []
    for start in range(0, len(data), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        crops, neutrals = centre(data.crops[rows]), centre(data.neutrals[rows])
        known = neutrals if use_neutrals else np.zeros_like(neutrals)
        parts.append(model(training_input(crops, known, side, channels), training=False).numpy())
    return np.concatenate(parts)


def _resized(crops: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    if crops.shape[1] == side:
        return crops
    return np.stack([cv2.resize(crop, (side, side), interpolation=cv2.INTER_CUBIC) for crop in crops])
