from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import logit

from tests.oracle import timeline as oracle
from tpviewer.core.absorption import absorb, key_distance
from tpviewer.core.activity import activity, switch_points
from tpviewer.core.errors import ParameterError
from tpviewer.core.smoothing import bridge, gaussian, hysteresis, tidy
from tpviewer.core.stages import INACTIVE, UNSEEN, notation, stages_from_states
from tpviewer.core.timeline import (
    Layer,
    TimelineParams,
    compose,
    fill_letters,
    letter_orders,
    mode_filter,
    rename,
)

PAPER, STEADY = TimelineParams.paper(), TimelineParams.steady()
RATES = pytest.mark.parametrize("rate", [12.5, 25, 30, 60, 240])
AUS = ("AU01", "AU02", "AU45")
FRAMES = st.integers(1, 40)


def even(count, rate=25.0):
    """Bounds of frames at one rate."""
    return np.arange(count + 1) / rate


@st.composite
def uneven(draw, count):
    """Bounds of frames at a variable rate, in milliseconds as files have them."""
    steps = draw(st.lists(st.sampled_from([0, 17, 33, 34, 40, 80, 200]), min_size=count, max_size=count))
    return np.concatenate([[0], np.cumsum(steps)]) / 1000


@st.composite
def states_in_time(draw, unseen=True):
    count = draw(FRAMES)
    states = draw(arrays(np.int16, (count, 3), elements=st.integers(-1, 1)))
    if unseen:
        states[draw(arrays(bool, count, elements=st.sampled_from([False] * 4 + [True])))] = -2
    return states, draw(uneven(count))


def signal(bounds, *events, au=0, level=0.95, columns=3):
    """Logits that are `level` within events (in seconds) and low elsewhere."""
    logits = np.full((len(bounds) - 1, columns), logit(0.02), np.float32)
    for start, stop in events:
        logits[(bounds[:-1] >= start - 1e-9) & (bounds[:-1] < stop - 1e-9), au] = logit(level)
    return logits


def decide(logits, bounds, params=STEADY, seen=None, aus=AUS, threshold=0.5):
    seen = np.ones(len(logits), bool) if seen is None else seen
    return activity(logits, seen, bounds, np.full(len(aus), threshold), aus, params)


def event_times(flags, bounds):
    return [(bounds[a], bounds[b]) for a, b in oracle.spans(list(flags), True)]


def test_the_paper_profile_takes_every_decision_as_it_is():
    logits = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    found = decide(logits, even(50), PAPER)
    assert np.array_equal(found.raw, logits >= 0)
    assert np.array_equal(found.smoothed, found.raw)
    assert found.in_stages.all()


def test_a_probability_at_the_threshold_is_active():
    assert decide(np.zeros((1, 3), np.float32), even(1), PAPER).raw.all()


def test_a_frame_without_a_face_is_none_in_the_paper_profile_and_unseen_in_the_steady_one():
    seen = np.array([True] * 10 + [False] * 10)
    logits = signal(even(20), (0, 1))
    for params, wanted in ((PAPER, "(AU01_A) -> (NONE)"), (STEADY, "(AU01_A) -> (UNSEEN)")):
        active = decide(logits, even(20), params, seen)
        assert notation(compose(active, {}, even(20), params)["absorbed"].stages) == wanted


@RATES
def test_an_event_keeps_its_place_at_every_frame_rate(rate):
    bounds = even(round(4 * rate), rate)
    ((start, stop),) = event_times(decide(signal(bounds, (1, 2)), bounds).smoothed[:, 0], bounds)
    assert start == pytest.approx(1, abs=0.06 + 1 / rate)
    assert stop == pytest.approx(2, abs=0.06 + 1 / rate)


@RATES
def test_short_gaps_are_filled_and_short_events_dropped_by_time(rate):
    bounds = even(round(6 * rate), rate)
    logits = signal(bounds, (1, 2), (2.12, 3), (4, 4.08), level=0.98)
    ((start, stop),) = event_times(decide(logits, bounds).smoothed[:, 0], bounds)
    assert (start, stop) == pytest.approx((1, 3), abs=0.06 + 1 / rate)


def test_a_flickering_probability_becomes_one_event():
    bounds = even(100)
    logits = signal(bounds, (0, 4), level=0.7) + np.where(np.arange(100) % 2, 0.9, -0.9)[:, None].astype(
        np.float32
    )
    logits[:, 1:] = -4
    found = decide(logits, bounds)
    assert len(event_times(found.raw[:, 0], bounds)) > 20
    assert event_times(found.smoothed[:, 0], bounds) == [(0, 4)]


