"""Openly licensed photographs as training material: labels by protocol and by a teacher network."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.media.source import open_source
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.training.au_shapes import AUS, MISSING
from tpviewer.training.crop_cache import face_crop
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.manifest import Entry, Manifest, Place, person_number
from tpviewer.training.teacher import Teacher

TEACHER_SHAPES = {
    "AU10": ("mouthUpperUpLeft", "mouthUpperUpRight"),
    "AU12": ("mouthSmileLeft", "mouthSmileRight"),
    "AU18": ("mouthPucker",),
    "AU26": ("jawOpen",),
    "AU45": ("eyeBlinkLeft", "eyeBlinkRight"),
}
"""Blendshapes of MediaPipe FaceLandmarker that are strong enough to teach an Action Unit."""

_TAUGHT_PRESENT, _TAUGHT_ABSENT = 0.5, 0.15
_SMILE_OPEN = ("AU06", "AU07", "AU10", "AU14", "AU25", "AU26")  # may or may not go with a posed smile
_POSED = ("neutral", "smiling")  # folders whose pictures show what their name says
_CALM = ("neutral", "canada", "composite")  # folders of the collection in which faces are calm
_DATASET = "photographs"
_ACTS = frozenset(
    {
        "dc07e451d5654aa25a0337c210ada4e72cd1cf7772fff634bcfc42d669bd12d8",
        "bba3f4f84e9bba0d5858b73d8f6bddec58bd98dc8760180b348fc6f3435826f8",
    }
)
"""Photographs (SHA-256) of person 010 of the London Set, who acts in a phantom: no training sees her."""


def photograph_person(path: Path) -> int:
    """Number of the person on a photograph.

    Pictures in ``neutral`` and ``smiling`` whose stems are the same up to the first underscore are one
    person, any other picture is a person of its own.
    """
    name = path.stem.split("_")[0] if path.parent.name in _POSED else f"{path.parent.name}/{path.stem}"
    return person_number(_DATASET, name)


def photographs_in(folder: Path) -> list[Path]:
    """Photographs of a folder, subfolders included, without those of the person who acts in a phantom."""
    pictures = sorted(p for p in folder.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg", ".png"})
    return [path for path in pictures if hashlib.sha256(path.read_bytes()).hexdigest() not in _ACTS]


def calm_photographs(folder: Path) -> list[Path]:
    """Photographs that show calm faces, to be rendered with any expression."""
    return [path for path in photographs_in(folder) if path.parent.name in _CALM]


def photograph_manifest(folder: Path) -> Manifest:
    """Photographs with labels by protocol alone; what no folder name tells is left out.

    Raises
    ------
    ParameterError
        If no picture lies in a folder named neutral or smiling.
    """
    posed = [path for path in photographs_in(folder) if path.parent.name in _POSED]
    if not posed:
        raise ParameterError(
            f"{folder}: no photographs in folders named neutral or smiling; choose another folder"
        )
    calm = {path.stem.split("_")[0]: path for path in posed if path.parent.name == "neutral"}
    entries = []
    for path in posed:
        person = path.stem.split("_")[0]
        known = zip(AUS, protocol_labels(path).tolist(), strict=True)
        labels = {au: label for au, label in known if label != MISSING}
        neutral = Place(calm[person]) if person in calm and calm[person] != path else None
        entries.append(Entry(path, person, (0, 1), _DATASET, labels, {}, neutral))
    return Manifest(_DATASET, tuple(entries))


def read_photographs(folder: Path, teacher: Path | None) -> LabelledCrops:
    """Crop and label the photographs of a folder, subfolders included.

    By protocol a picture in a folder named ``neutral`` shows no Action Unit and one in ``smiling`` AU12; what
    may go with a smile stays unlabelled. Elsewhere, and for what the protocol leaves open, the teacher labels
    the few Action Units that it is good at.

    The neutral face beside a picture is that of the person's ``neutral`` picture. Beside that picture itself
    it is the mirrored one: an exact copy would give the label away.

    Raises
    ------
    ParameterError
        If there is no photograph with a face.
    """
    crops: dict[Path, NDArray[np.uint8]] = {}
    labels: dict[Path, NDArray[np.int8]] = {}
    blendshapes = Teacher(teacher) if teacher is not None else None
    for path, picture, crop in _faces(photographs_in(folder)):
        marks = protocol_labels(path)
        if blendshapes is not None:
            look = blendshapes.look(picture)
            taught = taught_labels(look[0] if look is not None else {})
            marks = np.where(marks == MISSING, taught, marks)
        if (marks != MISSING).any():
            crops[path], labels[path] = crop, marks
    if blendshapes is not None:
        blendshapes.close()
    if not crops:
        raise ParameterError(
            f"{folder}: no photograph with a face that can be labelled; choose another folder"
        )
    return LabelledCrops(
        np.stack(list(crops.values())),
        np.stack(_beside(crops)),
        np.stack(list(labels.values())),
        np.full((len(crops), len(AUS)), np.nan, np.float32),
        np.array([photograph_person(path) for path in crops], np.int64),
    )


def _beside(crops: dict[Path, NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    """Neutral face for each crop, zeros where there is none."""
    neutral = {photograph_person(path): path for path in crops if path.parent.name == "neutral"}
    faces = []
    for path, crop in crops.items():
        own = neutral.get(photograph_person(path))
        faces.append(np.zeros_like(crop) if own is None else crop[:, ::-1] if own == path else crops[own])
    return faces


def protocol_labels(path: Path) -> NDArray[np.int8]:
    """Labels that follow from what the person was asked to do, shape (len(AUS),)."""
    labels = np.full(len(AUS), MISSING, np.int8)
    if path.parent.name == "neutral":
        labels[:] = 0
    elif path.parent.name == "smiling":
        labels[:] = 0
        labels[AUS.index("AU12")] = 1
        labels[[AUS.index(au) for au in _SMILE_OPEN]] = MISSING
    return labels


def taught_labels(scores: dict[str, float]) -> NDArray[np.int8]:
    """Labels from the teacher's blendshapes, shape (len(AUS),); missing where it is blind or undecided."""
    labels = np.full(len(AUS), MISSING, np.int8)
    for au, shapes in TEACHER_SHAPES.items():
        values = [scores[shape] for shape in shapes if shape in scores]
        if values:
            score = float(np.mean(values))
            labels[AUS.index(au)] = (
                1 if score >= _TAUGHT_PRESENT else 0 if score <= _TAUGHT_ABSENT else MISSING
            )
    return labels


def _faces(paths: list[Path]) -> Iterator[tuple[Path, NDArray[np.uint8], NDArray[np.uint8]]]:
    with FaceMeshDetector() as detector:
        for path in paths:
            with open_source(path) as source:
                picture = source.read(0)
            crop = None if picture is None else face_crop(detector, picture)
            if picture is not None and crop is not None:
                yield path, picture, crop
