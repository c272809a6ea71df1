"""The drawing of nobody's face lies in the crop as the faces of videos do."""

import numpy as np
import pytest

from tpviewer.core.alignment import CANONICAL
from tpviewer.core.errors import ParameterError
from tpviewer.core.face_outline import LINES, outline_in_crop
from tpviewer.resources import resource

MESH = np.loadtxt(resource("outline", "mean_face.csv"), delimiter=",", skiprows=1)


def nearest(curves: tuple[np.ndarray, ...], place: tuple[float, float]) -> float:
    return min(float(np.hypot(*(curve - place).T).min()) for curve in curves)


def test_corners_of_eyes_and_base_of_the_nose_lie_where_the_model_expects_them() -> None:
    curves = outline_in_crop(MESH, CANONICAL.points, CANONICAL.targets)
    assert len(curves) == len(LINES)
    for target in CANONICAL.targets:
        assert nearest(curves, target) < 2.0


def test_the_face_is_symmetric_and_fills_the_crop() -> None:
    curves = outline_in_crop(MESH, CANONICAL.points, CANONICAL.targets)
    points = np.concatenate(curves)
    for x, y in points[::5]:
        assert nearest(curves, (96 - x, y)) < 0.6
    assert points.min() > 0
    assert points.max() < 98


def test_it_follows_another_crop() -> None:
    double = [(2 * x, 2 * y) for x, y in CANONICAL.targets]
    small = outline_in_crop(MESH, CANONICAL.points, CANONICAL.targets)
    large = outline_in_crop(MESH, CANONICAL.points, double)
    for one, other in zip(small, large, strict=True):
        np.testing.assert_allclose(other, 2 * one, atol=1e-9)


def test_lines_go_through_their_mesh_points() -> None:
    curves = outline_in_crop(MESH, (33, 263), (tuple(MESH[33]), tuple(MESH[263])))
    for line, curve in zip(LINES, curves, strict=True):
        for point in line:
            assert np.hypot(*(curve - MESH[point]).T).min() < 1e-9


def test_a_crop_without_anchors_on_the_mesh_is_refused() -> None:
    with pytest.raises(ParameterError, match="no outline"):
        outline_in_crop(MESH, (470, 471, 33), ((0, 0), (1, 1), (2, 2)))
