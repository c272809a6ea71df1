"""Nothing of one patient is ever shown with another one, however late it comes."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.media.clips import make_clip
from tests.ui.conftest import is_shown, problem, show, shown_window
from tests.ui.idle_engine import IdleEngine
from tpviewer.media.source import open_source
from tpviewer.pipeline.progress import StepProgress
from tpviewer.store.session import Session
from tpviewer.ui.commands.analysis import (
    do_analyse,
    do_ask_why_not,
    do_change_setup,
    do_choose_model,
    do_stop,
)
from tpviewer.ui.commands.export import do_export
from tpviewer.ui.commands.files import do_open, do_relocate
from tpviewer.ui.commands.looks import do_set_count
from tpviewer.ui.commands.review import do_undo
from tpviewer.ui.document import document_of
from tpviewer.ui.main_window import MainWindow
from tpviewer.workers.engine_thread import Gone
from tpviewer.workers.messages import (
    Analyse,
    Curate,
    Explain,
    Explained,
    Failed,
    Failure,
    Finished,
    Progress,
    Stop,
    Stopped,
)
from tpviewer.workers.tile_loader import TileRequest

STEP = Progress(StepProgress("faces", 16, 40, 1.6))


@pytest.fixture
def two(patients: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Sessions of two patients, beside their videos."""
    for file in patients.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path)
    return tmp_path / "first.tpv", tmp_path / "second.tpv"


@pytest.fixture
def engine() -> IdleEngine:
    return IdleEngine()


@pytest.fixture
def quiet(qtbot: QtBot, tmp_path: Path, patients: Path, engine: IdleEngine) -> Iterator[MainWindow]:
    """A window whose engine only does what a test says."""
    with shown_window(qtbot, tmp_path / "user", engine, patients / "tiny") as made:
        yield made


def open_video(qtbot: QtBot, window: MainWindow, video: Path) -> None:
    do_open(window.bench, video)
    qtbot.waitUntil(lambda: window.bench.document is not None and window.bench.document.video == video)
    qtbot.waitUntil(lambda: window.bench.state.video is not None)


def picture_of(video: Path, frame: int) -> np.ndarray:
    with open_source(video) as source:
        picture = source.read(frame)
    assert picture is not None
    return picture


def test_going_back_and_forth_never_mixes_pictures_and_results(
    qtbot: QtBot, window: MainWindow, two: tuple[Path, Path], patients: Path
) -> None:
    state, mixed = window.bench.state, []
    pictures = {path: picture_of(patients / f"{path.stem}.mp4", 0) for path in two}

    def look() -> None:
        document, snapshot, frame = window.bench.document, state.snapshot, window.frame_view.frame
        if document is None:
            return
        if snapshot is not None and snapshot.path != document.session:
            mixed.append(("results", document.session, snapshot.path))
        if frame is not None and frame.index == 0 and frame.picture is not None:
            same = np.array_equal(frame.picture, pictures[document.session])
            mixed.extend([] if same else [("picture", document.session, None)])

    for signal in (state.results_changed, state.document_changed, window.bench.frames.loaded):
        signal.connect(lambda *_: look())
    for number in range(12):
        do_open(window.bench, two[number % 2])
        qtbot.wait(15 * (number % 5))
    qtbot.waitUntil(lambda: not window.bench.tasks.busy and is_shown(window))
    assert window.bench.document.session == two[1]
    look()
    assert mixed == []


def test_each_session_has_its_own_playhead_x_and_selection(
    qtbot: QtBot, window: MainWindow, two: tuple[Path, Path]
) -> None:
    state = window.bench.state
    left = {}
    for path, playhead, au, x in ((two[0], 31, "AU12", 40), (two[1], 12, "AU01", 7)):
        show(qtbot, window, path)
        assert (state.playhead, state.au, state.overlay.x) == (0, "", 25)
        state.set_playhead(playhead)
        state.set_au(au)
        window.overlay_bar.x_slider.setValue(x)
        left[path] = (playhead, au, state.overlay.x)
    for path in (*two, *two):
        show(qtbot, window, path)
        assert (state.playhead, state.au, state.overlay.x) == left[path]


