"""Small named arrays and JSON values of a session."""

import json
from typing import Any

from numpy.typing import NDArray

from tpviewer.core.errors import MissingResultError
from tpviewer.store.codecs import decode_array, encode_array
from tpviewer.store.database import Database


class ArrayTable:
    """Named numeric arrays, kept exactly."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, name: str) -> NDArray[Any] | None:
        """Return the array `name`, None where there is none.

        It has the shape and the numeric type with which it was put.
        """
        row = self._db.query("SELECT dtype, shape, data FROM array WHERE name = ?", (name,)).fetchone()
        with self._db.content():
            return decode_array(*row) if row else None

    def require(self, name: str) -> NDArray[Any]:
        """Return the array `name`.

        It has the shape and the numeric type with which it was put.

        Raises
        ------
        MissingResultError
            If the step that writes it has not run.
        """
        array = self.get(name)
        if array is None:
            raise MissingResultError(
                f"{self._db.path}: damaged, or not analysed to the end (it holds no '{name}'); analyse the"
                " video again"
            )
        return array

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Store or replace the array `name`.

        It may be of any shape and of any type of integers, floats or booleans.
        """
        self._db.query("INSERT OR REPLACE INTO array VALUES (?, ?, ?, ?)", (name, *encode_array(array)))

    def copy(self, source: str, target: str) -> None:
        """Store each array whose name starts with `source` again, under a name that starts with `target`."""
        self._db.query(
            "INSERT OR REPLACE INTO array SELECT ? || substr(name, ?), dtype, shape, data FROM array"
            " WHERE substr(name, 1, ?) = ?",
            (target, len(source) + 1, len(source), source),
        )

    def delete(self, prefix: str) -> None:
        """Delete all arrays whose name starts with `prefix`."""
        self._db.query("DELETE FROM array WHERE substr(name, 1, ?) = ?", (len(prefix), prefix))


class MetaTable:
    """Named JSON values."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, key: str) -> Any:
        """Return the value of `key`, None where there is none."""
        row = self._db.query("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        with self._db.content():
            return json.loads(row[0]) if row else None

    def put(self, key: str, value: Any) -> None:
        """Store or replace the value of `key`."""
        text = json.dumps(value, sort_keys=True)
        self._db.query("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, text))

    def delete(self, key: str) -> None:
        """Forget the value of `key`, if there is one."""
        self._db.query("DELETE FROM meta WHERE key = ?", (key,))
