"""Qt without a screen; a test that leaves threads, timers or widgets behind fails."""

from tests.qt_guard import nothing_left_behind

__all__ = ["nothing_left_behind"]
