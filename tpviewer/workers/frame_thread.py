"""The thread that decodes frames: orders first, then one useful frame at a time."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Condition
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QThread

from tpviewer.core.errors import TPViewerError
from tpviewer.media.first_frame import first_picture
from tpviewer.media.source import DecodingStoppedError, VideoSource, open_source
from tpviewer.workers.frame_cache import FrameCache
from tpviewer.workers.frame_maps import FindingsReader, FrameMap

_NEAR = 6  # frames ahead that come before anything else
_NEAR_MAPS = 10
_SETTLED_S = 0.15  # without a request for so long, the playhead is taken to stay

Emit = Callable[[str, object, int], None]
Step = Callable[[], None]
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class LoadedFrame:
    """One frame and what the session holds of it.

    Attributes
    ----------
    index : int
    picture : (H, W, 3) uint8 or None
        RGB, upright; None if it cannot be decoded, or there is no video.
    maps : mapping of str to FrameMap
        By Action Unit; those with a stored map.
    mesh : (P, 2) float32 or None
        Face mesh of the chosen face, pixels.
    """

    index: int
    picture: NDArray[np.uint8] | None
    maps: Mapping[str, FrameMap]
    mesh: NDArray[np.float32] | None


def unheard(kind: str, value: object, request: int) -> None:
    """Nobody is to learn of it."""


class FrameThread(QThread):
    """The thread: takes orders under a lock, and does one frame's worth of work between two looks at them."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Condition()
        self._to_open: tuple[Path | None, Path | None, Emit] | None = None
        self._new_session: tuple[Path | None] | None = None
        self._wanted: tuple[int, int] | None = None
        self._moved_to: int | None = None
        self._outdated = False  # an order that changes what a frame is was not carried out yet
        self._finishing = False
        self._asked_at = 0.0
        self._work = _Work(self._has_order)

    def open(self, path: Path | None, session: Path | None, emit: Emit) -> None:
        """Open a video and a session instead of what is open; `emit` hears of it."""
        with self._lock:
            self._to_open = (path, session, emit)
            self._new_session = self._wanted = self._moved_to = None
            self._outdated = True
            self._lock.notify()

    def set_session(self, path: Path | None) -> None:
        """Read maps anew, from this session."""
        with self._lock:
            self._new_session = (path,)
            self._outdated = True
            self._lock.notify()

    def request(self, index: int, number: int) -> None:
        """Ask for a frame by a number that comes back with it."""
        with self._lock:
            self._wanted = (index, number)
            self._asked_at = time.monotonic()
            self._lock.notify()

    def take_ready(self, index: int) -> LoadedFrame | None:
        """Frame that is kept with its maps, without a word of the thread; it only learns of the move."""
        with self._lock:
            ready = None if self._outdated else self._work.ready(index)
            if ready is not None:
                self._wanted, self._moved_to = None, index
                self._asked_at = time.monotonic()
                self._lock.notify()
            return ready

    def finish(self) -> None:
        """End the thread and wait for it."""
        with self._lock:
            self._finishing = True
            self._lock.notify()
        self.wait()

    def run(self) -> None:
        """Work until the end is ordered."""
        try:
            while (step := self._next_step()) is not None:
                step()
        finally:
            self._work.close()

    def _next_step(self) -> Step | None:
        """What to do next: an order, else the most useful frame nobody asked for; waits if there is none."""
        with self._lock:
            while not self._finishing:
                step = self._order() or self._work.idle_step(self._quiet_for() >= _SETTLED_S)
                if step is not None:
                    return step
                self._work.findings.release()
                self._lock.wait(_SETTLED_S if self._quiet_for() < _SETTLED_S else None)
        return None

    def _quiet_for(self) -> float:
        return time.monotonic() - self._asked_at

    def _has_order(self) -> bool:
        """True where something was asked for meanwhile; looked at without the lock, amid a decode."""
        return self._finishing or (self._to_open or self._new_session or self._wanted) is not None

    def _order(self) -> Step | None:
        if (opening := self._to_open) is not None:
            self._to_open = None
            return lambda: self._renew(partial(self._work.open, *opening))
        if (renewal := self._new_session) is not None:
            self._new_session = None
            return lambda: self._renew(partial(self._work.set_session, *renewal))
        if (wanted := self._wanted) is not None:
            self._wanted = self._moved_to = None
            return lambda: self._load(*wanted)
        if (moved_to := self._moved_to) is not None:
            self._moved_to = None
            return lambda: self._work.move(moved_to)
        return None

    def _renew(self, step: Step) -> None:
        step()
        with self._lock:
            if self._to_open is None and self._new_session is None:
                self._outdated = False

    def _load(self, index: int, number: int) -> None:
        self._work.load(index, number)
        self._asked_at = time.monotonic()  # a long decode is no sign that nobody asks


