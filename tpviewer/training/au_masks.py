"""Which pixels of a rendered face an Action Unit moves, by construction (method, section 11)."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from tpviewer.core.types import FloatArray
from tpviewer.training.au_shapes import AUS, Expression, blendshape_weights
from tpviewer.training.camera import project
from tpviewer.training.rasteriser import rasterise
from tpviewer.training.synthetic_face import FaceRenderer, PosedFace

LEAST_TRAVEL = 0.4
"""Share of an Action Unit's greatest displacement from which a point of the surface counts as moved.

At 0.25 the masks of AU06, AU09 and AU12 would take a quarter of the crop and more."""

MARGIN = 1
"""Pixels around what has moved that count too: a moved edge is seen in the pixel beside it, and the flat rule
of relevance spreads it over the first layer's window, three pixels wide."""


def au_masks(
    renderer: FaceRenderer,
    face: PosedFace,
    to_image: NDArray[np.float64],
    size: tuple[int, int],
    aus: tuple[str, ...] = AUS,
) -> NDArray[np.bool_]:
    """Pixels that each Action Unit moves on a rendered face.

    The face is compared with the same one without the Action Unit. What only one side does counts on that
    side only; for an Action Unit that the face does not show, it is where it would show on both sides.

    Parameters
    ----------
    renderer : FaceRenderer
    face : PosedFace
    to_image : ndarray, shape (2, 3)
        Similarity from projected units to pixels.
    size : (int, int)
        Height and width of the picture in pixels.
    aus : tuple of str

    Returns
    -------
    ndarray of bool, shape (len(aus), H, W)
    """
    neutral = face.sitter.neutral

    def shape(expression: Expression) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        vertices = renderer.model.express(neutral, blendshape_weights(expression))
        return vertices, project(vertices, face.pose)

    return expression_masks(shape, face.expression, renderer.model.triangles, to_image, size, aus)


def expression_masks(
    shape: Callable[[Expression], tuple[NDArray[np.float32], NDArray[np.float32]]],
    expression: Expression,
    triangles: NDArray[np.int32],
    to_image: NDArray[np.float64],
    size: tuple[int, int],
    aus: tuple[str, ...] = AUS,
) -> NDArray[np.bool_]:
    """Pixels that each Action Unit moves on any face that can be given an expression; see `au_masks`.

    Parameters
    ----------
    shape : callable
        From an expression to the face's vertices and their projected points, both of shape (n, 3).
    expression : Expression
        What the face does.
    triangles : ndarray, shape (m, 3), int32
    to_image : ndarray, shape (2, 3)
    size : (int, int)
    aus : tuple of str

    Returns
    -------
    ndarray of bool, shape (len(aus), H, W)
    """
    masks = []
    for au in aus:
        (shown, there), (calm, away) = (shape(one) for one in _pair(expression, au))
        travel = np.linalg.norm(shown - calm, axis=1)
        masks.append(moved_pixels(_pixels(there, to_image), _pixels(away, to_image), travel, triangles, size))
    return np.stack(masks)


def moved_pixels(
    shown: NDArray[np.float32],
    without: NDArray[np.float32],
    travel: FloatArray,
    triangles: NDArray[np.int32],
    size: tuple[int, int],
) -> NDArray[np.bool_]:
    """Pixels in which a moved part of the surface is seen now, or would be seen had it not moved.

    Parameters
    ----------
    shown, without : ndarray, shape (n, 3), float32
        Vertices with and without the movement: x and y in pixels, and nearness.
    travel : ndarray of float, shape (n,)
        How far each vertex moved; those from `LEAST_TRAVEL` of the greatest on count, with `MARGIN`.
    triangles : ndarray, shape (m, 3), int32
    size : (int, int)
        Height and width of the picture in pixels.

    Returns
    -------
    ndarray of bool, shape (H, W)
        All False if nothing moved.
    """
    height, width = size
    moved = np.zeros((height, width), bool)
    if not travel.max() > 0:
        return moved
    share = travel / travel.max()
    for points in (shown, without):
        seen = rasterise(points, triangles, width, height)
        here = (share[triangles[seen.triangle]] * seen.weights).sum(axis=2)
        moved |= (seen.triangle >= 0) & (here >= LEAST_TRAVEL)
    return np.asarray(binary_dilation(moved, np.ones((3, 3), bool), MARGIN))


def _pair(expression: Expression, au: str) -> tuple[Expression, Expression]:
    """The expression with an Action Unit, at full strength where it has none, and without it."""
    right, left = ({k: v for k, v in side.items() if k != au} for side in (expression.right, expression.left))
    without = replace(expression, right=right, left=left)
    if expression.intensity(au) > 0:
        return expression, without
    return replace(expression, right=right | {au: 1.0}, left=left | {au: 1.0}), without


def _pixels(points: NDArray[np.float32], to_image: NDArray[np.float64]) -> NDArray[np.float32]:
    placed = points.copy()
    placed[:, :2] = points[:, :2] @ to_image[:, :2].T + to_image[:, 2]
    return placed
