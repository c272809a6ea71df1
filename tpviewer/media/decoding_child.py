"""The side that decodes: a process that does one thing at a time for another one."""

import faulthandler
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.media.source import VideoSource, open_source

OPENING_S = 900.0
"""Seconds in which a file must be open: all packets of a long recording are read on the way."""


@dataclass(frozen=True)
class Call:
    """Run a function, which is at the top of a module."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class Begin:
    """Run a generator function, whose values are fetched by `Next`."""

    function: Callable[..., Iterator[Any]]
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Next:
    """The next value of the generator; None after its last."""


@dataclass(frozen=True)
class Open:
    """Open a video, which stays open until `Close`."""

    path: Path


@dataclass(frozen=True)
class Read:
    """Frame `index` of the open video."""

    index: int


@dataclass(frozen=True)
class Settle:
    """A pass over the frames has ended: what is odd about the video may be known only now."""


@dataclass(frozen=True)
class Close:
    """Let go of what is open."""


@dataclass(frozen=True)
class Stop:
    """Give up the frame in work, if there still is one."""


@dataclass(frozen=True)
class Place:
    """Where an array lies in shared memory."""

    name: str
    shape: tuple[int, ...]
    dtype: str


@dataclass(frozen=True)
class Reply:
    """The answer to everything but `Stop`.

    Attributes
    ----------
    value : object
    array : Place or None
        Where the value lies instead, until the next request.
    warnings : tuple of str
        Of the open video, after `Read` and `Settle`.
    error : Exception or None
    """

    value: Any = None
    array: Place | None = None
    warnings: tuple[str, ...] = ()
    error: Exception | None = None


Request = Call | Begin | Next | Open | Read | Settle | Close


def serve(connection: Connection, patience: float) -> None:
    """Answer requests until the other end is closed.

    Parameters
    ----------
    connection : Connection
    patience : float
        Seconds in which a frame must come out of the decoder; the process ends itself after them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that asks
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    with connection, suppress(EOFError, OSError), ExitStack() as stack:
        _Server(connection, patience, stack).run()


class _Server:
    def __init__(self, connection: Connection, patience: float, stack: ExitStack) -> None:
        self._connection, self._patience, self._stack = connection, patience, stack
        self._source: VideoSource | None = None
        self._values: Iterator[Any] = iter(())
        self._memory: SharedMemory | None = None
        stack.callback(self._free)

    def run(self) -> None:
        while True:
            request = self._connection.recv()
            if isinstance(request, Stop):  # for a frame that was finished already
                continue
            self._watch(OPENING_S if isinstance(request, Open) else self._patience)
            reply = self._answer(request)
            faulthandler.cancel_dump_traceback_later()
            self._connection.send(reply)

    def _watch(self, seconds: float) -> None:
        """End this process after so long, whatever it hangs in."""
        faulthandler.dump_traceback_later(seconds, exit=True)

    def _answer(self, request: Request) -> Reply:
        try:
            return self._do(request)
        except Exception as error:
            error.add_note(traceback.format_exc())
            return Reply(error=error)

    def _do(self, request: Request) -> Reply:
        match request:
            case Call(function, args, kwargs):
                return self._sent(function(*args, **kwargs))
            case Begin(function, args):
                self._values = function(*args)
            case Next():
                return self._sent(next(self._values, None))
            case Open(path):
                self._source = open_source(path)
                return Reply(self._source.info)
            case Read(index) if self._source is not None:
                return self._sent(self._source.read(index, self._give_up), self._source.info.warnings)
            case Settle() if self._source is not None:
                for _ in self._source.frames(0, 0):
                    pass
                return Reply(warnings=self._source.info.warnings)
            case Close():
                self._close()
        return Reply()

    def _give_up(self) -> bool:
        self._watch(self._patience)
        return self._connection.poll()  # nothing but a `Stop` comes while a frame is in work

    def _sent(self, value: Any, warnings: tuple[str, ...] = ()) -> Reply:
        if not isinstance(value, np.ndarray):
            return Reply(value, warnings=warnings)
        return Reply(array=self._put(value), warnings=warnings)

    def _put(self, array: NDArray[Any]) -> Place:
        if self._memory is None or self._memory.size < array.nbytes:
            self._free()
            self._memory = SharedMemory(create=True, size=max(array.nbytes, 1))
        target: NDArray[Any] = np.ndarray(array.shape, array.dtype, self._memory.buf)
        target[...] = array
        return Place(self._memory.name, array.shape, array.dtype.str)

    def _close(self) -> None:
        self._values = iter(())
        if self._source is not None:
            self._source.close()
            self._source = None

    def _free(self) -> None:
        """Let go of the memory; the other side has taken its name away when it first looked at it."""
        if self._memory is not None:
            self._memory.close()
            self._memory = None
