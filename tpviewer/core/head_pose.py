"""Where a head is turned, from the three-dimensional face mesh (method, section 2).

Pose explains clusters that are pose, not muscle, so it is kept for every frame.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_RIGHT_TO_LEFT = ((33, 263), (133, 362), (127, 356), (234, 454), (54, 284))  # mirrored pairs, rigid places
_TOP, _BOTTOM = (10, 151), (2, 164)  # midline: forehead, base of the nose
_SLOPE = np.radians(8.0)  # of the upright axis in frontal photographs, median of 40 calm adults


def head_pose(mesh: NDArray[np.floating[Any]]) -> tuple[float, float, float]:
    """Yaw, pitch and roll of a head.

    The head's axes come from mesh points that hardly move with expression: the sideways axis from mirrored
    pairs at eyes, temples and cheeks, the upright axis from forehead to base of the nose, less its slope in a
    face that looks straight ahead.

    Parameters
    ----------
    mesh : ndarray, shape (n, 3), float
        Mesh in pixels: x to the right, y down, z away from the camera.

    Returns
    -------
    yaw, pitch, roll : float
        Degrees, each as the viewer sees it: yaw > 0 looks to the right side of the picture, pitch > 0 looks
        up, roll > 0 leans clockwise. Turned in the order roll, pitch, yaw. An upright face that looks
        into the camera has about (0, 0, 0).
    """
    points = np.asarray(mesh, np.float64)
    right, left = np.array(_RIGHT_TO_LEFT).T
    sideways = _unit((points[left] - points[right]).mean(axis=0))
    down = points[list(_BOTTOM)].mean(axis=0) - points[list(_TOP)].mean(axis=0)
    down = _unit(down - (down @ sideways) * sideways)
    slanted = np.cross(sideways, down)
    back = np.cos(_SLOPE) * slanted - np.sin(_SLOPE) * down
    down = np.cos(_SLOPE) * down + np.sin(_SLOPE) * slanted
    yaw = np.arctan2(-back[0], back[2])
    pitch = np.arcsin(np.clip(back[1], -1.0, 1.0))
    roll = np.arctan2(sideways[1], down[1])
    return float(np.degrees(yaw)), float(np.degrees(pitch)), float(np.degrees(roll))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(vector)
    result: NDArray[np.float64] = vector / (length if length > 0 else 1.0)
    return result
