"""Rendered videos of faces whose Action Units are known exactly."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import CANONICAL, CropGeometry
from tpviewer.media.video_writer import write_video
from tpviewer.store.truth import AppearanceChange, Truth, read_truth, write_truth
from tpviewer.training.appearance import Light, random_person
from tpviewer.training.au_masks import au_masks
from tpviewer.training.au_shapes import AUS, CLOSED_PRESENT, GAP_PRESENT, PRESENT, Expression
from tpviewer.training.camera import Pose
from tpviewer.training.face_model import FaceModel
from tpviewer.training.phantom_script import FaceScript, Script
from tpviewer.training.render_crops import ANCHOR_MARKS, DETECTOR_OFFSET, crop_transform
from tpviewer.training.scenery import draw_collar, draw_curtain, draw_glasses, random_background
from tpviewer.training.synthetic_face import FaceRenderer, PosedFace, Sitter

_FINE = 2  # samples per pixel and axis
_LIGHT = Light()
_EXPOSURE = 0.75
_NOISE = 1.2  # grey levels
_CLOTHES = ((0.05, 0.09, 0.16), (0.16, 0.05, 0.06))


def render_phantom(
    script: Script, model: FaceModel, video: Path, told: Callable[[int], None] = lambda done: None
) -> None:
    """Render a script to `video`, and its truth as JSON beside it.

    Parameters
    ----------
    script : Script
    model : FaceModel
    video : Path
        ``.mp4``; the truth goes to the same name with ``.json``.
    told : callable
        Is given the number of frames done.

    Raises
    ------
    MediaError
        If the video cannot be written.
    """
    studio = _Studio(script, model)

    def pictures() -> Iterator[NDArray[np.uint8]]:
        for frame in range(script.frames):
            yield studio.picture(frame)
            told(frame + 1)

    write_video(video, pictures(), Fraction(script.rate))
    write_truth(video.with_suffix(".json"), studio.truths())


def add_masks(script: Script, model: FaceModel, truth: Path) -> None:
    """Add the Action Units' masks to a truth that was written without them; the video stays as it is.

    Parameters
    ----------
    script : Script
        The one that the video was rendered from.
    model : FaceModel
    truth : Path
        Rewritten in place.

    Raises
    ------
    MediaError
        If the file holds no truth of a rendered video.
    """
    studio = _Studio(script, model)
    truths = zip(read_truth(truth), studio.masks(), strict=True)
    write_truth(truth, [replace(known, masks=masks) for known, masks in truths])


def canonical_masks(
    renderer: FaceRenderer, sitter: Sitter, geometry: CropGeometry = CANONICAL
) -> NDArray[np.bool_]:
    """Pixels of the aligned crop that each Action Unit moves, on both sides of a face turned to the camera.

    Returns
    -------
    ndarray of bool, shape (len(AUS), height, width)
    """
    face = renderer.pose(sitter, Expression(), Pose())
    marks = face.landmarks[list(ANCHOR_MARKS)].astype(np.float64)
    places = marks + np.linalg.norm(marks[3] - marks[0]) * DETECTOR_OFFSET
    to_crop = crop_transform(places, geometry, margin=0)
    return au_masks(renderer, face, to_crop, (geometry.height, geometry.width))


class _Studio:
    """People, light and background of one video."""

    def __init__(self, script: Script, model: FaceModel) -> None:
        self._script = script
        self._renderer = FaceRenderer(model, skin_scale=max(12.0, max(f.scale for f in script.faces)))
        self._sitters = [
            self._renderer.sit(random_person(np.random.default_rng(f.person), model)) for f in script.faces
        ]
        rng = np.random.default_rng(script.background)
        self._behind = random_background(rng, script.width * _FINE, script.height * _FINE)
        self._intensity = np.zeros((len(script.faces), script.frames, len(AUS)), np.float32)
        self._boxes = np.zeros((len(script.faces), script.frames, 4), np.float32)

    def picture(self, frame: int) -> NDArray[np.uint8]:
        """Render a frame, (H, W, 3) uint8 RGB."""
        canvas = self._behind.copy()
        for number, (face, sitter) in enumerate(zip(self._script.faces, self._sitters, strict=True)):
            self._place(canvas, number, face, sitter, frame)
        light = np.clip(canvas * _EXPOSURE, 0, 1) ** (1 / 2.2)
        size = (self._script.width, self._script.height)
        levels = cv2.resize(light, size, interpolation=cv2.INTER_AREA) * 255
        noise = np.random.default_rng([self._script.background, frame]).normal(0, _NOISE, levels.shape)
        return np.asarray(np.clip(np.round(levels + noise), 0, 255), np.uint8)

    def masks(self) -> list[NDArray[np.bool_]]:
        """Masks of the Action Units of each face; see `canonical_masks`."""
        return [canonical_masks(self._renderer, sitter) for sitter in self._sitters]

    def truths(self) -> list[Truth]:
        """Truth of all faces, once every frame is rendered."""
        present = [{"AU45": CLOSED_PRESENT, "AU25": GAP_PRESENT}.get(au, PRESENT) for au in AUS]
        return [
            Truth(
                name=face.name,
                aus=AUS,
                intensity=self._intensity[number],
                present_from=tuple(present),
                changes=tuple(AppearanceChange(au, frame) for au, frame in face.changes),
                boxes=self._boxes[number],
                masks=masks,
            )
            for number, (face, masks) in enumerate(zip(self._script.faces, self.masks(), strict=True))
        ]

    def _place(
        self, canvas: NDArray[np.float32], number: int, script: FaceScript, sitter: Sitter, frame: int
    ) -> None:
        face = self._renderer.pose(sitter, script.expression(frame), _sway(script, frame / self._script.rate))
        x, y = script.centre
        shift = script.scale * 0.12 * np.sin(2 * np.pi * frame / self._script.rate / 5.3 + script.person)
        to_image = np.array([[script.scale, 0, x + shift], [0, script.scale, y]], np.float64)
        to_fine = to_image * _FINE
        to_fine[:, 2] += (_FINE - 1) / 2
        height, width = canvas.shape[:2]
        looks = sitter.person.looks
        if looks.hair.curtain:
            draw_curtain(canvas, face, to_fine, _LIGHT.ambient + _LIGHT.fill)
        drawn, covered = self._renderer.draw(face, _LIGHT, to_fine, width, height)
        canvas[covered] = drawn[covered]
        if looks.glasses:
            draw_glasses(canvas, face, to_fine, np.random.default_rng(script.person))
        draw_collar(canvas, face, to_fine, _CLOTHES[number % len(_CLOTHES)])
        self._note(number, frame, face, to_image)

    def _note(self, number: int, frame: int, face: PosedFace, to_image: NDArray[np.float64]) -> None:
        values = [face.expression.intensity(au) for au in AUS]
        values[AUS.index("AU25")] = max(0.0, face.gap - face.sitter.resting_gap)
        self._intensity[number, frame] = values
        marks = face.landmarks @ to_image[:, :2].T + to_image[:, 2]
        low, high = marks.min(axis=0), marks.max(axis=0)
        self._boxes[number, frame] = [*low, *(high - low)]


def _sway(script: FaceScript, seconds: float) -> Pose:
    """Slow, irregular movement of a head that is held still."""
    phase = 0.7 * script.person
    yaw = np.sin(2 * np.pi * seconds / 4.7 + phase) + 0.4 * np.sin(2 * np.pi * seconds / 1.9 + 2 * phase)
    pitch = 0.6 * np.sin(2 * np.pi * seconds / 3.9 + 1.3 + phase)
    roll = 0.5 * np.sin(2 * np.pi * seconds / 6.1 + 0.5 + phase)
    return Pose(float(script.sway * yaw), float(script.sway * pitch), float(script.sway * roll))
