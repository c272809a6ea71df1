"""The real face model: rendered people are found and aligned by the program's own detector."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.training.tiny_face import EXPRESSIONS
from tpviewer.core.alignment import CANONICAL, anchors_from_mesh, apply, similarity
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.resources import resource
from tpviewer.training.au_shapes import AUS, Expression
from tpviewer.training.camera import Pose
from tpviewer.training.face_model import FaceModel
from tpviewer.training.phantom import Studio
from tpviewer.training.phantom_actors import sway
from tpviewer.training.phantom_script import read_script
from tpviewer.training.render_crops import ANCHOR_MARKS, DETECTOR_OFFSET, render_crop_set

pytestmark = pytest.mark.shared

FRAMES = (0, 25, 60, 110, 155, 245, 300, 335)


class Watched(Studio):
    """Tells where the face of a frame lies."""

    def anchors(self, frame: int) -> np.ndarray:
        """Where training expects the detector's anchors, pixels."""
        script, actor = self._script.faces[0], self._actors[0]
        pose = Pose(*sway(script, frame / self._script.rate))
        face = actor._renderer.pose(actor._sitter, script.expression(frame), pose)
        marks = face.landmarks[list(ANCHOR_MARKS)].astype(float)
        unit = np.linalg.norm(marks[3] - marks[0])
        return (apply(self._to_fine(script, frame), marks + unit * DETECTOR_OFFSET) - 0.5) / 2


@pytest.fixture(scope="module")
def studio(real_model: FaceModel) -> Watched:
    return Watched(read_script(resource("phantom", "phantom.toml")), real_model)


@pytest.fixture(scope="module")
def detector() -> Iterator[FaceMeshDetector]:
    with FaceMeshDetector() as detector:
        yield detector


@pytest.mark.parametrize("frame", FRAMES)
def test_the_face_is_found_and_aligned_as_in_training(
    studio: Watched, detector: FaceMeshDetector, frame: int
) -> None:
    (found,) = detector.detect(studio.picture(frame))
    expected = studio.anchors(frame)
    to_crop = similarity(expected, CANONICAL.targets)
    off = apply(to_crop, anchors_from_mesh(found.mesh)) - apply(to_crop, expected)
    assert np.linalg.norm(off, axis=1).max() < 3.0
    assert np.linalg.norm(off, axis=1).mean() < 2.0


@pytest.mark.parametrize(
    ("name", "angle"), [("yaw", 20), ("yaw", -20), ("pitch", 15), ("pitch", -15), ("roll", 20)]
)
def test_a_turn_is_measured_with_its_sign(
    studio: Watched, detector: FaceMeshDetector, monkeypatch: pytest.MonkeyPatch, name: str, angle: float
) -> None:
    turns = {"yaw": 0, "pitch": 0, "roll": 0}
    monkeypatch.setattr("tpviewer.training.phantom_actors.sway", lambda *_: tuple(turns.values()))
    (straight,) = detector.detect(studio.picture(0))
    turns[name] = angle
    (turned,) = detector.detect(studio.picture(0))
    assert getattr(turned, name) - getattr(straight, name) == pytest.approx(angle, abs=8)


def test_a_folder_and_a_file_of_the_face_model_name_the_same_shapes(real_model: FaceModel) -> None:
    assert tuple(sorted(real_model.expressions)) == tuple(sorted(EXPRESSIONS))


@pytest.mark.parametrize("au", AUS)
def test_every_action_unit_is_visible(studio: Watched, au: str) -> None:
    renderer, sitter = studio._actors[0]._renderer, studio._actors[0]._sitter
    calm, moved = (renderer.pose(sitter, Expression(v, v), Pose()).vertices for v in ({}, {au: 1.0}))
    assert np.abs(moved - calm).max() > 0.15


def test_crops_show_faces_with_the_eyes_in_their_place(real_model: FaceModel) -> None:
    rendered = render_crop_set(real_model, 40, seed=11)
    mean = rendered.crops.mean(axis=0)
    eyes, cheeks = mean[40:52, 24:88].mean(), mean[56:68, 30:46].mean()
    assert eyes < cheeks - 10


def test_the_bundled_truth_is_what_is_rendered(studio: Watched) -> None:
    (face,) = json.loads(Path(resource("phantom", "phantom.json")).read_text())["faces"]
    for frame in (0, 60, 300):
        studio.picture(frame)
    (truth,) = studio.truths()
    for frame in (0, 60, 300):
        np.testing.assert_allclose(truth.intensity[frame], face["intensity"][frame], atol=1e-3)
        np.testing.assert_allclose(truth.boxes[frame], face["boxes"][frame], atol=0.1)
