"""``tpviewer bench memory``: peak memory of an analysis against the length of the video."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands
from tpviewer.core.errors import ParameterError, TPViewerError
from tpviewer.media.source import open_source
from tpviewer.media.video_writer import write_video
from tpviewer.resources import own_command


def add_to(commands: Commands) -> None:
    """Add this benchmark's arguments."""
    parser = commands.add_parser("memory", help="peak memory for a short and a long video (a clip, looped)")
    parser.add_argument("clip", type=Path, metavar="VIDEO")
    parser.add_argument("--minutes", type=float, nargs="+", default=[1.0, 10.0])
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Analyse the looped clip at every length in a process of its own and print the peaks."""
    if not hasattr(os, "wait4"):
        raise ParameterError(
            "bench memory needs a system that accounts the memory of a process (Linux, macOS)"
        )
    table = Table(box=None, pad_edge=False)
    for title in ("minutes", "frames", "peak MB", "above the first"):
        table.add_column(title, justify="right")
    first: float | None = None
    with tempfile.TemporaryDirectory() as folder:
        for minutes in options.minutes:
            video = Path(folder) / f"looped-{minutes:g}.mp4"
            frames = loop(options.clip, video, minutes)
            peak = peak_megabytes([*own_command(), "analyze", str(video), "-o", folder])
            first = peak if first is None else first
            table.add_row(f"{minutes:g}", str(frames), f"{peak:.0f}", f"{peak - first:+.0f}")
    Console().print(table)
    return 0


def loop(clip: Path, target: Path, minutes: float) -> int:
    """Write `clip` over and over until it lasts `minutes`; returns the number of frames."""
    with open_source(clip) as source:
        rate = Fraction(source.info.nominal_rate).limit_denominator(1001)
        total = max(1, round(minutes * 60 * float(rate)))

        def pictures() -> Iterator[NDArray[np.uint8]]:
            written = 0
            while written < total:
                for _, picture in source.frames(0, min(source.info.n_frames, total - written)):
                    if picture is not None:
                        yield picture
                    written += 1

        write_video(target, pictures(), rate)
    return total


def peak_megabytes(command: list[str]) -> float:
    """Run a command and return the largest memory that its process held, in MB (10^6 bytes).

    Raises
    ------
    TPViewerError
        If the command fails.
    """
    process = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise TPViewerError(f"{' '.join(command)} failed; its message stands above")
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
