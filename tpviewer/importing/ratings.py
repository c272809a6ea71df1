"""Ratings of other programs, on the frames of a session."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import INTENSITIES, SPEECH_AUS, WHOLE_FACE, Annotation, new_key
from tpviewer.core.errors import ParameterError
from tpviewer.core.types import BoolArray
from tpviewer.importing.boris import is_boris, read_boris
from tpviewer.importing.elan import is_elan, read_elan
from tpviewer.importing.openface import is_openface, read_openface
from tpviewer.importing.pyfeat import is_pyfeat, read_pyfeat
from tpviewer.importing.rated import FrameTrack, Ratings, TimedAnnotation
from tpviewer.importing.tables import header

__all__ = [
    "FrameTrack",
    "Ratings",
    "TimedAnnotation",
    "annotations_of",
    "frame_values",
    "problems",
    "read_ratings",
]

_HEAD = 4096
_NONE = -1


def read_ratings(path: Path) -> tuple[Ratings, ...]:
    """Read a file of OpenFace, py-feat, ELAN or BORIS; what it is its content tells, not its name.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of Ratings
        One a rater.

    Raises
    ------
    ParameterError
        If the file is of none of these, or a part of it cannot be understood.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "ignore")
        if is_elan(head):
            return read_elan(path)
        names = header(path)
        if is_openface(names):
            return read_openface(path, names)
        if is_boris(names):
            return read_boris(path, names)
        if is_pyfeat(names):
            return read_pyfeat(path, names)
    except OSError as error:
        raise ParameterError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    raise ParameterError(
        f"{path}: is no file of a rater; give a table of OpenFace (AU12_r, AU12_c) or py-feat (AU12), an .eaf"
        " of ELAN, or aggregated events of BORIS"
    )


