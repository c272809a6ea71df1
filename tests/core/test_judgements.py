"""What a judgement remembers of the result that it was made on."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.core.annotations import Annotation
from tpviewer.core.judgements import Judgement, changed_since, claim, range_activity

ACTIVITY = np.array([[0, 1], [1, 1], [1, 0], [0, 0]], bool)


def judged(made_on: str) -> Judgement:
    return Judgement(Annotation("k", "AU12", 1, 3, "present"), "Ann", "", 0.0, False, made_on, "")


@given(st.lists(st.booleans(), min_size=1), st.lists(st.booleans(), min_size=1))
def test_a_claim_is_the_same_exactly_where_the_machine_says_the_same(first, second):
    assert (claim(np.array(first)) == claim(np.array(second))) == (first == second)


def test_another_result_is_noticed():
    one = judged(claim(np.array([True, False])))
    assert not changed_since(one, np.array([True, False]))
    assert changed_since(one, np.array([True, True]))
    assert changed_since(one, np.array([True]))
    assert changed_since(one, None)


def test_what_was_judged_without_a_result_is_not_flagged():
    assert not changed_since(judged(""), np.array([True]))
    assert not changed_since(judged(""), None)


def test_the_machine_s_word_is_of_the_annotation_s_range_and_action_unit():
    one = judged("").annotation
    found = range_activity(one, ACTIVITY, ("AU04", "AU12"))
    assert found is not None
    assert found.tolist() == [True, False]
    assert range_activity(one, ACTIVITY, ("AU04", "AU06")) is None
