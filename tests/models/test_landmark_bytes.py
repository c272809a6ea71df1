"""Landmarks read as one array are those that protobuf parses."""

import numpy as np
import pytest

from tests.models.drawn_face import draw_face
from tpviewer.models.face_mesh import FaceMeshDetector, import_mediapipe
from tpviewer.models.landmark_bytes import landmarks


def landmark_list(points: np.ndarray, **more: float) -> bytes:
    import_mediapipe()
    from mediapipe.framework.formats.landmark_pb2 import NormalizedLandmarkList

    found = NormalizedLandmarkList()
    for x, y, z in points.tolist():
        found.landmark.add(x=x, y=y, z=z, **more)
    return bytes(found.SerializeToString())


@pytest.mark.parametrize("more", [{}, {"visibility": 0.5}, {"visibility": 0.5, "presence": 1.0}])
def test_coordinates_are_those_of_the_message(more: dict[str, float]) -> None:
    points = np.random.default_rng(0).normal(size=(468, 3)).astype(np.float32)
    points[0] = 0
    assert np.array_equal(landmarks(landmark_list(points, **more)), points)


def test_no_landmarks_are_none() -> None:
    assert landmarks(b"").shape == (0, 3)


@pytest.mark.parametrize("cut", [1, 2, 16, 18, 40])
def test_other_bytes_are_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="landmarks"):
        landmarks(landmark_list(np.ones((3, 3)))[:cut])


def test_landmarks_of_different_fields_are_refused() -> None:
    mixed = landmark_list(np.ones((1, 3))) + landmark_list(np.ones((1, 3)), visibility=1.0)
    with pytest.raises(ValueError, match="written alike"):
        landmarks(mixed)


def test_the_detector_gives_what_protobuf_would_have_parsed() -> None:
    picture = draw_face(centre=(120, 130), size=120)
    _, _, base = import_mediapipe()
    with FaceMeshDetector() as detector:
        arrays = detector._mesh.process({"image": picture}).multi_face_landmarks
        detector._mesh._get_packet_content = lambda kind, packet: base._get_packet_content(
            detector._mesh, kind, packet
        )
        (face,) = detector._mesh.process({"image": picture}).multi_face_landmarks
    parsed = np.array([(p.x, p.y, p.z) for p in face.landmark], np.float32)
    assert np.array_equal(arrays[0], parsed)
