"""Raters of videos, to be compared: the machine and the reviewers of sessions, and files of other programs.

A file belongs to the session that its name begins with (``S1.tpv`` and ``S1.openface.csv``), to the only
session where there is one, and without any session to one video with all other files.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError, TPViewerError
from tpviewer.core.rater_agreement import TOLERANCE, RaterAgreement, RaterTrack, rater_agreement
from tpviewer.core.rater_tracks import MACHINE
from tpviewer.store.patient import patient_of
from tpviewer.store.raters import blind_reviewers, session_tracks
from tpviewer.store.session import Session

if TYPE_CHECKING:
    from tpviewer.importing.rated import Ratings

SESSION_SUFFIX = ".tpv"

_MADE_BY = ("program", "model", "model_version", "model_sha256", "thresholds")

GRID_RATE = 25.0
"""Frames per second that files are compared on where none of them knows frames."""


@dataclass(frozen=True, eq=False)
class RatedVideo:
    """One video with all that was said of it.

    Attributes
    ----------
    name : str
        The pseudonym of the session where there is one, else its file's name without the suffix.
    tracks : tuple of RaterTrack
        On the same frames; people first, the machine last. No two have the same name.
    made_by : mapping
        Of the machine: ``profile`` of the results, ``program``, ``model``, ``model_version``,
        ``model_sha256`` and ``thresholds``; empty where there is no machine.
    """

    name: str
    tracks: tuple[RaterTrack, ...]
    made_by: Mapping[str, Any] = field(default_factory=dict)

    def track(self, rater: str) -> RaterTrack | None:
        """Track of a rater, None where there is none."""
        return next((one for one in self.tracks if one.rater == rater), None)


@dataclass(frozen=True, eq=False)
class RatedVideos:
    """What sessions and files hold.

    Attributes
    ----------
    videos : tuple of RatedVideo
    problems : tuple of str
        One for each session or file that could not be used.
    notes : tuple of str
        What of the files was not understood or lies outside the video.
    """

    videos: tuple[RatedVideo, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def raters(self) -> tuple[str, ...]:
        """Names of all raters, people first, the machine last."""
        names = dict.fromkeys(track.rater for video in self.videos for track in video.tracks)
        return (*(name for name in names if name != MACHINE), *([MACHINE] if MACHINE in names else []))

    def pairs(self, reference: str | None = None) -> tuple[tuple[str, str], ...]:
        """Reference and other of all pairs that have scored frames of the same Action Unit.

        Parameters
        ----------
        reference : str, optional
            Only pairs with this rater, as the reference. By default of each pair the one that comes first,
            so that people are the reference of the machine.

        Raises
        ------
        ParameterError
            If there is no rater of this name.
        """
        names = self.raters()
        if reference is None:
            asked: Iterable[tuple[str, str]] = combinations(names, 2)
        elif reference in names:
            asked = ((reference, name) for name in names if name != reference)
        else:
            raise ParameterError(f"there is no rater {reference!r}; choose one of {', '.join(names)}")
        return tuple(pair for pair in asked if any(_in_common(video, *pair) for video in self.videos))

    def told(self) -> list[dict[str, Any]]:
        """JSON types: of each video its ``name``, ``raters``, and how the ``machine``'s results were made."""
        return [
            {
                "name": video.name,
                "raters": [track.rater for track in video.tracks],
                "machine": dict(video.made_by) or None,
            }
            for video in self.videos
        ]

    def agreement(self, reference: str, other: str, tolerance: int = TOLERANCE) -> RaterAgreement:
        """Compare two raters over all videos that both speak of.

        Raises
        ------
        ParameterError
            If there is no such video.
        """
        both = ((video.track(reference), video.track(other)) for video in self.videos)
        return rater_agreement([(a, b) for a, b in both if a is not None and b is not None], tolerance)


def rated_videos(
    paths: Sequence[Path],
    profile: str | None = None,
    check: Callable[[Session], None] = lambda session: None,
    anyone: bool = False,
) -> RatedVideos:
    """Read sessions and files; what cannot be used is named and the rest goes on.

    Parameters
    ----------
    paths : sequence of Path
        Sessions, and files that `tpviewer.importing.ratings.read_ratings` reads.
    profile : str, optional
        Results to take of sessions, by default those that the window shows.
    check : callable
        Raises a `TPViewerError` of a session that is not to be used.
    anyone : bool
        Whoever asks may be coding blind: of a session that someone has not committed yet the machine is left
        out, and a note says so.
    """
    sessions = [path for path in paths if path.suffix.lower() == SESSION_SUFFIX]
    files = [path for path in paths if path not in sessions]
    gathered = _Gathered([], [], [])
    for path in sessions:
        own = [file for file in files if len(sessions) == 1 or _belongs(file, path, sessions)]
        with gathered.named():
            gathered.videos.append(_session_video(path, own, profile, check, anyone, gathered))
    if not sessions and files:
        with gathered.named():
            gathered.videos.extend(_file_video(files, gathered))
    if len(sessions) > 1:
        gathered.problems.extend(
            f"{file}: belongs to none of the sessions; give it a name that begins with that of its session"
            for file in files
            if not any(_belongs(file, path, sessions) for path in sessions)
        )
    return RatedVideos(tuple(gathered.videos), tuple(gathered.problems), tuple(gathered.notes))


