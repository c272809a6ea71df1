"""What every step of an analysis works with, and how a step remembers how far it came."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.processors import cores
from tpviewer.media.source import VideoSource, open_source
from tpviewer.models.engine import Engine
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.models.lrp_engines import Choice, choose_engine
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.protocols import AUEngine, FaceDetector
from tpviewer.pipeline.basis import Basis
from tpviewer.pipeline.overlap import MOST_THREADS
from tpviewer.pipeline.params import Params, ProfileName
from tpviewer.pipeline.progress import StepName, StepProgress
from tpviewer.store.kept import Kept
from tpviewer.store.session import Session
from tpviewer.store.steps import StepState


@dataclass(frozen=True)
class Tools:
    """How an analysis gets its frames, and its detectors and engine when a step needs them.

    Attributes
    ----------
    source : callable
        Opens the video.
    detector : callable
        Makes a `FaceDetector`, one for each thread that looks for faces.
    engine : callable
        Makes the `AUEngine` of a model, an LRP preset and a relevance engine.
    threads : int
        Threads that work beside TensorFlow's; no result depends on it.
    """

    source: Callable[[Path], VideoSource] = open_source
    detector: Callable[[], FaceDetector] = FaceMeshDetector
    engine: Callable[[ModelPackage, str, str], AUEngine] = Engine
    threads: int = field(default_factory=lambda: min(cores(), MOST_THREADS))


class SharedEngine:
    """The engine that the steps of an analysis share, made when one first needs it: loading takes seconds.

    Parameters
    ----------
    make : callable
        Makes an `AUEngine`.
    """

    def __init__(self, make: Callable[[], AUEngine]) -> None:
        self._make = make
        self._engine: AUEngine | None = None

    def get(self) -> AUEngine:
        """Return the engine."""
        if self._engine is None:
            self._engine = self._make()
        return self._engine

    def close(self) -> None:
        """Free the engine, if one was made; it is made again when it is needed again."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None


@dataclass(frozen=True)
class Context:
    """One analysis under way.

    Attributes
    ----------
    path : Path
        The video or image folder.
    source : VideoSource
    session : Session
        Opened for writing.
    params : Params
        With its profile filled in.
    package : ModelPackage
    thresholds : tuple of float
        Decision threshold per Action Unit of the model.
    floors : tuple of float or None
        Probability from which relevance is computed; None where the Action Unit takes no part.
    frames : int
        Frames to analyse.
    tools : Tools
    engine : SharedEngine
    crops : dict of int to (H, W) uint8
        Crops of the frames that were looked at for the neutral face, in memory only.
    """

    path: Path
    source: VideoSource
    session: Session
    params: Params
    package: ModelPackage
    thresholds: tuple[float, ...]
    floors: tuple[float | None, ...]
    frames: int
    tools: Tools
    engine: SharedEngine
    crops: dict[int, NDArray[np.uint8]] = field(default_factory=dict)

    @property
    def aus(self) -> tuple[str, ...]:
        """Action Units of the model, in its order."""
        return self.package.card.aus

    @property
    def relevance_engine(self) -> Choice:
        """What computes the relevance of this model."""
        return choose_engine(self.package.network, self.params.engine)

    @property
    def kept(self) -> Kept:
        """Which relevance maps are to be kept."""
        return Kept.of(self.params.keep, self.frames)

    def basis(self, name: ProfileName) -> Basis:
        """What clusters and stages of a profile are made from."""
        chosen = (au for au, floor in zip(self.aus, self.floors, strict=True) if floor is not None)
        return Basis(
            session=self.session,
            name=name,
            profile=self.params.profiles[name],
            aus=self.aus,
            thresholds=self.thresholds,
            chosen=frozenset(chosen),
        )

    def content(self, step: str) -> str:
        """Fingerprint of a step that has run."""
        state = self.session.steps.get(step)
        if state is None:
            raise KeyError(step)
        return state.content


def begin(
    session: Session, step: str, content: str, total: int, clear: Callable[[], Any], coverage: str = ""
) -> StepState:
    """Return where a step goes on; what an earlier run left with other parameters is cleared first."""
    old = session.steps.get(step)
    with session.transaction():
        if old is None or old.content != content:
            clear()
            state = StepState(content, coverage, 0, total)
        else:
            done = min(old.done, total) if old.coverage == coverage else 0
            state = replace(old, coverage=coverage, done=done, total=total)
        session.steps.put(step, state)
    return state


@dataclass
class Meter:
    """Counts units of one run of a step and makes its progress events."""

    step: StepName
    total: int
    start: int
    began: float = field(default_factory=time.monotonic)

    def at(self, done: int) -> StepProgress:
        """Progress after `done` units."""
        seconds = time.monotonic() - self.began
        rate = (done - self.start) / seconds if done > self.start and seconds > 0 else 0.0
        return StepProgress(self.step, done, self.total, rate)
