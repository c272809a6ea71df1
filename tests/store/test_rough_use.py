"""Two programs on one session, clocks that are set back, and a day's work at high rate: nothing is lost."""

import multiprocessing
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.export.made_session import make_session, states_of
from tests.fuzz.sessions import FRAMES, finished
from tests.media.clips import make_clip
from tests.store.judged import FRAMES as JUDGED_FRAMES
from tests.store.judged import at, begin, place
from tpviewer.core.errors import ParameterError, SessionError
from tpviewer.store import database, edits
from tpviewer.store.database import Database
from tpviewer.store.session import Session
from tpviewer.store.snapshot_reader import SnapshotReader

EACH = 20
HOURS, EVERY_S = 8, 120
"""A day of review: one edit every so many seconds."""


def judge(path: Path, name: str, connection: Connection) -> None:
    """Open, judge and close as a program does, in turn with others; tells each judgement once it is kept."""
    rng = Random(name)
    for number in range(EACH):
        with Session(path, writable=True) as session:
            for _ in range(rng.randint(1, 3)):
                start = rng.randrange(JUDGED_FRAMES - 1)
                place(session, name, at(start, start + 1, note=f"{name} {number}"))
                connection.send(f"{name} {number}")
    connection.close()


def test_two_programs_on_one_session_lose_nothing(tmp_path: Path) -> None:
    path = begin(tmp_path / "shared.tpv")
    context = multiprocessing.get_context("spawn")
    started = []
    for name in ("Dr. A", "Dr. B"):
        here, there = context.Pipe(duplex=False)
        child = context.Process(target=judge, args=(path, name, there))
        child.start()
        there.close()
        started.append((child, here))
    kept = [_heard(connection) for _, connection in started]
    for child, _ in started:
        child.join()
        assert child.exitcode == 0
    with Session(path) as session:
        logged = [
            change.after.note
            for entry in session.reviews.log()
            for change in entry.changes[-1:]
            if change.after is not None
        ]
    assert sorted(logged) == sorted(kept[0] + kept[1])
    assert min(len(one) for one in kept) >= EACH
    assert [file.name for file in tmp_path.iterdir()] == ["shared.tpv"]


def _heard(connection: Connection) -> list[str]:
    told = []
    while True:
        try:
            told.append(connection.recv())
        except EOFError:
            connection.close()
            return told


def test_opening_waits_while_another_program_writes_to_its_journal(tmp_path: Path) -> None:
    path = begin(tmp_path / "a.tpv")
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"), closing(sqlite3.connect(path)) as plain:
            plain.execute("PRAGMA journal_mode = WAL")
        release = threading.Timer(0.3, other.execute, ("ROLLBACK",))
        release.start()
        with Session(path, writable=True) as session:
            place(session, "Dr. A", at(3, 9))
        release.join()


