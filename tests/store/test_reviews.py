"""What coders say is kept at once, undone one by one, and says who made it, when, how long and how."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.judged import annotations, at, begin, place
from tests.store.test_edits import as_version_1, cluster
from tpviewer.core.annotations import Annotation, Change, applied, lane, placed, reverse
from tpviewer.core.errors import ParameterError
from tpviewer.core.judgements import Judgement, claim
from tpviewer.store.edits import FINAL, UNDONE
from tpviewer.store.session import Session

ANN, BEN = "Ann", "Ben/2"
MANY = 6000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return begin(tmp_path / "a.tpv")


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with Session(path, writable=True) as opened:
        yield opened


def said(session: Session, reviewer: str = ANN) -> tuple[Annotation, ...]:
    return tuple(one.annotation for one in session.reviews.judgements(reviewer))


def one(session: Session, reviewer: str = ANN) -> Judgement:
    (found,) = session.reviews.judgements(reviewer)
    return found


def test_a_judgement_says_how_it_was_made(session: Session) -> None:
    first = at(3, 9)
    made_on = claim(np.ones(6, bool))
    place(session, ANN, first, seconds=4.5, blind=True, claims={first.key: made_on})
    found = one(session)
    assert (found.annotation, found.reviewer, found.seconds, found.blind) == (first, ANN, 4.5, True)
    assert (found.claim, found.source) == (made_on, "")
    assert found.made_at.endswith("+00:00")


def test_working_time_is_summed_and_the_rest_is_of_the_last_change(session: Session) -> None:
    first = at(3, 9)
    place(session, ANN, first, seconds=4.5, blind=True, claims={first.key: "a"}, source="x.eaf")
    place(session, ANN, replace(first, intensity=3), seconds=2.0)
    assert one(session).seconds == 6.5
    assert (one(session).blind, one(session).claim, one(session).source) == (False, "a", "x.eaf")
    place(session, ANN, replace(first, intensity=3, stop=20))
    assert one(session).claim == ""  # nobody said what the machine says of the new range
    session.edits.undo(ANN)
    assert (one(session).annotation.stop, one(session).claim) == (9, "a")


def test_what_gives_way_stays_as_it_was_made(session: Session) -> None:
    place(session, ANN, at(0, 40), seconds=3.0, blind=True)
    before = one(session)
    place(session, ANN, at(10, 20, verdict="absent"), seconds=5.0)
    left, middle, right = session.reviews.judgements(ANN)
    assert [(j.annotation.start, j.annotation.stop) for j in (left, middle, right)] == [
        (0, 10),
        (10, 20),
        (20, 40),
    ]
    assert (left.made_at, left.blind, left.seconds) == (before.made_at, True, 3.0)
    assert (right.blind, right.seconds) == (True, 0.0)
    assert (middle.blind, middle.seconds) == (False, 5.0)


def test_reviewers_do_not_see_into_each_others_lanes(session: Session) -> None:
    place(session, ANN, at(0, 9))
    place(session, BEN, at(3, 5, verdict="absent"))
    assert session.reviews.reviewers() == (ANN, BEN)
    assert said(session) == (at(0, 9),)
    assert said(session, BEN) == (at(3, 5, verdict="absent"),)
    assert [j.reviewer for j in session.reviews.judgements()] == [ANN, BEN]
    session.edits.undo(ANN)
    assert session.reviews.reviewers() == (BEN,)


def test_undo_is_one_line_per_author_over_looks_and_judgements(session: Session) -> None:
    cluster(session, [0, 0, 1])
    place(session, ANN, at(0, 9))
    session.edits.add(ANN, "Merge", "steady/AU12", {}, b"")
    place(session, BEN, at(0, 9))
    place(session, ANN, at(20, 29))
    kinds = [session.edits.undo(ANN).kind for _ in range(3)]
    assert kinds == ["Place", "Merge", "Place"]
    assert session.edits.undoable(ANN) is None
    assert said(session, BEN)
    assert [session.edits.redo(ANN).kind for _ in range(3)] == ["Place", "Merge", "Place"]
    assert said(session) == (at(0, 9), at(20, 29))


def test_what_another_author_built_on_is_not_undone_under_them(session: Session) -> None:
    cluster(session, [0, 0, 1])
    session.edits.add(ANN, "Merge", "steady/AU12", {}, b"")
    session.edits.add(BEN, "Split", "steady/AU12", {}, b"")
    assert session.edits.undoable(ANN) is None
    assert session.edits.undo(BEN).kind == "Split"
    assert session.edits.undo(ANN).kind == "Merge"


def test_a_judgement_does_not_take_another_authors_redo_away(session: Session) -> None:
    place(session, ANN, at(0, 9))
    session.edits.undo(ANN)
    place(session, BEN, at(0, 9))
    assert session.edits.redoable(ANN) is not None
    place(session, ANN, at(5, 9))
    assert session.edits.redoable(ANN) is None


def test_judgements_apply_whatever_is_analysed_again(session: Session) -> None:
    cluster(session, [0, 0, 1])
    place(session, ANN, at(0, 9))
    cluster(session, [0, 1, 1])
    assert said(session) == (at(0, 9),)
    assert session.edits.undoable(ANN) is not None


def test_committing_is_for_good(session: Session) -> None:
    place(session, ANN, at(0, 9), blind=True)
    place(session, ANN, at(20, 29), blind=True)
    session.edits.undo(ANN)
    assert not session.reviews.committed(ANN)
    session.reviews.commit(ANN, 3.0)
    assert session.reviews.committed(ANN)
    assert session.edits.undoable(ANN) is None
    assert session.edits.redoable(ANN) is None
    assert said(session) == (at(0, 9),)
    place(session, ANN, at(30, 39))
    assert session.edits.undo(ANN).kind == "Place"
    assert session.edits.undoable(ANN) is None
    for again in (lambda: session.reviews.commit(ANN), lambda: place(session, ANN, at(0, 2), blind=True)):
        with pytest.raises(ParameterError, match="has ended blind coding"):
            again()
    assert not session.reviews.committed(BEN)


def test_stretches_that_were_looked_through_join_and_can_be_undone(session: Session) -> None:
    for start, stop in ((0, 10), (20, 30), (10, 15), (22, 25)):
        session.reviews.mark_done(ANN, start, stop, 1.0)
    assert session.reviews.done(ANN) == ((0, 15), (20, 30))
    session.edits.undo(ANN)
    session.edits.undo(ANN)
    assert session.reviews.done(ANN) == ((0, 10), (20, 30))
    assert session.reviews.done(BEN) == ()
    with pytest.raises(ParameterError, match="no range of frames 0 to 60"):
        session.reviews.mark_done(ANN, 50, 61, 0.0)


def test_to_accept_a_stage_is_one_step_of_undo(session: Session) -> None:
    brow, smile = at(5, 20), at(5, 20, "AU12")
    session.reviews.change(ANN, [Change(None, one) for one in (brow, smile)], "Accept", done=(5, 20))
    session.edits.undo(ANN)
    assert (session.reviews.judgements(ANN), session.reviews.done(ANN)) == ((), ())
    assert session.edits.undoable(ANN) is None
    session.edits.redo(ANN)
    assert [one.annotation for one in session.reviews.judgements(ANN)] == [brow, smile]
    assert session.reviews.done(ANN) == ((5, 20),)
    session.reviews.change(ANN, (), "Accept", done=(20, 30))  # all of it was judged before
    assert session.reviews.done(ANN) == ((5, 30),)
    for nothing in (None, (50, 61), (9, 9)):
        with pytest.raises(ParameterError):
            session.reviews.change(ANN, (), "Accept", done=nothing)


def test_the_log_tells_what_was_done_in_order_what_was_undone_too(session: Session) -> None:
    changes = place(session, ANN, at(0, 9), seconds=2.0, blind=True)
    session.reviews.mark_done(ANN, 0, 9, 1.5)
    session.edits.undo(ANN)
    session.reviews.commit(BEN, 7.0)
    placing, marking, commit = session.reviews.log()
    assert (placing.reviewer, placing.kind, placing.seconds, placing.blind) == (ANN, "Place", 2.0, True)
    assert placing.changes == changes
    assert (marking.done, marking.undone) == ((0, 9), UNDONE)
    assert (commit.reviewer, commit.kind, commit.seconds, commit.undone) == (BEN, "Commit", 7.0, FINAL)


def test_an_import_names_its_file(session: Session) -> None:
    several = [Change(None, at(0, 5)), Change(None, at(5, 9)), Change(None, at(0, 9, "AU12"))]
    session.reviews.change("rater 2", several, "Import", source="rater 2.eaf")
    assert {one.source for one in session.reviews.judgements("rater 2")} == {"rater 2.eaf"}
    session.edits.undo("rater 2")
    assert session.reviews.judgements() == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ([], "no change"),
        ([Change(None, at(50, 61))], "no range"),
        ([Change(None, at(5, 12))], "would overlap"),
        ([Change(at(0, 8), None)], "changed meanwhile"),
        ([Change(replace(at(0, 9), intensity=2), None)], "changed meanwhile"),
        ([Change(None, replace(at(0, 9), start=30, stop=40))], "with this key already"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    session: Session, changes: list[Change], problem: str
) -> None:
    place(session, ANN, at(0, 9))
    with pytest.raises(ParameterError, match=problem):
        session.reviews.change(ANN, changes, "Place")
    assert said(session) == (at(0, 9),)
    assert len(session.edits.all()) == 1


def test_without_a_name_nobody_judges(session: Session) -> None:
    with pytest.raises(ParameterError, match="no name"):
        place(session, "  ", at(0, 9))


def test_a_transaction_that_fails_leaves_nothing_behind(session: Session) -> None:
    place(session, ANN, at(0, 9))

    def fail() -> None:
        with session.transaction():
            place(session, ANN, at(20, 29))
            assert said(session) == (at(0, 9), at(20, 29))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert said(session) == (at(0, 9),)


def test_another_connection_is_followed(session: Session, path: Path) -> None:
    with Session(path) as reader:
        assert reader.reviews.judgements() == ()
        place(session, ANN, at(0, 9))
        assert said(reader) == (at(0, 9),)
        session.edits.undo(ANN)
        assert said(reader) == ()


def test_an_older_file_is_read_unchanged_and_has_no_judgements(path: Path) -> None:
    as_version_1(path)
    before = path.read_bytes()
    with Session(path) as session:
        assert session.reviews.judgements() == ()
        assert session.reviews.reviewers() == ()
        assert session.reviews.log() == ()
        assert session.edits.undoable(ANN) is None
    assert path.read_bytes() == before


EDITS = st.lists(
    st.one_of(
        annotations(st.sampled_from(["one", "two"]) | st.uuids().map(str)),
        st.integers(0, 9),
        st.sampled_from(["undo", "redo", "done"]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_edit_then_undo_is_identity_and_redo_is_the_edit_again(session: Session, edits: list[object]) -> None:
    """Any history, kept in a list of states beside the file."""
    name = f"coder {len(session.reviews.log())}"
    with session.transaction():  # one wait for the disk an example
        expected = follow(session, name, edits)
    assert session.reviews.judgements(name) == expected


def follow(session: Session, name: str, edits: list[object]) -> tuple[Judgement, ...]:
    states = [(session.reviews.judgements(name), session.reviews.done(name))]
    now = 0
    for edit in edits:
        if edit in ("undo", "redo"):
            wanted = now + (1 if edit == "redo" else -1)
            if 0 <= wanted < len(states):
                getattr(session.edits, str(edit))(name)
                now = wanted
            else:
                with pytest.raises(ParameterError, match="nothing to"):
                    getattr(session.edits, str(edit))(name)
        elif make(session, name, edit):
            now += 1
            states[now:] = [(session.reviews.judgements(name), session.reviews.done(name))]
        assert (session.reviews.judgements(name), session.reviews.done(name)) == states[now]
        lanes: dict[str, list[Annotation]] = {}
        for found in said(session, name):
            lanes.setdefault(lane(found), []).append(found)
        for shown in lanes.values():
            assert all(first.stop <= second.start for first, second in pairwise(shown))
    return states[now][0]


def make(session: Session, name: str, edit: object) -> bool:
    """Place an annotation, remove one, or mark a stretch; False where none is there to remove."""
    present = said(session, name)
    if isinstance(edit, Annotation):
        session.reviews.change(name, placed(present, edit), "Place", seconds=1.0)
    elif edit == "done":
        session.reviews.mark_done(name, len(present), len(present) + 3, 1.0)
    elif present:
        session.reviews.change(name, [Change(present[int(str(edit)) % len(present)], None)], "Remove")
    return isinstance(edit, Annotation) or edit == "done" or bool(present)


@settings(deadline=None)
@given(st.lists(annotations(), max_size=8), annotations())
def test_the_reverse_of_what_was_applied_is_identity(older: list[Annotation], new: Annotation) -> None:
    present: tuple[Annotation, ...] = ()
    for old in older:
        present = applied(present, placed(present, old))
    changes = placed(present, new)
    after = applied(present, changes)
    assert new in after
    assert applied(after, reverse(changes)) == present


_HOW = "made_at, author, kind, subject, content"
_VALUE = """replace(replace(replace(value, 'AU04 0 15', ?), '"start": 0', ?), '"stop": 15', ?)"""


def test_many_thousand_edits_stay_quick(tmp_path: Path) -> None:
    path = begin(tmp_path / "many.tpv", frames=200_000)
    with Session(path, writable=True) as session:
        place(session, ANN, at(0, 15))
        with session.transaction() as connection:
            connection.executemany(
                f"INSERT INTO edit SELECT ?, {_HOW}, {_VALUE}, data, undone FROM edit WHERE id = 1",
                [(n, f"key {n}", f'"start": {20 * n}', f'"stop": {20 * n + 15}') for n in range(2, MANY + 1)],
            )
        began = time.process_time()
        place(session, ANN, at(150_000, 150_010))
        session.edits.undo(ANN)
        session.edits.redo(ANN)
        assert len(session.reviews.judgements()) == MANY + 1
        assert time.process_time() - began < 3.0, "seconds of work"


def test_the_file_itself_holds_what_was_acknowledged(session: Session, path: Path) -> None:
    place(session, ANN, at(0, 9))
    raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    assert raw.execute("SELECT subject FROM edit").fetchall() == [("review/Ann",)]
    raw.close()
