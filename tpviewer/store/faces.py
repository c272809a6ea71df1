"""Faces found in each frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.store.database import Database

_MESH_STEPS = 16_000  # mesh points are kept to this fraction of the larger side of the face box
_COLUMNS = "frame, face, x, y, width, height, score, yaw, pitch, roll, brightness, blur"


@dataclass(frozen=True)
class FaceRow:
    """One face in one frame.

    Attributes
    ----------
    frame, face : int
        Frame number and number of the face within the frame.
    box : (4,) float32
        x, y, width, height in pixels of the upright frame.
    score : float
        Detector confidence, 0 to 1.
    pose : (3,) float32
        Yaw, pitch, roll in degrees.
    brightness, blur : float
        Mean grey level (0 to 255) and sharpness of the face box.
    mesh : (P, 2) float32
        Face mesh, pixels, kept to a 16,000th of the larger side of the box.
    """

    frame: int
    face: int
    box: NDArray[np.float32]
    score: float
    pose: NDArray[np.float32]
    brightness: float
    blur: float
    mesh: NDArray[np.float32]


@dataclass(frozen=True)
class FaceColumns:
    """All faces of a session without their meshes, as columns ordered by frame and face.

    Attributes
    ----------
    frame, face : (F,) int64
    box : (F, 4) float32, pixels
    score : (F,) float32
    pose : (F, 3) float32, degrees
    brightness, blur : (F,) float32
    """

    frame: NDArray[np.int64]
    face: NDArray[np.int64]
    box: NDArray[np.float32]
    score: NDArray[np.float32]
    pose: NDArray[np.float32]
    brightness: NDArray[np.float32]
    blur: NDArray[np.float32]


class FaceTable:
    """Faces and unreadable frames."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, rows: Sequence[FaceRow], unreadable: Sequence[int]) -> None:
        """Store the faces of a batch and the numbers of its frames that did not decode."""
        with self._db.errors():
            self._db.connection.executemany(
                "INSERT OR REPLACE INTO face VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_pack(row) for row in rows],
            )
            self._db.connection.executemany(
                "INSERT OR REPLACE INTO unreadable VALUES (?)", [(frame,) for frame in unreadable]
            )

    def clear(self) -> None:
        """Forget all faces."""
        self._db.query("DELETE FROM face")
        self._db.query("DELETE FROM unreadable")

    def unreadable(self) -> list[int]:
        """Return the numbers of frames that did not decode."""
        return [row[0] for row in self._db.query("SELECT frame FROM unreadable ORDER BY frame")]

    def at(self, frame: int) -> list[FaceRow]:
        """Return the faces of one frame, with their meshes."""
        rows = self._db.query("SELECT * FROM face WHERE frame = ? ORDER BY face", (frame,))
        with self._db.content():
            return [_unpack(row) for row in rows]

    def first_frame(self) -> int | None:
        """Return the first frame with a face, None while there is none."""
        row = self._db.query("SELECT frame FROM face ORDER BY frame LIMIT 1").fetchone()
        return int(row[0]) if row else None

    def columns(self, start: int = 0) -> FaceColumns:
        """Return all faces from frame `start` on, without their meshes."""
        rows = self._db.query(f"SELECT {_COLUMNS} FROM face WHERE frame >= ? ORDER BY frame, face", (start,))
        with self._db.content():
            table = np.asarray(rows.fetchall(), dtype=np.float64).reshape(-1, 12)
        single = table.astype(np.float32)
        return FaceColumns(
            frame=table[:, 0].astype(np.int64),
            face=table[:, 1].astype(np.int64),
            box=single[:, 2:6],
            score=single[:, 6],
            pose=single[:, 7:10],
            brightness=single[:, 10],
            blur=single[:, 11],
        )

    def mesh_points(self, frame: int, face: int, points: Sequence[int]) -> NDArray[np.float32]:
        """Return some mesh points (n, 2) of one face, pixels.

        Raises
        ------
        KeyError
            If there is no such face.
        """
        row = self._db.query(
            "SELECT x, y, width, height, mesh FROM face WHERE frame = ? AND face = ?", (frame, face)
        ).fetchone()
        if row is None:
            raise KeyError((frame, face))
        with self._db.content():
            return _mesh(np.asarray(row[:4], np.float64), row[4])[list(points)]


def _pack(row: FaceRow) -> tuple[object, ...]:
    box = row.box.astype(np.float64)
    mesh = np.round((row.mesh - box[:2]) / box[2:].max() * _MESH_STEPS)
    clipped = np.clip(mesh, -32768, 32767).astype("<i2")
    numbers = (*box.tolist(), row.score, *row.pose.tolist(), row.brightness, row.blur)
    return (row.frame, row.face, *numbers, clipped.tobytes())


def _mesh(box: NDArray[np.float64], data: bytes) -> NDArray[np.float32]:
    steps = np.frombuffer(data, dtype="<i2").reshape(-1, 2)
    mesh: NDArray[np.float64] = steps * (box[2:].max() / _MESH_STEPS) + box[:2]
    return mesh.astype(np.float32)


def _unpack(row: tuple[Any, ...]) -> FaceRow:
    values = np.asarray(row[2:12], dtype=np.float64)
    return FaceRow(
        frame=row[0],
        face=row[1],
        box=values[:4].astype(np.float32),
        score=row[6],
        pose=values[5:8].astype(np.float32),
        brightness=row[10],
        blur=row[11],
        mesh=_mesh(values[:4], row[12]),
    )
