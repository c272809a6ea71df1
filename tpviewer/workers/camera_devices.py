"""Which cameras and microphones there are, as plain values; QtMultimedia is loaded when it is asked."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from tpviewer.workers.multimedia import import_multimedia, quiet_multimedia

_SLOWEST = 5.0  # pictures per second; slower formats are for photographs


@dataclass(frozen=True, order=True)
class CameraFormat:
    """Size in pixels and pictures per second."""

    width: int
    height: int
    rate: float


@dataclass(frozen=True)
class Camera:
    """A camera that can be opened.

    Attributes
    ----------
    key : bytes
        By which the system knows it.
    name : str
    formats : tuple of CameraFormat
        Each once, the largest first; of one size the fastest first.
    """

    key: bytes
    name: str
    formats: tuple[CameraFormat, ...]

    def preferred(self) -> CameraFormat | None:
        """Return the largest up to 1280 x 720 at about 30 a second; None leaves the choice to the camera."""
        small = [form for form in self.formats if form.width <= 1280 and form.height <= 720]
        usual = [form for form in small if form.rate >= 24]
        return max(
            usual or small or self.formats,
            key=lambda form: (form.width * form.height, -abs(form.rate - 30)),
            default=None,
        )


@dataclass(frozen=True)
class MicrophoneChoice:
    """A microphone that can be opened."""

    key: bytes
    name: str


def formats_of(every: list[tuple[int, int, float]]) -> tuple[CameraFormat, ...]:
    """Sort what a camera offers: (width, height, most pictures per second), often many times the same."""
    kept = {CameraFormat(width, height, round(rate, 2)) for width, height, rate in every if rate >= _SLOWEST}
    return tuple(sorted(kept, key=lambda form: (-form.width * form.height, -form.width, -form.rate)))


class CameraDevices(QObject):
    """The system's list of cameras and microphones.

    Signals
    -------
    changed()
        A camera or microphone was plugged in or taken away.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.missing = not import_multimedia()
        self._system: Any = None
        if not self.missing:
            from PySide6.QtMultimedia import QMediaDevices

            with quiet_multimedia():
                self._system = QMediaDevices(self)
                self._system.videoInputsChanged.connect(self.changed)
                self._system.audioInputsChanged.connect(self.changed)

    def cameras(self) -> tuple[Camera, ...]:
        """Cameras, the system's default first."""
        if self.missing:
            return ()
        with quiet_multimedia():
            devices = sorted(self._system.videoInputs(), key=lambda device: not device.isDefault())
        return tuple(
            Camera(
                device.id().data(),
                device.description(),
                formats_of(
                    [
                        (form.resolution().width(), form.resolution().height(), form.maxFrameRate())
                        for form in device.videoFormats()
                    ]
                ),
            )
            for device in devices
        )

    def microphones(self) -> tuple[MicrophoneChoice, ...]:
        """Microphones, the system's default first."""
        if self.missing:
            return ()
        with quiet_multimedia():
            devices = sorted(self._system.audioInputs(), key=lambda device: not device.isDefault())
        return tuple(MicrophoneChoice(device.id().data(), device.description()) for device in devices)
