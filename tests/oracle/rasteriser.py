"""A z-buffer in exact arithmetic, pixel by pixel and triangle by triangle."""

from fractions import Fraction

import numpy as np


def cross(o, p, q):
    """Twice the area of a triangle; positive when it is counter-clockwise in a picture with y down."""
    return (p[0] - o[0]) * (q[1] - o[1]) - (p[1] - o[1]) * (q[0] - o[0])


def nearness(point, corners):
    """Nearness of a triangle at a pixel centre, and its weights; None where it is not seen."""
    a, b, c = corners
    area = -cross(a, b, c)
    if area <= 0:
        return None
    weights = [-cross(p, q, point) / area for p, q in ((b, c), (c, a), (a, b))]
    if min(weights) < 0:
        return None
    return sum(w * corner[2] for w, corner in zip(weights, corners, strict=True)), weights


def seen(points: np.ndarray, triangles: np.ndarray, x: int, y: int) -> dict[int, tuple]:
    """Nearness and weights of all triangles that are as near as the nearest one in a pixel."""
    exact = [[Fraction(float(value)) for value in row] for row in points]
    hits = {t: nearness((x, y), [exact[i] for i in corners]) for t, corners in enumerate(triangles)}
    hits = {t: hit for t, hit in hits.items() if hit is not None}
    nearest = max((hit[0] for hit in hits.values()), default=None)
    return {t: hit for t, hit in hits.items() if hit[0] == nearest}
