"""What a rater says of a video, as files of other programs tell it: in seconds, or frame by frame."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import Reason, Side, Verdict
from tpviewer.core.types import BoolArray

Unit = Literal["seconds", "frames"]


@dataclass(frozen=True)
class TimedAnnotation:
    """One judgement in seconds.

    Attributes
    ----------
    au : str
        For example ``AU04``; `tpviewer.core.annotations.WHOLE_FACE` for a stretch that cannot be scored.
    start_s, stop_s : float
        Seconds from the first frame; equal for an event without duration.
    verdict : Verdict
    intensity : float or None
        0 to 5 (a to e are 1 to 5), None where none is given.
    side : Side
    note : str
    reason : Reason
        Why it cannot be scored.
    apex_s : (float, float) or None
        Seconds from the first frame at which its apex begins and ends; equal for a single moment.
    """

    au: str
    start_s: float
    stop_s: float
    verdict: Verdict = "present"
    intensity: float | None = None
    side: Side = ""
    note: str = ""
    reason: Reason = ""
    apex_s: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class FrameTrack:
    """What a rater says frame by frame, R rows in order.

    Attributes
    ----------
    unit : str
        What `position` counts: ``seconds`` from the first frame, or ``frames`` from 0.
    position : ndarray of float64, shape (R,)
        Ascending.
    presence : ndarray of bool, shape (R, K)
    intensity : ndarray of float32, shape (R, K)
        0 to 5, NaN where there is none.
    known : ndarray of bool, shape (R, K)
        False where the rater could not say.
    """

    unit: Unit
    position: NDArray[np.float64]
    presence: BoolArray
    intensity: NDArray[np.float32]
    known: BoolArray

    @property
    def step(self) -> float:
        """Usual distance of two rows; NaN where there is only one."""
        return float(np.median(np.diff(self.position))) if len(self.position) > 1 else float("nan")


@dataclass(frozen=True, eq=False)
class Ratings:
    """What one rater says of one video.

    Attributes
    ----------
    rater : str
    source : Path
    aus : tuple of str, length K
        Scored by this rater: absent where not marked, unless `marks_absence`.
    intervals : tuple of TimedAnnotation
        By start; none of a table that knows frames but no times.
    end_s : float or None
        Where scoring ended, None for with the video.
    track : FrameTrack or None
        What the intervals were made of, in a table of frames.
    marks_absence : bool
        The rater marks where an Action Unit is absent: where nothing is marked nothing is known.
    warnings : tuple of str
        What was not understood, with its place in the file.
    """

    rater: str
    source: Path
    aus: tuple[str, ...]
    intervals: tuple[TimedAnnotation, ...]
    end_s: float | None
    track: FrameTrack | None = None
    marks_absence: bool = False
    warnings: tuple[str, ...] = ()
