"""The tiny face for all tests of the renderer, and the real one where it lies beside the project."""

from pathlib import Path

import pytest

from tests.training.tiny_face import raw_face
from tpviewer.training.face_model import FaceModel, compact, load_face_model
from tpviewer.training.synthetic_face import FaceRenderer


@pytest.fixture(scope="session")
def model() -> FaceModel:
    return compact(raw_face())


@pytest.fixture(scope="session")
def renderer(model: FaceModel) -> FaceRenderer:
    return FaceRenderer(model)


@pytest.fixture(scope="session")
def real_model(shared_data: Path) -> FaceModel:
    path = shared_data / "ict_facekit" / "ict_facekit.npz"
    if not path.exists():
        pytest.skip("no face model beside the project (../shared/data/ict_facekit)")
    return load_face_model(path)
