"""What `analyze` tells while it works."""

from dataclasses import dataclass
from typing import Literal

StepName = Literal["identify", "faces", "track", "neutral", "explain", "ground", "cluster", "stages"]


@dataclass(frozen=True)
class StepProgress:
    """A step has committed some of its frames (or Action Units, when clustering).

    Attributes
    ----------
    step : str
    done, total : int
        Units done and to do, counted from the start of the video, not of this run.
    rate : float
        Units per second in this run; 0 before the first were done.
    """

    step: StepName
    done: int
    total: int
    rate: float

    @property
    def seconds_left(self) -> float | None:
        """Time left for this step at the present rate, None while it is unknown."""
        return (self.total - self.done) / self.rate if self.rate > 0 else None


@dataclass(frozen=True)
class Notice:
    """Something the user should know that does not stop the analysis."""

    message: str


Event = StepProgress | Notice
