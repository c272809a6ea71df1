"""Rendered crops come back from their seed, with people that no other seed draws; chunks are kept."""

from multiprocessing.pool import ThreadPool
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.training.tiny_face import raw_face
from tpviewer.core.alignment import CANONICAL, apply
from tpviewer.core.errors import ModelError
from tpviewer.training import render_store
from tpviewer.training.appearance import Light, random_person
from tpviewer.training.au_shapes import ABSENT, AUS, Expression, intensities
from tpviewer.training.camera import Pose
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.face_model import FaceModel
from tpviewer.training.render_crops import (
    ANCHOR_MARKS,
    MARGIN,
    SIDE,
    anchors,
    crop_transform,
    develop,
    render_crop_set,
)
from tpviewer.training.render_store import load_chunks, render_chunks
from tpviewer.training.sampling import PoseSpread, nearby_light, nearby_pose, resting_expression
from tpviewer.training.scenery import draw_collar, draw_curtain, draw_glasses, draw_strands, random_background
from tpviewer.training.synthetic_face import FaceRenderer, PosedFace


@pytest.fixture(scope="module")
def crop_set(model: FaceModel) -> LabelledCrops:
    return render_crop_set(model, 30, seed=1)


@pytest.fixture(scope="module")
def face(renderer: FaceRenderer) -> PosedFace:
    sitter = renderer.sit(random_person(np.random.default_rng(0), renderer.model))
    return renderer.pose(sitter, Expression(), Pose(yaw=10, pitch=-5))


def test_crops_and_labels_have_their_shapes(crop_set: LabelledCrops) -> None:
    assert (crop_set.crops.shape, crop_set.crops.dtype) == ((30, SIDE, SIDE), np.uint8)
    assert (crop_set.labels.shape, crop_set.labels.dtype) == ((30, len(AUS)), np.int8)
    assert set(np.unique(crop_set.labels)) == {-1, 0, 1}
    assert (crop_set.intensities.shape, crop_set.intensities.dtype) == ((30, len(AUS)), np.float32)


def test_five_crops_are_of_one_person_with_one_neutral_face(crop_set: LabelledCrops) -> None:
    _, counts = np.unique(crop_set.persons, return_counts=True)
    assert counts.tolist() == [5] * 6
    for first in range(0, 30, 5):
        group = crop_set.neutrals[first : first + 5]
        assert (group == group[0]).all()
        assert (group[0] != crop_set.crops[first]).any()
    assert (crop_set.neutrals[0] != crop_set.neutrals[5]).any()


def test_labels_follow_from_intensities(crop_set: LabelledCrops) -> None:
    expected = np.where(crop_set.intensities >= 0.25, 1, np.where(crop_set.intensities <= 0.1, 0, -1))
    closing = crop_set.intensities[:, AUS.index("AU45")] > 0.3
    assert closing.any()
    for column, au in enumerate(AUS):
        if au in ("AU05", "AU07"):
            expected[closing, column] = -1
        if au not in ("AU25", "AU45"):
            np.testing.assert_array_equal(crop_set.labels[:, column], expected[:, column], err_msg=au)


def test_a_resting_face_shows_no_action_unit() -> None:
    for seed in range(50):
        resting = intensities(resting_expression(np.random.default_rng(seed)))
        assert resting.max() <= ABSENT


def test_poses_and_lights_of_a_recording_are_near_each_other() -> None:
    rng, calm, light = np.random.default_rng(0), Pose(10, -5, 0, 90), Light()
    poses = [nearby_pose(rng, calm, PoseSpread(yaw=10, pitch=6), 0.5) for _ in range(400)]
    assert np.mean([pose.yaw for pose in poses]) == pytest.approx(10, abs=1)
    assert np.std([pose.yaw for pose in poses]) == pytest.approx(5, rel=0.15)
    assert {pose.distance for pose in poses} == {90}
    lights = [nearby_light(rng, light) for _ in range(400)]
    assert np.mean([one.key for one in lights]) == pytest.approx(light.key, rel=0.05)
    assert 0 < np.std([one.direction[0] for one in lights]) < 0.2


