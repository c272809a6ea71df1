"""A session's file and what SQLite keeps beside it, and how they are taken off the disk."""

import time
from dataclasses import dataclass
from pathlib import Path

from tpviewer.core.errors import SessionError
from tpviewer.store.session import Session

_BESIDE = ("-wal", "-shm", "-journal")
_PATIENCE_S = 3.0
_STEP_S = 0.1


@dataclass(frozen=True)
class Deletable:
    """What goes with a session.

    Attributes
    ----------
    files : tuple of Path
        Files of the session; the video is never one of them.
    bytes : int
        Their size.
    crops, maps : int
        Pictures of the face and relevance maps in it.
    judgements : int
        What reviewers said, all of them together.
    reviewers : tuple of str
    """

    files: tuple[Path, ...]
    bytes: int
    crops: int = 0
    maps: int = 0
    judgements: int = 0
    reviewers: tuple[str, ...] = ()

    @property
    def reviewed(self) -> bool:
        """True where the work of people goes with it."""
        return bool(self.reviewers)


def deletable(path: Path) -> Deletable:
    """Look what would go with a session; of a damaged one its files are known.

    Raises
    ------
    SessionError
        If there is no such file.
    """
    files = _files(path)
    size = sum(file.stat().st_size for file in files)
    try:
        with Session(path) as session:
            reviewers = session.reviews.reviewers()
            return Deletable(
                files,
                size,
                session.predictions.crop_count(),
                session.relevance.count(),
                len(session.reviews.judgements()),
                reviewers,
            )
    except SessionError:
        return Deletable(files, size)


def delete_session(path: Path) -> tuple[Path, ...]:
    """Delete the files of a session; its video stays.

    A file that another thread is letting go of is tried again for some seconds, as Windows asks for.

    Returns
    -------
    tuple of Path
        What was deleted.

    Raises
    ------
    SessionError
        If there is no such file, it is no session, or it cannot be deleted.
    """
    if path.suffix.lower() != ".tpv":
        raise SessionError(f"{path}: not a session (.tpv), so it is not deleted")
    files = _files(path)
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            for file in files:
                file.unlink(missing_ok=True)
            return files
        except OSError as error:
            if time.monotonic() > deadline:
                raise SessionError(
                    f"{path}: cannot be deleted ({error.strerror}); close other programs that use it, and"
                    " check that its folder may be written to"
                ) from error
            time.sleep(_STEP_S)


def _files(path: Path) -> tuple[Path, ...]:
    """The logs come first: one left behind would be taken for that of a new session of the same name."""
    beside = [path.with_name(path.name + end) for end in _BESIDE]
    if not path.is_file():
        raise SessionError(f"{path}: no such session file; it may have been moved or deleted already")
    return (*(file for file in beside if file.exists()), path)
