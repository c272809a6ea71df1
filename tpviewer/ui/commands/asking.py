"""Dialogs whose answers are commands: settings, Action Units and thresholds, face, model, help."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from tpviewer.media.source import open_source
from tpviewer.store.snapshot import FaceTrack
from tpviewer.ui.actions import Actions
from tpviewer.ui.commands.analysis import do_change_setup, do_check_model, do_choose_model
from tpviewer.ui.dialogs.about import AboutDialog
from tpviewer.ui.dialogs.analysis_dialog import AnalysisDialog
from tpviewer.ui.dialogs.help_dialog import HelpDialog
from tpviewer.ui.dialogs.manual_window import ManualWindow
from tpviewer.ui.dialogs.settings_dialog import SettingsDialog
from tpviewer.ui.language import tr
from tpviewer.ui.panels.face_choice import FaceChoice
from tpviewer.ui.workbench import Workbench

if TYPE_CHECKING:
    from tpviewer.models.model_card import ModelCard


def ask_settings(bench: Workbench, parent: QWidget, try_on: Callable[[str, float], None]) -> None:
    """Let the user change settings; `try_on` shows a theme and size of type meanwhile."""
    dialog = SettingsDialog(bench.settings, do_check_model, parent)
    dialog.appearance_tried.connect(try_on)

    def keep() -> None:
        choice = dialog.choice()
        choice.keep_in(bench.settings)
        if choice.model != bench.settings.model:
            do_choose_model(bench, choice.model)

    dialog.accepted.connect(keep)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_setup(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose Action Units and thresholds; what must run again does."""
    document, model = bench.document, bench.setup.model

    def show(card: "ModelCard") -> None:
        if (bench.document, bench.setup.model) == (document, model) and not bench.analysis.active:
            _show_setup(bench, parent, card)

    bench.tasks.run(
        partial(read_card, model),
        show,
        lambda error: bench.report(tr("This model cannot be used"), error),
    )


def read_card(model: Path | None) -> "ModelCard":
    """Read the card of a model package, of the bundled one with None.

    Raises
    ------
    ModelError
        If the package cannot be used.
    """
    from tpviewer.models.default import default_package_path
    from tpviewer.models.model_package import load_package

    return load_package(model or default_package_path()).card


def _show_setup(bench: Workbench, parent: QWidget, card: "ModelCard") -> None:
    dialog = AnalysisDialog(
        card.aus,
        dict(zip(card.aus, card.thresholds, strict=True)),
        bench.setup.aus,
        bench.setup.thresholds,
        card.experimental,
        bench.state.profile,
        parent,
        frames=bench.state.n_frames if card.channels == 2 else 0,
        neutral=bench.setup.neutral,
    )

    def take() -> None:
        choice = dialog.choice()
        do_change_setup(bench, aus=choice.aus, thresholds=choice.thresholds, neutral=choice.neutral)

    dialog.accepted.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_model(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose a model package, and check it before it is used."""
    name = QFileDialog.getExistingDirectory(
        parent, tr("Folder of a model package (card.json and model.keras)"), str(bench.settings.last_folder)
    )
    if name:
        path = Path(name)
        bench.tasks.run(
            partial(do_check_model, path),
            partial(_use_model, bench, path),
            lambda error: bench.report(tr("This model cannot be used"), error),
        )


def _use_model(bench: Workbench, path: Path, told: str) -> None:
    bench.noted.emit(told)
    do_choose_model(bench, path)


def ask_face(bench: Workbench, parent: QWidget) -> None:
    """Let the user choose which of several faces is analysed."""
    snapshot, document = bench.state.snapshot, bench.document
    if snapshot is None or document is None or not snapshot.tracks:
        return
    size = (snapshot.video.width, snapshot.video.height)
    dialog = FaceChoice(
        snapshot.tracks, {}, snapshot.face, times=snapshot.times, frame_size=size, parent=parent
    )
    dialog.chosen.connect(lambda number: do_change_setup(bench, face=number))
    dialog.finished.connect(dialog.deleteLater)
    if document.video is not None:
        bench.tasks.run(
            partial(face_pictures, document.video, snapshot.tracks),
            partial(_show_faces, dialog),
            lambda error: bench.noted.emit(str(error)),
        )
    dialog.open()


def _show_faces(dialog: FaceChoice, pictures: dict[int, QImage]) -> None:
    if isValid(dialog):  # it may have been closed meanwhile
        for number, image in pictures.items():
            dialog.set_thumbnail(number, image)


def face_pictures(video: Path, tracks: tuple[FaceTrack, ...]) -> dict[int, QImage]:
    """Cut each face out of the frame in which it is largest.

    Raises
    ------
    MediaError
        If the video cannot be read.
    """
    pictures = {}
    with open_source(video) as source:
        for track in tracks:
            frame = source.read(track.largest)
            if frame is not None:
                pictures[track.number] = _cut(frame, track.box)
    return pictures


def _cut(frame: NDArray[np.uint8], box: tuple[float, float, float, float]) -> QImage:
    x, y, width, height = box
    top, left = max(int(y - height * 0.1), 0), max(int(x - width * 0.1), 0)
    part = np.ascontiguousarray(frame[top : int(y + height * 1.1), left : int(x + width * 1.1)])
    rows, columns = part.shape[:2]
    return QImage(part.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def ask_manual(parent: QWidget) -> None:
    """Show the manual beside the window, to be read while one works."""
    dialog = ManualWindow(parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()


def ask_shortcuts(actions: Actions, parent: QWidget) -> None:
    """Show all keys."""
    _show_help(actions, parent, False)


def ask_how_to_read(actions: Actions, parent: QWidget) -> None:
    """Show what the terms mean."""
    _show_help(actions, parent, True)


def _show_help(actions: Actions, parent: QWidget, terms: bool) -> None:
    dialog = HelpDialog(list(actions), parent)
    if terms:
        dialog.show_how_to_read()
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_about(parent: QWidget) -> None:
    """Show version, licences and credits."""
    dialog = AboutDialog(parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