def test_a_video_without_results_begins_with_the_x_of_the_settings(
    qtbot: QtBot, window: MainWindow, two: tuple[Path, Path], tmp_path: Path
) -> None:
    show(qtbot, window, two[0])
    window.overlay_bar.x_slider.setValue(90)
    open_video(qtbot, window, make_clip(tmp_path / "other.mp4"))
    assert window.bench.state.overlay.x == window.bench.settings.top_x


def test_opening_the_same_file_twice_quickly_keeps_where_one_is(
    qtbot: QtBot, window: MainWindow, two: tuple[Path, Path]
) -> None:
    do_open(window.bench, two[0])
    do_open(window.bench, two[0])
    qtbot.waitUntil(lambda: not window.bench.tasks.busy and is_shown(window))
    window.bench.state.set_playhead(21)
    do_open(window.bench, two[0])
    qtbot.waitUntil(lambda: not window.bench.tasks.busy)
    qtbot.wait(100)
    assert window.bench.state.playhead == 21
    assert not window.banner.waiting


def test_opening_the_open_video_again_does_not_stop_its_analysis(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    open_video(qtbot, quiet, clip)
    do_analyse(quiet.bench)
    do_open(quiet.bench, clip)
    qtbot.waitUntil(lambda: not quiet.bench.tasks.busy)
    assert engine.asked(Stop) == []
    assert quiet.bench.analysis.active


def test_another_video_stops_the_analysis_and_its_end_is_not_taken_for_the_new_one_s(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, tmp_path: Path
) -> None:
    bench = quiet.bench
    open_video(qtbot, quiet, make_clip(tmp_path / "a.mp4"))
    do_analyse(bench)
    open_video(qtbot, quiet, make_clip(tmp_path / "b.mp4"))
    assert len(engine.asked(Stop)) == 1
    assert bench.analysis.phase == "none"
    engine.reply(STEP)
    assert bench.analysis.phase == "none"
    do_analyse(bench)
    engine.reply(STEP)
    assert bench.analysis.phase == "starting"
    assert bench.analysis.progress is None
    engine.reply(Stopped())
    assert bench.analysis.phase == "starting"
    engine.reply(STEP)
    assert bench.analysis.phase == "running"
    engine.reply(Stopped())
    assert bench.analysis.phase == "none"


@pytest.mark.parametrize(
    "end", [Finished(), Stopped(), Failed(Failure("input", "no", during="analyse", session=Path("a.tpv")))]
)
def test_no_end_of_an_analysis_left_behind_is_told(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, tmp_path: Path, end: object
) -> None:
    open_video(qtbot, quiet, make_clip(tmp_path / "a.mp4"))
    do_analyse(quiet.bench)
    open_video(qtbot, quiet, make_clip(tmp_path / "b.mp4"))
    engine.reply(end)
    assert quiet.bench.analysis.phase == "none"
    assert not quiet.banner.waiting
    assert quiet.actions_by_name["analyse"].isEnabled()


def test_an_engine_that_dies_ends_only_what_it_was_asked(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, tmp_path: Path
) -> None:
    open_video(qtbot, quiet, make_clip(tmp_path / "a.mp4"))
    do_analyse(quiet.bench)
    taken = len(engine.requests)
    do_stop(quiet.bench)
    open_video(qtbot, quiet, make_clip(tmp_path / "b.mp4"))
    do_analyse(quiet.bench)
    engine.reply(Gone(None, "analyse", taken, "killed"))
    assert quiet.bench.analysis.phase == "starting"
    engine.reply(Gone(None, "analyse", len(engine.requests), "killed"))
    assert quiet.bench.analysis.phase == "none"


def test_the_first_results_of_an_analysis_move_nothing(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, two: tuple[Path, Path]
) -> None:
    session = two[0].rename(two[0].with_suffix(".later"))
    state = quiet.bench.state
    open_video(qtbot, quiet, two[0].with_suffix(".mp4"))
    state.set_playhead(33)
    quiet.overlay_bar.x_slider.setValue(60)
    x = state.overlay.x
    do_analyse(quiet.bench)
    session.rename(two[0])
    engine.reply(Finished())
    qtbot.waitUntil(lambda: state.results is not None)
    assert (state.playhead, state.overlay.x) == (33, x)


def test_a_map_under_the_pointer_that_comes_late_is_left_out(
    qtbot: QtBot, window: MainWindow, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(window.looks, "show_map", lambda frame, au, relevance: drawn.append(frame))
    show(qtbot, window, two[0])
    window.looks.map_requested.emit(3, "AU01")
    qtbot.waitUntil(lambda: drawn == [3])
    with qtbot.waitSignal(window.bench.maps.loaded):
        window.looks.map_requested.emit(4, "AU01")
        window.bench.set_document(document_of(two[1], two[1].parent))
    assert drawn == [3]


def test_a_stage_s_picture_that_comes_late_is_left_out(
    qtbot: QtBot, window: MainWindow, two: tuple[Path, Path]
) -> None:
    """Both patients have one and the same stage, so that nothing but the request tells them apart."""
    bench, shown = window.bench, []
    show(qtbot, window, two[0])
    results = bench.state.results
    stages = results.stages["absorbed"]
    prototypes = {au: found.prototypes for au, found in results.clusters.items()}
    request = TileRequest(two[0], bench.document.video, stages, prototypes, (0,) * 20)
    with qtbot.waitSignal(bench.tiles.finished, timeout=20_000):
        bench.tiles.request(request)
    bench.tiles.tile_ready.connect(lambda number, tile: shown.append(tile))
    bench.tiles.request(request)
    time.sleep(0.3)  # pictures are made, and wait for the window's thread
    bench.set_document(None)
    qtbot.wait(200)
    assert shown == []


def test_an_answer_to_why_not_that_comes_late_is_left_out(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, two: tuple[Path, Path]
) -> None:
    for path in two:
        show(qtbot, quiet, path)
        quiet.bench.state.set_au("AU12")
        quiet.actions_by_name["why_not"].trigger()
    assert [request.session for request in engine.asked(Explain)] == list(two)
    relevance = np.ones((96, 96), np.float32)
    engine.reply(Explained(two[0], 0, "AU12", relevance))
    assert "Asking" in quiet.inspector.explanation.caption.text()
    engine.reply(Failed(Failure("input", "of the other", during="explain", session=two[0])))
    assert "Asking" in quiet.inspector.explanation.caption.text()
    assert not quiet.banner.waiting
    engine.reply(Explained(two[1], 0, "AU12", relevance))
    assert "Evidence" in quiet.inspector.explanation.caption.text()


def test_an_engine_that_dies_leaves_no_question_waiting(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, two: tuple[Path, Path]
) -> None:
    show(qtbot, quiet, two[0])
    quiet.bench.state.set_au("AU12")
    quiet.actions_by_name["why_not"].trigger()
    engine.reply(Gone(None, "load", len(engine.requests), "no memory"))
    assert "no memory" in quiet.inspector.explanation.caption.text()
    assert "engine stopped" in problem(qtbot, quiet)


def test_results_are_not_shown_over_a_video_of_another_length(
    qtbot: QtBot, quiet: MainWindow, two: tuple[Path, Path]
) -> None:
    """The wrong video has the right name; its size gives it away before it is hashed."""
    make_clip(two[0].with_suffix(".mp4"), 12)
    with Session(two[0], writable=True) as session, session.transaction():
        session.meta.put("video", {**session.meta.get("video"), "path": str(two[0].with_suffix(".mp4"))})
    do_open(quiet.bench, two[0])
    text = problem(qtbot, quiet)
    assert "has changed" in text
    qtbot.waitUntil(lambda: quiet.bench.state.results is not None)
    assert quiet.bench.document.video is None
    assert not quiet.frame_view.has_picture
    assert quiet.banner.way_buttons[0].text() == "Find the video …"


def test_a_video_that_only_its_hash_gives_away_loses_its_pictures(
    qtbot: QtBot, quiet: MainWindow, two: tuple[Path, Path]
) -> None:
    video = two[0].with_suffix(".mp4")
    shutil.copy(two[1].with_suffix(".mp4"), video)
    with Session(two[0], writable=True) as session, session.transaction():
        known = session.meta.get("video")
        session.meta.put("video", {**known, "path": str(video), "size": video.stat().st_size})
    do_open(quiet.bench, two[0])
    assert "has changed" in problem(qtbot, quiet)
    qtbot.waitUntil(lambda: quiet.bench.state.results is not None)
    assert not quiet.frame_view.has_picture
    do_relocate(quiet.bench, two[1].with_suffix(".mp4"))
    qtbot.waitUntil(lambda: "not the video" in quiet.banner.message.text())
    assert quiet.bench.document.video is None


def test_another_video_takes_old_messages_away(
    qtbot: QtBot, window: MainWindow, two: tuple[Path, Path]
) -> None:
    do_open(window.bench, two[0].with_name("gone.mp4"))
    assert "gone.mp4" in problem(qtbot, window)
    show(qtbot, window, two[0])
    assert not window.banner.waiting


def test_nothing_is_changed_while_an_analysis_runs_and_the_window_says_so(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, two: tuple[Path, Path], patients: Path
) -> None:
    show(qtbot, quiet, two[0])
    bench, notes = quiet.bench, []
    bench.noted.connect(notes.append)
    do_change_setup(bench, thresholds={"AU01": 0.3})
    assert bench.analysis.active
    setup = bench.setup
    do_set_count(bench, "AU01", 3)
    assert "once the analysis has come to its end" in notes[-1]
    do_change_setup(bench, face=1)
    do_choose_model(bench, None)
    assert "once the analysis has stopped" in notes[-1]
    assert bench.setup == setup
    assert bench.settings.model == patients / "tiny"
    assert (len(engine.asked(Analyse)), engine.asked(Curate)) == (1, [])
    for name in ("undo", "redo", "setup", "face", "analyse"):
        assert not quiet.actions_by_name[name].isEnabled()
    assert quiet.looks.busy.isVisibleTo(quiet.looks)


def test_undo_with_nothing_to_undo_is_off_and_asks_nothing(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, two: tuple[Path, Path]
) -> None:
    show(qtbot, quiet, two[0])
    assert not quiet.actions_by_name["undo"].isEnabled()
    quiet.actions_by_name["undo"].trigger()
    do_undo(quiet.bench)
    qtbot.waitUntil(lambda: "Nothing to take back" in quiet.status.text)
    assert engine.asked(Curate) == []


def test_the_model_that_is_used_already_changes_nothing(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, two: tuple[Path, Path], patients: Path
) -> None:
    show(qtbot, quiet, two[0])
    do_choose_model(quiet.bench, patients / "tiny")
    assert engine.asked(Analyse) == []
    do_choose_model(quiet.bench, None)
    assert len(engine.asked(Analyse)) == 1


def test_results_that_were_deleted_meanwhile_are_missed(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, tmp_path: Path
) -> None:
    open_video(qtbot, quiet, make_clip(tmp_path / "a.mp4"))
    do_analyse(quiet.bench)
    engine.reply(Finished())
    assert "was deleted" in problem(qtbot, quiet)
    assert quiet.actions_by_name["analyse"].isEnabled()


def test_an_export_of_a_session_that_is_gone_is_refused(
    qtbot: QtBot, window: MainWindow, two: tuple[Path, Path], tmp_path: Path
) -> None:
    show(qtbot, window, two[0])
    two[0].unlink()
    do_export(window.bench, "csv", tmp_path / "table.csv")
    assert "no such session file" in problem(qtbot, window)
    assert not (tmp_path / "table.csv").exists()


def test_why_not_without_anything_open_says_so(window: MainWindow) -> None:
    assert "cannot be asked" in do_ask_why_not(window.bench, 0, "AU01")
