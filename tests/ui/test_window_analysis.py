"""An analysis in the window: lanes fill, it stops and goes on, and gives the numbers of the command line."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import FRAMES, analyse_outside, cut, is_shown, show, shown_window
from tpviewer.core.annotations import Annotation
from tpviewer.store.session import PROFILES, Session
from tpviewer.store.snapshot import UNKNOWN
from tpviewer.ui.commands.analysis import do_analyse, do_change_setup, do_load_engine, do_stop
from tpviewer.ui.commands.asking import ask_face
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.commands.review import do_place
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.panels.face_choice import FaceChoice
from tpviewer.workers.messages import EngineState

PATIENCE_MS = 90_000


@pytest.fixture
def video(phantom_session: Path, tmp_path: Path) -> Path:
    """The phantom without a session."""
    return Path(shutil.copy(phantom_session.with_suffix(".mp4"), tmp_path / "phantom.mp4"))


@pytest.fixture
def ready(qtbot: QtBot, window: MainWindow, video: Path) -> MainWindow:
    """A window with a video, and an engine that has loaded."""
    do_load_engine(window.bench)
    do_open(window.bench, video)
    qtbot.waitUntil(lambda: window.bench.state.video is not None)
    qtbot.waitUntil(lambda: window.bench.engine_state is EngineState.READY, timeout=PATIENCE_MS)
    return window


def finish(qtbot: QtBot, window: MainWindow) -> None:
    """Analyse to the end."""
    do_analyse(window.bench)
    wait_for_end(qtbot, window)


def wait_for_end(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.bench.analysis.phase == "done" and is_shown(window), timeout=PATIENCE_MS)


def same_results(first: Path, second: Path) -> None:
    """Two sessions hold exactly the same logits, states and stages."""
    with Session(first) as a, Session(second) as b:
        np.testing.assert_array_equal(a.logits(), b.logits())
        for profile in PROFILES:
            for layer in ("raw", "smoothed", "absorbed"):
                np.testing.assert_array_equal(a.states(layer, profile), b.states(layer, profile))
                assert a.stages(layer, profile) == b.stages(layer, profile)
            assert a.clusterings(profile).keys() == b.clusterings(profile).keys()


def test_lanes_fill_it_stops_goes_on_and_ends_with_the_numbers_of_the_command_line(
    qtbot: QtBot, ready: MainWindow, video: Path, phantom_session: Path
) -> None:
    bench, known = ready.bench, []
    bench.results.loaded.connect(
        lambda snapshot: known.append(int(np.isfinite(snapshot.probabilities[:, 0]).sum()))
    )
    do_analyse(bench)
    assert ready.top_bar.analyse.text() == "Stop"
    qtbot.waitUntil(lambda: bool(known) and known[-1] > 0, timeout=PATIENCE_MS)
    assert "frames" in ready.status.text
    snapshot = bench.state.snapshot
    done = int(np.isfinite(snapshot.probabilities[:, 0]).sum())
    lanes = ready.timeline.lanes.grab().toImage()
    ready.top_bar.analyse.click()
    qtbot.waitUntil(lambda: bench.analysis.phase == "unfinished", timeout=PATIENCE_MS)
    assert 0 < done < FRAMES
    assert ready.top_bar.analyse.text() == "Resume"
    assert lanes.size() == ready.timeline.lanes.grab().toImage().size()
    ready.top_bar.analyse.click()
    wait_for_end(qtbot, ready)
    assert known == sorted(known)
    assert not ready.banner.waiting
    same_results(video.with_suffix(".tpv"), phantom_session)


def test_judgements_made_while_it_runs_are_kept_and_shown(
    qtbot: QtBot, ready: MainWindow, video: Path
) -> None:
    bench, review = ready.bench, ready.bench.review
    one, other = (
        Annotation(key, "AU12", start, start + 9, "present") for key, start in (("a", 5), ("b", 90))
    )
    bench.settings.author = "Ann"
    do_analyse(bench)
    qtbot.waitUntil(lambda: review.can_review, timeout=PATIENCE_MS)
    do_place(bench, one)
    assert review.annotations == (one,)
    qtbot.waitUntil(lambda: not review.saving, timeout=PATIENCE_MS)
    assert bench.analysis.active
    wait_for_end(qtbot, ready)
    do_change_setup(bench, thresholds={"AU12": 0.9})
    do_place(bench, replace(one, intensity=3))
    do_place(bench, other)
    assert bench.analysis.active
    wait_for_end(qtbot, ready)
    qtbot.waitUntil(lambda: not review.saving, timeout=PATIENCE_MS)
    assert review.annotations == (replace(one, intensity=3), other)
    assert not ready.banner.waiting
    with Session(video.with_suffix(".tpv")) as session:
        assert tuple(j.annotation for j in session.reviews.judgements("Ann")) == review.annotations
        assert session.provenance["thresholds"]["AU12"] == 0.9


def test_closing_during_an_analysis_keeps_what_is_done(qtbot: QtBot, video: Path, tmp_path: Path) -> None:
    with shown_window(qtbot, tmp_path / "user") as window:
        do_open(window.bench, video)
        qtbot.waitUntil(lambda: window.bench.state.video is not None)
        do_analyse(window.bench)
        qtbot.waitUntil(lambda: window.bench.analysis.progress is not None, timeout=PATIENCE_MS)
        pid = window.bench.engine.pid
    assert pid is not None
    assert not Path(f"/proc/{pid}").exists()
    with Session(video.with_suffix(".tpv")) as session:
        assert not session.complete
        assert session.steps.get("faces").done > 0


def test_a_threshold_or_fewer_action_units_rerun_only_what_must(
    qtbot: QtBot, window: MainWindow, session: Path
) -> None:
    show(qtbot, window, session)
    steps: list[str] = []
    window.bench.engine.progressed.connect(lambda event: steps.append(event.step))
    do_change_setup(window.bench, thresholds={"AU12": 0.7}, aus=("AU01", "AU12", "AU25"))
    wait_for_end(qtbot, window)
    assert set(steps) - {"explain", "ground"} == {"cluster", "stages"}
    state = window.bench.state
    assert state.snapshot.chosen == {"AU01", "AU12", "AU25"}
    assert {au for stage in state.results.stages["absorbed"] for au, _ in stage.key} <= state.snapshot.chosen
    assert state.snapshot.thresholds[state.snapshot.aus.index("AU12")] == 0.7


def test_an_engine_that_dies_is_told_and_the_next_run_goes_on(
    qtbot: QtBot, ready: MainWindow, video: Path, phantom_session: Path
) -> None:
    import os
    import signal

    do_analyse(ready.bench)
    qtbot.waitUntil(lambda: ready.bench.analysis.progress is not None, timeout=PATIENCE_MS)
    os.kill(ready.bench.engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(ready.banner.waiting), timeout=PATIENCE_MS)
    assert "kept" in ready.banner.message.text()
    ready.bench.state.set_playhead(7)
    qtbot.waitUntil(lambda: ready.frame_view.frame.index == 7)
    qtbot.waitUntil(lambda: ready.bench.analysis.phase in ("none", "unfinished"))
    finish(qtbot, ready)
    same_results(video.with_suffix(".tpv"), phantom_session)


def test_why_not_is_answered_for_an_action_unit_that_is_not_active(qtbot: QtBot, opened: MainWindow) -> None:
    state = opened.bench.state
    state.set_playhead(10)
    state.set_au("AU12")
    answers: list[object] = []
    opened.bench.engine.explained.connect(answers.append)
    opened.actions_by_name["why_not"].trigger()
    caption = opened.inspector.explanation.caption
    qtbot.waitUntil(lambda: caption.text().startswith("The model is loading"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)
    answer = answers[0]
    assert (answer.frame, answer.au) == (10, "AU12")
    assert np.abs(answer.relevance).max() > 0


def test_another_face_is_chosen_by_a_click_and_analysed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    video = cut("two_people.mp4", tmp_path / "two.mp4", 24)
    session = analyse_outside(video)
    show(qtbot, window, session)
    first = window.bench.state.snapshot
    other = 1 - first.face
    ask_face(window.bench, window)
    dialog = window.findChild(FaceChoice)
    assert len(dialog.tiles) == 2
    dialog.tiles[other].clicked.emit(other)
    qtbot.waitUntil(lambda: window.bench.analysis.active)
    wait_for_end(qtbot, window)
    qtbot.waitUntil(lambda: window.bench.state.snapshot.face == other)
    assert not np.allclose(window.bench.state.snapshot.box, first.box, equal_nan=True)


def test_frames_that_were_not_looked_at_are_unknown_and_not_none(qtbot: QtBot, ready: MainWindow) -> None:
    do_analyse(ready.bench)
    seen: list[bool] = []
    ready.bench.results.loaded.connect(lambda snapshot: seen.append(bool((snapshot.seen == UNKNOWN).any())))
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    assert seen[0]
    do_stop(ready.bench)
    qtbot.waitUntil(lambda: not ready.bench.analysis.active, timeout=PATIENCE_MS)
