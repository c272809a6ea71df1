"""Qt without a screen."""

from tests.qt_guard import nothing_left_behind

__all__ = ["nothing_left_behind"]
