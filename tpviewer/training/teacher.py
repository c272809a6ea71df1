"""Curves of MediaPipe FaceLandmarker over a video: what a teacher network sees, frame by frame."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.media.source import file_identity, open_source
from tpviewer.models.face_mesh import FaceMeshDetector, silence

TEACHER_CURVES = {
    "AU01": ("browInnerUp",),
    "AU02": ("browOuterUpLeft", "browOuterUpRight"),
    "AU05": ("eyeWideLeft", "eyeWideRight"),
    "AU07": ("eyeSquintLeft", "eyeSquintRight"),
    "AU10": ("mouthUpperUpLeft", "mouthUpperUpRight"),
    "AU12": ("mouthSmileLeft", "mouthSmileRight"),
    "AU17": ("mouthShrugLower",),
    "AU18": ("mouthPucker",),
    "AU26": ("jawOpen",),
    "AU45": ("eyeBlinkLeft", "eyeBlinkRight"),
}
"""Blendshapes, averaged over both sides, that follow an Action Unit; AU25 is read off the lips instead."""

WIDE_GAP = 0.25
"""Gap between the lips, in distances of the outer eye corners, that counts as 1."""

_UPPER_LIP, _LOWER_LIP, _OUTER_CORNERS = 13, 14, (33, 263)


@dataclass(frozen=True, eq=False)
class TeacherCurves:
    """What the teacher saw in the frames of a video.

    Attributes
    ----------
    names : tuple of str
        Blendshapes.
    scores : ndarray, shape (N, len(names)), float32
        0 to 1; NaN in frames without a face, as in `mesh`.
    mesh : ndarray, shape (N, 478, 3), float32
        Pixels; z away from the camera.
    """

    names: tuple[str, ...]
    scores: NDArray[np.float32]
    mesh: NDArray[np.float32]

    def of(self, au: str) -> NDArray[np.float64]:
        """Curve of an Action Unit of `TEACHER_CURVES`, or of AU25; shape (N,), 0 to 1, NaN without a face."""
        if au == "AU25":
            return np.minimum(lip_gap(self.mesh) / WIDE_GAP, 1.0)
        columns = [self.names.index(name) for name in TEACHER_CURVES[au]]
        return np.asarray(self.scores[:, columns].mean(axis=1, dtype=np.float64))


def lip_gap(mesh: NDArray[np.float32]) -> NDArray[np.float64]:
    """Distance of the inner lips, shape (N,), in distances of the outer eye corners."""
    points = mesh.astype(np.float64)
    eyes = points[:, _OUTER_CORNERS[1]] - points[:, _OUTER_CORNERS[0]]
    gap = points[:, _LOWER_LIP] - points[:, _UPPER_LIP]
    return np.asarray(np.linalg.norm(gap, axis=1) / np.linalg.norm(eyes, axis=1))


class Teacher:
    """MediaPipe FaceLandmarker with blendshapes, each picture for itself.

    Parameters
    ----------
    path : Path
        ``face_landmarker.task``.

    Raises
    ------
    ParameterError
        If there is no such file, or it is none of this kind.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ParameterError(f"{path}: no such file; --teacher names MediaPipe's face_landmarker.task")
        FaceMeshDetector().close()  # its import keeps TensorFlow out of MediaPipe's
        from mediapipe import Image, ImageFormat
        from mediapipe.tasks.python import BaseOptions, vision

        self._image: Any = lambda data: Image(image_format=ImageFormat.SRGB, data=data)
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(path)), output_face_blendshapes=True
        )
        try:
            with silence():
                self._landmarker: Any = vision.FaceLandmarker.create_from_options(options)
                self._landmarker.detect(self._image(np.zeros((32, 32, 3), np.uint8)))
        except (RuntimeError, ValueError) as error:
            raise ParameterError(
                f"{path}: not a FaceLandmarker ({error}); give MediaPipe's face_landmarker.task"
            ) from error

    def look(self, picture: NDArray[np.uint8]) -> tuple[dict[str, float], NDArray[np.float32]] | None:
        """Blendshapes and mesh, shape (478, 3) in pixels, of the first face of an RGB picture."""
        found = self._landmarker.detect(self._image(np.ascontiguousarray(picture)))
        if not found.face_blendshapes:
            return None
        height, width = picture.shape[:2]
        mesh = np.array([(p.x, p.y, p.z) for p in found.face_landmarks[0]], np.float32)
        scores = {shape.category_name: float(shape.score) for shape in found.face_blendshapes[0]}
        return scores, mesh * np.array([width, height, width], np.float32)

    def close(self) -> None:
        """Free MediaPipe's graph."""
        self._landmarker.close()


def teacher_curves(video: Path, teacher: Path, cache: Path | None = None) -> TeacherCurves | None:
    """Look at every frame of a video; None where no frame shows a face.

    Parameters
    ----------
    video : Path
    teacher : Path
    cache : Path, optional
        Folder, made where it is missing, that keeps the curves by the contents of both files.
    """
    if cache is None:
        return _seen(video, teacher)
    if not teacher.is_file():
        raise ParameterError(f"{teacher}: no such file; --teacher names MediaPipe's face_landmarker.task")
    name = f"{file_identity(video)[0][:16]}-{file_identity(teacher)[0][:16]}.teacher.npz"
    path = cache / name
    if not path.exists():
        _save(path, _seen(video, teacher))
    with np.load(path, allow_pickle=False) as data:
        names = tuple(str(shape) for shape in data["names"])
        return TeacherCurves(names, data["scores"], data["mesh"]) if names else None


def _seen(video: Path, teacher: Path) -> TeacherCurves | None:
    landmarker = Teacher(teacher)
    try:
        with open_source(video) as source:
            pictures = source.frames(0, source.info.n_frames)
            looks = [None if picture is None else landmarker.look(picture) for _, picture in pictures]
    finally:
        landmarker.close()
    known = [look for look in looks if look is not None]
    if not known:
        return None
    names = tuple(known[0][0])
    nothing = (dict.fromkeys(names, np.nan), np.full((478, 3), np.nan, np.float32))
    filled = [nothing if look is None else look for look in looks]
    scores = np.array([[values[name] for name in names] for values, _ in filled], np.float32)
    return TeacherCurves(names, scores, np.stack([mesh for _, mesh in filled]))


def _save(path: Path, curves: TeacherCurves | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.stem}.{os.getpid()}.tmp.npz")
    if curves is None:
        np.savez_compressed(unfinished, names=np.array([], "U1"))
    else:
        np.savez_compressed(unfinished, names=np.array(curves.names), scores=curves.scores, mesh=curves.mesh)
    unfinished.replace(path)
