"""Head geometry that does not depend on the person: hairline and ambient occlusion."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.training.face_model import EYE, SKIN, FaceModel
from tpviewer.training.rasteriser import rasterise, vertex_normals

_LINE_Z = np.array([-10.0, -5.0, -1.0, 0.0, 1.5, 3.0, 5.0, 8.0, 12.0])
_LINE_Y = np.array([-9.0, -7.0, 1.0, 5.0, 5.2, 7.5, 8.8, 9.8, 10.2])
_RESOLUTION = 220
_BIAS = 0.35


def hair_distance(places: NDArray[np.float32], line: float, fringe: float) -> NDArray[np.float32]:
    """Height of skin places, shape (n, 3) on the neutral mean face, above the hairline, shape (n,)."""
    x, y, z = places.T
    lowest = np.interp(z, _LINE_Z, _LINE_Y) + line * np.clip((z + 1) / 6, 0, 1)
    lowest = lowest - fringe * np.clip((z - 4) / 3, 0, 1) * (2.2 + 0.5 * np.sin(1.7 * x))
    ear = (np.abs(x) > 6.6) & (z < 2.5) & (y > -3) & (y < 4.6)
    result: NDArray[np.float32] = np.where(ear, -1.0, y - lowest).astype(np.float32)
    return result


def ambient_occlusion(model: FaceModel, directions: int = 80) -> NDArray[np.float32]:
    """Share of the surrounding light that reaches each vertex of the neutral face, shape (n,), 0 to 1.

    One depth picture per direction decides what is hidden from there.
    """
    solid = np.isin(model.material, (SKIN, EYE))
    triangles = np.ascontiguousarray(model.triangles[solid])
    normals = vertex_normals(model.vertices, triangles)
    open_, total = np.zeros(len(normals)), np.full(len(normals), 1e-6)
    for direction in _sphere(directions):
        facing = np.clip(normals @ direction, 0, None)
        open_ += facing * visible_from(model.vertices, triangles, direction)
        total += facing
    result: NDArray[np.float32] = (open_ / total).astype(np.float32)
    return result


def visible_from(
    vertices: NDArray[np.float32], triangles: NDArray[np.int32], direction: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which vertices are seen from far away in a direction, shape (n,)."""
    points, scale = towards(vertices, direction)
    depth = rasterise(points, triangles, _RESOLUTION, _RESOLUTION).depth
    column = np.clip(np.round(points[:, 0]).astype(int), 0, _RESOLUTION - 1)
    row = np.clip(np.round(points[:, 1]).astype(int), 0, _RESOLUTION - 1)
    result: NDArray[np.bool_] = points[:, 2] >= depth[row, column] - _BIAS * scale
    return result


def towards(
    vertices: NDArray[np.float32], direction: NDArray[np.float64], size: int = _RESOLUTION
) -> tuple[NDArray[np.float32], float]:
    """Vertices as points of a square parallel picture taken from a direction, and its pixels per unit.

    Parameters
    ----------
    vertices : ndarray, shape (n, 3), float32
    direction : ndarray, shape (3,), float64
        From the vertices to the viewer, of any length but 0.
    size : int
        Side of the picture, pixels.

    Returns
    -------
    points : ndarray, shape (n, 3), float32
        x to the right and y down, in pixels, and nearness in the same unit, as `rasterise` takes them.
    scale : float
        Pixels per unit of the vertices.
    """
    forward = direction / np.linalg.norm(direction)
    up = np.array([0.0, 1.0, 0.0]) if abs(forward[1]) < 0.9 else np.array([0.0, 0.0, -1.0])
    right = np.cross(up, forward)
    right /= np.linalg.norm(right)
    turned = vertices @ np.stack([right, -np.cross(forward, right), forward], 1).astype(np.float32)
    low, high = turned.min(0), turned.max(0)
    scale = (size - 3) / float(max(high[0] - low[0], high[1] - low[1]))
    turned[:, :2] = (turned[:, :2] - low[:2]) * scale + 1
    turned[:, 2] *= scale
    return turned, scale


def _sphere(n: int) -> NDArray[np.float64]:
    """Evenly spread unit vectors (Fibonacci spiral)."""
    index = np.arange(n) + 0.5
    z = 1 - 2 * index / n
    angle = np.pi * (1 + 5**0.5) * index
    radius = np.sqrt(1 - z**2)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), z], 1)
