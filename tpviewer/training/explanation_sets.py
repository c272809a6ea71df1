"""Faces of which it is known where each Action Unit shows: what explanations are measured on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import CANONICAL, anchors_from_mesh, apply, similarity
from tpviewer.core.errors import ParameterError
from tpviewer.core.regions import MESH_POINTS, region_masks
from tpviewer.media.crop import crop_face
from tpviewer.media.source import open_source
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.training.appearance import Light, random_light, random_person
from tpviewer.training.au_masks import au_masks
from tpviewer.training.au_shapes import AUS, MISSING, labels
from tpviewer.training.augment import centre
from tpviewer.training.face_model import FaceModel
from tpviewer.training.render_crops import anchors, crop_transform, draw_crop
from tpviewer.training.sampling import (
    PoseSpread,
    nearby_pose,
    random_expression,
    random_pose,
    resting_expression,
)
from tpviewer.training.synthetic_face import FaceRenderer, PosedFace

_SITTINGS = 4  # renders per person


@dataclass(frozen=True, eq=False)
class ExplainedFaces:
    """Crops with the place of each Action Unit.

    Attributes
    ----------
    crops, neutrals : ndarray, shape (n, H, W), uint8
        Aligned grey crops without a margin; a neutral of zeros is none.
    labels : ndarray, shape (n, len(AUS)), int8
        1 present, 0 absent, -1 not known.
    masks : ndarray, shape (n, len(AUS), H, W), bool
        Where each Action Unit shows on this face; left empty where it is known to be absent.
    persons : ndarray, shape (n,), int64
    """

    crops: NDArray[np.uint8]
    neutrals: NDArray[np.uint8]
    labels: NDArray[np.int8]
    masks: NDArray[np.bool_]
    persons: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.crops)

    def part(self, chosen: NDArray[np.int64]) -> "ExplainedFaces":
        """Return the faces with these numbers.

        Parameters
        ----------
        chosen : ndarray, shape (k,), int64
        """
        return ExplainedFaces(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def resized(self, size: tuple[int, int]) -> "ExplainedFaces":
        """Return the faces at another height and width, as a network with a larger input is shown them."""
        if self.crops.shape[1:] == size:
            return self

        def scaled(pictures: NDArray[np.uint8], how: int) -> NDArray[np.uint8]:
            return np.stack([cv2.resize(picture, size[::-1], interpolation=how) for picture in pictures])

        n, k = self.masks.shape[:2]
        masks = scaled(self.masks.reshape(n * k, *self.masks.shape[2:]).astype(np.uint8), cv2.INTER_NEAREST)
        return ExplainedFaces(
            scaled(self.crops, cv2.INTER_CUBIC),
            scaled(self.neutrals, cv2.INTER_CUBIC),
            self.labels,
            masks.reshape(n, k, *size).astype(bool),
            self.persons,
        )


def rendered_faces(model: FaceModel, n: int, seed: int) -> ExplainedFaces:
    """Render faces whose Action Units are known by construction, and where; the same seed, the same faces.

    Parameters
    ----------
    model : FaceModel
    n : int
    seed : int
        Of people and expressions; take one that no training has used.
    """
    rng, renderer, spread = np.random.default_rng(seed), FaceRenderer(model), PoseSpread()
    rows = []
    for index in range(n):
        if index % _SITTINGS == 0:
            sitter, calm = renderer.sit(random_person(rng, model)), random_pose(rng, spread)
            light, background = random_light(rng), int(rng.integers(2**31))
            rest = renderer.pose(sitter, resting_expression(rng), nearby_pose(rng, calm, spread, 0.4))
            neutral, _ = _drawn(renderer, rest, light, background, rng)
        face = renderer.pose(sitter, random_expression(rng), nearby_pose(rng, calm, spread, 0.8))
        crop, to_crop = _drawn(renderer, face, light, background, rng)
        shown = labels(face.expression, face.gap, sitter.resting_gap)
        rows.append((crop, neutral, shown, _masks(renderer, face, to_crop, shown)))
    persons = seed * 1_000_000 + np.arange(n, dtype=np.int64) // _SITTINGS
    crops, neutrals, marks, masks = (np.stack(column) for column in zip(*rows, strict=True))
    return ExplainedFaces(crops, neutrals, marks, masks, persons)


def _masks(
    renderer: FaceRenderer, face: PosedFace, to_crop: NDArray[np.float64], marks: NDArray[np.int8]
) -> NDArray[np.bool_]:
    size = (CANONICAL.height, CANONICAL.width)
    masks = np.zeros((len(AUS), *size), bool)
    shown = np.flatnonzero(marks != 0)
    if len(shown):
        masks[shown] = au_masks(renderer, face, to_crop, size, tuple(AUS[k] for k in shown))
    return masks


def _drawn(
    renderer: FaceRenderer, face: PosedFace, light: Light, background: int, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Crop of a face without its margin, and the similarity that brings projected units to it."""
    places = anchors(face, rng)
    crop = draw_crop(renderer, face, light, background, places, rng)
    return centre(crop[None])[0], crop_transform(places, margin=0)


