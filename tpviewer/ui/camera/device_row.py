"""Which camera, in which size and rate, and how it is looked at."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from tpviewer.ui import theme
from tpviewer.workers.camera_devices import Camera, CameraFormat


class DeviceRow(QWidget):
    """Choices above the picture.

    Signals
    -------
    chosen()
        Another camera, file or format was chosen by the user.
    file_requested()
    mirrored_changed(bool)

    Attributes
    ----------
    device, form : QComboBox
    file : QPushButton
    mirrored : QCheckBox
    """

    chosen = Signal()
    file_requested = Signal()
    mirrored_changed = Signal(bool)

    def __init__(self, mirrored: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.device, self.form = QComboBox(self), QComboBox(self)
        self.file = QPushButton(self.tr("File as camera …"), self)
        self.mirrored = QCheckBox(self.tr("Mirrored view"), self)
        self.mirrored.setChecked(mirrored)
        self._cameras: tuple[Camera, ...] = ()
        self._file: Path | None = None
        self._build()
        self.device.activated.connect(self._device_chosen)
        self.form.activated.connect(lambda _: self.chosen.emit())
        self.file.clicked.connect(lambda: self.file_requested.emit())
        self.mirrored.toggled.connect(self.mirrored_changed)

    def _build(self) -> None:
        self.device.setMinimumWidth(26 * theme.SPACE)
        self.form.setMinimumWidth(22 * theme.SPACE)
        self.form.setFont(theme.tabular())
        theme.name_for_readers(self.device, self.tr("Camera"))
        theme.name_for_readers(self.form, self.tr("Size and rate of the pictures"))
        theme.name_for_readers(
            self.file,
            self.tr("File as camera"),
            self.tr("Let a video stand in for a camera, in real time: to practise, or to teach"),
        )
        self.mirrored.setToolTip(self.tr("Show the picture like a mirror; a recording is never mirrored"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(QLabel(self.tr("Camera"), self))
        row.addWidget(self.device, 2)
        row.addWidget(self.form, 1)
        row.addWidget(self.file)
        row.addStretch(1)
        row.addWidget(self.mirrored)

    @property
    def camera(self) -> Camera | None:
        """The camera that is chosen; None for a file, or where there is none."""
        place = self.device.currentData()
        return self._cameras[place] if isinstance(place, int) else None

    @property
    def chosen_file(self) -> Path | None:
        """The video that is chosen to stand in for a camera; None for a camera."""
        return self._file if self.device.currentData() == "file" else None

    @property
    def format(self) -> CameraFormat | None:
        """Size and rate that are chosen; None leaves them to the camera."""
        form = self.form.currentData()
        return form if isinstance(form, CameraFormat) else None

    def set_cameras(self, cameras: tuple[Camera, ...]) -> None:
        """List what can be opened; what was chosen stays so if it is still there."""
        before = self.camera
        was_file = self.chosen_file is not None
        self._cameras = cameras
        with QSignalBlocker(self.device):
            self.device.clear()
            for place, camera in enumerate(cameras):
                self.device.addItem(camera.name, place)
            if self._file is not None:
                self.device.addItem(self._file.name, "file")
            keys = [camera.key for camera in cameras]
            if was_file:
                self.device.setCurrentIndex(self.device.count() - 1)
            elif before is not None and before.key in keys:
                self.device.setCurrentIndex(keys.index(before.key))
        if self.camera is None or before is None or self.camera.key != before.key:
            self._list_formats()
        self.device.setEnabled(self.device.count() > 0)
        if not self.device.count():
            self.device.setPlaceholderText(self.tr("No camera"))

    def set_file(self, path: Path) -> None:
        """Choose a video to stand in for a camera."""
        self._file = path
        with QSignalBlocker(self.device):
            self.device.setCurrentIndex(-1)
        self.set_cameras(self._cameras)
        with QSignalBlocker(self.device):
            self.device.setCurrentIndex(self.device.count() - 1)
        self._list_formats()

    def lock(self, locked: bool) -> None:
        """Let nothing be chosen while it is recorded; the view can always be turned."""
        self.device.setEnabled(not locked and self.device.count() > 0)
        self.form.setEnabled(not locked and self.form.count() > 1)
        self.file.setEnabled(not locked)

    def _device_chosen(self) -> None:
        self._list_formats()
        self.chosen.emit()

    def _list_formats(self) -> None:
        with QSignalBlocker(self.form):
            self.form.clear()
            camera = self.camera
            for form in camera.formats if camera is not None else ():
                text = self.tr("{0} × {1}, {2} per second").format(form.width, form.height, f"{form.rate:g}")
                self.form.addItem(text, form)
            if camera is not None and camera.formats:
                self.form.setCurrentIndex(camera.formats.index(camera.preferred() or camera.formats[0]))
            else:
                self.form.setPlaceholderText(self.tr("As it comes"))
        self.form.setEnabled(self.form.count() > 1)