def test_a_weak_level_neither_switches_on_nor_off():
    bounds = even(150)
    logits = signal(bounds, (0, 2), (4, 6), level=0.55)
    logits[50:100, 0] = logit(0.95)
    ((start, stop),) = event_times(decide(logits, bounds).smoothed[:, 0], bounds)
    assert start == pytest.approx(2, abs=0.2)
    assert stop == 6


@given(st.floats(0.01, 0.99), st.floats(0, 1))
def test_every_threshold_can_be_crossed_both_ways(threshold, width):
    on, off = switch_points(threshold, width)
    assert 0 < off <= threshold <= on < 1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_hysteresis_is_the_two_state_machine(frames):
    probability, seen = np.array([p for p, _ in frames]), np.array([s for _, s in frames], bool)
    slow = oracle.hysteresis(probability, seen, 0.6, 0.4)
    assert hysteresis(probability, seen, 0.6, 0.4).tolist() == slow


@settings(max_examples=25)
@given(st.data(), st.integers(1, 30))
def test_smoothing_is_the_gaussian_of_a_step_function(data, count):
    bounds = data.draw(uneven(count))
    bounds[-1] += 0.04
    values = data.draw(arrays(np.float32, count, elements=st.floats(-5, 5, width=32)))
    fast = gaussian(values[:, None], np.ones(count, bool), bounds, 0.1)[:, 0]
    assert fast == pytest.approx(oracle.gaussian(values.astype(float), bounds, 0.1), abs=0.02)


def test_smoothing_does_not_cross_frames_without_a_face():
    seen = np.array([True] * 10 + [False] * 10 + [True] * 10)
    values = np.repeat([1.0, 50.0, 3.0], 10)[:, None].astype(np.float32)
    assert gaussian(values, seen, even(30), 0.1)[:, 0] == pytest.approx(np.repeat([1, 50, 3], 10))


def test_smoothing_a_long_video_in_blocks_changes_nothing(monkeypatch):
    values = np.random.default_rng(0).normal(size=(300, 2)).astype(np.float32)
    whole = gaussian(values, np.ones(300, bool), even(300), 0.1)
    monkeypatch.setattr("tpviewer.core.smoothing._FRAMES_AT_ONCE", 7)
    assert np.array_equal(gaussian(values, np.ones(300, bool), even(300), 0.1), whole)


@given(st.data(), FRAMES)
def test_tidying_fills_gaps_and_then_drops_events(data, count):
    active = data.draw(arrays(bool, count))
    bounds = data.draw(uneven(count))
    slow = oracle.tidy(active.tolist(), bounds, 0.2, 0.1)
    assert tidy(active, np.ones(count, bool), bounds, 0.2, 0.1).tolist() == slow


def test_a_short_loss_of_the_face_is_bridged_and_a_long_one_is_not():
    seen = np.ones(60, bool)
    seen[10:14] = seen[30:36] = False
    found = decide(signal(even(60), (0, 9)), even(60), seen=seen)
    assert oracle.spans(found.unseen.tolist(), True) == [(30, 36)]
    assert found.smoothed[:, 0].tolist() == (~found.unseen).tolist()
    assert np.array_equal(found.raw_unseen, ~seen)


def test_a_loss_of_exactly_the_longest_bridge_is_not_bridged():
    seen = np.ones(30, bool)
    seen[10:15] = False
    assert not bridge(np.zeros((30, 1), np.float32), seen, even(30), 0.2)[1][10:15].any()


def test_a_face_that_comes_late_or_leaves_early_is_not_bridged():
    seen = np.array([False] + [True] * 20 + [False])
    assert np.array_equal(bridge(np.zeros((22, 1), np.float32), seen, even(22), 0.2)[1], seen)


def test_logits_without_a_face_are_ignored():
    seen = np.array([True] * 10 + [False] * 10)
    logits = signal(even(20), (0, 0.4))
    logits[10:] = np.nan
    found = decide(logits, even(20), seen=seen)
    assert not found.raw[10:].any()
    assert not found.smoothed[10:].any()


