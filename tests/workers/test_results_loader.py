"""A session reaches the window as snapshots, not too often, and only a lasting problem is a problem."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tpviewer.core.errors import SessionError
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.params import Params
from tpviewer.resources import resource
from tpviewer.store.session import Session
from tpviewer.store.snapshot import UNKNOWN, Snapshot
from tpviewer.store.snapshot_reader import SnapshotReader
from tpviewer.workers.results_loader import ResultsLoader

FRAMES = 24


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The session of an analysis that was stopped after it had looked at eight frames."""
    path = tmp_path_factory.mktemp("begun") / "a.tpv"
    params = Params(max_frames=FRAMES, batch=8)
    with closing(analyze(resource("phantom", "phantom.mp4"), path, params)) as events:
        next(events)
    return path


@pytest.fixture
def session(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(begun, tmp_path / "a.tpv"))


class Listener:
    """A loader and everything it said."""

    def __init__(self) -> None:
        self.loader = ResultsLoader()
        self.snapshots: list[Snapshot] = []
        self.failures: list[str] = []
        self.loader.loaded.connect(self.snapshots.append)
        self.loader.failed.connect(self.failures.append)


@pytest.fixture
def listener(qtbot: QtBot) -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.loader.close()


def write(path: Path, number: int) -> None:
    """Commit something, as a running analysis does."""
    with Session(path, writable=True) as stored, stored.transaction():
        stored.meta.put("test", number)


def test_what_is_analysed_so_far_is_shown(listener: Listener, qtbot: QtBot, session: Path) -> None:
    listener.loader.open(session)
    qtbot.waitUntil(lambda: bool(listener.snapshots))
    (snapshot,) = listener.snapshots
    assert snapshot.path == session
    assert snapshot.frames == FRAMES
    assert (snapshot.seen == UNKNOWN).tolist() == [False] * 8 + [True] * 16
    assert not snapshot.complete


def test_nothing_new_is_not_sent_again(listener: Listener, qtbot: QtBot, session: Path) -> None:
    listener.loader.open(session)
    qtbot.waitUntil(lambda: bool(listener.snapshots))
    listener.loader.refresh()
    listener.loader.open(session)
    qtbot.wait(600)
    assert len(listener.snapshots) == 1
    write(session, 1)
    listener.loader.refresh()
    qtbot.waitUntil(lambda: len(listener.snapshots) == 2)


def test_a_stream_of_news_is_read_four_times_a_second_and_the_last_is_not_missed(
    listener: Listener, qtbot: QtBot, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []
    read = SnapshotReader.read
    monkeypatch.setattr(SnapshotReader, "read", lambda self: (reads.append(1), read(self))[1])
    listener.loader.open(session)
    qtbot.waitUntil(lambda: bool(listener.snapshots))
    for _ in range(50):
        listener.loader.refresh()
        qtbot.wait(20)
    assert 2 <= len(reads) <= 7
    with Session(session, writable=True) as stored, stored.transaction():
        stored.meta.put("complete", True)
    listener.loader.refresh()
    qtbot.waitUntil(lambda: listener.snapshots[-1].complete)


def test_a_session_that_is_locked_for_a_moment_is_no_failure(
    listener: Listener, qtbot: QtBot, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, tries = SnapshotReader.read, []

    def locked_at_first(self: SnapshotReader) -> Snapshot:
        tries.append(1)
        if len(tries) < 3:
            raise SessionError("another program") from sqlite3.OperationalError("database is locked")
        return read(self)

    monkeypatch.setattr(SnapshotReader, "read", locked_at_first)
    listener.loader.open(session)
    qtbot.waitUntil(lambda: bool(listener.snapshots))
    assert len(tries) == 3
    assert not listener.failures


def test_a_damaged_session_is_reported_and_can_be_looked_at_again(
    listener: Listener, qtbot: QtBot, session: Path
) -> None:
    whole = session.read_bytes()
    session.write_bytes(b"SQLite format 3\0" + b"nonsense" * 4000)
    listener.loader.open(session)
    qtbot.waitUntil(lambda: bool(listener.failures))
    assert str(session) in listener.failures[0]
    assert "damaged" in listener.failures[0]
    session.write_bytes(whole)
    listener.loader.refresh()
    qtbot.waitUntil(lambda: bool(listener.snapshots))
    assert len(listener.failures) == 1


def test_a_session_without_an_analysis_is_no_error_and_is_read_once_there_is_one(
    listener: Listener, qtbot: QtBot, tmp_path: Path, session: Path
) -> None:
    empty = tmp_path / "empty.tpv"
    Session(empty, writable=True).close()
    listener.loader.open(empty)
    qtbot.wait(1500)  # longer than a damaged session is looked at
    assert (listener.failures, listener.snapshots) == ([], [])
    empty.write_bytes(session.read_bytes())
    listener.loader.refresh()
    qtbot.waitUntil(lambda: bool(listener.snapshots))


def test_a_missing_session_is_reported(listener: Listener, qtbot: QtBot, tmp_path: Path) -> None:
    listener.loader.open(tmp_path / "none.tpv")
    qtbot.waitUntil(lambda: bool(listener.failures))
    assert "no such session file" in listener.failures[0]


def test_only_the_newest_session_is_heard_of(
    listener: Listener, qtbot: QtBot, session: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(session, tmp_path / "other.tpv"))
    listener.loader.open(session)
    listener.loader.open(tmp_path / "none.tpv")
    listener.loader.open(other)
    qtbot.waitUntil(lambda: bool(listener.snapshots))
    qtbot.wait(300)
    assert [snapshot.path for snapshot in listener.snapshots] == [other]
    assert not listener.failures


def test_a_session_that_was_left_is_not_read(listener: Listener, qtbot: QtBot, session: Path) -> None:
    listener.loader.open(session)
    listener.loader.close_session()
    listener.loader.refresh()
    qtbot.wait(500)
    assert not listener.snapshots
    listener.loader.open(session)
    qtbot.waitUntil(lambda: bool(listener.snapshots))
