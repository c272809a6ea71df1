"""A drawn face that face detectors take for one, so that tests need no photograph."""

import cv2
import numpy as np
from numpy.typing import NDArray


def draw_face(
    width: int = 320, height: int = 240, *, centre=(160, 120), size: float = 120.0
) -> NDArray[np.uint8]:
    """RGB picture with an upright, frontal face, `size` pixels high."""
    fine = 4
    picture = np.full((height * fine, width * fine, 3), (120, 130, 140), np.uint8)
    x, y = centre

    def at(u, v):  # u, v in face heights from the centre
        return round((x + u * size) * fine), round((y + v * size) * fine)

    def ellipse(u, v, a, b, colour, start=0, stop=360, thickness=-1, turn=0):
        axes = (max(1, round(a * size * fine)), max(1, round(b * size * fine)))
        line = thickness if thickness < 0 else max(1, round(thickness * size * fine / 100))
        cv2.ellipse(picture, at(u, v), axes, turn, start, stop, colour, line, cv2.LINE_AA)

    ellipse(0, -0.08, 0.43, 0.56, (70, 45, 30))
    ellipse(0, 0.55, 0.2, 0.3, (200, 150, 125))
    ellipse(0, 0, 0.37, 0.5, (224, 172, 145))
    ellipse(0, 0.1, 0.3, 0.36, (230, 180, 152))
    for side in (-1, 1):
        ellipse(side * 0.16, -0.08, 0.075, 0.032, (245, 240, 238))
        ellipse(side * 0.16, -0.08, 0.03, 0.03, (60, 40, 30))
        ellipse(side * 0.16, -0.085, 0.08, 0.035, (60, 35, 30), 180, 360, 1.2)
        ellipse(side * 0.16, -0.15, 0.1, 0.03, (70, 45, 30), 190, 350, 3)
        ellipse(side * 0.045, 0.12, 0.02, 0.012, (120, 70, 60))
    ellipse(0, 0.08, 0.055, 0.06, (205, 150, 125), 20, 160, 1.5)
    ellipse(0, 0.02, 0.02, 0.1, (238, 192, 166))
    ellipse(0, 0.26, 0.12, 0.035, (180, 80, 80))
    ellipse(0, 0.255, 0.12, 0.008, (110, 40, 45))
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(small, (0, 0), max(size / 120, 0.3))
