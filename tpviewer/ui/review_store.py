"""What a reviewer's work reads from and writes to a session; every function is for a thread of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tpviewer.core.annotations import Annotation, Change, applied, placed
from tpviewer.core.judgements import Judgement, Making, judged
from tpviewer.store.edits import Edit
from tpviewer.store.review_log import SUBJECT
from tpviewer.store.session import BLIND, Session

NextKind = Literal["", "review", "looks"]
"""What undo or redo would take next: nothing, a judgement, or a change of looks."""


@dataclass(frozen=True)
class Reviewed:
    """What a session holds of reviews, as one reviewer sees it.

    Attributes
    ----------
    judgements : tuple of Judgement
        Of all reviewers, in order of start.
    reviewers : tuple of str
    done : tuple of (int, int)
        Half-open ranges of frames that this reviewer has looked through.
    committed : bool
        This reviewer has ended blind coding.
    undo, redo : NextKind
    """

    judgements: tuple[Judgement, ...] = ()
    reviewers: tuple[str, ...] = ()
    done: tuple[tuple[int, int], ...] = ()
    committed: bool = False
    undo: NextKind = ""
    redo: NextKind = ""


def read_review(path: Path, reviewer: str) -> Reviewed:
    """Read what a session holds of reviews.

    Raises
    ------
    SessionError
        If the session cannot be read.
    """
    with Session(path) as session:
        return _reviewed(session, reviewer)


def write_review(path: Path, reviewer: str, work: Callable[[Session], object]) -> Reviewed:
    """Do `work` in one transaction, and read what the session holds then.

    Raises
    ------
    SessionError
        If the session cannot be written.
    ParameterError
        If what is asked for makes no sense.
    """
    with Session(path):  # one that was deleted is not made again
        pass
    with Session(path, writable=True) as session:
        with session.transaction():
            work(session)
        return _reviewed(session, reviewer)


def _reviewed(session: Session, reviewer: str) -> Reviewed:
    reviews, edits = session.reviews, session.edits
    return Reviewed(
        judgements=reviews.judgements(),
        reviewers=reviews.reviewers(),
        done=reviews.done(reviewer),
        committed=reviews.committed(reviewer),
        undo=_kind(edits.undoable(reviewer)),
        redo=_kind(edits.redoable(reviewer)),
    )


def _kind(edit: Edit | None) -> NextKind:
    if edit is None:
        return ""
    return "review" if edit.subject.startswith(SUBJECT) else "looks"


def change(
    reviewer: str,
    changes: Sequence[Change],
    kind: str,
    seconds: float,
    blind: bool,
    claims: Mapping[str, str],
    done: tuple[int, int] | None = None,
) -> Callable[[Session], object]:
    """Work that changes judgements, and marks a stretch as looked through if one is given."""

    return lambda session: session.reviews.change(
        reviewer, changes, kind, seconds=seconds, blind=blind, claims=claims, done=done
    )


def edited(
    judgements: Sequence[Judgement], changes: Sequence[Change], making: Making
) -> tuple[Judgement, ...]:
    """All reviewers' judgements after one edit of one reviewer's, in order of start."""
    mine = {one.annotation.key: one for one in judgements if one.reviewer == making.reviewer}
    after = mine | judged(mine, changes, making)
    kept = (after[one.key] for one in applied([one.annotation for one in mine.values()], changes))
    others = (one for one in judgements if one.reviewer != making.reviewer)
    return tuple(sorted((*kept, *others), key=lambda one: one.annotation.start))


def set_blind(reviewer: str, blind: bool) -> Callable[[Session], object]:
    """Work that remembers whether the machine is hidden from a reviewer."""

    def work(session: Session) -> None:
        hidden = set(session.meta.get(BLIND) or ()) - {reviewer}
        session.meta.put(BLIND, sorted(hidden | {reviewer} if blind else hidden))

    return work


def commit(reviewer: str, seconds: float) -> Callable[[Session], object]:
    """Work that ends blind coding for good."""

    def work(session: Session) -> None:
        session.reviews.commit(reviewer, seconds)
        set_blind(reviewer, False)(session)

    return work


def import_lanes(
    author: str, lanes: Mapping[str, Sequence[Annotation]], source: str
) -> Callable[[Session], object]:
    """Work that gives reviewers, by name, the judgements of a file; older ones give way, lane by lane."""

    def work(session: Session) -> None:
        for name, annotations in lanes.items():
            before = tuple(one.annotation for one in session.reviews.judgements(name))
            after = before
            for annotation in annotations:
                after = applied(after, placed(after, annotation))
            changes = _difference(before, after)
            if changes:
                session.reviews.change(name, changes, "Import", source=source, author=author)

    return work


def _difference(before: Sequence[Annotation], after: Sequence[Annotation]) -> tuple[Change, ...]:
    """Changes that lead from some annotations to others; what goes comes first."""
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    gone = (Change(one, None) for key, one in old.items() if key not in new)
    come = (Change(old.get(key), one) for key, one in new.items() if old.get(key) != one)
    return (*gone, *come)


def step_back(path: Path, reviewer: str, redo: bool) -> tuple[Reviewed, NextKind]:
    """Take the last change of judgements back, or make it again, where that is what comes next.

    Returns
    -------
    reviewed : Reviewed
    kind : NextKind
        What came next; a change of looks is left alone, for it takes more than the log to undo it.

    Raises
    ------
    SessionError
        If the session cannot be written.
    """
    held = read_review(path, reviewer)  # a file that cannot be written is not asked to where nothing is to be
    if _next(held, redo) != "review":
        return held, _next(held, redo)
    found: list[NextKind] = []

    def work(session: Session) -> None:
        edits = session.edits
        found.append(_kind(edits.redoable(reviewer) if redo else edits.undoable(reviewer)))
        if found[0] == "review":
            (edits.redo if redo else edits.undo)(reviewer)

    return write_review(path, reviewer, work), found[0]


def _next(held: Reviewed, redo: bool) -> NextKind:
    return held.redo if redo else held.undo