@dataclass(frozen=True, eq=False)
class RealFace:
    """A picture of a real face.

    Attributes
    ----------
    person : int
    picture : ndarray, shape (H, W, 3), uint8
        RGB.
    labels : ndarray, shape (len(AUS),), int8
    neutral : ndarray, shape (H, W, 3), uint8, or None
        A picture of the same person's neutral face.
    """

    person: int
    picture: NDArray[np.uint8]
    labels: NDArray[np.int8]
    neutral: NDArray[np.uint8] | None = None


def real_faces(pictures: Iterable[RealFace]) -> ExplainedFaces:
    """Crop real faces; where an Action Unit shows is read off the face mesh (`tpviewer.core.regions`).

    Pictures in which no face is found are left out.

    Raises
    ------
    ParameterError
        If none of them shows a face.
    """
    size = (CANONICAL.height, CANONICAL.width)
    rows = []
    with FaceMeshDetector() as detector:
        for face in pictures:
            found = _aligned(detector, face.picture)
            if found is None:
                continue
            neutral = None if face.neutral is None else _aligned(detector, face.neutral)
            beside = np.zeros(size, np.uint8) if neutral is None else neutral[0]
            rows.append((found[0], beside, face.labels, found[1], np.int64(face.person)))
    if not rows:
        raise ParameterError("no face was found in any of the pictures; choose others")
    crops, neutrals, marks, meshes, persons = (np.stack(column) for column in zip(*rows, strict=True))
    masks = np.stack([region_masks(au, meshes, size) for au in AUS], axis=1)
    return ExplainedFaces(crops, neutrals, marks, masks, persons)


def photographed_faces(folder: Path) -> ExplainedFaces:
    """Faces of ``smiling/`` beside the same people's in ``neutral/``; AU12 is known to be present.

    A person's two photographs share their name up to the first underscore.

    Raises
    ------
    ParameterError
        If there are no such photographs with a face.
    """
    neutrals = {path.stem.split("_")[0]: path for path in _pictures(folder / "neutral")}
    marks = np.full(len(AUS), MISSING, np.int8)
    marks[AUS.index("AU12")] = 1

    def read() -> Iterable[RealFace]:
        for number, path in enumerate(_pictures(folder / "smiling")):
            picture = _read(path)
            beside = neutrals.get(path.stem.split("_")[0])
            if picture is not None:
                yield RealFace(number, picture, marks, None if beside is None else _read(beside))

    return real_faces(read())


def filmed_faces(videos: Sequence[Path], per_video: int = 60) -> ExplainedFaces:
    """Frames spread evenly over videos of one person each, without labels and without neutral faces."""
    unknown = np.full(len(AUS), MISSING, np.int8)

    def read() -> Iterable[RealFace]:
        for number, path in enumerate(videos):
            with open_source(path) as source:
                count = source.info.n_frames
                wanted = np.unique(np.linspace(0, count - 1, min(count, per_video)).round().astype(int))
                for frame in wanted.tolist():
                    picture = source.read(frame)
                    if picture is not None:
                        yield RealFace(number, picture, unknown)

    return real_faces(read())


def _aligned(
    detector: FaceMeshDetector, picture: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.float64]] | None:
    """Crop of the largest face, and its mesh (468, 2) in pixels of the crop."""
    found = detector.detect(picture)
    if not found:
        return None
    mesh = found[0].mesh[:MESH_POINTS, :2]
    to_crop = similarity(anchors_from_mesh(mesh), CANONICAL.targets)
    return crop_face(picture, to_crop, CANONICAL.width, CANONICAL.height), apply(to_crop, mesh)


def _pictures(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*") if p.suffix.lower() in {".jpg", ".jpeg", ".png"})


def _read(path: Path) -> NDArray[np.uint8] | None:
    with open_source(path) as source:
        return source.read(0)
