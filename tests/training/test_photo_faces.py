"""A photograph becomes a person who can do anything: calm, the render is the photograph again."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from tpviewer.core.alignment import apply
from tpviewer.core.errors import ParameterError
from tpviewer.media.source import open_source
from tpviewer.store.truth import read_truth
from tpviewer.training import phantom_actors, photo_crops
from tpviewer.training.au_shapes import AUS, Expression
from tpviewer.training.camera import Pose, project
from tpviewer.training.face_model import EYE, FaceModel
from tpviewer.training.phantom import render_phantom
from tpviewer.training.phantom_script import Event, FaceScript, Script
from tpviewer.training.photo_backdrop import bend_photo
from tpviewer.training.photo_crops import person_number, render_photo_crop, render_photo_crop_set
from tpviewer.training.photo_face import LightChange, PhotoRenderer, PoseChange, without
from tpviewer.training.photo_fit import fit_model
from tpviewer.training.photo_sitter import PhotoSitter, fit_photo
from tpviewer.training.render_crops import SIDE

SIZE = 200
SHOT = Pose(yaw=4.0, pitch=-3.0, roll=5.0, distance=110.0)
TO_PHOTO = np.array([[8.0, 0, 100], [0, 8.0, 100]])
CALM, STILL, DAY = Expression(), PoseChange(), LightChange()


@pytest.fixture(scope="module")
def binding(model: FaceModel) -> np.ndarray:
    """468 vertices in place of the mesh: anchors at the landmarks, else the skin between them."""
    n_skin = 17 * 22
    inner = np.flatnonzero((np.abs(model.vertices[:n_skin]) < (7.5, 8.5, 99)).all(1))
    chosen = np.resize(np.r_[inner, model.landmarks], 468)
    chosen[[33, 133, 362, 263, 2]] = model.landmarks[[36, 39, 42, 45, 33]]
    return chosen


@pytest.fixture(scope="module")
def vertices(model: FaceModel) -> np.ndarray:
    return model.neutral(np.array([0.8, -0.6, 0.0], np.float32))


@pytest.fixture(scope="module")
def mesh(vertices: np.ndarray, binding: np.ndarray) -> np.ndarray:
    return apply(TO_PHOTO, project(vertices, SHOT)[binding, :2]).astype(np.float32)


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    """Smooth coloured blotches, dark where the eyes are."""
    noise = np.random.default_rng(0).normal(size=(SIZE, SIZE, 3)).astype(np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), 6)
    return np.clip(150 + 40 * smooth / smooth.std(), 20, 250).astype(np.uint8)


@pytest.fixture(scope="module")
def sitter(photo: np.ndarray, mesh: np.ndarray, model: FaceModel, binding: np.ndarray) -> PhotoSitter:
    return fit_photo(photo, mesh, model, "drawn", binding, wrinkles=0.0)


@pytest.fixture(scope="module")
def drawer(model: FaceModel, binding: np.ndarray) -> PhotoRenderer:
    return PhotoRenderer(model, binding)


def test_the_fit_lays_the_model_on_the_mesh(
    model: FaceModel, mesh: np.ndarray, binding: np.ndarray, vertices: np.ndarray
) -> None:
    fit = fit_model(mesh, model, binding)
    assert fit.error < 0.01
    assert np.abs(fit.in_photo(fit.neutral[binding]) - mesh).mean() < 0.5
    assert fit.pose.roll == pytest.approx(SHOT.roll, abs=2)
    np.testing.assert_allclose(fit.neutral[binding], vertices[binding], atol=0.8)


def test_what_the_modes_cannot_tell_is_bent_away(
    model: FaceModel, mesh: np.ndarray, binding: np.ndarray
) -> None:
    eyes = np.linalg.norm(mesh[263] - mesh[33])
    wry = mesh + 0.08 * eyes * np.column_stack([np.sin(mesh[:, 1] / 25), np.zeros(468)])
    fit = fit_model(wry.astype(np.float32), model, binding)
    after = np.linalg.norm(fit.in_photo(fit.neutral[binding]) - wry, axis=1).mean() / eyes
    assert fit.error > 0.015
    assert after < 0.4 * fit.error


def test_the_calm_render_is_the_photograph(
    drawer: PhotoRenderer, sitter: PhotoSitter, photo: np.ndarray, model: FaceModel
) -> None:
    picture, covered = drawer.draw(sitter, CALM, STILL, DAY, sitter.fit.to_photo, SIZE, SIZE)
    values = 255 * picture ** (1 / 2.2)
    off = np.abs(values - photo).max(-1)
    inside = sitter.fit.in_photo(sitter.fit.neutral[np.unique(model.triangles[model.material != 0])])
    for x, y in inside.astype(int):  # eyeballs are completed, the mouth's inside comes from the model
        off[y - 14 : y + 14, x - 14 : x + 14] = 0
    assert 0.2 < covered.mean() < 0.8
    assert np.percentile(off, 98) < 4


def test_an_action_unit_moves_its_own_side_only(drawer: PhotoRenderer, sitter: PhotoSitter) -> None:
    smile = Expression(right={"AU12": 1.0}, left={"AU45": 0.0})
    moved = drawer.movement(sitter, smile, "AU12", STILL, sitter.fit.to_photo, SIZE, SIZE)
    assert moved[:, :100].max() > 0.2
    assert moved[:, 130:].max() < 0.1 * moved.max()
    assert not drawer.movement(sitter, smile, "AU04", STILL, sitter.fit.to_photo, SIZE, SIZE).any()
    assert without(smile, "AU12").right == {}


def test_a_dropped_jaw_opens_the_mouth(drawer: PhotoRenderer, sitter: PhotoSitter) -> None:
    calm, open_ = drawer.pose(sitter, CALM), drawer.pose(sitter, Expression({"AU26": 1.0}, {"AU26": 1.0}))
    assert calm.gap == pytest.approx(sitter.resting_gap)
    assert open_.gap > calm.gap + 0.1
    np.testing.assert_allclose(open_.mesh[[33, 263]], calm.mesh[[33, 263]], atol=0.05)


def test_a_glance_turns_the_eyeballs_and_nothing_else(
    drawer: PhotoRenderer, sitter: PhotoSitter, model: FaceModel
) -> None:
    ball = np.unique(model.triangles[model.material == EYE])
    left = ball[model.vertices[ball, 0] > 0]
    still, aside = (
        drawer.pose(sitter, Expression(extra=extra)).vertices for extra in ({}, {"eyeLookOut_L": 1.0})
    )
    moved = np.linalg.norm(aside - still - model.expressions["eyeLookOut_L"], axis=1)
    assert moved[left].max() > 0.1
    assert moved[np.setdiff1d(np.arange(len(moved)), left)].max() == pytest.approx(0, abs=0.6)


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_light_from_one_side_lights_that_side(
    drawer: PhotoRenderer, sitter: PhotoSitter, side: float
) -> None:
    shot = drawer.draw(sitter, CALM, STILL, DAY, sitter.fit.to_photo, SIZE, SIZE)[0]
    light = LightChange((side, 0.0, 0.3), 0.8, 0.9)
    lit, covered = drawer.draw(sitter, CALM, STILL, light, sitter.fit.to_photo, SIZE, SIZE)
    ratio = np.where(covered, lit.mean(-1) / shot.mean(-1), np.nan)
    assert side * (np.nanmean(ratio[:, 110:]) - np.nanmean(ratio[:, :90])) > 0.1


def test_turning_the_head_keeps_the_far_background(drawer: PhotoRenderer, sitter: PhotoSitter) -> None:
    turn = PoseChange(yaw=10.0)
    still = drawer.draw(sitter, CALM, STILL, DAY, sitter.fit.to_photo, SIZE, SIZE)[0]
    turned, covered = drawer.draw(sitter, CALM, turn, DAY, sitter.fit.to_photo, SIZE, SIZE)
    change = np.abs(turned - still).mean(-1)
    assert change[covered].mean() > 3 * change[:4, :4].mean()


def test_the_backdrop_follows_the_rim() -> None:
    columns = np.tile(np.arange(100, dtype=np.uint8), (100, 1))
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    rim = 10 * np.column_stack([np.cos(angle), np.sin(angle)]).astype(np.float32)
    pixels = np.array([[1.0, 0, 50], [0, 1.0, 50]])
    photo = np.repeat(columns[..., None], 3, 2)
    bent = bend_photo(
        photo, (rim, rim + np.float32([3, 0])), np.ones(24, np.float32), pixels, pixels, (100, 100)
    )
    values = 255 * bent[..., 0] ** (1 / 2.2)
    assert values[50, 63] == pytest.approx(60, abs=1)  # the rim's right end was at 60 and is at 63
    assert values[50, 95] == pytest.approx(95, abs=0.5)


def test_a_closed_lid_is_skin_and_a_wide_eye_is_eyeball(model: FaceModel, binding: np.ndarray) -> None:
    photo = np.full((SIZE, SIZE, 3), 180, np.uint8)
    calm = fit_model(apply(TO_PHOTO, project(model.vertices, SHOT)[binding, :2]), model, binding)
    eye = calm.in_photo(model.vertices[model.landmarks[36:42]]).mean(0).astype(int)
    x, y = (int(value) for value in eye)
    cv2.circle(photo, (x, y), 5, (20, 20, 20), -1)
    mesh = calm.in_photo(calm.neutral[binding])
    textures = fit_photo(photo, mesh, model, binding=binding).textures
    assert textures.skin[y, x].max() < 40
    assert textures.lids[y, x].min() > 150
    assert textures.eyes[y, x].max() < 60


def test_crops_come_with_labels_and_a_neutral_face(
    drawer: PhotoRenderer,
    sitter: PhotoSitter,
    model: FaceModel,
    binding: np.ndarray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photo_crops, "read_sitters", lambda *_: iter([sitter]))
    data, again = (render_photo_crop_set(model, [], 7, 3, binding) for _ in range(2))
    assert data.crops.shape == data.neutrals.shape == (7, SIDE, SIDE)
    assert data.labels.shape == data.intensities.shape == (7, len(AUS))
    assert (data.persons == person_number("drawn")).all()
    np.testing.assert_array_equal(data.crops, again.crops)
    np.testing.assert_array_equal(data.neutrals[0], data.neutrals[4])
    assert (data.neutrals[4] != data.neutrals[5]).any()
    strong, labelled = data.intensities >= 0.6, data.labels != -1
    assert (data.labels == 1)[strong & labelled].mean() > 0.8
    crop, gap = render_photo_crop(drawer, sitter, CALM, STILL, DAY, np.random.default_rng(0))
    assert gap == pytest.approx(sitter.resting_gap)
    assert crop.std() > 5


def test_pictures_without_a_face_are_refused(
    model: FaceModel, binding: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_crops, "read_sitters", lambda *_: iter([]))
    with pytest.raises(ParameterError, match="none of the photographs"):
        render_photo_crop_set(model, [], 2, 0, binding)


@pytest.mark.shared
def test_a_real_photograph_is_fitted_within_two_per_cent(real_model: FaceModel, shared_data: Path) -> None:
    photo = shared_data / "faces" / "london" / "neutral" / "003.jpg"
    rng = np.random.default_rng(0)
    (sitter,) = photo_crops.read_sitters(real_model, [photo], rng)
    drawer = PhotoRenderer(real_model)
    assert sitter.name == "003"
    assert sitter.fit.error < 0.02
    calm, smile = (Expression(aus, aus) for aus in ({}, {"AU12": 1.0}))
    picture, covered = drawer.draw(sitter, calm, STILL, DAY, sitter.fit.to_photo, 640, 640)
    off = np.abs(255 * picture ** (1 / 2.2) - sitter.textures.skin).max(-1)
    assert np.percentile(off[covered], 90) < 8
    corners = [drawer.pose(sitter, expression).landmarks[[48, 54]] for expression in (calm, smile)]
    assert np.diff(corners[1][:, 0])[0] > 1.1 * np.diff(corners[0][:, 0])[0]


@pytest.fixture
def acting(
    monkeypatch: pytest.MonkeyPatch, sitter: PhotoSitter, binding: np.ndarray, tmp_path: Path
) -> Script:
    """A script whose person is that of the drawn photograph, shown as large as in it."""
    (tmp_path / "person.jpg").touch()
    monkeypatch.setattr(phantom_actors, "read_sitters", lambda *_: [sitter])
    monkeypatch.setattr(phantom_actors, "PhotoRenderer", partial(PhotoRenderer, binding=binding))
    to_photo = sitter.fit.to_photo
    scale = float(np.hypot(*to_photo[:, 0]))
    raised = Event("AU26", (0, 3, 4, 6), 1.0, "both")
    face = FaceScript("shot", 0, (float(to_photo[0, 2]), float(to_photo[1, 2])), scale, 0.0, (raised,), ())
    return Script(SIZE, SIZE, 7, 25, 1, (replace(face, photo="person.jpg"),))


def test_a_photographed_person_acts_by_the_script(
    acting: Script, model: FaceModel, photo: np.ndarray, tmp_path: Path
) -> None:
    render_phantom(acting, model, tmp_path / "clip.mp4", photos=tmp_path)
    with open_source(tmp_path / "clip.mp4") as source:
        pictures = np.stack([picture for _, picture in source.frames() if picture is not None]).astype(float)
    (truth,) = read_truth(tmp_path / "clip.json")
    assert truth.intensity[:, AUS.index("AU26")] == pytest.approx([0, 0.25, 0.75, 1, 1, 0.5, 0], abs=1e-3)
    assert truth.present[3, AUS.index("AU25")]
    assert not truth.present[0, AUS.index("AU25")]
    assert np.abs(pictures[0, :30] - photo[:30]).mean() < 6
    x, y, width, height = truth.boxes[0].astype(int)
    moved = np.abs(pictures[3] - pictures[0]).mean(axis=2)
    chin = moved[y + height // 2 : y + height, x : x + width].mean()
    assert chin > 2 * moved[:30].mean()
    assert truth.masks is not None
    assert truth.masks[AUS.index("AU26")].any()
    assert np.flatnonzero(truth.masks[AUS.index("AU26")].any(axis=1)).min() > 50


def test_a_photograph_that_is_missing_is_named(acting: Script, model: FaceModel, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="--photos"):
        render_phantom(acting, model, tmp_path / "clip.mp4")
    (tmp_path / "person.jpg").unlink()
    with pytest.raises(ParameterError, match=r"person\.jpg"):
        render_phantom(acting, model, tmp_path / "clip.mp4", photos=tmp_path)


def test_a_photograph_without_a_face_is_named(
    acting: Script, model: FaceModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phantom_actors, "read_sitters", lambda *_: [])
    with pytest.raises(ParameterError, match="no face"):
        render_phantom(acting, model, tmp_path / "clip.mp4", photos=tmp_path)
