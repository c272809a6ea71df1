"""Identity and pose of the face model fitted to a photograph.

First the identity modes and the camera are fitted to the face mesh of the photograph by regularised least
squares (Gauss-Newton). What is left is bent away by a thin-plate spline in the picture's plane (Bookstein,
PAMI 11, 1989), so that photograph and model coincide.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator
from scipy.spatial import cKDTree

from tpviewer.training.camera import PIVOT, Pose, project, rotation
from tpviewer.training.face_model import FaceModel
from tpviewer.training.rasteriser import vertex_normals

_EYES = (33, 263)  # outer corners in the mesh
_SIGMA = 0.025  # trust in a mesh point, in distances of the outer eye corners
_GRAZING = 4.0  # the same at the rim, where the mesh runs along the outline, is so much worse
_DISTANCE, _DISTANCE_SPREAD = 110.0, 0.35
_ANGLE_SPREAD = 15.0
_MODE_SPREAD = 0.8
_SMOOTHING = 0.02
_ROUNDS = 6
_REACH = 2.5  # the bending fades over this many units beside the mesh


@dataclass(frozen=True, eq=False)
class PhotoFit:
    """A face model laid over a photograph.

    Attributes
    ----------
    neutral : ndarray, shape (n, 3), float32
        Vertices of the person's face as photographed.
    pose : Pose
    to_photo : ndarray, shape (2, 3), float64
        From projected units to pixels of the photograph.
    error : float
        Root mean square distance between mesh and model before bending, rim left out, in distances of the
        outer eye corners.
    """

    neutral: NDArray[np.float32]
    pose: Pose
    to_photo: NDArray[np.float64]
    error: float

    def in_photo(self, vertices: NDArray[np.float32]) -> NDArray[np.float32]:
        """Pixels of the photograph, shape (n, 2), under vertices, shape (n, 3)."""
        units = project(vertices, self.pose)[:, :2]
        return np.asarray(units @ self.to_photo[:, :2].T + self.to_photo[:, 2], np.float32)


def fit_model(mesh: NDArray[np.float32], model: FaceModel, binding: NDArray[np.int64]) -> PhotoFit:
    """Fit the model to the face mesh of a photograph of a calm face.

    Parameters
    ----------
    mesh : ndarray, shape (m, 2)
        Mesh points in pixels.
    model : FaceModel
    binding : ndarray, shape (m,)
        Vertex of each mesh point.
    """
    seen = np.asarray(mesh, np.float64)[:, :2]
    eyes = float(np.linalg.norm(seen[_EYES[1]] - seen[_EYES[0]]))
    facing = vertex_normals(model.vertices, model.triangles)[binding, 2]
    sigma = _SIGMA * eyes * np.where(facing > 0.5, 1.0, _GRAZING)
    places = model.vertices[binding].astype(np.float64)
    modes = model.identity[:, binding].reshape(len(model.identity), -1).astype(np.float64)

    spread = np.r_[_ANGLE_SPREAD, _ANGLE_SPREAD, np.inf, _DISTANCE_SPREAD, np.full(3, np.inf)]
    spread = np.r_[spread, np.full(len(modes), _MODE_SPREAD)]

    def off(values: NDArray[np.float64]) -> NDArray[np.float64]:
        pose, to_photo = _camera(values)
        face = places + (values[7:] @ modes).reshape(-1, 3)
        now = project(face.astype(np.float32), pose)[:, :2] @ to_photo[:, :2].T + to_photo[:, 2]
        return np.asarray(((now - seen) / sigma[:, None]).ravel())

    best = np.r_[_start(seen, places), np.zeros(len(modes))]
    for _ in range(_ROUNDS):
        now = off(best)
        slope = np.column_stack([_camera_slopes(off, best, eyes), _mode_slopes(best, places, modes, sigma)])
        pull = slope.T @ now + best / spread**2
        best -= np.linalg.solve(slope.T @ slope + np.diag(1 / spread**2), pull)
    pose, to_photo = _camera(best)
    fit = PhotoFit(model.neutral(best[7:].astype(np.float32)), pose, to_photo, 0.0)
    left = np.linalg.norm(fit.in_photo(fit.neutral[binding]) - seen, axis=1)[facing > 0.5]
    bent = _bent(fit, seen, model, binding)
    return PhotoFit(bent, pose, to_photo, float(np.sqrt(np.mean(left**2)) / eyes))


def _start(mesh: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Yaw, pitch, roll, log distance, log scale, shift for a frontal face."""
    left, right = mesh[list(_EYES)]
    roll = np.degrees(np.arctan2(right[1] - left[1], right[0] - left[0]))
    scale = np.linalg.norm(right - left) / np.linalg.norm(places[_EYES[1], :2] - places[_EYES[0], :2])
    middle = (places[_EYES[0]] + places[_EYES[1]]) / 2 - PIVOT
    shift = (left + right) / 2 - scale * middle[:2] * (1, -1)
    return np.array([0, 0, roll, 0, np.log(scale), *shift])


