"""Head pose: signs as the viewer sees them, angles as they were turned."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from tpviewer.core.head_pose import head_pose


def head() -> np.ndarray:
    """Mesh in which only the points that pose looks at are set; it looks straight into the camera."""
    mesh = np.zeros((468, 3))
    for right, left, x, y, z in ((33, 263, 45, -30, 10), (133, 362, 18, -28, 5), (127, 356, 70, -25, 60)):
        mesh[right], mesh[left] = (-x, y, z), (x, y, z)
    mesh[234], mesh[454] = (-72, 0, 65), (72, 0, 65)
    mesh[54], mesh[284] = (-55, -70, 25), (55, -70, 25)
    slope = np.tan(np.radians(8))
    for point, y in ((10, -85), (151, -70), (2, 25), (164, 32)):
        mesh[point] = (0, y, -y * slope)
    return mesh


def turn(yaw, pitch, roll):
    """Yaw to the right of the picture, pitch up, roll clockwise; x right, y down, z away."""
    return Rotation.from_euler("YXZ", [-yaw, -pitch, roll], degrees=True).as_matrix()


def test_a_face_that_looks_into_the_camera_has_no_pose():
    assert head_pose(head()) == pytest.approx((0, 0, 0), abs=1e-6)


@given(st.floats(-80, 80), st.floats(-80, 80), st.floats(-170, 170))
def test_a_turn_is_measured(yaw, pitch, roll):
    assert head_pose(head() @ turn(yaw, pitch, roll).T) == pytest.approx((yaw, pitch, roll), abs=1e-6)


@pytest.mark.parametrize("yaw", [-40, 15, 40])
def test_yaw_is_towards_the_right_of_the_picture(yaw):
    assert head_pose(head() @ turn(yaw, 0, 0).T)[0] == pytest.approx(yaw, abs=1e-6)


@pytest.mark.parametrize("pitch", [-30, 20])
def test_pitch_is_upward(pitch):
    assert head_pose(head() @ turn(0, pitch, 0).T)[1] == pytest.approx(pitch, abs=1e-6)


@given(st.floats(-90, 90), st.floats(0.1, 10), st.floats(-500, 500))
def test_roll_is_clockwise_and_place_and_size_do_not_matter(roll, scale, shift):
    yaw, pitch, measured = head_pose(scale * head() @ turn(0, 0, roll).T + shift)
    assert measured == pytest.approx(roll, abs=1e-6)
    assert abs(yaw) < 1e-6
    assert abs(pitch) < 1e-6


def test_a_mesh_without_extent_is_no_error():
    assert np.isfinite(head_pose(np.zeros((468, 3)))).all()
