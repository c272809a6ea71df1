"""Columns of the screen, paired with slow loops over frames of uneven length."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from tpviewer.ui.timeline.columns import column_frames, runs_of

SEEDS = range(8)
Floats = NDArray[np.float64]


def uneven(seed: int, frames: int = 60) -> tuple[np.random.Generator, Floats]:
    rng = np.random.default_rng(seed)
    return rng, np.concatenate([[0.0], np.cumsum(rng.uniform(0.005, 0.1, frames))])


def visible_columns(rng: np.random.Generator, bounds: Floats) -> Floats:
    start, stop = np.sort(rng.uniform(-0.2, bounds[-1] + 0.2, 2))
    return np.linspace(start, stop + 0.01, int(rng.integers(1, 200)) + 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_spans_the_values_of_the_frames_shown_in_it(seed: int) -> None:
    rng, bounds = uneven(seed)
    values = rng.random(60).astype(np.float32)
    values[rng.random(60) < 0.2] = np.nan
    columns = visible_columns(rng, bounds)
    low, high = column_frames(bounds, columns).extent(values)
    for place, (left, right) in enumerate(pairwise(columns)):
        shown = [v for v, a, b in zip(values, bounds, bounds[1:], strict=False) if a <= right and b > left]
        known = [v for v in shown if np.isfinite(v)]
        assert np.isfinite(low[place]) == bool(known)
        if known:
            assert (low[place], high[place]) == (min(known), max(known))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_share_is_the_time_for_which_a_value_holds(seed: int) -> None:
    rng, bounds = uneven(seed)
    states = rng.integers(-2, 3, 60).repeat(3)[:60]
    columns = visible_columns(rng, bounds)
    runs = runs_of(states, bounds)
    for value, shares in zip(range(-2, 3), runs.shares(range(-2, 3), columns), strict=True):
        for place, (left, right) in enumerate(pairwise(columns)):
            held = sum(
                max(min(b, right) - max(a, left), 0)
                for s, a, b in zip(states, bounds, bounds[1:], strict=False)
                if s == value
            )
            assert shares[place] == pytest.approx(held / (right - left), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_letter_of_a_column_is_the_one_that_holds_longest(seed: int) -> None:
    rng, bounds = uneven(seed)
    runs = runs_of(rng.integers(-2, 3, 60), bounds)
    columns = visible_columns(rng, bounds)
    letters, total = runs.active(columns)
    shares = runs.shares(range(3), columns)
    assert np.allclose(total, shares.sum(axis=0))
    some = total > 1e-6
    assert np.all(letters[~some & (total == 0)] == -1)
    longest = shares[letters[some], np.flatnonzero(some)]
    assert np.allclose(longest, shares.max(axis=0)[some])


@pytest.mark.parametrize("seed", SEEDS)
def test_runs_give_back_the_states_of_all_frames(seed: int) -> None:
    rng, bounds = uneven(seed)
    states = rng.integers(0, 2, 60)
    runs = runs_of(states, bounds)
    assert [runs.at(moment) for moment in bounds[:-1]] == states.tolist()
    assert (runs.at(-0.1), runs.at(bounds[-1])) == (None, None)
    assert np.all(runs.values[1:] != runs.values[:-1])


def test_no_frame_gives_no_run() -> None:
    runs = runs_of(np.zeros(0, np.int64), np.zeros(1))
    assert runs.shares([0], np.array([0.0, 1.0])).tolist() == [[0.0]]
    assert runs.active(np.array([0.0, 1.0]))[0].tolist() == [-1]
