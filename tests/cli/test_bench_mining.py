import json

import numpy as np
import pytest

from tests.cli.conftest import command
from tpviewer.cli.bench_mining import measured, timed
from tpviewer.core.planted_patterns import AUS, claims, disturbed, drawn_corpus, share_astray, share_found
from tpviewer.core.relations import find_patterns, sequence_stages
from tpviewer.core.sequence_mining import MiningParams
from tpviewer.core.stages import stages_from_states


def test_planted_sub_sequences_are_there_where_the_corpus_says() -> None:
    corpus = drawn_corpus(70)
    planted = dict(corpus.planted)
    borne = 0
    for states, label, shown in zip(corpus.states, corpus.labels, corpus.shown, strict=True):
        if shown is not None:
            keys = tuple(stage.key for stage in stages_from_states(states[slice(*shown)], AUS))
            assert keys == planted[label]
            borne += 1
    assert 0.6 < borne / 70 < 0.95


def test_as_many_frames_are_disturbed_as_asked_for_each_in_one_action_unit() -> None:
    states = np.full((4000, len(AUS)), -1, np.int16)
    changed = disturbed(states, 0.05, np.random.default_rng(0)) != states
    assert changed.sum(axis=1).max() == 1
    assert changed.any(axis=1).mean() == pytest.approx(0.05, abs=0.01)
    assert not (disturbed(states, 0.0, np.random.default_rng(0)) != states).any()


def test_what_was_planted_is_found_and_labels_dealt_anew_speak_for_nothing() -> None:
    contiguous, _ = measured(drawn_corpus(210), 0.0, gaps=False)
    assert contiguous.found == 1.0
    assert contiguous.astray < 0.1
    assert contiguous.by_chance <= 0.02 * contiguous.significant


def test_patterns_from_elsewhere_are_astray() -> None:
    corpus = drawn_corpus(70)
    sequences = [
        sequence_stages(str(n), label, stages_from_states(states, AUS))
        for n, (states, label) in enumerate(zip(corpus.states, corpus.labels, strict=True))
    ]
    label, pattern = corpus.planted[0]
    assert share_astray(corpus, sequences, [(label, pattern)], False) == 0
    other = corpus.planted[1][1]
    assert share_astray(corpus, sequences, [(label, other)], False) <= 1
    assert np.isnan(share_astray(corpus, sequences, [], False))
    assert share_found(corpus.planted, [(label, pattern), ("label 2", pattern)], False) == 1 / 7
    found = claims(find_patterns(sequences, MiningParams(4)))
    assert {name for name, _ in found} <= set(corpus.labels)


def test_disturbed_frames_shatter_raw_stages_and_hardly_absorbed_ones() -> None:
    raw, absorbed = measured(drawn_corpus(140), 0.03, gaps=False)
    assert raw.mean_stages > absorbed.mean_stages + 1
    assert absorbed.found == 1.0
    assert absorbed.patterns < raw.patterns


def test_the_bench_tells_found_and_astray() -> None:
    done = command("bench", "mining", "--sequences", "105", "--disturb", "0", "--json")
    assert done.code == 0
    rows = json.loads(done.out)["planted"]
    assert [(row["stages"], row["gaps"]) for row in rows] == [
        (stages, gaps) for gaps in (False, True) for stages in ("raw", "absorbed")
    ]
    assert command("bench", "mining", "--sequences", "3").code == 2
    assert command("bench", "mining", "--disturb", "5").code == 2


@pytest.mark.alone
def test_ten_thousand_temporal_prototypes_take_less_than_a_minute() -> None:
    timing = timed(gaps=False)
    assert timing.prototypes == 10_000
    assert timing.patterns > 50
    assert timing.wall_s < 60
