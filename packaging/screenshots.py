"""Take pictures of the real window in all its states, sizes and themes, for the manual and to look at.

xvfb-run -a -s "-screen 0 1920x1080x24" python packaging/screenshots.py FOLDER
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from tpviewer.app.main import make_application, make_window
from tpviewer.app.screenshot import is_complete
from tpviewer.app.waiting import wait_until
from tpviewer.core.annotations import WHOLE_FACE, Annotation, Change, new_key
from tpviewer.pipeline.analyze import analyze
from tpviewer.resources import resource
from tpviewer.store.patient import put_patient
from tpviewer.store.session import Session
from tpviewer.ui.commands.agreement import ask_agreement
from tpviewer.ui.commands.analysis import do_analyse, do_load_engine
from tpviewer.ui.commands.asking import ask_face, ask_manual
from tpviewer.ui.commands.camera import ask_camera
from tpviewer.ui.commands.export import do_export
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.commands.library import do_show_library
from tpviewer.ui.commands.queue import do_queue
from tpviewer.ui.document import Document
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.settings import Settings
from tpviewer.workers.messages import EngineState

SIZES = ((1280, 800), (1920, 1080))
PATIENCE_S = 300.0

JUDGEMENTS = (
    ("Dr. Weber", Annotation(new_key(), "AU12", 130, 186, "present", 3, side="both", apex=(145, 170))),
    ("Dr. Weber", Annotation(new_key(), "AU12", 20, 60, "absent")),
    ("Dr. Weber", Annotation(new_key(), "AU04", 60, 100, "present", 2, note="only the left brow")),
    ("Dr. Weber", Annotation(new_key(), WHOLE_FACE, 240, 280, "not scorable", reason="speech")),
    ("M. Roth", Annotation(new_key(), "AU12", 136, 180, "present", 2)),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=["en", "de"], default="en")
    parser.add_argument("--only", nargs="*", choices=[*STATES], default=[*STATES])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    make_application()
    for state in options.only:
        for size in SIZES:
            for theme in ("light", "dark"):
                with window_of(size, theme, options.language) as window:
                    STATES[state](window, options.folder)
                    settle(0.6)
                    name = f"{state}-{size[0]}x{size[1]}-{theme}.png"
                    picture = window.screen().grabWindow(0, 0, 0, *size)
                    picture.save(str(options.folder / name))
                    sys.stderr.write(f"{name}\n")
    return 0


@contextmanager
def window_of(size: tuple[int, int], theme: str, language: str) -> Iterator[MainWindow]:
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(Path(place) / "settings.ini")
        settings.theme, settings.language = theme, language
        window = make_window(settings, Path(place))
        try:
            window.setGeometry(0, 0, *size)
            window.show()
            settle(0.5)
            yield window
        finally:
            window.close()
            window.deleteLater()
            QCoreApplication.processEvents()


def settle(seconds: float) -> None:
    wait_until(lambda: False, seconds)


def wait(true: Callable[[], bool]) -> None:
    if not wait_until(true, PATIENCE_S):
        raise SystemExit("the window did not get there in time")


def session_of(name: str, folder: Path) -> Path:
    """Analyse a bundled phantom once."""
    video = folder / f"{name}.mp4"
    if not video.exists():
        shutil.copyfile(resource("phantom", video.name), video)
    for _ in analyze(video, video.with_suffix(".tpv")):
        pass
    return video.with_suffix(".tpv")


def empty(window: MainWindow, folder: Path) -> None:
    pass


def done(window: MainWindow, folder: Path) -> None:
    do_open(window.bench, session_of("phantom", folder))
    wait(lambda: is_complete(window))
    window.bench.state.set_playhead(160)
    window.bench.state.set_au("AU12")
    wait(lambda: is_complete(window))


def looks(window: MainWindow, folder: Path) -> None:
    done(window, folder)
    window.bench.state.set_au("AU06")
    window.docks["looks"].raise_()
    window.docks["prototype"].raise_()
    settle(1.5)
    wait(lambda: is_complete(window))


def review(window: MainWindow, folder: Path) -> None:
    """Two reviewers' judgements; the session is a copy of its own."""
    whole, copy = session_of("phantom", folder), folder / "review" / "phantom.tpv"
    copy.parent.mkdir(exist_ok=True)
    shutil.copyfile(whole, copy)
    with Session(copy, writable=True) as session:
        for name, annotation in JUDGEMENTS:
            session.reviews.change(name, [Change(None, annotation)], "Place", seconds=8)
    window.bench.settings.author = "Dr. Weber"
    do_open(window.bench, copy)
    wait(lambda: is_complete(window))
    wait(lambda: len(window.bench.review.judgements) == len(JUDGEMENTS))
    window.bench.state.set_playhead(160)
    window.bench.state.set_au("AU12")
    window.timeline.set_reviewed(True)
    window.docks["review"].raise_()
    settle(1.5)
    wait(lambda: is_complete(window))


