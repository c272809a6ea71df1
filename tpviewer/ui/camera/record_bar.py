"""Where a recording goes, with which sound, and the button that begins and ends it."""

import shutil
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from tpviewer.media.recorder import LEAST_FREE, RecordingState, proposed_name
from tpviewer.ui import theme
from tpviewer.ui.camera.words import left_text, size_text
from tpviewer.ui.icons import icon
from tpviewer.ui.wording import clock
from tpviewer.workers.camera_devices import MicrophoneChoice

_LITTLE = 2 << 30  # bytes of free disk from which on it is said as a warning
_OWN_SOUND = "own"


class RecordBar(QWidget):
    """Name, folder, sound, the button, and the figures of a running recording.

    Parameters
    ----------
    folder : Path
        Where recordings go at first.
    parent : QWidget, optional

    Signals
    -------
    toggled()
        The button was pressed: begin or end.
    folder_requested()

    Attributes
    ----------
    name : QLineEdit
    sound : QComboBox
    button : QPushButton
    figures, disk : QLabel
    """

    toggled = Signal()
    folder_requested = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.name, self.sound = QLineEdit(self), QComboBox(self)
        self.button = QPushButton(self)
        self._change = QPushButton(self.tr("Folder …"), self)
        self._target, self.figures, self.disk = QLabel(self), QLabel(self), QLabel(self)
        self._recording = False
        self._build()
        self.name.textChanged.connect(self._show_target)
        self.button.clicked.connect(lambda: self.toggled.emit())
        self._change.clicked.connect(lambda: self.folder_requested.emit())
        self.set_microphones((), False)
        self.set_recording(False)
        self._show_target()

    def _build(self) -> None:
        self.name.setPlaceholderText(self.tr("Pseudonym"))
        self.name.setMaximumWidth(28 * theme.SPACE)
        theme.name_for_readers(
            self.name,
            self.tr("Pseudonym of the person"),
            self.tr("Beginning of the file's name; never write a patient's real name here"),
        )
        theme.name_for_readers(self.sound, self.tr("Sound of the recording"))
        self.sound.setMinimumWidth(18 * theme.SPACE)
        self.button.setMinimumWidth(16 * theme.SPACE)
        self.figures.setFont(theme.tabular())
        self._target.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._target.setProperty("role", "muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE)
        first = QHBoxLayout()
        first.setSpacing(theme.SPACE)
        for part in (self.button, self.name, self.sound, self._change):
            first.addWidget(part)
        first.addWidget(self._target, 1)
        grid.addLayout(first, 0, 0, 1, 2)
        grid.addWidget(self.figures, 1, 0)
        grid.addWidget(self.disk, 1, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)

    @property
    def microphone(self) -> MicrophoneChoice | None:
        """The microphone that is chosen; None for no sound or the file's own."""
        chosen = self.sound.currentData()
        return chosen if isinstance(chosen, MicrophoneChoice) else None

    @property
    def own_sound(self) -> bool:
        """Whether the sound of the file that stands in for a camera is to be recorded."""
        return bool(self.sound.currentData() == _OWN_SOUND)

    def path_at(self, moment: datetime) -> Path:
        """File of a recording that begins at a moment."""
        return self.folder / proposed_name(self.name.text(), moment)

    def set_folder(self, folder: Path) -> None:
        """Record to another folder."""
        self.folder = folder
        self._show_target()

    def set_microphones(self, microphones: tuple[MicrophoneChoice, ...], own: bool) -> None:
        """List what can bring sound; `own` where the camera itself does. No sound is chosen at first."""
        before = self.sound.currentData()
        self.sound.clear()
        self.sound.addItem(self.tr("No sound"), None)
        if own:
            self.sound.addItem(self.tr("Sound of the file"), _OWN_SOUND)
        for microphone in microphones:
            self.sound.addItem(microphone.name, microphone)
        found = [self.sound.itemData(place) for place in range(self.sound.count())]
        self.sound.setCurrentIndex(found.index(before) if before in found else 0)
        self.sound.setEnabled(self.sound.count() > 1 and not self._recording)

    def set_ready(self, ready: bool) -> None:
        """Allow the button."""
        self.button.setEnabled(ready)
        self._style_button()

    def set_recording(self, recording: bool) -> None:
        """Show whether a recording runs."""
        self._recording = recording
        self.button.setText(self.tr("Stop recording") if recording else self.tr("Record"))
        theme.name_for_readers(self.button, self.button.text())
        self._style_button()
        for part in (self.name, self._change):
            part.setEnabled(not recording)
        self.sound.setEnabled(self.sound.count() > 1 and not recording)

    def _style_button(self) -> None:
        """The one button that counts, as long as it can be pressed to begin."""
        tones, primary = theme.current(), self.button.isEnabled() and not self._recording
        self.button.setProperty("primary", primary)
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        picture = icon("stop", tones.danger) if self._recording else icon("record", tones.on_accent)
        self.button.setIcon(picture)
        self.button.setIconSize(QSize(14, 14))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._style_button()

    def show_figures(self, recording: RecordingState | None, rates: str) -> None:
        """Show how a recording grows, and how fast pictures come and are analysed."""
        parts = [rates] if rates else []
        if recording is not None:
            parts.insert(
                0,
                self.tr("{0}  ·  {1} pictures  ·  {2}").format(
                    clock(recording.seconds, 1), recording.frames, size_text(recording.size)
                ),
            )
            if recording.refused:
                parts.append(self.tr("not recorded: {0} pictures").format(recording.refused))
        self.figures.setText("  ·  ".join(parts))
        self._mark(self.figures, bool(recording and recording.refused))

    def show_disk(self, recording: RecordingState | None) -> None:
        """Show how much room there is where the recording goes."""
        free = free_space(self.folder)
        if free is None:
            self.disk.setText("")
            return
        self.disk.setText(left_text(free, recording))
        self._mark(self.disk, free < _LITTLE)
        self.disk.setToolTip(
            self.tr("A recording ends by itself when less than {0} are free").format(size_text(LEAST_FREE))
        )

    def _mark(self, label: QLabel, warn: bool) -> None:
        role = "warning" if warn else "muted"
        if label.property("role") != role:
            label.setProperty("role", role)
            label.style().unpolish(label)
            label.style().polish(label)

    def _show_target(self) -> None:
        name = proposed_name(self.name.text(), datetime.now())
        self._target.setText(self.tr("to {0}").format(self.folder))
        self._target.setToolTip(str(self.folder / name))


def free_space(folder: Path) -> int | None:
    """Free bytes at a folder that may not be there yet; None where nobody can tell."""
    for place in (folder, *folder.parents):
        if place.is_dir():
            try:
                return shutil.disk_usage(place).free
            except OSError:
                return None
    return None
