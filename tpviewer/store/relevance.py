"""Relevance maps per (Action Unit, frame), and how far each lies in its Action Unit's region."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MissingResultError
from tpviewer.store.arrays import ArrayTable
from tpviewer.store.codecs import decode_map, encode_map
from tpviewer.store.database import Database

GROUNDING_BLOCK = 64
"""Frames whose grounding is stored together; a block begins at a multiple of it."""


MapRow = tuple[int, int, float, bytes]
"""Action Unit index, frame, scale and data of a map: see `encode_map`."""


def encoded(pair: tuple[int, int], relevance: NDArray[np.float32]) -> MapRow:
    """Row of a relevance map (H, W), signed, of an (Action Unit index, frame)."""
    au, frame = pair
    return int(au), int(frame), *encode_map(relevance)


class RelevanceTable:
    """Signed relevance maps, float16 with a scale, by Action Unit index and frame."""

    def __init__(self, database: Database, arrays: ArrayTable) -> None:
        self._db = database
        self._arrays = arrays

    def add(self, pairs: Iterable[tuple[int, int]], maps: NDArray[np.float32]) -> None:
        """Store maps.

        Parameters
        ----------
        pairs : iterable of n (Action Unit index, frame)
        maps : (n, H, W) float32, signed
        """
        self.add_rows([encoded(pair, relevance) for pair, relevance in zip(pairs, maps, strict=True)])

    def add_rows(self, rows: Iterable[MapRow]) -> None:
        """Store maps that another thread has encoded with `encoded`."""
        with self._db.errors():
            self._db.connection.executemany("INSERT OR REPLACE INTO relevance VALUES (?, ?, ?, ?)", rows)

    def clear(self) -> None:
        """Forget all maps and what was measured on them."""
        self._db.query("DELETE FROM relevance")
        self.clear_grounding()

    def thin(self, every: int) -> None:
        """Forget the maps of all frames but each `every`-th."""
        self._db.query("DELETE FROM relevance WHERE frame % ? <> 0", (every,))

    def keep_only(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Forget all maps but those of some (Action Unit index, frame)."""
        rows = [row for pair in sorted(set(pairs)) for row in self._rows(*pair)]
        self._db.query("DELETE FROM relevance")
        self.add_rows(rows)

    def _rows(self, au: int, frame: int) -> list[MapRow]:
        return self._db.query("SELECT * FROM relevance WHERE au = ? AND frame = ?", (au, frame)).fetchall()

    def get(self, au: int, frame: int) -> NDArray[np.float32] | None:
        """Return one map (H, W) float32, None where none is stored."""
        row = self._db.query(
            "SELECT scale, data FROM relevance WHERE au = ? AND frame = ?", (au, frame)
        ).fetchone()
        with self._db.content():
            return decode_map(*row) if row else None

    def count(self) -> int:
        """Return how many maps are stored."""
        return int(self._db.query("SELECT count(*) FROM relevance").fetchone()[0])

    def size(self) -> int:
        """Return how many bytes the stored maps take."""
        return int(self._db.query("SELECT coalesce(sum(length(data)), 0) FROM relevance").fetchone()[0])

    def frames(self, au: int) -> NDArray[np.int64]:
        """Return the frames that have a map of `au`, ascending.

        Parameters
        ----------
        au : int
            Action Unit index.

        Returns
        -------
        (n,) int64
        """
        rows = self._db.query("SELECT frame FROM relevance WHERE au = ? ORDER BY frame", (au,))
        with self._db.content():
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

        Parameters
        ----------
        au : int
            Action Unit index.
        frames : (n,) int64

        Yields
        ------
        (H, W) float32, signed

        Raises
        ------
        MissingResultError
            If one of the frames has no map.
        """
        for frame in frames:
            relevance = self.get(au, int(frame))
            if relevance is None:
                raise MissingResultError(
                    f"{self._db.path}: damaged (it holds no relevance map of frame {frame}); analyse the"
                    " video again"
                )
            yield relevance

    def put_grounding(self, start: int, values: NDArray[np.float16]) -> None:
        """Store the grounding of the maps of a block of frames.

        Parameters
        ----------
        start : int
            First frame, a multiple of `GROUNDING_BLOCK`.
        values : (n, K) float16
            Of at most `GROUNDING_BLOCK` frames; NaN where there is no map, or nothing to measure on it.
        """
        self._arrays.put(_block_name(start), values)

    def grounding(self, n_aus: int, start: int, stop: int) -> NDArray[np.float16]:
        """Return the grounding (stop - start, K) float16 of frames [start, stop), NaN where none is stored.

        Parameters
        ----------
        n_aus : int
            Action Units of the model, K.
        start : int
            A multiple of `GROUNDING_BLOCK`.
        stop : int

        Returns
        -------
        (stop - start, K) float16
        """
        values = np.full((stop - start, n_aus), np.nan, np.float16)
        for first in range(start, stop, GROUNDING_BLOCK):
            block = self._arrays.get(_block_name(first))
            if block is not None:
                rows = min(len(block), stop - first)
                values[first - start : first - start + rows] = block[:rows]
        return values

    def clear_grounding(self) -> None:
        """Forget what was measured on the maps."""
        self._arrays.delete("grounding/")


def _block_name(start: int) -> str:
    return f"grounding/{start}"
