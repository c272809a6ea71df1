"""What experts changed by hand: a log that no analysis deletes from."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tpviewer.core.errors import ParameterError
from tpviewer.store.database import Database

LIVE, UNDONE, SUPERSEDED, FINAL = 0, 1, 2, 3
"""Values of `Edit.undone`: it counts; it was undone and can be redone; another edit was made instead; it
counts for good and is in no line of undo."""

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
        `LIVE`, `UNDONE`, `SUPERSEDED` or `FINAL`.
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
    """The log of edits, in one line of undo and redo per author that outlives the program.

    Parameters
    ----------
    database : Database
    content_of : callable
        Fingerprint of the present result of a subject, None where there is none.
    """

    def __init__(self, database: Database, content_of: Callable[[str], str | None]) -> None:
        self._db = database
        self._content_of = content_of

    def add(
        self,
        author: str,
        kind: str,
        subject: str,
        value: dict[str, Any],
        data: bytes = b"",
        made_at: str | None = None,
        final: bool = False,
    ) -> Edit:
        """Log an edit of the present result of `subject`.

        What its author undid before cannot be redone after it, nor what anybody undid of the same subject.

        Parameters
        ----------
        author, kind, subject, value
            See `Edit`.
        data : bytes
            What the edit led to, where `value` does not say.
        made_at : str, optional
            By default this moment.
        final : bool
            It is in no line of undo.

        Raises
        ------
        ParameterError
            If there is no result of this subject.
        """
        content = self._content_of(subject)
        if content is None:
            raise ParameterError(f"there is no result of {subject} that could be edited; analyse it first")
        made_at, state = made_at or now(), FINAL if final else LIVE
        with self._db.joined():
            self._db.query(
                "UPDATE edit SET undone = ? WHERE undone = ? AND (author = ? OR subject = ?)",
                (SUPERSEDED, UNDONE, author, subject),
            )
            row = self._db.query(
                "INSERT INTO edit (made_at, author, kind, subject, content, value, data, undone)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (made_at, author, kind, subject, content, json.dumps(value), data, state),
            )
        return Edit(int(row.lastrowid or 0), made_at, author, kind, subject, content, value, state)

    def all(self, under: str = "") -> list[Edit]:
        """Return every edit in the order in which they were made; none from a file older than edits.

        Parameters
        ----------
        under : str
            How their subjects begin.
        """
        return list(self._edits("substr(subject, 1, ?) = ? ORDER BY id", (len(under), under)))

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

    def applying(self, under: str = "") -> list[Edit]:
        """Return the edits that count and were made on the present results.

        Parameters
        ----------
        under : str
            How their subjects begin.
        """
        edits = self.all(under)
        present = {subject: self._content_of(subject) for subject in {edit.subject for edit in edits}}
        return [e for e in edits if e.undone in (LIVE, FINAL) and e.content == present[e.subject]]

    def undoable(self, author: str | None = None) -> Edit | None:
        """Return the edit that `undo` would undo.

        Parameters
        ----------
        author : str, optional
            Whose line; by default everybody's in one. What another author built on is not undone under them.
        """
        others: set[str] = set()
        for number, whose, subject in self._present(LIVE, "id DESC"):
            if author is not None and whose != author:
                others.add(subject)
            elif subject not in others:
                return self._edit(number)
        return None

    def redoable(self, author: str | None = None) -> Edit | None:
        """Return the edit that `redo` would do again.

        Parameters
        ----------
        author : str, optional
            Whose line; by default everybody's in one.
        """
        undone = (n for n, whose, _ in self._present(UNDONE, "id") if author is None or whose == author)
        first = next(undone, None)
        return None if first is None else self._edit(first)

    def undo(self, author: str | None = None) -> Edit:
        """Undo the last edit of the present results; it stays in the log.

        Parameters
        ----------
        author : str, optional
            As for `undoable`.

        Raises
        ------
        ParameterError
            If there is none.
        """
        with self._db.joined():
            return self._mark(self.undoable(author), UNDONE, "there is nothing to undo")

    def redo(self, author: str | None = None) -> Edit:
        """Do again what was undone last.

        Parameters
        ----------
        author : str, optional
            As for `redoable`.

        Raises
        ------
        ParameterError
            If there is nothing, or something else was edited since.
        """
        with self._db.joined():
            return self._mark(self.redoable(author), LIVE, "there is nothing to redo")

    def finish(self, subject: str) -> None:
        """Take what was edited of a subject out of the line of undo for good."""
        with self._db.joined():
            for before, after in ((LIVE, FINAL), (UNDONE, SUPERSEDED)):
                self._db.query(
                    "UPDATE edit SET undone = ? WHERE undone = ? AND subject = ?", (after, before, subject)
                )

    def _mark(self, edit: Edit | None, undone: int, problem: str) -> Edit:
        if edit is None:
            raise ParameterError(problem)
        self._db.query("UPDATE edit SET undone = ? WHERE id = ?", (undone, edit.number))
        return edit

    def _edit(self, number: int) -> Edit:
        return next(self._edits("id = ?", (number,)))

    def _present(self, undone: int, order: str) -> Iterator[tuple[int, str, str]]:
        """Number, author and subject of edits that were made on the present results."""
        if not self._exists():
            return
        contents: dict[str, str | None] = {}
        for number, author, subject, content in self._db.query(
            f"SELECT id, author, subject, content FROM edit WHERE undone = ? ORDER BY {order}", (undone,)
        ):
            if subject not in contents:
                contents[subject] = self._content_of(subject)
            if content == contents[subject]:
                yield number, author, subject

    def _edits(self, which: str, values: tuple[object, ...]) -> Iterator[Edit]:
        if not self._exists():
            return
        for row in self._db.query(f"SELECT {_COLUMNS} FROM edit WHERE {which}", values):
            number, made_at, author, kind, subject, content, value, undone = row
            with self._db.content():
                edit = Edit(number, made_at, author, kind, subject, content, dict(json.loads(value)), undone)
            yield edit

    def _exists(self) -> bool:
        (known,) = self._db.query("SELECT count(*) FROM sqlite_master WHERE name = 'edit'").fetchone()
        return bool(known)


def now() -> str:
    """Return this moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
