"""What a list tells of a session, read without any of its large arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tpviewer.core.stages import Stage
from tpviewer.store.patient import patient_of
from tpviewer.store.session import VIEW, Session

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Sitting:
    """The frame that stands for a session in a list.

    Attributes
    ----------
    frame : int
    pts : int
        Its presentation time in the video's time base.
    box : (float, float, float, float)
        x, y, width, height of the largest face in it, pixels.
    """

    frame: int
    pts: int
    box: Box


@dataclass(frozen=True)
class SessionCard:
    """One session in a list.

    Attributes
    ----------
    session : Path
    video : Path
        Where the video lay.
    pseudonym : str
        Empty where none was given.
    complete : bool
        The last analysis ran to its end.
    seconds : float
        Length of what was analysed.
    stages : int
        Stages of the results that are shown; 0 while there are none.
    reviewed : tuple of (str, int)
        Reviewers, and how many of the stages each has looked through.
    sitting : Sitting or None
        None where no face was found yet.
    """

    session: Path
    video: Path
    pseudonym: str
    complete: bool
    seconds: float
    stages: int
    reviewed: tuple[tuple[str, int], ...] = ()
    sitting: Sitting | None = None


def read_card(path: Path) -> SessionCard:
    """Read the card of a session.

    Raises
    ------
    SessionError
        If it cannot be read, or no analysis has begun in it.
    """
    with Session(path) as session, session.reading(), session.understood():
        complete = session.complete
        stages = session.stages() if complete else []
        done = {name: session.reviews.done(name) for name in session.reviews.reviewers()}
        return SessionCard(
            session=path,
            video=Path(session.video.path),
            pseudonym=patient_of(session).pseudonym,
            complete=complete,
            seconds=session.end,
            stages=len(stages),
            reviewed=tuple((name, _seen(stages, done[name])) for name in sorted(done)),
            sitting=_sitting(session),
        )


def _seen(stages: Sequence[Stage], done: Sequence[tuple[int, int]]) -> int:
    return sum(any(start <= stage.start and stage.stop <= stop for start, stop in done) for stage in stages)


def _sitting(session: Session) -> Sitting | None:
    """Where the user left the playhead if a face is there, else the first frame with a face."""
    left = int((session.meta.get(VIEW) or {}).get("playhead", 0))
    for frame in (left, session.faces.first_frame()):
        rows = session.faces.at(frame) if frame is not None else []
        if rows and frame is not None:
            row = max(rows, key=lambda row: float(row.box[2] * row.box[3]))
            x, y, width, height = (float(value) for value in row.box)
            return Sitting(frame, int(session.pts[frame]), (x, y, width, height))
    return None
