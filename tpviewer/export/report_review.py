"""What reviewers say, beside what the machine says."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import INTENSITIES, VERDICTS, WHOLE_FACE, Annotation, lane
from tpviewer.core.judgements import Judgement
from tpviewer.core.pspi import HIGHEST
from tpviewer.core.reviewed import Difference
from tpviewer.core.stages import UNICODE_ARROW, notation
from tpviewer.export.report_told import Told
from tpviewer.export.review import ReviewerResult, reviewer_result
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
        result = reviewer_result(told.session, name, told.profile)
        sheets.heading(shown, 3, with_next=0.8)
        sheets.facts(_facts(told, result))
        _write_result(sheets, told, result)
        if result.judgements:
            sheets.heading(f"Judgements of {shown}", 3, with_next=0.5)
            sheets.table(_COLUMNS, (_row(told, result, one) for one in result.judgements))


_COLUMNS = (
    *(Column("AU", 0.7), Column("frames", 1.0, True), Column("s", 0.9, True), Column("verdict", 1.15)),
    *(Column("intensity", 0.85), Column("side", 0.8), Column("apex", 0.85), Column("machine", 0.85)),
)
_CHANGES = (Column("frames", 1.1, True), Column("s", 1.2, True), Column("added", 2.4), Column("removed", 2.4))


def _facts(told: Told, result: ReviewerResult) -> list[tuple[str, str]]:
    reviews, name, judgements = told.session.reviews, result.reviewer, result.judgements
    entries = [entry for entry in reviews.log() if entry.reviewer == name]
    counts = Counter(one.annotation.verdict for one in judgements)
    frames = sum(stop - start for start, stop in reviews.done(name))
    facts = [
        ("Verdicts", ", ".join(f"{counts[one]} {one}" for one in VERDICTS if counts[one]) or "none"),
        ("Looked through", f"{frames} of {told.session.video.frames} frames"),
        ("Time spent", _duration(sum(entry.seconds for entry in entries))),
        ("Made blind", f"{sum(one.blind for one in judgements)} of {len(judgements)} judgements"),
        ("Pain (PSPI)", _pain(result.pspi)),
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


def _pain(values: NDArray[np.float32]) -> str:
    """Greatest and mean value over the frames in which all parts were scored."""
    scored = values[np.isfinite(values)]
    if not len(scored):
        return "not scored: it takes a word on AU4, 6, 7, 9, 10 and 43 in the same frame"
    return f"at most {scored.max():.0f}, mean {scored.mean():.1f} of {HIGHEST}, in {len(scored)} frames"


def _write_result(sheets: Sheets, told: Told, result: ReviewerResult) -> None:
    """Prototype after review and what changed."""
    session = told.session
    sheets.heading("Temporal prototype after review", 3)
    sheets.paragraph(notation(result.after.stages, UNICODE_ARROW), 7.5)
    if result.blind:
        sheets.paragraph("The machine is hidden from this reviewer: this is the reviewer's word alone.")
        return
    changed = result.differences
    sheets.heading("What the review changed", 3)
    if not changed:
        sheets.paragraph("Nothing: the reviewed stages have the machine's Action Units.")
        return
    bounds = np.append(session.times, session.end)
    sheets.table(_CHANGES, (_difference(one, bounds) for one in changed))


def _difference(one: Difference, bounds: NDArray[np.float64]) -> tuple[str, ...]:
    return (
        f"{one.start}–{one.stop - 1}",
        _seconds(bounds, one.start, one.stop),
        ", ".join(one.added),
        ", ".join(one.removed),
    )


def _seconds(bounds: NDArray[np.float64], start: int, stop: int) -> str:
    """Times of a range of frames; a video that was analysed again may be shorter."""
    last = len(bounds) - 1
    return f"{bounds[min(start, last)]:.2f}–{bounds[min(stop, last)]:.2f}"


def _row(told: Told, result: ReviewerResult, judgement: Judgement) -> tuple[str, ...]:
    one = judgement.annotation
    bounds = np.append(told.session.times, told.session.end)
    return (
        "whole face" if one.au == WHOLE_FACE and lane(one) == "face" else lane(one),
        f"{one.start}–{one.stop - 1}",
        _seconds(bounds, one.start, one.stop),
        f"{one.verdict}{f': {one.reason}' if one.reason else ''}",
        f"intensity {INTENSITIES[one.intensity - 1]}" if one.intensity else "",
        one.side,
        _apex(one),
        _machine(result, judgement),
    )


def _machine(result: ReviewerResult, judgement: Judgement) -> str:
    """Whether the reviewer saw what the machine says, and whether it says something else now."""
    seen = "hidden" if judgement.blind else "shown"
    changed = judgement.annotation.key in result.changed
    return f"{seen}, result changed since review" if changed else seen


def _apex(one: Annotation) -> str:
    return "" if one.apex is None else f"{one.apex[0]}–{one.apex[1] - 1}"