class _Work:
    """What the thread owns: the open video, its cache and the session's maps."""

    def __init__(self, has_order: Callable[[], bool]) -> None:
        self._has_order = has_order
        self.findings = FindingsReader(None)
        self._emit: Emit = unheard
        self._source: VideoSource | None = None
        self._cache = FrameCache(0, 1)
        self._reported: set[str] = set()
        self._playhead: int | None = None
        self._tried: set[int] = set()

    def open(self, path: Path | None, session: Path | None, emit: Emit) -> None:
        self.close()
        self._emit, self._playhead = emit, None
        self._cache = FrameCache(0, 1)
        self._reported.clear()
        self.set_session(session)
        if path is not None:
            self._guarded(lambda: self._open_video(path))

    def _open_video(self, path: Path) -> None:
        self._emit("previewed", first_picture(path), 0)
        self._source = open_source(path)
        info = self._source.info
        self._cache = FrameCache(info.n_frames, 3 * info.width * info.height)
        self._emit("opened", info, 0)

    def set_session(self, path: Path | None) -> None:
        self.findings.release()
        self.findings = FindingsReader(path)
        self._tried.clear()

    def load(self, index: int, number: int) -> None:
        if index < 0 or (self._source is not None and index >= self._source.info.n_frames):
            return
        self.move(index)
        self._read(index)
        picture = self._cache.get(index) if index in self._cache else None
        findings = self.findings.at(index)
        self._emit("loaded", LoadedFrame(index, picture, findings.maps, findings.mesh), number)

    def move(self, index: int) -> None:
        """Take note of the frame that is looked at."""
        self._playhead = index
        self._tried.clear()
        self._cache.move(index)

    def ready(self, index: int) -> LoadedFrame | None:
        """Return a frame that is kept with all that belongs to it; asked from another thread."""
        findings = self.findings.kept(index)
        try:
            picture = self._cache.get(index)
        except KeyError:
            return None
        return None if findings is None else LoadedFrame(index, picture, findings.maps, findings.mesh)

    def idle_step(self, settled: bool) -> Step | None:
        """Return what is likely to be asked for next."""
        if self._playhead is None:
            return None
        cache = self._cache
        index = cache.next_ahead(_NEAR)
        if index is None and (frame := self._map_to_prepare(self._playhead)) is not None:
            return lambda: self._prepare_maps(frame)
        if index is None and cache.stepping_back:
            index = cache.next_behind()
        if index is None:
            index = cache.next_ahead()
        if index is None and settled:
            index = cache.next_behind()
        if index is None or self._source is None:
            return None
        return lambda: self._read_ahead(index)

    def _map_to_prepare(self, playhead: int) -> int | None:
        step = -1 if self._cache.stepping_back else 1
        near = range(playhead + step, playhead + step * (_NEAR_MAPS + 1), step)
        unknown = (i for i in near if i in self._cache and i not in self.findings and i not in self._tried)
        return next(unknown, None)

    def _prepare_maps(self, frame: int) -> None:
        self._tried.add(frame)
        self.findings.at(frame)

    def close(self) -> None:
        """Let go of all files."""
        self.findings.release()
        if self._source is not None:
            self._source.close()
            self._source = None

    def _read(self, index: int) -> None:
        source = self._source
        if source is None or index in self._cache:
            return
        self._cache.put(index, self._guarded(lambda: source.read(index)))

    def _read_ahead(self, index: int) -> None:
        """Decode a frame that nobody asked for; what is asked for meanwhile comes first."""
        source = self._source
        if source is not None and index not in self._cache:
            try:
                picture = self._guarded(lambda: source.read(index, self._has_order))
            except DecodingStoppedError:
                return
            self._cache.put(index, picture)

    def _guarded(self, work: Callable[[], T]) -> T | None:
        """Run `work`; whatever goes wrong is told once, and the thread lives on."""
        try:
            return work()
        except DecodingStoppedError:
            raise
        except Exception as error:
            if str(error) not in self._reported:
                self._reported.add(str(error))
                self._emit("failed", error if isinstance(error, TPViewerError) else f"{error!r}", 0)
            return None
