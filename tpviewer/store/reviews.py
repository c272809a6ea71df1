"""What human coders say of the video, as a part of the log of edits that nothing is ever deleted from.

Each reviewer is the author of edits of one subject, ``review/NAME``. Their present judgements are what the
edits that count lead to, one after the other; no second copy is kept that could say something else.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from tpviewer.core.annotations import (
    Annotation,
    Change,
    annotation_from_json,
    annotation_to_json,
    applied,
    check_annotation,
    lane,
)
from tpviewer.core.errors import ParameterError
from tpviewer.core.judgements import Judgement, Making, judged
from tpviewer.store.database import Database
from tpviewer.store.edits import FINAL, LIVE, Edit, EditTable, now
from tpviewer.store.review_log import COMMIT, DONE, SUBJECT, LogEntry, log_entry

_NONE: Mapping[str, str] = {}


@dataclass
class _Record:
    """What one reviewer's edits lead to: JSON of annotation and of its making by key, and stretches."""

    judged: dict[str, tuple[dict[str, Any], dict[str, Any]]]
    done: list[tuple[int, int]]
    committed: bool = False


class ReviewTable:
    """Judgements of all reviewers.

    Parameters
    ----------
    database : Database
    edits : EditTable
        The log that they are kept in.
    frames : callable
        Number of frames of the video.
    """

    def __init__(self, database: Database, edits: EditTable, frames: Callable[[], int]) -> None:
        self._db, self._edits, self._frames = database, edits, frames
        self._known: tuple[tuple[int, int], dict[str, _Record]] | None = None

    def reviewers(self) -> tuple[str, ...]:
        """Everybody who has judged, marked or committed something that counts, by name."""
        return tuple(sorted(self._records()))

    def judgements(self, reviewer: str | None = None) -> tuple[Judgement, ...]:
        """Present judgements, by start, then lane.

        Parameters
        ----------
        reviewer : str, optional
            By default of all reviewers.
        """
        records = self._records()
        names = [reviewer] if reviewer is not None else sorted(records)
        with self._db.content():
            found = [one for name in names if name in records for one in _judgements(records[name]).values()]
        return tuple(sorted(found, key=lambda one: (one.annotation.start, lane(one.annotation))))

    def change(
        self,
        reviewer: str,
        changes: Sequence[Change],
        kind: str,
        *,
        seconds: float = 0.0,
        blind: bool = False,
        claims: Mapping[str, str] = _NONE,
        source: str = "",
        done: tuple[int, int] | None = None,
        author: str = "",
    ) -> Edit:
        """Change a reviewer's judgements in one edit, which is in the file when this returns.

        To accept a stage is such an edit too: its judgements, and that it was looked through, are one step of
        undo. Inside a transaction of the session it is a part of that.

        Parameters
        ----------
        reviewer : str
        changes : sequence of Change
            The last one is what the edit is about, see `tpviewer.core.judgements.judged`; there may be none
            where frames were looked through.
        kind : str
            What was done, in one word.
        seconds : float
            Working time that it took.
        blind : bool
            The machine's result was hidden; never after `commit`.
        claims : mapping of str to str
            By key of annotations after the edit, `tpviewer.core.judgements.claim`.
        source : str
            Name of the file that they were imported from.
        done : (int, int), optional
            Frames that were looked through with it, half-open.
        author : str
            In whose line of undo it is, by default the reviewer's.

        Raises
        ------
        ParameterError
            If an annotation makes no sense or overlaps another one of its lane, if the frames that were
            looked through are not in the video, or if what is to be changed is not what the file holds any
            more.
        """
        if not changes and done is None:
            raise ParameterError("there is no change to keep")
        if done is not None:
            _check_stretch(*done, self._frames())
        with self._db.joined():
            record = self._record(reviewer)
            if blind and record.committed:
                raise ParameterError(f"{reviewer} has ended blind coding; judge with the machine shown")
            present = _judgements(record)
            _check(present, changes, self._frames())
            made_at = now()
            making = Making(reviewer, made_at, _checked_seconds(seconds), blind, claims, source)
            value = {
                "changes": [[_json(change.before), _json(change.after)] for change in changes],
                "judged": {key: _made(one) for key, one in judged(present, changes, making).items()},
                "seconds": seconds,
                "blind": blind,
                "source": source,
            }
            if done is not None:
                value["done"] = list(done)
            return self._edits.add(author or reviewer, kind, subject(reviewer), value, made_at=made_at)

    def commit(self, reviewer: str, seconds: float = 0.0) -> None:
        """End blind coding for good; what was judged before is in no line of undo any more.

        Raises
        ------
        ParameterError
            If it was ended before.
        """
        with self._db.joined():
            if self._record(reviewer).committed:
                raise ParameterError(f"{reviewer} has ended blind coding before")
            self._edits.finish(subject(reviewer))
            value = {"seconds": _checked_seconds(seconds), "blind": True}
            self._edits.add(reviewer, COMMIT, subject(reviewer), value, final=True)

    def committed(self, reviewer: str) -> bool:
        """Whether a reviewer has ended blind coding."""
        return self._record(reviewer).committed

    def mark_done(self, reviewer: str, start: int, stop: int, seconds: float = 0.0) -> Edit:
        """Mark frames ``start`` to ``stop`` (half-open) as looked through.

        Raises
        ------
        ParameterError
            If the range is empty or outside the video.
        """
        return self.change(reviewer, (), DONE, seconds=seconds, done=(start, stop))

    def done(self, reviewer: str) -> tuple[tuple[int, int], ...]:
        """Stretches that a reviewer has looked through: half-open ranges in order, apart from each other."""
        merged: list[tuple[int, int]] = []
        for start, stop in sorted(self._record(reviewer).done):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
            else:
                merged.append((start, stop))
        return tuple(merged)

    def log(self) -> tuple[LogEntry, ...]:
        """Everything that reviewers did, in that order, what was undone too."""
        with self._db.content():
            return tuple(log_entry(edit) for edit in self._edits.all(SUBJECT))

    def _record(self, reviewer: str) -> _Record:
        return self._records().get(reviewer) or _Record({}, [])

    def _records(self) -> dict[str, _Record]:
        """What each reviewer's edits lead to; read again only when something was written."""
        version = (self._db.data_version(), self._db.connection.total_changes)
        if self._known is not None and self._known[0] == version:
            return self._known[1]
        found = self._replayed()
        if not self._db.connection.in_transaction:  # what is written there may yet be rolled back
            self._known = (version, found)
        return found

    def _replayed(self) -> dict[str, _Record]:
        records: dict[str, _Record] = {}
        for edit in self._edits.all(SUBJECT):
            if edit.undone in (LIVE, FINAL):
                record = records.setdefault(edit.subject.removeprefix(SUBJECT), _Record({}, []))
                with self._db.content():
                    _replay(record, edit)
        return records


