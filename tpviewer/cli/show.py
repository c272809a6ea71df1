"""``tpviewer show``: what a session holds."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tpviewer.cli.blind_note import note_blind
from tpviewer.cli.options import Commands, add_profile_option
from tpviewer.cli.width import printed_width
from tpviewer.export.summary import summary
from tpviewer.store.session import Session


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser(
        "show", help="notation, stages, clusters, counts and provenance of a session"
    )
    parser.add_argument("session", type=Path, metavar="SESSION")
    add_profile_option(parser)
    parser.add_argument("--json", action="store_true", help="stable, documented JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a session's results."""
    with Session(options.session) as session:
        told = summary(session, options.profile)
        note_blind(session)
    if options.json:
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
    else:
        _print(told)
    return 0


def _print(told: dict[str, Any]) -> None:
    console = Console(width=printed_width(180), highlight=False, markup=False, soft_wrap=True)
    reduction = told["description_length_reduction"]
    percent = "–" if reduction is None else f"{100 * reduction:.1f} %"
    console.print(f"{told['video']}")
    console.print(
        f"{told['frames']} frames, {told['duration_s']:.2f} s, face in {told['faces_found']} frames,"
        f" model {told['model']}, profile {told['profile']}{_edits(told)}"
    )
    _print_neutral(console, told["provenance"].get("neutral"))
    _print_kept(console, told["relevance"])
    console.print(f"{len(told['stages'])} stages, description length reduced by {percent}\n")
    console.print(told["temporal_prototype"] + "\n")
    console.print(_stages(told))
    console.print()
    console.print(_clusters(told))
    _print_review(console, told["review"]["reviewers"])


def _print_neutral(console: Console, neutral: dict[str, Any] | None) -> None:
    if neutral is None:
        return
    frames = neutral["frames"]
    where = f", {len(frames)} frames from {frames[0]} to {frames[-1]}" if frames else ""
    console.print(f"neutral face: {neutral['how']}{where}")


def _print_kept(console: Console, told: dict[str, Any]) -> None:
    each = f", of every frame whose number divides by {told['every']}" if told["every"] > 1 else ""
    hourly = told["bytes_per_hour"]
    rate = "" if hourly is None else f", {hourly / 1e9:.2f} GB an hour of video"
    console.print(
        f"relevance maps kept: {told['keep']}{each}; {told['maps']:,} of {told['bytes'] / 1e6:.1f} MB{rate}"
    )


def _print_review(console: Console, reviewers: list[dict[str, Any]]) -> None:
    for one in reviewers:
        count, changed = len(one["judgements"]), sum(j["changed_since"] or False for j in one["judgements"])
        notes = [f"{count} judgement{'' if count == 1 else 's'}", f"last {one['last']}"]
        notes += [f"result changed since {changed}"] if changed else []
        notes += ["blind, not committed: without the machine"] if one["blind"] else []
        console.print(f"\nreview by {one['name']}: {', '.join(notes)}")
        console.print(one["temporal_prototype"])


def _edits(told: dict[str, Any]) -> str:
    edits = told["provenance"].get("edits")
    if edits is None:
        return ""
    return f" edited by {', '.join(edits['authors'])} ({edits['count']} edits, last {edits['last']})"


def _stages(told: dict[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("stage", "start", "stop", "from s", "to s", "purity"):
        table.add_column(title, justify="right")
    table.add_column("label")
    measured = any(s["grounding"] for s in told["stages"])
    if measured:
        table.add_column("grounding (! elsewhere)")
    for number, s in enumerate(told["stages"], start=1):
        times = (f"{s['start_s']:.2f}", f"{s['stop_s']:.2f}", f"{s['purity']:.2f}")
        grounding = (_grounding(s),) if measured else ()
        table.add_row(str(number), str(s["start"]), str(s["stop"]), *times, s["label"], *grounding)
    return table


def _grounding(stage: dict[str, Any]) -> str:
    marks = {au: "!" if au in stage["looks_elsewhere"] else "" for au in stage["grounding"]}
    return ", ".join(f"{au} {value:.2f}{marks[au]}" for au, value in stage["grounding"].items())


def _clusters(told: dict[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("AU")
    for title in ("active frames", "clusters", "from spectrum", "stability", "grounding"):
        table.add_column(title, justify="right")
    table.add_column("looks (frames)")
    table.add_column("smallest eigenvalues")
    for au in told["aus"]:
        if not au["clusters"]:
            continue
        note = "too few frames to cluster" if au["too_few_frames_to_cluster"] else ""
        looks = ", ".join(f"{c['letter']} ({c['frames']})" for c in au["clusters"])
        figures = ("–" if au[key] is None else f"{au[key]:.2f}" for key in ("stability", "grounding"))
        table.add_row(
            au["name"],
            *(str(au["active_frames"]), str(len(au["clusters"])), str(au["clusters_from_spectrum"])),
            *(*figures, looks),
            note or " ".join(f"{value:.3f}" for value in au["eigenvalues"][:6]),
        )
    return table
