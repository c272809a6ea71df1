"""Openly licensed photographs as training material: labels by protocol and by a teacher network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import CANONICAL, anchors_from_mesh
from tpviewer.core.errors import ParameterError
from tpviewer.media.crop import crop_face
from tpviewer.media.source import open_source
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.training.au_shapes import AUS, MISSING
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.render_crops import SIDE, crop_transform

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
_FIRST_PERSON = 10**12  # persons of photographs are numbered apart from rendered ones


def read_photographs(folder: Path, teacher: Path | None) -> LabelledCrops:
    """Crop and label the photographs of a folder, subfolders included.

    By protocol a picture in a folder named ``neutral`` shows no Action Unit and one in ``smiling`` AU12; what
    may go with a smile stays unlabelled. Elsewhere, and for what the protocol leaves open, the teacher labels
    the few Action Units that it is good at. Pictures of the same stem up to the first underscore are one
    person.

    Raises
    ------
    ParameterError
        If there is no photograph with a face.
    """
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg", ".png"})
    crops, labels, persons = [], [], []
    names: dict[str, int] = {}
    blendshapes = _Teacher(teacher) if teacher is not None else None
    for path, picture, crop in _faces(paths):
        marks = protocol_labels(path)
        if blendshapes is not None:
            taught = taught_labels(blendshapes.scores(picture))
            marks = np.where(marks == MISSING, taught, marks)
        if (marks != MISSING).any():
            name = path.stem.split("_")[0] if path.parent.name in ("neutral", "smiling") else str(path)
            crops.append(crop)
            labels.append(marks)
            persons.append(_FIRST_PERSON + names.setdefault(name, len(names)))
    if not crops:
        raise ParameterError(
            f"{folder}: no photograph with a face that can be labelled; choose another folder"
        )
    return LabelledCrops(np.stack(crops), np.stack(labels), np.array(persons, np.int64))


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
            found = [] if picture is None else detector.detect(picture)
            if picture is not None and found:
                to_crop = crop_transform(anchors_from_mesh(found[0].mesh), CANONICAL)
                yield path, picture, crop_face(picture, to_crop, SIDE, SIDE)


class _Teacher:
    """MediaPipe FaceLandmarker with blendshapes; used at training time only."""

    def __init__(self, path: Path) -> None:
        from mediapipe import Image, ImageFormat
        from mediapipe.tasks.python import BaseOptions, vision

        if not path.is_file():
            raise ParameterError(f"{path}: no such file; --teacher names MediaPipe's face_landmarker.task")
        self._image: Any = lambda data: Image(image_format=ImageFormat.SRGB, data=data)
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(path)), output_face_blendshapes=True
        )
        self._landmarker: Any = vision.FaceLandmarker.create_from_options(options)

    def scores(self, picture: NDArray[np.uint8]) -> dict[str, float]:
        """Blendshape scores, 0 to 1, of the first face; empty without one."""
        found = self._landmarker.detect(self._image(np.ascontiguousarray(picture)))
        if not found.face_blendshapes:
            return {}
        return {shape.category_name: float(shape.score) for shape in found.face_blendshapes[0]}
