"""A microphone of the system, by QtMultimedia."""

import time
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from tpviewer.core.errors import MediaError
from tpviewer.media.recorded_sound import SoundShape
from tpviewer.media.sound import RATE
from tpviewer.workers.camera import Hear
from tpviewer.workers.multimedia import import_multimedia, quiet_multimedia

_BUFFER_S = 1.0  # the window may be busy for so long before sound is lost


class Microphone(QObject):
    """Brings 16 bit sound, with one channel where the device allows it.

    Parameters
    ----------
    key : bytes
        By which the system knows the device.
    parent : QObject, optional

    Raises
    ------
    MediaError
        If the device is not there any more.

    Attributes
    ----------
    shape : SoundShape

    Signals
    -------
    broke()
        It stopped by itself, as when it is unplugged.
    """

    broke = Signal()

    def __init__(self, key: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if not import_multimedia():
            raise MediaError(
                self.tr("Sound cannot be recorded: QtMultimedia or a library it needs is missing")
            )
        from PySide6.QtMultimedia import QMediaDevices

        with quiet_multimedia():
            found = next((d for d in QMediaDevices.audioInputs() if d.id().data() == key), None)
        if found is None:
            raise MediaError(
                self.tr("The microphone is not there any more; choose another, or record without sound")
            )
        self._device: Any = found
        self._format = _format_of(found)
        self.shape = SoundShape(self._format.sampleRate(), self._format.channelCount())
        self._source: Any = None
        self._input: Any = None
        self._hear: Hear | None = None

    def start(self, hear: Hear) -> None:
        """Bring sound from now on.

        Raises
        ------
        MediaError
            If the device cannot be opened.
        """
        from PySide6.QtMultimedia import QAudioSource, QtAudio

        with quiet_multimedia():
            self._source = QAudioSource(self._device, self._format, self)
            self._source.setBufferSize(int(_BUFFER_S * self.shape.rate) * 2 * self.shape.channels)
            self._input = self._source.start()
        if self._input is None or self._source.error() != QtAudio.Error.NoError:
            self.stop()
            raise MediaError(self.tr("The microphone cannot be used; another program may hold it"))
        self._hear = hear
        self._input.readyRead.connect(self._read)
        self._source.stateChanged.connect(self._look)

    def stop(self) -> None:
        """End; what was heard until now is brought."""
        if self._source is None:
            return
        self._read()
        self._hear = None
        self._source.stop()
        self._source.deleteLater()
        self._source = self._input = None

    def _look(self) -> None:
        from PySide6.QtMultimedia import QtAudio

        if self._hear is not None and self._source.error() != QtAudio.Error.NoError:
            self._hear = None
            self.broke.emit()

    def _read(self) -> None:
        if self._hear is None:
            return
        data = self._input.readAll().data()
        whole = len(data) // (2 * self.shape.channels)
        if whole:
            samples = np.frombuffer(data, np.int16, whole * self.shape.channels)
            self._hear(samples.reshape(whole, -1).copy(), time.monotonic() - whole / self.shape.rate)


def _format_of(device: Any) -> Any:
    """One channel of 16 bit where the device takes that, else as near to it as it can."""
    from PySide6.QtMultimedia import QAudioFormat

    wanted = QAudioFormat()
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    wanted.setSampleRate(RATE)
    wanted.setChannelCount(1)
    if not device.isFormatSupported(wanted):
        own = device.preferredFormat()
        wanted.setSampleRate(own.sampleRate())
        wanted.setChannelCount(min(own.channelCount(), 2))
    return wanted
