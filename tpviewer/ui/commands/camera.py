"""The camera: its window, and the way from a recording to its analysis."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from tpviewer.ui.camera.camera_window import CameraWindow
from tpviewer.ui.commands.analysis import do_analyse
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.workbench import Workbench


def ask_camera(bench: Workbench, parent: QWidget) -> CameraWindow:
    """Show the camera's window, the one that is open already if there is one."""
    for open_window in parent.findChildren(CameraWindow):
        if open_window.isVisible():
            open_window.raise_()
            open_window.activateWindow()
            return open_window
    window = CameraWindow(bench, parent)
    window.finished.connect(window.deleteLater)
    window.analyse_requested.connect(lambda path: do_analyse_recording(bench, path))
    window.show()
    window.start()
    return window


def do_analyse_recording(bench: Workbench, path: Path) -> None:
    """Open a recording like any video, and analyse it once it is open."""

    def begin() -> None:
        bench.document_changed.disconnect(begin)
        document = bench.document
        if document is not None and document.video == path.absolute():
            do_analyse(bench)

    bench.document_changed.connect(begin)
    do_open(bench, path)
