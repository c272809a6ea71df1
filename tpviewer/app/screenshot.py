"""Pictures of the real window, without a hand on it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from tpviewer.app.main import make_application, make_window
from tpviewer.app.waiting import wait_until
from tpviewer.core.errors import TPViewerError
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.settings import Settings

_PATIENCE_S = 60.0


def take_screenshot(
    path: Path,
    target: Path,
    prepare: Callable[[MainWindow], None] | None = None,
    size: tuple[int, int] = (1280, 800),
) -> Path:
    """Open a session or video in a window with fresh settings and save a picture of it.

    Parameters
    ----------
    path : Path
    target : Path
        ``.png``.
    prepare : callable, optional
        Gets the window before the picture is taken, for example to move the playhead.
    size : (int, int)
        Pixels.

    Raises
    ------
    TPViewerError
        If nothing is shown in time, or the picture cannot be written.
    """
    with open_window(size) as window:
        do_open(window.bench, path)
        if not wait_until(lambda: is_complete(window), _PATIENCE_S):
            raise TPViewerError(f"{path}: the window did not show it in time; try again")
        if prepare is not None:
            prepare(window)
        save_picture(window, target)
    return target


@contextmanager
def open_window(size: tuple[int, int] = (1280, 800)) -> Iterator[MainWindow]:
    """Show a window with fresh settings, and close it at the end.

    Parameters
    ----------
    size : (int, int)
        Pixels.
    """
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.ini")
        settings.theme, settings.language = "light", "en"
        window = make_window(settings, Path(folder))
        try:
            window.resize(*size)
            window.show()
            yield window
        finally:
            window.close()
            window.deleteLater()
            QCoreApplication.processEvents()


def save_picture(window: MainWindow, target: Path) -> QImage:
    """Wait until a window shows all that belongs to its playhead, and save a picture of it.

    Raises
    ------
    TPViewerError
        If the picture cannot be written.
    """
    wait_until(lambda: is_complete(window), _PATIENCE_S)
    QCoreApplication.processEvents()
    picture = window.grab().toImage()
    if not picture.save(str(target)):
        raise TPViewerError(f"{target}: the picture cannot be written; choose another place")
    return picture


def is_complete(window: MainWindow) -> bool:
    """True when frame, results and tiles are shown."""
    state = window.bench.state
    shown = window.frame_view.frame
    return (
        state.results is not None
        and shown is not None
        and shown.index == state.playhead
        and not window.prototype.waiting
    )
