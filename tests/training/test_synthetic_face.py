"""What is drawn is where the vertices say, lit from where the light says, folded where muscles pull."""

from dataclasses import replace

import numpy as np
import pytest

from tpviewer.training.appearance import Appearance, Brows, Hair, Light, Person
from tpviewer.training.au_shapes import Expression
from tpviewer.training.camera import Pose
from tpviewer.training.face_model import FaceModel
from tpviewer.training.folds import fold_relief, hidden_lips
from tpviewer.training.head import ambient_occlusion, hair_distance, visible_from
from tpviewer.training.skin import lip_outline, paint_brows, paint_lips, paint_skin
from tpviewer.training.skin_map import make_skin_map
from tpviewer.training.synthetic_face import FaceRenderer, Sitter

SIZE = 120
TO_IMAGE = np.array([[5, 0, SIZE / 2], [0, 5, SIZE / 2]], np.float64)
CALM, DAY = Expression(), Light()
BALD = Appearance(hair=Hair(line=9.0, volume=0.0), age=0.0, mottling=0.0)


@pytest.fixture(scope="module")
def sitter(renderer: FaceRenderer) -> Sitter:
    return renderer.sit(Person(np.zeros(3, np.float32), BALD))


def draw(
    renderer: FaceRenderer,
    sitter: Sitter,
    expression: Expression = CALM,
    light: Light = DAY,
) -> tuple[np.ndarray, np.ndarray]:
    return renderer.draw(renderer.pose(sitter, expression, Pose()), light, TO_IMAGE, SIZE, SIZE)


def test_the_background_is_black_and_marked(renderer: FaceRenderer, sitter: Sitter) -> None:
    picture, covered = draw(renderer, sitter)
    assert picture.shape == (SIZE, SIZE, 3)
    assert not picture[~covered].any()
    assert (picture[covered].max(axis=1) > 0).all()
    assert 0.2 < covered.mean() < 0.8


def test_a_similarity_moves_the_whole_picture(renderer: FaceRenderer, sitter: Sitter) -> None:
    face = renderer.pose(sitter, Expression(), Pose())
    here, there = (
        renderer.draw(face, Light(), TO_IMAGE + np.array([[0, 0, x], [0, 0, y]]), SIZE, SIZE)[0]
        for x, y in ((0, 0), (7, -4))
    )
    inner = slice(20, 100)
    np.testing.assert_allclose(there[16:96, 27:107], here[inner, inner], atol=1e-4)