def test_the_same_seed_gives_the_same_crops(model: FaceModel, crop_set: LabelledCrops) -> None:
    again = render_crop_set(model, 6, seed=1)
    np.testing.assert_array_equal(again.crops, crop_set.crops[:6])
    np.testing.assert_array_equal(again.labels, crop_set.labels[:6])
    np.testing.assert_array_equal(again.persons, crop_set.persons[:6])


def test_another_seed_gives_other_people_and_crops(model: FaceModel, crop_set: LabelledCrops) -> None:
    other = render_crop_set(model, 6, seed=2)
    assert not set(other.persons) & set(crop_set.persons)
    assert (other.crops != crop_set.crops[:6]).any(axis=(1, 2)).all()


def test_every_second_person_is_varied_and_labels_stay(model: FaceModel, crop_set: LabelledCrops) -> None:
    varied = render_crop_set(model, 10, seed=1, vary=True)
    changed = (varied.crops != crop_set.crops[:10]).any(axis=(1, 2))
    assert changed.tolist() == [False] * 5 + [True] * 5
    np.testing.assert_array_equal(varied.labels, crop_set.labels[:10])
    np.testing.assert_array_equal(varied.persons, crop_set.persons[:10])


def test_crops_are_exposed_and_show_something(crop_set: LabelledCrops) -> None:
    assert 40 < crop_set.crops.mean() < 200
    assert (crop_set.crops.std(axis=(1, 2)) > 10).all()


def test_anchors_land_on_the_targets_of_the_crop_behind_its_margin() -> None:
    places = np.array([(20.0, 30), (30, 31), (42, 31), (52, 30), (36, 44)]) * 3
    turned = places @ np.array([[0.8, 0.6], [-0.6, 0.8]])
    targets = np.array(CANONICAL.targets)
    for fine in (1, 2, 3):
        landed = apply(crop_transform(turned, fine=fine), turned)
        expected = fine * (targets + MARGIN) + (fine - 1) / 2
        np.testing.assert_allclose(landed.mean(axis=0), expected.mean(axis=0), atol=1e-9)
        np.testing.assert_allclose(landed, expected, atol=2.5 * fine)


def test_exact_anchors_land_exactly() -> None:
    targets = np.array(CANONICAL.targets, float)
    landed = apply(crop_transform(targets / 7 + 5), targets / 7 + 5)
    np.testing.assert_allclose(landed, targets + MARGIN, atol=1e-9)


def test_anchors_are_near_their_landmarks(face: PosedFace) -> None:
    marks = face.landmarks[list(ANCHOR_MARKS)]
    unit = np.linalg.norm(marks[3] - marks[0])
    drawn = np.array([anchors(face, np.random.default_rng(seed)) for seed in range(300)])
    assert np.abs(drawn - marks).max() < 0.1 * unit
    assert drawn.std(axis=0) / unit == pytest.approx(np.full((5, 2), 0.014), rel=0.2)


def test_developing_more_light_is_brighter() -> None:
    picture = np.full((2 * SIDE, 2 * SIDE, 3), 0.2, np.float32)
    dim, bright = (develop(f * picture, Light(), np.random.default_rng(0)).mean() for f in (1, 2))
    assert 0 < dim < bright <= 255


def test_backgrounds_differ_and_are_light(face: PosedFace) -> None:
    one, other = (random_background(np.random.default_rng(seed), 50, 40) for seed in (1, 2))
    assert one.shape == (40, 50, 3)
    assert one.min() >= 0
    assert (one != other).any()


