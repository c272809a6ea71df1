"""The live path sees the same face as an analysis, and a model's own probabilities."""

from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit

from tests.models.drawn_face import draw_face
from tests.models.tiny import build_tiny_package
from tpviewer.models.engine import Engine
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.models.live_face import LiveClassifier, LiveFaceMesh
from tpviewer.models.model_package import load_package
from tpviewer.pipeline.live import LiveReader


@pytest.mark.parametrize("channels", [1, 2])
def test_one_crop_at_a_time_gives_the_analysis_s_probabilities(tmp_path: Path, channels: int) -> None:
    package = load_package(build_tiny_package(tmp_path / "tiny", channels=channels))
    crops = np.random.default_rng(5).integers(0, 256, (3, 96, 96)).astype(np.uint8)
    engine = Engine(package)
    classifier = LiveClassifier(package)
    try:
        expected = expit(engine.logits(crops))
        for crop, row in zip(crops, expected, strict=True):
            np.testing.assert_allclose(classifier.probabilities(crop), row, atol=1e-5)
    finally:
        classifier.close()
        engine.close()


def test_a_face_that_moves_is_followed_and_one_that_leaves_is_gone() -> None:
    mesh = LiveFaceMesh()
    try:
        with FaceMeshDetector() as slow:
            for x in (140, 150, 160, 170):
                picture = draw_face(centre=(x, 120))
                (face,) = slow.detect(picture)
                live = mesh.find(picture)
                assert live is not None
                assert np.abs(live - face.mesh).max() < 0.06 * 120
        assert mesh.find(np.full((240, 320, 3), 90, np.uint8)) is None
    finally:
        mesh.close()


def test_what_is_read_is_a_box_in_the_picture_and_a_probability_for_each_unit(tmp_path: Path) -> None:
    reader = LiveReader(load_package(build_tiny_package(tmp_path / "tiny")))
    try:
        face = reader.read(draw_face(640, 480, centre=(320, 240), size=240))
        assert face is not None
        x, y, width, height = face.box
        assert x < 0.5 < x + width
        assert y < 0.5 < y + height
        assert 0.2 < width < 0.45
        assert face.probabilities.shape == (3,)
        assert ((face.probabilities > 0) & (face.probabilities < 1)).all()
        assert reader.read(np.zeros((480, 640, 3), np.uint8)) is None
    finally:
        reader.close()
