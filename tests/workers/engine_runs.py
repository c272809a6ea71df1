"""What the tests of the engine do again and again."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import StepProgress
from tpviewer.resources import resource
from tpviewer.workers.engine import EngineDriver
from tpviewer.workers.messages import Failure

PHANTOM = resource("phantom", "phantom.mp4")
PARAMS = Params(max_frames=64)
PATIENCE_MS = 120_000


def analyse(qtbot: QtBot, driver: EngineDriver, session: Path, model: Path, video: Path = PHANTOM) -> None:
    """Run an analysis to its end."""
    with qtbot.waitSignal(driver.finished, timeout=PATIENCE_MS):
        driver.analyse(video, session, PARAMS, model)


def analyse_until(
    qtbot: QtBot,
    driver: EngineDriver,
    session: Path,
    model: Path,
    here: Callable[[StepProgress], bool],
) -> None:
    """Start an analysis and return when its progress is where it is wanted."""
    with qtbot.waitSignal(driver.progressed, timeout=PATIENCE_MS, check_params_cb=here):
        driver.analyse(PHANTOM, session, PARAMS, model)


def explaining(progress: StepProgress) -> bool:
    """Whether relevance of some frames, but not of all, is stored."""
    return progress.step == "explain" and progress.done < progress.total


def failure_of(qtbot: QtBot, driver: EngineDriver, ask: Callable[[], None]) -> Failure:
    """Ask for something that fails, and return why."""
    with qtbot.waitSignal(driver.failed, timeout=PATIENCE_MS) as waiting:
        ask()
    failure = waiting.args[0]
    assert isinstance(failure, Failure)
    return failure


def runs(pid: int) -> bool:
    """Whether a process runs; one that only waits to be asked for its exit code does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def is_gone(pid: int, within_s: float) -> bool:
    """Whether a process ends in time."""
    deadline = time.monotonic() + within_s
    while runs(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
