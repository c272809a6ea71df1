"""Faces in a frame, by MediaPipe 0.10.9 (its models come with its wheel; nothing is fetched)."""

import contextlib
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.head_pose import head_pose
from tpviewer.core.tracking import FaceObservation
from tpviewer.models.mesh_graph import in_calling_thread, mesh_graph

MAX_FACES = 8
"""Most faces that are looked for in one frame."""

_SCORE = 0.5  # least trust in a detection that is worth a look
_TRUSTED = 0.6  # least trust in a face at the end
_SURE = 0.85  # a detection trusted less gets a second look: its mesh often sits askew
_SAME = 0.3  # two boxes that overlap more are one face
_LEAST_EYES_PX = 6.0  # a smaller distance of the outer eye corners shows no expression
_MARGIN = 3.0  # side of the second look, in sides of the small face
_LEAST_TILE_PX = 256  # tiles of smaller frames would show nothing new
_BLUR_SIDE = 96  # faces are brought to this size before blur is measured

Box = NDArray[np.float64]


class FaceMeshDetector:
    """Finds faces and their meshes, each frame for itself.

    Nothing is carried from one frame to the next, so a run that goes on after a stop gives bit by bit the
    same faces as one without. FaceMesh looks at the whole frame first; faces that it is not sure of, or that
    only the far-sighted detector sees, are small as a rule and get a second look from near.
    Where nothing was found, far-away faces are searched for in tiles of the frame.

    Notes
    -----
    Make it before or after TensorFlow is imported by another thread, not meanwhile: MediaPipe would import
    TensorFlow only for its documentation, and is kept from it.
    """

    def __init__(self) -> None:
        self._cv2, solutions, base = import_mediapipe()
        with silence():
            self._mesh = mesh_graph(base, MAX_FACES, False, ["multi_face_landmarks", "face_detections"])
            far = in_calling_thread(solutions.face_detection.FaceDetection)
            self._far = far(_SCORE, model_selection=1)
            blank = np.zeros((32, 32, 3), np.uint8)
            self._mesh.process({"image": blank})
            self._far.process(blank)

    def detect(self, rgb: NDArray[np.uint8]) -> list[FaceObservation]:
        """Find the faces of one frame.

        Parameters
        ----------
        rgb : ndarray, shape (H, W, 3), uint8

        Returns
        -------
        list of FaceObservation
            The largest first.
        """
        rgb = np.ascontiguousarray(rgb)
        found = self._meshes(rgb)
        weak = [(_box(mesh), score) for mesh, score in found if score < _SURE]
        self._look_again(rgb, self._far_boxes(rgb) + weak, found)
        if not any(score >= _TRUSTED for _, score in found):
            for left, top, side in _tiles(rgb.shape[1], rgb.shape[0]):
                part = np.ascontiguousarray(rgb[top : top + side, left : left + side])
                corner = np.array([left, top, 0, 0])
                boxes = [(box + corner, score) for box, score in self._far_boxes(part)]
                self._look_again(rgb, boxes, found)
        faces = [self._observe(rgb, mesh, score) for mesh, score in _distinct(found) if score >= _TRUSTED]
        return sorted(faces, key=lambda face: -float(face.box[2] * face.box[3]))[:MAX_FACES]

    def close(self) -> None:
        """Free MediaPipe's graphs."""
        self._mesh.close()
        self._far.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _meshes(self, rgb: NDArray[np.uint8]) -> list[tuple[NDArray[np.float64], float]]:
        """Plausible meshes, shape (468, 3) in pixels, with the detector's trust in each."""
        output = self._mesh.process({"image": rgb})
        near = _detections(output.face_detections, rgb.shape)
        height, width = rgb.shape[:2]
        found = []
        for points in output.multi_face_landmarks or []:
            mesh = points * np.array([width, height, width], np.float64)
            if is_plausible(mesh, width, height):
                scores = [score for box, score in near if _covers(mesh, box)]
                found.append((mesh, max(scores, default=_SCORE)))
        return found

    def _far_boxes(self, rgb: NDArray[np.uint8]) -> list[tuple[Box, float]]:
        return _detections(self._far.process(rgb).detections, rgb.shape)

    def _look_again(
        self,
        rgb: NDArray[np.uint8],
        boxes: list[tuple[Box, float]],
        found: list[tuple[NDArray[np.float64], float]],
    ) -> None:
        """Add to `found` what a look from near shows of those boxes where no sure face is yet."""
        for box, _ in boxes:
            if not any(score >= _SURE and _covers(mesh, box) for mesh, score in found):
                found += self._second_look(rgb, box)

    def _second_look(self, rgb: NDArray[np.uint8], box: Box) -> list[tuple[NDArray[np.float64], float]]:
        height, width = rgb.shape[:2]
        x, y, w, h = box
        side = int(min(_MARGIN * max(w, h), width, height))
        left = int(np.clip(x + w / 2 - side / 2, 0, width - side))
        top = int(np.clip(y + h / 2 - side / 2, 0, height - side))
        part = np.ascontiguousarray(rgb[top : top + side, left : left + side])
        corner = np.array([left, top, 0])
        return [(mesh + corner, score) for mesh, score in self._meshes(part)]

    def _observe(self, rgb: NDArray[np.uint8], mesh: NDArray[np.float64], score: float) -> FaceObservation:
        yaw, pitch, roll = head_pose(mesh)
        brightness, blur = self._light(rgb, _box(mesh))
        return FaceObservation(
            box=_box(mesh).astype(np.float32),
            score=score,
            mesh=mesh[:, :2].astype(np.float32),
            yaw=yaw,
            pitch=pitch,
            roll=roll,
            brightness=brightness,
            blur=blur,
        )

    def _light(self, rgb: NDArray[np.uint8], box: Box) -> tuple[float, float]:
        """Mean grey value and variance of the Laplacian of what is in the box."""
        left, top = np.maximum(box[:2], 0).astype(int)
        right, bottom = np.ceil(box[:2] + box[2:]).astype(int)
        part = rgb[top:bottom, left:right]
        if not part.size:
            return 0.0, 0.0
        cv2 = self._cv2
        grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY)
        even = cv2.resize(grey, (_BLUR_SIDE, _BLUR_SIDE), interpolation=cv2.INTER_AREA)
        return float(grey.mean()), float(cv2.Laplacian(even, cv2.CV_64F).var())


