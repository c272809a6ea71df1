"""Progress at a rate that a window can follow."""

import time
from collections.abc import Callable

from tpviewer.pipeline.progress import StepProgress


class ProgressThrottle:
    """Lets progress through so many times a second; the newest counts, and the last of a step always arrives.

    Parameters
    ----------
    send : callable
        Takes what is let through.
    interval : float
        Least seconds between two events of a step.
    clock : callable
        Seconds that only grow.
    """

    def __init__(
        self,
        send: Callable[[StepProgress], None],
        interval: float = 0.05,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._send, self._interval, self._clock = send, interval, clock
        self._held: StepProgress | None = None
        self._next = 0.0

    def offer(self, event: StepProgress) -> None:
        """Take an event; it is sent now, or held until `release` or a newer one."""
        if self._held is not None and self._held.step != event.step:
            self.flush()
        self._held = event
        if event.done >= event.total:
            self.flush()
        else:
            self.release()

    def due_in(self) -> float | None:
        """Seconds until `release` would send something, None when nothing is held."""
        return None if self._held is None else max(0.0, self._next - self._clock())

    def release(self) -> None:
        """Send what is held if its time has come."""
        if self._clock() >= self._next:
            self.flush()

    def flush(self) -> None:
        """Send what is held now."""
        if self._held is not None:
            held, self._held = self._held, None
            self._next = self._clock() + self._interval
            self._send(held)