@pytest.mark.parametrize("name", ["curtain", "collar", "glasses", "strands"])
def test_scenery_is_painted_in_its_place(face: PosedFace, name: str) -> None:
    to_image = np.array([[5.0, 0, 80], [0, 5.0, 80]])
    picture = np.full((200, 160, 3), 0.5, np.float32)
    rng = np.random.default_rng(1)
    {
        "curtain": lambda: draw_curtain(picture, face, to_image, 0.1),
        "collar": lambda: draw_collar(picture, face, to_image, (0.1, 0.1, 0.1)),
        "glasses": lambda: draw_glasses(picture, face, to_image, rng),
        "strands": lambda: draw_strands(picture, face, to_image, rng),
    }[name]()
    rows, columns = np.nonzero((picture != 0.5).any(axis=2))
    eyes = 80 + 5 * (face.landmarks[36:48, 1].mean())
    assert 0 < len(rows) < 0.9 * 200 * 160
    if name == "collar":
        assert rows.min() > eyes + 50
    if name == "glasses":
        assert abs(rows.mean() - eyes) < 12
    if name == "curtain":
        assert abs(columns.mean() - 80) < 12


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of five, rendered in threads of this process."""
    monkeypatch.setattr(render_store, "CHUNK", 5)
    monkeypatch.setattr(render_store, "_models", [])
    context = SimpleNamespace(Pool=ThreadPool)
    monkeypatch.setattr(render_store.multiprocessing, "get_context", lambda _: context)


@pytest.fixture
def face_file(tmp_path: Path) -> Path:
    np.savez(tmp_path / "face.npz", **raw_face())
    return tmp_path / "face.npz"


@pytest.mark.usefixtures("threads")
def test_a_stopped_rendering_goes_on_with_the_chunks_that_are_missing(
    tmp_path: Path, face_file: Path
) -> None:
    folder = tmp_path / "work" / "renders"
    assert list(render_chunks(face_file, folder, 12, 2)) == [0, 5, 10, 15]
    whole = load_chunks(folder, 12)
    kept = {path: path.stat().st_mtime_ns for path in sorted(folder.iterdir())}
    lost = sorted(kept)[1]
    lost.unlink()
    assert list(render_chunks(face_file, folder, 12, 2)) == [10, 15]
    assert [path.name for path in kept if path.stat().st_mtime_ns != kept[path]] == [lost.name]
    np.testing.assert_array_equal(load_chunks(folder, 12).crops, whole.crops)
    assert list(render_chunks(face_file, folder, 12, 2)) == [15]


@pytest.mark.usefixtures("threads")
def test_chunks_hold_different_people(tmp_path: Path, face_file: Path) -> None:
    list(render_chunks(face_file, tmp_path / "renders", 15, 1))
    loaded = load_chunks(tmp_path / "renders", 15)
    assert len(np.unique(loaded.persons)) == 3
    assert len(loaded.crops) == len(loaded.labels) == len(loaded.persons) == 15


@pytest.mark.usefixtures("threads")
def test_a_chunk_that_was_cut_off_is_not_taken_for_whole(tmp_path: Path, face_file: Path) -> None:
    (tmp_path / "renders").mkdir()
    (tmp_path / "renders" / "renders-00001.tmp.npz").write_bytes(b"PK half")
    assert list(render_chunks(face_file, tmp_path / "renders", 5, 1)) == [0, 5]
    assert len(load_chunks(tmp_path / "renders", 5).crops) == 5


@pytest.mark.usefixtures("threads")
def test_textbook_folds_can_be_asked_for(tmp_path: Path, face_file: Path, model: FaceModel) -> None:
    list(render_chunks(face_file, tmp_path / "textbook", 5, 1, vary=False))
    list(render_chunks(face_file, tmp_path / "renders", 5, 1))
    for folder, vary in (("textbook", False), ("renders", True)):
        wanted = render_crop_set(model, 5, seed=1, vary=vary)
        np.testing.assert_array_equal(load_chunks(tmp_path / folder, 5).crops, wanted.crops)


def test_a_missing_face_model_ends_rendering_at_once(tmp_path: Path) -> None:
    progress = render_chunks(tmp_path / "none.npz", tmp_path / "renders", 4, 2)
    assert next(progress) == 0
    with pytest.raises(ModelError, match=r"none\.npz"):
        next(progress)


@pytest.mark.slow
def test_processes_render_what_this_process_renders(
    tmp_path: Path, face_file: Path, model: FaceModel
) -> None:
    assert list(render_chunks(face_file, tmp_path / "renders", 1, 1)) == [0, render_store.CHUNK]
    loaded, here = load_chunks(tmp_path / "renders", 1), render_crop_set(model, 8, seed=1, vary=True)
    np.testing.assert_array_equal(loaded.crops[:8], here.crops)
    np.testing.assert_array_equal(loaded.labels[:8], here.labels)
