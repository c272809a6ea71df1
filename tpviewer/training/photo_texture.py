"""What a photograph shows and what it hides: skin, lids, eyeballs, light.

An open eye hides the lid's skin in a fold and most of the eyeball behind the lids. Both are completed: the
lid from the skin around the eye, the eyeball from what is seen of it at the same distance from the centre of
the iris.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.training.camera import rotation
from tpviewer.training.face_model import EYE, FaceModel
from tpviewer.training.photo_fit import PhotoFit
from tpviewer.training.rasteriser import Fragments, rasterise, vertex_normals

GAMMA = 2.2
"""Of the photographs, roughly."""

TO_LINEAR = (np.arange(256) / 255.0).astype(np.float32) ** np.float32(GAMMA)
"""Linear light, shape (256,), float32, of the photographs' values."""

_LUMA = np.array([0.299, 0.587, 0.114])
_IRIS = 0.58  # radius in units of the face model: much the same in all people
_LASHES = 0.35  # units around the visible eyeball that lashes and lid rims take
_AROUND = 1.6  # units around it in which skin for the lid is looked for
_DARK = 0.72  # darker places there are hair or shadow, as a share of the skin's grey
_SCLERA = 0.45  # linear brightness of the white of the eye in light of strength 1
_LEAST_SHADE = 0.25


@dataclass(frozen=True, eq=False)
class PhotoTextures:
    """Pictures, shape (H, W, 3), uint8, in the photograph's pixels, and the light in which it was taken.

    Attributes
    ----------
    skin : ndarray
        The photograph.
    lids : ndarray
        The same with the eyes closed: skin where the eyeballs were.
    eyes : ndarray
        The same with eyeballs completed around their visible parts.
    shade : ndarray, shape (4,), float64
        Brightness of the skin is about ``shade[0] + normal @ shade[1:]``, in the camera's axes.
    light : float
        Linear brightness of a white surface that faces the camera.
    """

    skin: NDArray[np.uint8]
    lids: NDArray[np.uint8]
    eyes: NDArray[np.uint8]
    shade: NDArray[np.float64]
    light: float


def complete_photo(
    picture: NDArray[np.uint8], fit: PhotoFit, model: FaceModel, face: NDArray[np.float32]
) -> PhotoTextures:
    """Complete what a photograph hides.

    Parameters
    ----------
    picture : ndarray, shape (H, W, 3), uint8
    fit : PhotoFit
    model : FaceModel
    face : ndarray, shape (n,), float32
        How surely a vertex belongs to the face, 0 to 1.
    """
    seen = _seen(fit, model, picture.shape[1], picture.shape[0])
    eyeball = (seen.triangle >= 0) & (model.material[seen.triangle] == EYE)
    scale = float(fit.to_photo[0, 0])
    linear = ((picture / 255.0) ** GAMMA) @ _LUMA
    shade = _shade(linear, fit, model, face)
    eyes = picture.copy()
    middle = fit.in_photo(fit.neutral[model.landmarks[36:48]]).reshape(2, 6, 2).mean(1)
    for centre in middle:
        _complete_eyeball(eyes, eyeball, centre, _IRIS * scale)
    white = float(np.percentile(linear[eyeball], 85)) / _SCLERA if eyeball.any() else float(shade[0])
    return PhotoTextures(
        picture, _closed(picture, eyeball, scale), eyes, shade, float(np.clip(white, 0.2, 1.5))
    )


def _seen(fit: PhotoFit, model: FaceModel, width: int, height: int) -> Fragments:
    near = (fit.neutral @ _view_axis(fit))[:, None]
    points = np.column_stack([fit.in_photo(fit.neutral), near]).astype(np.float32)
    return rasterise(points, model.triangles, width, height)


def _view_axis(fit: PhotoFit) -> NDArray[np.float32]:
    axis: NDArray[np.float32] = rotation(fit.pose)[2]
    return axis


def _closed(picture: NDArray[np.uint8], eyeball: NDArray[np.bool_], scale: float) -> NDArray[np.uint8]:
    """Fill eyeballs and lashes with the skin around them."""
    if not eyeball.any():
        return picture
    hidden, around = _grown(eyeball, _LASHES * scale), _grown(eyeball, _AROUND * scale)
    grey = picture @ _LUMA
    dark = grey < _DARK * np.percentile(grey[around & ~hidden], 70)
    hidden |= around & _grown(dark & around, 0.1 * scale)  # lashes and shadows are no colours of a lid
    filled = cv2.inpaint(picture, hidden.astype(np.uint8), 3, cv2.INPAINT_TELEA)
    soft = cv2.GaussianBlur(hidden.astype(np.float32), (0, 0), max(0.5, 0.08 * scale))[..., None]
    smooth = cv2.GaussianBlur(filled, (0, 0), max(0.5, 0.12 * scale))
    return np.asarray(filled + soft * (smooth.astype(np.float32) - filled), np.uint8)


