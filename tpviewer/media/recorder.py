"""Records pictures as they come, with their true times, in a thread of its own.

The file is a fragmented MP4: each second of it is complete in itself, so that what was recorded can be read
after a kill or a power cut, and its times are exact to 1/90,000 s (Matroska's, as FFmpeg writes it, only to a
millisecond).
"""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.media.recorded_sound import RecordedSound, SoundShape

MOST_WAITING = 384 << 20
"""Bytes of pictures that may wait for the disk; beyond this, pictures are refused and counted."""

LEAST_FREE = 64 << 20
"""Bytes of free space with which a recording is ended, so that its end can still be written."""

_FINE = Fraction(1, 90_000)
_CODER = {"preset": "superfast", "crf": "16", "bf": "0"}
_CONTAINER = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof",
    "flush_packets": "1",
    "max_interleave_delta": "1000000",  # microseconds that one track waits for the other
}
_BETWEEN_LOOKS_S = 1.0
_MOST_GOP = 120


def proposed_name(name: str, moment: datetime) -> str:
    """File name of a recording: ``NAME-2026-11-25-10-30-00.mp4``, without what no file name may hold."""
    kept = "".join(letter if letter.isalnum() or letter in "-_ ." else "-" for letter in name).strip(" .")
    return f"{kept or 'recording'}-{moment:%Y-%m-%d-%H-%M-%S}.mp4"


@dataclass(frozen=True)
class RecordingState:
    """How far a recording is.

    Attributes
    ----------
    path : Path
    frames : int
        Pictures that are in the file or on their way to it.
    waiting : int
        Of these, the ones that are not coded yet.
    refused : int
        Pictures that were not kept: the disk did not follow, or the recording had ended by itself.
    seconds : float
        From the first picture to the last.
    size : int
        Bytes of the file.
    problem : str
        Why it ended before it was told to; empty if it did not.
    """

    path: Path
    frames: int = 0
    waiting: int = 0
    refused: int = 0
    seconds: float = 0.0
    size: int = 0
    problem: str = ""


