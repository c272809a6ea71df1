"""Steps that work ahead in threads, and whose results come in order all the same."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import repeat, takewhile
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.processors import cores
from tpviewer.media.source import VideoSource
from tpviewer.models.protocols import TILE

Result = TypeVar("Result")
Frame = tuple[int, NDArray[np.uint8] | None]

MOST_THREADS = 4
"""More were of no use: what has to go in order, one after the other, then takes longest."""

WINDOW_BATCH = TILE * min(cores(), MOST_THREADS)
"""Frames per commit in the window: a tile for each core; a stop is obeyed after one batch. No result depends
on it."""

_MOST_AHEAD, _BYTES_AHEAD = 16, 1 << 26


class Ahead:
    """Threads that work ahead of whoever takes their results.

    Used as a context: at its end nothing waits any more, and what has begun is waited for, so that whatever
    the threads work with may be closed after it.

    Parameters
    ----------
    threads : int
    """

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="ahead")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def submit(self, call: Callable[[], Result]) -> "Future[Result]":
        """Begin one call."""
        return self._pool.submit(call)

    def in_order(self, calls: Iterable[Callable[[], Result]], most: int) -> Iterator[Result]:
        """Yield the results of calls in the order of the calls.

        Parameters
        ----------
        calls : iterable of callable
            Asked for one after the other, in the thread that takes the results.
        most : int
            Calls that may be begun before their turn, at least 1; bounds the memory.

        Raises
        ------
        Exception
            What a call raises, in its turn.
        """
        waiting: deque[Future[Result]] = deque()
        for call in calls:
            waiting.append(self._pool.submit(call))
            if len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def decoded(ahead: Ahead, source: VideoSource, start: int, stop: int) -> Iterator[Frame]:
    """Numbers and frames of [start, stop), decoded ahead.

    Parameters
    ----------
    ahead : Ahead
        Of one thread, in which alone the source is used until all frames are taken or `ahead` ends.
    source : VideoSource
    start, stop : int
    """
    frames = source.frames(start, stop)
    following: Callable[[], Frame | None] = partial(next, frames, None)
    found = ahead.in_order(repeat(following), pictures_ahead(source))
    return (frame for frame in takewhile(lambda frame: frame is not None, found) if frame is not None)


def pictures_ahead(source: VideoSource) -> int:
    """So many frames of a video may wait decoded: few where they are large."""
    size = 3 * source.info.width * source.info.height
    return min(max(_BYTES_AHEAD // size, 1), _MOST_AHEAD)
