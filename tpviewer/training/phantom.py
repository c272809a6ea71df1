"""Rendered videos of faces whose Action Units are known exactly."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.media.video_writer import write_video
from tpviewer.store.truth import AppearanceChange, Truth, read_truth, write_truth
from tpviewer.training.au_shapes import AUS, CLOSED_PRESENT, GAP_PRESENT, PRESENT
from tpviewer.training.face_model import FaceModel
from tpviewer.training.phantom_actors import PhotoActor, SyntheticActor
from tpviewer.training.phantom_script import FaceScript, Script
from tpviewer.training.scenery import random_background
from tpviewer.training.synthetic_face import FaceRenderer

_FINE = 2  # samples per pixel and axis
_EXPOSURE = 0.75
_NOISE = 1.2  # grey levels


def render_phantom(
    script: Script,
    model: FaceModel,
    video: Path,
    told: Callable[[int], None] = lambda done: None,
    photos: Path | None = None,
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
    photos : Path, optional
        Folder of the photographs that the script names.

    Raises
    ------
    MediaError
        If the video cannot be written.
    ParameterError
        If a photograph is missing, or shows no face.
    """
    studio = Studio(script, model, photos)

    def pictures() -> Iterator[NDArray[np.uint8]]:
        for frame in range(script.frames):
            yield studio.picture(frame)
            told(frame + 1)

    write_video(video, pictures(), Fraction(script.rate))
    write_truth(video.with_suffix(".json"), studio.truths())


def add_masks(script: Script, model: FaceModel, truth: Path, photos: Path | None = None) -> None:
    """Add the Action Units' masks to a truth that was written without them; the video stays as it is.

    Parameters
    ----------
    script : Script
        The one that the video was rendered from.
    model : FaceModel
    truth : Path
        Rewritten in place.
    photos : Path, optional
        Folder of the photographs that the script names.

    Raises
    ------
    MediaError
        If the file holds no truth of a rendered video.
    """
    studio = Studio(script, model, photos)
    truths = zip(read_truth(truth), studio.masks(), strict=True)
    write_truth(truth, [replace(known, masks=masks) for known, masks in truths])


class Studio:
    """People, light and background of one video.

    Parameters
    ----------
    script : Script
    model : FaceModel
    photos : Path, optional
        Folder of the photographs that the script names.

    Raises
    ------
    ParameterError
        If a photograph is missing, or shows no face.
    """

    def __init__(self, script: Script, model: FaceModel, photos: Path | None = None) -> None:
        self._script = script
        renderer = FaceRenderer(model, skin_scale=max(12.0, max(f.scale for f in script.faces)))
        self._actors = [
            PhotoActor(face, model, photos) if face.photo else SyntheticActor(face, renderer, number)
            for number, face in enumerate(script.faces)
        ]
        rng = np.random.default_rng(script.background)
        self._behind = random_background(rng, script.width * _FINE, script.height * _FINE)
        self._intensity = np.zeros((len(script.faces), script.frames, len(AUS)), np.float32)
        self._boxes = np.zeros((len(script.faces), script.frames, 4), np.float32)

    def picture(self, frame: int) -> NDArray[np.uint8]:
        """Render a frame, (H, W, 3) uint8 RGB."""
        canvas = self._behind.copy()
        for number, (face, actor) in enumerate(zip(self._script.faces, self._actors, strict=True)):
            seen = actor.place(canvas, frame, self._script.rate, self._to_fine(face, frame))
            self._intensity[number, frame] = seen.intensity
            marks = (seen.landmarks - (_FINE - 1) / 2) / _FINE
            low, high = marks.min(axis=0), marks.max(axis=0)
            self._boxes[number, frame] = [*low, *(high - low)]
        light = np.clip(canvas * _EXPOSURE, 0, 1) ** (1 / 2.2)
        size = (self._script.width, self._script.height)
        levels = cv2.resize(light, size, interpolation=cv2.INTER_AREA) * 255
        noise = np.random.default_rng([self._script.background, frame]).normal(0, _NOISE, levels.shape)
        return np.asarray(np.clip(np.round(levels + noise), 0, 255), np.uint8)

    def masks(self) -> list[NDArray[np.bool_]]:
        """Masks of the Action Units of each face; see `Actor.masks`."""
        return [actor.masks() for actor in self._actors]

    def truths(self, with_masks: bool = True) -> list[Truth]:
        """Truth of all faces, once every frame is rendered."""
        masks = self.masks() if with_masks else [None] * len(self._script.faces)
        present = [{"AU45": CLOSED_PRESENT, "AU25": GAP_PRESENT}.get(au, PRESENT) for au in AUS]
        return [
            Truth(
                name=face.name,
                aus=AUS,
                intensity=self._intensity[number],
                present_from=tuple(present),
                changes=tuple(AppearanceChange(au, frame) for au, frame in face.changes),
                boxes=self._boxes[number],
                masks=moved,
            )
            for number, (face, moved) in enumerate(zip(self._script.faces, masks, strict=True))
        ]

    def _to_fine(self, face: FaceScript, frame: int) -> NDArray[np.float64]:
        """Similarity from projected units to pixels of the canvas; the head drifts a little sideways."""
        x, y = face.centre
        shift = face.scale * 0.12 * np.sin(2 * np.pi * frame / self._script.rate / 5.3 + face.person)
        to_fine = np.array([[face.scale, 0, x + shift], [0, face.scale, y]], np.float64) * _FINE
        to_fine[:, 2] += (_FINE - 1) / 2
        return to_fine
