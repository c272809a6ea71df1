"""Drawing and moving intervals with the mouse: what is grabbed, where it snaps to, what comes of it."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import Annotation
from tpviewer.ui.review_edges import resized
from tpviewer.ui.timeline.axis import TimeAxis

Grip = Literal["new", "start", "stop", "whole", "apex start", "apex stop"]
"""What a drag draws or moves."""

GRIP_PX = 5
SNAP_PX = 6
"""How near an edge has to come to a border of a stage or to the playhead to be drawn to it, pixels."""


@dataclass(frozen=True, eq=False)
class Snapper:
    """Finds the edge between frames that a place on the screen stands for.

    Attributes
    ----------
    axis : TimeAxis
    bounds : (N + 1,) float64
        Time of each frame and the end of the last, seconds.
    borders : (B,) int64
        Frames at whose beginning edges are drawn in; may be empty.
    """

    axis: TimeAxis
    bounds: NDArray[np.float64]
    borders: NDArray[np.int64]

    def edge(self, x: float) -> int:
        """The nearest border if it is near, else the nearest edge between two frames, 0 to N."""
        border = self.border(x)
        if border is not None:
            return border[0]
        after = int(np.clip(np.searchsorted(self.bounds, self.axis.time_of(x)), 1, len(self.bounds) - 1))
        left, right = (self.x_of(frame) for frame in (after - 1, after))
        return after if abs(right - x) < abs(left - x) else after - 1

    def border(self, x: float) -> tuple[int, float] | None:
        """The nearest border and its distance in pixels, None if none is near."""
        if not len(self.borders):
            return None
        moments = self.bounds[self.borders] - self.axis.time_of(x)
        nearest = int(np.argmin(np.abs(moments)))
        distance = float(abs(moments[nearest])) / self.axis.seconds_per_pixel
        return (int(self.borders[nearest]), distance) if distance <= SNAP_PX else None

    def x_of(self, frame: int) -> float:
        """Place of the beginning of a frame."""
        return self.axis.x_of(float(self.bounds[frame]))


@dataclass(frozen=True)
class Drag:
    """A drag from its beginning.

    Attributes
    ----------
    grip : Grip
    before : Annotation
        As it was; of a new one the empty range at which it begins.
    grabbed_px : float
        From the start of `before` to where it was grabbed.
    """

    grip: Grip
    before: Annotation
    grabbed_px: float = 0.0


def grip_at(annotation: Annotation, snap: Snapper, x: float, apex: bool, upper: bool) -> Grip:
    """What a drag of an annotation that begins at a place moves.

    Parameters
    ----------
    annotation : Annotation
    snap : Snapper
    x : float
        Pixels.
    apex : bool
        The apex has handles.
    upper : bool
        The place is in the upper half: there the apex comes first where both end together.
    """
    left, right = snap.x_of(annotation.start), snap.x_of(annotation.stop)
    inside = min(GRIP_PX, (right - left) / 3)  # a narrow one can still be dragged by its middle
    edge: Grip | None = "start" if x <= left + inside else "stop" if x >= right - inside else None
    peak = _apex_grip(annotation.apex, snap, x) if apex and annotation.apex is not None else None
    first, second = (peak, edge) if upper else (edge, peak)
    return first or second or "whole"


def _apex_grip(apex: tuple[int, int], snap: Snapper, x: float) -> Grip | None:
    first, last = (snap.x_of(frame) for frame in apex)
    reach = max(min(GRIP_PX, (last - first) / 3), 2)
    if abs(x - first) <= reach:
        return "apex start"
    return "apex stop" if abs(x - last) <= reach else None


def dragged(drag: Drag, snap: Snapper, x: float) -> Annotation:
    """What comes of an annotation when the mouse is at a place: never less than one frame."""
    before, frames = drag.before, len(snap.bounds) - 1
    if drag.grip == "whole":
        return _moved(drag, snap, x)
    edge = snap.edge(x)
    if drag.grip == "new":
        origin = min(before.start, frames - 1)
        start, stop = min(origin, edge), max(before.start, edge)
        return replace(before, start=start, stop=max(stop, start + 1))
    if drag.grip == "start":
        return resized(before, min(edge, before.stop - 1), before.stop)
    if drag.grip == "stop":
        return resized(before, before.start, max(edge, before.start + 1))
    assert before.apex is not None
    first, last = before.apex
    if drag.grip == "apex start":
        return replace(before, apex=(min(max(edge, before.start), last - 1), last))
    return replace(before, apex=(first, max(min(edge, before.stop), first + 1)))


def _moved(drag: Drag, snap: Snapper, x: float) -> Annotation:
    before, length = drag.before, drag.before.stop - drag.before.start
    left = x - drag.grabbed_px
    right = left + snap.x_of(before.stop) - snap.x_of(before.start)
    at_start, at_stop = snap.border(left), snap.border(right)
    if at_stop is not None and (at_start is None or at_stop[1] < at_start[1]):
        start = at_stop[0] - length
    else:
        start = snap.edge(left)
    start = max(0, min(start, len(snap.bounds) - 1 - length))
    by = start - before.start
    apex = (before.apex[0] + by, before.apex[1] + by) if before.apex is not None else None
    return replace(before, start=start, stop=start + length, apex=apex)
