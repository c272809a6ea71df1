"""``tpviewer validate``: the bundled phantoms against their known truth, as an acceptance test.

The exit code is 0 if every criterion is met and 1 if one is not; the report is the same either way.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tpviewer.cli.analyze import make_folder
from tpviewer.cli.options import Commands, add_model_option
from tpviewer.cli.progress import ProgressLine
from tpviewer.cli.validate_criteria import Criterion, judge
from tpviewer.cli.validate_measures import (
    Measured,
    compare_aus,
    compare_grounding,
    compare_looks,
    compare_planted,
    compare_stages,
)
from tpviewer.pipeline.analyze import analyze
from tpviewer.resources import resource
from tpviewer.store.session import PROFILES, Session
from tpviewer.store.truth import Truth, read_truth, truth_of_face


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser(
        "validate",
        help="analyse the bundled phantoms and compare with their truth",
        description="Analyses rendered faces of exactly known Action Units with the installed program and"
        " says whether it does what it should. Exit code: 0 every criterion is met, 1 one is not.",
    )
    parser.add_argument("-o", "--out", type=Path, metavar="DIR", help="write report.html; keep the sessions")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_model_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Analyse, compare, report."""
    from tpviewer.cli.validate_page import write_page  # with matplotlib, which other commands do not need
    from tpviewer.cli.validate_text import print_report

    with ExitStack() as stack:
        folder = options.out or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        make_folder(folder)
        sessions = [
            (stack.enter_context(Session(path)), read_truth(video.with_suffix(".json")), video.stem)
            for video, path in _analysed(folder, options.model)
        ]
        pairs = [(session, truth_of_face(session, truths), name) for session, truths, name in sessions]
        measured = measure(pairs)
        criteria, about = judge(measured), about_run(pairs)
        if options.out is not None:
            write_page(folder / "report.html", about, criteria, measured, pairs)
    if options.json:
        sys.stdout.write(json.dumps(report(about, criteria, measured), indent=2) + "\n")
    else:
        print_report(about, criteria, measured)
    return 0 if all(criterion.passed for criterion in criteria) else 1


def phantoms() -> list[Path]:
    """The bundled videos, the sample first."""
    found = sorted(resource("phantom").glob("*.mp4"))
    return sorted(found, key=lambda path: path.stem != "phantom")


def measure(pairs: Sequence[tuple[Session, Truth, str]]) -> Measured:
    """Measure finished sessions against the truth of their face; each with the name of its video."""
    return Measured(
        aus=tuple(row for pair in pairs for profile in PROFILES for row in compare_aus(*pair, profile)),
        stages=tuple(compare_stages(*pair, profile) for pair in pairs for profile in PROFILES),
        looks=tuple(row for pair in pairs for row in compare_looks(*pair)),
        grounding=tuple(row for pair in pairs for row in compare_grounding(*pair)),
        planted=tuple(row for pair in pairs for row in compare_planted(*pair)),
    )


def about_run(pairs: Sequence[tuple[Session, Truth, str]]) -> dict[str, Any]:
    """Program, model, day and phantoms, JSON types; nothing of the machine."""
    made_by = pairs[0][0].provenance
    return {
        "program": made_by["program"],
        "model": made_by["model"],
        "model_version": made_by["model_version"],
        "model_sha256": made_by["model_sha256"],
        "experimental": list(pairs[0][0].model["experimental"]),
        "date": datetime.now(UTC).date().isoformat(),
        "phantoms": [
            {"name": name, "frames": session.video.frames, "sha256": session.video.sha256}
            for session, _, name in pairs
        ],
    }


def report(about: dict[str, Any], criteria: Sequence[Criterion], measured: Measured) -> dict[str, Any]:
    """Everything, JSON types."""
    passed = all(criterion.passed for criterion in criteria)
    told = [asdict(criterion) for criterion in criteria]
    return {"run": about, "passed": passed, "criteria": told, **asdict(measured)}


def _analysed(folder: Path, model: Path | None) -> list[tuple[Path, Path]]:
    done = []
    for video in phantoms():
        path = folder / f"{video.stem}.tpv"
        with ProgressLine() as line, closing(analyze(video, path, model=model)) as events:
            line.follow(events)
        done.append((video, path))
    return done
