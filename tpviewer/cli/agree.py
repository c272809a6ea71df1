"""``tpviewer agree``: how far people and the machine, or people among themselves, agree."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands, add_profile_option
from tpviewer.cli.width import printed_width
from tpviewer.core.errors import ParameterError
from tpviewer.core.rater_agreement import TOLERANCE, RaterAgreement
from tpviewer.export.agreement_table import (
    SHOWN,
    agreement_told,
    figure_text,
    intervals_text,
    number,
    write_agreement,
)
from tpviewer.importing.rated_videos import RatedVideos, rated_videos

_OUTPUTS = (".csv", ".pdf", ".svg", ".png")
_TITLES = ("kappa", "F1", "precision", "recall", "ICC(3,1)", "event F1")


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser(
        "agree",
        help="human–machine and human–human agreement",
        description="Compares all raters that have something in common: reviewers and the machine of"
        " sessions, and files of OpenFace, py-feat, ELAN and BORIS. A file belongs to the session that its"
        " name begins with, or to the only one; files without a session are of one video.",
    )
    parser.add_argument("inputs", type=Path, nargs="+", metavar="SESSION|FILE")
    parser.add_argument("--reference", metavar="NAME", help="compare all others with this rater")
    parser.add_argument(
        "--tolerance",
        type=int,
        default=TOLERANCE,
        metavar="FRAMES",
        help="by which onset and offset of the same event may differ; default: %(default)s",
    )
    add_profile_option(parser)
    parser.add_argument("--json", action="store_true", help="stable, documented JSON")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="table .csv, plot .pdf, .svg or .png")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, print, and write; 1 where an input could not be used."""
    if options.out is not None and options.out.suffix.lower() not in _OUTPUTS:
        raise ParameterError(f"{options.out}: the name has to end with one of {', '.join(_OUTPUTS)}")
    rated = rated_videos(options.inputs, options.profile, anyone=True)
    errors = Console(stderr=True)
    for problem in rated.problems:
        errors.print(f"tpviewer: {problem}", style="red", markup=False, highlight=False, soft_wrap=True)
    for note in rated.notes:
        errors.print(note, style="yellow", markup=False, highlight=False, soft_wrap=True)
    found = _compared(rated, options.reference, options.tolerance)
    if options.json:
        sys.stdout.write(json.dumps(_told(rated, found), indent=2) + "\n")
    else:
        _print(found)
    if options.out is not None:
        for written in write_agreement(found, options.out, rated.told()):
            errors.print(f"written: {written}", markup=False, highlight=False, soft_wrap=True)
    return 1 if rated.problems else 0


def _compared(rated: RatedVideos, reference: str | None, tolerance: int) -> list[RaterAgreement]:
    if not rated.videos:
        raise ParameterError("nothing could be read that could be compared")
    pairs = rated.pairs(reference)
    if not pairs:
        raters = ", ".join(rated.raters()) or "none"
        raise ParameterError(
            f"no two raters have scored the same Action Unit in the same frames (raters: {raters}); a"
            " reviewer has to judge, mark what was looked through, or commit first"
        )
    return [rated.agreement(*pair, tolerance) for pair in pairs]


def _told(rated: RatedVideos, found: Sequence[RaterAgreement]) -> dict[str, Any]:
    return {
        "videos": rated.told(),
        "agreement": agreement_told(found),
        "problems": list(rated.problems),
        "notes": list(rated.notes),
    }


def _print(found: Sequence[RaterAgreement]) -> None:
    console = Console(width=printed_width(180), highlight=False, markup=False)
    for pair in found:
        console.print(f"{pair.other} against {pair.reference} (reference)", style="bold")
        console.print(f"{intervals_text(pair.videos)}; events within ± {pair.tolerance} frames")
        console.print(_table(pair))
        console.print()


def _table(pair: RaterAgreement) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("AU")
    for title in ("frames", *_TITLES, "present: ref. / other", "events: ref. / other / same"):
        table.add_column(title, justify="right")
    for one in pair.aus:
        present = (number(one.figures[f"prevalence_{who}"].value) for who in ("reference", "other"))
        events = (one.events_reference, one.events_other, one.events_matched)
        table.add_row(
            *(one.au, str(one.frames)),
            *(figure_text(one.figures[name]) for name in SHOWN),
            *(" / ".join(present), " / ".join(map(str, events))),
        )
    return table
