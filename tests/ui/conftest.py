"""Qt without a screen, and real sessions and windows; a test that leaves threads or widgets behind fails."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.qt_guard import nothing_left_behind
from tests.ui.review_desk import desk, full
from tpviewer.app.main import make_window
from tpviewer.media.source import open_source
from tpviewer.media.video_writer import write_video
from tpviewer.resources import resource
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.language import LanguageChoice
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.settings import Settings
from tpviewer.workers.engine import EngineDriver

__all__ = ["desk", "full", "nothing_left_behind"]

FRAMES = 190
"""Of the phantom that are analysed: brows and jaw, then a smile."""


def cut(name: str, target: Path, frames: int) -> Path:
    """The first frames of a bundled phantom as a video of their own."""
    with open_source(resource("phantom", name)) as source:
        rate = Fraction(source.info.nominal_rate).limit_denominator(1001)
        pictures = (picture for _, picture in source.frames(0, frames) if picture is not None)
        write_video(target, pictures, rate)
    return target


def analyse_outside(video: Path) -> Path:
    """Analyse on the command line, in a process of its own, and return the session."""
    command = [sys.executable, "-m", "tpviewer", "analyze", str(video)]
    subprocess.run(command, check=True, capture_output=True)
    return video.with_suffix(".tpv")


@pytest.fixture(scope="session")
def phantom_session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The phantom's beginning, analysed with the bundled model; read only."""
    video = cut("phantom.mp4", tmp_path_factory.mktemp("phantom") / "phantom.mp4", FRAMES)
    return analyse_outside(video)


@pytest.fixture(scope="session")
def patients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny model and two patients, see `tests.ui.patients`; read only."""
    folder = tmp_path_factory.mktemp("patients")
    subprocess.run([sys.executable, "-m", "tests.ui.patients", str(folder)], check=True, capture_output=True)
    return folder


Open = Callable[[Path], MainWindow]


@contextmanager
def shown_window(
    qtbot: QtBot,
    folder: Path,
    engine: EngineDriver | None = None,
    model: Path | None = None,
    language: LanguageChoice | None = "en",
) -> Iterator[MainWindow]:
    """A window with settings of its own, closed at the end; no language takes the one that they have."""
    folder.mkdir(exist_ok=True)
    settings = Settings(folder / "settings.ini")
    settings.theme = "light"
    settings.model = model
    settings.language = language or settings.language
    window = make_window(settings, folder, engine)
    try:
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        yield window
    finally:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """An empty window."""
    with shown_window(qtbot, tmp_path / "user") as made:
        yield made


def show(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Open a session or video and wait until its frame and results are there."""
    do_open(window.bench, path)
    qtbot.waitUntil(lambda: is_open(window, path) and is_shown(window), timeout=20_000)


def is_open(window: MainWindow, path: Path) -> bool:
    """True when this session or video is the open one."""
    document = window.bench.document
    return document is not None and path in (document.session, document.video)


def is_shown(window: MainWindow) -> bool:
    """True when the frame under the playhead and results are shown."""
    frame, state = window.frame_view.frame, window.bench.state
    return frame is not None and frame.index == state.playhead and state.results is not None


@pytest.fixture
def session(phantom_session: Path, tmp_path: Path) -> Path:
    """A copy of the phantom's session, for a test that may change it; its video is where it was."""
    return Path(shutil.copy(phantom_session, tmp_path / "phantom.tpv"))


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, session: Path) -> MainWindow:
    """A window with the phantom's session."""
    show(qtbot, window, session)
    return window


def problem(qtbot: QtBot, window: MainWindow) -> str:
    """Wait for a problem and return what it says."""
    qtbot.waitUntil(lambda: bool(window.banner.waiting), timeout=10_000)
    assert window.banner.isVisible()
    return f"{window.banner.title.text()} {window.banner.message.text()}"
