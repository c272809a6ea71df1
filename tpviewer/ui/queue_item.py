"""One video in the queue, and how far it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tpviewer.pipeline.progress import StepName, StepProgress

QueueState = Literal["waiting", "running", "done", "failed", "skipped", "stopped"]
"""``skipped`` was analysed with this model before; ``stopped`` goes on when the user says so."""

OVER: frozenset[QueueState] = frozenset({"done", "failed", "skipped", "stopped"})

_SHARES: dict[StepName, tuple[float, float]] = {
    "identify": (0.0, 0.0),
    "faces": (0.0, 0.19),
    "track": (0.19, 0.01),
    "neutral": (0.20, 0.02),
    "explain": (0.22, 0.58),
    "ground": (0.80, 0.04),
    "cluster": (0.84, 0.14),
    "stages": (0.98, 0.01),
}
"""Where each step begins and how much of the whole it takes: processor time, measured on the phantom."""

_LEAST_SHARE = 0.02


@dataclass(frozen=True)
class QueueItem:
    """One entry of the queue.

    Attributes
    ----------
    path : Path
        A video, an image, a folder of images, or a session.
    state : QueueState
    error : str
        Why it failed.
    session : Path or None
        Known from when it begins.
    progress : StepProgress or None
        Of the step in work.
    share : float
        How much of the whole is done, 0 to 1; it never goes back.
    began : (float, float) or None
        Seconds of a clock and share at the first word of this run.
    left : float or None
        Seconds left by what was done so far, None while that says too little.
    """

    path: Path
    state: QueueState = "waiting"
    error: str = ""
    session: Path | None = None
    progress: StepProgress | None = None
    share: float = 0.0
    began: tuple[float, float] | None = None
    left: float | None = None

    @property
    def over(self) -> bool:
        """True where nothing more happens by itself."""
        return self.state in OVER


def share_done(progress: StepProgress) -> float:
    """Share of the whole analysis that is done, 0 to 1, from the progress of one step."""
    begin, size = _SHARES[progress.step]
    return begin + size * (progress.done / progress.total if progress.total else 1.0)


def seconds_left(began: tuple[float, float], now: float, share: float) -> float | None:
    """Seconds left if it goes on as from `began`; None while too little was done to tell."""
    moment, first = began
    done = share - first
    return (now - moment) / done * (1.0 - share) if done >= _LEAST_SHARE else None
