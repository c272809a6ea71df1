"""Let the window work until something is so, or for some time; measure how evenly it works."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Process events until `true` returns True; False where it did not within the time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.001)
    return True


class Heartbeat(QObject):
    """Measures how long the window's thread is kept from its events.

    A timer fires every `period_ms`; what an interval lasts beyond that is a gap in which nothing could be
    drawn and no key was heard.

    Attributes
    ----------
    gaps : list of float
        Seconds from each beat to the next.
    """

    def __init__(self, beat: Callable[[], None] | None = None, period_ms: int = 10) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._beat = beat
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(period_ms)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to measure."""
        self._last = None
        self._timer.start()

    def stop(self) -> None:
        """End measuring."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.monotonic()
        if self._last is not None:
            self.gaps.append(now - self._last)
        self._last = now
        if self._beat is not None:
            self._beat()
