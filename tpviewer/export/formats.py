"""One door to every export, for the command line and the window."""

from pathlib import Path
from typing import Literal

from tpviewer.core.errors import TPViewerError
from tpviewer.store.session import Session

Format = Literal["figure", "csv", "json"]
FORMATS: tuple[Format, ...] = ("figure", "csv", "json")
FIGURE_SUFFIXES = (".pdf", ".png", ".svg")


def write_export(
    session: Session,
    to: Format,
    path: Path,
    profile: str | None = None,
    video: Path | None = None,
    top_x: float = 25.0,
) -> list[Path]:
    """Write one export of a session.

    Parameters
    ----------
    session : Session
        Its analysis has come to its end.
    to : {'figure', 'csv', 'json'}
    path : Path
        Replaced if it exists; the suffix of a figure decides its kind.
    profile : str, optional
        By default the results that the window shows.
    video : Path, optional
        Where the session's video lies now, if it was moved; only figures need it.
    top_x : float
        Percent of the positive relevance that figures draw.

    Returns
    -------
    list of Path
        Files written.

    Raises
    ------
    TPViewerError
        If the analysis is not finished, the video is missing, or the file cannot be written.
    """
    if to == "figure" and path.suffix.lower() not in FIGURE_SUFFIXES:
        raise TPViewerError(f"{path}: a figure is {', '.join(FIGURE_SUFFIXES)}; change the name")
    try:
        return _write(session, to, path, profile, video, top_x)
    except OSError as error:
        raise TPViewerError(f"{path}: cannot be written ({error.strerror}); choose another place") from error


def _write(
    session: Session, to: Format, path: Path, profile: str | None, video: Path | None, top_x: float
) -> list[Path]:
    """Write; what a format needs is imported only for it, as matplotlib and pandas take their time."""
    if to == "csv":
        from tpviewer.export.tables import write_csv

        return write_csv(session, path, profile)
    if to == "json":
        from tpviewer.export.json_file import write_json

        return [write_json(session, path, profile)]
    from tpviewer.export.figure import write_figure

    return [write_figure(session, path, profile, video, top_x)]