@pytest.mark.parametrize("side", [-1, 1])
def test_the_lit_side_is_brighter(renderer: FaceRenderer, sitter: Sitter, side: int) -> None:
    picture, _ = draw(renderer, sitter, light=Light(direction=(side * 1.0, 0.2, 0.5), fill=0.0))
    left, right = picture[:, : SIZE // 2].sum(), picture[:, SIZE // 2 :].sum()
    assert (right - left) * side > 0.1 * (left + right)


def test_paint_is_seen_where_it_was_put(renderer: FaceRenderer, sitter: Sitter) -> None:
    painted = renderer.sit(Person(np.zeros(3, np.float32), replace(BALD, lips=(0.9, 0.02, 0.02))))
    change = np.abs(draw(renderer, painted)[0] - draw(renderer, sitter)[0]).max(axis=2) > 0.02
    mouth = renderer.pose(sitter, CALM, Pose()).landmarks[48:60] * 5 + SIZE / 2
    places = np.argwhere(change)[:, ::-1]
    assert len(places) > 100
    assert (places > mouth.min(axis=0) - 3).all()
    assert (places < mouth.max(axis=0) + 3).all()


def test_twice_the_light_is_twice_as_bright(renderer: FaceRenderer, sitter: Sitter) -> None:
    dim, bright = (
        draw(renderer, sitter, light=Light(key=0.3 * f, fill=0.1 * f, ambient=0.2 * f))[0] for f in (1, 2)
    )
    np.testing.assert_allclose(bright, 2 * dim, rtol=1e-4, atol=1e-6)


def test_the_same_face_is_drawn_the_same(renderer: FaceRenderer, sitter: Sitter) -> None:
    smile = Expression({"AU12": 1.0}, {"AU12": 1.0})
    np.testing.assert_array_equal(draw(renderer, sitter, smile)[0], draw(renderer, sitter, smile)[0])


def test_an_expression_changes_only_its_side(renderer: FaceRenderer, sitter: Sitter) -> None:
    lifted, calm = draw(renderer, sitter, Expression(left={"AU02": 1.0}))[0], draw(renderer, sitter)[0]
    change = np.abs(lifted - calm).sum(axis=(0, 2))
    assert change[SIZE // 2 :].sum() > 20 * change[: SIZE // 2 - 3].sum()


def test_the_gap_is_that_of_the_drawn_lips(renderer: FaceRenderer, sitter: Sitter) -> None:
    calm = renderer.pose(sitter, Expression(), Pose())
    jaw = renderer.pose(sitter, Expression({"AU26": 1.0}, {"AU26": 1.0}), Pose(yaw=20))
    assert calm.gap == pytest.approx(sitter.resting_gap)
    assert jaw.gap == pytest.approx(sitter.resting_gap + 0.8 * 2.0 / 9.0, abs=0.01)


def test_landmarks_turn_with_the_head(renderer: FaceRenderer, sitter: Sitter) -> None:
    nose = {yaw: renderer.pose(sitter, Expression(), Pose(yaw=yaw)).landmarks[30] for yaw in (-20, 0, 20)}
    assert nose[-20][0] < nose[0][0] - 2 < nose[20][0] - 4


def test_a_glance_moves_the_iris(renderer: FaceRenderer, sitter: Sitter) -> None:
    glance = Expression(extra={"eyeLookOut_L": 1.0, "eyeLookIn_R": 1.0})
    gaze = renderer._gaze(glance)
    assert (gaze[:, 3] > 0.3).all()
    assert (renderer._gaze(Expression(extra={"eyeLookUp_L": 1.0}))[1, 4]) > 0.3
    assert (renderer._gaze(Expression())[:, 3:] == [0, 0, 1]).all()


def test_eyes_are_told_apart(renderer: FaceRenderer) -> None:
    np.testing.assert_allclose(renderer._gaze(Expression())[:, 0], [-3.2, 3.2], atol=0.01)


def test_other_modes_are_another_face(renderer: FaceRenderer) -> None:
    wide = renderer.sit(Person(np.array([2, 0, 0], np.float32), BALD))
    narrow = renderer.sit(Person(np.array([-2, 0, 0], np.float32), BALD))
    assert np.ptp(wide.neutral[:, 0]) > 1.05 * np.ptp(narrow.neutral[:, 0])


def test_hair_grows_above_its_line_only(model: FaceModel) -> None:
    height = hair_distance(model.vertices, 0.0, 0.0)
    assert height[model.landmarks[:27]].max() < 0 < height.max()
    assert (hair_distance(model.vertices, 2.0, 0.0) <= height).all()
    assert (hair_distance(model.vertices, 0.0, 1.0) >= height).all()


def test_every_vertex_of_an_open_egg_sees_the_light(model: FaceModel) -> None:
    occlusion = ambient_occlusion(model, directions=30)
    skin = np.unique(model.triangles[model.material == 0])
    assert occlusion.min() >= 0
    assert occlusion.max() <= 1
    assert np.median(occlusion[skin]) > 0.9


def test_what_is_behind_is_not_visible() -> None:
    places = np.array([(0, 0, 0), (8, 0, 0), (0, 8, 0), (2, 2, -3), (7, 7, -3)], np.float32)
    triangles = np.array([(0, 1, 2)], np.int32)
    assert visible_from(places, triangles, np.array([0.0, 0, 1])).tolist() == [True, True, True, False, True]


def test_calm_young_skin_has_no_folds(model: FaceModel) -> None:
    skin_map = make_skin_map(model, 6.0)
    assert (fold_relief(skin_map, BALD, Expression()) == 1).all()


@pytest.mark.parametrize("au", ["AU02", "AU06", "AU12", "AU14", "AU15"])
def test_a_fold_is_on_the_side_that_moves_and_darkens(model: FaceModel, au: str) -> None:
    skin_map = make_skin_map(model, 6.0)
    right, left = (
        fold_relief(skin_map, BALD, e) for e in (Expression(right={au: 1.0}), Expression(left={au: 1.0}))
    )
    middle = skin_map.shape[1] // 2
    assert right.min() < 0.95
    assert (right[:, middle:] == 1).all()
    np.testing.assert_allclose(left[:, ::-1][:, :-1], right[:, 1:], atol=0.12)


def test_more_wrinkles_are_deeper(model: FaceModel) -> None:
    skin_map = make_skin_map(model, 6.0)
    smile = Expression({"AU12": 1.0}, {"AU12": 1.0})
    smooth, lined = (fold_relief(skin_map, Appearance(wrinkles=w, age=0), smile) for w in (0.2, 1.0))
    assert lined.min() < smooth.min() < 1


def test_folds_of_the_textbook_are_the_same_on_everyone_and_varied_ones_are_each_persons_own(
    model: FaceModel,
) -> None:
    skin_map = make_skin_map(model, 6.0)
    frown = Expression({"AU04": 1.0, "AU17": 1.0}, {"AU04": 1.0, "AU17": 1.0})
    people = [Appearance(seed=seed, wrinkles=1, age=0.5) for seed in (0, 1, 0)]
    textbook = [fold_relief(skin_map, looks, frown) for looks in people]
    own = [fold_relief(skin_map, replace(looks, variety=1.0), frown) for looks in people]
    np.testing.assert_array_equal(textbook[0], textbook[1])
    np.testing.assert_array_equal(own[0], own[2])
    assert np.abs(own[0] - own[1]).max() > 0.1
    assert np.abs(own[0] - textbook[0]).max() > 0.1
    middle = skin_map.shape[1] // 2
    joins = [np.abs(relief[:, middle] - relief[:, middle - 1]).max() for relief in (textbook[0], own[0])]
    assert joins[1] < 2 * joins[0] + 0.05  # folds across the midline still meet there


def test_brows_arch_and_stand_unevenly(model: FaceModel) -> None:
    skin_map = make_skin_map(model, 6.0)
    middle = skin_map.shape[1] // 2

    def heights(brows: Brows) -> tuple[float, float]:
        albedo = np.ones((*skin_map.shape, 3), np.float32)
        paint_brows(skin_map, albedo, Appearance(brows=brows))
        dark = 1 - albedo.mean(2)
        rows = np.arange(len(dark))[:, None]
        right, left = ((half * rows).sum() / half.sum() for half in (dark[:, :middle], dark[:, middle:]))
        return -float(right), -float(left)

    even, uneven = heights(Brows()), heights(Brows(lopsided=0.5))
    assert uneven[1] - uneven[0] > even[1] - even[0] + 0.3 * skin_map.scale
    assert heights(Brows(arch=0.5)) != even


def test_sucked_lips_show_less_red(model: FaceModel) -> None:
    skin_map = make_skin_map(model, 6.0)
    hidden = hidden_lips(Expression({"AU28": 1.0}, {"AU28": 1.0}))
    heights = [np.ptp(lip_outline(skin_map, share)[:, 1]) for share in (0.0, hidden)]
    assert hidden == pytest.approx(0.9)
    assert heights[1] < 0.5 * heights[0]
    assert hidden_lips(Expression()) == 0


def test_paint_is_a_colour_and_lips_are_painted_on_the_lips_only(model: FaceModel) -> None:
    skin_map = make_skin_map(model, 6.0)
    plain = paint_skin(skin_map, BALD)
    painted = plain.copy()
    paint_lips(skin_map, painted, BALD, 0.0)
    assert 0 < plain.min() <= plain.max() <= 1
    rows, columns = np.nonzero(np.abs(painted - plain).max(axis=2) > 0.01)
    corners = skin_map.pixels(np.array([(-3.2, -1.8), (3.2, -5.0)]))
    assert corners[0, 1] < rows.min() <= rows.max() < corners[1, 1]
    assert corners[0, 0] < columns.min() <= columns.max() < corners[1, 0]
