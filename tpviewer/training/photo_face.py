"""People of photographs who can be given any expression: photographic renders with exact Action Units."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, cKDTree

from tpviewer.core.alignment import apply
from tpviewer.training.au_shapes import Expression, blendshape_weights, lip_gap
from tpviewer.training.camera import Pose, project, rotation
from tpviewer.training.face_model import EYE, MOUTH, SKIN, TEETH, FaceModel
from tpviewer.training.folds import fold_relief
from tpviewer.training.photo_backdrop import bend_photo
from tpviewer.training.photo_mesh import bind_mesh
from tpviewer.training.photo_shading import COLUMNS, paint
from tpviewer.training.photo_sitter import PhotoSitter, face_cover
from tpviewer.training.photo_texture import TO_LINEAR, brightness
from tpviewer.training.rasteriser import rasterise, vertex_normals
from tpviewer.training.skin_map import X0, Y1, make_skin_map

_GAZE_DEGREES = 25.0
_BLINK_SHARE = 0.3  # a vertex that moves by this share of the most in a blink is lid
_LASH = 0.55


@dataclass(frozen=True)
class PoseChange:
    """Turn away from the photographed pose in degrees (as in `Pose`), and factor on the camera's distance."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    distance: float = 1.0


@dataclass(frozen=True)
class LightChange:
    """Light added to the photographed one.

    Attributes
    ----------
    direction : (float, float, float)
        To the new light, in the camera's axes.
    strength : float
        Share of the new light, 0 to 1; the photographed light keeps the rest.
    contrast : float
        Share of the new light that comes from the direction; the rest comes from all around.
    """

    direction: tuple[float, float, float] = (0.0, 0.3, 1.0)
    strength: float = 0.0
    contrast: float = 0.7


@dataclass(frozen=True, eq=False)
class PosedPhoto:
    """A sitter with an expression, seen by a camera.

    Attributes
    ----------
    vertices, points : ndarray, shape (n, 3), float32
        In the model's axes; projected as by `tpviewer.training.camera.project`.
    landmarks, mesh : ndarray, shape (68, 2) and (468, 2), float32
        Projected iBUG landmarks and points of the face mesh.
    gap : float
        `lip_gap` of the face.
    """

    pose: Pose
    vertices: NDArray[np.float32]
    points: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    mesh: NDArray[np.float32]
    gap: float


def without(expression: Expression, au: str) -> Expression:
    """Return an expression less one Action Unit."""
    right = {name: value for name, value in expression.right.items() if name != au}
    left = {name: value for name, value in expression.left.items() if name != au}
    return replace(expression, right=right, left=left)


