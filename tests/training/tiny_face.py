"""A face of a few hundred triangles, made in code, in the form in which ICT-FaceKit comes."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np

_SIDED = (
    *("browDown", "browInnerUp", "browOuterUp", "cheekPuff", "cheekSquint", "eyeBlink", "eyeLookDown"),
    *("eyeLookIn", "eyeLookOut", "eyeLookUp", "eyeSquint", "eyeWide", "mouthDimple", "mouthFrown"),
    *("mouthLowerDown", "mouthPress", "mouthSmile", "mouthStretch", "mouthUpperUp", "noseSneer"),
)
_MIDDLE = (
    *("jawForward", "jawLeft", "jawOpen", "jawRight", "mouthClose", "mouthFunnel", "mouthLeft"),
    *("mouthPucker", "mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower"),
    "mouthShrugUpper",
)
EXPRESSIONS = tuple(f"{name}_{side}" for name in _SIDED for side in "LR") + _MIDDLE
"""All 53 expressions of ICT-FaceKit."""

MATERIALS = ("M_EyeLashes", "M_Face", "M_GumsTongue", "M_ScleraLeft", "M_ScleraRight", "M_Teeth")


def landmarks() -> np.ndarray:
    """Places (68, 2) of the iBUG landmarks, symmetric, eye corners at 4.5 and 1.8, lips closed."""
    angle = np.linspace(np.pi, 2 * np.pi, 17)
    jaw = np.c_[7.5 * np.cos(angle), 3.5 + 11 * np.sin(angle)]
    brow = [(-5.8, 5.2), (-4.9, 6.0), (-3.8, 6.3), (-2.4, 6.2), (-1.2, 5.9)]
    nose = [(0, 3.7), (0, 2.6), (0, 1.6), (0, 0.4)] + [(x, -1.1) for x in (-1.3, -0.6, 0, 0.6, 1.3)]
    eye = [(-4.5, 3.4), (-3.9, 3.9), (-2.8, 3.9), (-1.8, 3.4), (-2.7, 3.0), (-3.9, 3.0)]
    upper = [(-2.5, -3.5), (-1.7, -2.8), (-0.7, -2.4), (0, -2.5), (0.7, -2.4), (1.7, -2.8), (2.5, -3.5)]
    lower = [(1.8, -4.1), (1, -4.3), (0, -4.4), (-1, -4.3), (-1.8, -4.1)]
    inner = [(-2.2, -3.5), (-1, -3.25), (0, -3.25), (1, -3.25), (2.2, -3.5), (1, -3.5), (0, -3.5), (-1, -3.5)]
    other_eye = [(-x, y) for x, y in (eye[3], eye[2], eye[1], eye[0], eye[5], eye[4])]
    other_brow = [(-x, y) for x, y in brow[::-1]]
    return np.vstack([jaw, brow, other_brow, nose, eye, other_eye, upper, lower, inner])


def surface(places: np.ndarray) -> np.ndarray:
    """Points (n, 3) of an egg above places (n, 2)."""
    x, y = places.T
    return np.c_[places, 11 * np.sqrt(np.clip(1 - (x / 10) ** 2 - ((y - 1) / 14) ** 2, 0.02, 1))]


def polygons() -> tuple[np.ndarray, list[tuple[str, tuple[int, ...]]]]:
    """Vertices, and faces with their materials, counter-clockwise from outside."""
    xs, ys = np.linspace(-8, 8, 17), np.linspace(-9, 12, 22)
    skin = surface(np.array([(x, y) for y in ys for x in xs]))
    cells = [row * 17 + column for row in range(21) for column in range(16)]
    faces = [("M_Face", (i, i + 1, i + 18, i + 17)) for i in cells]
    vertices, n = [skin], len(skin)
    patches = (
        *(("M_ScleraRight", -3.2, 3.4, 1.2), ("M_ScleraLeft", 3.2, 3.4, 1.2), ("M_Teeth", 0, -3.4, 0.2)),
        *(("M_GumsTongue", 0.8, -3.4, 0.2), ("M_EyeLashes", 0, 8, 1.0)),
    )
    for name, x, y, half in patches:
        corners = np.array([(x - half, y), (x, y - half / 2), (x + half, y), (x, y + half / 2)])
        vertices.append(surface(corners) + np.array([0, 0, 0.3]))
        faces.append((name, (n, n + 1, n + 2, n + 3)))
        n += 4
    return _dyadic(np.vstack([*vertices, surface(landmarks())])), faces


def displacement(name: str, vertices: np.ndarray) -> np.ndarray:
    """Displacements (n, 3): a bump per expression; the jaw takes the lower lip with it."""
    x, y, _ = vertices.T
    if name == "jawOpen" or name.startswith("mouthLowerDown"):
        down = (y < -3.4) * (2.0 if name == "jawOpen" else 0.5)
        return np.c_[0 * x, -down, 0 * x]
    number = EXPRESSIONS.index(name)
    side = {"L": 3.0, "R": -3.0}.get(name.rsplit("_", 1)[-1], 0.0)
    place = (side, 6.0 - 12.0 * number / len(EXPRESSIONS))
    near = np.exp(-((x - place[0]) ** 2 + (y - place[1]) ** 2) / 4)
    return 0.5 * near[:, None] * (0, 1 if place[1] > 0 else 0, 1)


def raw_face() -> dict[str, np.ndarray]:
    """The npz form of the face."""
    vertices, faces = polygons()
    fans = [(name, (f[0], b, c)) for name, f in faces for b, c in pairwise(f[1:])]
    modes = [
        vertices * (0.03, 0, 0),
        vertices * (0, 0.03, 0),
        np.c_[0 * vertices[:, :2], vertices[:, 1]] / 50,
    ]
    return {
        "neutral_vertices": vertices,
        "triangles": np.array([corners for _, corners in fans], np.int32),
        "material_names": np.array(MATERIALS),
        "triangle_material": np.array([MATERIALS.index(name) for name, _ in fans], np.uint8),
        "expression_names": np.array(EXPRESSIONS),
        "expression_deltas": _dyadic(np.stack([displacement(name, vertices) for name in EXPRESSIONS])),
        "identity_deltas": _dyadic(np.stack(modes)),
        "landmark68_vertices": np.arange(len(vertices) - 68, len(vertices)),
    }


def write_obj_folder(folder: Path) -> None:
    """The same face as ICT-FaceKit's repository keeps it: one OBJ file for each shape, with quadrangles."""
    raw, (vertices, faces) = raw_face(), polygons()
    indices = {"expressions": list(EXPRESSIONS), "idx_to_landmark_verts": raw["landmark68_vertices"].tolist()}
    (folder / "vertex_indices.json").write_text(json.dumps(indices))
    lines = ["# neutral", *_lines(vertices), "vt 0 0", "vn 0 0 1"]
    for name, face in faces:
        lines += [f"usemtl {name}", "f " + " ".join(f"{i + 1}/1/1" for i in face)]
    (folder / "generic_neutral_mesh.obj").write_text("\n".join(lines))
    for name, delta in zip(EXPRESSIONS, raw["expression_deltas"], strict=True):
        (folder / f"{name}.obj").write_text("\n".join(_lines(vertices + delta)))
    for number, delta in enumerate(raw["identity_deltas"]):
        (folder / f"identity{number:03d}.obj").write_text("\n".join(_lines(vertices + delta)))


def _lines(vertices: np.ndarray) -> list[str]:
    return [f"v {x!r} {y!r} {z!r}" for x, y, z in vertices.astype(float).tolist()]


def _dyadic(values: np.ndarray) -> np.ndarray:
    """Rounded so that text, differences and sums are exact."""
    return (np.round(values * 256) / 256).astype(np.float32)
