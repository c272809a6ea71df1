"""``tpviewer bench ui``: how soon the window is there, and how evenly it works while an analysis runs."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands
from tpviewer.cli.width import printed_width
from tpviewer.core.errors import ParameterError, TPViewerError
from tpviewer.resources import resource

if TYPE_CHECKING:
    from tpviewer.ui.main_window import MainWindow
    from tpviewer.workers.engine import EngineDriver

Mode = Literal["process", "thread"]
MODES: tuple[Mode, ...] = ("process", "thread")
_SEEKS = 60
_SLIDES = 100
_PATIENCE_S = 300.0
_STARTED = "TPVIEWER_BENCH_STARTED"


def add_to(commands: Commands) -> None:
    """Add this benchmark's arguments."""
    parser = commands.add_parser("ui", help="time to window and first frame, seek, slider, lanes, gaps")
    parser.add_argument("video", type=Path, nargs="?", metavar="VIDEO", help="default: the bundled phantom")
    parser.add_argument("--seconds", type=float, default=8.0, help="of scrubbing while an analysis runs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print one table."""
    if getattr(sys, "frozen", False):
        raise ParameterError(
            "bench ui starts Python to measure itself; use TPViewer as installed with Python"
        )
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform != "linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    video = options.video or resource("phantom", "phantom.mp4")
    figures = start_figures(video)
    with tempfile.TemporaryDirectory() as folder:
        figures |= view_figures(video, Path(folder))
        for mode in MODES:
            place = Path(folder) / mode
            place.mkdir()
            figures |= {
                f"{name}, engine in a {mode}": v
                for name, v in gap_figures(video, place, options.seconds, mode).items()
            }
    if options.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        _print(figures)
    return 0


def start_figures(video: Path) -> dict[str, Any]:
    """Start the program in a process of its own: seconds to the visible window and to the first frame."""
    code = f"from tpviewer.app.bench_ui import report_start; report_start({str(video)!r})"
    with tempfile.TemporaryDirectory() as folder:
        homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), folder)
        environment = {**os.environ, **homes, _STARTED: repr(time.time())}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise TPViewerError(f"the window did not start: {done.stderr.strip()[-500:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def report_start(video: str) -> None:
    """Open the window with a video, and print when it and the first frame were visible."""
    from tpviewer.media.decoding import decoding_apart

    began = float(os.environ[_STARTED])
    with decoding_apart() as decoders:
        decoders.warm_up()
        sys.stdout.write(json.dumps(_start_figures(video, began)) + "\n")


def _start_figures(video: str, began: float) -> dict[str, Any]:
    from tpviewer.app.main import make_application, make_window
    from tpviewer.app.waiting import wait_until
    from tpviewer.ui.commands.files import do_open

    make_application()
    window = make_window()
    window.show()
    wait_until(lambda: bool(window.windowHandle() and window.windowHandle().isExposed()), _PATIENCE_S)
    figures: dict[str, Any] = {"time to window, s": time.time() - began}
    figures["TensorFlow imported before the window showed"] = "tensorflow" in sys.modules
    asked = time.time()
    do_open(window.bench, Path(video))
    wait_until(lambda: window.frame_view.has_picture, _PATIENCE_S)
    figures["open to first frame, s"] = time.time() - asked
    window.close()
    return figures


def view_figures(video: Path, folder: Path) -> dict[str, float]:
    """Latency of seeking, of the X slider and of the lanes."""
    from tpviewer.app.waiting import wait_until
    from tpviewer.ui.commands.analysis import do_analyse
    from tpviewer.ui.commands.files import do_open
    from tpviewer.ui.timeline.timing import time_lanes

    window = _window(folder)
    try:
        do_open(window.bench, _copy_of(video, folder))
        _wait(lambda: window.bench.state.video is not None)
        do_analyse(window.bench)
        _wait(lambda: window.bench.analysis.phase == "done" and window.bench.state.results is not None)
        wait_until(lambda: False, 0.5)
        figures = _seek_figures(window) | _slider_figures(window)
    finally:
        _close(window)
    lanes = time_lanes(12, 100_000)
    return figures | {f"12 lanes x 100,000 frames: {name}, ms": 1000 * value for name, value in lanes.items()}


def _seek_figures(window: "MainWindow") -> dict[str, float]:
    """Milliseconds from a jump of the playhead to the painted frame."""
    from PySide6.QtCore import QCoreApplication

    state, view = window.bench.state, window.frame_view
    rng = np.random.default_rng(0)
    taken = []
    for target in rng.integers(0, state.n_frames, _SEEKS).tolist():
        if target == state.playhead:
            continue
        began = time.perf_counter()
        state.set_playhead(target)
        while view.frame is None or view.frame.index != target:
            QCoreApplication.processEvents()
        view.repaint()
        taken.append(1000 * (time.perf_counter() - began))
    p50, p95 = np.percentile(taken, [50, 95])
    return {"seek to a random frame, p50, ms": float(p50), "seek to a random frame, p95, ms": float(p95)}


def _slider_figures(window: "MainWindow") -> dict[str, float]:
    """Milliseconds from a move of the X slider to the painted overlay of the fullest stage."""
    from PySide6.QtCore import QCoreApplication

    state, results = window.bench.state, window.bench.state.results
    assert results is not None
    busiest = max(results.stages["absorbed"], key=lambda stage: len(stage.key))
    state.set_playhead((busiest.start + busiest.stop) // 2)
    _wait(lambda: window.frame_view.frame is not None and window.frame_view.frame.index == state.playhead)
    slider, taken = window.overlay_bar.x_slider, []
    for value in np.linspace(5, 95, _SLIDES).astype(int).tolist():
        began = time.perf_counter()
        slider.setValue(value)
        QCoreApplication.processEvents()
        window.frame_view.repaint()
        taken.append(1000 * (time.perf_counter() - began))
    p50, p95 = np.percentile(taken, [50, 95])
    return {"X slider, p50, ms": float(p50), "X slider, p95, ms": float(p95)}


def gap_figures(video: Path, folder: Path, seconds: float, mode: Mode) -> dict[str, float]:
    """Analyse and scrub at the same time: gaps between turns of the window's event loop, ms.

    Measured once TensorFlow is loaded and the analysis runs; the playhead jumps 30 times a second.
    """
    from tpviewer.app.waiting import Heartbeat, wait_until
    from tpviewer.ui.commands.analysis import do_analyse, do_load_engine
    from tpviewer.ui.commands.files import do_open
    from tpviewer.workers.engine import EngineDriver
    from tpviewer.workers.messages import EngineState

    window = _window(folder, EngineDriver(mode))
    bench = window.bench
    try:
        do_load_engine(bench)
        _wait(lambda: bench.engine_state is EngineState.READY)
        do_open(bench, _copy_of(video, folder))
        _wait(lambda: bench.state.video is not None)
        do_analyse(bench)
        _wait(lambda: bench.analysis.progress is not None)
        scrub = _Scrub(window)
        heart = Heartbeat(scrub.step)
        heart.start()
        wait_until(lambda: bench.analysis.phase == "done", seconds)
        heart.stop()
        finished = bench.analysis.phase == "done"
    finally:
        _close(window)
    gaps = 1000 * np.array(heart.gaps)
    return {
        "gap p95, ms": float(np.percentile(gaps, 95)),
        "gap worst, ms": float(gaps.max()),
        "frames shown a second while scrubbing": scrub.shown / (len(gaps) and float(gaps.sum()) / 1000),
        "analysis came to its end meanwhile": float(finished),
    }


class _Scrub:
    """Drags the playhead to and fro, as a hand does."""

    def __init__(self, window: "MainWindow") -> None:
        self._state = window.bench.state
        self._beats = self.shown = 0
        window.bench.frames.loaded.connect(self._count)

    def step(self) -> None:
        self._beats += 1
        if self._beats % 3 == 0:
            place = 0.5 + 0.45 * np.sin(self._beats / 60)
            self._state.set_playhead(int(place * self._state.n_frames))

    def _count(self, _: object) -> None:
        self.shown += 1


def _window(folder: Path, engine: "EngineDriver | None" = None) -> "MainWindow":
    from tpviewer.app.main import make_application, make_window
    from tpviewer.ui.settings import Settings

    make_application()
    window = make_window(Settings(folder / "settings.ini"), folder, engine)
    window.resize(1280, 800)
    window.show()
    return window


def _close(window: "MainWindow") -> None:
    from PySide6.QtCore import QCoreApplication

    window.close()
    window.deleteLater()
    QCoreApplication.processEvents()


def _copy_of(video: Path, folder: Path) -> Path:
    """A copy, so that no session is left beside the user's video."""
    import shutil

    target = folder / video.name
    if not target.exists():
        shutil.copyfile(video, target)
    return target


def _wait(true: Any) -> None:
    from tpviewer.app.waiting import wait_until

    if not wait_until(true, _PATIENCE_S):
        raise TPViewerError("the window did not get there in time; close other programs and try again")


def _print(figures: dict[str, Any]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("measured")
    table.add_column("", justify="right")
    for name, value in figures.items():
        table.add_row(name, str(value) if isinstance(value, bool) else f"{value:.2f}")
    Console(width=printed_width(100)).print(table)
