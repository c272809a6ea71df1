"""The thread that converts a camera's pictures: all of them for a recording, else only the newest."""

import time
from collections import deque
from dataclasses import dataclass
from threading import Condition

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QThread, Signal

from tpviewer.media.recorder import Recorder
from tpviewer.workers.camera import Picture, Rate, RawFrame

LIVE_SIDE, VIEW_SIDE = 640, 1280
"""Longest sides of the pictures that are analysed live and that are shown, pixels."""

_MOST_RAW = 90  # pictures of a camera that may wait for conversion: drivers have few buffers


@dataclass(frozen=True, eq=False)
class _Item:
    """A picture, and the recording that it belongs to; no picture ends the recording."""

    frame: RawFrame | None
    recorder: Recorder | None


class CameraThread(QThread):
    """Takes pictures from any thread, and never lets a recording wait for the preview.

    Signals
    -------
    shown()
        There is a new picture for `take_newest`; not sent again before that was called.
    to_analyse(object)
        A reduced picture, (h, w, 3) uint8 RGB; sent once for each `want_analysis`.
    broke(str)
        A picture could not be converted.
    """

    shown = Signal()
    to_analyse = Signal(object)
    broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("camera")
        self._wake = Condition()
        self._waiting: deque[_Item] = deque()
        self._recorder: Recorder | None = None
        self._newest: Picture | None = None
        self._told = self._wanted = self._finishing = False
        self._rate, self._frames, self._last = Rate(), 0, 0.0

    def take(self, frame: RawFrame) -> None:
        """Take a picture; returns at once."""
        now = time.monotonic()
        with self._wake:
            self._rate.tick(now)
            self._frames, self._last = self._frames + 1, now
            recorder = self._recorder
            if recorder is not None and len(self._waiting) >= _MOST_RAW:
                recorder.miss()
                return
            while self._waiting and self._waiting[-1].recorder is None:
                self._waiting.pop()  # only shown, and there is a newer one
            self._waiting.append(_Item(frame, recorder))
            self._wake.notify()

    def hear(self, samples: NDArray[np.int16], moment: float) -> None:
        """Take sound, shape (n, channels), for the recording; without one it is let go."""
        with self._wake:
            recorder = self._recorder
        if recorder is not None:
            recorder.add_sound(samples, moment)

    def begin_recording(self, recorder: Recorder) -> None:
        """Record every picture from now on."""
        with self._wake:
            self._recorder = recorder

    def end_recording(self) -> None:
        """Record no picture that comes after now; those that wait are still recorded."""
        with self._wake:
            if self._recorder is not None:
                self._waiting.append(_Item(None, self._recorder))
                self._recorder = None
                self._wake.notify()

    def take_newest(self) -> Picture | None:
        """Return the newest picture."""
        with self._wake:
            self._told = False
            return self._newest

    def want_analysis(self) -> None:
        """Ask for the next picture to be sent by `to_analyse`."""
        with self._wake:
            self._wanted = True

    def forget(self) -> None:
        """Let go of what belongs to a camera that is no more."""
        with self._wake:
            self._newest, self._rate, self._frames = None, Rate(), 0

    def arrivals(self) -> tuple[int, float, float]:
        """Pictures that came so far, per second, and seconds since the last."""
        now = time.monotonic()
        with self._wake:
            return self._frames, self._rate.at(now), now - self._last

    def finish(self) -> None:
        """Work off what waits for the recording, and end."""
        self.end_recording()
        with self._wake:
            self._finishing = True
            self._wake.notify()
        self.wait()

    def run(self) -> None:
        """Work until the end is ordered."""
        while (item := self._next()) is not None:
            if item.frame is None:
                assert item.recorder is not None
                item.recorder.stop()
            else:
                self._convert(item.frame, item.recorder)

    def _next(self) -> _Item | None:
        with self._wake:
            while not self._waiting and not self._finishing:
                self._wake.wait()
            return self._waiting.popleft() if self._waiting else None

    def _convert(self, frame: RawFrame, recorder: Recorder | None) -> None:
        try:
            picture = frame.picture()
        except Exception as error:  # of a driver; the next picture may do
            picture = None
            self.broke.emit(str(error))
        if recorder is not None:
            if picture is None:
                recorder.miss()
            else:
                recorder.add(picture, frame.time)
        if picture is not None:
            self._show(picture)

    def _show(self, picture: Picture) -> None:
        with self._wake:
            if any(item.frame is not None for item in self._waiting):
                return  # there is a newer one already
            tell, wanted = not self._told, self._wanted
            self._told, self._wanted = True, False
        if tell:
            view = reduced(picture, VIEW_SIDE)  # here, not in the window's thread
            with self._wake:
                self._newest = view
            self.shown.emit()
        if wanted:
            self.to_analyse.emit(reduced(picture, LIVE_SIDE))


def reduced(picture: Picture, side: int) -> Picture:
    """Return a picture whose longer side is at most `side` pixels, each the mean of what it covers.

    Parameters
    ----------
    picture : ndarray, shape (H, W, 3), uint8
    side : int

    Returns
    -------
    ndarray, shape (h, w, 3), uint8
    """
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return picture
    size = (max(1, round(scale * width)), max(1, round(scale * height)))
    small: Picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return small
