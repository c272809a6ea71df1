"""What the model is shown of a frame."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import invert
from tpviewer.media.crop import crop_face


def face_crop(
    picture: NDArray[np.uint8] | None, to_frame: NDArray[np.float64], input_size: tuple[int, int]
) -> NDArray[np.uint8] | None:
    """What the model is shown of a frame, (H, W) uint8; None without a face or where it did not decode.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3), or None
        Frame, RGB.
    to_frame : ndarray of float64, shape (2, 3)
        ``crop_to_frame`` of the frame, NaN without a face.
    input_size : (int, int)
        Height and width of the crop.
    """
    if picture is None or not np.isfinite(to_frame).all():
        return None
    height, width = input_size
    return crop_face(picture, invert(to_frame), width, height)
