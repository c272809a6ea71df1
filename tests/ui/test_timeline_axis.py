"""Time and place on the time axis are inverse, and ticks are round."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.ui.timeline.axis import TimeAxis, ticks
from tpviewer.ui.wording import clock

AXIS = TimeAxis(start=2.0, stop=12.0, left=112.0, width=1000.0)


@given(st.floats(-5, 20), st.floats(0, 1e4), st.floats(0.1, 1e4), st.floats(1, 4000))
def test_place_and_moment_are_inverse(moment: float, start: float, length: float, width: float) -> None:
    axis = TimeAxis(start, start + length, 112.0, width)
    assert axis.time_of(axis.x_of(moment)) == pytest.approx(moment, abs=1e-6)


def test_the_ends_of_the_range_lie_at_the_ends_of_the_width() -> None:
    assert (AXIS.x_of(2.0), AXIS.x_of(12.0)) == (112.0, 1112.0)
    assert AXIS.edges(4).tolist() == [2.0, 4.5, 7.0, 9.5, 12.0]


@given(st.floats(112, 1112), st.floats(0.1, 3))
def test_zooming_keeps_the_moment_under_the_cursor(x: float, factor: float) -> None:
    start, stop = AXIS.zoomed(x, factor)
    zoomed = TimeAxis(start, stop, AXIS.left, AXIS.width)
    assert zoomed.time_of(x) == pytest.approx(AXIS.time_of(x))
    assert stop - start == pytest.approx(factor * 10.0)


def test_panning_keeps_the_length() -> None:
    assert AXIS.panned(100) == (3.0, 13.0)


@given(st.floats(0, 7000), st.floats(0.1, 7200), st.floats(300, 3000))
def test_ticks_lie_in_the_range_and_have_room_for_their_text(
    start: float, length: float, width: float
) -> None:
    axis = TimeAxis(start, start + length, 0.0, width)
    marks = ticks(axis, 90.0)
    places = [axis.x_of(moment) for moment in marks.major]
    assert all(-0.01 <= place <= width + 0.01 for place in places)
    assert all(after - before >= 89.9 for before, after in pairwise(places))
    texts = [clock(moment, marks.decimals) for moment in marks.major]
    assert len(set(texts)) == len(texts)
    assert not set(marks.major) & set(marks.minor)


def test_ten_seconds_on_a_thousand_pixels_are_marked_every_second() -> None:
    assert ticks(AXIS, 90.0).major == tuple(float(second) for second in range(2, 13))
    assert ticks(AXIS, 90.0).decimals == 0


def test_zoomed_in_ticks_are_fractions_of_a_second() -> None:
    marks = ticks(TimeAxis(1.0, 1.1, 0.0, 1000.0), 90.0)
    assert [clock(moment, marks.decimals) for moment in marks.major[:3]] == ["0:01.00", "0:01.01", "0:01.02"]


@pytest.mark.parametrize(
    ("seconds", "decimals", "text"),
    [
        (0.0, 3, "0:00.000"),
        (59.9996, 3, "1:00.000"),
        (61.25, 2, "1:01.25"),
        (3661.0, 0, "1:01:01"),
        (-1, 0, "0:00"),
    ],
)
def test_moments_are_written_as_a_clock_shows_them(seconds: float, decimals: int, text: str) -> None:
    assert clock(seconds, decimals) == text
