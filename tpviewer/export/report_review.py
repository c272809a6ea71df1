"""What reviewers say, beside what the machine says."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import INTENSITIES, VERDICTS, WHOLE_FACE, Annotation, lane
from tpviewer.core.judgements import Judgement, changed_since, range_activity
from tpviewer.core.reviewed import Difference, differences, reviewed
from tpviewer.core.stages import UNICODE_ARROW, notation
from tpviewer.export.report_told import Told
from tpviewer.export.sheets import Column, Sheets


def write_review(sheets: Sheets, told: Told) -> None:
    """Tell of each reviewer: time spent, verdicts, the reviewed prototype and where it differs."""
    reviews = told.session.reviews
    names = reviews.reviewers()
    sheets.heading("Review", with_next=0.8)
    if not names:
        sheets.paragraph("Not reviewed: nobody has judged these results.")
        return
    for number, name in enumerate(names, start=1):
        shown = f"Reviewer {number}" if told.deidentified else name
        judgements = reviews.judgements(name)
        sheets.heading(shown, 3, with_next=0.8)
        sheets.facts(_facts(told, name, judgements))
        _write_result(sheets, told, judgements)
        if judgements:
            sheets.heading(f"Judgements of {shown}", 3, with_next=0.5)
            sheets.table(_COLUMNS, (_row(told, one) for one in judgements))


_COLUMNS = (
    *(Column("AU", 0.7), Column("frames", 1.0, True), Column("s", 0.9, True), Column("verdict", 1.15)),
    *(Column("intensity", 0.85), Column("side", 0.8), Column("apex", 0.85), Column("machine", 0.85)),
)
_CHANGES = (Column("frames", 1.1, True), Column("s", 1.2, True), Column("added", 2.4), Column("removed", 2.4))

_CHANGES = (Column("frames", 1.1, True), Column("s", 1.2, True), Column("added", 2.4), Column("removed", 2.4))


def _facts(told: Told, name: str, judgements: Sequence[Judgement]) -> list[tuple[str, str]]:
    reviews = told.session.reviews
    entries = [entry for entry in reviews.log() if entry.reviewer == name]
    counts = Counter(one.annotation.verdict for one in judgements)
    frames = sum(stop - start for start, stop in reviews.done(name))
    facts = [
        ("Verdicts", ", ".join(f"{counts[one]} {one}" for one in VERDICTS if counts[one]) or "none"),
        ("Looked through", f"{frames} of {told.session.video.frames} frames"),
        ("Time spent", _duration(sum(entry.seconds for entry in entries))),
        ("Made blind", f"{sum(one.blind for one in judgements)} of {len(judgements)} judgements"),
    ]
    sources = sorted({one.source for one in judgements if one.source})
    if told.deidentified:
        return facts
    if entries:
        facts.append(("Days", f"{entries[0].made_at[:10]} to {entries[-1].made_at[:10]}"))
    return facts + ([("Imported from", ", ".join(sources))] if sources else [])


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


def _write_result(sheets: Sheets, told: Told, judgements: Sequence[Judgement]) -> None:
    """Prototype after review and what changed."""
    session, columns = told.session, told.session.columns(told.profile)
    states = session.states(profile=told.profile)
    after = reviewed(
        _activity(told),
        states,
        columns,
        [one.annotation for one in judgements],
        np.asarray(session.arrays.require("seen"), np.bool_),
    )
    sheets.heading("Temporal prototype after review", 3)
    sheets.paragraph(notation(after.stages, UNICODE_ARROW), 7.5)
    changed = differences(states, columns, after)
    sheets.heading("What the review changed", 3)
    if not changed:
        sheets.paragraph("Nothing: the reviewed stages have the machine's Action Units.")
        return
    bounds = np.append(session.times, session.end)
    sheets.table(_CHANGES, (_difference(one, bounds) for one in changed))


def _difference(one: Difference, bounds: NDArray[np.float64]) -> tuple[str, ...]:
    seconds = f"{bounds[one.start]:.2f}–{bounds[one.stop]:.2f}"
    return f"{one.start}–{one.stop - 1}", seconds, ", ".join(one.added), ", ".join(one.removed)


def _row(told: Told, judgement: Judgement) -> tuple[str, ...]:
    one = judgement.annotation
    bounds = np.append(told.session.times, told.session.end)
    return (
        "whole face" if one.au == WHOLE_FACE and lane(one) == "face" else lane(one),
        f"{one.start}–{one.stop - 1}",
        f"{bounds[one.start]:.2f}–{bounds[one.stop]:.2f}",
        f"{one.verdict}{f': {one.reason}' if one.reason else ''}",
        f"intensity {INTENSITIES[one.intensity - 1]}" if one.intensity else "",
        one.side,
        _apex(one),
        _machine(told, judgement),
    )


def _activity(told: Told) -> NDArray[np.bool_]:
    return np.asarray(told.session.arrays.require(f"{told.profile}/activity/smoothed"), np.bool_)


def _machine(told: Told, judgement: Judgement) -> str:
    """Whether the reviewer saw what the machine says, and whether it says something else now."""
    seen = "hidden" if judgement.blind else "shown"
    now = range_activity(judgement.annotation, _activity(told), told.session.columns(told.profile))
    return f"{seen}, result changed since review" if changed_since(judgement, now) else seen


def _apex(one: Annotation) -> str:
    return "" if one.apex is None else f"{one.apex[0]}–{one.apex[1] - 1}"
