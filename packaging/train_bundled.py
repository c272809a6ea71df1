"""Train the model that the program brings with it, from nothing.

    python packaging/train_bundled.py --face-model ICT-FaceKit/FaceXModel --faces FACES \\
        --teacher face_landmarker.task --bfloat16 --work WORK -o OUT

renders, fits a committee of networks with the same people held out, and lets one network learn their mean
answer. Every fit is a `tpviewer train` with one thread, two of the committee at a time; what they say is kept
in WORK. What was stopped goes on where it was when the same command is given again.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from tpviewer.training.train_sets import Sources, gather

RENDERS, PHOTO_RENDERS = 40_000, 12_000
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1")


class Fit(NamedTuple):
    """One `tpviewer train`: its name, its minutes, and what it sees beside rendered faces."""

    name: str
    minutes: int
    photographs: bool = False
    photo_renders: bool = False


COMMITTEE = (
    Fit("long", 30, photographs=True),
    Fit("photographic", 30, photographs=True, photo_renders=True),
    Fit("middle", 15),
    Fit("short", 5),
)
"""Long fits know renders best, short ones follow real faces better; the last network starts as the first."""
BUNDLED = Fit("bundled", 32, photographs=True)


def arguments(fit: Fit, options: argparse.Namespace, out: Path) -> list[str]:
    """Arguments of `tpviewer train`."""
    words = ["--face-model", options.face_model, "--renders", RENDERS, "--architecture", "wide"]
    words += ["--bfloat16"] * options.bfloat16
    words += ["--faces", options.faces, "--teacher", options.teacher] if fit.photographs else []
    words += ["--photo-renders", PHOTO_RENDERS] if fit.photo_renders else []
    words += ["--minutes", fit.minutes, "--work", options.work, "--name", fit.name, "-o", out]
    return [str(word) for word in words]


def train(fit: Fit, options: argparse.Namespace, out: Path, *more: str) -> None:
    """Run `tpviewer train` and keep what it says in the work folder.

    Raises
    ------
    SystemExit
        If it failed, with the file that says why.
    """
    said = options.work / f"{fit.name}.log"
    command = [sys.executable, "-m", "tpviewer", "train", *arguments(fit, options, out), *more]
    with said.open("a", encoding="utf-8") as lines:
        environment = {**os.environ, **ONE_THREAD}
        done = subprocess.run(command, stdout=lines, stderr=lines, check=False, env=environment)
    if done.returncode:
        raise SystemExit(
            f"{said}: the fit '{fit.name}' failed (exit code {done.returncode}); its end says why"
        )


def read_options(words: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Train the bundled model from nothing.")
    parser.add_argument("--face-model", type=Path, required=True, metavar="PATH", help="ICT-FaceKit")
    parser.add_argument("--faces", type=Path, required=True, metavar="DIR", help="photographs")
    parser.add_argument("--teacher", type=Path, required=True, metavar="FILE", help="face_landmarker.task")
    parser.add_argument("--bfloat16", action="store_true", help="where the processor computes in it")
    parser.add_argument("--work", type=Path, default=Path("training"))
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder of the model package")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Render, fit the committee, and let one network learn from it."""
    options = read_options(words)
    say = Console(highlight=False, soft_wrap=True).print
    jobs, work, faces = os.cpu_count() or 1, options.work, options.faces
    gather(Sources(work, options.face_model, RENDERS, PHOTO_RENDERS, faces, options.teacher, jobs=jobs), say)
    with ThreadPoolExecutor(min(jobs, 2)) as pool:
        fitting = [pool.submit(train, fit, options, work / "packages" / fit.name) for fit in COMMITTEE]
        for fit, ended in zip(COMMITTEE, fitting, strict=True):
            ended.result()
            say(f"fitted '{fit.name}'")
    train(BUNDLED, options, options.out, "--committee", *(fit.name for fit in COMMITTEE))
    say(f"wrote {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
