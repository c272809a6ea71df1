"""The face model is read the same from both of its forms, and what is damaged is named."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.tiny_face import EXPRESSIONS, raw_face, write_obj_folder
from tpviewer.core.errors import ModelError
from tpviewer.training.face_model import EYE, MOUTH, SKIN, TEETH, FaceModel, load_face_model


def npz(folder: Path, **changes: np.ndarray | None) -> Path:
    raw = {key: value for key, value in (raw_face() | changes).items() if value is not None}
    np.savez(folder / "face.npz", **raw)
    return folder / "face.npz"


def test_obj_folder_and_npz_are_the_same_face(tmp_path: Path) -> None:
    write_obj_folder(tmp_path)
    one, other = load_face_model(npz(tmp_path)), load_face_model(tmp_path)
    for name in ("vertices", "triangles", "material", "identity", "landmarks"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    assert tuple(one.expressions) == tuple(other.expressions) == EXPRESSIONS
    for name in EXPRESSIONS:
        np.testing.assert_array_equal(one.expressions[name], other.expressions[name], err_msg=name)


def test_only_what_is_drawn_is_kept(model: FaceModel) -> None:
    raw = raw_face()
    assert len(model.vertices) == len(raw["neutral_vertices"]) - 4
    assert len(model.triangles) == len(raw["triangles"]) - 2
    assert set(model.material) == {SKIN, MOUTH, TEETH, EYE}


def test_the_kept_triangles_and_landmarks_lie_where_they_were(model: FaceModel) -> None:
    raw = raw_face()
    drawn = raw["material_names"][raw["triangle_material"]] != "M_EyeLashes"
    places = raw["neutral_vertices"]
    np.testing.assert_array_equal(model.vertices[model.triangles], places[raw["triangles"][drawn]])
    np.testing.assert_array_equal(model.vertices[model.landmarks], places[raw["landmark68_vertices"]])


def test_identity_and_expressions_add_up(model: FaceModel) -> None:
    neutral = model.neutral(np.array([2, -1], np.float32))
    np.testing.assert_allclose(neutral, model.vertices + 2 * model.identity[0] - model.identity[1], atol=1e-5)
    face = model.express(neutral, {"jawOpen": 0.5, "mouthPucker": 0.0, "browDown_L": 2.0})
    shift = 0.5 * model.expressions["jawOpen"] + 2 * model.expressions["browDown_L"]
    np.testing.assert_allclose(face, neutral + shift, atol=1e-5)


def test_a_calm_face_is_left_as_it_is(model: FaceModel) -> None:
    neutral = model.neutral(np.zeros(3, np.float32))
    face = model.express(neutral, {"jawOpen": 0.0})
    np.testing.assert_array_equal(face, model.vertices)
    face += 1
    assert (neutral == model.vertices).all()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.npz: there is no face model"):
        load_face_model(tmp_path / "none.npz")


@pytest.mark.parametrize("key", raw_face())
def test_a_missing_part_is_named(tmp_path: Path, key: str) -> None:
    with pytest.raises(ModelError, match=rf"face\.npz: .*'{key}' is missing"):
        load_face_model(npz(tmp_path, **{key: None}))


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04 cut off", b"\x93NUMPY"])
def test_a_file_that_is_no_npz_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "face.npz").write_bytes(content)
    with pytest.raises(ModelError, match=r"face\.npz: "):
        load_face_model(tmp_path / "face.npz")


def test_a_lone_array_is_no_face(tmp_path: Path) -> None:
    np.save(tmp_path / "face.npy", np.zeros(3))
    with pytest.raises(ModelError, match=r"face\.npy: "):
        load_face_model(tmp_path / "face.npy")


def test_a_cut_npz_is_named(tmp_path: Path) -> None:
    path = npz(tmp_path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ModelError, match=r"face\.npz: cannot be read"):
        load_face_model(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"triangles": np.array([[0, 1, 10_000]] * 682)},
        {"triangle_material": np.zeros(5, np.uint8)},
        {"expression_names": np.array(["jawOpen"])},
        {"landmark68_vertices": np.array([9999])},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_arrays_that_do_not_fit_are_refused(tmp_path: Path, changes: dict) -> None:
    with pytest.raises(ModelError, match=r"face\.npz: a damaged face model"):
        load_face_model(npz(tmp_path, **changes))


@pytest.mark.parametrize("name", ["vertex_indices.json", "generic_neutral_mesh.obj", "jawOpen.obj"])
def test_a_folder_without_a_file_is_named_with_it(tmp_path: Path, name: str) -> None:
    write_obj_folder(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ModelError, match=f"{tmp_path}: .*{name}"):
        load_face_model(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vertex_indices.json", "{"),
        ("vertex_indices.json", "{}"),
        ("jawOpen.obj", "v 1 2 x"),
        ("jawOpen.obj", ""),
    ],
)
def test_a_damaged_folder_is_refused(tmp_path: Path, name: str, text: str) -> None:
    write_obj_folder(tmp_path)
    (tmp_path / name).write_text(text)
    with pytest.raises(ModelError, match="FaceXModel"):
        load_face_model(tmp_path)
