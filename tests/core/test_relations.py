from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, fisher_exact

from tests.core.test_sequence_mining import KEYS
from tests.oracle import relations as oracle
from tests.oracle.timeline import included as slowly_included
from tpviewer.core.comparison import identical_groups, included, inclusions, places
from tpviewer.core.errors import ParameterError
from tpviewer.core.pattern_query import parse_pattern, with_any_look
from tpviewer.core.prototype_distance import distances, groups, nearest
from tpviewer.core.relations import relate, sequence_stages
from tpviewer.core.sequence_mining import MiningParams
from tpviewer.core.stages import NO_LOOK, Stage, stages_from_states

A1, A2, B2, SMILE = ("AU01", 0), ("AU02", 0), ("AU02", 1), ("AU12", 0)
PROTOTYPES = st.lists(st.lists(KEYS, max_size=4).map(tuple), min_size=1, max_size=5)


def stages(*keys, each=2):
    return [Stage(each * n, each * n + each, key) for n, key in enumerate(keys)]


@given(st.lists(KEYS, min_size=1, max_size=3), st.lists(KEYS, max_size=6))
def test_occurrences_with_gaps_are_those_that_span_no_other(part, whole):
    fits = [
        where
        for where in combinations(range(len(whole)), len(part))
        if all(set(part[n]) <= set(whole[place]) for n, place in enumerate(where))
    ]
    spans = {(where[0], where[-1]) for where in fits}
    minimal = {(a, b) for a, b in spans if not any((a, b) != (c, d) and a <= c and d <= b for c, d in spans)}
    found = places(part, whole, gaps=True)
    assert set(found) <= set(fits)
    assert [(where[0], where[-1]) for where in found] == sorted(minimal)


def test_contiguous_occurrences_may_overlap():
    assert places([(A1,), (A1,)], [(A1,), (A1, A2), (A1,), (SMILE,)]) == ((0, 1), (1, 2))
    assert places([], [(A1,)]) == ()


@given(PROTOTYPES, st.booleans())
def test_pairs_of_part_and_whole_are_those_that_comparing_all_finds(prototypes, gaps):
    slow = {
        (n, m)
        for n, part in enumerate(prototypes)
        for m, whole in enumerate(prototypes)
        if part and part != whole and slowly_included(part, whole, gaps)
    }
    found = inclusions(prototypes, gaps)
    assert set(found) == slow
    assert len(found) == len(slow)


def test_groups_of_identical_prototypes_come_the_largest_first():
    assert identical_groups([((A1,),), (), ((A2,),), (), ((A1,),), ()]) == ((1, 3, 5), (0, 4))


@given(PROTOTYPES)
def test_distances_are_edit_distances_over_the_longer_length(prototypes):
    found = distances(prototypes)
    for n, first in enumerate(prototypes):
        for m, second in enumerate(prototypes):
            slow = oracle.edit_distance(first, second) / max(len(first), len(second), 1)
            assert found[n, m] == pytest.approx(slow, abs=1e-6)


@given(PROTOTYPES)
def test_edit_distance_is_a_metric(prototypes):
    lengths = np.array([*map(len, prototypes)])
    edits = distances(prototypes) * np.maximum(np.maximum.outer(lengths, lengths), 1)
    assert np.array_equal(edits, edits.T)
    assert (edits[:, None, :] <= edits[:, :, None] + edits[None, :, :] + 1e-5).all()
    same = [[first == second for second in prototypes] for first in prototypes]
    assert np.array_equal(edits < 1e-6, same)


def test_neighbours_and_groups():
    brows, smile = ((), (A1,), (A1, A2)), ((), (SMILE,), ())
    found = distances([brows, smile, ((), (A1,), (A1, B2)), smile])
    assert nearest(found, 1)[:, 0].tolist() == [2, 3, 0, 1]
    assert groups(found).tolist() == [0, 1, 0, 1]
    assert groups(found, 1.0).tolist() == [0, 0, 0, 0]
    assert groups(found[:1, :1]).tolist() == [0]
    assert nearest(found[:1, :1], 5).shape == (1, 0)


