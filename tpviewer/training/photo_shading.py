"""The pixels of a photographic face, compiled by numba."""

from typing import Any

from numba import njit

from tpviewer.training.face_model import EYE, MOUTH, SKIN

COLUMNS = 10
"""Per vertex: pixel of the photograph (2), pixel of the closed lid (2), share of the closed lid, cover,
place on the neutral mean face (2), factor on the light, darkness of lashes."""


@njit(cache=True)  # type: ignore[untyped-decorator]
def paint(
    triangle: Any,
    weights: Any,
    triangles: Any,
    material: Any,
    attributes: Any,
    skin: Any,
    lids: Any,
    eyes: Any,
    to_linear: Any,
    relief: Any,
    map_place: Any,
    picture: Any,
    cover: Any,
) -> None:
    """Paint over `picture`, shape (H, W, 3), float32, linear light, and note the `cover`, shape (H, W).

    Parameters
    ----------
    triangle, weights : ndarray
        Of `tpviewer.training.rasteriser.Fragments`.
    triangles, material : ndarray, shape (m, 3) and (m,), int
        Vertices and material of each triangle.
    attributes : ndarray, shape (n, COLUMNS), float32
    skin, lids, eyes : ndarray, shape (h, w, 3), uint8
        Of `tpviewer.training.photo_texture.PhotoTextures`.
    to_linear : ndarray, shape (256,), float32
        Linear light of the photograph's values.
    relief : ndarray, shape (h, w), float32
        Factor of the folds on the skin map.
    map_place : ndarray, shape (3,)
        Pixels per unit, left and upper edge of the skin map.
    picture : ndarray, shape (H, W, 3), float32
    cover : ndarray, shape (H, W), float32
        Is filled with the share of each pixel that the face covers.
    """
    for y in range(triangle.shape[0]):
        for x in range(triangle.shape[1]):
            index = triangle[y, x]
            if index < 0:
                continue
            i, j, k = triangles[index]
            u, v, w = weights[y, x]
            kind = material[index]
            gain = _mix(u, v, w, attributes, i, j, k, 8)
            share = 1.0
            if kind == SKIN:
                share = _mix(u, v, w, attributes, i, j, k, 5)
                gain *= 1 - _mix(u, v, w, attributes, i, j, k, 9)
                row = (map_place[2] - _mix(u, v, w, attributes, i, j, k, 7)) * map_place[0]
                column = (_mix(u, v, w, attributes, i, j, k, 6) - map_place[1]) * map_place[0]
                gain *= _at(relief, row, column)
            closed = _mix(u, v, w, attributes, i, j, k, 4)
            px, py = _mix(u, v, w, attributes, i, j, k, 0), _mix(u, v, w, attributes, i, j, k, 1)
            qx, qy = _mix(u, v, w, attributes, i, j, k, 2), _mix(u, v, w, attributes, i, j, k, 3)
            for c in range(3):
                if kind == SKIN:
                    value = (1 - closed) * _colour(skin, to_linear, py, px, c)
                    if closed > 0:
                        value += closed * _colour(lids, to_linear, qy, qx, c)
                elif kind == EYE:
                    value = _colour(eyes, to_linear, py, px, c)
                elif kind == MOUTH:
                    value = (0.36, 0.13, 0.12)[c]
                else:
                    value = (0.70, 0.61, 0.50)[c]
                picture[y, x, c] += share * (value * gain - picture[y, x, c])
            cover[y, x] = share


@njit(cache=True)  # type: ignore[untyped-decorator]
def _mix(u: Any, v: Any, w: Any, attributes: Any, i: Any, j: Any, k: Any, column: Any) -> Any:
    return u * attributes[i, column] + v * attributes[j, column] + w * attributes[k, column]


@njit(cache=True)  # type: ignore[untyped-decorator]
def _at(image: Any, row: Any, column: Any) -> Any:
    """Bilinear value; places outside take the edge's."""
    row = min(max(row, 0.0), image.shape[0] - 1.001)
    column = min(max(column, 0.0), image.shape[1] - 1.001)
    i, j = int(row), int(column)
    p, q = row - i, column - j
    above = (1 - q) * image[i, j] + q * image[i, j + 1]
    below = (1 - q) * image[i + 1, j] + q * image[i + 1, j + 1]
    return (1 - p) * above + p * below


@njit(cache=True)  # type: ignore[untyped-decorator]
def _colour(image: Any, to_linear: Any, row: Any, column: Any, c: Any) -> Any:
    """Bilinear linear light of one channel; places outside take the edge's."""
    row = min(max(row, 0.0), image.shape[0] - 1.001)
    column = min(max(column, 0.0), image.shape[1] - 1.001)
    i, j = int(row), int(column)
    p, q = row - i, column - j
    above = (1 - q) * to_linear[image[i, j, c]] + q * to_linear[image[i, j + 1, c]]
    below = (1 - q) * to_linear[image[i + 1, j, c]] + q * to_linear[image[i + 1, j + 1, c]]
    return (1 - p) * above + p * below
