"""The program from outside: which words open the window, the demo, and what an error of its own leaves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tpviewer.__main__ import main
from tpviewer.app import bench_ui, demo, doctor, self_test
from tpviewer.app import main as app_main
from tpviewer.app.crash import CrashLog
from tpviewer.cli import main as cli_main
from tpviewer.cli import training
from tpviewer.cli.main import parser
from tpviewer.cli.names import COMMANDS
from tpviewer.core.errors import TPViewerError
from tpviewer.media.decoding import processes
from tpviewer.resources import own_command


def test_the_names_of_the_commands_are_complete() -> None:
    actions = parser((demo, doctor), (bench_ui,))._subparsers._group_actions
    assert set(actions[0].choices) == set(COMMANDS)


def test_a_command_needs_no_window(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['tpviewer', 'show', 'missing.tpv'];"
        " from tpviewer.__main__ import main; code = main(); print(code, 'PySide6.QtWidgets' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.split() == ["2", "False"]


def test_the_window_and_the_commands_decode_in_processes_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def decoded_here(*words: object, **more: object) -> int:
        return int(processes() is None)

    monkeypatch.setattr(app_main, "_run", decoded_here)
    assert app_main.run_app() == 0
    monkeypatch.setattr(cli_main, "run", decoded_here)
    monkeypatch.setattr(sys, "argv", ["tpviewer", "show", "a.tpv"])
    assert main() == 0
    assert processes() is None


def test_doctor_finds_everything() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tpviewer", "doctor"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    for title in ("Python", "face detector", "model", "session files", "window", "sound"):
        assert f"ok       {title}: " in done.stdout


@pytest.mark.slow
def test_the_headless_demo_leaves_session_figure_tables_and_screenshot(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tpviewer", "demo", "--headless", str(tmp_path / "demo")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    names = {path.name for path in (tmp_path / "demo").iterdir()}
    assert {
        "demo.tpv",
        "figure.png",
        "figure.pdf",
        "table.csv",
        "table.stages.csv",
        "screenshot.png",
    } <= names
    assert "(NONE) -> (" in done.stdout
    picture = QImage(str(tmp_path / "demo" / "screenshot.png"))
    assert (picture.width(), picture.height()) == (1280, 800)
    colours = {picture.pixel(x, y) for x in range(0, 1280, 16) for y in range(0, 800, 16)}
    assert len(colours) > 200


def test_an_error_of_the_program_is_written_and_told_and_nothing_is_swallowed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[str] = []
    log = CrashLog(tmp_path / "logs" / "errors.log")
    log.install(lambda message, detail: told.append(message))
    try:
        try:
            raise ZeroDivisionError("of all things")
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        log.close()
    assert told == ["ZeroDivisionError: of all things"]
    assert "ZeroDivisionError: of all things" in log.path.read_text()
    assert sys.excepthook is sys.__excepthook__


def test_nothing_of_a_picture_is_written_into_the_log(qtbot: QtBot, tmp_path: Path) -> None:
    import numpy as np

    picture = np.random.default_rng(0).integers(100, 256, (40, 40, 3), np.uint8)
    told: list[str] = []
    log = CrashLog(tmp_path / "errors.log")
    log.install(lambda message, detail: told.append(message + detail))
    try:
        try:
            try:
                raise KeyError("no such frame")
            except KeyError as error:
                raise ValueError(f"cannot draw {picture!r} at (3, 4)") from error
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        log.close()
    written = log.path.read_text()
    assert "KeyError: 'no such frame'" in written
    assert "ValueError: cannot draw array" in written
    assert "test_program.py" in written
    row = ", ".join(str(value) for value in picture[0, 0])
    assert row not in written
    assert row not in told[0]


def test_a_file_that_the_system_hands_to_the_program_is_asked_for(tmp_path: Path) -> None:
    code = (
        "import sys; from PySide6.QtCore import QCoreApplication; from PySide6.QtGui import QFileOpenEvent;"
        " from tpviewer.app.main import make_application; application = make_application();"
        " application.asked_for.connect(lambda path: print(path.name));"
        " QCoreApplication.sendEvent(application, QFileOpenEvent(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "Müller 1.tpv")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "Müller 1.tpv"


def test_the_self_test_ends_at_the_first_part_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(path: Path) -> str:
        raise TPViewerError("mean F1 0.10")

    monkeypatch.setattr(self_test, "_analyse", lambda session, folder, shown: "analysed")
    monkeypatch.setattr(self_test, "_compare", fail)
    assert self_test.run(tmp_path / "test") == 1
    report = json.loads((tmp_path / "test" / self_test.REPORT).read_text(encoding="utf-8"))
    assert [(part["part"], part["passed"]) for part in report["parts"]] == [
        ("window and engine", True),
        ("results", False),
    ]
    assert not report["passed"]
    assert "failed   results: TPViewerError: mean F1 0.10" in capsys.readouterr().out


def test_the_self_test_says_which_folder_it_cannot_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    assert self_test.run(tmp_path / "file" / "test") == 2
    assert "file/test: cannot be written" in capsys.readouterr().out.replace("\\", "/")


def test_the_parts_of_the_self_test_that_need_no_analysis_pass(qtbot: QtBot) -> None:
    assert "kinds of video" in self_test._multimedia()
    assert self_test._german() != "Clustering"


def test_rendering_without_its_compiler_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "find_spec", lambda name: None)
    with pytest.raises(TPViewerError, match="as installed with Python"):
        training.require_renderer()


def test_the_frozen_program_starts_itself_without_python(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command() == [sys.executable, "-m", "tpviewer"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == [sys.executable]