def _grown(mask: NDArray[np.bool_], radius: float) -> NDArray[np.bool_]:
    size = 2 * max(1, round(radius)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel), bool)


def _complete_eyeball(
    eyes: NDArray[np.uint8], eyeball: NDArray[np.bool_], centre: NDArray[np.float32], iris: float
) -> None:
    """Paint over what is not eyeball near an eye by what is seen at the same distance from the iris."""
    reach = int(4 * iris) + 2
    x0, y0 = max(0, int(centre[0]) - reach), max(0, int(centre[1]) - reach)
    part = eyes[y0 : y0 + 2 * reach, x0 : x0 + 2 * reach]
    inside = eyeball[y0 : y0 + 2 * reach, x0 : x0 + 2 * reach]
    core = cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    if core.sum() < 12:
        core = inside
    if not core.any():
        return
    x, y = _iris_centre(part, core, iris)
    rows, columns = np.mgrid[: part.shape[0], : part.shape[1]]
    ring = np.hypot(columns - x, rows - y)
    profile = _profile(part, core, ring)
    fill = profile[np.minimum(ring.astype(int), len(profile) - 1)]
    soft = cv2.GaussianBlur(core.astype(np.float32), (0, 0), 0.8)[..., None] * core[..., None]
    part[:] = (soft * part + (1 - soft) * fill).astype(np.uint8)


def _iris_centre(part: NDArray[np.uint8], core: NDArray[np.bool_], iris: float) -> tuple[float, float]:
    """Place (x, y) whose disc of the iris's size is darkest against the ring around it."""
    grey, mask = (part @ _LUMA).astype(np.float32), core.astype(np.float32)
    size = int(np.ceil(1.6 * iris))
    rows, columns = np.mgrid[-size : size + 1, -size : size + 1]
    far = np.hypot(columns, rows)
    disc, around = (far <= iris).astype(np.float32), ((far > iris) & (far <= 1.6 * iris)).astype(np.float32)
    means = []
    for kernel in (disc, around):
        total = cv2.filter2D(grey * mask, -1, kernel, borderType=cv2.BORDER_CONSTANT)
        means.append(total / (cv2.filter2D(mask, -1, kernel, borderType=cv2.BORDER_CONSTANT) + 0.5))
    score = np.where(core, means[0] - means[1], np.inf)
    y, x = np.unravel_index(int(np.argmin(score)), score.shape)
    return float(x), float(y)


def _profile(
    part: NDArray[np.uint8], core: NDArray[np.bool_], ring: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Median colour at each whole distance, shape (r, 3); the last goes on outwards."""
    far = ring[core].astype(int)
    known = [r for r in range(far.max() + 1) if (far == r).sum() >= 3] or [int(np.median(far))]
    colours = np.array([np.median(part[core][far == r], axis=0) for r in known], np.float64)
    steps = np.arange(known[-1] + 1)
    return np.stack([np.interp(steps, known, colours[:, c]) for c in range(3)], axis=1)


def _shade(
    linear: NDArray[np.float64], fit: PhotoFit, model: FaceModel, face: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Least squares of brightness on normals over the skin; dark places (brows, lips, hair) drop out."""
    normals = vertex_normals(fit.neutral, model.triangles) @ rotation(fit.pose).T
    x, y = np.round(fit.in_photo(fit.neutral)).astype(int).T
    height, width = linear.shape
    good = (face > 0.9) & (normals[:, 2] > 0.3) & (x >= 0) & (y >= 0) & (x < width) & (y < height)
    basis = np.column_stack([np.ones(good.sum()), normals[good]])
    values = linear[y[good], x[good]]
    used = values >= np.percentile(values, 35)
    ridge = np.diag([0, 1.0, 1.0, 1.0]) * 0.02 * used.sum()
    shade = np.linalg.solve(basis[used].T @ basis[used] + ridge, basis[used].T @ values[used])
    return np.asarray(shade, np.float64)


def brightness(normals: NDArray[np.float32], shade: NDArray[np.float64]) -> NDArray[np.float32]:
    """Brightness of skin, shape (n,), by its normals in the camera's axes; never near 0."""
    frontal = shade[0] + shade[3]
    return np.asarray(np.maximum(shade[0] + normals @ shade[1:], _LEAST_SHADE * frontal), np.float32)
