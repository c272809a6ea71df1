"""What a model must reach on the phantoms, and whether it did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tpviewer.cli.validate_measures import NEAR, SHOWN, AUAgreement, Measured
from tpviewer.core.grounding import LEAST_GROUNDING

LEAST_MEAN_F1 = 0.80
LEAST_F1 = 0.60
LEAST_TRUE = 0.85
LEAST_IN_TIME = 0.85
LEAST_NEAR = 0.75
LEAST_AGREEMENT = 0.80


@dataclass(frozen=True)
class Criterion:
    """One line of the report.

    Attributes
    ----------
    name, bound, measured : str
        What is judged, from where on it passes, and what was measured, in words.
    passed : bool
    value : float or None
        The figure that the bound holds for; None where there was nothing to measure, which does not pass.
    """

    name: str
    bound: str
    measured: str
    passed: bool
    value: float | None


def judge(measured: Measured) -> list[Criterion]:
    """Hold everything measured against the bounds; experimental Action Units do not count."""
    reliable = [row for row in measured.aus if row.profile == SHOWN and not row.experimental]
    return [
        *_detection(reliable),
        _made_up(reliable),
        _in_time("Onsets", "in time", reliable, [row.onsets_in_time for row in reliable]),
        _in_time("Offsets", "in time", reliable, [row.offsets_in_time for row in reliable]),
        *_stages(measured),
        _looks(measured),
        *_grounding(measured),
    ]


def f1_by_au(rows: Iterable[AUAgreement]) -> dict[str, float]:
    """F1 per frame of each Action Unit over all phantoms together; those that never occur are left out."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        counts = sums.setdefault(row.au, [0, 0, 0])
        for place, count in enumerate((row.shared_frames, row.true_frames, row.found_frames)):
            counts[place] += count
    return {au: 2 * shared / (true + found) for au, (shared, true, found) in sums.items() if true}


def _detection(reliable: Sequence[AUAgreement]) -> list[Criterion]:
    by_au = f1_by_au(reliable)
    mean = sum(by_au.values()) / len(by_au) if by_au else None
    worst = min(by_au, key=by_au.__getitem__, default=None)
    least = None if worst is None else by_au[worst]
    told = f"{len(by_au)} Action Units, mean {_text(mean)}"
    return [
        _at_least("Action Units are found: mean F1 per frame", LEAST_MEAN_F1, mean, told),
        _at_least("No Action Unit is lost: least F1", LEAST_F1, least, f"{_text(least)} ({worst or 'none'})"),
    ]


def _made_up(reliable: Sequence[AUAgreement]) -> Criterion:
    spurious = sum(row.spurious for row in reliable)
    found = sum(row.events - row.missed for row in reliable) + spurious
    value = (found - spurious) / found if found else None
    units = sorted({row.au for row in reliable if row.spurious})
    told = f"{spurious} of {found} found events are not ({', '.join(units) or 'none'})"
    return _at_least("No events are made up: share of found ones that are true", LEAST_TRUE, value, told)


def _in_time(name: str, what: str, reliable: Sequence[AUAgreement], in_time: Sequence[int]) -> Criterion:
    events = sum(row.events for row in reliable)
    value = sum(in_time) / events if events else None
    told = f"{sum(in_time)} of {events} {what}, {sum(row.missed for row in reliable)} missed"
    return _at_least(f"{name} within 2 frames at 25 frames/s", LEAST_IN_TIME, value, told)


def _stages(measured: Measured) -> list[Criterion]:
    rows = [row for row in measured.stages if row.profile == SHOWN]
    true, found = (
        sum(max(0, getattr(row, name) - 1) for row in rows) for name in ("true_stages", "found_stages")
    )
    near_true, near_found = sum(row.true_near for row in rows), sum(row.found_near for row in rows)
    return [
        _at_least(
            f"Stage boundaries are found within {NEAR} frames",
            LEAST_NEAR,
            near_true / true if true else None,
            f"{near_true} of {true} true boundaries",
        ),
        _at_least(
            f"No boundaries are made up: one that is true within {NEAR} frames",
            LEAST_NEAR,
            near_found / found if found else None,
            f"{near_found} of {found} found boundaries",
        ),
    ]


def _looks(measured: Measured) -> Criterion:
    rows = [row for row in measured.looks if not row.experimental]
    values = [row.agreement or 0.0 for row in rows]
    told = ", ".join(f"{row.au} {_text(row.agreement)} ({row.video})" for row in rows) or "none scripted"
    least = min(values, default=None)
    return _at_least("Scripted changes of look become clusters: adjusted Rand", LEAST_AGREEMENT, least, told)


def _grounding(measured: Measured) -> list[Criterion]:
    rows = [row for row in measured.grounding if not row.experimental]
    by_au = {au: [row for row in rows if row.au == au] for au in sorted({row.au for row in rows})}
    means = {au: _mean([row.grounding for row in own]) for au, own in by_au.items()}
    over = {au: means[au] - _mean([row.mirrored for row in own]) for au, own in by_au.items()}
    return [
        _least_of("The network looks where the face moves: grounding", LEAST_GROUNDING, means),
        _least_of("… and not at the same region upside down: grounding above it", 0.0, over),
    ]


def _least_of(name: str, bound: float, values: dict[str, float]) -> Criterion:
    worst = min(values, key=values.__getitem__, default=None)
    least = None if worst is None else values[worst]
    told = f"least {_text(least)} ({worst or 'none'})"
    failing = [f"{au} {_text(value)}" for au, value in sorted(values.items()) if value < bound]
    return _at_least(name, bound, least, f"{told}; under it: {', '.join(failing)}" if failing else told)


def _at_least(name: str, bound: float, value: float | None, told: str) -> Criterion:
    passed = value is not None and value >= bound
    return Criterion(
        name, f"at least {_text(bound)}", told, passed, None if value is None else round(value, 4)
    )


def _mean(values: Sequence[float | None]) -> float:
    return sum(value or 0.0 for value in values) / len(values)


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
