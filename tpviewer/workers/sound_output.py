"""Plays a video's sound, and says which time is heard; without a sound device it is silent and says why."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from tpviewer.core.errors import MediaError
from tpviewer.media.sound import CHANNELS, RATE, sound_from
from tpviewer.media.video_info import VideoInfo
from tpviewer.workers.multimedia import import_multimedia, quiet_multimedia

BYTES_PER_SECOND = 2 * CHANNELS * RATE
_FEED_MS = 20
_BUFFER_S = 0.25  # the window may be busy for so long before the sound stutters
_QUEUED_BLOCKS = 64
_STALLED_S = 0.7
_BETWEEN_REPORTS_S = 0.05  # a device tells its progress in steps; in between the clock goes on


class Device(Protocol):
    """A running sound device that takes 16 bit stereo at 48 kHz."""

    def write(self, data: bytes) -> int:
        """Take as many bytes as there is room for, and return their number."""
        ...

    def waiting(self) -> int:
        """Return the bytes that were taken and not played yet."""
        ...

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 1."""
        ...

    def stop(self) -> None:
        """Fall silent at once and let go of the device."""
        ...


class SoundOutput(QObject):
    """The sound of one video.

    Parameters
    ----------
    open_device : callable, optional
        Gives a running device, or raises MediaError with the reason why there is none.
    clock : callable
        Seconds that rise evenly.

    Signals
    -------
    reason_changed(str)
        Why there is no sound; empty if there is.
    """

    reason_changed = Signal(str)

    def __init__(
        self,
        open_device: "Callable[[], Device] | None" = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_device = open_device or _open_default_device
        self._needs_qt = open_device is None
        self._clock = clock
        self._info: VideoInfo | None = None
        self._reason = self.tr("No video is open")
        self._muted = self._gave_up = False
        self._device: Device | None = None
        self._decoder: _Decoder | None = None
        self._rest = b""
        self._start = self._played = 0.0
        self._written = 0
        self._told_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_FEED_MS)
        self._timer.timeout.connect(self.feed)

    @property
    def reason(self) -> str:
        """Why there is no sound, for the user; empty if there is."""
        return self._reason

    @property
    def muted(self) -> bool:
        """True while the sound runs unheard."""
        return self._muted

    def open(self, info: VideoInfo | None) -> None:
        """Take another video, or none."""
        self.stop()
        self._info, self._gave_up = info, False
        if info is None:
            self._set_reason(self.tr("No video is open"))
        elif not info.has_audio:
            self._set_reason(self.tr("This video has no sound"))
        else:
            self._set_reason("")
            if self._needs_qt:
                threading.Thread(target=import_multimedia, name="sound", daemon=True).start()

    def set_muted(self, muted: bool) -> None:
        """Make the sound unheard; its clock runs on."""
        self._muted = muted
        if self._device is not None:
            self._device.set_volume(0.0 if muted else 1.0)

    def start(self, seconds: float) -> None:
        """Play from a time of the video on."""
        self.stop()
        if self._info is None or not self._info.has_audio or self._gave_up:
            return
        try:
            self._device = self._open_device()
        except MediaError as error:
            self._set_reason(str(error))
            return
        self._set_reason("")
        self._device.set_volume(0.0 if self._muted else 1.0)
        self._decoder = _Decoder(self._info, seconds)
        self._start, self._played, self._written = seconds, 0.0, 0
        self._told_at = self._clock()
        self._timer.start()
        self.feed()

    def stop(self) -> None:
        """Fall silent."""
        self._timer.stop()
        if self._decoder is not None:
            self._decoder.finish()
            self._decoder = None
        if self._device is not None:
            self._device.stop()
            self._device = None
        self._rest = b""

    def position(self) -> float | None:
        """Time of the video that is heard now, seconds; None while no sound runs."""
        if self._device is None:
            return None
        played = (self._written - self._device.waiting()) / BYTES_PER_SECOND
        now = self._clock()
        if played > self._played:
            self._played, self._told_at = played, now
        elif now - self._told_at > _STALLED_S:
            self.stop()
            self._gave_up = True
            self._set_reason(self.tr("The sound device does not answer; open the video again to retry"))
            return None
        since = min(now - self._told_at, _BETWEEN_REPORTS_S) if self._played else 0.0
        return self._start + self._played + since

    def feed(self) -> None:
        """Hand on what has been decoded, as far as the device has room."""
        while self._device is not None and self._decoder is not None:
            self._rest = self._rest or self._decoder.take()
            if self._decoder.problem:
                self._gave_up = True
                self._set_reason(self._decoder.problem)
                self.stop()
                return
            taken = self._device.write(self._rest) if self._rest else 0
            self._written += taken
            self._rest = self._rest[taken:]
            if not taken:
                return

    def _set_reason(self, reason: str) -> None:
        if reason != self._reason:
            self._reason = reason
            self.reason_changed.emit(reason)


class _Decoder:
    """Decodes sound ahead of need, in a thread of its own."""

    def __init__(self, info: VideoInfo, start: float) -> None:
        self.problem = ""
        self._blocks: queue.Queue[bytes] = queue.Queue(_QUEUED_BLOCKS)
        self._finishing = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(info, start), name="sound decoder")
        self._thread.start()

    def take(self) -> bytes:
        """Return the next samples, empty if none are ready."""
        try:
            return self._blocks.get_nowait()
        except queue.Empty:
            return b""

    def finish(self) -> None:
        """End the thread."""
        self._finishing.set()
        self.take()
        self._thread.join()

    def _run(self, info: VideoInfo, start: float) -> None:
        try:
            for block in sound_from(info, start):
                self._put(block.tobytes())
                if self._finishing.is_set():
                    return
        except MediaError as error:
            self.problem = str(error)
        except Exception as error:
            self.problem = f"{info.path}: its sound cannot be played ({error!r})"

    def _put(self, data: bytes) -> None:
        while not self._finishing.is_set():
            try:
                self._blocks.put(data, timeout=0.05)
                return
            except queue.Full:
                continue


class _QtDevice:
    """The system's sound device, by QtMultimedia."""

    def __init__(self) -> None:
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            raise MediaError("No sound device was found; connect one and play again")
        wanted = QAudioFormat()
        wanted.setSampleRate(RATE)
        wanted.setChannelCount(CHANNELS)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(device, wanted)
        self._sink.setBufferSize(int(_BUFFER_S * BYTES_PER_SECOND))
        self._input = self._sink.start()
        if self._input is None:
            raise MediaError("The sound device cannot be used; another program may hold it")

    def write(self, data: bytes) -> int:
        room = self._sink.bytesFree() // (2 * CHANNELS) * 2 * CHANNELS
        return int(self._input.write(data[:room])) if room else 0

    def waiting(self) -> int:
        return max(0, self._sink.bufferSize() - self._sink.bytesFree())

    def set_volume(self, volume: float) -> None:
        self._sink.setVolume(volume)

    def stop(self) -> None:
        self._sink.reset()
        self._sink.deleteLater()


def _open_default_device() -> Device:
    if not import_multimedia():
        raise MediaError("Sound cannot be played: QtMultimedia or a library it needs (libpulse0) is missing")
    with quiet_multimedia():
        return _QtDevice()