def subject(reviewer: str) -> str:
    """Subject of a reviewer's edits.

    Raises
    ------
    ParameterError
        If the reviewer has no name.
    """
    if not reviewer.strip():
        raise ParameterError("the reviewer has no name; enter one")
    return SUBJECT + reviewer


def _replay(record: _Record, edit: Edit) -> None:
    value = edit.value
    if edit.kind == COMMIT:
        record.committed = True
    if "done" in value:
        start, stop = value["done"]
        record.done.append((int(start), int(stop)))
    for before, after in value.get("changes", ()):
        if before is not None:
            record.judged.pop(before["key"], None)
        if after is not None:
            record.judged[after["key"]] = (after, value["judged"][after["key"]])


def _judgements(record: _Record) -> dict[str, Judgement]:
    return {
        key: Judgement(annotation=annotation_from_json(annotation), **made)
        for key, (annotation, made) in record.judged.items()
    }


def _check(present: Mapping[str, Judgement], changes: Sequence[Change], frames: int) -> None:
    for change in changes:
        before, after = change.before, change.after
        if after is not None:
            check_annotation(after, frames)
        if before is not None and (before.key not in present or present[before.key].annotation != before):
            raise ParameterError("this judgement was changed meanwhile; look at it again")
        if after is not None and after.key in present and (before is None or before.key != after.key):
            raise ParameterError("there is a judgement with this key already; take a new one")
    by_lane: dict[str, list[Annotation]] = {}
    for one in applied([one.annotation for one in present.values()], changes):
        by_lane.setdefault(lane(one), []).append(one)
    for name, annotations in by_lane.items():
        if any(first.stop > second.start for first, second in pairwise(annotations)):
            raise ParameterError(f"judgements of {name} would overlap; let the older one give way")


def _check_stretch(start: int, stop: int, frames: int) -> None:
    if not 0 <= start < stop <= frames:
        raise ParameterError(f"frames {start} to {stop} are no range of frames 0 to {frames}")


def _checked_seconds(seconds: float) -> float:
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ParameterError(f"{seconds} s is no working time; give 0 or more")
    return seconds


def _json(annotation: Annotation | None) -> dict[str, Any] | None:
    return None if annotation is None else annotation_to_json(annotation)


def _made(judgement: Judgement) -> dict[str, Any]:
    """How a judgement was made, JSON types."""
    value = asdict(judgement)
    del value["annotation"]
    return value
