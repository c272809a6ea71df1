"""The stages that are looked at first are the ones that are least certain."""

import numpy as np
import pytest

from tpviewer.core.doubt import FAR, NEAR, SHORT_S, Doubt, Looks, Reason, doubts
from tpviewer.core.grounding import LEAST_GROUNDING
from tpviewer.core.stage_grounding import Grounded
from tpviewer.core.stages import Stage

AUS = ("AU04", "AU12")
BOUNDS = np.arange(41) / 10
STAGES = (
    Stage(0, 10, ()),
    Stage(10, 20, (("AU04", 0),)),
    Stage(20, 30, (), unseen=True),
    Stage(30, 40, (("AU12", 0),)),
)
SURE = np.zeros((40, 2))
SURE[10:20, 0] = 1
SURE[30:40, 1] = 1


def found(probabilities=SURE, stages=STAGES, thresholds=(0.5, 0.5), **more) -> dict[int, Doubt]:
    told = doubts(stages, BOUNDS, np.array(probabilities), np.array(thresholds), AUS, **more)
    assert [one.score for one in told] == sorted((one.score for one in told), reverse=True)
    return {one.number: one for one in told}


def test_what_is_certain_stays_in_order_and_what_was_not_seen_is_left_out():
    told = doubts(STAGES, BOUNDS, SURE, np.array([0.5, 0.5]), AUS)
    assert [(one.number, one.score, one.reasons) for one in told] == [(n, 0.0, ()) for n in (0, 1, 3)]


@pytest.mark.parametrize(
    ("threshold", "p", "doubt"),
    [(0.5, 0.5, 1), (0.5, 0.5 + 0.5 * NEAR / 2, 0.5), (0.2, 0.2 - 0.2 * NEAR / 4, 0.75), (0.2, 0.45, 0)],
)
def test_near_the_threshold_on_either_side_is_doubtful(threshold, p, doubt):
    probabilities = SURE.copy()
    probabilities[0:10, 1] = p
    told = found(probabilities, thresholds=(0.5, threshold))[0]
    assert told.score == pytest.approx(doubt)
    assert [(one.kind, one.au) for one in told.reasons] == ([("near threshold", "AU12")] if doubt else [])


def test_frames_without_a_probability_do_not_count():
    probabilities = SURE.copy()
    probabilities[0:10] = np.nan
    probabilities[5, 0] = 0.5
    assert found(probabilities)[0].reasons == (Reason("near threshold", "AU04", 1.0),)
    probabilities[5, 0] = np.nan
    assert found(probabilities)[0].score == 0


def test_the_weakest_grounding_counts():
    both = (Stage(0, 40, (("AU04", 0), ("AU12", 1))),)
    grounding = [{"AU04": Grounded(LEAST_GROUNDING / 2, 1), "AU12": Grounded(0.9, 1)}]
    (reason,) = found(np.ones((40, 2)), both, grounding=grounding)[0].reasons
    assert (reason.kind, reason.au, reason.doubt) == ("weak grounding", "AU04", pytest.approx(0.5))


def test_short_stages_are_doubtful():
    stages = (Stage(0, 3, ()), Stage(3, 40, ()))
    told = found(np.zeros((40, 2)), stages)
    assert told[0].score == pytest.approx(1 - 0.3 / SHORT_S)
    assert told[1].score == 0


def test_far_from_its_look_is_doubtful():
    """One dimension, a cluster of 20 maps: its mean is 0, its spread 1."""
    rows = np.concatenate([np.full(10, -1.0), np.full(10, 1.0)])[:, None]
    looks = {"AU04": Looks(np.arange(20), np.zeros(20, int), rows)}
    stages = (Stage(0, 20, (("AU04", 0),)), Stage(20, 40, ()))
    assert found(np.tile([1.0, 0.0], (40, 1)), stages, looks=looks)[0].score == 0
    rows = np.zeros((20, 1))
    rows[18:] = [[3.0], [3.0]]
    stages = (Stage(0, 18, (("AU04", 0),)), Stage(18, 40, (("AU04", 0),)))
    mean, spread = rows.mean(), rows.std()
    looks = {"AU04": Looks(np.arange(20), np.zeros(20, int), rows)}
    told = found(np.tile([1.0, 0.0], (40, 1)), stages, looks=looks)
    expected = min(((3 - mean) / spread - 1) / (FAR - 1), 1)
    assert told[1].reasons == (Reason("far from look", "AU04", pytest.approx(expected)),)
    assert told[0].score == 0


def test_a_stage_without_maps_of_its_own_is_near_its_look():
    looks = {
        "AU04": Looks(np.array([1, 2]), np.zeros(2, int), np.array([[0.0], [1.0]])),
        "AU12": Looks(np.array([31]), np.zeros(1, int), np.zeros((1, 0))),
    }
    assert {one.score for one in found(looks=looks).values()} == {0}


def test_reasons_add_up_and_the_strongest_comes_first():
    stages = (Stage(0, 2, (("AU04", 0),)), Stage(2, 40, ()))
    probabilities = np.zeros((40, 2))
    probabilities[:2, 0] = 0.5 + 0.5 * NEAR * 0.8
    told = found(probabilities, stages)[0]
    assert [reason.kind for reason in told.reasons] == ["short", "near threshold"]
    assert told.score == pytest.approx(1 - 0.5 * 0.8)
