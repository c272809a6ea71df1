"""A video that stands in for a camera, in real time: for courses, and where there is no camera."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from tpviewer.core.errors import MediaError
from tpviewer.media.recorded_sound import SoundShape
from tpviewer.media.sound import CHANNELS, RATE, sound_from
from tpviewer.media.source import open_source
from tpviewer.workers.camera import Hear, Lose, Picture, RawFrame, Take


class FileCamera:
    """Gives the frames of a video at the times that they have, from the beginning again at its end.

    No frame is left out: where decoding was late the next ones come at once, each with the time that it was
    due.

    Parameters
    ----------
    path : Path
    loop : bool
        Begin again at the end; else the camera is lost there.

    Raises
    ------
    MediaError
        If the file cannot be read as a video.
    """

    def __init__(self, path: Path, loop: bool = True) -> None:
        self._path, self._loop = path, loop
        with open_source(path) as source:
            self._info = source.info
        self.name = path.name
        self.rate = self._info.nominal_rate
        self.sound = SoundShape(RATE, CHANNELS) if self._info.has_audio else None
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, take: Take, hear: Hear, lose: Lose) -> None:
        """Begin with the first frame."""
        self._ending.clear()
        self._thread = threading.Thread(target=self._run, args=(take, hear, lose), name="file camera")
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, take: Take, hear: Hear, lose: Lose) -> None:
        try:
            start = time.monotonic()
            while not self._ending.is_set():
                self._play_once(start, take, hear)
                start += self._info.duration_s
                if not self._loop:
                    break
        except MediaError as error:
            lose(str(error))
        else:
            if not self._ending.is_set():
                text = QCoreApplication.translate("FileCamera", "{0}: this stand-in for a camera has ended")
                lose(text.format(self._path))

    def _play_once(self, start: float, take: Take, hear: Hear) -> None:
        times, sound = self._info.times, self._sound()
        with open_source(self._path) as source:
            for index, picture in source.frames():
                due = start + float(times[index])
                if self._ending.wait(max(0.0, due - time.monotonic())):
                    return
                if picture is not None:
                    take(RawFrame(due, partial(_as_it_is, picture)))
                for place, samples in sound:
                    hear(samples, start + place)
                    if start + place >= due:
                        break

    def _sound(self) -> Iterator[tuple[float, NDArray[np.int16]]]:
        """Blocks of sound, up to the end of the video, with the second of their first sample."""
        if self.sound is None:
            return
        done = 0
        for block in sound_from(self._info, 0.0):
            left = round(self._info.duration_s * RATE) - done
            if left <= 0:
                return
            yield done / RATE, block[:left]
            done += len(block)


def _as_it_is(picture: Picture) -> Picture:
    return picture