@dataclass(frozen=True)
class _Gathered:
    """What has been read so far, see `RatedVideos`."""

    videos: list[RatedVideo]
    problems: list[str]
    notes: list[str]

    @contextmanager
    def named(self) -> Iterator[None]:
        """Keep an error that the user can cause as a problem, and go on."""
        try:
            yield
        except TPViewerError as error:
            self.problems.append(str(error))


def _in_common(video: RatedVideo, reference: str, other: str) -> bool:
    """Whether two raters have scored a frame of the same Action Unit."""
    first, second = video.track(reference), video.track(other)
    if first is None or second is None:
        return False
    places = [(first.aus.index(au), second.aus.index(au)) for au in first.aus if au in second.aus]
    return any((first.scorable[:, i] & second.scorable[:, j]).any() for i, j in places)


def _belongs(file: Path, session: Path, sessions: Sequence[Path]) -> bool:
    """Whether a session has the longest name of those that a file's name begins with."""
    fitting = [one.stem for one in sessions if file.name.startswith(one.stem)]
    return session.stem == max(fitting, key=len, default="")


def _session_video(
    path: Path,
    files: Sequence[Path],
    profile: str | None,
    check: Callable[[Session], None],
    anyone: bool,
    gathered: _Gathered,
) -> RatedVideo:
    with Session(path) as session:
        check(session)
        blind = blind_reviewers(session) if anyone else ()
        name = patient_of(session).pseudonym or path.stem
        tracks = session_tracks(session, profile, hidden=bool(blind))
        times, end = session.times, session.end
        made_by = {"profile": profile or session.shown()} | {key: session.provenance[key] for key in _MADE_BY}
    people = [track for track in tracks if track.rater != MACHINE]
    machine = [track for track in tracks if track.rater == MACHINE]
    if blind:
        gathered.notes.append(
            f"{path}: the machine is left out, for it is still hidden from {', '.join(blind)}; end blind"
            " coding in the window (Review › Commit …) to compare with it"
        )
    read = _read(files, gathered) if files else []
    others = _file_tracks(read, times, end, people, gathered)
    return RatedVideo(name, (*people, *others, *machine), made_by if machine else {})


def _file_video(files: Sequence[Path], gathered: _Gathered) -> list[RatedVideo]:
    read = _read(files, gathered)
    if not read:
        return []
    times = _time_base(read)
    if all(one.track is not None and one.track.unit == "frames" for one in read):
        names = ", ".join(dict.fromkeys(str(one.source) for one in read))
        text = f"{names}: no times in them; frames of the same number are compared, as of one video"
        gathered.notes.append(text)
    tracks = _file_tracks(read, times, float("inf"), (), gathered)
    return [RatedVideo(files[0].stem, tuple(tracks))]


def _read(files: Iterable[Path], gathered: _Gathered) -> "list[Ratings]":
    from tpviewer.importing.ratings import read_ratings  # pandas is slow to come

    read: list[Ratings] = []
    for file in files:
        with gathered.named():
            read += read_ratings(file)
    return read


def _time_base(read: "Sequence[Ratings]") -> NDArray[np.float64]:
    """Times of frames that files are compared on, in seconds: of the first file that has some.

    Where that one leaves frames out they are put back, so that tables that only number frames fit.

    Raises
    ------
    ParameterError
        If there are files with times and files that only number frames, and none that has both.
    """
    tracks = [one.track for one in read if one.track is not None]
    timed = next((track for track in tracks if track.unit == "seconds"), None)
    if timed is not None:
        gaps = zip(timed.position[:-1], timed.position[1:], strict=True)
        filled = [np.linspace(a, b, max(round((b - a) / timed.step), 1), endpoint=False) for a, b in gaps]
        return np.concatenate([*filled, timed.position[-1:]])
    if tracks and len(tracks) < len(read):
        source = next(one.source for one in read if one.track is not None)
        raise ParameterError(
            f"{source}: numbers frames and has no times, the other files have times only;"
            " compare them together with the session of the video"
        )
    if tracks:
        return np.arange(max(track.position[-1] for track in tracks) + 1)
    ends = [one.stop_s for ratings in read for one in ratings.intervals]
    return np.arange(0, max([*ends, *(r.end_s or 0.0 for r in read)]), 1 / GRID_RATE)


def _file_tracks(
    read: "Sequence[Ratings]",
    times: NDArray[np.float64],
    end: float,
    others: Sequence[RaterTrack],
    gathered: _Gathered,
) -> list[RaterTrack]:
    """Tracks of files; where a name is taken, with the name of the file."""
    from tpviewer.importing.ratings import frame_values, problems

    count = Counter([MACHINE, *(track.rater for track in others), *(one.rater for one in read)])
    tracks = []
    for one in read:
        name = one.rater if count[one.rater] == 1 else f"{one.rater} ({one.source.name})"
        presence, intensity, known = frame_values(one, times)
        tracks.append(RaterTrack(name, one.aus, presence, intensity, known))
        gathered.notes.extend(problems(one, end))
    return tracks
