"""Faces are found frame by frame: near and far, one or several, and never where there is none."""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.models.drawn_face import draw_face
from tpviewer.core.alignment import CANONICAL, anchors_from_mesh, similarity
from tpviewer.media.crop import crop_face
from tpviewer.media.source import open_source
from tpviewer.models.face_mesh import FaceMeshDetector


@pytest.fixture(scope="module")
def detector():
    with FaceMeshDetector() as detector:
        yield detector


def turned(picture, degrees):
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)


def same(one, other) -> bool:
    return len(one) == len(other) and all(
        np.array_equal(a.mesh, b.mesh)
        and np.array_equal(a.box, b.box)
        and (a.score, a.yaw, a.pitch, a.roll, a.brightness, a.blur)
        == (b.score, b.yaw, b.pitch, b.roll, b.brightness, b.blur)
        for a, b in zip(one, other, strict=True)
    )


def test_a_face_is_found_where_it_is(detector):
    (face,) = detector.detect(draw_face(centre=(120, 130), size=120))
    assert face.mesh.shape == (468, 2)
    np.testing.assert_allclose(face.box[:2] + face.box[2:] / 2, (120, 138), atol=8)
    np.testing.assert_allclose(anchors_from_mesh(face.mesh)[:4, 1], 130 - 10, atol=6)
    assert face.score > 0.8


def test_the_crop_holds_eyes_and_nose_at_their_places(detector):
    picture = draw_face(640, 480, centre=(300, 250), size=300)
    (face,) = detector.detect(picture)
    crop = crop_face(picture, similarity(anchors_from_mesh(face.mesh), CANONICAL.targets), 96, 96)
    darkest = np.argmin(crop[30:46, 20:42]), np.argmin(crop[30:46, 54:76])
    assert [n % 22 + x for n, x in zip(darkest, (20, 54), strict=True)] == pytest.approx([31, 65], abs=3)


@pytest.mark.skipif(sys.platform != "linux", reason="threads of libraries are listed in /proc")
def test_a_detector_works_in_the_thread_that_calls_it(detector):
    detector.detect(draw_face(size=120))
    threads = Path("/proc/self/task")
    before = len(list(threads.iterdir()))
    with FaceMeshDetector() as another:
        another.detect(draw_face(size=120))
        assert len(list(threads.iterdir())) == before


def test_a_frame_gives_the_same_bits_whatever_came_before(detector):
    frames = [draw_face(size=s) for s in (60, 120, 200)] + [np.zeros((90, 70, 3), np.uint8)]
    with FaceMeshDetector() as fresh:
        first = [fresh.detect(frame) for frame in frames]
    for index in (2, 0, 3, 1, 1, 3, 0, 2):
        assert same(detector.detect(frames[index]), first[index])


def test_a_small_face_gets_the_mesh_that_it_has_from_near(detector):
    near = draw_face(size=70)
    picture = np.full((1080, 1920, 3), (120, 130, 140), np.uint8)
    picture[600:840, 1200:1520] = near
    (far_face,) = detector.detect(picture)
    (near_face,) = detector.detect(near)
    np.testing.assert_allclose(far_face.mesh - (1200, 600), near_face.mesh, atol=4)


def test_a_far_face_is_searched_for_in_tiles(detector):
    picture = np.full((2160, 3840, 3), (120, 130, 140), np.uint8)
    picture[1500:1740, 400:720] = draw_face(size=120)
    (face,) = detector.detect(picture)
    np.testing.assert_allclose(face.box[:2] + face.box[2:] / 2, (560, 1628), atol=12)


def test_two_people_are_two_faces_the_larger_first(detector):
    picture = np.hstack([draw_face(size=90), draw_face(size=150)])
    large, small = detector.detect(picture)
    assert large.box[0] > 320 > small.box[0]


def test_nothing_is_no_face(detector):
    noise = np.random.default_rng(0).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    for picture in (np.zeros((480, 640, 3), np.uint8), noise, np.full((40, 30, 3), 255, np.uint8)):
        assert detector.detect(picture) == []


def test_a_face_at_the_border_is_no_error(detector):
    for centre in ((0, 120), (320, 240), (160, -20), (310, 10)):
        for face in detector.detect(draw_face(centre=centre, size=160)):
            assert np.isfinite(face.mesh).all()


def test_roll_follows_the_picture_clockwise(detector):
    picture = draw_face(size=140)
    for degrees in (-25, 0, 25):
        (face,) = detector.detect(turned(picture, degrees))
        assert face.roll == pytest.approx(degrees, abs=4)
        assert abs(face.yaw) < 8
        assert abs(face.pitch) < 12


def test_brightness_and_blur_follow_the_picture(detector):
    picture = draw_face(size=160)
    (plain,) = detector.detect(picture)
    (dark,) = detector.detect(picture // 2)
    (blurred,) = detector.detect(cv2.GaussianBlur(picture, (0, 0), 4))
    assert dark.brightness == pytest.approx(plain.brightness / 2, rel=0.05)
    assert blurred.blur < plain.blur / 3


def test_a_picture_that_is_no_contiguous_array_will_do(detector):
    picture = draw_face(size=140)
    mirrored = picture[:, ::-1]
    assert same(detector.detect(mirrored), detector.detect(mirrored.copy()))


def test_mediapipe_comes_without_tensorflow_qt_settings_and_chatter():
    program = (
        "import os, sys, numpy as np\n"
        "from tpviewer.models.face_mesh import FaceMeshDetector\n"
        "assert 'mediapipe' not in sys.modules and 'cv2' not in sys.modules\n"
        "FaceMeshDetector().detect(np.zeros((64, 64, 3), np.uint8))\n"
        "assert 'tensorflow' not in sys.modules\n"
        "assert 'QT_QPA_PLATFORM_PLUGIN_PATH' not in os.environ and 'QT_QPA_FONTDIR' not in os.environ\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


SEEN = {
    "surprise_512_30fps.mp4": 1.0,
    "talk_glasses_512_30fps.mp4": 1.0,
    "full_body_small_face.mp4": 1.0,
    "calm_1280x720.mp4": 1.0,
    "face_noface.mov": 0.42,
    "no_face.mp4": 0.0,
}


@pytest.mark.shared
@pytest.mark.parametrize("name", SEEN)
def test_real_clips_show_their_one_face(detector, shared_data, name):
    with open_source(shared_data / "videos" / name) as source:
        found = [len(detector.detect(source.read(i))) for i in range(0, source.info.n_frames, 12)]
    assert max(found) <= 1
    assert np.mean(found) == pytest.approx(SEEN[name], abs=0.04)


@pytest.mark.shared
def test_a_group_is_found_whole(detector, shared_data):
    with open_source(shared_data / "videos" / "multi_face.jpg") as source:
        assert len(detector.detect(source.read(0))) == 5
