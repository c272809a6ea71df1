import os
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tpviewer.core.errors import MissingResultError, SessionError
from tpviewer.core.stages import Stage
from tpviewer.store.faces import FaceRow
from tpviewer.store.schema import APPLICATION_ID, SCHEMA_VERSION
from tpviewer.store.session import Session
from tpviewer.store.steps import StepState


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "päth with blank" / "a session.tpv"


@pytest.fixture
def session(path: Path) -> Session:
    path.parent.mkdir()
    with Session(path, writable=True) as opened:
        yield opened


def face(frame: int, number: int = 0) -> FaceRow:
    rng = np.random.default_rng([frame, number])
    return FaceRow(
        frame=frame,
        face=number,
        box=np.array([100, 80, 200, 240], np.float32),
        score=0.9,
        pose=rng.normal(size=3).astype(np.float32),
        brightness=120.0,
        blur=3.0,
        mesh=rng.uniform(60, 360, (468, 2)).astype(np.float32),
    )


def test_a_closed_session_is_one_single_recognisable_file(path: Path) -> None:
    path.parent.mkdir()
    Session(path, writable=True).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert raw.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    raw.close()


def test_faces_come_back_with_their_meshes(session: Session) -> None:
    with session.transaction():
        session.faces.add([face(3), face(3, 1), face(5)], [4])
    (first, second), columns = session.faces.at(3), session.faces.columns()
    assert (first.face, second.face) == (0, 1)
    np.testing.assert_allclose(first.mesh, face(3).mesh, atol=240 / 16_000)
    np.testing.assert_array_equal(
        session.faces.mesh_points(5, 0, [2, 33]), session.faces.at(5)[0].mesh[[2, 33]]
    )
    assert columns.frame.tolist() == [3, 3, 5]
    np.testing.assert_array_equal(columns.box[2], face(5).box)
    assert session.faces.unreadable() == [4]


def test_no_faces_are_empty_columns(session: Session) -> None:
    assert session.faces.columns().box.shape == (0, 4)


def test_logits_of_frames_without_a_face_are_nan(session: Session) -> None:
    logits = np.arange(6, dtype=np.float32).reshape(2, 3)
    with session.transaction():
        session.predictions.add([1, 3], logits)
    got = session.predictions.logits(4, 3)
    assert np.isnan(got[[0, 2]]).all()
    np.testing.assert_array_equal(got[[1, 3]], logits)
    np.testing.assert_array_equal(session.predictions.logits(1, 3, start=3), logits[1:])


def test_relevance_is_found_by_action_unit_and_frame(session: Session) -> None:
    maps = np.random.default_rng(0).normal(size=(3, 8, 8)).astype(np.float32)
    with session.transaction():
        session.relevance.add([(0, 2), (1, 2), (1, 7)], maps)
    assert session.relevance.frames(1).tolist() == [2, 7]
    assert session.relevance.stored(0, 5) == {(0, 2), (1, 2)}
    np.testing.assert_allclose(session.relevance.get(1, 7), maps[2], atol=2e-3)
    assert session.relevance.get(0, 7) is None
    with pytest.raises(MissingResultError, match="frame 7"):
        list(session.relevance.maps(0, np.array([7])))


def test_crops_come_back_exactly(session: Session) -> None:
    crop = np.arange(12, dtype=np.uint8).reshape(3, 4)
    session.predictions.add_crop(9, crop)
    np.testing.assert_array_equal(session.predictions.crop(9), crop)
    assert session.predictions.crop(8) is None


def test_stages_come_back_in_order(session: Session) -> None:
    stages = [
        Stage(0, 3, (), False, 1.0),
        Stage(3, 9, (("AU01", 0), ("AU02", 27)), False, 0.5),
        Stage(9, 10, (), True, 1.0),
    ]
    with session.transaction():
        session.results.put_stages("steady", "absorbed", stages)
    assert session.stages("absorbed", "steady") == stages
    assert session.stages("raw", "steady") == []


def test_a_transaction_that_fails_leaves_nothing(session: Session) -> None:
    def write_and_fail() -> None:
        with session.transaction():
            session.meta.put("a", 1)
            session.steps.put("faces", StepState("c", "", 1, 2))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        write_and_fail()
    assert session.meta.get("a") is None
    assert session.steps.get("faces") is None


def test_a_reader_sees_what_a_writer_committed(path: Path, session: Session) -> None:
    with session.transaction():
        session.meta.put("a", [1, 2])
    with Session(path) as reader:
        assert reader.meta.get("a") == [1, 2]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match=r"gone\.tpv: no such session file"):
        Session(tmp_path / "gone.tpv")


def test_a_file_that_is_no_session_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.tpv"
    text.write_text("not a database at all, but long enough to be looked at " * 40)
    before = text.read_bytes()
    for writable in (False, True):
        with pytest.raises(SessionError, match=r"notes\.tpv: not a session or damaged"):
            Session(text, writable)
    assert text.read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.tpv"
    raw = sqlite3.connect(other)
    raw.execute("CREATE TABLE t (x)")
    raw.commit()
    raw.close()
    for writable in (False, True):
        with pytest.raises(SessionError, match="not a TPViewer session"):
            Session(other, writable)


def test_a_session_from_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    Session(path, writable=True).close()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    raw.close()
    before = path.read_bytes()
    for writable in (False, True):
        with pytest.raises(SessionError, match="written by a newer TPViewer"):
            Session(path, writable)
    assert path.read_bytes() == before


def test_a_damaged_session_says_so(path: Path) -> None:
    path.parent.mkdir()
    with Session(path, writable=True) as session, session.transaction():
        for number in range(200):
            session.arrays.put(f"x{number}", np.random.default_rng(number).normal(size=200))
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 30] = os.urandom(4096 * 27)
    path.write_bytes(data)

    def read_all() -> None:
        with Session(path) as session:
            for number in range(200):
                session.arrays.get(f"x{number}")

    with pytest.raises(SessionError, match="damaged"):
        read_all()


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="the folder does not exist"):
        Session(tmp_path / "nowhere" / "a.tpv", writable=True)


def test_a_full_disk_keeps_what_was_committed(path: Path, session: Session) -> None:
    with session.transaction() as connection:
        session.meta.put("kept", True)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    session._db.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with (
        pytest.raises(SessionError, match=r"the disk is full.*run the same command again"),
        session.transaction(),
    ):
        session.arrays.put("big", np.random.default_rng(0).normal(size=100_000))
    assert session.meta.get("kept") is True
    assert session.arrays.get("big") is None


def test_a_session_on_read_only_media_can_be_read(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    writer = Session(path, writable=True)
    with writer.transaction():
        writer.meta.put("a", 1)
    copy = tmp_path / "copy"
    shutil.copytree(path.parent, copy)  # as a killed program leaves it: with its log
    writer.close()
    Session(path).close()
    target = copy / path.name
    with Session(target) as reader:
        assert reader.meta.get("a") == 1
