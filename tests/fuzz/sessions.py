"""Sessions with damaged bytes, and sessions whose tables hold what no program wrote."""

import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import numpy as np

from tests.export.made_session import PROFILE, make_session, states_of
from tests.fuzz.damage import damaged
from tests.fuzz.target import Target
from tests.media.clips import make_clip
from tests.models.tiny import AUS
from tests.store.judged import at, place
from tpviewer.core.errors import EmptySessionError
from tpviewer.export.summary import summary
from tpviewer.export.tables import write_csv
from tpviewer.store.card import read_card
from tpviewer.store.deletion import deletable
from tpviewer.store.faces import FaceRow
from tpviewer.store.raters import session_tracks
from tpviewer.store.session import Session
from tpviewer.store.snapshot_reader import SnapshotReader
from tpviewer.store.steps import StepState

FRAMES = 40
_STEPS = ("faces", "track", "predict", "relevance", "ground", f"cluster/{PROFILE}")

Spoil = Callable[[sqlite3.Connection, Random], None]


class Sessions(Target):
    """Finished, reviewed sessions; every second one is damaged within SQLite's rules."""

    name = "session"

    def samples(self, folder: Path) -> list[Path]:
        video = make_clip(folder / "video.mp4", FRAMES)
        return [finished(make_session(folder / "0.tpv", video, states_of(FRAMES, 12, (10, 14))))]

    def variant(self, sample: Path, rng: Random, place: Path) -> Path:
        path = place / "session.tpv"
        if rng.random() < 0.5:
            path.write_bytes(damaged(sample.read_bytes(), rng))
            return path
        shutil.copyfile(sample, path)
        connection = sqlite3.connect(path)
        with connection:
            rng.choice(SPOILS)(connection, rng)
        connection.close()
        return path

    def use(self, path: Path) -> None:
        deletable(path)
        try:
            read_card(path)
        except EmptySessionError:
            return
        with SnapshotReader(path) as reader:
            reader.read()
        with Session(path) as session:
            session_tracks(session)
            summary(session)
            _maps(session)
        self._use_copy(path)

    def _use_copy(self, path: Path) -> None:
        """What writes is done to a copy; the session itself must not change."""
        folder = path.parent.parent / "written"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        with Session(path) as session:
            write_csv(session, folder / "table.csv")
        copy = folder / path.name
        shutil.copyfile(path, copy)
        with Session(copy, writable=True) as session, session.transaction():
            place(session, "Dr. Weber", at(20, 24))


def _maps(session: Session) -> None:
    for place_, _ in enumerate(session.aus):
        for relevance in session.relevance.maps(place_, session.relevance.frames(place_)):
            assert np.isfinite(relevance).all()
    for frame in range(session.video.frames):
        session.faces.at(frame)
        session.predictions.crop(frame)


def finished(path: Path) -> Path:
    """The same session with faces, steps, grounding, crops and a review."""
    with Session(path, writable=True) as session, session.transaction():
        seen = session.arrays.require("seen")
        box = np.array([0, 0, 90, 90], np.float32)
        mesh = np.zeros((478, 2), np.float32) + 40
        frames = np.flatnonzero(seen)
        pose = np.zeros(3, np.float32)
        session.faces.add([FaceRow(int(f), 0, box, 0.9, pose, 120.0, 30.0, mesh) for f in frames], [11])
        session.arrays.put("track/of_face", np.zeros(len(frames), np.int64))
        session.arrays.put("track/pose", np.where(seen[:, None], 0.0, np.nan).astype(np.float32).repeat(3, 1))
        session.arrays.put("track/box", np.where(seen[:, None], box, np.nan).astype(np.float32))
        for name in ("score", "brightness", "blur"):
            session.arrays.put(f"track/{name}", np.where(seen, 1.0, np.nan).astype(np.float32))
        for step in _STEPS:
            session.steps.put(step, StepState(step, "", FRAMES, FRAMES))
        session.relevance.put_grounding(0, np.full((FRAMES, len(AUS)), 0.5, np.float16))
        session.predictions.add_crop(0, np.full((96, 96), 7, np.uint8))
        session.meta.put("view", {"playhead": 3, "top_x": 25, "au": "AU12"})
    with Session(path, writable=True) as session:
        place(session, "Dr. Weber", at(2, 9), seconds=3.0)
        place(session, "M. Roth", at(5, 12, "AU25", "absent"))
        session.reviews.mark_done("M. Roth", 0, 20)
        session.reviews.commit("M. Roth")
    return path


def _any(connection: sqlite3.Connection, rng: Random, column: str, table: str) -> str:
    values = connection.execute(f"SELECT {column} FROM {table} ORDER BY {column}").fetchall()
    return str(rng.choice(values)[0])


