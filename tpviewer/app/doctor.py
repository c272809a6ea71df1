"""``tpviewer doctor``, with what the window needs."""

import os
import sys

from tpviewer.cli import doctor
from tpviewer.cli.options import Commands
from tpviewer.core.errors import TPViewerError


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    doctor.add_to(commands, {"window": _window, "sound": _sound})


def _window() -> str:
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Qt would end the program without a screen
    application = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(application, QGuiApplication)
    if not QFontDatabase.families():
        raise TPViewerError("no font was found; install one, on Debian: apt-get install fonts-dejavu-core")
    platform = application.platformName()
    return "can be opened" if platform != "offscreen" else "Qt works, but there is no screen here"


def _sound() -> str:
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia*=false")
    from PySide6.QtMultimedia import QMediaDevices

    device = QMediaDevices.defaultAudioOutput()
    return device.description() or "no device here; videos play without sound"
