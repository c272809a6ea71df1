"""Where the engine runs: in a process of its own, or in a thread to compare it with."""

import multiprocessing
import os
import tempfile
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from tpviewer.workers.engine_child import run_process, serve

_LAST_WORDS = 4000
_PATIENCE_S = 2.0


@dataclass(frozen=True)
class End:
    """How an engine ended.

    Attributes
    ----------
    exit_code : int or None
        Of its process, negative for a signal; None where it was a thread.
    last_words : str
        The end of what it printed.
    """

    exit_code: int | None
    last_words: str


class EngineHost(Protocol):
    """A running engine."""

    connection: "Connection[Any, Any]"

    @property
    def pid(self) -> int | None:
        """Number of its process, None where it has none."""
        ...

    def kill(self) -> None:
        """End it at once, where that can be done; callable from any thread."""
        ...

    def end(self) -> End:
        """Wait a little for its end, then force it, and free what belongs to it."""
        ...


class ProcessHost:
    """The engine in a new process, which shares nothing with this one.

    Raises
    ------
    OSError
        If the system cannot start a process.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        descriptor, name = tempfile.mkstemp(prefix="tpviewer-engine-", suffix=".log")
        os.close(descriptor)
        self._log = Path(name)
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=run_process, args=(theirs, self._log), name="TPViewer engine", daemon=True
        )
        try:
            self._process.start()
        except BaseException:
            self.connection.close()
            self._log.unlink(missing_ok=True)
            raise
        finally:
            theirs.close()  # so that the connection ends when the process does

    @property
    def pid(self) -> int | None:
        """Number of the process."""
        return self._process.pid

    def kill(self) -> None:
        """Kill the process; a session it writes to stays whole."""
        self._process.kill()

    def end(self) -> End:
        """Wait a little for the process, then kill it, and remove its log."""
        self._process.join(_PATIENCE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode
        self._process.close()
        self.connection.close()
        words = _end_of(self._log)
        self._log.unlink(missing_ok=True)
        return End(code, words)


class ThreadHost:
    """The engine in a thread of this process; only to measure how much smoother a process of its own is."""

    pid = None

    def __init__(self) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        self._thread = threading.Thread(target=serve, args=(theirs,), name="TPViewer engine", daemon=True)
        self._thread.start()

    def kill(self) -> None:
        """Do nothing: a thread cannot be killed, it ends with the process."""

    def end(self) -> End:
        """Wait a little for the thread."""
        self.connection.close()
        self._thread.join(_PATIENCE_S)
        return End(None, "")


def _end_of(log: Path) -> str:
    """Return the last lines without the list of modules, which fills a page and helps nobody."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("Extension modules:"))[-_LAST_WORDS:]
