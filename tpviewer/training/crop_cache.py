"""Crops of a manifest's faces, cut as an analysis would cut them and kept on disk."""

import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import CANONICAL, anchors_from_mesh
from tpviewer.core.errors import ParameterError
from tpviewer.media.crop import crop_face
from tpviewer.media.source import VideoSource, open_source
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.training.au_shapes import AUS, MISSING
from tpviewer.training.dataset import LabelledCrops, joined
from tpviewer.training.manifest import Entry, Manifest, Place, person_number
from tpviewer.training.render_crops import SIDE, crop_transform

_CHUNK = 200
_OPEN = 4  # files kept open
_REMEMBERED = 256  # neutral faces kept in memory


@dataclass(frozen=True)
class CropProgress:
    """How far the faces of a manifest are cut.

    Attributes
    ----------
    done, total : int
        Frames.
    faceless : int
        Frames left out so far because no face was found or the frame cannot be read.
    seconds_left : float
    """

    done: int
    total: int
    faceless: int
    seconds_left: float


def face_crop(detector: FaceMeshDetector, picture: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """Cut the largest face out of a picture, shape (SIDE, SIDE), with the margin for augmentation.

    Parameters
    ----------
    detector : FaceMeshDetector
    picture : ndarray, shape (H, W, 3), uint8

    Returns
    -------
    ndarray or None
        None where there is no face.
    """
    found = detector.detect(picture)
    if not found:
        return None
    return crop_face(picture, crop_transform(anchors_from_mesh(found[0].mesh), CANONICAL), SIDE, SIDE)


def cut_crops(manifest: Manifest, folder: Path) -> Iterator[CropProgress]:
    """Cut the crops that are not in the folder yet; a stopped run goes on where it was.

    Parameters
    ----------
    manifest : Manifest
    folder : Path
        Made where it is missing; a changed manifest gets other files in it.

    Yields
    ------
    CropProgress
        After each 200 frames.

    Raises
    ------
    MediaError
        If a file cannot be opened as image or video.
    ParameterError
        If a video has fewer frames than the manifest says.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chunks = list(_chunks(manifest))
    total, done, faceless, made = sum(map(len, chunks)), 0, 0, 0
    began = time.monotonic()
    with _Cutter() as cutter:
        for number, chunk in enumerate(chunks):
            path = _path(manifest, folder, number)
            if not path.exists():
                _write(path, cutter.crops(chunk))
                made += len(chunk)
            done += len(chunk)
            faceless += len(chunk) - _count(path)
            pace = (time.monotonic() - began) / max(made, 1)
            yield CropProgress(done, total, faceless, pace * (total - done))


def load_crops(manifest: Manifest, folder: Path) -> LabelledCrops:
    """Read the crops that `cut_crops` made.

    Raises
    ------
    ParameterError
        If no face was found in any frame.
    """
    parts = []
    for number in range(len(list(_chunks(manifest)))):
        with np.load(_path(manifest, folder, number), allow_pickle=False) as data:
            parts.append(LabelledCrops(**data))
    crops = joined(parts)
    if not len(crops):
        raise ParameterError(f"manifest '{manifest.name}': no face was found in any of its frames")
    return crops


def label_row(entry: Entry) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Labels (1, 0, -1 missing) and intensities (0 to 1, NaN unknown) of a row, each of shape (len(AUS),)."""
    known = [entry.label(au) for au in AUS]
    labels = np.array([MISSING if label is None else label for label in known], np.int8)
    return labels, np.array([entry.intensities.get(au, np.nan) for au in AUS], np.float32) / 5


def _chunks(manifest: Manifest) -> Iterator[list[tuple[Place, Entry]]]:
    places = sorted(manifest.places(), key=lambda item: item[0])  # videos are read forwards
    for start in range(0, len(places), _CHUNK):
        yield places[start : start + _CHUNK]


def _path(manifest: Manifest, folder: Path, number: int) -> Path:
    return folder / f"{manifest.name}-{manifest.digest()}-{number:05d}.npz"


def _count(path: Path) -> int:
    with np.load(path, allow_pickle=False) as data:
        return len(data["persons"])


def _write(path: Path, crops: LabelledCrops) -> None:
    unfinished = path.with_suffix(".tmp.npz")
    np.savez(unfinished, **{field.name: getattr(crops, field.name) for field in fields(crops)})
    unfinished.replace(path)


class _Cutter:
    """Finds and cuts faces, with the last files open and the last neutral faces at hand."""

    def __init__(self) -> None:
        self._detector = FaceMeshDetector()
        self._sources: OrderedDict[Path, VideoSource] = OrderedDict()
        self._neutrals: OrderedDict[Place, NDArray[np.uint8] | None] = OrderedDict()

    def __enter__(self) -> "_Cutter":
        return self

    def __exit__(self, *_: object) -> None:
        self._detector.close()
        for source in self._sources.values():
            source.close()

    def crops(self, chunk: list[tuple[Place, Entry]]) -> LabelledCrops:
        nothing = np.zeros((SIDE, SIDE), np.uint8)
        rows = []
        for place, entry in chunk:
            crop = self._crop(place)
            if crop is not None:
                neutral = None if entry.neutral is None else self._neutral(entry.neutral)
                person = person_number(entry.dataset, entry.person)
                rows.append((crop, nothing if neutral is None else neutral, *label_row(entry), person))
        if not rows:
            return _no_crops()
        crops, neutrals, labels, intensities, persons = zip(*rows, strict=True)
        return LabelledCrops(
            np.stack(crops),
            np.stack(neutrals),
            np.stack(labels),
            np.stack(intensities),
            np.array(persons, np.int64),
        )

    def _crop(self, place: Place) -> NDArray[np.uint8] | None:
        source = self._source(place.path)
        if place.frame >= source.info.n_frames:
            raise ParameterError(
                f"{place.path}: has {source.info.n_frames} frames, but the manifest names frame {place.frame}"
                " (frames count from 0)"
            )
        picture = source.read(place.frame)
        return None if picture is None else face_crop(self._detector, picture)

    def _neutral(self, place: Place) -> NDArray[np.uint8] | None:
        if place not in self._neutrals:
            self._neutrals[place] = self._crop(place)
            if len(self._neutrals) > _REMEMBERED:
                self._neutrals.popitem(last=False)
        return self._neutrals[place]

    def _source(self, path: Path) -> VideoSource:
        if path not in self._sources:
            self._sources[path] = open_source(path)
            if len(self._sources) > _OPEN:
                self._sources.popitem(last=False)[1].close()
        self._sources.move_to_end(path)
        return self._sources[path]


def _no_crops() -> LabelledCrops:
    faces, marks = np.empty((0, SIDE, SIDE), np.uint8), np.empty((0, len(AUS)))
    return LabelledCrops(faces, faces, marks.astype(np.int8), marks.astype(np.float32), np.empty(0, np.int64))
