"""The camera as the window sees it: methods that return at once, and signals."""

import time
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from tpviewer.media.recorded_sound import SoundShape
from tpviewer.media.recorder import Recorder, RecordingState
from tpviewer.workers.camera import CameraSource, Hear
from tpviewer.workers.camera_thread import CameraThread

OPENING_S = 8.0
"""Seconds in which the first picture has to come."""

SILENT_S = 4.0
"""Seconds without a picture after which a camera is taken to be gone."""

_LOOK_MS = 250


class CameraState(Enum):
    """What the camera is doing."""

    OFF = "off"
    OPENING = "opening"
    RUNNING = "running"
    LOST = "lost"


class SoundSource(Protocol):
    """A microphone."""

    shape: SoundShape

    def start(self, hear: Hear) -> None:
        """Begin to bring sound; MediaError where that cannot be."""
        ...

    def stop(self) -> None:
        """End; again does nothing."""
        ...


@dataclass(frozen=True)
class Arrivals:
    """What came of the camera: pictures so far, and per second."""

    frames: int
    per_second: float


class CameraDriver(QObject):
    """Runs one camera at a time, and one recording of it.

    Parameters
    ----------
    parent : QObject, optional
    opening_s, silent_s : float
        Patience with a camera, see `OPENING_S` and `SILENT_S`.

    Attributes
    ----------
    worker : CameraThread
        In which pictures are converted.

    Signals
    -------
    state_changed(CameraState)
    pictured(object)
        The newest picture, (H, W, 3) uint8 RGB.
    recorded(RecordingState)
        A recording has ended and its file is closed.
    """

    state_changed = Signal(object)
    pictured = Signal(object)
    recorded = Signal(object)
    _lost = Signal(object, str)
    _ended = Signal(object)

    def __init__(
        self, parent: QObject | None = None, opening_s: float = OPENING_S, silent_s: float = SILENT_S
    ) -> None:
        super().__init__(parent)
        self._opening_s, self._silent_s = opening_s, silent_s
        self._state, self._reason = CameraState.OFF, ""
        self._source: CameraSource | None = None
        self._recorder: Recorder | None = None
        self._microphone: SoundSource | None = None
        self._opened_at = 0.0
        self.worker = CameraThread(self)
        self.worker.shown.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._lost.connect(self._lose, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._recording_ended, Qt.ConnectionType.QueuedConnection)
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_MS)
        self._watch.timeout.connect(self._look)

    @property
    def state(self) -> CameraState:
        """What the camera is doing."""
        return self._state

    @property
    def reason(self) -> str:
        """Why it was lost; empty if it was not."""
        return self._reason

    @property
    def source(self) -> CameraSource | None:
        """The camera that runs."""
        return self._source

    @property
    def arrivals(self) -> Arrivals:
        """What came of it."""
        frames, rate, _ = self.worker.arrivals()
        return Arrivals(frames, rate)

    @property
    def recording(self) -> RecordingState | None:
        """How far the recording is; None where there is none."""
        return None if self._recorder is None else self._recorder.state

    def open(self, source: CameraSource) -> None:
        """Run a camera instead of the one before; a recording of that one ends."""
        self.close_source()
        if not self.worker.isRunning():
            self.worker.start()
        self._source, self._opened_at = source, time.monotonic()
        self.worker.forget()
        self._set_state(CameraState.OPENING)
        self._watch.start()
        source.start(self.worker.take, self.worker.hear, lambda reason: self._lost.emit(source, reason))

    def close_source(self) -> None:
        """End recording and camera."""
        self.stop_recording()
        self._let_go()
        self._set_state(CameraState.OFF)

    def record(self, path: Path, microphone: SoundSource | None = None, own_sound: bool = False) -> None:
        """Record what comes from now on.

        Parameters
        ----------
        path : Path
            A new file.
        microphone : SoundSource, optional
        own_sound : bool
            Record the sound that the camera itself brings, if it does.

        Raises
        ------
        MediaError
            If the file cannot be made, or the microphone gives no sound; then nothing is recorded.
        """
        if self._source is None or self._recorder is not None:
            return
        shape = self._source.sound if own_sound else None
        if microphone is not None:
            shape = microphone.shape
            microphone.start(self.worker.hear)
        try:
            recorder = Recorder(path, self._source.rate, shape, self._ended.emit)
        except BaseException:
            if microphone is not None:
                microphone.stop()
            raise
        self._recorder, self._microphone = recorder, microphone
        self.worker.begin_recording(recorder)

    def stop_recording(self) -> None:
        """End the recording; `recorded` tells when its file is closed."""
        if self._microphone is not None:
            self._microphone.stop()
            self._microphone = None
        self.worker.end_recording()

    def close(self) -> None:
        """End everything; a recording is written to its end, and waited for."""
        self.close_source()
        self.worker.finish()
        if self._recorder is not None:
            self._recorder.wait()
            self._recorder = None

    @Slot()
    def _show(self) -> None:
        picture = self.worker.take_newest()
        if picture is None or self._source is None:
            return
        self._set_state(CameraState.RUNNING)
        self.pictured.emit(picture)

    @Slot()
    def _look(self) -> None:
        """Notice a camera that gives no picture without a word."""
        assert self._source is not None
        frames, _, silence = self.worker.arrivals()
        waited = time.monotonic() - self._opened_at
        name = self._source.name
        if not frames and waited > self._opening_s:
            self._lose(
                self._source,
                self.tr(
                    "{0} gives no picture. Another program may be using it: close that program and try again."
                ).format(name),
            )
        elif frames and silence > self._silent_s:
            self._lose(
                self._source,
                self.tr("{0} gives no pictures any more. Look at its cable, then try again.").format(name),
            )

    @Slot(object, str)
    def _lose(self, source: CameraSource, reason: str) -> None:
        if source is not self._source:
            return  # an older one
        self.stop_recording()
        self._let_go()
        self._reason = reason
        self._set_state(CameraState.LOST)

    def _let_go(self) -> None:
        self._watch.stop()
        if self._source is not None:
            self._source.stop()
            self._source = None

    @Slot(object)
    def _recording_ended(self, state: RecordingState) -> None:
        """The file is closed; it may have ended by itself, on a full disk."""
        if self._recorder is None or self._recorder.path != state.path:
            return
        self.stop_recording()
        state = self._recorder.wait()
        self._recorder = None
        self.recorded.emit(state)

    def _set_state(self, state: CameraState) -> None:
        if state is not CameraState.LOST:
            self._reason = ""
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
