"""The engine in its process gives what the pipeline gives, tells how far it is, and hears a stop."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
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
)
from tpviewer.core.curation import Merge, Undo
from tpviewer.models.default import default_package_path
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.params import PRESET
from tpviewer.pipeline.progress import StepProgress
from tpviewer.store.session import Session
from tpviewer.workers.engine import EngineDriver
from tpviewer.workers.messages import EngineState, Explain, Explained


@pytest.fixture(autouse=True)
def nothing_left_behind() -> None:
    """One engine serves all tests here, so its thread is looked for when the last has ended."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", seed=3)


@pytest.fixture(scope="module")
def driver(qapp: QApplication, model: Path) -> Iterator[EngineDriver]:
    driver = EngineDriver()
    driver.load(model)
    yield driver
    pid = driver.pid
    driver.close()
    assert pid is not None
    assert is_gone(pid, within_s=0)
    assert driver.pid is None


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    """The session of an analysis without the engine's process."""
    path = tmp_path_factory.mktemp("expected") / "a.tpv"
    for _ in analyze(PHANTOM, path, PARAMS, model):
        pass
    return path


@pytest.fixture
def ready(driver: EngineDriver, qtbot: QtBot) -> EngineDriver:
    qtbot.waitUntil(lambda: driver.state is EngineState.READY, timeout=PATIENCE_MS)
    return driver


def question(session: Path, model: Path, frame: int, au: str) -> Explain:
    return Explain(PHANTOM, session, model, PRESET, frame, au)


def test_the_process_gives_the_same_bytes_as_the_pipeline(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path, expected: Path
) -> None:
    seen: list[EngineState] = []
    ready.state_changed.connect(seen.append)
    analyse(qtbot, ready, tmp_path / "a.tpv", model)
    assert results(tmp_path / "a.tpv") == results(expected)
    qtbot.waitUntil(lambda: ready.state is EngineState.READY)
    assert seen == [EngineState.BUSY, EngineState.READY]  # what is loaded is not loaded again


def test_progress_grows_to_the_end_of_each_step(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path
) -> None:
    told: list[StepProgress] = []
    ready.progressed.connect(told.append)
    analyse(qtbot, ready, tmp_path / "a.tpv", model)
    for step in ("faces", "track", "explain", "ground", "cluster", "stages"):
        of_step = [event for event in told if event.step == step]
        assert of_step[-1].done == of_step[-1].total, step
    faces = [event.done for event in told if event.step == "faces"]
    assert faces == sorted(faces)


def test_a_commit_is_announced_after_the_very_last_one(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path
) -> None:
    order: list[str] = []
    ready.committed.connect(lambda: order.append("committed"))
    ready.progressed.connect(lambda _: order.append("progressed"))
    ready.finished.connect(lambda: order.append("finished"))
    analyse(qtbot, ready, tmp_path / "a.tpv", model)
    assert order[-2:] == ["committed", "finished"]


def test_a_stopped_analysis_keeps_what_is_done_and_goes_on(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path, expected: Path
) -> None:
    session = tmp_path / "a.tpv"
    analyse_until(qtbot, ready, session, model, explaining)
    with qtbot.waitSignal(ready.stopped, timeout=PATIENCE_MS):
        ready.stop()
    with Session(session) as stored:
        state = stored.steps.get("predict")
        assert state is not None
        assert 0 < state.done < PARAMS.max_frames
        assert not stored.complete
    analyse(qtbot, ready, session, model)
    assert results(session) == results(expected)


def test_a_stop_also_ends_the_analyses_that_wait(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path
) -> None:
    analyse_until(qtbot, ready, tmp_path / "a.tpv", model, explaining)
    with qtbot.waitSignals([ready.stopped, ready.stopped], timeout=PATIENCE_MS):
        ready.analyse(PHANTOM, tmp_path / "b.tpv", PARAMS, model)
        ready.stop()
    assert not (tmp_path / "b.tpv").exists()


