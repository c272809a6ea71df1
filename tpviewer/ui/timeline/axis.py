"""Time and place: where a moment lies on the screen, and which moments are written out."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS_S = (
    *(mantissa * 10.0**power for power in (-3, -2, -1) for mantissa in (1, 2, 5)),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 30.0),
    *(60.0 * minutes for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 240)),
)
_DIVISIONS = 5


@dataclass(frozen=True)
class TimeAxis:
    """A range of time laid over a range of pixels.

    Attributes
    ----------
    start, stop : float
        Visible range, seconds.
    left, width : float
        Place of the first moment and length of the range, pixels.
    """

    start: float
    stop: float
    left: float
    width: float

    @property
    def seconds_per_pixel(self) -> float:
        """Seconds that a pixel covers."""
        return (self.stop - self.start) / self.width

    def x_of(self, seconds: float) -> float:
        """Place of a moment, also of one outside the range."""
        return self.left + (seconds - self.start) / self.seconds_per_pixel

    def time_of(self, x: float) -> float:
        """Moment at a place, the inverse of `x_of`."""
        return self.start + (x - self.left) * self.seconds_per_pixel

    def edges(self, columns: int) -> NDArray[np.float64]:
        """Times (columns + 1,) that part the range into equal columns, seconds."""
        return np.linspace(self.start, self.stop, columns + 1)

    def zoomed(self, x: float, factor: float) -> tuple[float, float]:
        """Range that is `factor` times as long and has the same moment at a place."""
        moment = self.time_of(x)
        return moment - (moment - self.start) * factor, moment + (self.stop - moment) * factor

    def panned(self, pixels: float) -> tuple[float, float]:
        """Range of the same length, moved so many pixels to the right."""
        moved = pixels * self.seconds_per_pixel
        return self.start + moved, self.stop + moved


@dataclass(frozen=True)
class Ticks:
    """Marks of a time axis.

    Attributes
    ----------
    major, minor : tuple of float
        Seconds; the major ones are written out.
    decimals : int
        Decimals of a second that tell the major ones apart.
    """

    major: tuple[float, ...]
    minor: tuple[float, ...]
    decimals: int


def ticks(axis: TimeAxis, least_px: float) -> Ticks:
    """Round moments of the visible range, no closer together than some pixels."""
    wanted = least_px * axis.seconds_per_pixel
    step = next((step for step in _STEPS_S if step >= wanted), _whole_hours(wanted))
    minor_step = step / _DIVISIONS
    numbers = range(math.ceil(axis.start / minor_step - 1e-6), math.floor(axis.stop / minor_step + 1e-6) + 1)
    return Ticks(
        major=tuple(n // _DIVISIONS * step for n in numbers if n % _DIVISIONS == 0),
        minor=tuple(n * minor_step for n in numbers if n % _DIVISIONS),
        decimals=max(0, -math.floor(math.log10(step) + 1e-9)),
    )


def _whole_hours(seconds: float) -> float:
    return math.ceil(seconds / 3600) * 3600.0