class PhotoRenderer:
    """Draws photographed people with a face model.

    Parameters
    ----------
    model : FaceModel
    binding : ndarray, shape (468,), int64, optional
        Vertex of each mesh point; by default of `bind_mesh`.
    skin_scale : float, optional
        Pixels of the map of folds per unit of the face model.
    """

    def __init__(
        self, model: FaceModel, binding: NDArray[np.int64] | None = None, skin_scale: float = 12.0
    ) -> None:
        self.model = model
        self._binding = bind_mesh(model) if binding is None else binding
        self._map = make_skin_map(model, skin_scale)
        self._cover = face_cover(model, self._binding)
        drawn = (model.material != SKIN) | (self._cover[model.triangles].max(1) > 0)
        self._triangles = np.ascontiguousarray(model.triangles[drawn])
        self._material = np.ascontiguousarray(model.material[drawn])
        hull = ConvexHull(model.vertices[self._binding, :2]).vertices
        self._rim = np.unique(self._binding[hull])
        self._eyes = _eye_vertices(model)
        self._lid = {side: _lid(model, side) for side in "RL"}
        self._lash = _lashes(model, self._lid)
        self._inside = _inside(model)

    def pose(
        self, sitter: PhotoSitter, expression: Expression, change: PoseChange | None = None
    ) -> PosedPhoto:
        """Give a sitter an expression and look at it."""
        change = change or PoseChange()
        weights = blendshape_weights(expression)
        for side, factor in zip("RL", sitter.blink, strict=True):
            weights[f"eyeBlink_{side}"] *= factor
        vertices = self.model.express(sitter.fit.neutral, weights)
        self._turn_eyes(vertices, expression)
        shot = sitter.fit.pose
        pose = Pose(
            shot.yaw + change.yaw,
            shot.pitch + change.pitch,
            shot.roll + change.roll,
            shot.distance * change.distance,
        )
        points = project(vertices, pose)
        gap = lip_gap(vertices, self.model.landmarks)
        marks, mesh = points[self.model.landmarks, :2], points[self._binding, :2]
        return PosedPhoto(pose, vertices, points, marks, mesh, gap)

    def draw(
        self,
        sitter: PhotoSitter,
        expression: Expression,
        pose_change: PoseChange,
        light_change: LightChange,
        to_image: NDArray[np.float64],
        width: int,
        height: int,
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Draw a sitter; the photograph's background is bent to fit.

        Parameters
        ----------
        sitter : PhotoSitter
        expression : Expression
        pose_change : PoseChange
        light_change : LightChange
        to_image : ndarray, shape (2, 3)
            Similarity from projected units (of `pose`) to pixels.
        width, height : int

        Returns
        -------
        picture : ndarray, shape (height, width, 3), float32
            Linear light.
        covered : ndarray, shape (height, width), bool
            Where the face is drawn; elsewhere is what the photograph shows behind and around it.
        """
        face = self.pose(sitter, expression, pose_change)
        gain = self._gain(sitter, face, light_change)
        before = project(sitter.fit.neutral[self._rim], sitter.fit.pose)[:, :2]
        rim = before, face.points[self._rim, :2]
        photo, to_photo = sitter.textures.skin, sitter.fit.to_photo
        picture = bend_photo(photo, rim, gain[self._rim], to_photo, to_image, (width, height))
        seen = rasterise(self._in_image(face, to_image), self._triangles, width, height)
        cover = np.zeros((height, width), np.float32)
        paint(
            seen.triangle,
            seen.weights,
            self._triangles,
            self._material,
            self._attributes(sitter, expression, gain),
            sitter.textures.skin,
            sitter.textures.lids,
            sitter.textures.eyes,
            TO_LINEAR,
            fold_relief(self._map, sitter.looks, expression),
            np.array([self._map.scale, X0, Y1]),
            picture,
            cover,
        )
        return picture, cover > 0

    def movement(
        self,
        sitter: PhotoSitter,
        expression: Expression,
        au: str,
        pose_change: PoseChange,
        to_image: NDArray[np.float64],
        width: int,
        height: int,
    ) -> NDArray[np.float32]:
        """How far an Action Unit of an expression has moved what is seen in each pixel.

        Returns
        -------
        ndarray, shape (height, width), float32
            In units of the face model; 0 where no face is drawn.
        """
        face = self.pose(sitter, expression, pose_change)
        calm = self.pose(sitter, without(expression, au), pose_change)
        moved = np.linalg.norm(face.vertices - calm.vertices, axis=1)
        seen = rasterise(self._in_image(face, to_image), self._triangles, width, height)
        values = (moved[self._triangles[seen.triangle]] * seen.weights).sum(-1)
        return np.where(seen.triangle >= 0, values, 0).astype(np.float32)

    def _in_image(self, face: PosedPhoto, to_image: NDArray[np.float64]) -> NDArray[np.float32]:
        """Points in pixels; eyeballs lie a little deeper, or bent ones would come through closed lids."""
        points = face.points.copy()
        points[:, :2] = apply(to_image, points[:, :2])
        for eye in self._eyes:
            points[eye, 2] -= 0.2
        return points

    def _attributes(
        self, sitter: PhotoSitter, expression: Expression, gain: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        values = np.zeros((len(gain), COLUMNS), np.float32)
        values[:, 0:2], values[:, 2:4] = sitter.places, sitter.lid_places
        for side, intensities in (("R", expression.right), ("L", expression.left)):
            values[:, 4] += self._lid[side] * min(1.0, intensities.get("AU45", 0.0))
        values[:, 5] = self._cover
        values[:, 6:8] = self.model.vertices[:, :2]
        values[:, 8] = gain
        values[:, 9] = _LASH * self._lash * values[:, 4]
        values[:, 4] *= 1 - self._lash
        return values

    def _gain(self, sitter: PhotoSitter, face: PosedPhoto, light: LightChange) -> NDArray[np.float32]:
        """Factor on the photographed light, shape (n,); for the mouth's inside the light itself."""
        shade = sitter.textures.shade
        after = vertex_normals(face.vertices, self.model.triangles) @ rotation(face.pose).T
        frontal = float(shade[0] + shade[3])
        direction = np.array(light.direction) / np.linalg.norm(light.direction)
        key = np.clip((after @ direction + 0.25) / 1.25, 0, None)
        added = frontal * (light.contrast * 1.3 * key + 1 - light.contrast)
        new = (1 - light.strength) * brightness(after, shade) + light.strength * added
        gain = np.clip(new / sitter.lit, 0.3, 2.5)
        gain = np.where(self._inside > 0, self._inside * sitter.textures.light * new / frontal, gain)
        return np.asarray(gain, np.float32)

    def _turn_eyes(self, vertices: NDArray[np.float32], expression: Expression) -> None:
        extra = expression.extra
        for side, eye, outwards in (("R", self._eyes[0], -1), ("L", self._eyes[1], 1)):
            out = extra.get(f"eyeLookOut_{side}", 0.0) - extra.get(f"eyeLookIn_{side}", 0.0)
            up = extra.get(f"eyeLookUp_{side}", 0.0) - extra.get(f"eyeLookDown_{side}", 0.0)
            if len(eye) and (out or up):
                ball = vertices[eye]
                centre = (ball.min(0) + ball.max(0)) / 2
                turn = rotation(Pose(outwards * out * _GAZE_DEGREES, up * _GAZE_DEGREES))
                vertices[eye] = (ball - centre) @ turn.T + centre


def _eye_vertices(model: FaceModel) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    eyes = np.unique(model.triangles[model.material == EYE])
    right = model.vertices[eyes, 0] < 0
    return eyes[right], eyes[~right]


def _lid(model: FaceModel, side: str) -> NDArray[np.float32]:
    """How much of an upper lid each vertex is, shape (n,), 0 to 1."""
    down = np.linalg.norm(model.expressions[f"eyeBlink_{side}"], axis=1)
    share = np.clip(down / max(float(down.max()), 1e-6) / _BLINK_SHARE, 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def _lashes(model: FaceModel, lid: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    """How near to the rim of an upper lid each vertex is, shape (n,), 0 to 1."""
    upper = model.vertices[model.landmarks[[36, 37, 38, 39, 42, 43, 44, 45]]]
    share = np.linspace(0, 1, 12)[:, None]
    rim = np.vstack(
        [
            (1 - share) * a + share * b
            for k in (0, 4)
            for a, b in zip(upper[k : k + 3], upper[k + 1 :], strict=False)
        ]
    )
    far, _ = cKDTree(rim).query(model.vertices)
    return np.asarray(np.clip(1.5 - far / 0.16, 0, 1) * np.maximum(lid["R"], lid["L"]), np.float32)


def _inside(model: FaceModel) -> NDArray[np.float32]:
    """How much light reaches teeth, gums and tongue, shape (n,); 0 elsewhere."""
    depth = model.vertices[:, 2]
    light = np.zeros(len(depth), np.float32)
    for kind, start, length, power, most in ((MOUTH, 4.5, 6.5, 1.5, 0.8), (TEETH, 3.5, 5.5, 1.0, 0.9)):
        part = np.unique(model.triangles[model.material == kind])
        light[part] = most * np.clip((depth[part] - start) / length, 0.08, 1) ** power
    return light
