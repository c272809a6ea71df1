"""Faces with the place of each Action Unit: by construction on renders, by the mesh on photographs."""

from pathlib import Path

import numpy as np
import pytest

from tpviewer.core.errors import ParameterError
from tpviewer.training.au_shapes import AUS
from tpviewer.training.explanation_sets import (
    ExplainedFaces,
    RealFace,
    photographed_faces,
    real_faces,
    rendered_faces,
)
from tpviewer.training.face_model import FaceModel

UNKNOWN = np.full(len(AUS), -1, np.int8)


@pytest.fixture(scope="module")
def faces(model: FaceModel) -> ExplainedFaces:
    return rendered_faces(model, 6, seed=4)


def test_rendered_faces_have_crops_neutrals_labels_and_masks(faces: ExplainedFaces) -> None:
    assert len(faces) == 6
    assert faces.crops.shape == faces.neutrals.shape == (6, 96, 96)
    assert faces.masks.shape == (6, len(AUS), 96, 96)
    assert faces.crops.dtype == faces.neutrals.dtype == np.uint8
    assert (faces.crops.std(axis=(1, 2)) > 5).all()
    assert (faces.crops != faces.neutrals).any(axis=(1, 2)).all()


def test_masks_are_there_wherever_the_action_unit_may_be(faces: ExplainedFaces) -> None:
    assert (faces.labels == 1).any()
    assert np.array_equal(faces.masks.any(axis=(2, 3)), faces.labels != 0)


def test_renders_of_one_person_share_the_neutral_face(faces: ExplainedFaces) -> None:
    assert np.unique(faces.persons, return_counts=True)[1].tolist() == [4, 2]
    assert np.array_equal(faces.neutrals[0], faces.neutrals[3])
    assert not np.array_equal(faces.neutrals[3], faces.neutrals[4])


def test_the_same_seed_gives_the_same_faces_and_another_one_other_people(
    model: FaceModel, faces: ExplainedFaces
) -> None:
    again, other = rendered_faces(model, 2, seed=4), rendered_faces(model, 2, seed=5)
    for name in ("crops", "neutrals", "labels", "masks", "persons"):
        assert np.array_equal(getattr(again, name), getattr(faces, name)[:2])
    assert not set(other.persons) & set(faces.persons)


def test_faces_at_another_size_have_their_masks_in_the_same_places(faces: ExplainedFaces) -> None:
    large = faces.resized((192, 192))
    assert large.crops.shape == (6, 192, 192)
    assert np.array_equal(large.masks[..., ::2, ::2], faces.masks)
    assert faces.resized((96, 96)) is faces


def test_pictures_without_a_face_are_left_out_and_none_at_all_is_an_error() -> None:
    with pytest.raises(ParameterError, match="no face"):
        real_faces([RealFace(0, np.zeros((120, 120, 3), np.uint8), UNKNOWN)])


def test_a_folder_without_photographs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no face"):
        photographed_faces(tmp_path)


@pytest.mark.shared
def test_photographs_are_paired_with_the_same_persons_neutral_one(shared_data: Path, tmp_path: Path) -> None:
    london = shared_data / "faces/london"
    for kind in ("neutral", "smiling"):
        (tmp_path / kind).mkdir()
        for path in sorted((london / kind).glob("*.jpg"))[: 2 if kind == "smiling" else 1]:
            (tmp_path / kind / path.name).symlink_to(path)
    faces = photographed_faces(tmp_path)
    assert faces.persons.tolist() == [0, 1]
    assert faces.neutrals.any(axis=(1, 2)).tolist() == [True, False]
    assert (faces.labels[:, AUS.index("AU12")] == 1).all()
    assert (np.delete(faces.labels, AUS.index("AU12"), axis=1) == -1).all()
    assert faces.masks.any(axis=(2, 3)).all()
    mouth = np.nonzero(faces.masks[0, AUS.index("AU25")])[0]
    assert abs(mouth.mean() - 73) < 4
