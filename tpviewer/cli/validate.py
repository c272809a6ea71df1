"""``tpviewer validate``: the bundled phantoms against their known truth."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from tpviewer.cli.analyze import make_folder
from tpviewer.cli.options import Commands, add_model_option
from tpviewer.cli.progress import ProgressLine
from tpviewer.core.agreement import boundaries, boundary_errors, event_agreement, frame_agreement
from tpviewer.core.stages import stages_from_states
from tpviewer.pipeline.analyze import analyze
from tpviewer.resources import resource
from tpviewer.store.session import PROFILES, Session
from tpviewer.store.truth import Truth, read_truth

PHANTOMS = ("phantom", "two_people")


@dataclass(frozen=True)
class AUAgreement:
    """How one Action Unit was found in one phantom, by one profile."""

    video: str
    profile: str
    au: str
    experimental: bool
    true_frames: int
    found_frames: int
    f1: float | None
    events: int
    missed: int
    spurious: int
    onset_error: float | None
    offset_error: float | None


@dataclass(frozen=True)
class StageAgreement:
    """How well stage boundaries were found: median distances in frames, and the share within 3 frames."""

    video: str
    profile: str
    true_stages: int
    found_stages: int
    median_from_truth: float | None
    median_from_found: float | None
    share_within_3: float | None


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser("validate", help="analyse the bundled phantoms and compare with their truth")
    parser.add_argument("-o", "--out", type=Path, metavar="DIR", help="keep the sessions here")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_model_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Analyse, compare, print."""
    with ExitStack() as stack:
        folder = options.out or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        make_folder(folder)
        aus: list[AUAgreement] = []
        stages: list[StageAgreement] = []
        for name in PHANTOMS:
            path = folder / f"{name}.tpv"
            video = resource("phantom", f"{name}.mp4")
            with ProgressLine() as line, closing(analyze(video, path, model=options.model)) as events:
                line.follow(events)
            truths = read_truth(video.with_suffix(".json"))
            with Session(path) as session:
                truth = truth_of_face(session, truths)
                for profile in PROFILES:
                    aus += compare_aus(session, truth, name, profile)
                    stages.append(compare_stages(session, truth, name, profile))
    if options.json:
        told = {"aus": [asdict(a) for a in aus], "stages": [asdict(s) for s in stages]}
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
    else:
        _print(aus, stages)
    return 0


def truth_of_face(session: Session, truths: list[Truth]) -> Truth:
    """Truth of the face that was analysed: the one whose boxes its box overlaps most."""
    boxes = session.arrays.require("track/box")
    centres = boxes[:, :2] + boxes[:, 2:] / 2

    def distance(truth: Truth) -> float:
        true = truth.boxes[: len(centres), :2] + truth.boxes[: len(centres), 2:] / 2
        return float(np.nanmean(np.linalg.norm(centres - true, axis=1)))

    return min(truths, key=distance)


def compare_aus(session: Session, truth: Truth, video: str, profile: str) -> Iterator[AUAgreement]:
    """Agreement per Action Unit that model or truth knows to occur."""
    columns = session.columns(profile)
    active = session.arrays.require(f"{profile}/activity/smoothed")
    for au in session.aus:
        found = active[:, columns.index(au)]
        true = _presence(truth, au)
        if not found.any() and not true.any():
            continue
        events = event_agreement(found, true)
        yield AUAgreement(
            video=video,
            profile=profile,
            au=au,
            experimental=au in session.model["experimental"],
            true_frames=int(true.sum()),
            found_frames=int(found.sum()),
            f1=_number(float(frame_agreement(found[:, None], true[:, None]).f1[0])),
            events=len(events.onset_errors) + events.missed,
            missed=events.missed,
            spurious=events.spurious,
            onset_error=_median(np.abs(events.onset_errors)),
            offset_error=_median(np.abs(events.offset_errors)),
        )


def compare_stages(session: Session, truth: Truth, video: str, profile: str) -> StageAgreement:
    """Agreement of stage boundaries, over the Action Units that are in stages and not experimental."""
    excluded = set(session.model["experimental"]) | ({"AU45"} if profile == "steady" else set())
    kept = [au not in excluded for au in truth.aus]
    true = stages_from_states(truth.states()[:, kept], [au for au in truth.aus if au not in excluded])
    columns = session.columns(profile)
    mine = [au not in excluded for au in columns]
    states = session.states("absorbed", profile)[:, mine]
    found = stages_from_states(states, [au for au in columns if au not in excluded])
    from_truth, from_found = boundary_errors(boundaries(found), boundaries(true))
    return StageAgreement(
        video=video,
        profile=profile,
        true_stages=len(true),
        found_stages=len(found),
        median_from_truth=_median(from_truth),
        median_from_found=_median(from_found),
        share_within_3=float((from_truth <= 3).mean()) if len(from_truth) else None,
    )


def _presence(truth: Truth, au: str) -> NDArray[np.bool_]:
    if au in truth.aus:
        return np.asarray(truth.present[:, truth.aus.index(au)])
    return np.zeros(len(truth.intensity), np.bool_)


def _median(values: NDArray[np.int64]) -> float | None:
    return float(np.median(values)) if len(values) else None


def _number(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None


def _print(aus: list[AUAgreement], stages: list[StageAgreement]) -> None:
    console = Console(width=None if Console().is_terminal else 130)
    table = Table(box=None, pad_edge=False)
    for title in ("video", "profile", "AU"):
        table.add_column(title)
    for title in (
        "true frames",
        "found",
        "F1",
        "events",
        "missed",
        "spurious",
        "onset off by",
        "offset off by",
    ):
        table.add_column(title, justify="right")
    for a in aus:
        counts = (a.true_frames, a.found_frames, _text(a.f1), a.events, a.missed, a.spurious)
        name = f"{a.au} (experimental)" if a.experimental else a.au
        errors = (_text(a.onset_error), _text(a.offset_error))
        table.add_row(a.video, a.profile, name, *(str(c) for c in counts), *errors)
    console.print(table)
    _print_stages(console, stages)


def _print_stages(console: Console, stages: list[StageAgreement]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("video", "profile"):
        table.add_column(title)
    for title in ("true stages", "found", "boundary off by", "spurious off by", "within 3 frames"):
        table.add_column(title, justify="right")
    for s in stages:
        within = "–" if s.share_within_3 is None else f"{100 * s.share_within_3:.0f} %"
        errors = (_text(s.median_from_truth), _text(s.median_from_found), within)
        table.add_row(s.video, s.profile, str(s.true_stages), str(s.found_stages), *errors)
    console.print(table)
    console.print("errors are medians, in frames; experimental units and blinks are outside the stages here")


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
