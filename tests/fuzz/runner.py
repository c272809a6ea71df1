"""Runs damaged files one after the other in a process that is watched, and counts how they end."""

import hashlib
import multiprocessing
import os
import resource
import shutil
import signal
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from tests.fuzz.target import Target
from tpviewer.core.errors import TPViewerError

MOST_SECONDS = 30.0
"""For one file, on a machine that does other things as well."""

MOST_BYTES = 2 << 30
"""Of address space above what the process has when it begins: beyond it, memory is not bounded."""

_MOST_HASHED = 1 << 28


@dataclass
class Tally:
    """How the files of one target ended.

    Attributes
    ----------
    used, refused : int
        Files that could be used (in part), and those that ended in a named error.
    failures : list of (int, str)
        Seeds of the others, with what happened.
    slowest : float
        Seconds of the slowest file.
    peak : int
        Bytes of memory at the largest.
    """

    used: int = 0
    refused: int = 0
    failures: list[tuple[int, str]] = field(default_factory=list)
    slowest: float = 0.0
    peak: int = 0

    @property
    def total(self) -> int:
        return self.used + self.refused + len(self.failures)


def run(target: Target, folder: Path, seeds: Sequence[int]) -> Tally:
    """Use the damaged file of each seed; a process that dies or hangs is replaced.

    Parameters
    ----------
    folder : Path
        Takes good and damaged files.
    """
    folder.mkdir(exist_ok=True)
    samples = target.samples(folder)
    tally, waiting = Tally(), list(seeds)
    while waiting:
        done = _watched(target, samples, folder / "damaged", waiting, tally)
        waiting = waiting[done:]
    return tally


def _watched(target: Target, samples: Sequence[Path], place: Path, seeds: Sequence[int], tally: Tally) -> int:
    """Let one process use files until all are done or it failed; return how many were done."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_use_all, args=(there, target, samples, place, seeds), daemon=True)
    process.start()
    there.close()
    try:
        assert here.recv() == "ready"
        for number, seed in enumerate(seeds):
            if not here.poll(MOST_SECONDS):
                tally.failures.append((seed, f"took longer than {MOST_SECONDS} s"))
                return number + 1
            try:
                _count(here.recv(), seed, tally)
            except EOFError:
                process.join()
                tally.failures.append((seed, f"its process died (exit code {process.exitcode})"))
                return number + 1
        return len(seeds)
    finally:
        process.kill()
        process.join()
        here.close()


def _count(told: tuple[str, str, float, int], seed: int, tally: Tally) -> None:
    outcome, text, seconds, peak = told
    tally.slowest, tally.peak = max(tally.slowest, seconds), max(tally.peak, peak)
    if outcome == "used":
        tally.used += 1
    elif outcome == "refused":
        tally.refused += 1
    else:
        tally.failures.append((seed, text))


def _use_all(
    connection: Connection, target: Target, samples: Sequence[Path], place: Path, seeds: Sequence[int]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries say of damaged files
    target.use(samples[0])  # imports what it needs; and a good file must be good
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MOST_BYTES, size + MOST_BYTES))
    connection.send("ready")
    for seed in seeds:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        rng = Random(f"{target.name} {seed}")
        path = target.variant(rng.choice(samples), rng, place)
        before, began = _contents(place), time.monotonic()
        outcome, text = _use(target, path)
        seconds = time.monotonic() - began
        if _contents(place) != before:
            outcome, text = "failed", "the file or its folder was changed"
        connection.send((outcome, text, seconds, 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def _use(target: Target, path: Path) -> tuple[str, str]:
    try:
        target.use(path)
    except TPViewerError as error:
        named = path.name in str(error) or str(path.parent) in str(error)
        return ("refused", "") if named else ("failed", f"the error does not name the file: {error}")
    except BaseException:
        return "failed", traceback.format_exc(limit=-4)
    return "used", ""


def _contents(folder: Path) -> dict[str, str]:
    """What lies in a folder; of links and files that are huge, what the folder knows of them."""
    return {str(path.relative_to(folder)): _mark(path) for path in folder.rglob("*")}


def _mark(path: Path) -> str:
    known = path.lstat()
    if not path.is_file() or path.is_symlink() or known.st_size > _MOST_HASHED:
        return f"{known.st_mode} {known.st_size} {known.st_mtime_ns}"
    return hashlib.sha256(path.read_bytes()).hexdigest()
