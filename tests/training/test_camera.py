"""Signs of the head's pose are those that the viewer sees and that the rest of the program measures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.training.camera import PIVOT, Pose, project, rotation

ahead = PIVOT + np.array([0, 0, 10], np.float32)
above = PIVOT + np.array([0, 10, 0], np.float32)
to_the_left_of_the_person = PIVOT + np.array([10, 0, 0], np.float32)

angles = st.floats(-80, 80)


def seen(place: np.ndarray, **pose: float) -> np.ndarray:
    return project(place[None].astype(np.float32), Pose(**pose))[0]


def test_without_a_turn_the_head_looks_at_the_camera() -> None:
    x, y, near = seen(ahead)
    assert (x, y, near) == (0, 0, 10)


def test_the_left_of_the_person_is_on_the_right_of_the_picture() -> None:
    np.testing.assert_allclose(seen(to_the_left_of_the_person), (10, 0, 0))


def test_y_runs_down_the_picture() -> None:
    np.testing.assert_allclose(seen(above), (0, -10, 0))


def test_positive_yaw_looks_to_the_right_of_the_picture() -> None:
    assert seen(ahead, yaw=20)[0] > 3
    assert seen(ahead, yaw=-20)[0] < -3


def test_positive_pitch_looks_up() -> None:
    assert seen(ahead, pitch=20)[1] < -3
    assert seen(ahead, pitch=-20)[1] > 3


def test_positive_roll_is_clockwise_in_the_picture() -> None:
    assert seen(above, roll=20)[0] > 3
    assert seen(above, roll=-20)[0] < -3


@given(st.floats(-80, 80), st.floats(-80, 80))
def test_roll_turns_the_finished_picture(yaw: float, roll: float) -> None:
    flat = seen(ahead + above, yaw=yaw)
    angle = np.radians(roll)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    np.testing.assert_allclose(seen(ahead + above, yaw=yaw, roll=roll)[:2], turn @ flat[:2], atol=1e-4)


@given(angles, angles, angles)
def test_a_turn_keeps_lengths_and_does_not_mirror(yaw: float, pitch: float, roll: float) -> None:
    matrix = rotation(Pose(yaw, pitch, roll))
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-6)
    assert np.linalg.det(matrix) == pytest.approx(1, abs=1e-5)


def test_what_is_nearer_is_larger_and_more_so_from_nearby() -> None:
    near, far = PIVOT + np.array([5, 0, 10], np.float32), PIVOT + np.array([5, 0, -10], np.float32)
    assert seen(near)[0] > 5 > seen(far)[0]
    assert seen(near, distance=50)[0] > seen(near, distance=200)[0] > 5
    assert seen(near, distance=50)[0] == pytest.approx(5 * 50 / 40)


@given(angles, angles, angles, st.floats(55, 220))
def test_the_pivot_stays_where_it_is(yaw: float, pitch: float, roll: float, distance: float) -> None:
    np.testing.assert_array_equal(project(PIVOT[None], Pose(yaw, pitch, roll, distance)), [[0, 0, 0]])