def _tiles(width: int, height: int) -> list[tuple[int, int, int]]:
    """Squares (left, top, side) of 0.6 of the shorter side that overlap by a third and cover the frame."""
    side = math.ceil(0.6 * min(width, height))
    if side < _LEAST_TILE_PX:
        return []
    tops, lefts = (
        np.linspace(0, length - side, math.ceil((length - side) / (side * 2 / 3)) + 1).astype(int)
        for length in (height, width)
    )
    return [(int(left), int(top), side) for top in tops for left in lefts]


def _detections(detections: Any, shape: tuple[int, ...]) -> list[tuple[Box, float]]:
    """Boxes in pixels with their scores, best first."""
    found = []
    for detection in detections or []:
        box = detection.location_data.relative_bounding_box
        relative = np.array([box.xmin, box.ymin, box.width, box.height], np.float64)
        found.append((relative * (shape[1], shape[0], shape[1], shape[0]), float(detection.score[0])))
    return sorted(found, key=lambda pair: -pair[1])


def _box(mesh: NDArray[np.float64]) -> Box:
    low, high = mesh[:, :2].min(axis=0), mesh[:, :2].max(axis=0)
    return np.concatenate([low, high - low])


def _covers(mesh: NDArray[np.float64], box: Box) -> bool:
    """Whether a detection is the face of this mesh: they overlap or its centre lies within the mesh."""
    own = _box(mesh)
    centre = box[:2] + box[2:] / 2
    inside = bool(np.all((centre >= own[:2]) & (centre <= own[:2] + own[2:])))
    return inside or _overlap(own, box) > _SAME


def _overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    low, high = np.maximum(one[:2], other[:2]), np.minimum(one[:2] + one[2:], other[:2] + other[2:])
    common = float(np.prod(np.maximum(high - low, 0)))
    union = float(one[2] * one[3] + other[2] * other[3]) - common
    return common / union if union > 0 else 0.0


def _distinct(found: list[tuple[NDArray[np.float64], float]]) -> list[tuple[NDArray[np.float64], float]]:
    """Each face once: of meshes that lie on one another, the one that is trusted most."""
    kept: list[tuple[NDArray[np.float64], float]] = []
    for mesh, score in sorted(found, key=lambda pair: -pair[1]):
        if not any(_covers(other, _box(mesh)) or _covers(mesh, _box(other)) for other, _ in kept):
            kept.append((mesh, score))
    return kept


def is_plausible(mesh: NDArray[np.float64], width: int, height: int) -> bool:
    """Whether a mesh can be a face: finite, not tiny or folded, its centre in the picture.

    Parameters
    ----------
    mesh : (468, 3) float64
        x, y and z in pixels of the picture; the distance of the eyes is that in space.
    width, height : int
        Of the picture, pixels.
    """
    if not np.isfinite(mesh).all():
        return False
    eyes = mesh[263] - mesh[33]
    box = _box(mesh)
    centre = box[:2] + box[2:] / 2
    return (
        float(np.linalg.norm(eyes)) >= _LEAST_EYES_PX
        and 0.25 <= box[2] / max(box[3], 1e-6) <= 4.0
        and bool(np.all((centre >= 0) & (centre < (width, height))))
    )


def import_mediapipe() -> tuple[ModuleType, Any, Any]:
    """Import cv2 and MediaPipe without TensorFlow, and without cv2's Qt settings."""
    keep_out = "tensorflow" not in sys.modules and "mediapipe" not in sys.modules
    if keep_out:
        sys.modules["tensorflow"] = None  # type: ignore[assignment]
    try:
        import cv2
        from mediapipe.python import solution_base, solutions
    finally:
        if keep_out:
            del sys.modules["tensorflow"]
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        os.environ.pop(name, None)
    return cv2, solutions, solution_base.SolutionBase


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Keep MediaPipe's own notes off the terminal; they go to file descriptor 2 past ``sys.stderr``."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    try:
        with Path(os.devnull).open("wb") as sink:
            os.dup2(sink.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
