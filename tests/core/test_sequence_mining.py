import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import relations as oracle
from tpviewer.core.errors import ParameterError
from tpviewer.core.sequence_mining import MiningParams, closed_patterns
from tpviewer.core.stages import stage_key

ITEMS = st.sampled_from([("AU01", 0), ("AU02", 0), ("AU02", 1), ("AU12", 0)])
KEYS = st.sets(ITEMS, max_size=3).map(lambda pairs: stage_key(sorted(pairs)))
SMALL_KEYS = st.sets(ITEMS, max_size=2).map(lambda pairs: stage_key(sorted(pairs)))
PROTOTYPES = st.lists(st.lists(SMALL_KEYS, max_size=4), min_size=1, max_size=5)


def found_by(prototypes, params):
    patterns = list(closed_patterns(prototypes, params))
    as_sets = {tuple(frozenset(key) for key in p.stages): p for p in patterns}
    assert len(as_sets) == len(patterns), "a pattern was found twice"
    return {stages: (frozenset(p.prototypes.tolist()), p.maximal) for stages, p in as_sets.items()}


@settings(deadline=None, max_examples=300)
@given(PROTOTYPES, st.integers(1, 3), st.sampled_from([None, 1, 2, 3]), st.booleans())
def test_patterns_are_those_that_trying_everything_finds(prototypes, least, longest, gaps):
    found = found_by(prototypes, MiningParams(least, longest, gaps))
    assert found == oracle.closed_patterns(prototypes, least, longest, gaps)


def test_more_items_than_a_word_has_bits_are_mined_alike():
    many = [stage_key([(f"AU{n:02d}", look) for n in range(1, 26)]) for look in range(4)]
    found = list(closed_patterns([many[:2], many[1:3], many], MiningParams(2)))
    assert {p.stages: p.support for p in found} == {
        (many[1],): 3,
        (many[0], many[1]): 2,
        (many[1], many[2]): 2,
    }
    assert {p.stages for p in found if p.maximal} == {(many[0], many[1]), (many[1], many[2])}


@pytest.mark.parametrize("gaps", [False, True])
def test_what_is_in_too_few_or_in_nothing_is_no_pattern(gaps):
    assert not list(closed_patterns([], MiningParams(gaps=gaps)))
    assert not list(closed_patterns([(), ((),)], MiningParams(1, gaps=gaps)))
    assert not list(closed_patterns([((("AU01", 0),),)], MiningParams(2, gaps=gaps)))


@pytest.mark.parametrize("wrong", [{"least": 0}, {"longest": 0}])
def test_parameters_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ParameterError, match=r"at least|or more"):
        MiningParams(**wrong)
