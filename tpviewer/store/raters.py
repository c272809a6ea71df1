"""What the reviewers of a session and the machine say of each frame."""

import numpy as np

from tpviewer.core.activity import MAP_SOURCE
from tpviewer.core.errors import SessionError
from tpviewer.core.rater_agreement import RaterTrack
from tpviewer.core.rater_tracks import MACHINE, machine_track, reviewer_track
from tpviewer.core.types import BoolArray
from tpviewer.store.check import check
from tpviewer.store.session import BLIND, Session


def session_tracks(
    session: Session, profile: str | None = None, hidden: bool = False
) -> tuple[RaterTrack, ...]:
    """Reviewers by name, then the machine where its analysis has come to its end.

    Of the machine only Action Units count that took part in the analysis: the others were not looked for. A
    reviewer is taken to have looked for the same ones. Frames without a face count only where a reviewer has
    judged them all the same.

    Parameters
    ----------
    session : Session
    profile : str, optional
        Name of the results, by default of those that the window shows.
    hidden : bool
        Leave the machine out, and of reviewers who saw it all that they left to stand: which frames those are
        would tell what the machine says.

    Raises
    ------
    SessionError
        If it holds no results of this name.
    """
    if not session.complete:
        return tuple(_people(session, (), None, np.ones(session.video.frames, np.bool_), hidden))
    check(session)
    name = profile or session.shown()
    if name not in session.result_sets():
        known = ", ".join(session.result_sets())
        raise SessionError(f"{session.path}: holds no results named {name}; it holds {known}")
    seen = np.asarray(session.arrays.require("seen"), np.bool_)
    looked_for = took_part(session, name)
    columns = tuple(looked_for)
    everything = np.asarray(session.arrays.require(f"{name}/activity/smoothed"), np.bool_)
    activity = everything[:, list(looked_for.values())]
    people = _people(session, columns, activity, seen, hidden)
    return (*people, *([] if hidden else [machine_track(activity, columns, seen)]))


def took_part(session: Session, profile: str) -> dict[str, int]:
    """Columns of the Action Units of a set of results that were looked for; of others nothing is known.

    A column that is read off another Action Unit goes with that one unless the model has its own.
    """
    return {
        au: column
        for column, au in enumerate(session.columns(profile))
        if (au if au in session.aus else MAP_SOURCE.get(au, au)) in session.chosen
    }


def is_blind(session: Session, reviewer: str) -> bool:
    """Whether the machine is hidden from a reviewer, or was when judging, before the end of blind coding."""
    if reviewer in (session.meta.get(BLIND) or ()):
        return True
    blind = any(one.blind for one in session.reviews.judgements(reviewer))
    return blind and not session.reviews.committed(reviewer)


def blind_reviewers(session: Session) -> tuple[str, ...]:
    """Reviewers from whom the machine is hidden: they have not ended blind coding."""
    names = {*session.reviews.reviewers(), *(session.meta.get(BLIND) or ())}
    return tuple(sorted(name for name in names if is_blind(session, name)))


def _people(
    session: Session, columns: tuple[str, ...], activity: BoolArray | None, seen: BoolArray, hidden: bool
) -> list[RaterTrack]:
    reviews, tracks = session.reviews, []
    for name in reviews.reviewers():
        committed = reviews.committed(name)
        alone = committed or is_blind(session, name)  # who is blind leaves nothing to stand
        looked = np.full(len(seen), committed)
        for start, stop in reviews.done(name) if alone or not hidden else ():
            looked[start:stop] = True
        said = [one.annotation for one in reviews.judgements(name)]
        left = None if alone else activity
        shown = f"{name} (reviewer)" if name == MACHINE else name
        tracks.append(reviewer_track(shown, said, looked & seen, columns, left))
    return tracks
