"""What the review lanes show of the judgements: rows, one for each reviewer and Action Unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import WHOLE_FACE, Annotation, Reason, lane
from tpviewer.core.judgements import Judgement

FACE_LANES = ("face", "speech")
"""Lanes of the whole face, which share one row; what is drawn later comes first under the mouse."""


@dataclass(frozen=True, eq=False)
class ReviewRow:
    """One reviewer's judgements in one lane, in which nothing overlaps.

    Attributes
    ----------
    lane : str
        Name of an Action Unit, or one of `FACE_LANES`.
    reviewer : str
    own : bool
        True for the present reviewer's, which can be changed.
    judgements : tuple of Judgement
        In order of start.
    top, height : int
        Place within the lanes, pixels.
    """

    lane: str
    reviewer: str
    own: bool
    judgements: tuple[Judgement, ...]
    top: int
    height: int

    @property
    def of_face(self) -> bool:
        """True for stretches of the whole face."""
        return self.lane in FACE_LANES

    @property
    def bottom(self) -> int:
        """First pixel below the row."""
        return self.top + self.height

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """First frame (J,) of each judgement."""
        return np.array([one.annotation.start for one in self.judgements], np.int64)

    @cached_property
    def stops(self) -> NDArray[np.int64]:
        """Frame (J,) after the last of each judgement."""
        return np.array([one.annotation.stop for one in self.judgements], np.int64)

    def within(self, start: int, stop: int) -> slice:
        """Places of the judgements that reach into a range of frames."""
        first = int(np.searchsorted(self.stops, start, side="right"))
        return slice(first, max(first, int(np.searchsorted(self.starts, stop, side="left"))))

    def at(self, frame: int) -> Judgement | None:
        """Judgement of a frame."""
        found = self.judgements[self.within(frame, frame + 1)]
        return found[0] if found else None

    def blank(self, key: str, start: int, stop: int) -> Annotation:
        """What is drawn into the row when nothing else has been said."""
        if not self.of_face:
            return Annotation(key, self.lane, start, stop, "present")
        reason: Reason = "speech" if self.lane == "speech" else ""
        return Annotation(key, WHOLE_FACE, start, stop, "not scorable", reason=reason)


@dataclass(frozen=True)
class Heights:
    """Heights of rows in pixels.

    Attributes
    ----------
    own, thin : int
        Of the present reviewer's lane of an Action Unit, and of all others.
    """

    own: int
    thin: int


def rows_of(
    judgements: Iterable[Judgement], reviewer: str, aus: Sequence[str], heights: Heights, spare: bool
) -> tuple[ReviewRow, ...]:
    """Rows of some Action Units and of the whole face, from the top.

    Parameters
    ----------
    judgements : iterable of Judgement
        Of all reviewers that may be shown, in order of start.
    reviewer : str
        The present one.
    aus : sequence of str
        Action Units in order.
    heights : Heights
    spare : bool
        Keep rows of others who have judged another Action Unit, so that the height is the same for each.
    """
    groups: dict[tuple[str, str], list[Judgement]] = {}
    for one in judgements:
        groups.setdefault((lane(one.annotation), one.reviewer), []).append(one)
    others = sorted({name for _, name in groups} - {reviewer})
    rows: list[ReviewRow] = []
    top = 0
    for au in aus:
        for name in (reviewer, *(name for name in others if spare or (au, name) in groups)):
            height = heights.own if name == reviewer else heights.thin
            found = tuple(groups.get((au, name), ()))
            rows.append(ReviewRow(au, name, name == reviewer, found, top, height))
            top += height
    return (*rows, *_face_rows(groups, reviewer, others, top, heights.thin))


def _face_rows(
    groups: Mapping[tuple[str, str], Sequence[Judgement]],
    reviewer: str,
    others: Sequence[str],
    top: int,
    height: int,
) -> list[ReviewRow]:
    rows = []
    for name in (reviewer, *others):
        found = {part: tuple(groups.get((part, name), ())) for part in FACE_LANES}
        if name != reviewer and not any(found.values()):
            continue
        rows += [
            ReviewRow(part, name, name == reviewer, some, top + inset, height - inset)
            for part, some, inset in zip(found, found.values(), (0, height // 4), strict=True)
        ]
        top += height
    return rows
