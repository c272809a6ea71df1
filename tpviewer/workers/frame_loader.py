"""Decodes frames without making the window wait: the newest request wins, neighbours come while idle."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tpviewer.workers.frame_thread import FrameThread, LoadedFrame, unheard

__all__ = ["FrameLoader", "LoadedFrame"]


class FrameLoader(QObject):
    """Loads frames of one video and their maps without making the window wait.

    A frame that is kept already is sent at once, whatever the thread is decoding.

    Signals
    -------
    previewed(ndarray)
        First picture of a video that was just opened, long before its list of frames is known.
    opened(VideoInfo)
    loaded(LoadedFrame)
        For a request, unless a newer one overtook it.
    failed(TPViewerError or str)
        The video cannot be opened, or read on. Maps are loaded all the same.
    """

    previewed = Signal(object)
    opened = Signal(object)
    loaded = Signal(object)
    failed = Signal(object)
    _produced = Signal(int, str, object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = self._asked = self._answered = 0
        self._thread: FrameThread | None = None
        self._produced.connect(self._pass_on)

    def open(self, path: Path | None, session: Path | None) -> None:
        """Open a video and the session with its maps; either may be missing."""
        self._generation += 1
        if self._thread is None:
            self._thread = FrameThread()
            self._thread.start()
        generation = self._generation
        self._thread.open(path, session, partial(self._produced.emit, generation))

    def open_maps(self, session: Path) -> None:
        """Load the maps of a session whose video is missing."""
        self.open(None, session)

    def clear(self) -> None:
        """Let go of what is open; nothing more of it is sent."""
        self._generation += 1
        if self._thread is not None:
            self._thread.open(None, None, unheard)

    def set_session(self, path: Path | None) -> None:
        """Read maps anew, from this session; to be called whenever its results grew."""
        if self._thread is not None:
            self._thread.set_session(path)

    def request(self, index: int) -> None:
        """Ask for a frame; requests that have not been begun are forgotten."""
        if self._thread is None:
            return
        self._asked += 1
        ready = self._thread.take_ready(index)
        if ready is None:
            self._thread.request(index, self._asked)
        else:
            self._answered = self._asked
            self.loaded.emit(ready)

    def close(self) -> None:
        """Let go of the video and end the thread; nothing more is sent."""
        self._generation += 1
        if self._thread is not None:
            self._thread.finish()
            self._thread = None

    def _pass_on(self, generation: int, kind: str, value: object, request: int) -> None:
        """Send what belongs to the video that is open now, and no frame after a later one."""
        if generation != self._generation or (kind == "loaded" and request < self._answered):
            return
        if kind == "loaded":
            self._answered = request
        signals = {"previewed": self.previewed, "opened": self.opened, "failed": self.failed}
        signals.get(kind, self.loaded).emit(value)
