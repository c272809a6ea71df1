"""Head pose and perspective."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PIVOT = np.array([0.0, 1.0, 2.0], np.float32)
"""The point, in units of the face model, about which the head turns and at which the camera looks."""


@dataclass(frozen=True)
class Pose:
    """Head pose in degrees and distance of the camera in units of the face model.

    Positive yaw turns the face to the picture's right, positive pitch raises it, positive roll tilts it
    clockwise in the picture.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    distance: float = 90.0


def rotation(pose: Pose) -> NDArray[np.float32]:
    """Rotation matrix, shape (3, 3), in the model's axes (y up)."""
    yaw, pitch, roll = np.deg2rad([pose.yaw, -pose.pitch, -pose.roll])
    cy, sy, cp, sp, cr, sr = (f(a) for a in (yaw, pitch, roll) for f in (np.cos, np.sin))
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    nod = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    tilt = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    result: NDArray[np.float32] = (tilt @ nod @ turn).astype(np.float32)
    return result


def project(vertices: NDArray[np.float32], pose: Pose) -> NDArray[np.float32]:
    """Points, shape (n, 3): x, y (down) in units at the pivot's distance, and nearness in units."""
    turned = (vertices - PIVOT) @ rotation(pose).T
    enlarge = pose.distance / (pose.distance - turned[:, 2])
    result: NDArray[np.float32] = np.stack(
        [turned[:, 0] * enlarge, -turned[:, 1] * enlarge, turned[:, 2]], 1
    ).astype(np.float32)
    return result
