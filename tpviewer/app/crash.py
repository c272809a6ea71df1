"""What happens when the program itself is at fault: nothing is swallowed, nothing of a picture is written."""

import faulthandler
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

_MOST_BYTES = 1_000_000


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
        text = "".join(traceback.format_exception(kind, error, trace))
        self._file.write(f"{datetime.now().isoformat(timespec='seconds')}\n{text}\n")
        self._file.flush()
        if self._tell is not None:
            self._tell(f"{kind.__name__}: {error}", text)

    def _take_of_thread(self, arguments: Any) -> None:
        if arguments.exc_value is not None:
            self._take(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
