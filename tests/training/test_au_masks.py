"""Masks of moved pixels: where the blendshape is, on its side, on what is seen."""

import numpy as np
import pytest

from tpviewer.training.appearance import random_person
from tpviewer.training.au_masks import LEAST_TRAVEL, MARGIN, au_masks, moved_pixels
from tpviewer.training.au_shapes import AUS, Expression
from tpviewer.training.camera import Pose
from tpviewer.training.synthetic_face import FaceRenderer, PosedFace

TO_IMAGE = np.array([[4.0, 0, 48], [0, 4.0, 44]])
SIZE = (96, 96)
FLAT = np.array([(x, y, 0) for y in range(0, 50, 10) for x in range(0, 50, 10)], np.float32)
CELLS = np.array(
    [
        corners
        for row in range(4)
        for i in range(5 * row, 5 * row + 4)
        for corners in ((i, i + 5, i + 1), (i + 1, i + 5, i + 6))
    ],
    np.int32,
)


def posed(renderer: FaceRenderer, expression: Expression, yaw: float = 0.0) -> PosedFace:
    sitter = renderer.sit(random_person(np.random.default_rng(0), renderer.model))
    return renderer.pose(sitter, expression, Pose(yaw=yaw))


def test_only_what_travels_far_enough_has_moved() -> None:
    travel = np.where(np.arange(25) == 12, 2.0, 0.0)
    mask = moved_pixels(FLAT, FLAT, travel, CELLS, (41, 41))
    assert mask[20, 20]
    rows, columns = np.nonzero(mask)
    reach = (1 - LEAST_TRAVEL) * 10 + MARGIN
    assert np.abs(np.r_[rows, columns] - 20).max() == int(reach)
    assert not mask[20, 20 + int(reach) + 1]


def test_where_it_was_and_where_it_is_both_count() -> None:
    travel = np.where(FLAT[:, 0] >= 30, 5.0, 0.0)
    shown = FLAT.copy()
    shown[:, 0] += travel
    mask = moved_pixels(shown, FLAT, travel, CELLS, (41, 46))
    assert mask[5:35, 29:45].all()
    assert not mask[:, :20].any()


def test_what_is_hidden_does_not_count() -> None:
    curtain = np.array([(-5, -5, 9), (-5, 50, 9), (60, -5, 9)], np.float32) * (2, 2, 1)
    points = np.vstack([FLAT, curtain]).astype(np.float32)
    triangles = np.vstack([CELLS, [[25, 26, 27]]]).astype(np.int32)
    travel = np.r_[np.ones(25), np.zeros(3)]
    assert moved_pixels(FLAT, FLAT, np.ones(25), CELLS, (41, 41)).all()
    assert not moved_pixels(points, points, travel, triangles, (41, 41)).any()


def test_nothing_moved_is_no_pixel() -> None:
    assert not moved_pixels(FLAT, FLAT, np.zeros(25), CELLS, (41, 41)).any()


def test_one_side_moves_on_that_side_only(renderer: FaceRenderer) -> None:
    both, right, left = (
        au_masks(renderer, posed(renderer, Expression(*sides)), TO_IMAGE, SIZE, ("AU12",))[0]
        for sides in (({"AU12": 0.5}, {"AU12": 0.5}), ({"AU12": 0.5}, {}), ({}, {"AU12": 0.5}))
    )
    assert right.any()
    assert left.any()
    assert np.nonzero(right)[1].mean() < 48 < np.nonzero(left)[1].mean()
    assert (both ^ (right | left)).mean() < 0.02


def test_an_action_unit_that_is_not_shown_is_where_it_would_show(renderer: FaceRenderer) -> None:
    calm = au_masks(renderer, posed(renderer, Expression()), TO_IMAGE, SIZE)
    assert calm.shape == (len(AUS), *SIZE)
    assert calm.any(axis=(1, 2)).all()
    shown = au_masks(renderer, posed(renderer, Expression({"AU12": 1.0}, {"AU12": 1.0})), TO_IMAGE, SIZE)
    assert np.array_equal(calm[AUS.index("AU12")], shown[AUS.index("AU12")])


def test_another_action_unit_does_not_move_the_mask(renderer: FaceRenderer) -> None:
    one, two = {"AU02": 0.6}, {"AU02": 0.6, "AU17": 0.9}
    faces = [posed(renderer, Expression(shown, shown)) for shown in (one, two)]
    masks = [au_masks(renderer, face, TO_IMAGE, SIZE, ("AU02",)) for face in faces]
    assert (masks[0] ^ masks[1]).mean() < 0.02


@pytest.mark.shared
def test_on_the_real_face_model_masks_lie_where_the_mesh_regions_are(real_model) -> None:  # type: ignore[no-untyped-def]
    renderer = FaceRenderer(real_model)
    face = posed(renderer, Expression())
    middle = face.points[real_model.landmarks[36:48], :2].mean(axis=0)
    scale = 50 / np.linalg.norm(face.landmarks[36] - face.landmarks[45])
    to_crop = np.array([[scale, 0, 48 - scale * middle[0]], [0, scale, 37 - scale * middle[1]]])
    masks = dict(zip(AUS, au_masks(renderer, face, to_crop, SIZE), strict=True))
    heights = {au: float(np.nonzero(mask)[0].mean()) for au, mask in masks.items()}
    for au in ("AU01", "AU02", "AU04"):
        assert heights[au] < 32, au
    for au in ("AU05", "AU45"):
        assert abs(heights[au] - 37) < 5, au
    for au in ("AU10", "AU12", "AU15", "AU18", "AU20", "AU25", "AU26"):
        assert heights[au] > 60, au
    areas = {au: float(mask.mean()) for au, mask in masks.items()}
    assert not {au: area for au, area in areas.items() if not 0.01 < area < 0.3}
