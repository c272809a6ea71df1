"""Relevance maps per (Action Unit, frame)."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from tpviewer.store.codecs import decode_map, encode_map
from tpviewer.store.database import Database


class RelevanceTable:
    """Signed relevance maps, float16 with a scale, by Action Unit index and frame."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, pairs: Iterable[tuple[int, int]], maps: NDArray[np.float32]) -> None:
        """Store maps.

        Parameters
        ----------
        pairs : iterable of n (Action Unit index, frame)
        maps : (n, H, W) float32, signed
        """
        rows = [
            (int(au), int(frame), *encode_map(relevance))
            for (au, frame), relevance in zip(pairs, maps, strict=True)
        ]
        with self._db.errors():
            self._db.connection.executemany("INSERT OR REPLACE INTO relevance VALUES (?, ?, ?, ?)", rows)

    def clear(self) -> None:
        """Forget all maps."""
        self._db.query("DELETE FROM relevance")

    def get(self, au: int, frame: int) -> NDArray[np.float32] | None:
        """Return one map (H, W) float32, None where none is stored."""
        row = self._db.query(
            "SELECT scale, data FROM relevance WHERE au = ? AND frame = ?", (au, frame)
        ).fetchone()
        return decode_map(*row) if row else None

    def frames(self, au: int) -> NDArray[np.int64]:
        """Return the frames that have a map of `au`, ascending."""
        rows = self._db.query("SELECT frame FROM relevance WHERE au = ? ORDER BY frame", (au,))
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def stored(self, start: int, stop: int) -> set[tuple[int, int]]:
        """Return the (Action Unit index, frame) pairs with a map in frames [start, stop)."""
        found: set[tuple[int, int]] = set()
        (count,) = self._db.query("SELECT coalesce(max(au), -1) FROM relevance").fetchone()
        for au in range(count + 1):
            rows = self._db.query(
                "SELECT frame FROM relevance WHERE au = ? AND frame >= ? AND frame < ?", (au, start, stop)
            )
            found.update((au, row[0]) for row in rows)
        return found

    def maps(self, au: int, frames: NDArray[np.int64]) -> Iterator[NDArray[np.float32]]:
        """Yield the maps of `au` for ascending `frames`, one at a time.

        Raises
        ------
        KeyError
            If one of the frames has no map.
        """
        for frame in frames:
            relevance = self.get(au, int(frame))
            if relevance is None:
                raise KeyError((au, int(frame)))
            yield relevance
