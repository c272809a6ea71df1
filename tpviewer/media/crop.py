"""The model's view of a face: a small grey crop cut out of a frame."""

import math
import os

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):  # cv2 points them at its own Qt
    os.environ.pop(_name, None)

_LEAST, _MOST = 2, 32  # samples per crop pixel and axis


def crop_face(rgb: NDArray[np.uint8], frame_to_crop: ArrayLike, width: int, height: int) -> NDArray[np.uint8]:
    """Cut an aligned face out of a frame (method, section 2).

    Grey is BT.601 luma. Every crop pixel is the mean over its own area: the frame is sampled bilinearly on
    a grid at least as fine as the frame's own and the samples of a pixel are averaged, so that a large face
    leaves no aliasing in the crop. Beyond the frame its border is continued.

    Parameters
    ----------
    rgb : ndarray, shape (H, W, 3), uint8
    frame_to_crop : array_like, shape (2, 3)
        Affine matrix from frame to crop pixels, whole numbers being pixel centres.
    width, height : int
        Size of the crop in pixels.

    Returns
    -------
    ndarray, shape (height, width), uint8
    """
    transform = np.asarray(frame_to_crop, np.float64)
    scale = math.sqrt(abs(float(np.linalg.det(transform[:, :2]))))
    fine = min(max(math.ceil(1.0 / scale), _LEAST), _MOST)
    to_fine = transform * fine
    to_fine[:, 2] += (fine - 1) / 2
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    samples = cv2.warpAffine(
        grey, to_fine, (width * fine, height * fine), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    crop: NDArray[np.uint8] = cv2.resize(samples, (width, height), interpolation=cv2.INTER_AREA)
    return crop
