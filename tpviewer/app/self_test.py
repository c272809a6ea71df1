"""``tpviewer --self-test [DIR]``: whether this installation does all of its work, without a screen."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from platformdirs import user_data_dir
from rich.console import Console

from tpviewer import __version__
from tpviewer.core.errors import TPViewerError
from tpviewer.resources import resource
from tpviewer.store.session import Session

REPORT, SCREENSHOT, SESSION, EXPORTS = "self-test.json", "screenshot.png", "phantom.tpv", "exports"

_PATIENCE_S = 1200.0
_SHOWN_FRAME = 160  # a smile with eyes narrowed: three Action Units
_FILMED = (150, 180)
_LEAST_COLOURS = 200  # in a picture of the window with a frame in it


@dataclass(frozen=True)
class Finding:
    """What one part of the test found.

    Attributes
    ----------
    part, told : str
    passed : bool
    seconds : float
    """

    part: str
    told: str
    passed: bool
    seconds: float


def default_folder() -> Path:
    """Where the results go if no folder is named: the user's own, never the program's."""
    return Path(user_data_dir("TPViewer", appauthor=False)) / "self-test"


def run(folder: Path) -> int:
    """Open the window, analyse the bundled sample, compare with its known truth, write every export.

    Parameters
    ----------
    folder : Path
        Gets the session, the exports, a screenshot and the report. What an earlier test left there goes.

    Returns
    -------
    int
        0 if all is well, 1 if a part failed, 2 if the folder cannot be used.
    """
    console = Console(soft_wrap=True, highlight=False, markup=False)
    try:
        _clear(folder)
    except OSError as error:
        console.print(f"tpviewer: {folder}: cannot be written ({error.strerror}); name another folder")
        return 2
    window_at: list[float] = []
    findings = []
    for finding in _findings(folder, lambda: window_at.append(time.time())):
        console.print(f"{'ok      ' if finding.passed else 'failed  '} {finding.part}: {finding.told}")
        findings.append(finding)
    passed = all(finding.passed for finding in findings)
    report = {
        "program": f"TPViewer {__version__}",
        "frozen": bool(getattr(sys, "frozen", False)),
        "passed": passed,
        "window_at": window_at[0] if window_at else None,
        "parts": [asdict(finding) for finding in findings],
    }
    (folder / REPORT).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    console.print(f"{'passed' if passed else 'FAILED'}; see {folder}")
    return 0 if passed else 1


def _clear(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in (REPORT, SCREENSHOT, SESSION, f"{SESSION}-wal", f"{SESSION}-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / REPORT).touch()


def _findings(folder: Path, shown: Callable[[], None]) -> Iterator[Finding]:
    """Try one part after the other; the first that fails is the last."""
    session = folder / SESSION
    parts: list[tuple[str, Callable[[], str]]] = [
        ("window and engine", lambda: _analyse(session, folder, shown)),
        ("results", lambda: _compare(session)),
        ("exports", lambda: _export(session, folder)),
        ("sound and camera", _multimedia),
        ("German", _german),
    ]
    for part, work in parts:
        began = time.monotonic()
        try:
            told, passed = work(), True
        except (TPViewerError, OSError, ImportError) as error:
            told, passed = f"{type(error).__name__}: {error}", False
        yield Finding(part, told, passed, round(time.monotonic() - began, 2))
        if not passed:
            return


def _analyse(session: Path, folder: Path, shown: Callable[[], None]) -> str:
    """Analyse the sample in a window, with the engine in its own process, and take a picture of it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tpviewer.app.screenshot import open_window, save_picture
    from tpviewer.app.waiting import wait_until
    from tpviewer.ui.commands.analysis import do_analyse
    from tpviewer.ui.document import Document

    problems: list[str] = []
    with open_window() as window:
        window.bench.problem.connect(lambda problem: problems.append(f"{problem.title}: {problem.message}"))
        shown()
        video = resource("phantom", "phantom.mp4")
        window.bench.set_document(Document(video, session, video))
        do_analyse(window.bench)
        wait_until(lambda: bool(problems) or window.bench.analysis.phase == "done", _PATIENCE_S)
        if problems or window.bench.analysis.phase != "done":
            raise TPViewerError("; ".join(problems) or f"not done in {_PATIENCE_S / 60:.0f} minutes")
        window.bench.state.set_playhead(_SHOWN_FRAME)
        picture = save_picture(window, folder / SCREENSHOT)
    size = picture.size()
    places = [(x, y) for x in range(0, size.width(), 16) for y in range(0, size.height(), 16)]
    colours = len({picture.pixel(x, y) for x, y in places})
    if colours < _LEAST_COLOURS:
        raise TPViewerError(f"the picture of the window has {colours} colours only; no frame is shown")
    return f"the sample is analysed and shown, picture in {SCREENSHOT}"


def _compare(path: Path) -> str:
    """Hold the analysis against the sample's known truth, as ``tpviewer validate`` does."""
    from tpviewer.cli.validate_criteria import LEAST_MEAN_F1, f1_by_au
    from tpviewer.cli.validate_measures import SHOWN, compare_aus
    from tpviewer.store.truth import read_truth

    (truth,) = read_truth(resource("phantom", "phantom.json"))
    with Session(path) as session:
        rows = [row for row in compare_aus(session, truth, "phantom", SHOWN) if not row.experimental]
        stages = len(session.stages())
    by_au = f1_by_au(rows)
    mean = sum(by_au.values()) / len(by_au) if by_au else 0.0
    told = f"mean F1 {mean:.2f} of {len(by_au)} Action Units (at least {LEAST_MEAN_F1:.2f}), {stages} stages"
    if mean < LEAST_MEAN_F1:
        raise TPViewerError(told)
    return told


def _export(path: Path, folder: Path) -> str:
    from tpviewer.export.formats import FORMATS, write_export
    from tpviewer.ui.commands.export import KINDS

    place = folder / EXPORTS
    place.mkdir(exist_ok=True)
    with Session(path) as session:
        for kind in FORMATS:
            frames = _FILMED if kind == "video" else None
            written = write_export(session, kind, place / f"{kind}.{KINDS[kind][0]}", frames=frames)
            if not all(file.exists() for file in written):
                raise TPViewerError(f"{kind}: not all files were written")
    return ", ".join(FORMATS)


def _multimedia() -> str:
    """Whether Qt's plugin for sound and cameras is there; a device need not be."""
    from tpviewer.workers.multimedia import import_multimedia, quiet_multimedia

    if not import_multimedia():
        raise TPViewerError("QtMultimedia, or a system library that it needs, is missing")
    from PySide6.QtMultimedia import QMediaFormat

    with quiet_multimedia():
        kinds = QMediaFormat().supportedVideoCodecs(QMediaFormat.ConversionMode.Decode)
    if not kinds:
        raise TPViewerError("Qt's multimedia plugin is missing; install TPViewer again")
    return f"Qt knows {len(kinds)} kinds of video"


def _german() -> str:
    from tpviewer.ui.language import tr, use_language

    use_language("de")
    try:
        told = tr("Clustering")
    finally:
        use_language("en")
    if told == "Clustering":
        raise TPViewerError("the German translation is missing; install TPViewer again")
    return told
