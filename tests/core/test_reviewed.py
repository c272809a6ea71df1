"""What stands after review: the machine's word, and the coder's over it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.oracle import reviewed as oracle
from tests.oracle import timeline as slow_timeline
from tpviewer.core.annotations import Annotation, applied, placed
from tpviewer.core.pspi import pspi
from tpviewer.core.reviewed import Difference, Reviewed, differences, reviewed
from tpviewer.core.stages import NO_LOOK, UNSEEN, notation, stage_key, stage_label, stages_from_states

FRAMES = 12
COLUMNS = ("AU04", "AU12", "AU25")


def say(au: str, start: int, stop: int, verdict: str = "present", **more: object) -> Annotation:
    return Annotation(f"{au} {start} {verdict}", au, start, stop, verdict, **more)  # type: ignore[arg-type]


def after(*annotations: Annotation, states: np.ndarray | None = None, **more: object) -> Reviewed:
    known = machine() if states is None else states
    seen = (known != UNSEEN).all(axis=1)
    return reviewed(known >= 0, known, COLUMNS, annotations, seen, **more)  # type: ignore[arg-type]


def machine() -> np.ndarray:
    """AU04_A, with AU12_B in the middle; no face in the last two frames."""
    states = np.full((FRAMES, 3), -1, np.int16)
    states[2:8, 0] = 0
    states[4:6, 1] = 1
    states[10:] = UNSEEN
    return states


def prototype(found: Reviewed) -> str:
    return notation(found.stages)


def test_without_a_word_the_machine_s_stages_stand():
    assert after().stages == stages_from_states(machine(), COLUMNS)
    assert differences(machine(), COLUMNS, after()) == ()


def test_present_adds_with_the_machine_s_letter_where_it_has_one():
    found = after(say("AU12", 4, 8, intensity=3))
    assert prototype(found) == (
        "(NONE) -> (AU04_A) -> (AU04_A, AU12_B) -> (AU04_A, AU12) -> (NONE) -> (UNSEEN)"
    )
    assert found.intensity[:, 1].tolist() == [0] * 4 + [3] * 4 + [0] * 4


def test_absent_removes():
    found = after(say("AU04", 0, 12, "absent"))
    assert prototype(found) == "(NONE) -> (AU12_B) -> (NONE) -> (UNSEEN)"
    assert differences(machine(), COLUMNS, found) == (Difference(2, 8, (), ("AU04",)),)


def test_unsure_leaves_the_machine_s():
    assert after(say("AU04", 0, 12, "unsure")).stages == after().stages


def test_what_cannot_be_scored_is_in_no_stage_and_not_scorable():
    found = after(say("AU04", 3, 5, "not scorable", reason="occluded"))
    assert found.scorable[:, 0].tolist() == [True] * 3 + [False] * 2 + [True] * 5 + [False] * 2
    assert found.scorable[:10, 1].all()
    assert prototype(found) == (
        "(NONE) -> (AU04_A) -> (NONE) -> (AU12_B) -> (AU04_A, AU12_B) -> (AU04_A) -> (NONE) -> (UNSEEN)"
    )


def test_a_face_that_cannot_be_scored_is_unseen():
    found = after(say("", 5, 9, "not scorable", reason="turned"), say("AU12", 5, 9))
    assert [(s.start, s.stop) for s in found.stages if s.unseen] == [(5, 9), (10, 12)]
    assert not found.scorable[5:9].any()


def test_speech_is_about_lips_and_jaw_only():
    states = machine()
    states[0:10, 2] = 0
    found = after(
        say("", 3, 6, "not scorable", reason="speech"), say("AU26", 0, 9, intensity=2), states=states
    )
    for au in ("AU25", "AU26"):
        column = found.columns.index(au)
        assert not found.scorable[3:6, column].any()
        assert (found.states[3:6, column] == -1).all()
        assert not found.intensity[3:6, column].any()
        assert found.scorable[6:10, column].all()
    assert found.scorable[3:6, 0].all()


def test_an_action_unit_outside_the_model_has_a_column_of_its_own():
    found = after(say("AU20", 3, 4), say("AU09", 2, 6, "absent"))
    assert found.columns == (*COLUMNS, "AU09", "AU20")
    assert found.modelled == 3
    assert not found.known[0:2, 3].any()
    assert found.known[2:6, 3].all()
    assert not found.present[:, 3].any()
    assert found.present[:, 4].tolist() == [False] * 3 + [True] + [False] * 8
    assert "AU20" in prototype(found)


def test_a_face_that_only_the_coder_saw_was_seen():
    found = after(say("AU12", 10, 11))
    assert [stage_label(stage) for stage in found.stages[-2:]] == ["AU12", "UNSEEN"]
    assert found.known[10].tolist() == [False, True, False]


def test_short_gaps_without_a_face_that_the_machine_bridged_stay_in_their_stage():
    states = machine()[:8]
    seen = np.ones(8, bool)
    seen[4] = False
    found = reviewed(states >= 0, states, COLUMNS, [], seen)
    assert found.stages == stages_from_states(states, COLUMNS)
    assert not found.scorable[4].any()


def test_a_blink_makes_stages_only_where_the_coder_says_so():
    states = np.array([[0], [0], [-1], [0]], np.int16)
    seen = np.ones(4, bool)

    def labels(outside: tuple[str, ...], *said: Annotation) -> str:
        return prototype(reviewed(states >= 0, states, ("AU45",), said, seen, outside))

    assert labels(("AU45",)) == "(NONE)"
    assert labels(("AU45",), say("AU45", 1, 3)) == "(NONE) -> (AU45_A) -> (AU45) -> (NONE)"
    assert labels(()) == "(AU45_A) -> (NONE) -> (AU45_A)"


def test_a_coder_alone_owes_the_machine_nothing():
    seen = np.ones(FRAMES, bool)
    empty = np.zeros((FRAMES, 0))
    found = reviewed(empty.astype(bool), empty.astype(np.int16), (), [say("AU12", 2, 5)], seen)
    assert prototype(found) == "(NONE) -> (AU12) -> (NONE)"
    assert (found.modelled, found.known.sum()) == (0, 3)


def test_differences_are_runs_of_the_same_kind():
    found = after(say("AU12", 5, 10), say("AU04", 7, 9, "absent"))
    assert differences(machine(), COLUMNS, found) == (
        Difference(6, 7, ("AU12",), ()),
        Difference(7, 8, ("AU12",), ("AU04",)),
        Difference(8, 10, ("AU12",), ()),
    )


def test_an_action_unit_without_a_look_is_written_without_a_letter():
    states = np.array([[0, NO_LOOK], [NO_LOOK, 2]], np.int16)
    stages = stages_from_states(states, ("AU12", "AU04"))
    assert notation(stages) == "(AU04, AU12_A) -> (AU04_C, AU12)"
    assert stage_key([("AU12", 0), ("AU04", NO_LOOK)]) == (("AU04", NO_LOOK), ("AU12", 0))


@st.composite
def reviews(draw, aus=("AU04", "AU12", "AU25", "AU26", "")):
    """Annotations of one coder, none overlapping in its lane."""
    present: tuple[Annotation, ...] = ()
    for number in range(draw(st.integers(0, 7))):
        start = draw(st.integers(0, FRAMES - 1))
        au = draw(st.sampled_from(aus))
        verdict = draw(st.sampled_from(["present", "absent", "unsure", "not scorable"])) if au else ""
        one = replace(
            say(au, start, draw(st.integers(start + 1, FRAMES)), verdict or "not scorable"),
            key=str(number),
            intensity=draw(st.integers(0, 5)) if verdict == "present" else 0,
            reason="" if au else draw(st.sampled_from(["speech", "turned"])),
        )
        present = applied(present, placed(present, one))
    return present


@st.composite
def machines(draw):
    states = draw(arrays(np.int16, (FRAMES, 3), elements=st.integers(-1, 1)))
    states[draw(arrays(bool, FRAMES, elements=st.sampled_from([False, False, True])))] = UNSEEN
    return states


@given(reviews(), machines())
def test_every_frame_is_what_the_definition_says(annotations, states):
    found = after(*annotations, states=states)
    slow = [
        [
            oracle.state(
                annotations,
                found.columns,
                au,
                frame,
                dict(zip(COLUMNS, states[frame].tolist(), strict=True)),
            )
            for au in found.columns
        ]
        for frame in range(FRAMES)
    ]
    assert found.states.tolist() == slow
    assert [frame for s in found.stages for frame in range(s.start, s.stop)] == list(range(FRAMES))
    assert (found.present >= (found.states >= 0)).all()
    assert not (found.known & ~found.scorable).any()
    sets = [(s.start, s.stop, None if s.unseen else frozenset(s.key)) for s in found.stages]
    sets_slow = slow_timeline.stages(
        [
            None
            if UNSEEN in row
            else frozenset((au, k) for au, k in zip(found.columns, row, strict=True) if k not in (-1, -2))
            for row in slow
        ]
    )
    assert sets == sets_slow


PAIN = ("AU04", "AU06", "AU07", "AU09", "AU10", "AU43", "AU45")


def scored(**more: Annotation) -> list[Annotation]:
    named = dict(
        zip(
            PAIN,
            (
                say("AU04", 0, 4, intensity=3),
                say("AU06", 0, 4, intensity=2),
                say("AU07", 0, 4, intensity=4),
                say("AU09", 0, 4, "absent"),
                say("AU10", 0, 4, intensity=1),
                say("AU43", 0, 4),
            ),
            strict=False,
        )
    )
    return list({**named, **more}.values())


def test_pspi_is_the_sum_of_the_stronger_ones():
    values = pspi(scored(), (), 6)
    assert values[:4].tolist() == [3 + 4 + 1 + 1] * 4
    assert np.isnan(values[4:]).all()


@pytest.mark.parametrize(
    "gap",
    [
        say("AU07", 0, 4),  # without an intensity
        say("AU07", 0, 4, "unsure"),
        say("AU07", 0, 4, "not scorable"),
        say("AU06", 2, 4, intensity=5),
    ],
)
def test_pspi_is_nothing_where_a_part_was_not_scored(gap):
    assert np.isnan(pspi(scored(**{gap.au: gap}), (), 4)[0])


def test_in_a_stretch_that_was_looked_through_silence_means_absent():
    values = pspi([say("AU04", 2, 4, intensity=5)], [(0, 6)], 8)
    np.testing.assert_array_equal(values, [0, 0, 5, 5, 0, 0, np.nan, np.nan])


def test_silence_over_the_machine_s_word_is_no_score():
    active = np.array([True, False, False])
    np.testing.assert_array_equal(pspi([], [(0, 3)], 3, {"AU09": active}), [np.nan, 0, 0])
    said = [say("AU09", 0, 1, "absent")]
    assert pspi(said, [(0, 3)], 3, {"AU09": active}).tolist() == [0, 0, 0]


def test_a_blink_is_no_closure():
    assert pspi([say("AU45", 0, 2)], [(0, 2)], 2).tolist() == [0, 0]


@given(reviews((*PAIN, "")), st.lists(st.tuples(st.integers(0, 6), st.integers(7, FRAMES)), max_size=2))
def test_pspi_agrees_with_the_definition_frame_by_frame(annotations, done):
    slow = [oracle.pspi(annotations, done, frame) for frame in range(FRAMES)]
    fast = pspi(annotations, done, FRAMES).tolist()
    assert [None if np.isnan(value) else value for value in fast] == slow
