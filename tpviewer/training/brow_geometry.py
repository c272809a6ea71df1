"""Where the brows stand, from the three-dimensional face mesh, whatever way the head is turned."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.head_pose import head_pose

RIGID = (33, 133, 362, 263, 168, 6, 197, 195, 127, 356, 234, 454)
"""Mesh points that hardly move with expression: eye corners, bridge of the nose, temples, ears."""

_INNER = (55, 107, 285, 336)
_OUTER = (46, 53, 63, 70, 276, 283, 293, 300)
_EYE_CORNERS = (33, 133, 362, 263)
_OUTER_CORNERS = (33, 263)
_INNER_PAIR = ((55, 107), (285, 336))


def brow_curves(mesh: NDArray[np.float32]) -> dict[str, NDArray[np.float64]]:
    """Curves of AU01, AU02 and AU04 from brow height against the eyes.

    Every frame's mesh is laid onto the clip's mean face by a similarity of the points that do not move with
    expression, which takes out turning, nodding, leaning and distance; then heights are compared.

    Parameters
    ----------
    mesh : ndarray, shape (N, at least 468, 3), float32
        Pixels; NaN in frames without a face.

    Returns
    -------
    dict of str to ndarray, shape (N,)
        AU01: height of the inner brow; AU02: of the outer brow; AU04: how much the inner brows come down and
        together. In distances of the outer eye corners; only changes have a meaning.
    """
    frontal = _frontal(mesh.astype(np.float64))
    eye_level = frontal[:, _EYE_CORNERS, 1].mean(axis=1)
    width = np.linalg.norm(frontal[:, _OUTER_CORNERS[1]] - frontal[:, _OUTER_CORNERS[0]], axis=1)
    inner = (eye_level - frontal[:, _INNER, 1].mean(axis=1)) / width
    outer = (eye_level - frontal[:, _OUTER, 1].mean(axis=1)) / width
    right, left = (frontal[:, pair, 0].mean(axis=1) for pair in _INNER_PAIR)
    return {"AU01": inner, "AU02": outer, "AU04": -inner - (left - right) / width}


def without_pose(curve: NDArray[np.float64], mesh: NDArray[np.float32]) -> NDArray[np.float64]:
    """What is left of a curve when a linear function of yaw and pitch is taken off.

    Brows often move together with the head, and what does so is lost.

    Parameters
    ----------
    curve : ndarray, shape (N,)
    mesh : ndarray, shape (N, at least 468, 3), float32

    Returns
    -------
    ndarray, shape (N,)
    """
    known = np.isfinite(curve)
    turned = np.full((len(curve), 2), np.nan)
    turned[known] = [head_pose(points)[:2] for points in mesh[known]]
    design = np.column_stack([np.ones(len(curve)), turned])
    weights = np.linalg.lstsq(design[known], curve[known], rcond=None)[0]
    return np.asarray(curve - design @ weights)


def _frontal(mesh: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each mesh turned, scaled and shifted onto the mean of the rigid points, itself turned to the camera."""
    known = np.isfinite(mesh).all(axis=(1, 2))
    result = np.full_like(mesh, np.nan)
    target = _upright(mesh[known][0])
    for _ in range(3):
        result[known] = [_laid_onto(points, target) for points in mesh[known]]
        target = _upright(result[known].mean(axis=0))
    return result


def _upright(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn a mesh so that the outer eye corners lie along x and the midline of the face along y."""
    sideways = points[263] - points[33]
    sideways = sideways / np.linalg.norm(sideways)
    down = points[195] - points[168] + (points[164] - points[10])
    down = down - (down @ sideways) * sideways
    down = down / np.linalg.norm(down)
    return np.asarray(points @ np.stack([sideways, down, np.cross(sideways, down)], axis=1))


def _laid_onto(points: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """Similarity of the rigid points (Umeyama, PAMI 1991, without mirroring), applied to all points."""
    source, goal = points[list(RIGID)], target[list(RIGID)]
    source_mean, goal_mean = source.mean(axis=0), goal.mean(axis=0)
    u, spread, v = np.linalg.svd((goal - goal_mean).T @ (source - source_mean))
    sign = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ v))])
    scale = (spread * sign).sum() / np.square(source - source_mean).sum()
    return np.asarray((points - source_mean) @ (scale * (u * sign) @ v).T + goal_mean)
