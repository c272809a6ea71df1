"""Labels follow exactly from what was rendered; what is neither seen nor absent has none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.tiny_face import EXPRESSIONS
from tpviewer.training.au_shapes import (
    ABSENT,
    AUS,
    CLOSED_ABSENT,
    CLOSED_PRESENT,
    GAP_ABSENT,
    GAP_PRESENT,
    MISSING,
    PRESENT,
    Expression,
    blendshape_weights,
    label,
    labels,
    lip_gap,
)
from tpviewer.training.face_model import FaceModel

BUT_25 = [au for au in AUS if au != "AU25"]
BUT_25_45 = [au for au in BUT_25 if au != "AU45"]

intensities = st.dictionaries(st.sampled_from(AUS), st.floats(0, 1))


def both(**values: float) -> Expression:
    return Expression(dict(values), dict(values))


@pytest.mark.parametrize("au", BUT_25_45)
@pytest.mark.parametrize(
    ("intensity", "expected"),
    [(0, 0), (ABSENT, 0), (0.11, MISSING), (0.249, MISSING), (PRESENT, 1), (1, 1)],
)
def test_an_intensity_of_a_quarter_is_present(au: str, intensity: float, expected: int) -> None:
    assert label(au, intensity) == expected
    assert labels(both(**{au: intensity}), 0.0)[AUS.index(au)] == expected


@pytest.mark.parametrize(
    ("closure", "expected"),
    [(0, 0), (CLOSED_ABSENT, 0), (0.31, MISSING), (0.54, MISSING), (CLOSED_PRESENT, 1), (1, 1)],
)
def test_a_blink_is_a_lid_more_than_half_down(closure: float, expected: int) -> None:
    assert labels(both(AU45=closure), 0.0)[AUS.index("AU45")] == expected


@pytest.mark.parametrize(
    ("opened", "expected"),
    [(-0.01, 0), (GAP_ABSENT - 1e-4, 0), (0.015, MISSING), (GAP_PRESENT + 1e-4, 1), (0.4, 1)],
)
@pytest.mark.parametrize("resting", [0.0, 0.02, -0.005])
def test_parted_lips_are_measured_against_the_calm_face(opened: float, expected: int, resting: float) -> None:
    assert labels(Expression(), resting + opened, resting)[AUS.index("AU25")] == expected


def test_the_intended_lips_do_not_decide_the_label_of_parted_lips() -> None:
    assert labels(both(AU25=1.0), 0.0)[AUS.index("AU25")] == 0
    assert labels(Expression(), 0.1)[AUS.index("AU25")] == 1


@pytest.mark.parametrize("au", BUT_25)
def test_the_stronger_side_decides(au: str) -> None:
    for expression in (Expression({au: 0.9}, {au: 0.05}), Expression({}, {au: 0.9})):
        marks = labels(expression, 0.0)
        assert marks[AUS.index(au)] == 1
        assert (marks == 1).sum() == 1


@pytest.mark.parametrize(("closure", "known"), [(0.0, True), (0.3, True), (0.4, False), (1.0, False)])
def test_behind_a_closing_lid_nobody_sees_whether_it_is_raised_or_tense(closure: float, known: bool) -> None:
    marks = labels(both(AU45=closure, AU05=0.9, AU04=0.9), 0.0)
    assert marks[AUS.index("AU05")] == (1 if known else MISSING)
    assert marks[AUS.index("AU07")] == (0 if known else MISSING)
    assert marks[AUS.index("AU04")] == 1


@given(intensities, intensities, st.floats(-0.1, 0.5))
def test_every_label_is_known_absent_or_missing(right: dict, left: dict, gap: float) -> None:
    marks = labels(Expression(right, left), gap)
    assert (marks.shape, marks.dtype) == ((len(AUS),), np.int8)
    assert set(marks) <= {0, 1, MISSING}


def test_a_calm_face_shows_nothing() -> None:
    assert not labels(Expression(), 0.0).any()
    assert not any(blendshape_weights(Expression()).values())


@given(intensities, intensities, st.floats(0, 1))
def test_weights_name_shapes_that_the_face_has(right: dict, left: dict, sealed: float) -> None:
    assert set(blendshape_weights(Expression(right, left, sealed))) <= set(EXPRESSIONS)


@pytest.mark.parametrize("au", AUS)
def test_every_action_unit_moves_the_face(au: str, model: FaceModel) -> None:
    face = model.express(model.vertices, blendshape_weights(both(**{au: 1.0})))
    assert np.abs(face - model.vertices).max() > 0.1


@pytest.mark.parametrize("au", AUS)
def test_both_sides_alike_give_a_symmetric_face(au: str) -> None:
    weights = blendshape_weights(both(**{au: 0.6}))
    for name, weight in weights.items():
        if name.endswith("_L"):
            assert weights[f"{name[:-2]}_R"] == weight


@given(st.sampled_from(BUT_25_45), st.floats(0.01, 0.5))
def test_twice_the_intensity_is_twice_the_weight(au: str, intensity: float) -> None:
    once, twice = (blendshape_weights(both(**{au: i})) for i in (intensity, 2 * intensity))
    assert twice == pytest.approx({name: 2 * weight for name, weight in once.items()})


def test_each_side_has_its_own_weight() -> None:
    weights = blendshape_weights(Expression(right={"AU02": 0.5}, left={"AU12": 1.0}))
    assert weights["browOuterUp_R"] == pytest.approx(0.55)
    assert weights["mouthSmile_L"] == pytest.approx(1.0)
    assert "browOuterUp_L" not in weights
    assert "mouthSmile_R" not in weights


def test_one_side_alone_moves_the_middle_half() -> None:
    whole = blendshape_weights(both(AU26=1.0))["jawOpen"]
    half = blendshape_weights(Expression(right={"AU26": 1.0}))["jawOpen"]
    assert (whole, half) == (pytest.approx(0.8), pytest.approx(0.4))


def test_shapes_of_several_action_units_add_up_and_lids_close_only_once() -> None:
    assert blendshape_weights(both(AU06=1.0, AU07=0.5))["eyeSquint_L"] == pytest.approx(0.4 + 1.0)
    extra = Expression({"AU45": 0.9}, {"AU45": 0.9}, extra={"eyeBlink_L": 0.5})
    assert blendshape_weights(extra)["eyeBlink_L"] == 1.0


def test_sealed_lips_stay_closed_over_the_jaw() -> None:
    weights = blendshape_weights(Expression({"AU26": 1.0}, {"AU26": 1.0}, sealed=0.5))
    assert weights["mouthClose"] == pytest.approx(weights["jawOpen"] / 2)


def test_glances_pass_through() -> None:
    assert blendshape_weights(Expression(extra={"eyeLookUp_L": 0.4}))["eyeLookUp_L"] == 0.4


def test_the_lip_gap_is_the_widest_opening_in_eye_distances(model: FaceModel) -> None:
    vertices = model.vertices.copy()
    calm = lip_gap(vertices, model.landmarks)
    vertices[model.landmarks[66], 1] -= 1.8
    width = np.linalg.norm(vertices[model.landmarks[36]] - vertices[model.landmarks[45]])
    upper, lower = (vertices[model.landmarks[i], 1] for i in (62, 66))
    assert lip_gap(vertices, model.landmarks) == pytest.approx((upper - lower) / width)
    assert lip_gap(vertices, model.landmarks) > calm
    assert lip_gap(3 * vertices, model.landmarks) == pytest.approx(lip_gap(vertices, model.landmarks))
