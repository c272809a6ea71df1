"""Analyses that ``bench pipeline`` measures, each in a process of its own."""

import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from tpviewer.cli.long_video import looped_tools
from tpviewer.core.errors import TPViewerError
from tpviewer.models.default import default_package_path
from tpviewer.models.engine_cache import EngineCache
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.models.model_package import load_package
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.params import PRESET, Params
from tpviewer.pipeline.progress import StepProgress
from tpviewer.store.session import Session
from tpviewer.store.snapshot_reader import SnapshotReader

LONG_AUS = ("AU01", "AU12", "AU25")
_OPENINGS = 3

Found = TypeVar("Found")


@dataclass(frozen=True)
class Run:
    """One analysis, with TensorFlow loaded and the network built before.

    Attributes
    ----------
    frames : int
    duration : float
        Of the video, seconds.
    total, cpu : float
        Seconds on the clock, and of all cores together.
    steps : dict of str to float
        Seconds of each step, in order; what overlaps counts for the step that commits.
    first_faces, first_aus : float
        Seconds until the window could draw the lane of the face, and those of Action Units.
    maps, map_bytes, file_bytes : int
        Relevance maps, what they take, and what the session takes.
    peak_mb : float or None
        Largest memory of the process, MB (10^6 bytes); None where the system does not say.
    """

    frames: int
    duration: float
    total: float
    cpu: float
    steps: dict[str, float]
    first_faces: float
    first_aus: float
    maps: int
    map_bytes: int
    file_bytes: int
    peak_mb: float | None


@dataclass(frozen=True)
class LongRun:
    """One analysis of a clip as a long video: see `looped_tools`.

    Attributes
    ----------
    frames : int
    duration : float
        Seconds of video.
    open_s : float
        Seconds until all that the window draws is read, median.
    stages : int
        Stages that are shown.
    maps, map_bytes, file_bytes : int
    peak_mb : float or None
    """

    frames: int
    duration: float
    open_s: float
    stages: int
    maps: int
    map_bytes: int
    file_bytes: int
    peak_mb: float | None


def timed_run(video: Path, engine: str, batch: int) -> Run:
    """Analyse a video in a process of its own."""
    return _in_a_process(_timed, video, engine, batch)


def long_run(clip: Path, frames: int) -> LongRun:
    """Analyse a clip as a video of so many frames, in a process of its own."""
    return _in_a_process(_looped, clip, frames)


def _in_a_process(work: Callable[..., Found], *arguments: object) -> Found:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(work, *arguments).result()
        except BrokenProcessPool as error:
            raise TPViewerError("an analysis stopped unexpectedly; memory may have run out") from error


def _timed(video: Path, engine_name: str, batch: int) -> Run:
    engines = EngineCache()
    engines.lend(load_package(default_package_path()), PRESET, engine_name)
    FaceMeshDetector().close()  # the first one loads what all of them need
    tools = Tools(engine=engines.lend)
    with tempfile.TemporaryDirectory() as folder:
        path, params = Path(folder) / "timed.tpv", Params(engine=engine_name, batch=batch)
        steps: dict[str, float] = {}
        first: dict[str, float] = {}
        began = last = time.perf_counter()
        cpu = time.process_time()
        with closing(analyze(video, path, params, tools=tools)) as events:
            for event in events:
                now = time.perf_counter()
                if isinstance(event, StepProgress):
                    steps[event.step] = steps.get(event.step, 0.0) + now - last
                    first.setdefault(event.step, now - began)
                    last = now
        total, cpu = time.perf_counter() - began, time.process_time() - cpu
        with Session(path) as session:
            return Run(
                frames=session.video.frames,
                duration=session.end,
                total=total,
                cpu=cpu,
                steps=steps,
                first_faces=first["faces"],
                first_aus=first["explain"],
                maps=session.relevance.count(),
                map_bytes=session.relevance.size(),
                file_bytes=path.stat().st_size,
                peak_mb=peak_mb(),
            )


def _looped(clip: Path, frames: int) -> LongRun:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.tpv"
        for _ in analyze(clip, path, Params(aus=LONG_AUS), tools=looped_tools(frames)):
            pass
        peak, opened = peak_mb(), sorted(_opened(path) for _ in range(_OPENINGS))
        with Session(path) as session:
            return LongRun(
                frames=frames,
                duration=session.end,
                open_s=opened[len(opened) // 2],
                stages=len(session.stages()),
                maps=session.relevance.count(),
                map_bytes=session.relevance.size(),
                file_bytes=path.stat().st_size,
                peak_mb=peak,
            )


def _opened(path: Path) -> float:
    began = time.perf_counter()
    with SnapshotReader(path) as reader:
        reader.read()
    return time.perf_counter() - began


def peak_mb() -> float | None:
    """Largest memory that this process has held so far, MB (10^6 bytes); None where it is not known."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak * (1 if sys.platform == "darwin" else 1024) / 1e6)