class Recorder:
    """Takes pictures and sound from any thread, never blocks, and writes them in its own.

    Parameters
    ----------
    path : Path
        A new file; its folder is made where it is missing.
    rate : float
        Pictures per second that are expected; their own times count.
    sound : SoundShape, optional
        What `add_sound` will bring; None for no sound.
    ended : callable, optional
        Told once, in the recorder's thread, when the file is closed; gets the last `RecordingState`.
    most_waiting : int
        Bytes of pictures that may wait for the disk.
    free_space : callable
        Free bytes at a folder.

    Raises
    ------
    MediaError
        If the file exists or cannot be made.
    """

    def __init__(
        self,
        path: Path,
        rate: float,
        sound: SoundShape | None = None,
        ended: Callable[[RecordingState], None] | None = None,
        most_waiting: int = MOST_WAITING,
        free_space: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self.path = path
        self._ended, self._most, self._free_space = ended, most_waiting, free_space
        self._lock = threading.Lock()
        self._state = RecordingState(path)
        self._held = 0
        self._first_time: float | None = None
        self._shape: tuple[int, ...] | None = None
        self._open = True
        self._looked = float("-inf")
        self._work: SimpleQueue[Callable[[_Film], None] | None] = SimpleQueue()
        _make_file(path)
        self._film = _Film(path, rate, sound)
        self._thread = threading.Thread(target=self._run, name="recorder")
        self._thread.start()

    @property
    def state(self) -> RecordingState:
        """How far it is now."""
        with self._lock:
            state = self._state
        return replace(state, size=_size(self.path))

    def add(self, picture: NDArray[np.uint8], time: float) -> bool:
        """Record a picture.

        Parameters
        ----------
        picture : ndarray, shape (H, W, 3), uint8
            RGB, all of one size; not to be changed afterwards.
        time : float
            When it was taken, seconds of any clock; the first is 0 in the file.

        Returns
        -------
        bool
            False where it was refused, which is counted.
        """
        with self._lock:
            if not self._open or self._held + picture.nbytes > self._most:
                self._state = replace(self._state, refused=self._state.refused + 1)
                return False
            if self._first_time is None:
                self._first_time, self._shape = time, picture.shape
            if picture.shape != self._shape:
                self._end(f"{self.path}: the size of the pictures changed; what was recorded is kept")
                return False
            since = time - self._first_time
            self._held += picture.nbytes
            before = self._state
            self._state = replace(
                before,
                frames=before.frames + 1,
                waiting=before.waiting + 1,
                seconds=max(before.seconds, since),
            )
            self._work.put(lambda film: self._write(film, picture, since))
        return True

    def add_sound(self, samples: NDArray[np.int16], time: float) -> None:
        """Record sound; what was heard before the first picture is left out.

        Parameters
        ----------
        samples : ndarray, shape (n, channels), int16
        time : float
            When the first sample was heard, seconds of the pictures' clock.
        """
        with self._lock:
            if self._open and self._first_time is not None:
                since = time - self._first_time
                self._work.put(lambda film: film.add_sound(samples, since))

    def miss(self, frames: int = 1) -> None:
        """Count pictures that were lost on their way here."""
        with self._lock:
            self._state = replace(self._state, refused=self._state.refused + frames)

    def stop(self) -> None:
        """Take nothing more and close the file when all that waits is written; returns at once."""
        with self._lock:
            self._end("")

    def wait(self) -> RecordingState:
        """Stop, wait until the file is closed, and return how it ended."""
        self.stop()
        self._thread.join()
        return self.state

    def _end(self, problem: str) -> None:
        """Take nothing more; the lock is held."""
        if self._open:
            self._open = False
            self._state = replace(self._state, problem=problem)
            self._work.put(None)

    def _write(self, film: "_Film", picture: NDArray[np.uint8], since: float) -> None:
        film.add(picture, since)
        with self._lock:
            self._held -= picture.nbytes
            self._state = replace(self._state, waiting=self._state.waiting - 1)
        if monotonic() - self._looked > _BETWEEN_LOOKS_S:
            self._looked = monotonic()
            if self._free_space(self.path.parent) < LEAST_FREE:
                with self._lock:
                    self._end(
                        f"{self.path}: the disk is full, so the recording has ended; what was recorded is"
                        " kept. Free some space, or record to another disk"
                    )

    def _run(self) -> None:
        try:
            try:
                while (work := self._work.get()) is not None:
                    work(self._film)
            finally:
                self._film.close()
        except (OSError, av.error.FFmpegError) as error:
            self._fail(error)
        if self._ended is not None:
            self._ended(self.state)

    def _fail(self, error: Exception) -> None:
        """Say why the file cannot be written on; pictures that wait are lost, and counted."""
        reason = getattr(error, "strerror", None) or type(error).__name__
        with self._lock:
            lost, self._held = self._state.waiting, 0
            self._open = False
            self._state = replace(
                self._state,
                frames=self._state.frames - lost,
                refused=self._state.refused + lost,
                waiting=0,
                problem=f"{self.path}: the recording cannot be written on ({reason}); what is in the file is"
                " kept. Free some space, or record to another disk",
            )


class _Film:
    """The file, used by one thread; it is opened with the first picture, whose size it has."""

    def __init__(self, path: Path, rate: float, sound: SoundShape | None) -> None:
        self._path = path
        self._rate = Fraction(rate).limit_denominator(1001) if rate > 0 else Fraction(30)
        self._shape = sound
        self._container: Any = None
        self._stream: Any = None
        self._sound: RecordedSound | None = None
        self._last = -1

    def add(self, picture: NDArray[np.uint8], since: float) -> None:
        height, width = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2  # H.264 needs even sizes
        if self._container is None:
            self._begin(height, width)
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[:height, :width]), format="rgb24")
        self._last = max(round(since / _FINE), self._last + 1)  # times in a file rise
        frame.pts, frame.time_base = self._last, _FINE
        self._container.mux(self._stream.encode(frame))

    def add_sound(self, samples: NDArray[np.int16], since: float) -> None:
        if self._sound is not None:
            self._container.mux(self._sound.coded(samples, since))

    def close(self) -> None:
        if self._container is None:
            self._path.unlink(missing_ok=True)  # nothing was recorded
            return
        with self._container:
            self._container.mux(self._stream.encode(None))
            if self._sound is not None:
                self._container.mux(self._sound.rest())

    def _begin(self, height: int, width: int) -> None:
        self._container = av.open(f"file:{self._path}", "w", format="mp4", options=_CONTAINER)
        stream = self._container.add_stream("libx264", rate=self._rate, options=_CODER)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = stream.codec_context.time_base = _FINE
        stream.codec_context.gop_size = min(max(round(self._rate), 1), _MOST_GOP)  # one fragment a second
        self._stream = stream
        if self._shape is not None:
            self._sound = RecordedSound(self._container, self._shape)


def _make_file(path: Path) -> None:
    """Make sure that there is a new file that can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("xb").close()
    except FileExistsError as error:
        raise MediaError(f"{path}: there is such a file already; choose another name") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise MediaError(f"{path}: cannot be recorded to ({reason}); choose another folder") from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it was taken away meanwhile
        return 0
