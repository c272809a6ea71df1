"""Decoding in processes of its own: a file that crashes or hangs a decoder takes nothing else along."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError

if TYPE_CHECKING:
    from tpviewer.media.decoding_child import Place, Reply, Request

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE_S = 60.0
"""Seconds in which a frame must come out of the decoder."""

_MOST_IDLE = 2
_LOOK_S = 0.005  # between two looks at whether a frame is still wanted


class DecodingProcess:
    """A process that decodes for one thread at a time; it ends when this one does.

    Parameters
    ----------
    patience : float
        Seconds in which a frame must come out of the decoder.
    """

    def __init__(self, patience: float) -> None:
        from tpviewer.media.decoding_child import serve  # which imports the modules that use this one

        context = multiprocessing.get_context("spawn")
        self._connection: Connection[Any, Any]
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, patience), name="decoder", daemon=True)
        try:
            self._process.start()
        finally:
            theirs.close()  # so that the connection ends when the process does
        self._memory: SharedMemory | None = None

    @property
    def pid(self) -> int | None:
        """Number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._connection.closed and self._process.is_alive()

    def ask(self, path: Path, request: "Request", give_up: Callable[[], bool] | None = None) -> "Reply":
        """Send a request and wait for its answer.

        Parameters
        ----------
        path : Path
            File that is decoded, for messages.
        request : Request
        give_up : callable, optional
            Asked again and again; the request is stopped when it says True.

        Returns
        -------
        Reply
            Without an error; an array in it is valid until the next request.

        Raises
        ------
        MediaError
            If the process died of the file.
        Exception
            What was raised on the other side.
        """
        try:
            self._connection.send(request)
            if give_up is not None:
                self._wait(give_up)
            reply: Reply = self._connection.recv()
        except (EOFError, OSError) as error:
            raise MediaError(
                f"{path}: the decoder stopped unexpectedly at this file ({self._death()}); it may be damaged:"
                " copy it again, or convert it to MP4 (H.264)"
            ) from error
        except BaseException:  # the answer that is still to come must not be taken for that of another
            self.end()
            raise
        if reply.error is not None:
            raise reply.error
        return reply

    def array(self, place: "Place") -> NDArray[Any]:
        """Copy an array out of the shared memory.

        Parameters
        ----------
        place : Place
            Of the last reply.

        Returns
        -------
        ndarray
            Its shape and dtype are those of `place`; it stays valid after the next request.
        """
        if self._memory is None or self._memory.name != place.name:
            self._free()
            self._memory = SharedMemory(place.name)
            self._memory.unlink()  # both sides hold it now, and nothing is left when they end
        return np.ndarray(place.shape, np.dtype(place.dtype), self._memory.buf).copy()

    def let_go(self) -> bool:
        """Close what is open; False where the process is not there any more."""
        from tpviewer.media.decoding_child import Close

        try:
            self._connection.send(Close())
            self._connection.recv()
        except (EOFError, OSError):
            return False
        return True

    def end(self) -> None:
        """End the process, whatever it does."""
        self._free()
        self._connection.close()
        self._process.kill()
        self._process.join()

    def _wait(self, give_up: Callable[[], bool]) -> None:
        from tpviewer.media.decoding_child import Stop

        while not self._connection.poll(_LOOK_S):
            if give_up():
                self._connection.send(Stop())
                return

    def _death(self) -> str:
        self._process.join(1.0)
        code = self._process.exitcode
        self.end()
        return f"signal {-code}" if code is not None and code < 0 else "it took too long"

    def _free(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory = None


class DecodingProcesses:
    """Processes that wait for work; each is lent to one borrower at a time.

    Parameters
    ----------
    patience : float
        As of `DecodingProcess`.
    """

    def __init__(self, patience: float = PATIENCE_S) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._idle: list[DecodingProcess] = []
        self._ended = False

    def warm_up(self) -> None:
        """Start a process and do not wait for it, so that the first video finds it ready."""
        process = DecodingProcess(self._patience)
        with self._lock:
            self._idle.append(process)

    def lend(self) -> DecodingProcess:
        """Take a process that nobody uses, or a new one."""
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    return process
                process.end()
        return DecodingProcess(self._patience)

    def give_back(self, process: DecodingProcess) -> None:
        """Return a process; it is kept for the next borrower, or ended."""
        useful = process.let_go()
        with self._lock:
            if useful and not self._ended and len(self._idle) < _MOST_IDLE:
                self._idle.append(process)
                return
        process.end()

    def call(
        self, function: Callable[Concatenate[Path, P], T], path: Path, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function in a process and return its value, an array or something small."""
        from tpviewer.media.decoding_child import Call

        process = self.lend()
        try:
            reply = process.ask(path, Call(function, (path, *args), kwargs))
            value: T = reply.value if reply.array is None else process.array(reply.array)  # type: ignore[assignment]
            return value
        finally:
            self.give_back(process)

    def values(self, path: Path, function: Callable[..., Iterator[T]], args: tuple[Any, ...]) -> Iterator[T]:
        """Run a generator function of arrays in a process, step by step."""
        from tpviewer.media.decoding_child import Begin, Next

        process = self.lend()
        try:
            process.ask(path, Begin(function, args))
            while (reply := process.ask(path, Next())).array is not None:
                yield process.array(reply.array)  # type: ignore[misc]
        finally:
            self.give_back(process)

    def end(self) -> None:
        """End the processes that wait; one that is lent ends when it is given back."""
        with self._lock:
            self._ended = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()


_processes: DecodingProcesses | None = None


@contextmanager
def decoding_apart(patience: float = PATIENCE_S) -> Iterator[DecodingProcesses]:
    """Let everything that this process decodes meanwhile be decoded in others.

    Parameters
    ----------
    patience : float
        Seconds in which a frame must come out of the decoder.

    Yields
    ------
    DecodingProcesses
    """
    global _processes
    before, _processes = _processes, DecodingProcesses(patience)
    try:
        yield _processes
    finally:
        _processes.end()
        _processes = before


def processes() -> DecodingProcesses | None:
    """Processes that decode for this one; None where it decodes by itself."""
    return _processes


def apart(function: Callable[Concatenate[Path, P], T]) -> Callable[Concatenate[Path, P], T]:
    """Run a function of a file's path in a process that decodes, where there is one.

    Parameters
    ----------
    function : callable
        At the top of a module; it returns an array, or something small that can be pickled.

    Returns
    -------
    callable
    """

    @wraps(function)
    def run(path: Path, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if _processes is None:
            return function(path, *args, **kwargs)
        return _processes.call(run, path, *args, **kwargs)

    return run
