"""What is known of a video before a frame of it is looked at."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class VideoInfo:
    """A video as a list of frames in presentation order (method, section 1).

    Attributes
    ----------
    path : Path
    width, height : int
        Size of the frames in pixels, after `rotation`.
    rotation : int
        Clockwise turn that the file asks for and every frame has been given: 0, 90, 180 or 270 degrees.
    pts : ndarray, shape (N,), int64
        Presentation time of every frame in units of `time_base`, not falling.
    time_base : Fraction
        Seconds.
    nominal_rate : float
        Frames per second that the file claims: for display only, never for computing a time.
    codec : str
    has_audio : bool
    kind : {"video", "images"}
    warnings : tuple of str
        What is odd about the file, one sentence each, for the user.
    """

    path: Path
    width: int
    height: int
    rotation: int
    pts: NDArray[np.int64]
    time_base: Fraction
    nominal_rate: float
    codec: str
    has_audio: bool
    kind: Literal["video", "images"]
    warnings: tuple[str, ...] = ()

    @property
    def n_frames(self) -> int:
        """Number of frames N."""
        return len(self.pts)

    @property
    def times(self) -> NDArray[np.float64]:
        """Presentation times in seconds, shape (N,), the first frame's being 0."""
        return self._seconds(self.pts)

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the end of the last."""
        return self.end_s(self.n_frames - 1)

    def end_s(self, index: int) -> float:
        """Time at which a frame gives way to the next, in seconds; the last one lasts a nominal interval."""
        if index + 1 < self.n_frames:
            return float(self._seconds(self.pts[index + 1 : index + 2])[0])
        return float(self._seconds(self.pts[index : index + 1])[0]) + 1.0 / self.nominal_rate

    def _seconds(self, pts: NDArray[np.int64]) -> NDArray[np.float64]:
        ticks = (pts - self.pts[0]).astype(np.float64)
        seconds: NDArray[np.float64] = ticks * self.time_base.numerator / self.time_base.denominator
        return seconds
