import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from sklearn.metrics import precision_recall_fscore_support

from tests.oracle.agreement import slow_icc
from tpviewer.core.agreement import (
    boundaries,
    boundary_errors,
    event_agreement,
    frame_agreement,
    intraclass_correlation,
)
from tpviewer.core.runs import runs
from tpviewer.core.stages import stages_from_states

FLAGS = arrays(bool, 30)


def flags(*events, count=30):
    found = np.zeros(count, bool)
    for start, stop in events:
        found[start:stop] = True
    return found


@given(FLAGS, FLAGS)
def test_frame_agreement_is_that_of_scikit_learn(predicted, truth):
    slow = precision_recall_fscore_support(truth, predicted, average="binary", zero_division=np.nan)
    fast = frame_agreement(predicted[:, None], truth[:, None])
    assert [fast.precision[0], fast.recall[0], fast.f1[0]] == pytest.approx(slow[:3], nan_ok=True)


def test_only_counted_frames_count():
    counted = np.arange(30) < 10
    found = frame_agreement(flags((5, 20))[:, None], flags((5, 10))[:, None], counted)
    assert (found.true_positive[0], found.false_positive[0], found.f1[0]) == (5, 0, 1)


def test_late_events_have_positive_errors():
    found = event_agreement(flags((6, 12)), flags((5, 10)))
    assert (found.onset_errors.tolist(), found.offset_errors.tolist()) == ([1], [2])


def test_missed_and_spurious_events_are_counted_and_not_matched():
    found = event_agreement(flags((0, 3), (20, 25)), flags((10, 15), (20, 24)))
    assert (found.onset_errors.tolist(), found.missed, found.spurious) == ([0], 1, 1)


def test_of_two_pieces_the_longer_is_matched():
    found = event_agreement(flags((5, 7), (8, 20)), flags((5, 20)))
    assert (found.onset_errors.tolist(), found.offset_errors.tolist(), found.spurious) == ([3], [0], 1)


@given(FLAGS, FLAGS)
def test_every_event_is_matched_missed_or_spurious(predicted, truth):
    found = event_agreement(predicted, truth)
    assert len(found.onset_errors) + found.missed == len(runs(truth))
    assert len(found.onset_errors) + found.spurious == len(runs(predicted))


@given(FLAGS)
def test_truth_agrees_with_itself(truth):
    found = event_agreement(truth, truth)
    assert not found.onset_errors.any()
    assert found.missed == found.spurious == 0


def test_boundaries_are_compared_both_ways():
    states = np.repeat([-1, 0, -1, 0], [5, 5, 5, 5])[:, None]
    truth = boundaries(stages_from_states(states, ["AU12"]))
    from_truth, from_predicted = boundary_errors(np.array([6, 30]), truth)
    assert (from_truth.tolist(), from_predicted.tolist()) == ([1, 4, 9], [1, 15])


def test_without_boundaries_there_are_no_errors():
    assert [len(errors) for errors in boundary_errors(np.array([], int), np.array([4]))] == [0, 0]


SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_icc_is_that_of_the_paper():
    assert intraclass_correlation(np.array(SHROUT_FLEISS, float)) == pytest.approx(0.71, abs=0.005)


@pytest.mark.parametrize("seed", range(5))
def test_icc_is_that_of_the_sums_of_squares(seed):
    rng = np.random.default_rng(seed)
    ratings = rng.normal(0, 1, (9, 1)) + rng.normal(0, 0.7, (9, 3)) + rng.normal(0, 2, 3)
    assert intraclass_correlation(ratings) == pytest.approx(slow_icc(ratings))


def test_icc_leaves_raters_their_offset_but_not_their_scale():
    truth = np.array([0.0, 1, 2, 3, 4])
    assert intraclass_correlation(np.column_stack([truth, truth + 3])) == pytest.approx(1)
    assert intraclass_correlation(np.column_stack([truth, 3 * truth])) < 0.9


@pytest.mark.parametrize("shape", [(1, 2), (5, 1), (4, 2)])
def test_icc_of_nothing_to_compare_is_no_number(shape):
    assert np.isnan(intraclass_correlation(np.ones(shape)))
