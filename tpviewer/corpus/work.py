"""One sequence through the pipeline, in whatever process and on whatever machine."""

import shutil
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from tpviewer.core.errors import SessionError
from tpviewer.models.engine_cache import EngineCache
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import Event

_OF_THREAD = threading.local()


@dataclass(frozen=True)
class Job:
    """A sequence, where its session goes, and what it is analysed with.

    Attributes
    ----------
    images : Path
        Video or folder of images.
    session : Path
    params : Params
    model : Path or None
        Model package; None is the bundled one.
    """

    images: Path
    session: Path
    params: Params
    model: Path | None


Analysis = Callable[[Job], Generator[Event, None, None]]


def analyze_sequence(job: Job) -> Generator[Event, None, None]:
    """Analyse into the session; the model stays loaded for the next sequence of this process."""
    yield from analyze(job.images, job.session, job.params, job.model, Tools(engine=_engines().lend))


def analyze_remotely(job: Job) -> Generator[Event, None, None]:
    """Analyse on a disk of this machine's own, and bring the session to its place when it is whole."""
    yield from by_scratch(job, analyze_sequence)


def by_scratch(job: Job, analysis: Analysis) -> Generator[Event, None, None]:
    """Run an analysis on a copy of the session on this machine's disk, then put it in its place at once.

    SQLite's locks do not hold on every network drive, and a cluster may give a sequence to a second machine
    while the first is only slow: each works for itself, and whole sessions replace each other.

    Raises
    ------
    SessionError
        If the session cannot be copied.
    """
    with TemporaryDirectory(prefix="tpviewer-") as scratch:
        own = replace(job, session=Path(scratch) / job.session.name)
        if job.session.exists():
            _copy(job.session, own.session)
        with closing(analysis(own)) as events:
            yield from events
        _copy(own.session, job.session)


def _copy(source: Path, target: Path) -> None:
    """Copy a session so that it is at its place whole or not at all."""
    arriving = target.with_name(f".{target.name}.{uuid4().hex}")
    try:
        shutil.copyfile(source, arriving)
        arriving.replace(target)
    except OSError as error:
        raise SessionError(
            f"{target}: the session cannot be copied there ({error.strerror}); check that the shared folder"
            " can be reached and has room"
        ) from error


def _engines() -> EngineCache:
    """The cache of this thread: TensorFlow is called in the thread in which the model was built."""
    if not hasattr(_OF_THREAD, "engines"):
        _OF_THREAD.engines = EngineCache()
    engines: EngineCache = _OF_THREAD.engines
    return engines
