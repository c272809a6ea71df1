"""``tpviewer bench pipeline``: a whole analysis against real time, step by step, and very long videos."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands
from tpviewer.cli.pipeline_runs import LONG_AUS, LongRun, Run, long_run, timed_run
from tpviewer.cli.width import printed_width
from tpviewer.core.errors import ParameterError
from tpviewer.models.lrp_engines import BATCHED, ENGINES
from tpviewer.pipeline.overlap import WINDOW_BATCH
from tpviewer.resources import resource

_SHORT = 2000

Spread = tuple[float, float, float]
"""Median, smallest and largest."""


def add_to(commands: Commands) -> None:
    """Add this benchmark's arguments."""
    parser = commands.add_parser("pipeline", help="a whole analysis: speed, steps, memory, storage")
    parser.add_argument("video", type=Path, nargs="?", metavar="VIDEO", help="default: the bundled phantom")
    parser.add_argument("--repeats", type=int, default=3, help="rounds, in each of which every engine runs")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument(
        "--batch", type=int, default=WINDOW_BATCH, metavar="N", help="frames per commit (the window's)"
    )
    parser.add_argument(
        "--long",
        type=int,
        metavar="FRAMES",
        help="instead: the clip as if it went on for so many frames, with three Action Units; each picture"
        " is looked at once, so that time and memory are those of the length alone",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print one table."""
    if min(options.repeats, options.batch, options.long or _SHORT) < 1:
        raise ParameterError("bench pipeline: --repeats, --batch and --long take 1 or more")
    video = options.video or resource("phantom", "phantom.mp4")
    figures, table = (
        _long(video, options.long)
        if options.long is not None
        else _short(video, options.engines, options.repeats, options.batch)
    )
    if options.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        Console(width=printed_width()).print(table)
    return 0


def _short(video: Path, engines: Sequence[str], repeats: int, batch: int) -> tuple[object, Table]:
    runs: dict[str, list[Run]] = {engine: [] for engine in engines}
    for _ in range(repeats):
        for engine, found in runs.items():
            found.append(timed_run(video, engine, batch))
    figures = {engine: figures_of(found) for engine, found in runs.items()}
    if BATCHED in figures:
        for engine, found in runs.items():
            pairs = zip(found, runs[BATCHED], strict=True)
            figures[engine]["total, times that of 'batched'"] = spread(
                [one.total / own.total for one, own in pairs]
            )
    return figures, _table(figures)


def figures_of(runs: Sequence[Run]) -> dict[str, Spread]:
    """What the rounds of one engine say, each as median, smallest and largest."""
    first = runs[0]
    figures = {
        "frames a second": spread([one.frames / one.total for one in runs]),
        "times real time": spread([one.duration / one.total for one in runs]),
        "frames a second of one core": spread([one.frames / one.cpu for one in runs]),
        "cores busy": spread([one.cpu / one.total for one in runs]),
    }
    for step in first.steps:
        figures[f"share of {step}"] = spread([one.steps[step] / one.total for one in runs])
    figures |= {
        "s to the first lane (face)": spread([one.first_faces for one in runs]),
        "s to the first lanes of Action Units": spread([one.first_aus for one in runs]),
        "maps a frame": spread([one.maps / one.frames for one in runs]),
        "GB of maps an hour": spread([one.map_bytes * 3600 / one.duration / 1e9 for one in runs]),
        "GB of session an hour": spread([one.file_bytes * 3600 / one.duration / 1e9 for one in runs]),
    }
    peaks = [one.peak_mb for one in runs if one.peak_mb is not None]
    return figures | ({"peak memory, MB": spread(peaks)} if peaks else {})


def spread(values: Sequence[float]) -> Spread:
    """Median, smallest and largest."""
    return float(np.median(values)), min(values), max(values)


def _table(figures: dict[str, dict[str, Spread]]) -> Table:
    table = Table(
        box=None, pad_edge=False, title="analysis with TensorFlow loaded: median (smallest-largest)"
    )
    table.add_column("measured")
    for engine in figures:
        table.add_column(engine, justify="right")
    for name in dict.fromkeys(name for found in figures.values() for name in found):
        cells = [found[name] for found in figures.values()]
        table.add_row(name, *(f"{median:.2f} ({low:.2f}-{high:.2f})" for median, low, high in cells))
    return table


def _long(video: Path, frames: int) -> tuple[object, Table]:
    runs = [long_run(video, min(_SHORT, frames)), long_run(video, frames)]
    table = Table(box=None, pad_edge=False, title=f"a clip as a long video, {', '.join(LONG_AUS)}")
    table.add_column("measured")
    for one in runs:
        table.add_column(f"{one.frames:,} frames", justify="right")
    for name, cells in _long_rows(runs).items():
        table.add_row(name, *cells)
    return [asdict(one) for one in runs], table


def _long_rows(runs: Sequence[LongRun]) -> dict[str, list[str]]:
    hours = [one.duration / 3600 for one in runs]
    return {
        "hours of video": [f"{each:.2f}" for each in hours],
        "peak memory, MB": ["-" if one.peak_mb is None else f"{one.peak_mb:.0f}" for one in runs],
        "s to open the session": [f"{one.open_s:.2f}" for one in runs],
        "stages (shown)": [f"{one.stages:,}" for one in runs],
        "maps kept": [f"{one.maps:,}" for one in runs],
        "GB of maps an hour": [f"{one.map_bytes / h / 1e9:.2f}" for one, h in zip(runs, hours, strict=True)],
        "GB of session an hour": [
            f"{one.file_bytes / h / 1e9:.2f}" for one, h in zip(runs, hours, strict=True)
        ],
    }
