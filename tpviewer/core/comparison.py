"""Relations between temporal prototypes: identity and inclusion (paper, sections 4 and 5)."""

from collections.abc import Sequence

import numpy as np

from tpviewer.core.mining_table import holds, mining_table
from tpviewer.core.stages import StageKey


def identical(first: Sequence[StageKey], second: Sequence[StageKey]) -> bool:
    """Whether two temporal prototypes are the same sequence of sets, whatever their durations."""
    return tuple(first) == tuple(second)


def included(part: Sequence[StageKey], whole: Sequence[StageKey], gaps: bool = False) -> bool:
    """Whether `part`'s stages map, in order, onto stages of `whole` with set inclusion at each.

    The paper reads temporal prototypes as sets (section 4); that the order counts is this project's
    choice. NONE is the empty set, included in every stage.

    Parameters
    ----------
    part, whole : sequence of StageKey
    gaps : bool
        Allow stages of `whole` between the ones that are mapped onto; otherwise these are contiguous.
    """
    return _included_with_gaps(part, whole) if gaps else bool(occurrences(part, whole))


def occurrences(part: Sequence[StageKey], whole: Sequence[StageKey]) -> tuple[int, ...]:
    """First stages in `whole` from which `part` is included contiguously."""
    needed, offered = _sets(part), _sets(whole)
    starts = range(len(offered) - len(needed) + 1)
    return tuple(
        start for start in starts if all(n <= o for n, o in zip(needed, offered[start:], strict=False))
    )


def places(
    part: Sequence[StageKey], whole: Sequence[StageKey], gaps: bool = False
) -> tuple[tuple[int, ...], ...]:
    """Stages of `whole` that the stages of `part` are mapped onto, for each occurrence.

    With gaps these are the minimal occurrences: none of them spans another one.

    References
    ----------
    Mannila, H., Toivonen, H., Verkamo, A. I. (1997). Discovery of frequent episodes in event sequences. Data
    Mining and Knowledge Discovery 1(3), 259-289.
    """
    if not part:
        return ()
    if not gaps:
        return tuple(tuple(range(start, start + len(part))) for start in occurrences(part, whole))
    needed, offered = _sets(part), _sets(whole)
    begun = [start for start, stage in enumerate(offered) if needed[0] <= stage]
    found = [_earliest(needed, offered, start) for start in begun]
    complete = [one for one in found if len(one) == len(needed)]
    ends = [one[-1] for one in complete] + [len(offered)]
    return tuple(one for number, one in enumerate(complete) if one[-1] < ends[number + 1])


def identical_groups(prototypes: Sequence[Sequence[StageKey]]) -> tuple[tuple[int, ...], ...]:
    """Numbers of the temporal prototypes that are the same; groups of at least two, the largest first."""
    groups: dict[tuple[StageKey, ...], list[int]] = {}
    for number, prototype in enumerate(prototypes):
        groups.setdefault(tuple(prototype), []).append(number)
    shared = (tuple(group) for group in groups.values() if len(group) > 1)
    return tuple(sorted(shared, key=lambda group: (-len(group), group)))


def inclusions(prototypes: Sequence[Sequence[StageKey]], gaps: bool = False) -> tuple[tuple[int, int], ...]:
    """All pairs (part, whole) of numbers of which the first is included in the second and not identical.

    Of a video without a face, whose temporal prototype is empty, nothing is said.
    """
    table = mining_table(prototypes, 1)
    items = np.bitwise_or.reduce(table.stages, axis=1)
    found = []
    for part, prototype in enumerate(prototypes):
        possible = holds(items, items[part]) & (table.lengths >= table.lengths[part])
        others = [int(whole) for whole in np.flatnonzero(possible)] if prototype else []
        found += [(part, whole) for whole in others if _is_part(prototype, prototypes[whole], gaps)]
    return tuple(found)


def _is_part(part: Sequence[StageKey], whole: Sequence[StageKey], gaps: bool) -> bool:
    return not identical(part, whole) and included(part, whole, gaps)


def _included_with_gaps(part: Sequence[StageKey], whole: Sequence[StageKey]) -> bool:
    """Take the earliest stage that fits, which leaves the most for the rest."""
    offered = iter(_sets(whole))
    return all(any(needed <= stage for stage in offered) for needed in _sets(part))


def _earliest(
    needed: Sequence[frozenset[tuple[str, int]]], offered: Sequence[frozenset[tuple[str, int]]], start: int
) -> tuple[int, ...]:
    """Earliest stages that fit from `start` on; fewer than needed where the rest does not fit."""
    found: list[int] = []
    for place in range(start, len(offered)):
        if len(found) < len(needed) and needed[len(found)] <= offered[place]:
            found.append(place)
    return tuple(found)


def _sets(prototype: Sequence[StageKey]) -> list[frozenset[tuple[str, int]]]:
    return [frozenset(key) for key in prototype]
