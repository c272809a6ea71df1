"""Whatever is damaged in a session, it is an error with the file's name, and memory stays bounded."""

import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.export.made_session import PROFILE, make_session, states_of
from tests.media.clips import make_clip
from tests.store.judged import at, place
from tpviewer.core.errors import SessionError
from tpviewer.export.summary import summary
from tpviewer.store.check import check
from tpviewer.store.codecs import decode_array, encode_array, inflate
from tpviewer.store.session import Session
from tpviewer.store.snapshot_reader import SnapshotReader


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    path = make_session(folder / "good.tpv", make_clip(folder / "a.mp4", 24), states_of(24, 6))
    with Session(path, writable=True) as session:
        place(session, "Dr. Weber", at(2, 9))
    return path


@pytest.fixture
def path(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(good, tmp_path / "damaged.tpv"))


def spoil(path: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(sql, values).rowcount != 0
    connection.close()


def told(path: Path) -> None:
    with Session(path) as session:
        summary(session)


def maps(path: Path) -> None:
    with Session(path) as session:
        for frame in session.relevance.frames(0):
            session.relevance.get(0, int(frame))


def snapshot(path: Path) -> None:
    with SnapshotReader(path) as reader:
        reader.read()


def test_a_good_session_fits_together(good: Path) -> None:
    with Session(good) as session:
        check(session)
    told(good)


VIDEO = "UPDATE meta SET value = json_set(value, '$.{}', json('{}')) WHERE key = 'video'"


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        ("UPDATE meta SET value = '{' WHERE key = 'video'", told),
        ("UPDATE meta SET value = '[7]' WHERE key = 'video'", snapshot),
        (VIDEO.format("frames", "999999999999"), snapshot),
        (VIDEO.format("frames", "12"), told),
        (VIDEO.format("time_base", "[1, 0]"), snapshot),
        (VIDEO.format("width", '"x"'), told),
        (VIDEO.format("surprise", "1"), told),
        ("UPDATE meta SET value = '{\"aus\": [1]}' WHERE key = 'model'", told),
        ("UPDATE array SET dtype = 'O' WHERE name = 'pts'", told),
        ("UPDATE array SET shape = '[9999999999]' WHERE name = 'pts'", told),
        ("UPDATE array SET shape = '[-1]' WHERE name = 'seen'", told),
        ("UPDATE array SET data = x'00' WHERE name = 'seen'", told),
        ("DELETE FROM array WHERE name = 'seen'", told),
        (f"DELETE FROM array WHERE name = '{PROFILE}/AU12/labels'", told),
        ("UPDATE stage SET stop = 10000 WHERE number = 2", told),
        ("UPDATE stage SET parts = '[[\"AU99\", 0]]' WHERE number = 2", told),
        ("UPDATE stage SET start = 'x' WHERE number = 2", told),
        ("UPDATE cluster SET summary = '{}'", told),
        ("UPDATE relevance SET data = x'ffffffff00'", maps),
        ("UPDATE relevance SET frame = x'' WHERE frame = (SELECT min(frame) FROM relevance)", maps),
        ("UPDATE relevance SET scale = 9e999", maps),
        ("UPDATE edit SET value = '[7]'", told),
        ("UPDATE edit SET value = cast(x'7b22ff227d' as text)", told),
        ("DROP TABLE face", snapshot),
    ],
)
def test_what_cannot_be_understood_is_named(path: Path, sql: str, read: Callable[[Path], None]) -> None:
    spoil(path, sql)
    before = path.read_bytes()
    with pytest.raises(SessionError, match=r"damaged\.tpv: .*(damaged|cannot be|not written)"):
        read(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON edit BEGIN DELETE FROM edit; END",
        "CREATE VIEW more AS WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
    ],
)
@pytest.mark.parametrize("writable", [False, True])
def test_a_session_with_code_in_it_is_refused(path: Path, sql: str, writable: bool) -> None:
    spoil(path, sql)
    with pytest.raises(SessionError, match="views or triggers"):
        Session(path, writable)


def test_an_array_is_inflated_no_further_than_it_claims() -> None:
    bomb = zlib.compress(bytes(1 << 26), 9)
    assert len(bomb) < 1 << 17
    with pytest.raises(ValueError, match="has not the 100 bytes"):
        inflate(bomb, 100)
    with pytest.raises(ValueError, match="larger than any"):
        inflate(bomb, 1 << 40)
    for short in (bomb[:1000], zlib.compress(b"")):
        with pytest.raises(ValueError, match="has not"):
            inflate(short, 100)
    assert inflate(zlib.compress(b""), 0) == b""


@pytest.mark.parametrize("shape", [(), (0,), (3, 0), (2, 3)])
def test_arrays_of_every_size_come_back(shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape, dtype=int), dtype=np.int16).reshape(shape)
    found = decode_array(*encode_array(array))
    assert found.shape == shape
    np.testing.assert_array_equal(found, array)


def test_the_record_of_the_video_is_read_as_it_was_written(good: Path) -> None:
    with Session(good) as session:
        stored = session.meta.get("video")
        assert json.loads(json.dumps(stored))["frames"] == session.video.frames == 24
