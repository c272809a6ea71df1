"""The camera's window: choose a camera, look at it with live bars, record, and go on to the analysis."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tpviewer.core.errors import MediaError
from tpviewer.media.recorder import RecordingState
from tpviewer.ui import theme
from tpviewer.ui.camera.device_row import DeviceRow
from tpviewer.ui.camera.live_panel import LivePanel
from tpviewer.ui.camera.message_page import MessagePage
from tpviewer.ui.camera.preview import CameraPreview
from tpviewer.ui.camera.record_bar import RecordBar
from tpviewer.ui.camera.result_row import ResultRow
from tpviewer.ui.camera.words import rates_text
from tpviewer.ui.language import tr_problem
from tpviewer.ui.wording import clock
from tpviewer.ui.workbench import Workbench
from tpviewer.workers.camera import Picture
from tpviewer.workers.camera_devices import CameraDevices
from tpviewer.workers.camera_driver import CameraState
from tpviewer.workers.camera_file import FileCamera
from tpviewer.workers.camera_qt import QtCamera
from tpviewer.workers.live_flow import LiveFlow
from tpviewer.workers.messages import EngineState, LiveSeen
from tpviewer.workers.microphone import Microphone

if TYPE_CHECKING:
    from tpviewer.models.model_card import ModelCard

_FIGURES_MS = 250
_VIDEOS = "*.mp4 *.mov *.m4v *.avi *.mkv *.webm *.mpg *.mpeg *.wmv *.mts *.ts"


class CameraWindow(QDialog):
    """Runs the workbench's camera while it is open.

    Parameters
    ----------
    bench : Workbench
    parent : QWidget, optional

    Signals
    -------
    analyse_requested(object)
        Path of a recording that is to be opened and analysed.
    """

    analyse_requested = Signal(object)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self.driver = bench, bench.camera
        self._devices = CameraDevices(self)
        self.flow = LiveFlow(self.driver.worker, bench.engine, bench.settings.model, self)
        self.row = DeviceRow(bench.settings.camera_mirrored, self)
        self.preview, self.page, self.pages = CameraPreview(self), MessagePage(self), QStackedWidget(self)
        self.live = LivePanel(self)
        self.record = RecordBar(bench.settings.recordings_folder or _videos_folder(), self)
        self.outcome = ResultRow(self)
        self._figures = QTimer(self)
        self._figures.setInterval(_FIGURES_MS)
        self._build()
        self._connect()
        self.preview.set_mirrored(self.row.mirrored.isChecked())

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Camera"))
        self.resize(1120, 720)
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.preview)
        self.live.setFixedWidth(45 * theme.SPACE)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Return in the field of the name is to begin nothing
        middle = QHBoxLayout()
        middle.setSpacing(2 * theme.SPACE)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.live)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        column.setSpacing(2 * theme.SPACE)
        column.addWidget(self.row)
        column.addLayout(middle, 1)
        column.addWidget(self.record)
        column.addWidget(self.outcome)

    def _connect(self) -> None:
        bench = self._bench
        self._devices.changed.connect(self._list_devices)
        self.row.chosen.connect(self.open_chosen)
        self.row.file_requested.connect(self._ask_file)
        self.row.mirrored_changed.connect(self._mirror)
        self.page.retry.clicked.connect(lambda: self.open_chosen())
        self.page.file.clicked.connect(lambda: self._ask_file())
        self.record.toggled.connect(self.toggle_recording)
        self.record.folder_requested.connect(self._ask_folder)
        self.outcome.analyse_requested.connect(self._go_on)
        self.driver.state_changed.connect(self._show_state)
        self.driver.pictured.connect(self._show_picture)
        self.driver.recorded.connect(self._show_recorded)
        self.flow.seen.connect(self._show_seen)
        self.live.engine_requested.connect(self.flow.begin)
        bench.engine_changed.connect(self._show_engine)
        bench.analysis_changed.connect(self._show_engine)
        self._figures.timeout.connect(self._show_figures)

    def start(self) -> None:
        """Open the first camera, and have the model loaded."""
        from tpviewer.ui.commands.asking import read_card

        self._figures.start()
        self._bench.tasks.run(
            partial(read_card, self._bench.settings.model),
            self._show_card,
            lambda error: self._show_card(None, str(error)),
        )
        self.flow.begin()
        self._show_engine()
        self._list_devices()
        if self.driver.source is None:
            self.open_chosen()

    def _show_card(self, card: "ModelCard | None", problem: str = "") -> None:
        if not isValid(self):  # closed, and gone, before the card was read
            return
        if card is None:
            self.live.set_problem(problem)
        else:
            self.live.set_card(card)

    @property
    def recording(self) -> bool:
        """True from the beginning of a recording until its file is closed."""
        return self.driver.recording is not None

    def use_file(self, path: Path) -> None:
        """Let a video stand in for a camera."""
        self.row.set_file(path)
        self.open_chosen()

    def open_chosen(self) -> None:
        """Open what is chosen, instead of what runs."""
        camera, file = self.row.camera, self.row.chosen_file
        if file is not None:
            try:
                source = FileCamera(file)
            except MediaError as error:
                self.driver.close_source()
                title = self.tr("This file cannot stand in for a camera")
                self.page.tell(title, tr_problem(str(error)), "warning")
                return
            self.record.set_microphones(self._devices.microphones(), source.sound is not None)
            self.driver.open(source)
        elif camera is not None:
            self.record.set_microphones(self._devices.microphones(), False)
            self.driver.open(QtCamera(camera, self.row.format, self))
        else:
            self.driver.close_source()
            self._show_state(self.driver.state)

    def toggle_recording(self) -> None:
        """Begin a recording, or end the one that runs."""
        if self.recording:
            self.record.set_ready(False)
            self.driver.stop_recording()
            return
        chosen = self.record.microphone
        try:
            microphone = self._microphone(chosen.key) if chosen is not None else None
            path = self.record.path_at(datetime.now())
            self.driver.record(path, microphone, self.record.own_sound)
        except MediaError as error:
            self.outcome.tell("danger", tr_problem(str(error)))
            return
        self.outcome.tell_consent()
        self._show_recording(True)

    def _microphone(self, key: bytes) -> Microphone:
        microphone = Microphone(key, self)
        microphone.broke.connect(
            lambda: self.outcome.tell("warning", self.tr("The microphone stopped; pictures go on."))
        )
        return microphone

    def reject(self) -> None:
        """End a recording first, and close when there is none."""
        if self.recording:
            self.toggle_recording()
            return
        super().reject()

    def done(self, result: int) -> None:
        """Let go of the camera."""
        self._figures.stop()
        self.flow.end()
        self.driver.close_source()
        self._bench.settings.recordings_folder = self.record.folder
        super().done(result)

    def _list_devices(self) -> None:
        before = self.row.device.count()
        self.row.set_cameras(self._devices.cameras())
        source = self.driver.source
        self.record.set_microphones(
            self._devices.microphones(), source is not None and source.sound is not None
        )
        self.row.lock(self.recording)
        if source is None and not before and self.row.device.count() and self.isVisible():
            self.open_chosen()  # the first one was plugged in just now

    def _ask_file(self) -> None:
        kinds = self.tr("Videos ({0});;All files (*)").format(_VIDEOS)
        folder = str(self._bench.settings.last_folder)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("File as camera"), folder, kinds)
        if name:
            self.use_file(Path(name))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of recordings"), str(self.record.folder)
        )
        if name:
            self.record.set_folder(Path(name))

    def _mirror(self, mirrored: bool) -> None:
        self._bench.settings.camera_mirrored = mirrored
        self.preview.set_mirrored(mirrored)

    def _show_state(self, state: CameraState) -> None:
        running = state is CameraState.RUNNING
        self.pages.setCurrentIndex(1 if running else 0)
        self.record.set_ready(running and not self.recording)
        if not running:
            self.preview.clear()
            self.live.bars.set_values(None)
        source = self.driver.source
        if state is CameraState.OPENING and source is not None:
            self.page.tell(self.tr("Opening {0} …").format(source.name), "", file=False)
        elif state is CameraState.LOST:
            self.page.tell(self.tr("No picture"), self.driver.reason, "warning", retry=True)
        elif state is CameraState.OFF:
            self._tell_no_camera()

    def _tell_no_camera(self) -> None:
        if self._devices.missing:
            self.page.tell(
                self.tr("Cameras cannot be used"),
                self.tr("QtMultimedia, or a library that it needs, is missing on this computer."),
                "warning",
            )
        else:
            self.page.tell(
                self.tr("No camera was found"),
                self.tr(
                    "Connect one, and it appears here. To practise without one, let a video stand in for it."
                ),
            )

    def _show_picture(self, picture: Picture) -> None:
        self.preview.set_picture(picture)

    def _show_seen(self, answer: LiveSeen) -> None:
        if self.driver.state is not CameraState.RUNNING:
            return
        self.preview.set_box(answer.box)
        missing = answer.box is None and not answer.problem
        self.preview.set_note(self.tr("No face in the picture") if missing else "")
        self.live.take(answer)

    def _show_engine(self, *_: object) -> None:
        state = self._bench.engine.state
        if state is EngineState.CRASHED:
            self.preview.set_box(None)
            self.preview.set_note("")
        self.live.set_engine(state, self._bench.analysis.active)

    def _show_recording(self, runs: bool) -> None:
        self.record.set_recording(runs)
        self.record.set_ready(self.driver.state is CameraState.RUNNING)
        self.row.lock(runs)
        self._show_figures()

    def _show_figures(self) -> None:
        recording, arrivals = self.driver.recording, self.driver.arrivals
        rates = ""
        if self.driver.state is CameraState.RUNNING:
            rates = rates_text(arrivals.per_second, self.flow.per_second)
        self.record.show_figures(recording, rates)
        self.record.show_disk(recording)
        self.preview.set_recording(clock(recording.seconds, 0) if recording is not None else "")

    def _show_recorded(self, state: RecordingState) -> None:
        self._show_recording(False)
        self.outcome.tell_recorded(state)

    def _go_on(self, path: Path) -> None:
        if not self.recording:
            self.accept()
            self.analyse_requested.emit(path)


def _videos_folder() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
    return (Path(place) if place else Path.home()) / "TPViewer"
