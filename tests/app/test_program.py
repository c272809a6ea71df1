"""The program from outside: which words open the window, the demo, and what an error of its own leaves."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tpviewer.__main__ import main
from tpviewer.app import bench_ui, demo, doctor
from tpviewer.app import main as app_main
from tpviewer.app.crash import CrashLog
from tpviewer.cli import main as cli_main
from tpviewer.cli.main import parser
from tpviewer.cli.names import COMMANDS
from tpviewer.media.decoding import processes


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
