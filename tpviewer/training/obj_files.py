"""The OBJ folder of the public ICT-FaceKit repository."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ModelError

_NEUTRAL, _INDICES = "generic_neutral_mesh.obj", "vertex_indices.json"


def read_obj_folder(folder: Path) -> dict[str, NDArray[np.generic]]:
    """Read neutral mesh, expressions, identity modes and landmarks.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of str to ndarray
        The keys of the npz form (see `tpviewer.training.face_model.compact`), of v vertices, t triangles,
        e expressions and k identity modes: `neutral_vertices` (v, 3) float32, `triangles` (t, 3) int32,
        `triangle_material` (t,) uint8, the places of each one's material in `material_names`,
        `expression_names` (e,) str, `expression_deltas` (e, v, 3) and `identity_deltas` (k, v, 3) float32,
        `landmark68_vertices` (68,) int64.

    Raises
    ------
    ModelError
        If a file is missing or damaged.
    """
    try:
        indices = json.loads((folder / _INDICES).read_text(encoding="utf-8"))
        vertices, triangles, material, names = _read_mesh(folder / _NEUTRAL)
        expressions = [str(name) for name in indices["expressions"]]
        landmarks = np.array(indices["idx_to_landmark_verts"], np.int64)
        modes = sorted(folder.glob("identity*.obj"))
        return {
            "neutral_vertices": vertices,
            "triangles": triangles,
            "triangle_material": material,
            "material_names": np.array(names),
            "expression_names": np.array(expressions),
            "expression_deltas": _deltas([folder / f"{n}.obj" for n in expressions], vertices),
            "identity_deltas": _deltas(modes, vertices),
            "landmark68_vertices": landmarks,
        }
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ModelError(
            f"{folder}: not ICT-FaceKit's folder FaceXModel ({error}); get it whole from its repository"
        ) from error


def _deltas(paths: list[Path], neutral: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.stack([_read_vertices(path) - neutral for path in paths])


def _read_vertices(path: Path) -> NDArray[np.float32]:
    rows = [line.split()[1:4] for line in path.read_text(encoding="utf-8").splitlines() if line[:2] == "v "]
    return np.array(rows, np.float32)


def _read_mesh(
    path: Path,
) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.uint8], list[str]]:
    """Vertices, triangles (faces with more corners are cut into fans), their materials, material names."""
    triangles: list[tuple[int, int, int]] = []
    material: list[int] = []
    names: list[str] = []
    current = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *rest = line.split() or [""]
        if word == "usemtl":
            names += [rest[0]] if rest[0] not in names else []
            current = names.index(rest[0])
        elif word == "f":
            corners = [int(corner.split("/")[0]) - 1 for corner in rest]
            fan = [(corners[0], b, c) for b, c in pairwise(corners[1:])]
            triangles += fan
            material += [current] * len(fan)
    return _read_vertices(path), np.array(triangles, np.int32), np.array(material, np.uint8), names
