"""Whatever is dragged wherever: what comes of it makes sense, and edges lie where the mouse is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.core.annotations import Annotation, check_annotation
from tpviewer.ui.review_edges import resized
from tpviewer.ui.timeline.axis import TimeAxis
from tpviewer.ui.timeline.review_drag import SNAP_PX, Drag, Grip, Snapper, dragged, grip_at

FRAMES = 60
NO_BORDERS = np.zeros(0, np.int64)
GRIPS: tuple[Grip, ...] = ("start", "stop", "whole", "apex start", "apex stop")


def uneven(seed: int) -> np.ndarray:
    """Bounds of frames that last unevenly, as with a variable rate."""
    return np.concatenate([[0.0], np.cumsum(np.random.default_rng(seed).uniform(0.01, 0.1, FRAMES))])


@st.composite
def snappers(draw: st.DrawFn) -> Snapper:
    bounds = uneven(draw(st.integers(0, 20)))
    start = draw(st.floats(0, float(bounds[-1]) / 2))
    borders = np.array(sorted(draw(st.sets(st.integers(0, FRAMES), max_size=5))), np.int64)
    return Snapper(TimeAxis(start, start + draw(st.floats(0.1, 5)), 112, 800), bounds, borders)


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    edges = sorted(draw(st.sets(st.integers(0, FRAMES), min_size=4, max_size=4)))
    return Annotation("k", "AU04", edges[0], edges[3], "present", apex=(edges[1], edges[2]))


PLACES = st.floats(-500, 3000)


@given(snappers(), annotations(), st.sampled_from(GRIPS), PLACES, st.floats(-100, 100))
def test_every_drag_leads_to_something_that_can_be_placed(
    snap: Snapper, before: Annotation, grip: Grip, x: float, grabbed: float
) -> None:
    after = dragged(Drag(grip, before, grabbed), snap, x)
    check_annotation(after, FRAMES)
    if grip == "whole":
        assert after.stop - after.start == before.stop - before.start
    if grip.startswith("apex"):
        assert (after.start, after.stop) == (before.start, before.stop)


@given(snappers(), PLACES, PLACES)
def test_what_is_drawn_lies_between_press_and_release(snap: Snapper, first: float, last: float) -> None:
    origin, end = snap.edge(first), snap.edge(last)
    after = dragged(Drag("new", Annotation("k", "AU04", origin, origin, "present")), snap, last)
    check_annotation(after, FRAMES)
    if origin != end:
        assert (after.start, after.stop) == (min(origin, end), max(origin, end))


@given(snappers(), PLACES)
def test_an_edge_is_the_nearest_of_all_frames_or_a_border_nearby(snap: Snapper, x: float) -> None:
    distances = np.abs([snap.x_of(frame) - x for frame in range(FRAMES + 1)])
    edge = snap.edge(x)
    near = [frame for frame in snap.borders.tolist() if distances[frame] <= SNAP_PX]
    among = near if near else range(FRAMES + 1)
    assert distances[edge] == pytest.approx(min(distances[frame] for frame in among))
    free = Snapper(snap.axis, snap.bounds, NO_BORDERS)
    assert distances[free.edge(x)] == pytest.approx(distances.min())


@given(annotations(), st.integers(0, FRAMES - 1), st.integers(1, FRAMES))
def test_another_range_cuts_the_apex(one: Annotation, start: int, length: int) -> None:
    stop = min(start + length, FRAMES)
    after = resized(one, start, stop)
    check_annotation(after, FRAMES)
    assert one.apex is not None
    kept = set(range(*one.apex)) & set(range(start, stop))
    assert set(range(*after.apex)) == kept if after.apex else not kept


def test_a_narrow_interval_has_a_middle_and_two_ends() -> None:
    snap = Snapper(TimeAxis(0, 8, 0, 800), np.arange(81) / 10, NO_BORDERS)
    one = Annotation("k", "AU04", 10, 11, "present")
    assert [grip_at(one, snap, x, False, False) for x in (101, 105, 109)] == ["start", "whole", "stop"]
