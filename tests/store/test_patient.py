"""Pseudonym and consent, cards of sessions, and what a deletion takes along."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tests.store.judged import at, place
from tests.store.listed import STAGES, listed
from tpviewer.core.errors import SessionError
from tpviewer.store.card import read_card
from tpviewer.store.deletion import deletable, delete_session
from tpviewer.store.patient import Patient, patient_of, put_patient, shown_name, shown_video
from tpviewer.store.session import VIEW, Session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return listed(tmp_path / "a.tpv", tmp_path / "Erika Mustermann.mp4")


def test_a_pseudonym_stands_for_the_name_of_the_video_and_who_gave_it_is_kept(path: Path) -> None:
    with Session(path, writable=True) as session:
        assert patient_of(session) == Patient()
        assert shown_name(session) == "Erika Mustermann.mp4"
        put_patient(session, "Dr. A", " P-017 ", "")
        put_patient(session, "Dr. B", "P-017", "research, until 2030")
        put_patient(session, "Dr. C", "P-017", "research, until 2030 ")
    with Session(path) as session:
        patient = patient_of(session)
        assert (shown_name(session), shown_video(session)) == ("P-017", "P-017")
        assert patient.consent == "research, until 2030"
        assert [(note.author, note.changed) for note in patient.notes] == [
            ("Dr. A", ("pseudonym",)),
            ("Dr. B", ("consent",)),
        ]
        assert all(note.made_at.endswith("+00:00") for note in patient.notes)


def test_a_pseudonym_that_is_replaced_or_taken_back_leaves_no_trace_in_the_notes(path: Path) -> None:
    with Session(path, writable=True) as session:
        put_patient(session, "Dr. A", "Erika M.", "")
        put_patient(session, "Dr. A", "", "")
    assert b"Erika M." not in path.read_bytes()
    with Session(path) as session:
        assert shown_name(session) == "Erika Mustermann.mp4"
        assert len(patient_of(session).notes) == 2


def test_a_card_tells_length_stages_and_how_far_each_reviewer_is(path: Path) -> None:
    with Session(path, writable=True) as session:
        place(session, "Ann", at(3, 9))
        session.reviews.mark_done("Ann", 0, 50, 2.0)
        place(session, "Bob", at(3, 9))
        put_patient(session, "Ann", "P-017", "")
    card = read_card(path)
    assert (card.session, card.video.name, card.pseudonym) == (path, "Erika Mustermann.mp4", "P-017")
    assert (card.complete, card.seconds, card.stages) == (True, 2.4, len(STAGES))
    assert card.reviewed == (("Ann", 2), ("Bob", 0))


def test_a_card_shows_the_first_frame_with_a_face_or_the_one_that_was_looked_at_last(path: Path) -> None:
    sitting = read_card(path).sitting
    assert sitting is not None
    assert (sitting.frame, sitting.pts, sitting.box) == (7, 14, (4.0, 4.0, 20.0, 20.0))
    with Session(path, writable=True) as session:
        session.meta.put(VIEW, {"playhead": 30})
    assert read_card(path).sitting == sitting
    with Session(path, writable=True) as session:
        session.meta.put(VIEW, {"playhead": 7})
    assert read_card(path).sitting == sitting


def test_a_card_of_an_unfinished_session_counts_no_stages(tmp_path: Path) -> None:
    card = read_card(listed(tmp_path / "b.tpv", tmp_path / "b.mp4", complete=False, face_at=None))
    assert (card.complete, card.stages, card.sitting) == (False, 0, None)


def test_a_deletion_takes_the_session_with_its_logs_and_never_the_video(path: Path, tmp_path: Path) -> None:
    video, other = tmp_path / "Erika Mustermann.mp4", tmp_path / "a.tpv.txt"
    for kept in (video, other):
        kept.write_text("kept")
    with Session(path, writable=True) as session:
        session.predictions.add_crop(3, np.zeros((4, 4), np.uint8))
        place(session, "Ann", at(3, 9))
    open_log = sqlite3.connect(path)
    open_log.execute("PRAGMA journal_mode = WAL")
    open_log.execute("CREATE TABLE more (x)")
    found = deletable(path)
    assert {file.name for file in found.files} == {"a.tpv", "a.tpv-wal", "a.tpv-shm"}
    assert (found.crops, found.maps, found.judgements, found.reviewers) == (1, 0, 1, ("Ann",))
    assert found.bytes >= path.stat().st_size
    assert found.reviewed
    assert set(delete_session(path)) == set(found.files)
    open_log.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([video.name, other.name])


def test_a_damaged_session_can_be_deleted_and_anything_else_cannot(tmp_path: Path) -> None:
    damaged, video = tmp_path / "a.tpv", tmp_path / "a.mp4"
    for file in (damaged, video):
        file.write_bytes(b"rubbish")
    assert not deletable(damaged).reviewed
    delete_session(damaged)
    assert not damaged.exists()
    with pytest.raises(SessionError, match="no such session"):
        delete_session(damaged)
    with pytest.raises(SessionError, match="not a session"):
        delete_session(video)
    assert video.exists()
