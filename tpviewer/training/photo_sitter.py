"""People of photographs, made ready for rendering."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from tpviewer.training.appearance import Appearance
from tpviewer.training.au_shapes import lip_gap
from tpviewer.training.camera import rotation
from tpviewer.training.face_model import FaceModel
from tpviewer.training.photo_fit import PhotoFit, fit_model
from tpviewer.training.photo_mesh import bind_mesh
from tpviewer.training.photo_texture import PhotoTextures, brightness, complete_photo
from tpviewer.training.rasteriser import vertex_normals

_SEAM = 1.0  # units over which the render fades into the photograph at the rim of the face


@dataclass(frozen=True, eq=False)
class PhotoSitter:
    """A photographed person made ready for rendering.

    Attributes
    ----------
    name : str
    fit : PhotoFit
        With the neutral vertices and the photographed pose.
    textures : PhotoTextures
    resting_gap : float
        `lip_gap` of the neutral face.
    blink : (float, float)
        Factor on a blink of the right and left eye that just closes it.
    looks : Appearance
        How deep the skin folds.
    places, lid_places : ndarray, shape (n, 2), float32
        Pixel of the photograph of each vertex, with the eyes as they are and closed.
    lit : ndarray, shape (n,), float32
        How bright the photographed light makes the skin at each vertex.
    """

    name: str
    fit: PhotoFit
    textures: PhotoTextures
    resting_gap: float
    blink: tuple[float, float]
    looks: Appearance
    places: NDArray[np.float32] = field(repr=False)
    lid_places: NDArray[np.float32] = field(repr=False)
    lit: NDArray[np.float32] = field(repr=False)


def fit_photo(
    picture: NDArray[np.uint8],
    mesh: NDArray[np.float32],
    model: FaceModel,
    name: str = "",
    binding: NDArray[np.int64] | None = None,
    wrinkles: float = 0.6,
) -> PhotoSitter:
    """Make a person of a photograph.

    Parameters
    ----------
    picture : ndarray, shape (H, W, 3), uint8
        Of a calm face seen from the front.
    mesh : ndarray, shape (468, 2)
        Of `tpviewer.models.face_mesh.FaceMeshDetector`, in pixels.
    model : FaceModel
    name : str, optional
        Of the person.
    binding : ndarray, shape (468,), int64, optional
        Vertex of each mesh point; by default of `bind_mesh`.
    wrinkles : float, optional
        How deep the skin folds under a full Action Unit, 0 to 1.

    Raises
    ------
    ModelError
        If the face model does not look like a face.
    """
    binding = bind_mesh(model) if binding is None else binding
    fit = fit_model(mesh, model, binding)
    textures = complete_photo(picture, fit, model, face_cover(model, binding))
    blink = _blink(fit, model)
    closed = model.express(fit.neutral, {f"eyeBlink_{side}": f for side, f in zip("RL", blink, strict=True)})
    normals = vertex_normals(fit.neutral, model.triangles) @ rotation(fit.pose).T
    return PhotoSitter(
        name=name,
        fit=fit,
        textures=textures,
        resting_gap=lip_gap(fit.neutral, model.landmarks),
        blink=blink,
        looks=Appearance(wrinkles=wrinkles, age=0.0),
        places=fit.in_photo(fit.neutral),
        lid_places=fit.in_photo(closed),
        lit=brightness(normals, textures.shade),
    )


def face_cover(model: FaceModel, binding: NDArray[np.int64]) -> NDArray[np.float32]:
    """How surely each vertex belongs to the face within the mesh, shape (n,): 0 at its rim and behind it."""
    places = model.vertices[binding, :2]
    outline = places[ConvexHull(places).vertices].astype(np.float32)
    inside = np.array(
        [cv2.pointPolygonTest(outline, (float(x), float(y)), True) for x, y, _ in model.vertices]
    )
    normals = vertex_normals(model.vertices, model.triangles)
    front = model.vertices[:, 2] > model.vertices[binding, 2].min() - 0.5
    cover: NDArray[np.float32] = np.where(front & (normals[:, 2] > -0.8), np.clip(inside / _SEAM, 0, 1), 0)
    return cover.astype(np.float32)


def _blink(fit: PhotoFit, model: FaceModel) -> tuple[float, float]:
    """Factor on the blink of each eye: the openness of the eye against that of the mean face."""
    factors = []
    for side, (upper, lower) in (("R", ((37, 38), (41, 40))), ("L", ((43, 44), (47, 46)))):
        up, low = model.landmarks[list(upper)], model.landmarks[list(lower)]
        delta = model.expressions[f"eyeBlink_{side}"]
        closed = float(np.mean(delta[low, 1] - delta[up, 1]))
        gap = float(np.mean(fit.neutral[up, 1] - fit.neutral[low, 1]))
        factors.append(float(np.clip(gap / closed, 0.7, 1.6)) if closed > 0.05 else 1.0)
    return factors[0], factors[1]
