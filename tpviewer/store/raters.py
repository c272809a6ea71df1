"""What the reviewers of a session and the machine say of each frame."""

import numpy as np

from tpviewer.core.activity import MAP_SOURCE
from tpviewer.core.errors import SessionError
from tpviewer.core.rater_agreement import RaterTrack
from tpviewer.core.rater_tracks import MACHINE, machine_track, reviewer_track
from tpviewer.core.types import BoolArray
from tpviewer.store.session import BLIND, Session


def session_tracks(session: Session, profile: str | None = None) -> tuple[RaterTrack, ...]:
    """Reviewers by name, then the machine where its analysis has come to its end.

    Of the machine only Action Units count that took part in the analysis: the others were not looked for. A
    reviewer is taken to have looked for the same ones. Frames without a face count only where a reviewer has
    judged them all the same.

    Parameters
    ----------
    session : Session
    profile : str, optional
        Name of the results, by default of those that the window shows.

    Raises
    ------
    SessionError
        If it holds no results of this name.
    """
    if not session.complete:
        return tuple(_people(session, (), None, np.ones(session.video.frames, np.bool_)))
    name = profile or session.shown()
    if name not in session.result_sets():
        known = ", ".join(session.result_sets())
        raise SessionError(f"{session.path}: holds no results named {name}; it holds {known}")
    seen = np.asarray(session.arrays.require("seen"), np.bool_)
    used = np.array([_took_part(session, au) for au in session.columns(name)], np.bool_)
    columns = tuple(au for au, kept in zip(session.columns(name), used, strict=True) if kept)
    activity = np.asarray(session.arrays.require(f"{name}/activity/smoothed"), np.bool_)[:, used]
    return (
        *_people(session, columns, activity, seen),
        machine_track(activity, columns, seen),
    )


def _took_part(session: Session, column: str) -> bool:
    """A column that is read off another Action Unit goes with that one unless the model has its own."""
    return (column if column in session.aus else MAP_SOURCE.get(column, column)) in session.chosen


def _people(
    session: Session, columns: tuple[str, ...], activity: BoolArray | None, seen: BoolArray
) -> list[RaterTrack]:
    reviews, tracks, hidden = session.reviews, [], session.meta.get(BLIND) or ()
    for name in reviews.reviewers():
        committed = reviews.committed(name)
        looked = np.full(len(seen), committed)
        for start, stop in reviews.done(name):
            looked[start:stop] = True
        said = [one.annotation for one in reviews.judgements(name)]
        left = None if committed or name in hidden else activity  # who is blind leaves nothing to stand
        shown = f"{name} (reviewer)" if name == MACHINE else name
        tracks.append(reviewer_track(shown, said, looked & seen, columns, left))
    return tracks
