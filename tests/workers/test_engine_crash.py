"""The window outlives its engine, loses at most the batch in work, and closes in time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.models.tiny import build_tiny_package
from tests.pipeline.runs import results
from tests.workers.engine_runs import (
    PARAMS,
    PATIENCE_MS,
    PHANTOM,
    analyse,
    analyse_until,
    explaining,
    failure_of,
    is_gone,
    runs,
)
from tpviewer.core.curation import Undo
from tpviewer.pipeline.analyze import analyze
from tpviewer.store.session import Session
from tpviewer.workers.engine import EngineDriver
from tpviewer.workers.messages import EngineState

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", seed=3)


@pytest.fixture
def driver(qtbot: QtBot) -> Iterator[EngineDriver]:
    driver = EngineDriver()
    yield driver
    driver.close()


def started(qtbot: QtBot, driver: EngineDriver) -> int:
    """Start the engine's process and return its number."""
    driver.start()
    qtbot.waitUntil(lambda: driver.pid is not None, timeout=PATIENCE_MS)
    assert driver.pid is not None
    return driver.pid


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_engine_is_reported_and_the_next_one_finishes_the_analysis(
    qtbot: QtBot, driver: EngineDriver, tmp_path: Path, model: Path
) -> None:
    analyse_until(qtbot, driver, tmp_path / "a.tpv", model, explaining)
    first = driver.pid
    assert first is not None
    failure = failure_of(qtbot, driver, lambda: os.kill(first, signal.SIGKILL))
    assert (failure.kind, failure.during) == ("crash", "analyse")
    assert "(signal 9)" in failure.message
    assert "press Analyse to go on" in failure.message
    assert driver.state is EngineState.CRASHED

    analyse(qtbot, driver, tmp_path / "a.tpv", model)
    assert driver.pid != first
    for _ in analyze(PHANTOM, tmp_path / "undisturbed.tpv", PARAMS, model):
        pass
    assert results(tmp_path / "a.tpv") == results(tmp_path / "undisturbed.tpv")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_the_last_words_of_a_crash_are_kept_for_the_report(qtbot: QtBot, driver: EngineDriver) -> None:
    pid = started(qtbot, driver)
    failure_of(qtbot, driver, lambda: driver.curate(Path("missing.tpv"), Undo(), "tester"))  # it listens now
    failure = failure_of(qtbot, driver, lambda: os.kill(pid, signal.SIGSEGV))
    assert "(signal 11)" in failure.message
    assert "Segmentation fault" in failure.detail


def test_closing_during_an_analysis_keeps_what_is_done(
    qtbot: QtBot, driver: EngineDriver, tmp_path: Path, model: Path
) -> None:
    analyse_until(qtbot, driver, tmp_path / "a.tpv", model, explaining)
    pid, began = driver.pid, time.monotonic()
    driver.close()
    assert time.monotonic() - began < 5.5
    assert pid is not None
    assert is_gone(pid, within_s=0)
    with Session(tmp_path / "a.tpv") as session:
        state = session.steps.get("predict")
        assert state is not None
        assert state.done > 0


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP there")
def test_an_engine_that_hears_nothing_is_killed_in_time(qtbot: QtBot, driver: EngineDriver) -> None:
    pid = started(qtbot, driver)
    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    driver.close(timeout=2.0)
    assert time.monotonic() - began < 3.0
    assert is_gone(pid, within_s=0.5)


def test_an_engine_that_was_never_used_closes_at_once_and_stays_closed(driver: EngineDriver) -> None:
    began = time.monotonic()
    driver.close()
    driver.close()
    assert time.monotonic() - began < 0.1
    driver.load()
    assert driver.state is EngineState.OFF
    assert driver.pid is None


def test_asking_takes_no_time_and_counts_at_once(driver: EngineDriver) -> None:
    began = time.monotonic()
    driver.load()
    assert time.monotonic() - began < 0.1
    assert driver.state is EngineState.LOADING


def test_a_system_without_room_for_a_process_is_reported(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room() -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("tpviewer.workers.engine.ProcessHost", no_room)
    with closing(EngineDriver()) as driver:
        failure = failure_of(qtbot, driver, driver.load)
        assert failure.kind == "crash"
        assert "Cannot allocate memory" in failure.message
        assert driver.state is EngineState.CRASHED


def test_in_a_thread_it_answers_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    missing = tmp_path / "missing.tpv"
    with closing(EngineDriver(mode="thread")) as driver:
        failure = failure_of(qtbot, driver, lambda: driver.curate(missing, Undo(), "tester"))
        assert (failure.kind, failure.during) == ("input", "curate")
        assert str(missing) in failure.message
        assert driver.pid is None


_WINDOW = """
import os, sys, time
from PySide6.QtCore import QCoreApplication
from tpviewer.workers.engine import EngineDriver

if __name__ == "__main__":
    application = QCoreApplication([])
    driver = EngineDriver()
    driver.start()
    while driver.pid is None:
        time.sleep(0.01)
    print(driver.pid, flush=True)
    sys.stdin.readline()
    os._exit(1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="looks the process up by its number")
def test_the_engine_does_not_outlive_the_window(tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(_WINDOW)
    with subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdout is not None
        pid = int(window.stdout.readline())
        assert runs(pid)
        window.communicate("\n", timeout=30)
    assert is_gone(pid, within_s=30)
