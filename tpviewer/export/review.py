"""What reviewers say of a session, as exports tell it.

While a reviewer is blind to the machine, what is told of this reviewer is the reviewer's word alone: nothing
in it comes from the machine, not even which frames it found a face in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import WHOLE_FACE, Annotation, intensity_letter
from tpviewer.core.errors import SessionError
from tpviewer.core.judgements import Judgement, changed_since, range_activity
from tpviewer.core.pspi import pspi
from tpviewer.core.reviewed import Difference, Reviewed, differences, outside_stages, reviewed
from tpviewer.core.runs import runs
from tpviewer.core.stages import notation, stage_label
from tpviewer.core.types import BoolArray
from tpviewer.store.raters import is_blind, took_part
from tpviewer.store.session import Session


@dataclass(frozen=True, eq=False)
class ReviewerResult:
    """What one reviewer says, N frames.

    Attributes
    ----------
    reviewer : str
    blind : bool
        The machine is hidden from the reviewer: the result is the reviewer's word alone.
    judgements : tuple of Judgement
    after : Reviewed
    differences : tuple of Difference
        From the machine's stages; none while blind.
    changed : frozenset of str
        Keys of judgements since which the machine says something else; none while blind.
    pspi : ndarray of float32, shape (N,)
        `tpviewer.core.pspi.pspi`.
    """

    reviewer: str
    blind: bool
    judgements: tuple[Judgement, ...]
    after: Reviewed
    differences: tuple[Difference, ...]
    changed: frozenset[str]
    pspi: NDArray[np.float32]


def reviewer_result(session: Session, reviewer: str, profile: str) -> ReviewerResult:
    """Put a reviewer's judgements over a set of results.

    Parameters
    ----------
    session : Session
    reviewer : str
    profile : str
        Name of the results.

    Raises
    ------
    SessionError
        If nobody of this name has reviewed.
    """
    known = session.reviews.reviewers()
    if reviewer not in known:
        who = f"those who have are {', '.join(known)}" if known else "nobody has"
        raise SessionError(f"{session.path}: {reviewer} has not reviewed it; {who}")
    if is_blind(session, reviewer):
        return _alone(session, reviewer)
    judgements = session.reviews.judgements(reviewer)
    said = [one.annotation for one in judgements]
    looked_for = took_part(session, profile)  # of others the machine says nothing, not even absent
    columns, places = tuple(looked_for), list(looked_for.values())
    activity = session.arrays.require(f"{profile}/activity/smoothed").astype(bool)[:, places]
    states, seen = session.states(profile=profile)[:, places], session.arrays.require("seen").astype(bool)
    after = reviewed(activity, states, columns, said, seen, outside_stages(profile))
    # A reviewer who coded blind has looked through without the machine's word.
    machine = None if session.reviews.committed(reviewer) else _by_au(activity, columns)
    return ReviewerResult(
        reviewer=reviewer,
        blind=False,
        judgements=judgements,
        after=after,
        differences=differences(states, columns, after),
        changed=changed_keys(judgements, activity, columns),
        pspi=pspi(said, session.reviews.done(reviewer), len(seen), machine),
    )


def changed_keys(
    judgements: Sequence[Judgement], activity: BoolArray, columns: Sequence[str]
) -> frozenset[str]:
    """Keys of judgements since which the machine says something else.

    Parameters
    ----------
    judgements : sequence of Judgement
    activity : ndarray of bool, shape (N, C)
        The machine's, smoothed.
    columns : sequence of str, length C
    """
    return frozenset(
        one.annotation.key
        for one in judgements
        if changed_since(one, range_activity(one.annotation, activity, columns))
    )


def review_told(session: Session, profile: str, reviewer: str | None = None) -> dict[str, Any]:
    """What reviewers say, JSON types.

    Parameters
    ----------
    session : Session
    profile : str
        Name of the results that they are put over.
    reviewer : str, optional
        By default all.

    Returns
    -------
    dict
        ``reviewers``: of each ``name``, ``blind`` (the machine is hidden from the reviewer), ``committed``,
        ``seconds`` of work, ``last``, ``done`` (stretches that were looked through), ``judgements``,
        ``temporal_prototype`` and ``stages`` after review, ``differences`` from the machine's, and ``pspi``
        (stretches of one value in which all of its parts were scored). An intensity is a letter a to e;
        ``au`` is None for a stretch of speech or in which the whole face cannot be scored.
        ``changed_since`` tells that the machine says something else than when it was judged. It and
        ``differences`` are None for a blind reviewer.

    Raises
    ------
    SessionError
        If nobody of this name has reviewed.
    """
    names = session.reviews.reviewers() if reviewer is None else (reviewer,)
    times = np.append(session.times, session.end)
    return {"reviewers": [_told(session, reviewer_result(session, n, profile), times) for n in names]}


def pspi_runs(values: NDArray[np.float32]) -> Iterator[tuple[int, int, float]]:
    """Start, stop and value of each run of frames of one known value.

    Parameters
    ----------
    values : ndarray of float32, shape (N,)
        `tpviewer.core.pspi.pspi`; NaN where it is not known.

    Yields
    ------
    start, stop : int
        Half-open range of frames.
    value : float
    """
    for start, stop in runs(np.isfinite(values)).tolist():
        part = values[start:stop]
        edges = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(part)]
        for first, last in pairwise(edges):
            yield start + first, start + last, float(part[first])


def _alone(session: Session, reviewer: str) -> ReviewerResult:
    frames = session.video.frames
    judgements = session.reviews.judgements(reviewer)
    said = [one.annotation for one in judgements]
    nothing = np.zeros((frames, 0), np.int16)
    after = reviewed(nothing.astype(bool), nothing, (), said, np.ones(frames, bool))
    scores = pspi(said, session.reviews.done(reviewer), frames)
    return ReviewerResult(reviewer, True, judgements, after, (), frozenset(), scores)


def _by_au(activity: BoolArray, columns: Sequence[str]) -> dict[str, BoolArray]:
    return {au: activity[:, column] for column, au in enumerate(columns)}


def _told(session: Session, result: ReviewerResult, times: NDArray[np.float64]) -> dict[str, Any]:
    name, reviews = result.reviewer, session.reviews
    log = [entry for entry in reviews.log() if entry.reviewer == name]
    return {
        "name": name,
        "blind": result.blind,
        "committed": reviews.committed(name),
        "seconds": round(sum(entry.seconds for entry in log), 3),
        "last": log[-1].made_at,
        "done": [list(stretch) for stretch in reviews.done(name)],
        "judgements": [_judgement(one, result, times) for one in result.judgements],
        "temporal_prototype": notation(result.after.stages),
        "stages": [
            _range(stage.start, stage.stop, times) | {"label": stage_label(stage)}
            for stage in result.after.stages
        ],
        "differences": None if result.blind else [_difference(one, times) for one in result.differences],
        "pspi": [
            _range(start, stop, times) | {"value": int(value)}
            for start, stop, value in pspi_runs(result.pspi)
        ],
    }


def _judgement(judgement: Judgement, result: ReviewerResult, times: NDArray[np.float64]) -> dict[str, Any]:
    return {
        **_annotation(judgement.annotation, times),
        "made_at": judgement.made_at,
        "seconds": round(judgement.seconds, 3),
        "blind": judgement.blind,
        "source": judgement.source or None,
        "changed_since": None if result.blind else judgement.annotation.key in result.changed,
    }


def _annotation(one: Annotation, times: NDArray[np.float64]) -> dict[str, Any]:
    return {
        "key": one.key,
        "au": None if one.au == WHOLE_FACE else one.au,
        **_range(one.start, one.stop, times),
        "verdict": one.verdict,
        "intensity": intensity_letter(one.intensity) or None,
        "side": one.side or None,
        "reason": one.reason or None,
        "apex": None if one.apex is None else list(one.apex),
        "note": one.note or None,
    }


def _difference(one: Difference, times: NDArray[np.float64]) -> dict[str, Any]:
    return _range(one.start, one.stop, times) | {"added": list(one.added), "removed": list(one.removed)}


def _range(start: int, stop: int, times: NDArray[np.float64]) -> dict[str, Any]:
    last = len(times) - 1  # a video that was analysed again may be shorter
    return {
        "start": start,
        "stop": stop,
        "start_s": round(float(times[min(start, last)]), 6),
        "stop_s": round(float(times[min(stop, last)]), 6),
    }
