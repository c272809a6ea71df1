"""What reviewers did, entry by entry, for reports and audits."""

from dataclasses import dataclass

from tpviewer.core.annotations import Change, annotation_from_json
from tpviewer.store.edits import Edit

SUBJECT = "review/"
"""How the subjects of edits of judgements begin; the reviewer's name follows."""

COMMIT, DONE = "Commit", "Done"
"""Kinds of edits that change no judgement: the end of blind coding, and a stretch that was looked through."""


@dataclass(frozen=True)
class LogEntry:
    """One thing that a reviewer did.

    Attributes
    ----------
    number : int
        They count up in the order in which they were made.
    made_at : str
        ISO 8601, UTC.
    reviewer : str
    kind : str
        What was done, such as ``Place``, or `COMMIT` or `DONE`.
    seconds : float
        Working time.
    changes : tuple of Change
        Empty for a commit and a stretch that was looked through.
    done : (int, int) or None
        The stretch that was looked through, half-open.
    blind : bool
        The machine was hidden.
    source : str
        Name of the file that it was imported from, empty for none.
    undone : int
        `tpviewer.store.edits`: ``LIVE``, ``UNDONE``, ``SUPERSEDED`` or ``FINAL``.
    """

    number: int
    made_at: str
    reviewer: str
    kind: str
    seconds: float
    changes: tuple[Change, ...]
    done: tuple[int, int] | None
    blind: bool
    source: str
    undone: int


def log_entry(edit: Edit) -> LogEntry:
    """Log entry of an edit of a subject that begins with `SUBJECT`."""
    value = edit.value
    changes = (
        Change(*(None if one is None else annotation_from_json(one) for one in pair))
        for pair in value.get("changes", ())
    )
    done = value.get("done")
    return LogEntry(
        number=edit.number,
        made_at=edit.made_at,
        reviewer=edit.subject.removeprefix(SUBJECT),
        kind=edit.kind,
        seconds=float(value.get("seconds", 0.0)),
        changes=tuple(changes),
        done=None if done is None else (int(done[0]), int(done[1])),
        blind=bool(value.get("blind", False)),
        source=str(value.get("source", "")),
        undone=edit.undone,
    )
