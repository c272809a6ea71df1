import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import polygons as oracle
from tpviewer.core.errors import ParameterError
from tpviewer.core.regions import MESH_POINTS, REGIONS, fill_polygons, region_mask, region_masks
from tpviewer.training.au_shapes import AUS

COORDINATES = st.integers(-20, 90).map(lambda value: value / 7)
POLYGONS = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=7)


def mesh(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 30, (MESH_POINTS, 2))


@settings(max_examples=30)
@given(POLYGONS)
def test_a_polygon_is_filled_by_the_even_odd_rule(corners):
    found = fill_polygons(np.array([corners]), (9, 11))[0]
    inside, near = oracle.filled(corners, (9, 11))
    assert np.array_equal(found | near, inside | near)


def test_polygons_side_by_side_share_no_pixel_and_leave_none_out():
    left, right = [(0, 0), (4, 0), (4, 6), (0, 6)], [(4, 0), (9, 0), (9, 6), (4, 6)]
    masks = fill_polygons(np.array([left, right], float), (8, 12))
    assert not (masks[0] & masks[1]).any()
    assert masks.sum() == 9 * 6


def test_a_polygon_outside_the_picture_fills_nothing_and_one_around_it_everything():
    square = np.array([[-1.0, -1], [50, -1], [50, 50], [-1, 50]])
    masks = fill_polygons(np.stack([square, square + 100]), (5, 6))
    assert masks[0].all()
    assert not masks[1].any()


def test_masks_of_many_meshes_are_those_of_each():
    meshes = np.stack([mesh(seed) for seed in range(3)])
    together = region_masks("AU12", meshes, (32, 28))
    for one, mask in zip(meshes, together, strict=True):
        assert np.array_equal(region_mask("AU12", one, (32, 28)), mask)
    assert together.any(axis=(1, 2)).all()


def test_both_sides_are_in_a_region():
    points = np.full((MESH_POINTS, 2), -5.0)
    points[list(REGIONS["AU45"])] = circle(16, 10.0)
    right_only = region_mask("AU45", points, (40, 40))
    points[[342, 445, 444, 443, 442, 441, 413, 464]] = circle(8, 30.0)
    assert right_only[10, 10]
    assert not right_only[:, 20:].any()
    assert region_mask("AU45", points, (40, 40))[10, 20:].any()


def circle(n: int, x: float) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return np.c_[x + 6 * np.cos(angle), 10 + 6 * np.sin(angle)]


def test_every_action_unit_that_can_be_learnt_has_a_region():
    assert set(AUS) <= set(REGIONS)
    assert REGIONS["AU43"] == REGIONS["AU45"]


def test_an_action_unit_without_a_region_is_refused_by_name():
    with pytest.raises(ParameterError, match="AU99"):
        region_mask("AU99", mesh(0), (8, 8))


@pytest.mark.parametrize("wrong", [np.zeros((3, 2)), np.full((MESH_POINTS, 2), np.nan)])
def test_a_mesh_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match="468"):
        region_mask("AU01", wrong, (8, 8))


PLACES = (
    *(("AU01", 48, 20), ("AU02", 20, 22), ("AU04", 48, 28), ("AU06", 20, 46), ("AU07", 31, 38)),
    *(("AU09", 48, 50), ("AU10", 48, 65), ("AU12", 30, 68), ("AU15", 33, 78), ("AU17", 48, 88)),
    *(("AU25", 48, 73), ("AU45", 31, 36)),
)


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_on_a_photograph_regions_lie_on_both_sides_where_the_action_units_show(shared_data):
    from tpviewer.core.alignment import CANONICAL, anchors_from_mesh, apply, similarity
    from tpviewer.media.source import open_source
    from tpviewer.models.face_mesh import FaceMeshDetector

    with open_source(sorted((shared_data / "faces/london/neutral").glob("*.jpg"))[0]) as source:
        picture = source.read(0)
    with FaceMeshDetector() as detector:
        found = detector.detect(picture)[0].mesh[:MESH_POINTS, :2]
    points = apply(similarity(anchors_from_mesh(found), CANONICAL.targets), found)
    masks = {au: region_mask(au, points, (96, 96)) for au in AUS}
    for au, x, y in PLACES:
        assert masks[au][y, x], au
        assert masks[au][y, 96 - x], au
    for au, mask in masks.items():
        assert 0.02 < mask.mean() < 0.15, au
        mirror = mask[:, ::-1]
        assert (mask & mirror).sum() > 0.6 * mask.sum(), au
