"""Aligned grey crops of synthetic people with exact labels: the main part of the training set."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import CANONICAL, CropGeometry, similarity
from tpviewer.training.appearance import Light, random_light, random_person, varied
from tpviewer.training.au_shapes import intensities, labels
from tpviewer.training.camera import Pose
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.face_model import FaceModel
from tpviewer.training.sampling import (
    PoseSpread,
    nearby_light,
    nearby_pose,
    random_expression,
    random_pose,
    resting_expression,
)
from tpviewer.training.scenery import draw_curtain, draw_glasses, draw_strands, random_background
from tpviewer.training.synthetic_face import FaceRenderer, PosedFace, Sitter

MARGIN = 8
"""Pixels around the crop that are kept for shifting and turning it during training."""

SIDE = CANONICAL.width + 2 * MARGIN
"""Side of a stored crop in pixels."""

ANCHOR_MARKS = (36, 39, 42, 45, 33)
"""iBUG landmarks nearest to the mesh points of the crop geometry."""

DETECTOR_OFFSET = np.array([[-0.02, -0.002], [0.009, -0.006], [-0.009, -0.006], [0.02, -0.002], [0, -0.018]])
"""Mean offset of the mesh detector's anchors from these landmarks, in distances of the outer eye corners
(measured on 60 renders at up to 30 degrees of yaw)."""

DETECTOR_JITTER = 0.014
"""Standard deviation of the same, per coordinate."""

_FINE = 2  # samples per pixel and axis
_SITTINGS = 5  # renders per person, beside the neutral one
_HELD, _TURNED, _OFTEN_TURNED = 0.3, 0.8, 0.4  # how far heads turn in a recording: little, or much
_STREAM = 1  # keeps training apart from phantoms, whose people are drawn from their bare seed


@dataclass(frozen=True)
class Recording:
    """Where a person is recorded: pose of the calm head, light, what is behind."""

    pose: Pose
    light: Light
    background: int


def random_recording(rng: np.random.Generator, spread: PoseSpread) -> Recording:
    """Draw the circumstances of a recording."""
    return Recording(random_pose(rng, spread), random_light(rng), int(rng.integers(2**31)))


def render_crop_set(
    model: FaceModel, n: int, seed: int, spread: PoseSpread | None = None, *, vary: bool = False
) -> LabelledCrops:
    """Render `n` crops, several of each random person, with the person's neutral face beside each.

    The renders of a person share light and background as the frames of a video do, mostly. The same seed
    gives the same crops.

    Parameters
    ----------
    model : FaceModel
    n : int
    seed : int
        Not negative; also keeps the persons of different sets apart.
    spread : PoseSpread, optional
    vary : bool
        Give every second person folds and brows of any shape, see `tpviewer.training.appearance.varied`.
    """
    rng = np.random.default_rng([seed, _STREAM])
    renderer = FaceRenderer(model)
    spread = spread or PoseSpread()
    crops, neutrals, expressions, marks, persons = [], [], [], [], []
    for index in range(n):
        if index % _SITTINGS == 0:
            person = random_person(rng, model)
            sitter = renderer.sit(varied(person) if vary and index // _SITTINGS % 2 else person)
            recording = random_recording(rng, spread)
            resting = nearby_pose(rng, recording.pose, spread, 0.4)
            face = renderer.pose(sitter, resting_expression(rng), resting)
            places = anchors(face, rng)
            neutral = draw_crop(renderer, face, recording.light, recording.background, places, rng)
        face, crop = _sitting(renderer, sitter, recording, spread, rng)
        crops.append(crop)
        neutrals.append(neutral)
        marks.append(labels(face.expression, face.gap, sitter.resting_gap))
        expressions.append(intensities(face.expression))
        persons.append(seed * 1_000_000 + index // _SITTINGS)
    return LabelledCrops(
        np.stack(crops),
        np.stack(neutrals),
        np.stack(marks),
        np.stack(expressions),
        np.array(persons, np.int64),
    )


def _sitting(
    renderer: FaceRenderer, sitter: Sitter, recording: Recording, spread: PoseSpread, rng: np.random.Generator
) -> tuple[PosedFace, NDArray[np.uint8]]:
    """One expression, mostly in the light and before the background of the person's recording."""
    share = _TURNED if rng.random() < _OFTEN_TURNED else _HELD
    face = renderer.pose(sitter, random_expression(rng), nearby_pose(rng, recording.pose, spread, share))
    light, background = nearby_light(rng, recording.light), recording.background
    if rng.random() < 0.2:
        light, background = random_light(rng), int(rng.integers(2**31))
    return face, draw_crop(renderer, face, light, background, anchors(face, rng), rng)


def anchors(face: PosedFace, rng: np.random.Generator) -> NDArray[np.float64]:
    """Where the mesh detector would see the five anchors, shape (5, 2), in projected units."""
    marks = face.landmarks[list(ANCHOR_MARKS)].astype(np.float64)
    unit = np.linalg.norm(marks[3] - marks[0])
    return np.asarray(marks + unit * (DETECTOR_OFFSET + rng.normal(0, DETECTOR_JITTER, (5, 2))))


def crop_transform(
    places: NDArray[np.float64], geometry: CropGeometry = CANONICAL, margin: int = MARGIN, fine: int = 1
) -> NDArray[np.float64]:
    """Similarity, shape (2, 3), from anchors to a crop with a margin at `fine` samples per pixel."""
    to_crop = similarity(places, geometry.targets)
    to_crop[:, 2] += margin
    to_crop *= fine
    to_crop[:, 2] += (fine - 1) / 2
    return to_crop


def draw_crop(
    renderer: FaceRenderer,
    face: PosedFace,
    light: Light,
    background: int,
    places: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.uint8]:
    """Draw a face with what is around it, as a camera would take it.

    Parameters
    ----------
    renderer : FaceRenderer
    face : PosedFace
    light : Light
    background : int
        Seed of what is behind.
    places : ndarray, shape (5, 2)
        Anchors that are brought to their places in the crop, in projected units.
    rng : Generator

    Returns
    -------
    ndarray, shape (SIDE, SIDE), uint8
    """
    to_image = crop_transform(places, fine=_FINE)
    side = SIDE * _FINE
    picture, covered = renderer.draw(face, light, to_image, side, side)
    looks = face.sitter.person.looks
    behind = random_background(np.random.default_rng(background), side, side)
    if looks.hair.curtain:
        draw_curtain(behind, face, to_image, light.ambient + light.fill)
    picture[~covered] = behind[~covered]
    if looks.glasses:
        draw_glasses(picture, face, to_image, np.random.default_rng(looks.seed))
    if rng.random() < 0.08:
        draw_strands(picture, face, to_image, rng)
    return develop(picture, light, rng)


def develop(picture: NDArray[np.float32], light: Light, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Expose linear light, shape (H, W, 3), blur it and bring it to grey levels of the final size."""
    middle = light.key * 0.6 + light.ambient + light.fill
    exposure = np.exp(rng.normal(0, 0.35)) * 0.9 / middle
    gamma = 1 / rng.uniform(1.8, 2.6)
    grey = np.clip(picture @ np.array([0.299, 0.587, 0.114], np.float32) * exposure, 0, None)
    grey = np.clip(grey, 0, 1.05) ** gamma
    if rng.random() < 0.5:
        grey = cv2.GaussianBlur(grey, (0, 0), float(rng.uniform(0.3, 2.2)))
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    result: NDArray[np.uint8] = np.clip(small * 255, 0, 255).astype(np.uint8)
    return result
