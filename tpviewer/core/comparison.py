"""Relations between temporal prototypes (paper, sections 4 and 5)."""

from collections.abc import Sequence

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


def _included_with_gaps(part: Sequence[StageKey], whole: Sequence[StageKey]) -> bool:
    """Take the earliest stage that fits, which leaves the most for the rest."""
    offered = iter(_sets(whole))
    return all(any(needed <= stage for stage in offered) for needed in _sets(part))


def _sets(prototype: Sequence[StageKey]) -> list[frozenset[tuple[str, int]]]:
    return [frozenset(key) for key in prototype]
