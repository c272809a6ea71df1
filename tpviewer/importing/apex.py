"""Apexes that a file tells as annotations of their own, given to the judgements that they lie in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tpviewer.importing.rated import TimedAnnotation


def with_apexes(
    intervals: Sequence[TimedAnnotation], apexes: Iterable[TimedAnnotation]
) -> tuple[TimedAnnotation, ...]:
    """Give each apex to the interval of its Action Unit, and of its side, that its middle lies in.

    One that lies in none is an interval of its own: at its apex an Action Unit is present.

    Parameters
    ----------
    intervals : sequence of TimedAnnotation
    apexes : iterable of TimedAnnotation
        Their intensity counts where the interval has none.

    Returns
    -------
    tuple of TimedAnnotation
        By start.
    """
    found = list(intervals)
    places = defaultdict[str, list[int]](list)
    for place, one in enumerate(intervals):
        if one.verdict == "present":
            places[one.au].append(place)
    for apex in apexes:
        place = next((n for n in places[apex.au] if _holds(intervals[n], apex)), -1)
        if place < 0:
            found.append(replace(apex, note=f"apex {apex.note}".strip()))
        else:
            graded = found[place].intensity or apex.intensity
            found[place] = replace(found[place], apex_s=(apex.start_s, apex.stop_s), intensity=graded)
    return tuple(sorted(found, key=lambda one: one.start_s))


def _holds(interval: TimedAnnotation, apex: TimedAnnotation) -> bool:
    middle = (apex.start_s + apex.stop_s) / 2
    return interval.start_s <= middle <= interval.stop_s and apex.side in ("", interval.side)
