"""The report of ``tpviewer validate`` on the terminal."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from tpviewer.cli.validate_criteria import Criterion
from tpviewer.cli.validate_measures import Measured
from tpviewer.cli.width import printed_width


def print_report(about: dict[str, Any], criteria: Sequence[Criterion], measured: Measured) -> None:
    """Print what was run, the verdict, and the figures behind it."""
    console = Console(width=printed_width(130), highlight=False)
    for line in about_lines(about):
        console.print(line, markup=False)
    console.print(_criteria(criteria))
    console.print(verdict(criteria), style="bold")
    console.print(_aus(measured), _stages(measured), sep="\n")
    console.print(
        "errors are medians, in frames; experimental Action Units and blinks are outside the stages here"
    )
    console.print(_looks(measured), _grounding(measured), _planted(measured), sep="\n")


def about_lines(about: dict[str, Any]) -> list[str]:
    """What was run, in lines."""
    videos = ", ".join(f"{video['name']} ({video['frames']} frames)" for video in about["phantoms"])
    model = f"{about['model']} {about['model_version']}, SHA-256 {about['model_sha256']}"
    experimental = ", ".join(about["experimental"]) or "none"
    return [
        f"{about['program']}, {about['date']}",
        f"Model: {model}",
        f"Phantoms: {videos}",
        f"Experimental, not judged: {experimental}",
    ]


def verdict(criteria: Sequence[Criterion]) -> str:
    """Overall result in one sentence."""
    failed = sum(not criterion.passed for criterion in criteria)
    if failed:
        return f"NOT PASSED: {failed} of {len(criteria)} criteria not met"
    return f"PASSED: all {len(criteria)} criteria met"


def _criteria(criteria: Sequence[Criterion]) -> Table:
    rows = (("pass" if c.passed else "FAIL", c.name, c.bound, _text(c.value), c.measured) for c in criteria)
    return _table(("", "criterion", "bound", "figure", "measured"), (), rows)


def _aus(measured: Measured) -> Table:
    figures = ("true frames", "found", "F1", "events", "missed", "spurious", "onset off by", "offset off by")
    rows = (
        (
            *(a.video, a.profile, f"{a.au} (experimental)" if a.experimental else a.au),
            *(str(count) for count in (a.true_frames, a.found_frames, _text(a.f1))),
            *(str(count) for count in (a.events, a.missed, a.spurious)),
            *(_text(a.onset_error), _text(a.offset_error)),
        )
        for a in measured.aus
    )
    return _table(("video", "profile", "AU"), figures, rows)


def _stages(measured: Measured) -> Table:
    figures = ("true stages", "found", "boundary off by", "spurious off by", "within 3 frames")
    rows = (
        (
            *(s.video, s.profile, str(s.true_stages), str(s.found_stages)),
            *(_text(s.median_from_truth), _text(s.median_from_found), _percent(s.share_within_3)),
        )
        for s in measured.stages
    )
    return _table(("video", "profile"), figures, rows)


def _looks(measured: Measured) -> Table:
    rows = (
        (row.video, row.au, str(row.frames), str(row.looks), str(row.clusters), _text(row.agreement))
        for row in measured.looks
    )
    return _table(
        ("change of look scripted", "AU"), ("frames", "looks", "clusters", "adjusted Rand index"), rows
    )


def _grounding(measured: Measured) -> Table:
    rows = (
        (
            *(row.video, f"{row.au} (experimental)" if row.experimental else row.au, str(row.frames)),
            *(_percent(row.covered), _text(row.grounding), _text(row.mirrored)),
        )
        for row in measured.grounding
    )
    return _table(("relevance where the face moves", "AU"), ("frames", "mask", "grounding", "mirrored"), rows)


def _planted(measured: Measured) -> Table:
    shares = sorted({share for row in measured.planted for share in row.agreement}, key=float)
    rows = (
        (row.video, row.au, str(row.frames), *(_text(row.agreement[share]) for share in shares))
        for row in measured.planted
    )
    titles = (f"{100 * float(share):.0f} % moved" for share in shares)
    return _table(("change planted into the maps", "AU"), ("frames", *titles), rows)


def _table(words: Sequence[str], figures: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in words:
        table.add_column(title)
    for title in figures:
        table.add_column(title, justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"
