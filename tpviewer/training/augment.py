"""Random changes of a crop and its neutral face that no Action Unit's label depends on."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.training.render_crops import MARGIN, SIDE

_WIDTH = SIDE - 2 * MARGIN
_NOISE = np.random.default_rng(0).standard_normal(1 << 18, np.float32)
"""Every crop's noise is a stretch of this: drawing it took as long as all else that is done to the crop."""

Crop = NDArray[np.uint8]


def augment(crop: Crop, neutral: Crop, rng: np.random.Generator, *, spoil: bool = True) -> tuple[Crop, Crop]:
    """Turn, scale, shift, mirror, light, blur and add noise; bend tones, sharpen, shrink and compress.

    Both crops are mirrored, blurred and lit from a side together; the rest is drawn for each. Uneven light,
    bent tones and lost details keep a fit on rendered faces from learning how the renderer draws; short fits
    then follow real faces better.

    Parameters
    ----------
    crop, neutral : ndarray, shape (SIDE, SIDE), uint8
        With their margins; a neutral of zeros, which means none, stays zeros.
    rng : Generator
    spoil : bool
        Also bend tones, light unevenly, sharpen, shrink and compress.

    Returns
    -------
    crop, neutral : ndarray, shape (SIDE - 2 MARGIN, SIDE - 2 MARGIN), uint8
    """
    mirrored, blur = rng.random() < 0.5, float(rng.uniform(0.3, 1.2)) if rng.random() < 0.4 else 0.0
    slope = float(rng.normal(0, 0.25)) if rng.random() < 0.3 else 0.0
    changed = []
    for picture in (crop, neutral):
        if not picture.any():
            changed.append(np.zeros((_WIDTH, _WIDTH), np.uint8))
            continue
        moved = _moved(picture, rng)
        lit = _lit(moved[:, ::-1] if mirrored else moved, blur, slope, rng)
        changed.append((_taken(lit, rng) if spoil else lit).astype(np.uint8))
    return changed[0], changed[1]


def centre(crops: Crop) -> Crop:
    """Crops (n, SIDE, SIDE) without their margin, unchanged."""
    return crops[:, MARGIN : SIDE - MARGIN, MARGIN : SIDE - MARGIN]


def _moved(crop: Crop, rng: np.random.Generator) -> Crop:
    middle = ((SIDE - 1) / 2, (SIDE - 1) / 2)
    turn = cv2.getRotationMatrix2D(middle, float(rng.normal(0, 3)), float(np.exp(rng.normal(0, 0.03))))
    turn[:, 2] += rng.normal(0, 1.2, 2) - MARGIN
    flags = {"flags": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_REPLICATE}
    return np.asarray(cv2.warpAffine(crop, turn, (_WIDTH, _WIDTH), **flags), np.uint8)


def _lit(crop: Crop, blur: float, slope: float, rng: np.random.Generator) -> NDArray[np.float32]:
    grey = crop.astype(np.float32)
    if blur:
        grey = cv2.GaussianBlur(grey, (0, 0), blur * float(rng.uniform(0.8, 1.25)))
    if slope:
        grey = grey * (1 + slope * np.linspace(-1, 1, _WIDTH, dtype=np.float32))
    mean = float(grey.mean())
    grey = (grey - mean) * np.float32(rng.uniform(0.5, 1.3)) + np.float32(mean + rng.normal(0, 20))
    grey += _noise(grey.shape, rng) * np.float32(rng.uniform(0, 6))
    return np.clip(grey, 0, 255)


def _taken(grey: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Change tones, light and sharpness as another camera in another room would."""
    if rng.random() < 0.5:
        grey = 255 * (grey / 255) ** np.float32(np.exp(rng.normal(0, 0.35)))
    if rng.random() < 0.4:
        light = rng.normal(0, 0.3, (4, 4)).astype(np.float32)
        grey = grey * np.exp(cv2.resize(light, (_WIDTH, _WIDTH), interpolation=cv2.INTER_CUBIC))
    if rng.random() < 0.3:
        details = grey - cv2.GaussianBlur(grey, (0, 0), 1.2)
        grey = grey + np.float32(rng.uniform(0.2, 1.0)) * details
    return np.clip(_recorded(grey, rng), 0, 255)


def _recorded(grey: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Spoil the crop as a small face, a dark room or a hard compression does."""
    if rng.random() < 0.25:
        side = round(_WIDTH * float(rng.uniform(0.35, 0.9)))
        small = cv2.resize(grey, (side, side), interpolation=cv2.INTER_AREA)
        grey = cv2.resize(small, (_WIDTH, _WIDTH), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    if rng.random() < 0.2:
        grey = grey + _noise(grey.shape, rng) * np.float32(rng.uniform(4, 18))
    if rng.random() < 0.2:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))]
        _, coded = cv2.imencode(".jpg", np.clip(grey, 0, 255).astype(np.uint8), quality)
        grey = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE).astype(np.float32)
    return grey


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float32]:
    size = math.prod(shape)
    start = int(rng.integers(_NOISE.size - size))
    return _NOISE[start : start + size].reshape(shape)
