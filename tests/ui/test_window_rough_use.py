"""Dialogs that are cancelled, windows that are closed at any moment, engines that die at any moment."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from tests.media.clips import make_clip
from tests.ui.conftest import is_open, is_shown, problem, show, shown_window
from tests.ui.idle_engine import IdleEngine
from tpviewer.store.session import Session
from tpviewer.ui import theme
from tpviewer.ui.commands.analysis import do_analyse, do_choose_model, do_load_engine
from tpviewer.ui.commands.asking import ask_model
from tpviewer.ui.commands.export import do_export
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.commands.looks import do_set_count
from tpviewer.ui.commands.review import do_undo
from tpviewer.ui.dialogs.analysis_dialog import AnalysisDialog
from tpviewer.ui.dialogs.settings_dialog import SettingsDialog
from tpviewer.ui.main_window import MainWindow
from tpviewer.workers.messages import Analyse, EngineState

PATIENCE_MS = 60_000


@pytest.fixture
def session(patients: Path, tmp_path: Path) -> Path:
    """A patient's session beside the video."""
    shutil.copy(patients / "first.mp4", tmp_path)
    return Path(shutil.copy(patients / "first.tpv", tmp_path))


@pytest.fixture
def engine() -> IdleEngine:
    return IdleEngine()


@pytest.fixture
def quiet(qtbot: QtBot, tmp_path: Path, patients: Path, engine: IdleEngine) -> Iterator[MainWindow]:
    """A window whose engine does nothing."""
    with shown_window(qtbot, tmp_path / "user", engine, patients / "tiny") as made:
        yield made


@pytest.fixture
def tiny(qtbot: QtBot, tmp_path: Path, patients: Path) -> Iterator[MainWindow]:
    """A window with a real engine and the tiny model."""
    with shown_window(qtbot, tmp_path / "user", model=patients / "tiny") as made:
        yield made


def choose_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(folder))


def spoilt_card(folder: Path) -> None:
    (folder / "card.json").write_text("{")


def no_network(folder: Path) -> None:
    (folder / "model.keras").unlink()


def other_network(folder: Path) -> None:
    (folder / "model.keras").write_bytes(b"PK not really")


