"""Train the model that the program brings with it, from nothing.

    python packaging/train_bundled.py --face-model ICT-FaceKit/FaceXModel --faces FACES \\
        --teacher face_landmarker.task --bfloat16 --work WORK -o OUT

renders; fits a committee: a long fit to plain renders, which knows those best, and two shorter ones to those
of varied people, which follow real faces better; lets two networks that start as the long one learn the mean
answer of the committee; and takes the means of the weights of these two and of the long one. Every fit is a
`tpviewer train` with one thread, two at a time; what they say is kept in WORK. What was stopped goes on where
it was when the same command is given again.
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

RENDERS, PLAIN_RENDERS, PHOTO_RENDERS = 40_000, 24_000, 12_000
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1")


class Fit(NamedTuple):
    """One `tpviewer train`: its name, its minutes, and what it learns from beside rendered faces."""

    name: str
    minutes: int
    photographs: bool = True
    photo_renders: bool = False
    plain: bool = False
    committee: tuple[str, ...] = ()


COMMITTEE = (
    Fit("long", 52, photo_renders=True, plain=True),
    Fit("middle", 15, photographs=False),
    Fit("short", 5, photographs=False),
)
NAMES = tuple(fit.name for fit in COMMITTEE)
PUPILS = (
    Fit("pupil-1", 10, committee=NAMES),
    Fit("pupil-2", 10, photo_renders=True, committee=NAMES),
)
AVERAGED = ("long", *(fit.name for fit in PUPILS))


def arguments(fit: Fit, options: argparse.Namespace, out: Path) -> list[str]:
    """Arguments of `tpviewer train`."""
    words = ["--face-model", options.face_model, "--renders", PLAIN_RENDERS if fit.plain else RENDERS]
    words += ["--faces", options.faces, "--teacher", options.teacher] if fit.photographs else []
    words += ["--photo-renders", PHOTO_RENDERS] if fit.photo_renders else []
    words += ["--plain"] * fit.plain + ["--bfloat16"] * options.bfloat16
    words += ["--committee", *fit.committee] if fit.committee else []
    words += ["--architecture", "wide", "--minutes", fit.minutes]
    words += ["--work", options.work, "--name", fit.name, "-o", out]
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
    jobs = os.cpu_count() or 1
    for renders, vary in ((PLAIN_RENDERS, False), (RENDERS, True)):  # here, not in two fits at once
        sources = Sources(
            options.work,
            options.face_model,
            renders,
            PHOTO_RENDERS,
            options.faces,
            options.teacher,
            jobs=jobs,
            vary=vary,
        )
        gather(sources, say)
    with ThreadPoolExecutor(min(jobs, 2)) as pool:
        for fits in (COMMITTEE, PUPILS):
            training = [
                pool.submit(train, fit, options, options.work / "packages" / fit.name) for fit in fits
            ]
            for fit, ended in zip(fits, training, strict=True):
                ended.result()
                say(f"fitted '{fit.name}'")
    train(Fit("bundled", 1), options, options.out, "--average", *AVERAGED)
    say(f"wrote {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
