"""What experts changed by hand: a log that no analysis deletes from."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tpviewer.core.errors import ParameterError
from tpviewer.store.database import Database

LIVE, UNDONE, SUPERSEDED = 0, 1, 2
"""Values of `Edit.undone`: it counts; it was undone and can be redone; another edit was made instead."""

_COLUMNS = "id, made_at, author, kind, subject, content, value, undone"


@dataclass(frozen=True)
class Edit:
    """One edit.

    Attributes
    ----------
    number : int
        Edits count up in the order in which they were made.
    made_at : str
        ISO 8601, UTC.
    author : str
    kind : str
        What was done, for example ``Merge``.
    subject : str
        What it was done to, for example ``steady/AU12``.
    content : str
        Fingerprint of the result that it was made on; it applies only to that result.
    value : dict
        What was asked for, JSON types.
    undone : int
        `LIVE`, `UNDONE` or `SUPERSEDED`.
    """

    number: int
    made_at: str
    author: str
    kind: str
    subject: str
    content: str
    value: dict[str, Any]
    undone: int


class EditTable:
    """The log of edits, in one line of undo and redo that outlives the program.

    Parameters
    ----------
    database : Database
    content_of : callable
        Fingerprint of the present result of a subject, None where there is none.
    """

    def __init__(self, database: Database, content_of: Callable[[str], str | None]) -> None:
        self._db = database
        self._content_of = content_of

    def add(self, author: str, kind: str, subject: str, value: dict[str, Any], data: bytes) -> Edit:
        """Log an edit of the present result of `subject`; what was undone before cannot be redone after it.

        Parameters
        ----------
        author, kind, subject, value
            See `Edit`.
        data : bytes
            What the edit led to.

        Raises
        ------
        ParameterError
            If there is no result of this subject.
        """
        content = self._content_of(subject)
        if content is None:
            raise ParameterError(f"there is no result of {subject} that could be edited; analyse it first")
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        self._db.query("UPDATE edit SET undone = ? WHERE undone = ?", (SUPERSEDED, UNDONE))
        row = self._db.query(
            "INSERT INTO edit (made_at, author, kind, subject, content, value, data, undone)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (made_at, author, kind, subject, content, json.dumps(value), data, LIVE),
        )
        return Edit(int(row.lastrowid or 0), made_at, author, kind, subject, content, value, LIVE)

    def all(self) -> list[Edit]:
        """Return every edit in the order in which they were made; none from a file older than edits."""
        (known,) = self._db.query("SELECT count(*) FROM sqlite_master WHERE name = 'edit'").fetchone()
        if not known:
            return []
        rows = self._db.query(f"SELECT {_COLUMNS} FROM edit ORDER BY id")
        return [
            Edit(number, made_at, author, kind, subject, content, json.loads(value), undone)
            for number, made_at, author, kind, subject, content, value, undone in rows
        ]

    def data(self, number: int) -> bytes:
        """Return what an edit led to.

        Raises
        ------
        KeyError
            If there is no such edit.
        """
        row = self._db.query("SELECT data FROM edit WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return bytes(row[0])

    def applying(self) -> list[Edit]:
        """Return the live edits that were made on the present results."""
        return [edit for edit in self._of_present_results() if edit.undone == LIVE]

    def undoable(self) -> Edit | None:
        """Return the edit that `undo` would undo."""
        applying = self.applying()
        return applying[-1] if applying else None

    def redoable(self) -> Edit | None:
        """Return the edit that `redo` would do again."""
        undone = [edit for edit in self._of_present_results() if edit.undone == UNDONE]
        return undone[0] if undone else None

    def undo(self) -> Edit:
        """Undo the last edit of the present results; it stays in the log.

        Raises
        ------
        ParameterError
            If there is none.
        """
        return self._mark(self.undoable(), UNDONE, "there is nothing to undo")

    def redo(self) -> Edit:
        """Do again what was undone last.

        Raises
        ------
        ParameterError
            If there is nothing, or something else was edited since.
        """
        return self._mark(self.redoable(), LIVE, "there is nothing to redo")

    def _mark(self, edit: Edit | None, undone: int, problem: str) -> Edit:
        if edit is None:
            raise ParameterError(problem)
        self._db.query("UPDATE edit SET undone = ? WHERE id = ?", (undone, edit.number))
        return edit

    def _of_present_results(self) -> list[Edit]:
        edits = self.all()
        present = {subject: self._content_of(subject) for subject in {edit.subject for edit in edits}}
        return [edit for edit in edits if edit.content == present[edit.subject]]
