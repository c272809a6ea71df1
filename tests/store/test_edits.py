"""The log of edits outlives re-analysis, undo and the program."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tpviewer.core.errors import ParameterError
from tpviewer.store.edits import LIVE, SUPERSEDED, UNDONE
from tpviewer.store.schema import SCHEMA_VERSION
from tpviewer.store.session import Session
from tpviewer.store.steps import StepState

SUBJECT = "steady/AU12"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.tpv"
    with Session(path, writable=True) as session:
        cluster(session, [0, 0, 1])
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with Session(path, writable=True) as opened:
        yield opened


def cluster(session: Session, labels: list[int]) -> None:
    """Store a machine's clustering that edits can be made on."""
    session.steps.put("relevance", StepState("maps", "", 3, 3))
    session.arrays.put(f"{SUBJECT}/frames", np.array([4, 5, 6]))
    session.arrays.put(f"{SUBJECT}/labels", np.array(labels, np.int32))


def edit(session: Session, kind: str) -> None:
    session.edits.add("A. Expert", kind, SUBJECT, {"kind": kind}, kind.encode())


def states(session: Session) -> dict[str, int]:
    return {entry.kind: entry.undone for entry in session.edits.all()}


def as_version_1(path: Path) -> None:
    """Make a file as it was before there were edits."""
    raw = sqlite3.connect(path)
    raw.execute("DROP TABLE edit")
    raw.execute("PRAGMA user_version = 1")
    raw.commit()
    raw.close()


def version(path: Path) -> int:
    raw = sqlite3.connect(path)
    (number,) = raw.execute("PRAGMA user_version").fetchone()
    raw.close()
    return int(number)


def test_an_edit_says_who_did_what_to_what_and_when(session: Session) -> None:
    edit(session, "Merge")
    (found,) = session.edits.all()
    assert (found.author, found.kind, found.subject) == ("A. Expert", "Merge", SUBJECT)
    assert found.made_at.endswith("+00:00")
    assert found.value == {"kind": "Merge"}
    assert session.edits.data(found.number) == b"Merge"


def test_undo_goes_back_and_redo_forward_one_edit_at_a_time(session: Session) -> None:
    for kind in ("one", "two", "three"):
        edit(session, kind)
    assert [session.edits.undo().kind for _ in range(3)] == ["three", "two", "one"]
    assert session.edits.undoable() is None
    assert [session.edits.redo().kind for _ in range(3)] == ["one", "two", "three"]
    assert session.edits.redoable() is None


def test_an_edit_after_an_undo_keeps_the_undone_one_for_the_record_only(session: Session) -> None:
    edit(session, "one")
    edit(session, "two")
    session.edits.undo()
    edit(session, "three")
    assert states(session) == {"one": LIVE, "two": SUPERSEDED, "three": LIVE}
    with pytest.raises(ParameterError, match="nothing to redo"):
        session.edits.redo()
    session.edits.undo()
    assert states(session) == {"one": LIVE, "two": SUPERSEDED, "three": UNDONE}


def test_undo_and_redo_work_in_the_next_run_of_the_program(path: Path) -> None:
    with Session(path, writable=True) as session:
        edit(session, "one")
        edit(session, "two")
    with Session(path, writable=True) as session:
        assert session.edits.undo().kind == "two"
    with Session(path, writable=True) as session:
        assert session.edits.redoable().kind == "two"
        assert session.edits.redo().kind == "two"
        assert states(session) == {"one": LIVE, "two": LIVE}


def test_nothing_to_undo_is_said(session: Session) -> None:
    with pytest.raises(ParameterError, match="nothing to undo"):
        session.edits.undo()


def test_an_edit_applies_to_the_result_it_was_made_on(session: Session) -> None:
    edit(session, "one")
    cluster(session, [0, 1, 1])
    assert session.edits.applying() == []
    assert session.edits.undoable() is None
    assert states(session) == {"one": LIVE}
    cluster(session, [0, 0, 1])
    assert [entry.kind for entry in session.edits.applying()] == ["one"]


def test_what_has_no_result_cannot_be_edited(session: Session) -> None:
    with pytest.raises(ParameterError, match="no result of steady/AU45"):
        session.edits.add("A. Expert", "Merge", "steady/AU45", {}, b"")


def test_an_older_file_is_read_unchanged_and_has_no_edits(path: Path) -> None:
    as_version_1(path)
    before = path.read_bytes()
    with Session(path) as session:
        assert session.edits.all() == []
        assert session.edits.undoable() is None
    assert path.read_bytes() == before


def test_an_older_file_that_is_written_gets_the_table_of_edits(path: Path) -> None:
    as_version_1(path)
    with Session(path, writable=True) as session:
        edit(session, "one")
        assert session.arrays.require(f"{SUBJECT}/labels").tolist() == [0, 0, 1]
    assert version(path) == SCHEMA_VERSION
    with Session(path) as session:
        assert states(session) == {"one": LIVE}