@pytest.mark.parametrize("moment", range(12))
def test_a_session_that_two_programs_make_at_once_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """Before any of the statements that open a new session, another program makes the same file."""
    path, statements = tmp_path / "new.tpv", []

    class Interrupted(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            statements.append(arguments[0])
            if len(statements) == moment + 1:
                with suppress(SessionError), monkeypatch.context() as meanwhile:
                    meanwhile.setattr(database, "_BUSY_MS", 20)
                    Database(path, writable=True).close()
            return super().execute(*arguments)

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        factory = sqlite3.Connection if statements else Interrupted
        return plain(*arguments, factory=factory, **options)

    plain = sqlite3.connect
    monkeypatch.setattr(database.sqlite3, "connect", connect)
    made, alone = Database(path, writable=True), Database(tmp_path / "alone.tpv", writable=True)
    assert len(statements) > moment
    for question in ("PRAGMA user_version", "PRAGMA application_id", "SELECT sql FROM sqlite_master"):
        answers = [one.connection.execute(question).fetchall() for one in (made, alone)]
        assert answers[0] == answers[1]
    made.close()
    alone.close()


def test_a_judgement_that_another_program_changed_is_not_written_over(tmp_path: Path) -> None:
    path = begin(tmp_path / "a.tpv")
    with Session(path, writable=True) as one, Session(path, writable=True) as other:
        (change,) = place(one, "Dr. A", at(3, 9))
        assert [judgement.annotation for judgement in other.reviews.judgements("Dr. A")] == [change.after]
        place(other, "Dr. A", at(3, 9, verdict="absent"))
        with pytest.raises(ParameterError, match="changed meanwhile"):
            one.reviews.change("Dr. A", [type(change)(change.after, None)], "Delete")
        (left,) = one.reviews.judgements("Dr. A")
        assert left.annotation.verdict == "absent"


def test_a_clock_that_is_set_back_changes_no_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = begin(tmp_path / "a.tpv")
    clock = datetime(2026, 3, 29, 1, 59, tzinfo=UTC)
    with Session(path, writable=True) as session:
        for number, shift in enumerate((0, -3600, 86_400 * 365 * 20, -86_400 * 365 * 30)):
            moment = (clock + timedelta(seconds=shift)).isoformat(timespec="seconds")
            monkeypatch.setattr(edits, "now", lambda moment=moment: moment)
            monkeypatch.setattr("tpviewer.store.reviews.now", lambda moment=moment: moment)
            place(session, "Dr. A", at(number, number + 1))
        assert [entry.number for entry in session.reviews.log()] == [1, 2, 3, 4]
        assert sorted(entry.made_at[:4] for entry in session.reviews.log())[0] == "1996"
        for number in (3, 2, 1, 0):
            session.edits.undo("Dr. A")
            assert len(session.reviews.judgements("Dr. A")) == number
        for number in (1, 2, 3, 4):
            session.edits.redo("Dr. A")
            assert len(session.reviews.judgements("Dr. A")) == number


@pytest.fixture(scope="module")
def session_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("day")
    video = make_clip(folder / "video.mp4", FRAMES)
    return finished(make_session(folder / "day.tpv", video, states_of(FRAMES, 12)))


class _Follower(threading.Thread):
    """Reads a session again and again, as the window does while somebody works on it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path, self.ending, self.reads = path, threading.Event(), 0

    def run(self) -> None:
        with SnapshotReader(self._path) as reader:
            while not self.ending.wait(0.01):
                reader.read()
                self.reads += 1


@pytest.fixture
def follower(session_path: Path, tmp_path: Path) -> Iterator[_Follower]:
    thread = _Follower(Path(shutil.copyfile(session_path, tmp_path / "day.tpv")))
    thread.start()
    yield thread
    thread.ending.set()
    thread.join()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks this system for memory and handles")
def test_a_day_of_review_at_high_rate_keeps_all_and_grows_no_memory(follower: _Follower) -> None:
    path, rng = follower._path, Random(8)
    memory, handles = [], []
    for _ in range(HOURS):
        with Session(path, writable=True) as session:
            for _ in range(3600 // EVERY_S):
                _work(session, rng)
            judgements = [one.annotation for one in session.reviews.judgements("Dr. Day")]
        with Session(path) as again:
            assert [one.annotation for one in again.reviews.judgements("Dr. Day")] == judgements
            assert judgements
        memory.append(int(Path("/proc/self/statm").read_text().split()[1]) * 4096)
        handles.append(len([*Path("/proc/self/fd").iterdir()]))
    assert follower.reads >= HOURS
    assert max(handles) <= handles[0] + 2
    assert memory[-1] - memory[1] < 32 << 20


def _work(session: Session, rng: Random) -> None:
    """What a coder does next: mostly judge, sometimes take that back or do it again."""
    if rng.random() < 0.2 and session.edits.undoable("Dr. Day") is not None:
        session.edits.undo("Dr. Day")
        if rng.random() < 0.5:
            session.edits.redo("Dr. Day")
        return
    start = rng.randrange(FRAMES - 4)
    place(session, "Dr. Day", at(start, start + rng.randint(1, 4), rng.choice(("AU01", "AU06", "AU12"))))
