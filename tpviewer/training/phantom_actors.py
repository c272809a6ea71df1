"""Who acts in a rendered video: synthetic people, or people of photographs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import CANONICAL, anchors_from_mesh, apply
from tpviewer.core.errors import ParameterError
from tpviewer.training.appearance import Light, random_person
from tpviewer.training.au_masks import au_masks, expression_masks
from tpviewer.training.au_shapes import AUS, Expression, intensities
from tpviewer.training.camera import Pose
from tpviewer.training.face_model import FaceModel
from tpviewer.training.phantom_script import FaceScript
from tpviewer.training.photo_crops import read_sitters
from tpviewer.training.photo_face import LightChange, PhotoRenderer, PoseChange
from tpviewer.training.render_crops import ANCHOR_MARKS, DETECTOR_OFFSET, crop_transform
from tpviewer.training.scenery import draw_collar, draw_curtain, draw_glasses
from tpviewer.training.synthetic_face import FaceRenderer

_LIGHT = Light()
_CLOTHES = ((0.05, 0.09, 0.16), (0.16, 0.05, 0.06))
_AS_TAKEN = 1 / 0.75  # a photograph is exposed already; the studio exposes by 0.75
_CROP = (CANONICAL.height, CANONICAL.width)

Canvas = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Seen:
    """What an actor showed in a frame.

    Attributes
    ----------
    landmarks : ndarray, shape (68, 2)
        iBUG landmarks in pixels of the canvas.
    intensity : ndarray, shape (len(AUS),), float32
        As in `tpviewer.store.truth.Truth`.
    """

    landmarks: NDArray[np.float64]
    intensity: NDArray[np.float32]


class Actor(Protocol):
    """A person of a script, made ready for rendering."""

    def place(self, canvas: Canvas, frame: int, rate: int, to_canvas: NDArray[np.float64]) -> Seen:
        """Draw the actor of a frame into the canvas, (H, W, 3) linear light, in place.

        Parameters
        ----------
        canvas : ndarray, shape (H, W, 3), float32
        frame : int
        rate : int
            Frames per second.
        to_canvas : ndarray, shape (2, 3), float64
            Similarity from projected units to pixels.

        Returns
        -------
        Seen
        """
        ...

    def masks(self) -> NDArray[np.bool_]:
        """Pixels of the canonical crop that each Action Unit moves on both sides, (len(AUS), H, W).

        The crop is aligned, so one mask, of the calm face turned to the camera, stands for every frame.
        """
        ...


class SyntheticActor(Actor):
    """A random person.

    Parameters
    ----------
    script : FaceScript
    renderer : FaceRenderer
    number : int
        Of the face in its script: neighbours wear different clothes.
    """

    def __init__(self, script: FaceScript, renderer: FaceRenderer, number: int) -> None:
        self._script, self._renderer = script, renderer
        self._clothes = _CLOTHES[number % len(_CLOTHES)]
        person = random_person(np.random.default_rng(script.person), renderer.model)
        self._sitter = renderer.sit(person)

    def place(self, canvas: Canvas, frame: int, rate: int, to_canvas: NDArray[np.float64]) -> Seen:
        """See `Actor.place`."""
        pose = Pose(*sway(self._script, frame / rate))
        face = self._renderer.pose(self._sitter, self._script.expression(frame), pose)
        height, width = canvas.shape[:2]
        looks = self._sitter.person.looks
        if looks.hair.curtain:
            draw_curtain(canvas, face, to_canvas, _LIGHT.ambient + _LIGHT.fill)
        drawn, covered = self._renderer.draw(face, _LIGHT, to_canvas, width, height)
        canvas[covered] = drawn[covered]
        if looks.glasses:
            draw_glasses(canvas, face, to_canvas, np.random.default_rng(self._script.person))
        draw_collar(canvas, face, to_canvas, self._clothes)
        shown = _truth(face.expression, face.gap - self._sitter.resting_gap)
        return Seen(apply(to_canvas, face.landmarks.astype(np.float64)), shown)

    def masks(self) -> NDArray[np.bool_]:
        """See `Actor.masks`."""
        face = self._renderer.pose(self._sitter, Expression(), Pose())
        marks = face.landmarks[list(ANCHOR_MARKS)].astype(np.float64)
        places = marks + np.linalg.norm(marks[3] - marks[0]) * DETECTOR_OFFSET
        return au_masks(self._renderer, face, crop_transform(places, margin=0), _CROP)


class PhotoActor(Actor):
    """The person of a photograph, before the photograph's background, which fills the canvas.

    Parameters
    ----------
    script : FaceScript
        With `photo`.
    model : FaceModel
    photos : Path, optional
        Folder of the photograph.

    Raises
    ------
    ParameterError
        If the photograph is missing, or shows no face.
    """

    def __init__(self, script: FaceScript, model: FaceModel, photos: Path | None) -> None:
        if photos is None:
            raise ParameterError(f"the script shows {script.photo}; name its folder with --photos")
        path = photos / str(script.photo)
        if not path.is_file():
            raise ParameterError(f"{path}: there is no such photograph; check --photos")
        self._script, self._renderer = script, PhotoRenderer(model, skin_scale=max(12.0, script.scale))
        sitters = list(read_sitters(model, [path], np.random.default_rng(script.person)))
        if not sitters:
            raise ParameterError(f"{path}: no face was found in the photograph; choose another")
        self._sitter = sitters[0]

    def place(self, canvas: Canvas, frame: int, rate: int, to_canvas: NDArray[np.float64]) -> Seen:
        """See `Actor.place`."""
        expression, turn = self._script.expression(frame), PoseChange(*sway(self._script, frame / rate))
        height, width = canvas.shape[:2]
        drawn, _ = self._renderer.draw(
            self._sitter, expression, turn, LightChange(), to_canvas, width, height
        )
        canvas[:] = drawn * np.float32(_AS_TAKEN)
        face = self._renderer.pose(self._sitter, expression, turn)
        shown = _truth(expression, face.gap - self._sitter.resting_gap)
        return Seen(apply(to_canvas, face.landmarks.astype(np.float64)), shown)

    def masks(self) -> NDArray[np.bool_]:
        """See `Actor.masks`."""
        renderer, sitter = self._renderer, self._sitter

        def shape(expression: Expression) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
            face = renderer.pose(sitter, expression)
            return face.vertices, face.points

        places = anchors_from_mesh(renderer.pose(sitter, Expression()).mesh)
        to_crop = crop_transform(places, margin=0)
        return expression_masks(shape, Expression(), renderer.model.triangles, to_crop, _CROP)


def sway(script: FaceScript, seconds: float) -> tuple[float, float, float]:
    """Yaw, pitch and roll, in degrees, of a head that is held still: slow and irregular."""
    phase = 0.7 * script.person
    yaw = np.sin(2 * np.pi * seconds / 4.7 + phase) + 0.4 * np.sin(2 * np.pi * seconds / 1.9 + 2 * phase)
    pitch = 0.6 * np.sin(2 * np.pi * seconds / 3.9 + 1.3 + phase)
    roll = 0.5 * np.sin(2 * np.pi * seconds / 6.1 + 0.5 + phase)
    return float(script.sway * yaw), float(script.sway * pitch), float(script.sway * roll)


def _truth(expression: Expression, opened: float) -> NDArray[np.float32]:
    values = intensities(expression)
    values[AUS.index("AU25")] = max(0.0, opened)
    return values
