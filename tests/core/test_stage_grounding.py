"""Means of grounding over stages and videos: what was not measured counts neither for nor against."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.core.grounding import LEAST_GROUNDING
from tpviewer.core.stage_grounding import Grounded, stage_grounding, video_grounding
from tpviewer.core.stages import Stage, stages_from_states

NAN = float("nan")
AUS = ("AU01", "AU12", "AU45")


def test_a_stage_has_the_mean_of_its_measured_frames() -> None:
    values = np.array([[NAN, 0.9, NAN], [0.5, 0.8, NAN], [0.2, NAN, NAN], [NAN, NAN, NAN]], np.float16)
    first, second = stage_grounding(
        values, AUS, [Stage(0, 1, (("AU12", 0),)), Stage(1, 4, (("AU01", 1), ("AU12", 0)))]
    )
    assert first == {"AU12": Grounded(pytest.approx(0.9, abs=1e-3), 1.0)}
    assert second["AU01"].value == pytest.approx(0.35, abs=1e-3)
    assert second["AU01"].measured == pytest.approx(2 / 3)
    assert second["AU12"].measured == pytest.approx(1 / 3)


def test_stages_without_action_units_or_measurements_say_nothing() -> None:
    values = np.full((6, 3), NAN, np.float16)
    values[:2] = 0.9  # a map is stored below the threshold too
    stages = [Stage(0, 2, ()), Stage(2, 4, (("AU01", 0),)), Stage(4, 6, (), unseen=True)]
    assert stage_grounding(values, AUS, stages) == ({}, {}, {})
    assert stage_grounding(values, AUS, []) == ()


def test_closed_eyes_have_the_grounding_of_the_blink() -> None:
    values = np.array([[NAN, NAN, 0.4], [NAN, NAN, 0.6]])
    (found,) = stage_grounding(values, AUS, [Stage(0, 2, (("AU43", 0),))])
    assert found == {"AU43": Grounded(pytest.approx(0.5), 1.0)}
    active = np.array([[True], [False]])
    assert video_grounding(values, AUS, active, ("AU43",)) == {"AU43": Grounded(pytest.approx(0.4), 1.0)}
    assert video_grounding(values, AUS[:2], active, ("AU43",)) == {}


@given(st.integers(0, 2**32 - 1))
def test_stages_are_those_of_a_slow_loop(seed: int) -> None:
    rng = np.random.default_rng(seed)
    frames = int(rng.integers(1, 40))
    states = rng.integers(-1, 2, (frames, 3)).repeat(3, axis=0)[:frames]
    values = rng.uniform(-0.3, 1.0, (frames, 3)).astype(np.float16)
    values[rng.random((frames, 3)) < 0.4] = NAN
    stages = stages_from_states(states, AUS)
    for stage, found in zip(stages, stage_grounding(values, AUS, stages), strict=True):
        slow = {}
        for au, _ in stage.key:
            column = [float(v) for v in values[stage.start : stage.stop, AUS.index(au)] if not np.isnan(v)]
            if column:
                slow[au] = (sum(column) / len(column), len(column) / stage.frames)
        assert found.keys() == slow.keys()
        for au, (value, measured) in slow.items():
            assert found[au].value == pytest.approx(value)
            assert found[au].measured == pytest.approx(measured)


def test_a_video_counts_the_frames_in_which_the_action_unit_is_active() -> None:
    values = np.array([[0.9, NAN], [0.1, NAN], [NAN, NAN], [0.3, NAN]])
    active = np.array([[False, True], [True, True], [True, True], [True, True]])
    found = video_grounding(values, ("AU01", "AU12"), active, ("AU01", "AU12"))
    assert found == {"AU01": Grounded(pytest.approx(0.2), pytest.approx(2 / 3))}


@pytest.mark.parametrize(("value", "elsewhere"), [(LEAST_GROUNDING, False), (0.29, True), (-0.1, True)])
def test_the_network_looks_elsewhere_below_the_bound(value: float, elsewhere: bool) -> None:
    assert Grounded(value, 1.0).elsewhere is elsewhere
