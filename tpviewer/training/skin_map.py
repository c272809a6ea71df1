"""The plane on which skin is painted: the neutral mean face seen from the front.

Every point of the skin keeps the place (x, y) that it has in the neutral mean face, so paint moves with the
skin. `SkinMap` turns places into pixels and holds the landmarks and the noise that painters share.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.training.face_model import FaceModel

X0, X1, Y0, Y1 = -11.0, 11.0, -18.0, 15.0
"""Edges of the map in units of the face model."""

Points = NDArray[np.float64]
Image = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class SkinMap:
    """Drawing on the map.

    Attributes
    ----------
    scale : float
        Pixels per unit of the face model.
    landmarks : ndarray, shape (68, 2), float64
        Places of the landmarks in the neutral mean face.
    """

    scale: float
    landmarks: Points
    noise: tuple[Image, ...] = field(default=(), repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return round((Y1 - Y0) * self.scale), round((X1 - X0) * self.scale)

    def pixels(self, places: Points) -> Points:
        """Pixel coordinates, shape (n, 2), of places, shape (n, 2)."""
        return np.stack([(places[:, 0] - X0) * self.scale, (Y1 - places[:, 1]) * self.scale], axis=1)

    def curves(self, curves: Sequence[Points], width: float) -> Image:
        """Picture, 0 to 1, of open curves of a width in units."""
        canvas = np.zeros(self.shape, np.uint8)
        thick = max(1, round(width * self.scale))
        weight = min(1.0, width * self.scale)
        drawn = [np.round(self.pixels(curve) * 16).astype(np.int32) for curve in curves]
        cv2.polylines(canvas, drawn, False, int(255 * weight), thick, cv2.LINE_AA, 4)
        return canvas.astype(np.float32) / 255

    def soft_curve(self, curve: Points, width: float, box: tuple[int, int, int, int]) -> Image:
        """Blurred curve in the part [x0, x1) x [y0, y1) of the map, pixels; peak about 1."""
        x0, y0, x1, y1 = box
        canvas = np.zeros((y1 - y0, x1 - x0), np.uint8)
        drawn = np.round((self.pixels(curve) - (x0, y0)) * 16).astype(np.int32)
        cv2.polylines(canvas, [drawn], False, 255, max(1, round(width * self.scale)), cv2.LINE_AA, 4)
        return 1.3 * self.blur(canvas.astype(np.float32) / 255, 0.6 * width)

    def area(self, outline: Points, softness: float) -> Image:
        """Picture, 0 to 1, of an area whose edge fades over `softness` units."""
        canvas = np.zeros(self.shape, np.uint8)
        cv2.fillPoly(canvas, [np.round(self.pixels(outline) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        return self.blur(canvas.astype(np.float32) / 255, softness)

    def blur(self, image: Image, sigma: float) -> Image:
        """Gaussian blur with sigma in units."""
        if sigma * self.scale < 0.3:
            return image
        result: Image = cv2.GaussianBlur(image, (0, 0), sigma * self.scale)
        return result

    def grain(self, level: int, rng: np.random.Generator) -> Image:
        """Smooth noise of mean 0 and deviation 1, finer for smaller levels; a random cut of a stored one."""
        stored = self.noise[level]
        height, width = self.shape
        y = int(rng.integers(stored.shape[0] - height + 1))
        x = int(rng.integers(stored.shape[1] - width + 1))
        return stored[y : y + height, x : x + width]


def make_skin_map(model: FaceModel, scale: float) -> SkinMap:
    """Map for a face model with its noise (sigma 0.05, 0.25 and 1 units), always the same."""
    landmarks = model.vertices[model.landmarks, :2].astype(np.float64)
    empty = SkinMap(scale, landmarks)
    height, width = empty.shape
    rng = np.random.default_rng(7)
    noise = []
    for sigma in (0.05, 0.25, 1.0):
        white = rng.normal(size=(height + height // 2, width + width // 2)).astype(np.float32)
        smooth = empty.blur(white, sigma)
        noise.append(smooth / smooth.std())
    return SkinMap(scale, landmarks, tuple(noise))


def smooth_curve(points: Points, n: int = 24, closed: bool = False) -> Points:
    """Catmull-Rom curve of `n` points per side through points, shape (k, 2)."""
    ring = (
        np.vstack([points[-1], points, points[:2]]) if closed else np.vstack([points[0], points, points[-1]])
    )
    share = np.linspace(0, 1, n, endpoint=False)[:, None]
    parts = []
    for p0, p1, p2, p3 in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        parts.append(
            0.5
            * (
                2 * p1
                + (p2 - p0) * share
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * share**2
                + (3 * p1 - p0 - 3 * p2 + p3) * share**3
            )
        )
    return np.vstack([*parts, ring[-2][None]])


def mirrored(points: Points) -> Points:
    """Points on the other side of the face."""
    result: Points = points * np.array([-1.0, 1.0])
    return result
