"""How far the analysis of the open video is, in words and numbers."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from tpviewer.pipeline.progress import StepProgress
from tpviewer.store.snapshot import Snapshot

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
    units = _tr("Action Units") if progress.step == "cluster" else _tr("frames")
    parts = [f"{step_title(progress.step)} {progress.done} / {progress.total} {units}"]
    if progress.rate > 0:
        parts.append(
            f"{progress.rate:.0f} {units}/s" if progress.rate >= 1 else f"{progress.rate:.1f} {units}/s"
        )
    left = progress.seconds_left
    if left is not None and progress.done < progress.total:
        minutes, seconds = divmod(round(left), 60)
        parts.append(_tr("{0}:{1:02d} left").format(minutes, seconds))
    return " · ".join(parts)


def step_title(step: str) -> str:
    """Return what a step of the analysis does, in one or two words."""
    titles = {
        "identify": _tr("Opening"),
        "faces": _tr("Finding faces"),
        "track": _tr("Following the face"),
        "neutral": _tr("Finding the neutral face"),
        "explain": _tr("Explaining"),
        "ground": _tr("Checking regions"),
        "cluster": _tr("Clustering"),
        "stages": _tr("Deriving stages"),
    }
    return titles[step]


def _tr(text: str) -> str:
    return QCoreApplication.translate("AnalysisState", text)
