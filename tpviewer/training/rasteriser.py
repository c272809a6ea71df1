"""A z-buffer for triangles, compiled by numba."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Fragments:
    """What is seen in each pixel.

    Attributes
    ----------
    triangle : ndarray, shape (H, W), int32
        Number of the triangle in front, -1 where there is none.
    weights : ndarray, shape (H, W, 3), float32
        Barycentric coordinates of the pixel centre in it.
    depth : ndarray, shape (H, W), float32
        Larger is nearer; -inf where there is nothing.
    """

    triangle: NDArray[np.int32]
    weights: NDArray[np.float32]
    depth: NDArray[np.float32]


def rasterise(
    points: NDArray[np.float32], triangles: NDArray[np.int32], width: int, height: int
) -> Fragments:
    """Find the nearest triangle in each pixel.

    Whole numbers are pixel centres, y runs down. Triangles that are counter-clockwise in a picture with y up
    face the viewer; the others are left out. Of equally near triangles the first stays.

    Parameters
    ----------
    points : ndarray, shape (n, 3), float32
        x and y in pixels, and nearness.
    triangles : ndarray, shape (m, 3), int32
    width, height : int
        Size of the picture in pixels.
    """
    triangle = np.full((height, width), -1, np.int32)
    weights = np.zeros((height, width, 3), np.float32)
    depth = np.full((height, width), -np.inf, np.float32)
    _fill(np.ascontiguousarray(points, np.float64), triangles, triangle, weights, depth)
    return Fragments(triangle, weights, depth)


@njit(cache=True)  # type: ignore[untyped-decorator]
def _fill(points: Any, triangles: Any, triangle: Any, weights: Any, depth: Any) -> None:
    height, width = depth.shape
    for index in range(len(triangles)):
        a, b, c = points[triangles[index, 0]], points[triangles[index, 1]], points[triangles[index, 2]]
        area = (c[0] - a[0]) * (b[1] - a[1]) - (b[0] - a[0]) * (c[1] - a[1])
        if area <= 0:
            continue
        x0 = max(0, int(np.ceil(min(a[0], b[0], c[0]))))
        x1 = min(width - 1, int(np.floor(max(a[0], b[0], c[0]))))
        y0 = max(0, int(np.ceil(min(a[1], b[1], c[1]))))
        y1 = min(height - 1, int(np.floor(max(a[1], b[1], c[1]))))
        for y in range(y0, y1 + 1):
            for x in range(x0, x1 + 1):
                u = ((c[0] - b[0]) * (y - b[1]) - (x - b[0]) * (c[1] - b[1])) / -area
                v = ((a[0] - c[0]) * (y - c[1]) - (x - c[0]) * (a[1] - c[1])) / -area
                w = ((b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1])) / -area
                if u < 0 or v < 0 or w < 0:
                    continue
                near = u * a[2] + v * b[2] + w * c[2]
                if near > depth[y, x]:
                    depth[y, x] = near
                    triangle[y, x] = index
                    weights[y, x, 0], weights[y, x, 1], weights[y, x, 2] = u, v, w


@njit(cache=True)  # type: ignore[untyped-decorator]
def vertex_normals(vertices: Any, triangles: Any) -> Any:
    """Unit normals, shape (n, 3), area-weighted over the triangles around each vertex."""
    normals = np.zeros_like(vertices)
    for t in range(len(triangles)):
        i, j, k = triangles[t]
        e, f = vertices[j] - vertices[i], vertices[k] - vertices[i]
        n0 = e[1] * f[2] - e[2] * f[1]
        n1 = e[2] * f[0] - e[0] * f[2]
        n2 = e[0] * f[1] - e[1] * f[0]
        for vertex in (i, j, k):
            normals[vertex, 0] += n0
            normals[vertex, 1] += n1
            normals[vertex, 2] += n2
    for vertex in range(len(normals)):
        length = np.sqrt((normals[vertex] ** 2).sum())
        if length > 0:
            normals[vertex] /= length
    return normals