def test_a_stop_with_nothing_to_stop_stops_nothing_later(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path
) -> None:
    ready.stop()
    analyse(qtbot, ready, tmp_path / "a.tpv", model)


def test_what_the_user_can_mend_is_said_and_the_engine_goes_on(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path
) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("not a video")
    failure = failure_of(qtbot, ready, lambda: ready.analyse(text, tmp_path / "a.tpv", PARAMS, model))
    assert (failure.kind, failure.during) == ("input", "analyse")
    assert str(text) in failure.message
    qtbot.waitUntil(lambda: ready.state is EngineState.READY)


def test_a_question_gives_the_map_that_the_analysis_stored(
    ready: EngineDriver, qtbot: QtBot, model: Path, expected: Path
) -> None:
    with Session(expected) as session:
        au, frame = "AU06", int(session.relevance.frames(session.aus.index("AU06"))[0])
        stored = session.relevance.get(session.aus.index(au), frame)
    with qtbot.waitSignal(ready.explained, timeout=PATIENCE_MS) as waiting:
        ready.explain(question(expected, model, frame, au))
    answer = waiting.args[0]
    assert isinstance(answer, Explained)
    assert (answer.session, answer.frame, answer.au) == (expected, frame, au)
    np.testing.assert_allclose(answer.relevance, stored, atol=1e-3 * np.abs(answer.relevance).max())


def test_a_question_is_answered_while_an_analysis_runs(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path, expected: Path
) -> None:
    order: list[str] = []
    ready.explained.connect(lambda _: order.append("explained"))
    ready.finished.connect(lambda: order.append("finished"))
    analyse_until(qtbot, ready, tmp_path / "a.tpv", model, lambda event: event.step == "faces")
    with qtbot.waitSignal(ready.finished, timeout=PATIENCE_MS):
        ready.explain(question(expected, model, 5, "AU01"))
    assert order == ["explained", "finished"]
    assert results(tmp_path / "a.tpv") == results(expected)


def test_a_question_is_not_answered_by_another_model(
    ready: EngineDriver, qtbot: QtBot, model: Path, expected: Path
) -> None:
    ask = question(expected, default_package_path(), 5, "AU01")
    failure = failure_of(qtbot, ready, lambda: ready.explain(ask))
    assert (failure.kind, failure.during) == ("input", "explain")
    assert "another model" in failure.message


def test_clusters_are_overruled_and_that_is_undone(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path
) -> None:
    path = tmp_path / "a.tpv"
    analyse(qtbot, ready, path, model)
    for operation, edited in ((Merge("paper", "AU12", 0, 1), True), (Undo(), False)):
        with qtbot.waitSignal(ready.curated, timeout=PATIENCE_MS):
            ready.curate(path, operation, "tester")
        with Session(path) as session:
            assert ("paper edited" in session.result_sets()) is edited
    failure = failure_of(qtbot, ready, lambda: ready.curate(path, Undo(), "tester"))
    assert (failure.kind, failure.during) == ("input", "curate")


def test_an_error_of_the_program_is_reported_with_its_place(
    ready: EngineDriver, qtbot: QtBot, tmp_path: Path, model: Path
) -> None:
    nonsense: object = "no parameters"
    ask = lambda: ready.analyse(PHANTOM, tmp_path / "a.tpv", nonsense, model)  # noqa: E731
    failure = failure_of(qtbot, ready, ask)  # type: ignore[arg-type]
    assert failure.kind == "internal"
    assert "TypeError" in failure.message
    assert "engine_child.py" in failure.detail


def test_the_window_s_side_imports_nothing_that_is_slow() -> None:
    code = (
        "import sys, tpviewer.workers.engine, tpviewer.workers.results_loader;"
        "heavy = {'tensorflow', 'sklearn', 'mediapipe', 'innvestigate', 'pandas'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
