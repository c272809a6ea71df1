"""Jobs for other processes; this module imports nothing that is slow to import."""

import os
import signal
import time
from collections.abc import Generator, Iterator
from pathlib import Path

from tpviewer.core.errors import TPViewerError


def work(number: int, how: str) -> Generator[str, None, int]:
    """A job that counts, fails as users make it fail, has a defect, or dies."""
    yield f"{number} begins"
    if how == "bad":
        raise TPViewerError(f"{number} is bad")
    if how == "defect":
        raise ZeroDivisionError(number)
    if how == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def endless(path: Path) -> Iterator[str]:
    """A job that goes on for ever, and says when it is let go."""
    try:
        while True:
            time.sleep(0.01)
            yield "on"
    finally:
        path.write_text("closed")
