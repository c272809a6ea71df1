"""Renders of a synthetic person with an exactly known expression."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tpviewer.training.appearance import Light, Person
from tpviewer.training.au_shapes import Expression, blendshape_weights, lip_gap
from tpviewer.training.camera import Pose, project, rotation
from tpviewer.training.face_model import EYE, SKIN, FaceModel
from tpviewer.training.folds import fold_relief, hidden_lips
from tpviewer.training.head import ambient_occlusion, hair_distance, towards
from tpviewer.training.rasteriser import rasterise, vertex_normals
from tpviewer.training.shading import shade
from tpviewer.training.skin import paint_brows, paint_lips, paint_skin
from tpviewer.training.skin_map import X0, Y1, make_skin_map

_SHADOW_SIZE = 160
_SHADOW_BIAS = 0.3
_GAZE_DEGREES = 25.0


@dataclass(frozen=True, eq=False)
class Sitter:
    """A person made ready for rendering: neutral vertices, painted skin, hair.

    `eye_shift`, shape (3,), says how far the eyes lie from those of the mean face.
    """

    person: Person
    neutral: NDArray[np.float32]
    albedo: NDArray[np.float32]
    hair: NDArray[np.float32]
    resting_gap: float
    eye_shift: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class PosedFace:
    """A sitter with an expression, seen by a camera.

    Attributes
    ----------
    sitter : Sitter
    expression : Expression
    pose : Pose
    vertices : ndarray, shape (n, 3), float32
        In the model's axes, before the pose.
    points : ndarray, shape (n, 3), float32
        Of `tpviewer.training.camera.project`.
    landmarks : ndarray, shape (68, 2), float32
        Projected iBUG landmarks.
    gap : float
        `lip_gap` of the face.
    """

    sitter: Sitter
    expression: Expression
    pose: Pose
    vertices: NDArray[np.float32]
    points: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    gap: float


class FaceRenderer:
    """Draws people with a face model.

    Parameters
    ----------
    model : FaceModel
    skin_scale : float
        Pixels of the skin map per unit of the face model; about that of the largest picture.
    """

    def __init__(self, model: FaceModel, skin_scale: float = 12.0) -> None:
        self.model = model
        self._map = make_skin_map(model, skin_scale)
        self._occlusion = ambient_occlusion(model)
        self._grain = _hair_grain()
        self._eyes = _eye_centres(model)
        solid = np.isin(model.material, (SKIN, EYE))
        self._solid = np.ascontiguousarray(model.triangles[solid])

    def sit(self, person: Person) -> Sitter:
        """Prepare a person."""
        looks = person.looks
        neutral = self.model.neutral(person.modes)
        hair = hair_distance(self.model.vertices, looks.hair.line, looks.hair.fringe)
        normals = vertex_normals(neutral, self._solid)
        lift = np.clip(hair / 1.2, 0, 1) * looks.hair.volume
        albedo = paint_skin(self._map, looks)
        paint_brows(self._map, albedo, looks)
        gap = lip_gap(neutral, self.model.landmarks)
        eyes = self.model.landmarks[36:48]
        shift = (neutral[eyes] - self.model.vertices[eyes]).mean(0)
        return Sitter(person, neutral + lift[:, None] * normals, albedo, hair, gap, shift)

    def pose(self, sitter: Sitter, expression: Expression, pose: Pose) -> PosedFace:
        """Give a sitter an expression and look at it."""
        vertices = self.model.express(sitter.neutral, blendshape_weights(expression))
        points = project(vertices, pose)
        gap = lip_gap(vertices, self.model.landmarks)
        marks = points[self.model.landmarks, :2]
        return PosedFace(sitter, expression, pose, vertices, points, marks, gap)

    def draw(
        self, face: PosedFace, light: Light, to_image: NDArray[np.float64], width: int, height: int
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Draw a posed face.

        Parameters
        ----------
        face : PosedFace
        light : Light
        to_image : ndarray, shape (2, 3)
            Similarity from projected units to pixels.
        width, height : int

        Returns
        -------
        picture : ndarray, shape (height, width, 3), float32
            Linear light; black where nothing is seen.
        covered : ndarray, shape (height, width), bool
            Where the person is seen.
        """
        points = face.points.copy()
        points[:, :2] = face.points[:, :2] @ to_image[:, :2].T + to_image[:, 2]
        seen = rasterise(points, self.model.triangles, width, height)
        picture = np.zeros((height, width, 3), np.float32)
        looks = face.sitter.person.looks
        albedo = face.sitter.albedo.copy()
        paint_lips(self._map, albedo, looks, hidden_lips(face.expression))
        direction = np.array(light.direction) / np.linalg.norm(light.direction)
        shade(
            seen.triangle,
            seen.weights,
            self.model.triangles,
            self.model.material,
            self._attributes(face, direction),
            albedo,
            fold_relief(self._map, looks, face.expression),
            np.array([self._map.scale, X0, Y1]),
            np.array(looks.hair.colour),
            self._grain,
            np.array(looks.iris),
            self._gaze(face.expression),
            np.array([light.key, light.fill, light.ambient, light.shadow]),
            direction,
            looks.shine,
            picture,
        )
        return picture, seen.triangle >= 0

    def _attributes(self, face: PosedFace, direction: NDArray[np.float64]) -> NDArray[np.float32]:
        turn = rotation(face.pose)
        normals = vertex_normals(face.vertices, self.model.triangles) @ turn.T
        lit = self._lit(face.vertices @ turn.T, direction)
        columns = (self.model.vertices, normals, self._occlusion, face.sitter.hair, lit)
        return np.column_stack(columns).astype(np.float32)

    def _lit(self, turned: NDArray[np.float32], direction: NDArray[np.float64]) -> NDArray[np.float32]:
        """Whether the key light reaches each vertex, smoothed over four pixels of the light's picture."""
        points, scale = towards(turned, direction, _SHADOW_SIZE)
        depth = rasterise(points, self._solid, _SHADOW_SIZE, _SHADOW_SIZE).depth
        x, y = np.floor(points[:, 0]).astype(int), np.floor(points[:, 1]).astype(int)
        limit = points[:, 2] + _SHADOW_BIAS * scale
        free = sum((depth[y + j, x + i] < limit).astype(np.float32) for i in (0, 1) for j in (0, 1))
        return np.asarray(free / 4, np.float32)

    def _gaze(self, expression: Expression) -> NDArray[np.float64]:
        """Centres of the right and left eye, and where each looks."""
        extra = expression.extra
        rows = []
        for side, centre, outwards in (("R", self._eyes[0], -1), ("L", self._eyes[1], 1)):
            out = extra.get(f"eyeLookOut_{side}", 0.0) - extra.get(f"eyeLookIn_{side}", 0.0)
            up = extra.get(f"eyeLookUp_{side}", 0.0) - extra.get(f"eyeLookDown_{side}", 0.0)
            yaw, pitch = np.deg2rad([outwards * out * _GAZE_DEGREES, up * _GAZE_DEGREES])
            ahead = [np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)]
            rows.append([*centre, *ahead])
        return np.array(rows)


def _eye_centres(model: FaceModel) -> NDArray[np.float64]:
    eyes = model.vertices[np.unique(model.triangles[model.material == EYE])]
    if len(eyes) == 0:
        return np.zeros((2, 3))
    sides = [eyes[eyes[:, 0] < 0], eyes[eyes[:, 0] >= 0]]
    return np.array([(side.min(0) + side.max(0)) / 2 for side in sides], np.float64)


@lru_cache(maxsize=1)
def _hair_grain() -> NDArray[np.float32]:
    """Streaks along the second axis, mean 0, deviation 1, shape (256, 256)."""
    spectrum = np.fft.rfft2(np.random.default_rng(3).normal(size=(256, 256)))
    along, across = np.fft.rfftfreq(256)[None], np.fft.fftfreq(256)[:, None]
    spectrum *= np.exp(-((along / 0.015) ** 2) - (across / 0.25) ** 2)
    streaks = np.fft.irfft2(spectrum)
    return np.asarray(streaks / streaks.std(), np.float32)
