import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from tests.oracle import spectral as oracle
from tpviewer.core import distance_bounds, exact_grid, neighbours
from tpviewer.core.distance_bounds import bounds_of
from tpviewer.core.exact_grid import Grid
from tpviewer.core.neighbours import nearest


def smooth(count, seed=0, size=40, noise=0.01):
    """Vectors that differ along few directions, as relevance maps of one Action Unit do."""
    random = np.random.default_rng(seed)
    looks, drifts = random.normal(size=(3, size)), random.normal(size=(4, size))
    steps = np.cumsum(0.1 * random.normal(size=(count, 4)), axis=0)
    vectors = looks[random.integers(0, 3, count)] + steps @ drifts
    return (vectors + noise * random.normal(size=vectors.shape)).astype(np.float32)


def paused(count):
    """Vectors each of which comes back many times, and some that are zeros."""
    vectors = smooth(count)[np.random.default_rng(1).integers(0, count // 12, count)]
    vectors[::9] = 0
    return vectors


SETS = {
    "smooth": smooth(300),
    "noisy": smooth(300, noise=2.0),
    "paused": paused(300),
    "alike": np.tile(smooth(1), (300, 1)) + np.float32(1e-7) * smooth(300),
    "equal": np.ones((300, 40), np.float32),
    "zeros": np.zeros((300, 40), np.float32),
    "large": 1e6 * smooth(300),
    "small": 1e-6 * smooth(300),
}


@pytest.fixture
def bounded(monkeypatch):
    """Bounds for small sets too, with blocks and axes that fit them."""
    for module, name, value in (
        (neighbours, "BOUNDED_FROM", 0),
        (neighbours, "_ROWS", 70),
        (neighbours, "_COLUMNS", 64),
        (distance_bounds, "_AXES", (4, 8)),
        (exact_grid, "CHUNK", 50),
        (exact_grid, "_PAIRS", 30),
    ):
        monkeypatch.setattr(module, name, value)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("k", [1, 7, 60, 299])
@pytest.mark.parametrize("vectors", SETS.values(), ids=SETS)
def test_bounds_change_no_neighbour(vectors, k, monkeypatch):
    found = nearest(vectors, k)
    monkeypatch.setattr(neighbours, "BOUNDED_FROM", 10**6)
    assert np.array_equal(found, nearest(vectors, k))


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("noise", [0.01, 2.0])
def test_neighbours_are_those_of_exact_arithmetic(noise):
    vectors = smooth(60, noise=noise)
    found = np.zeros((60, 60))
    np.put_along_axis(found, nearest(vectors, 5).astype(np.intp), 1, axis=1)
    assert np.array_equal(np.maximum(found, found.T), oracle.knn_affinity(vectors, 5))


@pytest.mark.usefixtures("bounded")
def test_a_radius_guessed_too_small_costs_time_and_no_neighbour(monkeypatch):
    vectors = smooth(300)
    wanted = nearest(vectors, 20)
    guess = neighbours._Search._guess

    def too_small(search, rows):
        radius, expected = guess(search, rows)
        return np.where(rows % 3 == 0, np.float32(-10), radius), expected

    monkeypatch.setattr(neighbours._Search, "_guess", too_small)
    assert np.array_equal(nearest(vectors, 20), wanted)


@pytest.mark.usefixtures("bounded")
def test_neighbours_do_not_depend_on_blocks_or_threads(monkeypatch):
    vectors = smooth(300)
    whole = nearest(vectors, 9)
    monkeypatch.setattr(neighbours, "_ROWS", 11)
    monkeypatch.setattr(neighbours, "_THREADS", 1)
    with threadpool_limits(limits=1):
        assert np.array_equal(nearest(vectors, 9), whole)


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.floats(0, 3), st.sampled_from([1e-3, 1.0, 1e3]))
def test_bounds_hold(seed, noise, scale):
    vectors = smooth(50, seed, noise=noise) * np.float32(scale)
    grid = Grid.of(vectors)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distance_bounds, "_AXES", (4, 8))
        bounds = bounds_of(vectors, 5, grid.longest)
    row, column = np.nonzero(~np.eye(50, dtype=bool))
    lower = bounds.lower(bounds)[row, column]
    upper = bounds.upper(lower, row, column)
    points = grid.points(slice(None)) / exact_grid.GRID
    own = np.square(points - points.mean(axis=0)).sum(axis=1)
    bounded = np.square(points[row] - points[column]).sum(axis=1) - own[row]
    assert (lower <= bounded).all()
    assert (bounded <= upper).all()


def test_few_axes_bound_smooth_vectors_well_and_noise_takes_all(monkeypatch):
    monkeypatch.setattr(distance_bounds, "_AXES", (8, 16))
    assert bounds_of(smooth(200), 9, 1.0).coordinates.shape == (200, 9)
    assert bounds_of(smooth(200, noise=3.0), 9, 1.0).coordinates.shape == (200, 41)


def test_squared_distances_on_the_grid_are_whole_numbers_and_exact():
    vectors = smooth(20)
    grid = Grid.of(vectors)
    points = grid.points(slice(None))
    assert np.linalg.norm(points, axis=1).max() == pytest.approx(exact_grid.GRID, rel=1e-6)
    whole = points.astype(int).astype(object)
    exact = [[sum((a - b) ** 2 for a, b in zip(x, y, strict=True)) for y in whole] for x in whole[:2]]
    rows, index, columns = np.array([0, 1]), np.repeat([0, 1], 20), np.tile(np.arange(20), 2)
    assert grid.squares_of_pairs(rows, index, columns).tolist() == [*exact[0], *exact[1]]
    own = [sum(a**2 for a in x) for x in whole[:2]]
    assert (grid.squares_from(rows) + np.array(own, float)[:, None]).tolist() == exact