def test_a_blink_is_not_smoothed_away_and_stays_out_of_stages():
    bounds = even(60, 30)
    found = decide(signal(bounds, (0.5, 0.6), au=2), bounds)
    assert event_times(found.smoothed[:, 2], bounds) == [pytest.approx((0.5, 0.6))]
    assert notation(compose(found, {}, bounds, STEADY)["absorbed"].stages) == "(NONE)"


def test_one_frame_of_closed_eyes_is_no_blink():
    assert not decide(signal(even(60, 30), (0.5, 0.53), au=2), even(60, 30)).smoothed.any()


def test_eyes_closed_for_half_a_second_are_au43_and_no_blink():
    bounds = even(75, 30)
    found = decide(signal(bounds, (1, 1.5), (2, 2.46), au=2), bounds)
    assert found.aus == (*AUS, "AU43")
    assert event_times(found.smoothed[:, 3], bounds) == [(1, 1.5)]
    assert event_times(found.smoothed[:, 2], bounds) == [(2, pytest.approx(74 / 30))]
    assert event_times(found.clustered("AU45"), bounds) == [(1, 1.5), (2, pytest.approx(74 / 30))]
    assert notation(compose(found, {"AU45": np.ones(75, int)}, bounds, STEADY)["smoothed"].stages) == (
        "(NONE) -> (AU43_B) -> (NONE)"
    )


def test_a_model_that_knows_au43_gets_no_second_column():
    aus = ("AU43", "AU01", "AU45")
    bounds = even(60, 30)
    found = decide(signal(bounds, (0.5, 1.5), au=2), bounds, aus=aus)
    assert found.aus == aus
    assert event_times(found.smoothed[:, 0], bounds) == [(0.5, 1.5)]


@given(st.data(), FRAMES)
def test_a_frame_without_a_map_takes_the_letter_of_the_nearest_in_time(data, count):
    bounds = data.draw(uneven(count))
    frames = np.flatnonzero(data.draw(arrays(bool, count)))
    labels = data.draw(arrays(np.int32, len(frames), elements=st.integers(0, 3)))
    slow = oracle.fill_letters(bounds, frames.tolist(), labels.tolist()) if len(frames) else [0] * count
    fast = fill_letters(bounds, frames, labels)
    # Frames of no duration share one time: any of them is the nearest.
    lasting = np.diff(np.unique(bounds)).size == count
    assert not lasting or fast.tolist() == slow


@given(states_in_time(unseen=False))
def test_the_mode_filter_takes_the_letter_that_lasts_longest(timeline):
    states, bounds = timeline
    fast = mode_filter(states, bounds, 0.4)
    assert fast[:, 0].tolist() == oracle.mode(states[:, 0].tolist(), bounds, 0.4)


@given(states_in_time())
def test_the_mode_filter_does_not_change_activity(timeline):
    states, bounds = timeline
    assert np.array_equal(mode_filter(states, bounds, 0.4) >= 0, states >= 0)


def test_a_flicker_of_another_letter_goes_and_a_lasting_one_stays():
    states = np.repeat([0, 1, 0, 1], [10, 2, 10, 10]).astype(np.int16)[:, None]
    assert mode_filter(states, even(32), 0.4)[:, 0].tolist() == [0] * 22 + [1] * 10


@settings(max_examples=300)
@given(states_in_time(), st.sampled_from([0.0, 0.05, 0.15, 0.4]))
def test_absorption_is_the_rule_applied_one_stage_at_a_time(timeline, least):
    states, bounds = timeline
    found = absorb(stages_from_states(states, AUS), bounds, least)
    sets = oracle.frame_sets(states, AUS)
    slow = oracle.absorb(sets, bounds, least)
    fast = [(s.start, s.stop, None if s.unseen else frozenset(s.key)) for s in found]
    assert fast == oracle.stages(slow)
    purities = [np.mean([sets[f] == members for f in range(a, b)]) for a, b, members in fast]
    assert [stage.purity for stage in found] == pytest.approx(purities)


@given(states_in_time())
def test_stages_are_long_enough_or_alone_after_absorption(timeline):
    states, bounds = timeline
    found = absorb(stages_from_states(states, AUS), bounds, 0.15)
    for index, stage in enumerate(found):
        alone = all(other.unseen for other in found[max(index - 1, 0) : index] + found[index + 1 : index + 2])
        assert stage.unseen or alone or bounds[stage.stop] - bounds[stage.start] > 0.15 - 1e-5