def test_a_pattern_is_tested_against_each_label_and_all_tests_are_corrected():
    labels = ["joy"] * 6 + ["fear"] * 5 + ["none"] * 4 + [None]
    smiling = [n in (0, 1, 2, 3, 4, 6, 15) for n in range(16)]
    sequences = [
        sequence_stages(str(n), label, stages((), (SMILE,) if smiles else (A1,)))
        for n, (label, smiles) in enumerate(zip(labels, smiling, strict=True))
    ]
    found = relate(sequences, MiningParams(2)).patterns
    by_hand = {}
    for one in found:
        holders = set(one.pattern.prototypes.tolist())
        for spread in one.spread:
            among = [n for n in range(15) if labels[n] == spread.label]
            both = sum(n in holders for n in among)
            table = [[both, len(among) - both], [len(holders - {15}) - both, 0]]
            table[1][1] = 15 - len(among) - table[1][0]
            by_hand[one.pattern.stages, spread.label] = fisher_exact(table, "greater").pvalue
            assert (spread.support, spread.size) == (both, len(among))
            assert spread.lift == pytest.approx((both / len(among)) / (len(holders - {15}) / 15))
            assert spread.p == pytest.approx(by_hand[one.pattern.stages, spread.label])
    q = [spread.q for one in found for spread in one.spread]
    assert q == pytest.approx(false_discovery_control(list(by_hand.values())))
    assert found[0].pattern.stages == ((SMILE,),)
    assert found[0].strongest.label == "joy"


def test_without_two_labels_nothing_is_tested():
    found = relate([sequence_stages(str(n), "joy", stages((A1,))) for n in range(3)], MiningParams())
    assert [one.spread for one in found.patterns] == [()]
    assert found.patterns[0].strongest is None


def test_every_hit_names_the_stage_among_all_stages_of_the_video():
    states = np.array([[-1], [-2], [0], [0], [1], [-2], [1], [-1]], np.int16)
    with_letters = sequence_stages("a", None, stages_from_states(states, ["AU12"]))
    assert with_letters.prototype == ((), (SMILE,), (("AU12", 1),), (("AU12", 1),), ())
    assert with_letters.numbers == (0, 2, 3, 5, 6)
    without = sequence_stages("a", None, stages_from_states(states, ["AU12"]), letters=False)
    any_smile = (("AU12", NO_LOOK),)
    assert without.prototype == ((), any_smile, any_smile, ())
    assert without.numbers == (0, 2, 5, 6)
    assert [(s.start, s.stop) for s in without.stages] == [(0, 1), (2, 5), (6, 7), (7, 8)]
    found = relate([with_letters] * 2, MiningParams(2))
    pattern = next(one for one in found.patterns if one.pattern.maximal)
    assert [(hit.sequence, hit.places) for hit in found.hits(pattern)] == [(0, (1, 2, 3)), (1, (1, 2, 3))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AU04 then AU06_A", ((("AU04", NO_LOOK),), (("AU06", 0),))),
        ("(AU1_B, au02) → (NONE) -> 12", ((("AU01", 1), ("AU02", NO_LOOK)), (), (("AU12", NO_LOOK),))),
        ("AU06 and AU12+25_aa", ((("AU06", NO_LOOK), ("AU12", NO_LOOK), ("AU25", 26)),)),
        ("  ", ()),
    ],
)
def test_patterns_can_be_written_by_hand(text, expected):
    assert parse_pattern(text) == expected


def test_what_is_no_action_unit_is_named():
    with pytest.raises(ParameterError, match=r"^smile: write Action Units"):
        parse_pattern("smile then AU12")


@settings(max_examples=20)
@given(st.lists(KEYS, max_size=4))
def test_an_action_unit_without_a_letter_is_found_with_any(prototype):
    widened = with_any_look(prototype)
    assert included(prototype, widened)
    for key, wide in zip(prototype, widened, strict=True):
        assert included([[(au, NO_LOOK) for au, _ in key]], [wide])
