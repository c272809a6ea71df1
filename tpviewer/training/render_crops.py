"""Aligned grey crops of synthetic people with exact labels: the main part of the training set."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import CANONICAL, CropGeometry, similarity
from tpviewer.training.appearance import Light, random_light, random_person
from tpviewer.training.au_shapes import labels
from tpviewer.training.face_model import FaceModel
from tpviewer.training.sampling import PoseSpread, random_expression, random_pose
from tpviewer.training.scenery import draw_curtain, draw_glasses, draw_strands, random_background
from tpviewer.training.synthetic_face import FaceRenderer, PosedFace

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
_SITTINGS = 4  # renders per person


@dataclass(frozen=True, eq=False)
class CropSet:
    """Crops with labels.

    Attributes
    ----------
    crops : ndarray, shape (n, SIDE, SIDE), uint8
    labels : ndarray, shape (n, len(AUS)), int8
        1 present, 0 absent, -1 no label.
    persons : ndarray, shape (n,), int64
        Who is seen: sets are split by person.
    """

    crops: NDArray[np.uint8]
    labels: NDArray[np.int8]
    persons: NDArray[np.int64]


def render_crop_set(model: FaceModel, n: int, seed: int, spread: PoseSpread | None = None) -> CropSet:
    """Render `n` crops, several of each random person; the same seed gives the same crops.

    Parameters
    ----------
    model : FaceModel
    n : int
    seed : int
        Not negative; also keeps the persons of different sets apart.
    spread : PoseSpread, optional
    """
    rng = np.random.default_rng(seed)
    renderer = FaceRenderer(model)
    crops, marks, persons = [], [], []
    for index in range(n):
        if index % _SITTINGS == 0:
            sitter = renderer.sit(random_person(rng, model))
        pose = random_pose(rng, spread or PoseSpread())
        face = renderer.pose(sitter, random_expression(rng), pose)
        crops.append(_crop(renderer, face, rng))
        marks.append(labels(face.expression, face.gap, sitter.resting_gap))
        persons.append(seed * 1_000_000 + index // _SITTINGS)
    return CropSet(np.stack(crops), np.stack(marks), np.array(persons, np.int64))


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


def _crop(renderer: FaceRenderer, face: PosedFace, rng: np.random.Generator) -> NDArray[np.uint8]:
    to_image = crop_transform(anchors(face, rng), fine=_FINE)
    side = SIDE * _FINE
    light = random_light(rng)
    picture, covered = renderer.draw(face, light, to_image, side, side)
    looks = face.sitter.person.looks
    behind = random_background(rng, side, side)
    if looks.hair.curtain:
        draw_curtain(behind, face, to_image, light.ambient + light.fill)
    picture[~covered] = behind[~covered]
    if looks.glasses:
        draw_glasses(picture, face, to_image, rng)
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
