"""The real program as a user has it: opens a video, analyses it, and is closed when that is done.

python -m tests.app.watched_run VIDEO PICTURE
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tpviewer.app.main import make_application, run_app
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.settings import Settings


def main() -> int:
    video, picture = map(Path, sys.argv[1:])
    settings = Settings()
    settings.analyse_on_open = True
    assert settings.sync()
    make_application()
    timer = QTimer()
    timer.timeout.connect(lambda: _leave_when_done(picture))
    timer.start(100)
    return run_app(video)


def _leave_when_done(picture: Path) -> None:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow):
            if window.banner.waiting:
                raise SystemExit(window.banner.message.text())
            if window.bench.analysis.phase == "done" and window.bench.state.results is not None:
                assert window.grab().save(str(picture))
                window.close()


if __name__ == "__main__":
    sys.exit(main())
