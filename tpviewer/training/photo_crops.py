"""Aligned grey crops of photographed people with exact labels, each beside the same person's neutral face."""

from binascii import crc32
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import CANONICAL, anchors_from_mesh
from tpviewer.core.errors import ParameterError
from tpviewer.media.source import open_source
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.training.appearance import Light
from tpviewer.training.au_shapes import Expression, intensities, labels
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.face_model import FaceModel
from tpviewer.training.photo_face import LightChange, PhotoRenderer, PoseChange
from tpviewer.training.photo_sitter import PhotoSitter, fit_photo
from tpviewer.training.render_crops import DETECTOR_JITTER, SIDE, crop_transform, develop
from tpviewer.training.sampling import random_expression, resting_expression

FIRST_PERSON = 2 * 10**12
"""Persons of rendered photographs are numbered from here on."""

_FINE = 2  # samples per pixel and axis
_AS_TAKEN = Light(key=1.0, fill=0.0, ambient=0.3)  # `develop` exposes this by 1: photographs are exposed
_SESSION = 5  # renders beside one neutral render


@dataclass(frozen=True)
class _Session:
    """How the head is held and lit, mostly, while a person is recorded."""

    pose: PoseChange
    light: LightChange


def render_photo_crop_set(
    model: FaceModel,
    photos: Sequence[Path],
    n: int,
    seed: int,
    binding: NDArray[np.int64] | None = None,
) -> LabelledCrops:
    """Render about equally many crops of each photograph, `n` in all; the same seed gives the same crops.

    Parameters
    ----------
    model : FaceModel
    photos : sequence of Path
        Photographs of calm faces, seen from the front. Those whose names are the same up to the first
        underscore show one person.
    n : int
    seed : int
        Not negative.
    binding : ndarray, shape (468,), int64, optional
        Vertex of each mesh point; by default of `tpviewer.training.photo_mesh.bind_mesh`.

    Returns
    -------
    LabelledCrops
        Photograph by photograph.

    Raises
    ------
    ParameterError
        If none of the photographs shows a face.
    """
    rng = np.random.default_rng(seed)
    renderer = PhotoRenderer(model, binding)
    sitters = list(read_sitters(model, photos, rng, binding))
    if not sitters:
        raise ParameterError("none of the photographs shows a face; choose other photographs")
    parts: list[tuple[NDArray[Any], ...]] = []
    for index, sitter in enumerate(sitters):
        count = n // len(sitters) + (index < n % len(sitters))
        parts += list(_renders(renderer, sitter, count, rng))
    crops, neutrals, marks, strengths, persons = zip(*parts, strict=True)
    return LabelledCrops(
        np.stack(crops), np.stack(neutrals), np.stack(marks), np.stack(strengths), np.array(persons, np.int64)
    )


def read_sitters(
    model: FaceModel,
    photos: Sequence[Path],
    rng: np.random.Generator,
    binding: NDArray[np.int64] | None = None,
) -> Iterator[PhotoSitter]:
    """Fit the face model to each photograph that shows a face.

    Parameters
    ----------
    model : FaceModel
    photos : sequence of Path
        Persons are named by the names of the files up to the first underscore.
    rng : Generator
        Draws how deep the skin folds, once for each photograph.
    binding : ndarray, shape (468,), int64, optional
        Vertex of each mesh point; by default of `tpviewer.training.photo_mesh.bind_mesh`.

    Yields
    ------
    PhotoSitter

    Raises
    ------
    MediaError
        If a photograph cannot be opened.
    ModelError
        If the face model does not look like a face.
    """
    with FaceMeshDetector() as detector:
        for path in photos:
            with open_source(path) as source:
                picture = source.read(0)
            found = [] if picture is None else detector.detect(picture)
            wrinkles = float(rng.uniform(0.2, 1.0))
            if picture is not None and found:
                name = path.stem.split("_")[0]
                yield fit_photo(picture, found[0].mesh, model, name, binding, wrinkles)


def person_number(name: str) -> int:
    """Number of a photographed person: the same in every set, whatever other photographs are in it."""
    return FIRST_PERSON + crc32(name.encode())


def _renders(
    renderer: PhotoRenderer, sitter: PhotoSitter, count: int, rng: np.random.Generator
) -> Iterator[tuple[NDArray[Any], ...]]:
    for index in range(count):
        if index % _SESSION == 0:
            session = _Session(random_pose_change(rng), random_light_change(rng))
            resting = resting_expression(rng)
            neutral, _ = render_photo_crop(renderer, sitter, resting, session.pose, session.light, rng)
        expression = random_expression(rng)
        pose = nearby_pose_change(rng, session.pose)
        light = session.light if rng.random() < 0.8 else random_light_change(rng)
        crop, gap = render_photo_crop(renderer, sitter, expression, pose, light, rng)
        marks = labels(expression, gap, sitter.resting_gap)
        yield crop, neutral, marks, intensities(expression), np.array(person_number(sitter.name))


def random_pose_change(rng: np.random.Generator) -> PoseChange:
    """Draw how far the head is turned from the photographed pose."""
    return PoseChange(
        yaw=float(np.clip(rng.normal(0, 6), -15, 15)),
        pitch=float(np.clip(rng.normal(0, 5), -12, 12)),
        distance=float(np.exp(rng.normal(0, 0.15))),
    )


def nearby_pose_change(rng: np.random.Generator, calm: PoseChange) -> PoseChange:
    """Draw a pose of the same recording."""
    yaw, pitch = calm.yaw + rng.normal(0, 4), calm.pitch + rng.normal(0, 3)
    return replace(calm, yaw=float(np.clip(yaw, -17, 17)), pitch=float(np.clip(pitch, -14, 14)))


def random_light_change(rng: np.random.Generator) -> LightChange:
    """Draw a light that is added to the photographed one."""
    x, y, z = rng.normal(0, 0.8), rng.normal(0.3, 0.5), rng.uniform(0.3, 1.2)
    strength = float(rng.uniform(0, 0.8)) if rng.random() < 0.7 else 0.0
    return LightChange((float(x), float(y), float(z)), strength, float(rng.uniform(0.3, 0.9)))


def render_photo_crop(
    renderer: PhotoRenderer,
    sitter: PhotoSitter,
    expression: Expression,
    pose: PoseChange,
    light: LightChange,
    rng: np.random.Generator,
) -> tuple[NDArray[np.uint8], float]:
    """Render one crop, shape (SIDE, SIDE), uint8; the gap between the lips comes with it."""
    face = renderer.pose(sitter, expression, pose)
    places = anchors_from_mesh(face.mesh)
    unit = np.linalg.norm(places[3] - places[0])
    places += unit * rng.normal(0, DETECTOR_JITTER, places.shape)
    to_image = crop_transform(places, CANONICAL, fine=_FINE)
    side = SIDE * _FINE
    picture, _ = renderer.draw(sitter, expression, pose, light, to_image, side, side)
    return develop(picture, _AS_TAKEN, rng), face.gap