def everything(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


@pytest.mark.parametrize("spoil", [spoilt_card, no_network, other_network, everything])
def test_a_wrong_model_is_named_and_the_old_one_kept(
    qtbot: QtBot, quiet: MainWindow, engine, patients, session, tmp_path, monkeypatch, spoil
) -> None:
    wrong = Path(shutil.copytree(patients / "tiny", tmp_path / "wrong model"))
    spoil(wrong)
    show(qtbot, quiet, session)
    choose_folder(monkeypatch, wrong)
    ask_model(quiet.bench, quiet)
    text = problem(qtbot, quiet)
    assert "This model cannot be used" in text
    assert "wrong model" in text
    assert quiet.bench.settings.model == patients / "tiny"
    assert quiet.bench.setup.model == patients / "tiny"
    assert engine.asked(Analyse) == []
    assert quiet.bench.state.results is not None


def test_a_good_model_is_said_and_used(
    qtbot: QtBot, quiet: MainWindow, engine, patients, session, tmp_path, monkeypatch
) -> None:
    other = Path(shutil.copytree(patients / "tiny", tmp_path / "other"))
    show(qtbot, quiet, session)
    choose_folder(monkeypatch, other)
    ask_model(quiet.bench, quiet)
    qtbot.waitUntil(lambda: engine.asked(Analyse) != [])
    assert engine.asked(Analyse)[0].model == other
    assert quiet.bench.settings.model == other


def test_a_model_that_is_gone_is_named_by_the_dialog_of_thresholds(
    qtbot: QtBot, quiet: MainWindow, session, tmp_path
) -> None:
    do_choose_model(quiet.bench, tmp_path / "gone")
    show(qtbot, quiet, session)
    quiet.actions_by_name["setup"].trigger()
    assert "gone" in problem(qtbot, quiet)
    assert quiet.findChild(AnalysisDialog) is None


def thresholds(qtbot: QtBot, window: MainWindow) -> AnalysisDialog:
    window.actions_by_name["setup"].trigger()
    qtbot.waitUntil(lambda: window.findChild(AnalysisDialog) is not None)
    return window.findChild(AnalysisDialog)


def press(dialog: AnalysisDialog, button: QDialogButtonBox.StandardButton) -> None:
    dialog.buttons.button(button).click()


def test_cancelled_thresholds_change_nothing_and_accepted_ones_run_again(
    qtbot: QtBot, quiet: MainWindow, engine: IdleEngine, session: Path
) -> None:
    show(qtbot, quiet, session)
    dialog = thresholds(qtbot, quiet)
    dialog.spins["AU01"].setValue(0.6)
    press(dialog, QDialogButtonBox.StandardButton.Cancel)
    assert quiet.bench.setup.thresholds == {}
    assert engine.asked(Analyse) == []
    qtbot.waitUntil(lambda: quiet.findChild(AnalysisDialog) is None)
    dialog = thresholds(qtbot, quiet)
    assert dialog.spins["AU01"].value() == pytest.approx(0.2)
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert engine.asked(Analyse) == []
    qtbot.waitUntil(lambda: quiet.findChild(AnalysisDialog) is None)
    dialog = thresholds(qtbot, quiet)
    dialog.spins["AU01"].setValue(0.6)
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    (asked,) = engine.asked(Analyse)
    assert asked.params.thresholds == {"AU01": 0.6}
    assert quiet.bench.analysis.phase == "starting"


def test_the_dialog_of_thresholds_does_not_open_over_another_video(
    qtbot: QtBot, quiet: MainWindow, session: Path, patients: Path
) -> None:
    show(qtbot, quiet, session)
    quiet.actions_by_name["setup"].trigger()
    quiet.bench.set_document(None)
    qtbot.waitUntil(lambda: not quiet.bench.tasks.busy)
    assert quiet.findChild(AnalysisDialog) is None


def test_cancelled_settings_restore_the_theme_and_the_size_of_type(quiet: MainWindow) -> None:
    before, size = theme.current().name, quiet.font().pointSizeF()
    quiet.actions_by_name["settings"].trigger()
    dialog = quiet.findChild(SettingsDialog)
    dialog.theme_box.setCurrentIndex(dialog.theme_box.findData("dark"))
    dialog.scale_slider.setValue(140)
    dialog.analyse_box.setChecked(True)
    assert theme.current().name == "dark"
    dialog.reject()
    assert (theme.current().name, quiet.font().pointSizeF()) == (before, size)
    settings = quiet.bench.settings
    assert (settings.theme, settings.text_scale, settings.analyse_on_open) == ("light", 1.0, False)


def test_accepted_settings_are_kept(quiet: MainWindow) -> None:
    quiet.actions_by_name["settings"].trigger()
    dialog = quiet.findChild(SettingsDialog)
    dialog.theme_box.setCurrentIndex(dialog.theme_box.findData("dark"))
    dialog.author_edit.setText("Dr. Käthe")
    dialog.accept()
    assert theme.current().name == "dark"
    assert (quiet.bench.settings.theme, quiet.bench.settings.author) == ("dark", "Dr. Käthe")


def test_the_hint_on_letters_is_read_once(
    qtbot: QtBot, tmp_path: Path, patients: Path, session: Path
) -> None:
    for time in range(2):
        with shown_window(qtbot, tmp_path / "user", IdleEngine(), patients / "tiny") as window:
            show(qtbot, window, session)
            hint = window.inspector.hint
            assert hint.isVisibleTo(window.inspector) == (time == 0)
            if time == 0:
                window.inspector._close_hint()
            assert window.bench.settings.letters_hint_read


@pytest.mark.parametrize("after_ms", [0, 5, 30, 80, 200])
def test_closing_while_something_opens(
    qtbot: QtBot, tmp_path: Path, patients: Path, session: Path, after_ms: int
) -> None:
    with shown_window(qtbot, tmp_path / "user", IdleEngine(), patients / "tiny") as window:
        do_open(window.bench, session)
        do_open(window.bench, session.with_suffix(".mp4"))
        qtbot.wait(after_ms)
        window.close()
        qtbot.wait(50)
        window.close()
    with Session(session) as read:
        assert read.complete


def test_what_was_asked_before_the_window_closed_opens_nothing_after_it(
    qtbot: QtBot, tmp_path: Path, patients: Path, session: Path
) -> None:
    with shown_window(qtbot, tmp_path / "user", IdleEngine(), patients / "tiny") as window:
        do_open(window.bench, session)
        window.close()
        qtbot.wait(200)
        assert window.bench.document is None
        do_open(window.bench, session)
        qtbot.wait(50)
        assert window.bench.document is None


@pytest.mark.parametrize("kind", ["figure", "csv", "json"])
def test_closing_while_something_is_exported_leaves_the_whole_file(
    qtbot: QtBot, tmp_path: Path, patients: Path, session: Path, kind: str
) -> None:
    target = tmp_path / {"figure": "f.png", "csv": "t.csv", "json": "r.json"}[kind]
    with shown_window(qtbot, tmp_path / "user", IdleEngine(), patients / "tiny") as window:
        show(qtbot, window, session)
        do_export(window.bench, kind, target)
        window.close()
        assert not window.isVisible()
    assert target.stat().st_size > 500
    assert [file.name for file in tmp_path.iterdir() if "tmp" in file.suffix] == []


@pytest.mark.parametrize("after_ms", [0, 400, 2500])
def test_closing_while_an_analysis_begins(
    qtbot: QtBot, tmp_path: Path, patients: Path, after_ms: int
) -> None:
    video = Path(shutil.copy(patients / "first.mp4", tmp_path))
    with shown_window(qtbot, tmp_path / "user", model=patients / "tiny") as window:
        do_open(window.bench, video)
        qtbot.waitUntil(lambda: window.bench.state.video is not None)
        do_analyse(window.bench)
        qtbot.wait(after_ms)
        pid = window.bench.engine.pid
    assert pid is None or not Path(f"/proc/{pid}").exists()
    if video.with_suffix(".tpv").exists():
        Session(video.with_suffix(".tpv"), writable=True).close()


def test_an_analysis_stopped_before_there_was_anything_leaves_no_message(
    qtbot: QtBot, tiny: MainWindow, patients: Path, tmp_path: Path
) -> None:
    """Then no face at all, and a single frame, in the same window."""
    wall, one = make_clip(tmp_path / "wall.mp4", 20), make_clip(tmp_path / "one.mp4", 1)
    do_open(tiny.bench, wall)
    qtbot.waitUntil(lambda: tiny.bench.state.video is not None)
    do_analyse(tiny.bench)
    tiny.actions_by_name["stop"].trigger()
    qtbot.waitUntil(lambda: not tiny.bench.analysis.active, timeout=PATIENCE_MS)
    qtbot.wait(1500)
    assert not tiny.banner.waiting
    for video in (wall, one):
        do_open(tiny.bench, video)
        qtbot.waitUntil(lambda path=video: is_open(tiny, path) and tiny.bench.state.video is not None)
        do_analyse(tiny.bench)
        qtbot.waitUntil(lambda: tiny.bench.analysis.phase == "done", timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: is_shown(tiny))
        assert not tiny.banner.waiting
        assert "no face in" in tiny.status._facts.text()
        tiny.bench.state.set_au("AU12")
        assert "no face" in tiny.inspector.explanation.standing.text()
        assert tiny.prototype.isEnabled()
        tiny.grab()


def test_another_video_while_an_analysis_runs_keeps_both(
    qtbot: QtBot, tiny: MainWindow, patients: Path, tmp_path: Path
) -> None:
    first, second = (Path(shutil.copy(patients / f"{name}.mp4", tmp_path)) for name in ("first", "second"))
    mixed: list[Path] = []
    bench = tiny.bench

    def look(snapshot: object) -> None:
        if bench.document is None or snapshot.path != bench.document.session:
            mixed.append(snapshot.path)

    bench.results.loaded.connect(look)
    do_open(bench, first)
    qtbot.waitUntil(lambda: bench.state.video is not None)
    do_analyse(bench)
    qtbot.waitUntil(lambda: bench.analysis.progress is not None, timeout=PATIENCE_MS)
    do_open(bench, second)
    qtbot.waitUntil(lambda: is_open(tiny, second) and bench.state.video is not None)
    do_analyse(bench)
    qtbot.waitUntil(lambda: bench.analysis.phase == "done", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: is_shown(tiny))
    assert mixed == []
    assert not tiny.banner.waiting
    with Session(second.with_suffix(".tpv")) as session, Session(patients / "second.tpv") as known:
        assert session.complete
        assert session.logits().tobytes() == known.logits().tobytes()
    with Session(first.with_suffix(".tpv")) as session:
        assert session.steps.get("faces").done > 0


def kill(qtbot: QtBot, window: MainWindow) -> str:
    """Kill the engine and return what the window says of it."""
    window.banner.clear()
    os.kill(window.bench.engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(window.banner.waiting), timeout=PATIENCE_MS)
    return window.banner.message.text()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_an_engine_killed_while_idle_during_why_not_and_during_a_change_of_looks(
    qtbot: QtBot, tiny: MainWindow, session: Path
) -> None:
    bench, caption = tiny.bench, tiny.inspector.explanation.caption
    do_load_engine(bench)
    show(qtbot, tiny, session)
    qtbot.waitUntil(lambda: bench.engine_state is EngineState.READY, timeout=PATIENCE_MS)
    assert "starts again" in kill(qtbot, tiny)
    assert bench.analysis.phase == "done"

    bench.state.set_au("AU12")
    tiny.actions_by_name["why_not"].trigger()
    qtbot.waitUntil(lambda: bench.engine.pid is not None)
    assert "Nothing is lost" in kill(qtbot, tiny)
    assert "Nothing is lost" in caption.text()
    tiny.actions_by_name["why_not"].trigger()
    qtbot.waitUntil(lambda: "Evidence" in caption.text(), timeout=PATIENCE_MS)

    do_set_count(bench, "AU01", 3)
    assert "Nothing is lost" in kill(qtbot, tiny)
    assert not tiny.looks.busy.isVisibleTo(tiny.looks)
    with Session(session) as read:
        assert read.complete
    assert not bench.state.snapshot.can_undo
    do_set_count(bench, "AU01", 3)
    qtbot.waitUntil(lambda: bench.state.snapshot.can_undo, timeout=PATIENCE_MS)
    do_undo(bench)
    qtbot.waitUntil(lambda: not bench.state.snapshot.can_undo, timeout=PATIENCE_MS)
    assert bench.engine_state in (EngineState.OFF, EngineState.READY)
