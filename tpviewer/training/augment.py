"""Random changes of a crop that no Action Unit's label depends on."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.training.render_crops import MARGIN, SIDE

_WIDTH = SIDE - 2 * MARGIN


def augment(crop: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Turn, scale, shift, mirror, light, blur and add noise.

    Parameters
    ----------
    crop : ndarray, shape (SIDE, SIDE), uint8
        With its margin.
    rng : Generator

    Returns
    -------
    ndarray, shape (SIDE - 2 MARGIN, SIDE - 2 MARGIN), uint8
    """
    moved = _moved(crop, rng)
    if rng.random() < 0.5:
        moved = moved[:, ::-1]
    grey = moved.astype(np.float32)
    if rng.random() < 0.4:
        grey = cv2.GaussianBlur(grey, (0, 0), float(rng.uniform(0.3, 1.2)))
    if rng.random() < 0.3:
        grey = grey * (1 + rng.normal(0, 0.25) * np.linspace(-1, 1, _WIDTH, dtype=np.float32))
    mean = float(grey.mean())
    grey = (grey - mean) * rng.uniform(0.5, 1.3) + mean + rng.normal(0, 20)
    grey = grey + rng.normal(0, rng.uniform(0, 6), grey.shape)
    return np.asarray(np.clip(grey, 0, 255), np.uint8)


def centre(crops: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Crops (n, SIDE, SIDE) without their margin, unchanged."""
    return crops[:, MARGIN : SIDE - MARGIN, MARGIN : SIDE - MARGIN]


def _moved(crop: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    middle = ((SIDE - 1) / 2, (SIDE - 1) / 2)
    turn = cv2.getRotationMatrix2D(middle, float(rng.normal(0, 4)), float(np.exp(rng.normal(0, 0.04))))
    turn[:, 2] += rng.normal(0, 1.5, 2) - MARGIN
    flags = {"flags": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_REPLICATE}
    return np.asarray(cv2.warpAffine(crop, turn, (_WIDTH, _WIDTH), **flags), np.uint8)
