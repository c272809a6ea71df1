"""Which video and which session file belong together."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tpviewer.core.errors import EmptySessionError, SessionError
from tpviewer.media.source import file_identity
from tpviewer.media.video_info import VideoInfo
from tpviewer.store.patient import patient_of
from tpviewer.store.session import Session, VideoRecord

SESSION_SUFFIX = ".tpv"


@dataclass(frozen=True)
class Document:
    """What is open.

    Attributes
    ----------
    video : Path or None
        None where a session's video is not to be found.
    session : Path
        Where results are or will be.
    expected : Path
        Where the session says that its video is.
    changed : bool
        Another video lies there now.
    pseudonym : str
        Shown instead of the name of the video; it does not make another document.
    """

    video: Path | None
    session: Path
    expected: Path
    changed: bool = False
    pseudonym: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """Name for the title."""
        return self.pseudonym or self.expected.name

    def pseudonyms(self) -> dict[Path, str]:
        """Pseudonym by each path of its session and video; empty for none."""
        return dict.fromkeys((self.session, self.expected, self.video or self.expected), self.pseudonym)


def document_of(path: Path, spare_folder: Path) -> Document:
    """Find the session of a video, or the video of a session.

    Parameters
    ----------
    path : Path
        A video, an image, a folder of images, or a ``.tpv`` file.
    spare_folder : Path
        Sessions of videos in folders that cannot be written go here.

    Raises
    ------
    SessionError
        If a session cannot be read.
    """
    path = path.absolute()
    if path.suffix.lower() != SESSION_SUFFIX:
        session_path = session_of(path, spare_folder)
        return Document(path, session_path, path, pseudonym=_pseudonym(session_path))
    with _reading(path) as session:
        record, pseudonym = session.video, patient_of(session).pseudonym
    expected = Path(record.path)
    there = [place for place in (expected, path.parent / expected.name) if place.exists()]
    video = next((place for place in there if _may_be(record, place)), None)
    return Document(video, path, expected, changed=video is None and bool(there), pseudonym=pseudonym)


def _pseudonym(session_path: Path) -> str:
    """Pseudonym in the session of a video; none where it cannot be read, which reading its results says."""
    try:
        with _reading(session_path) as session:
            return patient_of(session).pseudonym
    except SessionError:
        return ""


def session_of(video: Path, spare_folder: Path) -> Path:
    """Session file of a video: ``NAME.tpv`` beside it, as on the command line.

    Another video's session of that name is left alone: then the suffix is kept in the name. Where the folder
    cannot be written and holds no session, it lies in `spare_folder` under a name that no other folder gives.
    """
    known = known_session_of(video, spare_folder)
    if known is not None:
        return known
    if not can_write(video.parent):
        return _spare_session(video, spare_folder)
    beside = _beside(video)
    return next((path for path in beside if not path.exists()), beside[1])


def known_session_of(video: Path, spare_folder: Path) -> Path | None:
    """Session of a video that is there already; None where there is none yet."""
    beside = next((path for path in _beside(video) if path.exists() and _belongs(path, video)), None)
    spare = _spare_session(video, spare_folder)
    return beside or (spare if spare.exists() and not can_write(video.parent) else None)


def _beside(video: Path) -> list[Path]:
    stem = video.name if video.is_dir() else video.stem
    return [video.parent / f"{name}{SESSION_SUFFIX}" for name in (stem, video.name)]


def _spare_session(video: Path, spare_folder: Path) -> Path:
    mark = hashlib.sha256(str(video.parent).encode()).hexdigest()[:8]
    return spare_folder / f"{video.name}-{mark}{SESSION_SUFFIX}"


def can_write(folder: Path) -> bool:
    """Whether files can be made in a folder; trying is the only test that holds on every system."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _belongs(session_path: Path, video: Path) -> bool:
    """True where a session speaks of this video, as far as can be told without hashing it."""
    try:
        with _reading(session_path) as session:
            return _may_be(session.video, video)
    except SessionError:
        return True  # damaged or newer: opening it says what is wrong, and it is not written over


def _may_be(record: VideoRecord, video: Path) -> bool:
    if video.is_dir():
        return record.kind == "images"
    return record.size == video.stat().st_size


@contextmanager
def _reading(path: Path) -> Iterator[Session]:
    """Open a session; whatever of it is damaged is a `SessionError`."""
    try:
        with Session(path) as session:
            yield session
    except EmptySessionError as error:
        raise EmptySessionError(
            f"{path}: holds no video and no results yet; open the video itself and analyse it"
        ) from error
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise SessionError(
            f"{path}: not a session or damaged ({type(error).__name__}); restore a copy, or move it away and"
            " analyse the video again"
        ) from error


def can_show(info: VideoInfo, record: VideoRecord) -> bool:
    """Whether results can be of a video by its size and length; whether they are, its hash says later."""
    return (info.width, info.height) == (record.width, record.height) and record.frames <= info.n_frames


def same_video(session_path: Path, video: Path) -> bool:
    """Compare a video with the one that a session was made from, by hash.

    Raises
    ------
    MediaError, SessionError
        If one of them cannot be read.
    """
    with _reading(session_path) as session:
        known = session.video.sha256
    return file_identity(video)[0] == known


def relocate(session_path: Path, video: Path) -> None:
    """Remember that the video of a session lies elsewhere now.

    Raises
    ------
    SessionError
        If it is another video, or the session cannot be written.
    """
    if not same_video(session_path, video):
        raise SessionError(
            f"{video}: not the video that {session_path} was made from; choose the right one, or open this"
            " video for itself"
        )
    with Session(session_path, writable=True) as session, session.transaction():
        session.meta.put("video", {**session.meta.get("video"), "path": str(video.resolve())})
