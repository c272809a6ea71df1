"""What happens when the program itself is at fault: nothing is swallowed, nothing of a picture is written."""

import faulthandler
import re
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

_MOST_BYTES = 1_000_000
_LONGEST_MESSAGE = 500
_NUMBERS = re.compile(r"[-+.,;\s\d\[\]()]{24,}")  # what a part of a picture looks like in a message


class CrashLog:
    """A text file for tracebacks; the window is told of each.

    Parameters
    ----------
    path : Path
        Begins anew when it has grown over a megabyte.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            path.unlink()
        self._file: IO[str] = path.open("a", encoding="utf-8")
        self._tell: Callable[[str, str], None] | None = None

    def install(self, tell: Callable[[str, str], None]) -> None:
        """Take every error that nobody else takes; `tell` gets its last line and its traceback."""
        self._tell = tell
        faulthandler.enable(self._file)
        sys.excepthook = self._take
        threading.excepthook = self._take_of_thread

    def close(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        faulthandler.disable()
        self._file.close()

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = _report(error, trace)
        self._file.write(f"{datetime.now().isoformat(timespec='seconds')}\n{text}\n")
        self._file.flush()
        if self._tell is not None:
            self._tell(_words(error), text)

    def _take_of_thread(self, arguments: Any) -> None:
        if arguments.exc_value is not None:
            self._take(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _report(error: BaseException, trace: TracebackType | None) -> str:
    """Return the traceback, with the errors that led to it, and without numbers that may be of a picture."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    led = f"{_report(before, before.__traceback__)}\nled to\n\n" if before is not None else ""
    calls = "".join(traceback.format_tb(trace))
    return f"{led}Traceback (most recent call last):\n{calls}{_words(error)}\n"


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {_NUMBERS.sub(' … ', str(error))[:_LONGEST_MESSAGE]}"
