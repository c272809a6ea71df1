"""Random expressions: every Action Unit occurs, alone and in company, and never with what undoes it."""

import os
import subprocess
import sys

import numpy as np
import pytest

from tests.training.tiny_face import EXPRESSIONS
from tpviewer.training.appearance import random_light, random_looks
from tpviewer.training.au_shapes import ABSENT, AUS, Expression, blendshape_weights, label
from tpviewer.training.sampling import _CLASHES, PoseSpread, random_expression, random_pose


@pytest.fixture(scope="module")
def drawn() -> list[Expression]:
    rng = np.random.default_rng(5)
    return [random_expression(rng) for _ in range(4000)]


def active(expression: Expression) -> set[str]:
    return {au for au in AUS if expression.intensity(au) > ABSENT}


def test_every_action_unit_is_present_in_at_least_one_of_thirty(drawn: list[Expression]) -> None:
    for au in AUS:
        assert np.mean([label(au, e.intensity(au)) == 1 for e in drawn]) > 1 / 30, au


def test_every_action_unit_is_absent_in_at_least_half(drawn: list[Expression]) -> None:
    for au in AUS:
        assert np.mean([label(au, e.intensity(au)) == 0 for e in drawn]) > 0.5, au


def test_calm_faces_and_single_action_units_occur(drawn: list[Expression]) -> None:
    counts = np.bincount([len(active(e)) for e in drawn])
    assert counts[0] / len(drawn) > 0.1
    assert counts[1] / len(drawn) > 0.1
    assert counts[5:].sum() / len(drawn) > 0.1


@pytest.mark.parametrize("pair", _CLASHES, ids="-".join)
def test_action_units_that_undo_each_other_are_kept_apart(pair: tuple, drawn: list[Expression]) -> None:
    assert not any(active(e) >= set(pair) for e in drawn)


@pytest.mark.parametrize("pair", [("AU06", "AU12"), ("AU01", "AU02"), ("AU25", "AU26"), ("AU02", "AU04")])
def test_action_units_that_go_together_occur_together(pair: tuple, drawn: list[Expression]) -> None:
    assert sum(active(e) >= set(pair) for e in drawn) > 40


def test_no_action_unit_hides_behind_another(drawn: list[Expression]) -> None:
    matrix = np.array([[au in active(e) for au in AUS] for e in drawn], float)
    correlation = np.corrcoef(matrix.T) - np.eye(len(AUS))
    assert np.abs(correlation).max() < 0.6


def test_some_faces_are_lopsided_but_lids_close_together(drawn: list[Expression]) -> None:
    uneven = [e for e in drawn if any(abs(e.right.get(au, 0) - e.left.get(au, 0)) > 0.3 for au in AUS)]
    assert 0.05 < len(uneven) / len(drawn) < 0.5
    assert all(e.right.get("AU45") == e.left.get("AU45") for e in drawn)


def test_intensities_lie_between_0_and_1(drawn: list[Expression]) -> None:
    values = [value for e in drawn for side in (e.right, e.left) for value in side.values()]
    assert 0 <= min(values) <= max(values) <= 1


def test_lips_are_sealed_only_over_a_dropped_jaw(drawn: list[Expression]) -> None:
    sealed = [e for e in drawn if e.sealed]
    assert sealed
    assert all(e.intensity("AU26") > 0 and e.intensity("AU25") < 0.2 for e in sealed)


def test_only_shapes_of_the_face_are_drawn(drawn: list[Expression]) -> None:
    assert set().union(*(blendshape_weights(e) for e in drawn)) <= set(EXPRESSIONS)


def test_both_eyes_look_the_same_way(drawn: list[Expression]) -> None:
    for extra in (e.extra for e in drawn):
        assert ("eyeLookOut_L" in extra) == ("eyeLookIn_R" in extra)
        assert ("eyeLookIn_L" in extra) == ("eyeLookOut_R" in extra)
        assert extra.get("eyeLookUp_L") == extra.get("eyeLookUp_R")


def test_the_same_seed_gives_the_same_expressions() -> None:
    one, other = (random_expression(np.random.default_rng(3)) for _ in range(2))
    assert one == other
    assert one != random_expression(np.random.default_rng(4))


def test_the_same_seed_gives_the_same_expressions_in_another_process() -> None:
    code = (
        "import numpy as np; from tpviewer.training.sampling import random_expression as draw;"
        " rng = np.random.default_rng(1); import sys; sys.stdout.write(repr([draw(rng) for _ in range(50)]))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "12"
    }
    assert len(told) == 1


def test_poses_stay_in_range_and_near_the_front() -> None:
    rng = np.random.default_rng(0)
    poses = [random_pose(rng, PoseSpread()) for _ in range(2000)]
    yaw, pitch = (np.array([getattr(pose, name) for pose in poses]) for name in ("yaw", "pitch"))
    assert np.abs(yaw).max() <= 35
    assert np.abs(pitch).max() <= 22
    assert np.std(yaw) == pytest.approx(13, rel=0.1)
    assert np.std(pitch) == pytest.approx(8, rel=0.1)
    assert all(55 <= pose.distance <= 220 and pose.roll == 0 for pose in poses)


def test_looks_and_light_are_physical() -> None:
    rng = np.random.default_rng(0)
    for _ in range(300):
        looks, light = random_looks(rng), random_light(rng)
        for colour in (looks.skin, looks.lips, looks.iris, looks.hair.colour):
            assert 0 < min(colour) <= max(colour) < 1
        shares = (looks.shine, looks.mottling, looks.freckles, looks.wrinkles, looks.age, looks.beard)
        assert 0 <= min(shares) <= max(shares) <= 1
        assert light.direction[2] > 0
        assert 0 <= light.fill < light.key + light.ambient