def _other_meta(connection: sqlite3.Connection, rng: Random) -> None:
    values = ("", "{", "null", "[]", "7", '"x"', "{}", "[[1]]", "1e999", "NaN", '{"frames": 99999999999}')
    key = _any(connection, rng, "key", "meta")
    connection.execute("UPDATE meta SET value = ? WHERE key = ?", (rng.choice(values), key))


def _other_field(connection: sqlite3.Connection, rng: Random) -> None:
    """One value of the record of the video or the provenance."""
    key = rng.choice(("video", "provenance", "model"))
    (text,) = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    record = json.loads(text)
    field = rng.choice([*record])
    if rng.random() < 0.2:
        del record[field]
    else:
        record[field] = rng.choice((None, -1, 0, 10**12, 1.5, "x", [], [0, 0], ["AU99"], {}, True))
    connection.execute("UPDATE meta SET value = ? WHERE key = ?", (json.dumps(record), key))


def _other_array(connection: sqlite3.Connection, rng: Random) -> None:
    name = _any(connection, rng, "name", "array")
    column, value = rng.choice(
        (
            ("dtype", "O"),
            ("dtype", "<i2"),
            ("dtype", "V1000000"),
            ("dtype", "nonsense"),
            ("shape", "[99999999999]"),
            ("shape", "[-1]"),
            ("shape", "[3"),
            ("shape", "[0]"),
            ("shape", '["a"]'),
            ("data", b""),
            ("data", rng.randbytes(50)),
        )
    )
    connection.execute(f"UPDATE array SET {column} = ? WHERE name = ?", (value, name))


def _bomb(connection: sqlite3.Connection, rng: Random) -> None:
    """Three megabytes that would inflate to three gigabytes."""
    deflater = zlib.compressobj(9)
    first, again = (deflater.compress(bytes(1 << 24)) + deflater.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    data = first + 200 * again
    name = _any(connection, rng, "name", "array")
    connection.execute("UPDATE array SET data = ? WHERE name = ?", (data, name))
    connection.execute("UPDATE relevance SET data = ?", (b"\x60\x00\x60\x00" + data,))


def _no_rows(connection: sqlite3.Connection, rng: Random) -> None:
    table = rng.choice(("meta", "step", "array", "face", "prediction", "relevance", "cluster", "stage"))
    column = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]
    value = _any(connection, rng, column, table)
    connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (value,))


def _no_table(connection: sqlite3.Connection, rng: Random) -> None:
    connection.execute(f"DROP TABLE {rng.choice(('meta', 'step', 'array', 'face', 'stage', 'edit', 'crop'))}")


def _other_numbers(connection: sqlite3.Connection, rng: Random) -> None:
    table, column = rng.choice(
        (
            ("step", "done"),
            ("step", "total"),
            ("stage", "start"),
            ("stage", "stop"),
            ("stage", "parts"),
            ("stage", "purity"),
            ("cluster", "summary"),
            ("face", "frame"),
            ("face", "width"),
            ("face", "mesh"),
            ("prediction", "frame"),
            ("prediction", "logits"),
            ("relevance", "frame"),
            ("relevance", "scale"),
            ("relevance", "data"),
            ("crop", "data"),
            ("edit", "value"),
            ("edit", "undone"),
            ("unreadable", "frame"),
        )
    )
    (row,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    which = rng.randrange(max(row, 1))
    key = connection.execute(f"SELECT {column} FROM {table} LIMIT 1 OFFSET ?", (which,)).fetchone()[0]
    value = rng.choice(
        (-1, 10**15, 0, "x", "[]", "{}", '{"changes": 7}', b"", b"\x00" * 7, 1e308, "Infinity")
    )
    with suppress(sqlite3.IntegrityError):  # a column that takes no such value
        connection.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} IS ?", (value, key))


def _trigger(connection: sqlite3.Connection, rng: Random) -> None:
    """Code within SQLite: a table that is a view, or a trigger that takes back what is written."""
    if rng.random() < 0.5:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON edit BEGIN DELETE FROM edit; END")
    else:
        connection.execute("ALTER TABLE crop RENAME TO crop_")
        connection.execute(
            "CREATE VIEW crop AS WITH RECURSIVE n(frame) AS (SELECT 0 UNION ALL SELECT frame + 1 FROM n)"
            " SELECT frame, '' AS data FROM n"
        )


SPOILS: tuple[Spoil, ...] = (
    *(_other_meta, _other_field, _other_array, _no_rows, _no_table, _other_numbers, _other_numbers),
    *(_other_field, _other_array, _bomb, _trigger),
)