def agreement(window: MainWindow, folder: Path) -> None:
    """Two coders who have committed, and the machine."""
    review(window, folder)
    path = window.bench.document.session
    with Session(path, writable=True) as session:
        for name in {name for name, _ in JUDGEMENTS}:
            session.reviews.mark_done(name, 0, session.video.frames)
            session.reviews.commit(name)
    dialog = ask_agreement(window.bench, window)
    wait(lambda: dialog.found is not None)
    settle(1.0)


def camera(window: MainWindow, folder: Path) -> None:
    """A video stands in for the camera; the model has seen some of its frames."""
    opened = ask_camera(window.bench, window)
    opened.use_file(resource("phantom", "phantom.mp4"))
    wait(lambda: window.bench.engine_state is EngineState.READY)
    wait(lambda: opened.flow.per_second > 0)
    settle(6.0)


def queue(window: MainWindow, folder: Path) -> None:
    """One was analysed before, one is in work, one waits, and one is no video."""
    videos = folder / "queue"
    shutil.rmtree(videos, ignore_errors=True)
    videos.mkdir()
    known = session_of("two_people", folder)
    for file in (known, known.with_suffix(".mp4")):
        shutil.copyfile(file, videos / file.name)
    for name in ("phantom", "waiting"):
        shutil.copyfile(resource("phantom", "phantom.mp4"), videos / f"{name}.mp4")
    (videos / "notes.mp4").write_text("this is no video")
    do_queue(window.bench, [videos / f"{name}.mp4" for name in ("two_people", "notes", "phantom", "waiting")])
    wait(lambda: window.bench.queue.running is not None and window.bench.queue.running.share > 0.3)


def library(window: MainWindow, folder: Path) -> None:
    """Three sessions under two labels; a pattern is looked for."""
    sessions = folder / "library"
    shutil.rmtree(sessions, ignore_errors=True)
    for label, name, source in (
        ("smile", "Patient 07", "phantom"),
        ("smile", "Patient 12", "phantom"),
        ("two people", "Patient 03", "two_people"),
    ):
        known, path = session_of(source, folder), sessions / label / f"{name}.tpv"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(known, path)
        with Session(path, writable=True) as session, session.transaction():
            put_patient(session, "Dr. Weber", name, "")
    opened = do_show_library(window.bench, window, sessions)
    wait(lambda: len(opened.entries) == 3 and opened.patterns.rowCount() > 0)
    opened.move(20, 20)
    opened.list.selectRow(0)
    settle(4.0)


def report(window: MainWindow, folder: Path) -> None:
    """Pages of the report of a reviewed session, as pictures of their own."""
    review(window, folder)
    path = folder / "report.pdf"
    do_export(window.bench, "report", path)
    wait(lambda: not window.bench.exports.name)
    document = QPdfDocument(window)
    document.load(str(path))
    for page in range(document.pageCount()):
        size = 2 * document.pagePointSize(page).toSize()
        picture = QImage(size, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.drawImage(0, 0, document.render(page, size))
        painter.end()
        picture.save(str(folder / f"report-page-{page + 1}.png"))


def analysing(window: MainWindow, folder: Path) -> None:
    video = resource("phantom", "phantom.mp4")
    do_load_engine(window.bench)
    wait(lambda: window.bench.engine_state is EngineState.READY)
    session = Path(window.bench.spare_folder) / "analysing.tpv"
    window.bench.set_document(Document(video, session, video))
    wait(lambda: window.bench.state.video is not None)
    do_analyse(window.bench)
    wait(lambda: _explained(window) > 180)
    window.bench.state.set_playhead(60)


def _explained(window: MainWindow) -> int:
    progress = window.bench.analysis.progress
    return progress.done if progress is not None and progress.step == "explain" else 0


def faces(window: MainWindow, folder: Path) -> None:
    do_open(window.bench, session_of("two_people", folder))
    wait(lambda: is_complete(window))
    window.bench.state.set_playhead(40)
    ask_face(window.bench, window)
    settle(1.5)


def error(window: MainWindow, folder: Path) -> None:
    done(window, folder)
    do_load_engine(window.bench)
    wait(lambda: window.bench.engine_state is EngineState.READY)
    assert window.bench.engine.pid is not None
    os.kill(window.bench.engine.pid, signal.SIGKILL)
    wait(lambda: bool(window.banner.waiting))
    no_video = Path(window.bench.spare_folder) / "notes.mp4"
    no_video.write_text("this is no video")
    do_open(window.bench, no_video)
    wait(lambda: len(window.banner.waiting) > 1)


def manual(window: MainWindow, folder: Path) -> None:
    ask_manual(window)
    settle(1.0)


STATES: dict[str, Callable[[MainWindow, Path], None]] = {
    "empty": empty,
    "analysing": analysing,
    "done": done,
    "looks": looks,
    "review": review,
    "agreement": agreement,
    "report": report,
    "camera": camera,
    "queue": queue,
    "library": library,
    "faces": faces,
    "error": error,
    "manual": manual,
}

if __name__ == "__main__":
    sys.exit(main())
