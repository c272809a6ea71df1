"""The face that is nobody's as pixels: what stands for the person in de-identified exports."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.export.carried import neutral_curves
from tpviewer.store.session import Session

_GROUND, _LINE = 250, 96
_FRACTION_BITS = 4
_FINE = 4  # drawn so much larger first: thick short lines have beads
_WEIGHT = 0.35  # of a line, pixels of the crop


def neutral_picture(session: Session, scale: int) -> NDArray[np.uint8]:
    """Draw the outline in the crop of the session's model.

    Parameters
    ----------
    session : Session
    scale : int
        Pixels of the picture per pixel of the crop.

    Returns
    -------
    ndarray of uint8, shape (scale * H, scale * W)
        Grey.
    """
    height, width = (int(side) * scale for side in session.model["input_size"])
    fine = np.full((height * _FINE, width * _FINE), _GROUND, np.uint8)
    unit = scale * _FINE
    for curve in neutral_curves(session):
        places = ((curve + 0.5) * unit - 0.5) * (1 << _FRACTION_BITS)
        line = np.round(places).astype(np.int32)
        cv2.polylines(
            fine, [line], False, (_LINE,), max(1, round(unit * _WEIGHT)), cv2.LINE_AA, _FRACTION_BITS
        )
    return np.asarray(cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
