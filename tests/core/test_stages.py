import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.oracle import timeline as oracle
from tpviewer.core.comparison import identical, included, occurrences
from tpviewer.core.letters import letter, letter_index, relabel
from tpviewer.core.stages import (
    UNICODE_ARROW,
    Stage,
    description_length_reduction,
    notation,
    prototype_notation,
    stage_key,
    stages_from_states,
    temporal_prototype,
)
from tpviewer.core.statistics import sequence_statistics

AUS = ("AU04", "AU01", "AU02")


@st.composite
def state_arrays(draw):
    states = draw(arrays(np.int16, (draw(st.integers(0, 25)), 3), elements=st.integers(-1, 2)))
    states[draw(arrays(bool, len(states), elements=st.sampled_from([False, False, True])))] = -2
    return states


def figure_2():
    """Frames 0 to 17 of the paper's Figure 2, in the model's order AU04, AU01, AU02."""
    states = np.full((18, 3), -1, np.int16)
    states[3:9, 0] = 0
    states[3:14, 1] = 0
    states[1:16, 2] = 0
    states[5:12, 2] = 1
    return states


def test_figure_2_gives_the_temporal_prototype_of_the_paper():
    assert notation(stages_from_states(figure_2(), AUS), UNICODE_ARROW) == (
        "(NONE) → (AU02_A) → (AU01_A, AU02_A, AU04_A) → (AU01_A, AU02_B, AU04_A) → (AU01_A, AU02_B)"
        " → (AU01_A, AU02_A) → (AU02_A) → (NONE)"
    )


def test_figure_2_has_eight_stages_of_which_six_are_distinct():
    found = sequence_statistics(stages_from_states(figure_2(), AUS))
    assert (found.frames, found.stages, found.distinct) == (18, 8, 6)
    assert found.reduction == pytest.approx(1 - 8 / 18)


def test_figure_2_stages_lie_where_the_figure_draws_them():
    assert [stage.start for stage in stages_from_states(figure_2(), AUS)] == [0, 1, 3, 5, 9, 12, 14, 16]


@given(state_arrays())
def test_stages_are_maximal_runs_of_equal_sets(states):
    slow = oracle.stages(oracle.frame_sets(states, AUS))
    fast = [
        (s.start, s.stop, None if s.unseen else frozenset(s.key)) for s in stages_from_states(states, AUS)
    ]
    assert fast == slow


@given(state_arrays())
def test_stages_partition_the_frames(states):
    frames = [frame for stage in stages_from_states(states, AUS) for frame in range(stage.start, stage.stop)]
    assert frames == list(range(len(states)))


def test_durations_do_not_make_temporal_prototypes_different():
    short = temporal_prototype(stages_from_states(figure_2(), AUS))
    long = temporal_prototype(stages_from_states(np.repeat(figure_2(), 3, axis=0), AUS))
    assert identical(short, long)


def test_a_frame_without_a_face_is_not_none():
    states = np.array([[-1], [-2], [0]], np.int16)
    assert notation(stages_from_states(states, ["AU12"])) == "(NONE) -> (UNSEEN) -> (AU12_A)"


def test_unseen_frames_and_stages_are_outside_the_statistics():
    states = np.array([[0], [0], [-2], [-2], [0], [0]], np.int16)
    found = sequence_statistics(stages_from_states(states, ["AU12"]))
    assert (found.frames, found.unseen_frames, found.stages, found.distinct) == (4, 2, 2, 1)
    assert found.reduction == 0.5


def test_a_video_without_any_face_has_no_reduction():
    assert math.isnan(description_length_reduction([Stage(0, 9, (), unseen=True)]))


def test_no_frame_gives_no_stage():
    assert stages_from_states(np.zeros((0, 3), np.int16), AUS) == ()


def test_keys_are_sorted_by_number_and_not_by_text():
    assert prototype_notation([stage_key([("AU12", 0), ("AU2", 1)])]) == "(AU2_B, AU12_A)"


def test_letters_are_a_to_z_then_aa():
    assert [letter(i) for i in range(702)] == oracle.letter_names(702)


@given(st.integers(0, 10**6))
def test_letter_and_its_index_are_inverse(index):
    assert letter_index(letter(index)) == index


@pytest.mark.parametrize("text", ["", "a", "A1", "Ä"])
def test_what_is_no_letter_has_no_index(text):
    with pytest.raises(ValueError, match="letter"):
        letter_index(text)


@given(st.lists(st.integers(-2, 9)))
def test_the_cluster_that_occurs_first_is_a(labels):
    assert relabel(np.array(labels, np.int64)).tolist() == oracle.relabel(labels)


@given(st.lists(st.integers(-1, 6)), st.permutations(range(7)))
def test_letters_do_not_depend_on_the_numbers_that_clustering_gave(labels, names):
    renamed = [label if label < 0 else names[label] for label in labels]
    assert np.array_equal(relabel(np.array(labels, np.int64)), relabel(np.array(renamed, np.int64)))


KEYS = st.sets(st.tuples(st.sampled_from(["AU01", "AU02"]), st.integers(0, 1)), max_size=2).map(
    lambda pairs: stage_key(sorted(pairs))
)


def test_the_papers_example_of_inclusion():
    part = [(("AU01", 0), ("AU02", 0)), (("AU02", 0),)]
    whole = [(("AU01", 0), ("AU02", 0)), (("AU02", 0), ("AU25", 0))]
    assert included(part, whole)
    assert not included(whole, part)


@given(st.lists(KEYS, max_size=3), st.lists(KEYS, max_size=5), st.booleans())
def test_inclusion_agrees_with_trying_every_place(part, whole, gaps):
    assert included(part, whole, gaps) == oracle.included(part, whole, gaps)


@given(st.lists(KEYS, max_size=5), st.lists(KEYS, max_size=5), st.lists(KEYS, max_size=5))
def test_inclusion_is_reflexive_and_transitive(first, second, third):
    assert included(first, first)
    assert not (included(first, second) and included(second, third)) or included(first, third)


def test_occurrences_are_the_stages_from_which_a_prototype_is_included():
    assert occurrences([(("AU01", 0),)], [(("AU01", 0),), (), (("AU01", 0), ("AU02", 3))]) == (0, 2)