def test_a_short_stage_between_two_losses_of_the_face_stays():
    states = np.array([[-2]] * 9 + [[0]] + [[-2]] * 9, np.int16)
    assert (
        notation(absorb(stages_from_states(states, ["AU12"]), even(19), 0.15))
        == "(UNSEEN) -> (AU12_A) -> (UNSEEN)"
    )


def test_a_short_stage_joins_the_neighbour_with_fewer_differing_action_units():
    states = np.array([[-1, -1]] * 10 + [[0, 1]] * 2 + [[0, 0]] * 5, np.int16)
    found = absorb(stages_from_states(states, ["AU01", "AU02"]), even(17), 0.15)
    assert [(stage.start, stage.purity) for stage in found] == [(0, 1), (10, 5 / 7)]


def test_a_differing_letter_counts_a_half():
    assert key_distance((("AU01", 0), ("AU02", 0)), (("AU02", 1), ("AU04", 0))) == 2.5


def test_one_short_stage_alone_stays():
    assert len(absorb(stages_from_states(np.zeros((1, 1), np.int16), ["AU01"]), even(1), 0.15)) == 1


@settings(max_examples=50)
@given(st.data(), FRAMES, st.sampled_from([PAPER, STEADY]))
def test_layers_agree_with_each_other(data, count, params):
    logits = data.draw(arrays(np.float32, (count, 3), elements=st.floats(-3, 3, width=32)))
    seen, bounds = data.draw(arrays(bool, count)), data.draw(uneven(count))
    letters = {au: data.draw(arrays(np.int16, count, elements=st.integers(0, 2))) for au in AUS}
    active = decide(logits, bounds, params, seen)
    layers = compose(active, letters, bounds, params)
    assert list(layers) == ["raw", "smoothed", "absorbed"]
    assert np.array_equal(layers["raw"].states >= 0, active.raw)
    assert np.array_equal(layers["smoothed"].states >= 0, active.smoothed)
    for layer in layers.values():
        staged = stages_from_states(layer.states[:, active.in_stages], np.array(active.aus)[active.in_stages])
        assert [replace(stage, purity=1.0) for stage in layer.stages] == list(staged)
    if params == PAPER:
        assert np.array_equal(layers["absorbed"].states, layers["raw"].states)


@pytest.mark.parametrize("params", [PAPER, STEADY], ids=["paper", "steady"])
@pytest.mark.parametrize("count", [0, 1])
def test_no_frame_and_a_single_image_are_ordinary_input(params, count):
    logits, bounds = np.full((count, 3), 4, np.float32), np.zeros(count + 1)
    layers = compose(decide(logits, bounds, params), {}, bounds, params)
    assert len(layers["absorbed"].stages) == count


def test_absorption_of_a_long_video_does_not_take_quadratic_time():
    states = (np.arange(60_000) % 2).astype(np.int16)[:, None]
    found = absorb(stages_from_states(states, ["AU12"]), even(60_000), 0.15)
    assert min(stage.frames for stage in found) >= 4


def test_times_below_zero_are_refused():
    with pytest.raises(ParameterError, match="sigma_s"):
        TimelineParams(sigma_s=-1)


def test_the_look_that_a_reader_meets_first_is_a():
    states = np.array([[INACTIVE], [1], [1], [0], [0]], np.int16)
    layer = Layer(states, stages_from_states(states, ("AU02",)))
    labels = {"AU02": np.array([0, 1, 1, 0, 0])}  # the first 0 was a flicker that smoothing took away
    orders = letter_orders({"raw": layer, "smoothed": layer, "absorbed": layer}, ("AU02",), labels)
    assert orders["AU02"].tolist() == [1, 0]
    renamed = rename(layer, ("AU02",), orders)
    assert renamed.states[:, 0].tolist() == [INACTIVE, 0, 0, 1, 1]
    assert notation(renamed.stages) == "(NONE) -> (AU02_A) -> (AU02_B)"


def test_closed_eyes_take_the_letters_of_the_blink_that_they_are_read_off():
    states = np.array([[1, INACTIVE], [0, 1], [UNSEEN, UNSEEN]], np.int16)
    layer = Layer(states, stages_from_states(states, ("AU45", "AU43")))
    renamed = rename(layer, ("AU45", "AU43"), {"AU45": np.array([1, 0])})
    assert renamed.states.tolist() == [[0, INACTIVE], [1, 0], [UNSEEN, UNSEEN]]
