"""How long somebody has worked: breaks do not count."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

BREAK_S = 60.0
"""After so many seconds without input nobody is taken to work."""

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class WorkClock(QObject):
    """Counts the seconds between inputs, each at most `BREAK_S`.

    It sees the input of a window whose handle it is an event filter of, and what `touch` tells.

    Parameters
    ----------
    parent : QObject, optional
    now : callable
        Seconds that only go forward.
    """

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now = now
        self._last = now()
        self._seconds = 0.0

    def touch(self) -> None:
        """Note that somebody works."""
        now = self._now()
        self._seconds += min(now - self._last, BREAK_S)
        self._last = now

    def take(self) -> float:
        """Seconds of work since the last `take` or `restart`."""
        self.touch()
        seconds, self._seconds = self._seconds, 0.0
        return seconds

    def restart(self) -> None:
        """Count from now on."""
        self._last, self._seconds = self._now(), 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note input, and let it pass."""
        if event.type() in _INPUT:
            self.touch()
        return False
