"""The program opens no connection, and writes nothing outside the user's own folders."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ui.conftest import cut
from tpviewer.store.session import Session

ROOT = Path(__file__).resolve().parents[2]
FRAMES = 24
NO_NETWORK = ("unshare", "--user", "--map-root-user", "--net")


@dataclass(frozen=True)
class Run:
    """What the program did in a home of its own: its end, its notes of sockets and files, where it was."""

    done: subprocess.CompletedProcess[str]
    home: Path
    temporary: Path
    notes: tuple[tuple[str, str], ...]
    cut_off: bool

    def noted(self, kind: str) -> list[str]:
        return [what for noted, what in self.notes if noted == kind]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Window, engine and analysis, once; without any network where the system lets us take it away."""
    place = tmp_path_factory.mktemp("offline")
    home, temporary, notes = place / "home", place / "tmp", place / "notes.txt"
    (home / "Videos").mkdir(parents=True)
    temporary.mkdir()
    video = cut("phantom.mp4", home / "Videos" / "clip.mp4", FRAMES)
    own = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment = {
        **own,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "app" / "watched"), str(ROOT)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TPVIEWER_WATCHED": str(notes),
        "QT_QPA_PLATFORM": "offscreen",
    }
    cut_off = can_be_cut_off()
    command = [sys.executable, "-m", "tests.app.watched_run", str(video), str(home / "Videos" / "window.png")]
    done = subprocess.run(
        [*(NO_NETWORK if cut_off else ()), *command],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    lines = notes.read_text(encoding="utf-8").splitlines()
    return Run(done, home, temporary, tuple(tuple(line.split("\t", 1)) for line in lines), cut_off)


def can_be_cut_off() -> bool:
    """Whether this system lets a user start a program without any network."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*NO_NETWORK, "true"], capture_output=True, check=False).returncode == 0


def test_window_and_analysis_need_no_socket_and_try_none(run: Run) -> None:
    assert run.done.returncode == 0, run.done.stderr
    assert run.noted("socket") == []
    with Session(run.home / "Videos" / "clip.tpv") as session:
        assert session.complete
        assert session.video.frames == FRAMES
    assert (run.home / "Videos" / "window.png").stat().st_size > 10_000


def test_window_and_analysis_work_where_there_is_no_network(run: Run) -> None:
    if not run.cut_off:
        pytest.skip("this system lets no user take the network away from a program (unshare --net)")
    assert run.done.returncode == 0, run.done.stderr


def test_the_watch_sees_a_socket_and_refuses_it(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "tests" / "app" / "watched"),
        "TPVIEWER_WATCHED": str(notes),
    }
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert "no network here" in done.stderr
    assert notes.read_text().startswith("socket\t")


def test_everything_is_written_into_the_users_own_folders(run: Run) -> None:
    own = (run.home, run.temporary, Path(os.devnull))
    written = {Path(path) for path in run.noted("written") if not path.endswith("?mode=ro")}
    assert run.home / "Videos" / "clip.tpv" in written  # the watch sees the engine's process too
    assert [path for path in written if not any(path.is_relative_to(folder) for folder in own)] == []


def test_what_stays_are_session_settings_and_an_empty_log(run: Run) -> None:
    assert list(run.temporary.iterdir()) == []
    left = {path.relative_to(run.home).as_posix() for path in run.home.rglob("*") if path.is_file()}
    log = ".local/state/TPViewer/log/errors.log"
    own = {"Videos/clip.mp4", "Videos/clip.tpv", "Videos/window.png", ".config/TPViewer/settings.ini", log}
    of_libraries = {".keras/keras.json", "Videos/clip.tpv-shm", "Videos/clip.tpv-wal"}
    assert own <= left
    fonts = (".cache/fontconfig/", ".cache/matplotlib/fontlist")
    assert {path for path in left - own - of_libraries if not path.startswith(fonts)} == set()
    assert (run.home / log).read_bytes() == b""


def test_the_session_alone_is_whole_once_the_window_is_closed(run: Run, tmp_path: Path) -> None:
    copy = shutil.copy(run.home / "Videos" / "clip.tpv", tmp_path / "copy.tpv")
    with Session(Path(copy)) as session:
        assert session.complete
        assert len(session.stages()) > 0
