"""Which files of a folder are videos."""

from pathlib import Path

from tpviewer.core.errors import MediaError
from tpviewer.media.image_sequence import IMAGE_SUFFIXES

VIDEO_SUFFIXES = frozenset(
    {".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".flv", ".mts", ".3gp", ".ts"}
)


def expand(given: Path) -> list[Path]:
    """One path for a file or an image folder; every video and image of a folder that holds videos.

    Parameters
    ----------
    given : Path

    Returns
    -------
    list of Path
        In the order of their names; hidden files are left out.

    Raises
    ------
    MediaError
        If the path does not exist or cannot be looked into.
    """
    try:
        if not given.exists():
            raise MediaError(f"{given}: no such file or folder; check the name")
        if not given.is_dir():
            return [given]
        files = sorted(path for path in given.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise MediaError(
            f"{given}: cannot be looked into ({error.strerror}); check that you may read it"
        ) from error
    if not any(path.suffix.lower() in VIDEO_SUFFIXES for path in files):
        return [given]
    known = VIDEO_SUFFIXES | IMAGE_SUFFIXES
    return [path for path in files if path.suffix.lower() in known]
