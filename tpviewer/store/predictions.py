"""Logits per frame, and the crops where the user wants them kept."""

import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tpviewer.store.codecs import inflate
from tpviewer.store.database import Database


class PredictionTable:
    """What the Action Unit model said of each frame with a face."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, frames: Iterable[int], logits: NDArray[np.float32]) -> None:
        """Store logits.

        Parameters
        ----------
        frames : iterable of n ints
        logits : (n, K) float32
        """
        rows = [(int(f), row.astype("<f4").tobytes()) for f, row in zip(frames, logits, strict=True)]
        with self._db.errors():
            self._db.connection.executemany("INSERT OR REPLACE INTO prediction VALUES (?, ?)", rows)

    def clear(self) -> None:
        """Forget all logits and crops."""
        self._db.query("DELETE FROM prediction")
        self._db.query("DELETE FROM crop")

    def logits(self, n_frames: int, n_aus: int, start: int = 0) -> NDArray[np.float32]:
        """Return logits of frames [start, start + n_frames), NaN where no face was seen.

        Returns
        -------
        (n_frames, n_aus) float32
        """
        result = np.full((n_frames, n_aus), np.nan, dtype=np.float32)
        rows = self._db.query(
            "SELECT frame, logits FROM prediction WHERE frame >= ? AND frame < ?", (start, start + n_frames)
        ).fetchall()
        with self._db.content():
            frames = np.fromiter((frame for frame, _ in rows), np.int64, len(rows))
            values = np.frombuffer(b"".join(data for _, data in rows), dtype="<f4")
            result[frames - start] = values.reshape(len(rows), n_aus)
        return result

    def add_crop(self, frame: int, crop: NDArray[np.uint8]) -> None:
        """Store the (H, W) uint8 crop of a frame."""
        header = np.asarray(crop.shape, dtype="<u2").tobytes()
        self._db.query(
            "INSERT OR REPLACE INTO crop VALUES (?, ?)", (frame, header + zlib.compress(crop.tobytes(), 1))
        )

    def crop_count(self) -> int:
        """Return how many crops are stored."""
        return int(self._db.query("SELECT count(*) FROM crop").fetchone()[0])

    def crop(self, frame: int) -> NDArray[np.uint8] | None:
        """Return the stored (H, W) uint8 crop of a frame, None where none is kept."""
        row = self._db.query("SELECT data FROM crop WHERE frame = ?", (frame,)).fetchone()
        if row is None:
            return None
        with self._db.content():
            height, width = (int(n) for n in np.frombuffer(row[0], dtype="<u2", count=2))
            flat = np.frombuffer(inflate(row[0][4:], height * width), dtype=np.uint8)
            return flat.reshape(height, width).copy()
