import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.oracle.rater_agreement import slow_events, slow_figures, slow_interval, slow_matches
from tpviewer.core.bootstrap import drawn_sums, interval
from tpviewer.core.errors import ParameterError
from tpviewer.core.rater_agreement import FIGURES, RaterTrack, rater_agreement
from tpviewer.core.rater_events import matched_events
from tpviewer.core.runs import runs

FRAMES = 40
AU = "AU04"
FLAGS = arrays(bool, FRAMES)
INTENSITIES = arrays(np.float32, FRAMES, elements=st.sampled_from([0.0, 1.0, 2.5, 5.0, np.nan]))
SIDE = st.tuples(FLAGS, INTENSITIES, FLAGS)


def track(name, presence, intensity=None, scorable=None, au=AU):
    presence = np.asarray(presence, bool)
    intensity = np.full(len(presence), np.nan) if intensity is None else intensity
    scorable = np.ones(len(presence), bool) if scorable is None else scorable
    columns = (presence[:, None], np.asarray(intensity, np.float32)[:, None], scorable[:, None])
    return RaterTrack(name, (au,), *columns)


def flags(*events, count=FRAMES):
    found = np.zeros(count, bool)
    for start, stop in events:
        found[start:stop] = True
    return found


def made_videos(seed, count):
    """Two raters who mostly agree, in runs, with intensities and gaps."""
    rng = np.random.default_rng(seed)
    videos = []
    for _ in range(count):
        frames = int(rng.integers(40, 90))
        truth = np.repeat(rng.random(frames // 5 + 1) < 0.4, 5)[:frames]
        sides = []
        for _ in range(2):
            said = truth ^ (rng.random(frames) < 0.1)
            rated = np.where(said, rng.integers(1, 6, frames), 0).astype(np.float32)
            sides.append((said, rated, rng.random(frames) < 0.9))
        videos.append(tuple(sides))
    return videos


def compared(videos, tolerance=2, **how):
    pairs = [(track("Ann", *first), track("Ben", *second)) for first, second in videos]
    return rater_agreement(pairs, tolerance, **how)


@settings(deadline=None)
@given(st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=3), st.integers(0, 6))
def test_every_figure_is_that_of_other_libraries(videos, tolerance):
    scored = [pair for pair in videos if (pair[0][2] & pair[1][2]).any()]
    found = compared(videos, tolerance, draws=10)
    if not scored:
        assert found.aus == ()
        return
    (row,) = found.aus
    slow = slow_figures(videos, tolerance)
    values = [row.figures[name].value for name in FIGURES]
    assert values == pytest.approx([slow[name] for name in FIGURES], nan_ok=True, abs=1e-9)
    assert row.videos == found.videos == len(scored)


@given(FLAGS, FLAGS, st.integers(0, 12))
def test_events_are_matched_in_as_many_pairs_as_can_be(first, second, tolerance):
    everywhere = np.ones(FRAMES, bool)
    slow = slow_matches(slow_events(first, everywhere), slow_events(second, everywhere), tolerance)
    assert matched_events(runs(first), runs(second), tolerance) == slow


def test_an_event_matches_while_both_ends_are_within_the_tolerance():
    one, late = runs(flags((10, 20))), runs(flags((13, 23)))
    assert [matched_events(one, late, t) for t in (2, 3)] == [0, 1]
    assert matched_events(one, runs(flags((10, 26))), 5) == 0


def test_two_events_do_not_share_one():
    row = compared([((flags((5, 8), (9, 12)), None, None), (flags((5, 12)), None, None))], 4).aus[0]
    assert (row.events_reference, row.events_other, row.events_matched) == (2, 1, 1)
    assert row.figures["event_f1"].value == pytest.approx(2 / 3)


def test_the_first_rater_is_the_reference():
    row = compared([((flags((0, 10)), None, None), (flags((0, 20)), None, None))]).aus[0]
    assert (row.figures["precision"].value, row.figures["recall"].value) == (0.5, 1.0)
    prevalence = row.figures["prevalence_reference"].value, row.figures["prevalence_other"].value
    assert prevalence == (0.25, 0.5)


def test_only_frames_that_both_have_scored_count():
    scored = flags((0, 10))
    row = compared([((flags((0, 5)), None, scored), (flags((0, 5), (20, 40)), None, None))]).aus[0]
    assert (row.frames, row.figures["kappa"].value) == (10, 1.0)


def test_raters_without_variation_have_no_kappa_and_no_icc():
    zeros = np.zeros(FRAMES, np.float32)
    row = compared([((flags(), zeros, None), (flags(), zeros, None))]).aus[0]
    for name in ("kappa", "f1", "precision", "recall", "icc", "event_f1"):
        assert np.isnan(row.figures[name].value), name
    assert row.figures["agreement"].value == 1.0
    assert row.rated == FRAMES


def test_constant_intensities_have_no_icc_however_they_round():
    constant = np.full(FRAMES, 3.3, np.float32)
    row = compared([((flags((0, 40)), constant, None), (flags((0, 40)), constant * 0.7, None))] * 7).aus[0]
    assert np.isnan(row.figures["icc"].value)


def test_a_rater_who_never_varies_is_no_better_than_chance():
    row = compared([((flags((0, 20)), None, None), (flags((0, 40)), None, None))]).aus[0]
    assert row.figures["kappa"].value == 0.0


@pytest.mark.parametrize("name", ["kappa", "icc", "event_f1"])
def test_intervals_are_those_of_videos_put_together_anew(name):
    videos = made_videos(3, 5)
    found = compared(videos, draws=40, seed=7).aus[0].figures[name]
    assert [found.low, found.high] == pytest.approx(slow_interval(videos, 2, name, 40, 7), abs=1e-9)
    assert found.low < found.value < found.high


def test_of_one_video_there_is_no_interval_and_the_same_seed_repeats():
    single = compared(made_videos(1, 1)).aus[0].figures["kappa"]
    assert np.isfinite(single.value)
    assert np.isnan([single.low, single.high]).all()
    assert compared(made_videos(1, 4)) == compared(made_videos(1, 4))


def test_videos_that_are_all_alike_have_an_interval_without_width():
    found = compared(made_videos(2, 1) * 6).aus[0].figures["f1"]
    assert (found.low, found.high) == pytest.approx((found.value, found.value))


def test_what_a_single_video_tells_has_no_interval():
    nothing = ((flags(), None, None), (flags(), None, None))
    found = compared([((flags((0, 10)), None, None), (flags((0, 20)), None, None)), nothing, nothing]).aus[0]
    assert found.figures["f1"].value == pytest.approx(2 / 3)
    assert np.isnan(found.figures["f1"].low)  # draws of one video would give an interval without width
    assert np.isfinite(found.figures["agreement"].low)


def test_a_figure_that_most_draws_leave_undefined_has_no_interval():
    assert np.isnan(interval(np.array([0.5, np.nan, np.nan]))).all()
    assert interval(np.array([0.5, 0.5, np.nan])) == (0.5, 0.5)


def test_each_draw_has_as_many_videos_as_there_are():
    assert (drawn_sums(np.ones((7, 1)), draws=50) == 7).all()


def test_action_units_that_only_one_has_scored_are_left_out():
    assert rater_agreement([(track("Ann", flags()), track("Ben", flags(), au="AU12"))]).aus == ()


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ParameterError, match="no video"):
        rater_agreement([])
    with pytest.raises(ParameterError, match="0 or more"):
        compared(made_videos(0, 1), -1)
    with pytest.raises(ParameterError, match="same video"):
        rater_agreement([(track("Ann", flags()), track("Ben", flags(count=3)))])
