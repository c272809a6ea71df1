"""The face model ICT-FaceKit, read from where its user keeps it.

References
----------
Li, R. et al. (2020). Learning Formation of Physically-Based Face Attributes. CVPR. The model is published
under the MIT licence by the USC Institute for Creative Technologies.
"""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ModelError
from tpviewer.training.obj_files import read_obj_folder

SKIN, MOUTH, TEETH, EYE = range(4)
"""Materials that the renderer tells apart."""

_MATERIALS = {
    "M_Face": SKIN,
    "M_BackHead": SKIN,
    "M_GumsTongue": MOUTH,
    "M_Teeth": TEETH,
    "M_ScleraLeft": EYE,
    "M_ScleraRight": EYE,
}
_KEYS = (
    "neutral_vertices",
    "triangles",
    "material_names",
    "triangle_material",
    "expression_names",
    "expression_deltas",
    "identity_deltas",
    "landmark68_vertices",
)


@dataclass(frozen=True, eq=False)
class FaceModel:
    """A face with blendshapes: x to the person's left, y up, z to the front, all in centimetre-like units.

    Attributes
    ----------
    vertices : ndarray, shape (n, 3), float32
        The neutral mean face.
    triangles : ndarray, shape (m, 3), int32
        Counter-clockwise when seen from outside.
    material : ndarray, shape (m,), uint8
        `SKIN`, `MOUTH` (gums and tongue), `TEETH` or `EYE`.
    expressions : dict of str to ndarray, shape (n, 3), float32
        Displacements of each expression at full strength.
    identity : ndarray, shape (k, n, 3), float32
        Displacements of each identity mode at one standard deviation.
    landmarks : ndarray, shape (68,), int
        Vertices of the 68 iBUG landmarks.
    """

    vertices: NDArray[np.float32]
    triangles: NDArray[np.int32]
    material: NDArray[np.uint8]
    expressions: dict[str, NDArray[np.float32]]
    identity: NDArray[np.float32]
    landmarks: NDArray[np.int64]

    def neutral(self, modes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vertices of a person's neutral face, shape (n, 3), from identity coefficients, shape (<= k,)."""
        shift = modes @ self.identity[: len(modes)].reshape(len(modes), -1)
        result: NDArray[np.float32] = self.vertices + shift.reshape(-1, 3)
        return result

    def express(self, neutral: NDArray[np.float32], weights: dict[str, float]) -> NDArray[np.float32]:
        """Vertices, shape (n, 3), of a neutral face under expression weights."""
        used = [name for name, weight in weights.items() if weight]
        if not used:
            return neutral.copy()
        deltas = np.stack([self.expressions[name].ravel() for name in used])
        shift = np.array([weights[name] for name in used], np.float32) @ deltas
        result: NDArray[np.float32] = neutral + shift.reshape(neutral.shape)
        return result


def load_face_model(path: Path) -> FaceModel:
    """Read ICT-FaceKit.

    Parameters
    ----------
    path : Path
        An ``.npz`` of the model, or the folder ``FaceXModel`` of the public repository (OBJ files).

    Raises
    ------
    ModelError
        If there is no such file, or it is not this face model.
    """
    if not path.exists():
        raise ModelError(f"{path}: there is no face model; name ICT-FaceKit's npz file or its OBJ folder")
    raw = read_obj_folder(path) if path.is_dir() else _read_npz(path)
    missing = [key for key in _KEYS if key not in raw]
    if missing:
        raise ModelError(f"{path}: not an ICT-FaceKit file, '{missing[0]}' is missing; name another file")
    try:
        return compact(raw)
    except (ValueError, IndexError) as error:
        raise ModelError(f"{path}: a damaged face model ({error}); get it again") from error


def _read_npz(path: Path) -> dict[str, NDArray[np.generic]]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            return {key: data[key] for key in data.files}
    except (OSError, ValueError, EOFError, TypeError, BadZipFile) as error:
        raise ModelError(f"{path}: cannot be read as npz ({error}); name ICT-FaceKit's npz file") from error


def compact(raw: dict[str, NDArray[np.generic]]) -> FaceModel:
    """Keep what the renderer draws, and only the vertices in use.

    Parameters
    ----------
    raw : dict of str to ndarray
        As stored: `neutral_vertices`, `triangles`, `triangle_material`, `material_names`,
        `expression_names`, `expression_deltas`, `identity_deltas`, `landmark68_vertices`.

    Raises
    ------
    ValueError, IndexError
        If the arrays do not fit together.
    """
    kinds = np.array([_MATERIALS.get(str(name), 255) for name in raw["material_names"]], np.uint8)
    material = kinds[raw["triangle_material"].astype(int)]
    drawn = material != 255
    triangles = raw["triangles"].astype(np.int64)[drawn]
    used = np.unique(np.r_[triangles.ravel(), raw["landmark68_vertices"].astype(np.int64)])
    place = np.full(len(raw["neutral_vertices"]), -1)
    place[used] = np.arange(len(used))
    deltas = np.ascontiguousarray(raw["expression_deltas"][:, used].astype(np.float32))
    names = [str(name) for name in raw["expression_names"]]
    return FaceModel(
        vertices=raw["neutral_vertices"][used].astype(np.float32),
        triangles=place[triangles].astype(np.int32),
        material=material[drawn],
        expressions=dict(zip(names, deltas, strict=True)),
        identity=np.ascontiguousarray(raw["identity_deltas"][:, used].astype(np.float32)),
        landmarks=place[raw["landmark68_vertices"].astype(np.int64)],
    )