def _camera_slopes(
    off: Callable[[NDArray[np.float64]], NDArray[np.float64]], values: NDArray[np.float64], eyes: float
) -> NDArray[np.float64]:
    """Derivatives by the camera, shape (2 m, 7), from steps that single precision can tell."""
    steps = np.array([0.1, 0.1, 0.1, 0.01, 0.001, 0.002 * eyes, 0.002 * eyes])
    columns = []
    for index, step in enumerate(steps):
        shift = np.zeros(len(values))
        shift[index] = step
        columns.append((off(values + shift) - off(values - shift)) / (2 * step))
    return np.column_stack(columns)


def _mode_slopes(
    values: NDArray[np.float64],
    places: NDArray[np.float64],
    modes: NDArray[np.float64],
    sigma: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Derivatives by the identity modes, shape (2 m, k)."""
    pose, to_photo = _camera(values)
    turn = rotation(pose).astype(np.float64)
    turned = (places + (values[7:] @ modes).reshape(-1, 3) - PIVOT) @ turn.T
    moved = modes.reshape(len(modes), -1, 3) @ turn.T
    enlarge = pose.distance / (pose.distance - turned[:, 2])
    across = moved[..., :2] + turned[:, :2] * (moved[..., 2] * enlarge / pose.distance)[..., None]
    across *= (enlarge * to_photo[0, 0] / sigma)[:, None] * (1, -1)
    return np.asarray(across.reshape(len(modes), -1).T)


def _camera(values: NDArray[np.float64]) -> tuple[Pose, NDArray[np.float64]]:
    yaw, pitch, roll, far, size, x, y = (float(value) for value in values[:7])
    scale = np.exp(size)
    pose = Pose(yaw, pitch, roll, _DISTANCE * float(np.exp(far)))
    return pose, np.array([[scale, 0, x], [0, scale, y]])


def _bent(
    fit: PhotoFit, mesh: NDArray[np.float64], model: FaceModel, binding: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Vertices moved in the plane of the picture so that those of the mesh lie under its points."""
    scale = fit.to_photo[0, 0]
    _, once = np.unique(binding, return_index=True)
    at = fit.in_photo(fit.neutral[binding[once]]) / scale
    spline = RBFInterpolator(at, mesh[once] / scale - at, kernel="thin_plate_spline", smoothing=_SMOOTHING)
    shift = spline(fit.in_photo(fit.neutral) / scale)
    far, _ = cKDTree(model.vertices[binding]).query(model.vertices)
    shift *= np.exp(-np.clip(far - 1.5, 0, None) / _REACH)[:, None]
    turn = rotation(fit.pose)
    turned = (fit.neutral - PIVOT) @ turn.T
    nearer = 1 - turned[:, 2] / fit.pose.distance
    turned[:, :2] += shift * nearer[:, None] * (1, -1)
    return np.asarray(turned @ turn + PIVOT, np.float32)