def annotations_of(ratings: Ratings, times: NDArray[np.float64], end_s: float) -> tuple[Annotation, ...]:
    """Judgements on the frames of a session.

    Borders go to the nearest border of two frames, and what is shorter than a frame to the frame it begins
    in. Where an Action Unit is scored and not marked it is absent. Of what overlaps the later one counts; the
    left and right side at once make ``asymmetric``, with the greater intensity.

    Parameters
    ----------
    ratings : Ratings
    times : ndarray of float64, shape (N,)
        Presentation times of the frames, seconds from the first one.
    end_s : float
        End of the last frame.

    Returns
    -------
    tuple of Annotation
        By start; none of a lane overlaps another one. What lies outside the video is left out.
    """
    borders = np.append(times, end_s)
    found = [
        annotation
        for au in (*ratings.aus, WHOLE_FACE)
        for annotation in (
            _lane(ratings, au, borders) if ratings.track is None else _track_lane(ratings, au, borders)
        )
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def problems(ratings: Ratings, end_s: float) -> tuple[str, ...]:
    """What of a file was not understood, and what lies outside a video that ends at `end_s` seconds."""
    outside = sum(one.start_s >= end_s or one.stop_s < 0 for one in ratings.intervals)
    if not outside:
        return ratings.warnings
    told = (
        f"{ratings.source}: {outside} of {len(ratings.intervals)} annotations of {ratings.rater} lie outside"
    )
    return (*ratings.warnings, f"{told} the video, which ends at {end_s:.3f} s; they were left out")


def frame_values(
    ratings: Ratings, times: NDArray[np.float64]
) -> tuple[BoolArray, NDArray[np.float32], BoolArray]:
    """What a rater says of each frame.

    Parameters
    ----------
    ratings : Ratings
    times : ndarray of float64, shape (N,)

    Returns
    -------
    presence : ndarray of bool, shape (N, K)
    intensity : ndarray of float32, shape (N, K)
        0 to 5; 0 where absent if the rater gives intensities of that Action Unit; NaN where there is none.
    known : ndarray of bool, shape (N, K)
        False where the rater did not score, was unsure, or could not.
    """
    shape = (len(times), len(ratings.aus))
    if ratings.track is not None:
        rows = _rows(ratings.track, times)
        at = np.maximum(rows, 0)
        known = ratings.track.known[at] & (rows >= 0)[:, None]
        return (
            ratings.track.presence[at] & known,
            np.where(known, ratings.track.intensity[at], np.float32(np.nan)),
            known,
        )
    presence, known = np.zeros(shape, bool), np.zeros(shape, bool)
    intensity = np.full(shape, np.nan, np.float32)
    step = float(np.median(np.diff(times))) if len(times) > 1 else 1.0
    for one in annotations_of(ratings, times, float(times[-1]) + step) if len(times) else ():
        columns = [ratings.aus.index(one.au)] if one.au != WHOLE_FACE else _blocked(one, ratings.aus)
        place = (slice(one.start, one.stop), columns)
        presence[place] = one.verdict == "present"
        known[place] = one.verdict in ("present", "absent")
        if one.verdict == "absent":
            intensity[place] = 0
        elif one.intensity:
            intensity[place] = one.intensity
    ungraded = ~(intensity > 0).any(axis=0)
    intensity[:, ungraded] = np.nan
    return presence, intensity, known


def _blocked(one: Annotation, aus: Sequence[str]) -> list[int]:
    return [k for k, au in enumerate(aus) if one.reason != "speech" or au in SPEECH_AUS]


def _lane(ratings: Ratings, au: str, borders: NDArray[np.float64]) -> Iterator[Annotation]:
    """Annotations of one Action Unit from intervals."""
    said = _in_order([one for one in ratings.intervals if one.au == au])
    frames = len(borders) - 1
    owner = np.full(frames, _NONE)
    for number, one in enumerate(said):
        owner[slice(*_span(one.start_s, one.stop_s, borders))] = number
    for start, stop in _runs(owner):
        if owner[start] != _NONE:
            yield _annotation(said[owner[start]], start, stop, borders)
        elif not ratings.marks_absence and au != WHOLE_FACE:
            scored = frames if ratings.end_s is None else int(np.searchsorted(borders[:-1], ratings.end_s))
            if start < min(stop, scored):
                yield Annotation(new_key(), au, start, min(stop, scored), "absent")


def _in_order(intervals: list[TimedAnnotation]) -> list[TimedAnnotation]:
    """By start, what tells more last; where left and right overlap a third one tells of both."""
    both = [
        TimedAnnotation(
            au=left.au,
            start_s=max(left.start_s, right.start_s),
            stop_s=min(left.stop_s, right.stop_s),
            intensity=max(left.intensity or 0, right.intensity or 0) or None,
            side="asymmetric",
            note=f"left {_told(left)}, right {_told(right)}",
        )
        for left in intervals
        if left.side == "left"
        for right in intervals
        if right.side == "right" and right.start_s < left.stop_s and left.start_s < right.stop_s
    ]
    return [*sorted(intervals, key=lambda one: (one.start_s, one.intensity or 0)), *both]


def _told(one: TimedAnnotation) -> str:
    return f"intensity {INTENSITIES[_level(one.intensity) - 1]}" if one.intensity else one.verdict


def _span(start_s: float, stop_s: float, borders: NDArray[np.float64]) -> tuple[int, int]:
    """Half-open range of frames of an interval; empty outside the video."""
    if start_s >= borders[-1] or stop_s < 0 or (stop_s == 0 and start_s < 0):
        return 0, 0
    start, stop = _nearest(borders, start_s), _nearest(borders, stop_s)
    if start < stop:
        return start, stop
    inside = int(np.clip(np.searchsorted(borders, start_s + 1e-6, side="right") - 1, 0, len(borders) - 2))
    return inside, inside + 1


def _nearest(borders: NDArray[np.float64], time: float) -> int:
    after = int(np.clip(np.searchsorted(borders, time), 1, len(borders) - 1))
    return after if borders[after] - time <= time - borders[after - 1] else after - 1


def _annotation(one: TimedAnnotation, start: int, stop: int, borders: NDArray[np.float64]) -> Annotation:
    graded = one.verdict == "present" and one.intensity is not None and one.intensity >= 0.5
    return Annotation(
        key=new_key(),
        au=one.au,
        start=start,
        stop=stop,
        verdict=one.verdict,
        intensity=_level(one.intensity or 0.0) if graded else 0,
        side=one.side,
        reason=one.reason,
        apex=_apex(one, start, stop, borders),
        note=one.note,
    )


def _apex(
    one: TimedAnnotation, start: int, stop: int, borders: NDArray[np.float64]
) -> tuple[int, int] | None:
    """Frames of the apex within a range; None where there is none."""
    if one.apex_s is None:
        return None
    first, last = _span(*one.apex_s, borders)
    first, last = max(first, start), min(last, stop)
    return (first, last) if first < last else None


def _level(intensity: float) -> int:
    """Nearest of 1 to 5."""
    return min(max(int(intensity + 0.5), 1), len(INTENSITIES))


def _track_lane(ratings: Ratings, au: str, borders: NDArray[np.float64]) -> Iterator[Annotation]:
    """Annotations of one Action Unit from a table of frames."""
    track = ratings.track
    if track is None or au == WHOLE_FACE:
        return
    rows, column = _rows(track, borders[:-1]), ratings.aus.index(au)
    known = (rows >= 0) & track.known[rows, column]
    state = np.where(known, track.presence[rows, column].astype(int), _NONE)
    for start, stop in _runs(state):
        if state[start] == 1:
            values = track.intensity[rows[start:stop], column]
            peak = float(np.nanmax(values)) if np.isfinite(values).any() else None
            yield _annotation(TimedAnnotation(au, 0.0, 0.0, intensity=peak), start, stop, borders)
        elif state[start] == 0:
            yield Annotation(new_key(), au, start, stop, "absent")


def _rows(track: FrameTrack, times: NDArray[np.float64]) -> NDArray[np.int64]:
    """Row of each frame of a session: the nearest one, within half the usual distance of two; -1 for none."""
    own = np.arange(len(times), dtype=np.float64) if track.unit == "frames" else times
    after = np.clip(np.searchsorted(track.position, own), 0, len(track.position) - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.abs(track.position[before] - own) <= np.abs(track.position[after] - own)
    rows = np.where(nearer, before, after)
    step = track.step if np.isfinite(track.step) else 1.0
    within = np.abs(track.position[rows] - own) <= 0.5 * step + 1e-3
    return np.where(within, rows, _NONE).astype(np.int64)


def _runs(values: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Half-open ranges in which a value stays the same."""
    edges = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    return [(start, stop) for start, stop in pairwise(edges) if start < stop]
