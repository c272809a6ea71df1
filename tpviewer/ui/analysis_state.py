"""How far the analysis of the open video is, in words and numbers."""

from dataclasses import dataclass
from typing import Literal

from tpviewer.pipeline.progress import StepProgress
from tpviewer.store.snapshot import Snapshot
from tpviewer.ui.language import tr

Phase = Literal["none", "starting", "running", "stopping", "unfinished", "done"]


@dataclass(frozen=True)
class AnalysisState:
    """State of the analysis.

    Attributes
    ----------
    phase : Phase
        ``none`` before a first analysis; ``starting`` while the engine loads; ``unfinished`` where an
        analysis was stopped, or its parameters changed.
    progress : StepProgress or None
        While it runs.
    """

    phase: Phase = "none"
    progress: StepProgress | None = None

    @property
    def active(self) -> bool:
        """True from start to stop."""
        return self.phase in ("starting", "running", "stopping")


def resting_state(snapshot: Snapshot | None) -> AnalysisState:
    """State of a session that nothing works on."""
    if snapshot is None:
        return AnalysisState("none")
    return AnalysisState("done" if snapshot.complete else "unfinished")


def progress_text(progress: StepProgress) -> str:
    """Return for example ``Explaining 312 / 1480 frames · 41 frames/s · 0:28 left``."""
    units = tr("Action Units") if progress.step == "cluster" else tr("frames")
    parts = [f"{step_title(progress.step)} {progress.done} / {progress.total} {units}"]
    if progress.rate > 0:
        parts.append(
            f"{progress.rate:.0f} {units}/s" if progress.rate >= 1 else f"{progress.rate:.1f} {units}/s"
        )
    left = progress.seconds_left
    if left is not None and progress.done < progress.total:
        minutes, seconds = divmod(round(left), 60)
        parts.append(tr("{0}:{1:02d} left").format(minutes, seconds))
    return " · ".join(parts)


def step_title(step: str) -> str:
    """Return what a step of the analysis does, in one or two words."""
    titles = {
        "identify": tr("Opening"),
        "faces": tr("Finding faces"),
        "track": tr("Following the face"),
        "neutral": tr("Finding the neutral face"),
        "explain": tr("Explaining"),
        "ground": tr("Checking regions"),
        "cluster": tr("Clustering"),
        "stages": tr("Deriving stages"),
    }
    return titles[step]
