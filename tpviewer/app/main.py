"""Start the window. TensorFlow is no part of this process: the engine has one of its own."""

import sys
from pathlib import Path

from platformdirs import user_data_dir, user_log_dir
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tpviewer import __version__
from tpviewer.app.application import Application
from tpviewer.app.crash import CrashLog
from tpviewer.media.decoding import decoding_apart
from tpviewer.ui.commands.analysis import do_load_engine
from tpviewer.ui.commands.files import do_open, do_open_sample
from tpviewer.ui.icons import icon
from tpviewer.ui.language import tr, use_language
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.problem import Problem
from tpviewer.ui.settings import Settings
from tpviewer.workers.engine import EngineDriver

_WARM_UP_MS = 1500  # after the window is there, and before anybody is likely to ask for plots
_SWITCH_S = 0.002  # seconds after which a busy thread lets the window's have its turn


def make_application() -> QApplication:
    """Return the one application, made where there is none."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = Application(sys.argv[:1])
    application.setApplicationName("TPViewer")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("tpviewer")
    return application


def spare_folder() -> Path:
    """Where sessions go that cannot lie beside their video."""
    return Path(user_data_dir("TPViewer", appauthor=False)) / "sessions"


def make_window(
    settings: Settings | None = None, spare: Path | None = None, engine: EngineDriver | None = None
) -> MainWindow:
    """Make the window with the user's settings, in their language, and do not show it yet."""
    sys.setswitchinterval(_SWITCH_S)
    settings = settings or Settings()
    use_language(settings.language)
    window = MainWindow(settings, spare or spare_folder(), engine)
    window.setWindowIcon(icon("tpviewer"))
    window.apply_theme()
    return window


def run_app(path: Path | None = None, sample: bool = False) -> int:
    """Show the window and stay until it is closed.

    Parameters
    ----------
    path : Path, optional
        Video or session to open.
    sample : bool
        Open the bundled sample and analyse it.

    Returns
    -------
    int
        Exit code.
    """
    with decoding_apart() as decoders:
        decoders.warm_up()
        return _run(path, sample)


def _run(path: Path | None, sample: bool) -> int:
    application = make_application()
    window = make_window()
    log = CrashLog(Path(user_log_dir("TPViewer", appauthor=False)) / "errors.log")
    log.install(lambda message, detail: _tell(window, log.path, message, detail))
    window.show()
    if isinstance(application, Application):
        application.asked_for.connect(lambda asked: do_open(window.bench, asked))
    if path is not None:
        do_open(window.bench, path)
    elif sample:
        do_open_sample(window.bench)
    QTimer.singleShot(0, window, lambda: do_load_engine(window.bench))
    QTimer.singleShot(_WARM_UP_MS, window, lambda: _warm_up(window))
    try:
        return application.exec()
    finally:
        window.bench.close()
        log.close()


def warm_up() -> None:
    """Import in a thread what the window needs later, so that the first click on it need not wait."""
    import pyqtgraph  # noqa: F401

    import tpviewer.pipeline.params  # noqa: F401


def _warm_up(window: MainWindow) -> None:
    tasks, report = window.bench.tasks, window.bench.report
    tasks.run(warm_up, lambda _: None, lambda error: report(tr("TPViewer is not complete"), error))


def _tell(window: MainWindow, log: Path, message: str, detail: str) -> None:
    told = tr(
        "Something in the program went wrong ({0}). Nothing that was saved is lost. Go on, or close and start"
        " again; the details are in {1}."
    ).format(message, log)
    window.bench.problem.emit(Problem(tr("An error in TPViewer"), told, (), detail))
