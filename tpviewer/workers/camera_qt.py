"""A camera of the system, by QtMultimedia; pictures are converted elsewhere."""

import time
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt
from PySide6.QtGui import QImage

from tpviewer.media.recorded_sound import SoundShape
from tpviewer.workers.camera import FrameClock, Hear, Lose, Picture, RawFrame, Take
from tpviewer.workers.camera_devices import Camera, CameraFormat
from tpviewer.workers.multimedia import quiet_multimedia


class QtCamera(QObject):
    """One camera in one format.

    Parameters
    ----------
    camera : Camera
    wanted : CameraFormat or None
        One of its formats; None leaves the choice to it.
    parent : QObject, optional
    """

    sound: SoundShape | None = None

    def __init__(self, camera: Camera, wanted: CameraFormat | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = camera.name
        self.rate = wanted.rate if wanted is not None else 30.0
        self._key, self._wanted = camera.key, wanted
        self._clock = FrameClock()
        self._take: Take | None = None
        self._lose: Lose | None = None
        self._parts: list[Any] = []

    def start(self, take: Take, hear: Hear, lose: Lose) -> None:
        """Ask for the permission that some systems want, then open the camera."""
        self._take, self._lose = take, lose
        application, wish = QCoreApplication.instance(), QCameraPermission()
        assert application is not None
        allowed = application.checkPermission(wish)
        if allowed == Qt.PermissionStatus.Undetermined:
            application.requestPermission(wish, self, self._permitted)
        else:
            self._permitted(wish)

    def stop(self) -> None:
        """Close the camera."""
        self._take = self._lose = None
        if self._parts:
            self._parts[0].stop()
        for part in self._parts:
            part.deleteLater()
        self._parts = []

    def _permitted(self, wish: QCameraPermission) -> None:
        application = QCoreApplication.instance()
        assert application is not None
        if self._lose is None:
            return  # stopped while the question was open
        if application.checkPermission(wish) != Qt.PermissionStatus.Granted:
            self._lose(self.tr("TPViewer may not use the camera. Allow it in the system's privacy settings."))
            return
        self._open()

    def _open(self) -> None:
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoSink

        with quiet_multimedia():
            device = next((d for d in QMediaDevices.videoInputs() if d.id().data() == self._key), None)
            if device is None:
                self._gone()
                return
            camera, session, sink = QCamera(device, self), QMediaCaptureSession(self), QVideoSink(self)
            system = QMediaDevices(self)
            self._parts = [camera, session, sink, system]
            form = next((f for f in device.videoFormats() if self._is_wanted(f)), None)
            if form is not None:
                camera.setCameraFormat(form)
            session.setCamera(camera)
            session.setVideoSink(sink)
            sink.videoFrameChanged.connect(self._arrived)
            camera.errorOccurred.connect(self._failed)
            system.videoInputsChanged.connect(self._look_for_device)
            camera.start()

    def _is_wanted(self, form: Any) -> bool:
        size, wanted = form.resolution(), self._wanted
        return wanted is not None and (size.width(), size.height(), round(form.maxFrameRate(), 2)) == (
            wanted.width,
            wanted.height,
            wanted.rate,
        )

    def _arrived(self, frame: Any) -> None:
        if self._take is None or not frame.isValid():
            return
        from PySide6.QtMultimedia import QVideoFrame

        told = frame.startTime()
        moment = self._clock.time_of(told / 1e6 if told >= 0 else None, time.monotonic())
        self._take(RawFrame(moment, partial(rgb_of, QVideoFrame(frame))))

    def _failed(self, _: Any, reason: str) -> None:
        if self._lose is not None:
            self._lose(
                self.tr(
                    "{0} cannot be used ({1}). Another program may be using it: close that program and try"
                    " again."
                ).format(self.name, reason)
            )

    def _look_for_device(self) -> None:
        from PySide6.QtMultimedia import QMediaDevices

        if all(device.id().data() != self._key for device in QMediaDevices.videoInputs()):
            self._gone()

    def _gone(self) -> None:
        if self._lose is not None:
            self._lose(self.tr("{0} was unplugged. Plug it in again, then try again.").format(self.name))


def rgb_of(frame: Any) -> Picture | None:
    """Convert a frame of a camera, upright and never mirrored; None where that fails.

    Parameters
    ----------
    frame : QVideoFrame

    Returns
    -------
    ndarray, shape (H, W, 3), uint8, or None
    """
    frame.setMirrored(False)  # some systems ask that a front camera be shown as a mirror
    image = frame.toImage().convertToFormat(QImage.Format.Format_RGB888)
    if image.isNull():
        return None
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
