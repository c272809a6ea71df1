"""What a camera is to the program, whatever it is made of; and which clock its pictures go by."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tpviewer.media.recorded_sound import SoundShape

Picture = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class RawFrame:
    """One picture as the camera gave it.

    Attributes
    ----------
    time : float
        When it was taken, seconds of `time.monotonic`.
    picture : callable
        Converts it to (H, W, 3) uint8 RGB, in a thread that may take its time; None where that fails.
    """

    time: float
    picture: Callable[[], Picture | None]


Take = Callable[[RawFrame], None]
Hear = Callable[[NDArray[np.int16], float], None]
Lose = Callable[[str], None]


class CameraSource(Protocol):
    """A camera, or what stands in for one.

    Attributes
    ----------
    name : str
        For the user.
    rate : float
        Pictures per second that are expected.
    sound : SoundShape or None
        Sound of its own that it brings.
    """

    name: str
    rate: float
    sound: SoundShape | None

    def start(self, take: Take, hear: Hear, lose: Lose) -> None:
        """Begin, called in the window's thread.

        Each argument may be called from any thread: `take` with a picture, `hear` with samples of shape
        (n, channels) and the time of the first, `lose` with the reason why no more pictures come.
        """
        ...

    def stop(self) -> None:
        """End; nothing is called any more when this has returned. Again does nothing."""
        ...


class FrameClock:
    """Puts the camera's own times on the program's clock, and does without them where they make no sense.

    Differences between pictures are the camera's, which knows them best; the offset is fixed with the first
    picture. Times that do not rise, or that run away from the clock, are replaced by those of arrival.
    """

    _MOST_DRIFT_S = 0.5

    def __init__(self) -> None:
        self._offset: float | None = None
        self._last = float("-inf")

    def time_of(self, own: float | None, arrival: float) -> float:
        """When a picture was taken, seconds of `time.monotonic`.

        Parameters
        ----------
        own : float or None
            The camera's time of it, seconds; None where it gives none.
        arrival : float
            When it came, seconds of `time.monotonic`.
        """
        time = arrival
        if own is not None:
            if self._offset is None:
                self._offset = arrival - own
            told = own + self._offset
            if told > self._last and abs(told - arrival) < self._MOST_DRIFT_S:
                time = told
            else:
                self._offset = arrival - own
        self._last = max(time, self._last)
        return self._last


class Rate:
    """How often something happens per second, over the last seconds."""

    _WINDOW_S = 2.0

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._began: float | None = None

    def tick(self, now: float) -> None:
        """Count one at `now`, seconds of a clock that only grows."""
        self._began = now if self._began is None else self._began
        self._times.append(now)
        self._forget(now)

    def at(self, now: float) -> float:
        """Return how often a second it happens."""
        self._forget(now)
        if self._began is None or not self._times:
            return 0.0
        since = now - self._began
        if since >= self._WINDOW_S:
            return len(self._times) / self._WINDOW_S
        return (len(self._times) - 1) / max(since, 1e-6)

    def _forget(self, now: float) -> None:
        while self._times and now - self._times[0] >= self._WINDOW_S:
            self._times.popleft()
