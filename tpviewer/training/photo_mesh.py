"""Which vertices of a face model lie under the points of MediaPipe's face mesh.

The mesh detector looks at renders of the model itself, so the correspondence needs no table and includes the
detector's own habits.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from tpviewer.core.errors import ModelError
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.training.appearance import Light, Person, random_looks, random_person
from tpviewer.training.au_shapes import Expression
from tpviewer.training.camera import Pose
from tpviewer.training.face_model import SKIN, FaceModel
from tpviewer.training.rasteriser import rasterise
from tpviewer.training.synthetic_face import FaceRenderer, PosedFace

_SIDE = 512
_TO_IMAGE = np.array([[16.0, 0.0, _SIDE / 2], [0.0, 16.0, _SIDE / 2]])
_PERSONS = 6
_APART = Expression(extra={"jawOpen": 0.12})  # lips apart tell upper from lower lip
_LIGHT = Light(direction=(0.0, 0.3, 1.0), key=0.6, fill=0.1, ambient=0.4, shadow=0.3)
_BEHIND = 0.3  # a vertex this much farther than what is seen in its pixel is hidden


@lru_cache(maxsize=2)
def bind_mesh(model: FaceModel) -> NDArray[np.int64]:
    """Vertex under each point of the face mesh.

    Several random persons are rendered from the front; the places of the vertices nearest to a mesh point are
    averaged.

    Parameters
    ----------
    model : FaceModel

    Returns
    -------
    ndarray, shape (468,), int64

    Raises
    ------
    ModelError
        If no face is found in the renders: the model does not look like one.
    """
    rng = np.random.default_rng(5)
    renderer = FaceRenderer(model)
    reference = model.express(model.vertices, _APART.extra)
    skin = np.unique(model.triangles[model.material == SKIN])
    places = []
    with FaceMeshDetector() as detector:
        for _ in range(_PERSONS):
            person = Person(0.6 * random_person(rng, model).modes, random_looks(rng))
            face = renderer.pose(renderer.sit(person), _APART, Pose())
            found = detector.detect(_picture(renderer, face))
            if found:
                places.append(reference[_under(model, face, found[0].mesh, skin)])
    if not places:
        raise ModelError("no face is found in renders of this face model; name ICT-FaceKit's npz file")
    _, nearest = cKDTree(reference[skin]).query(np.median(places, axis=0))
    return np.asarray(skin[nearest], np.int64)


def _picture(renderer: FaceRenderer, face: PosedFace) -> NDArray[np.uint8]:
    picture, _ = renderer.draw(face, _LIGHT, _TO_IMAGE, _SIDE, _SIDE)
    return (255 * np.clip(picture, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def _under(
    model: FaceModel, face: PosedFace, mesh: NDArray[np.float32], skin: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Visible skin vertex nearest to each mesh point, shape (468,)."""
    points = face.points.copy()
    points[:, :2] = points[:, :2] @ _TO_IMAGE[:, :2].T + _TO_IMAGE[:, 2]
    depth = rasterise(points, model.triangles, _SIDE, _SIDE).depth
    x, y = np.clip(np.round(points[skin, :2]).astype(int), 0, _SIDE - 1).T
    seen = skin[points[skin, 2] > depth[y, x] - _BEHIND]
    _, nearest = cKDTree(points[seen, :2]).query(mesh[:, :2])
    result: NDArray[np.int32] = seen[nearest]
    return result
