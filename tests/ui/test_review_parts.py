"""Parts of the review that need no window: working time, stretches, names, lines of a stage, words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.core.annotations import WHOLE_FACE, Annotation
from tpviewer.ui.commands.review import accepting, find_au
from tpviewer.ui.panels.review_rows import review_rows
from tpviewer.ui.review_clock import BREAK_S, WorkClock
from tpviewer.ui.review_queue import ReviewItem, stretches
from tpviewer.ui.review_words import annotation_words

STAGE = ReviewItem(10, 30, (("AU04", 1), ("AU12", 0)), 2)


def test_a_break_counts_as_a_minute_at_most() -> None:
    now = [100.0]
    clock = WorkClock(now=lambda: now[0])
    for seconds in (5.0, 20.0, 3600.0):
        now[0] += seconds
        clock.touch()
    now[0] += 2.0
    assert clock.take() == 5 + 20 + BREAK_S + 2
    assert clock.take() == 0
    now[0] += 30
    clock.restart()
    assert clock.take() == 0


@given(st.integers(1, 2000), st.floats(1, 240))
def test_stretches_are_all_of_the_video_in_nearly_equal_parts(frames: int, rate: float) -> None:
    times = np.arange(frames) / rate
    items = stretches(times, frames / rate)
    assert [item.start for item in items] == [0, *(item.stop for item in items[:-1])]
    assert items[-1].stop == frames
    lengths = [item.stop - item.start for item in items]
    assert max(lengths) - min(lengths) <= 2, "a border on a frame may round either way"
    assert all(item.key == () for item in items)
    assert len(items) == 1 or 3.3 < max(lengths) / rate < 7.6 + 1 / rate


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("4", "AU04"),
        ("04", "AU04"),
        ("au4", "AU04"),
        ("AU12", "AU12"),
        ("AU12 Lip Corner Puller", "AU12"),
        ("jaw drop", "AU26"),
        ("99", ""),
        ("", ""),
        ("0", ""),
    ],
)
def test_an_action_unit_is_found_by_number_or_name(typed: str, found: str) -> None:
    assert find_au(typed) == found


def test_accepting_a_stage_leaves_what_was_judged_alone() -> None:
    said = (
        Annotation("a", "AU12", 5, 15, "absent"),
        Annotation("b", "AU12", 20, 25, "unsure"),
        Annotation("c", "AU06", 0, 99, "present"),
    )
    added = [change.after for change in accepting(said, STAGE)]
    assert [(one.au, one.start, one.stop, one.verdict) for one in added] == [
        ("AU04", 10, 30, "present"),
        ("AU12", 15, 20, "present"),
        ("AU12", 25, 30, "present"),
    ]


def test_lines_of_a_stage_join_machine_and_reviewer() -> None:
    said = (
        Annotation("a", "AU12", 12, 20, "present", intensity=2),
        Annotation("b", "AU16", 29, 40, "present"),
        Annotation("c", WHOLE_FACE, 0, 99, "not scorable", reason="speech"),
        Annotation("d", "AU04", 30, 40, "absent"),
    )
    rows = review_rows(STAGE, said, frozenset("a"), ("AU04", "AU12"))
    found = [(row.au, row.machine, row.modelled, row.annotation and row.annotation.key) for row in rows]
    assert found == [
        ("AU04", "B", True, None),
        ("AU12", "A", True, "a"),
        ("AU16", "", False, "b"),
        (WHOLE_FACE, "", True, "c"),
    ]
    assert [row.changed for row in rows] == [False, True, False, False]


def test_an_intensity_is_never_written_without_the_word() -> None:
    for intensity, letter in enumerate("abcde", start=1):
        words = annotation_words(Annotation("k", "AU12", 0, 9, "present", intensity, "left"))
        assert words == f"✓ present · intensity {letter} · left"
