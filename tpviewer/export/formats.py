"""One door to every export, for the command line and the window."""

import zlib
from pathlib import Path
from typing import Literal, get_args

from tpviewer.core.errors import ParameterError, TPViewerError
from tpviewer.export.progress import Follow, on_and_on, run_to_end
from tpviewer.export.whole import set_aside
from tpviewer.store.session import Session

Format = Literal["figure", "csv", "json", "video", "report", "fex", "eaf", "nova", "boris", "virelay"]
FORMATS: tuple[Format, ...] = get_args(Format)
FIGURE_SUFFIXES = (".pdf", ".png", ".svg")
PICTURES: tuple[Format, ...] = ("figure", "video", "report", "virelay")
"""Formats that show the face, and so have a de-identified variant."""

REVIEWED: tuple[Format, ...] = ("csv", "json")
"""Formats in which one reviewer's result can be told."""

_SUFFIXES: dict[Format, tuple[str, ...]] = {
    "figure": FIGURE_SUFFIXES,
    "video": (".mp4",),
    "report": (".pdf",),
    "eaf": (".eaf",),
    "nova": (".annotation",),
    "virelay": (".yaml", ".yml"),
}


def write_export(
    session: Session,
    to: Format,
    path: Path,
    profile: str | None = None,
    video: Path | None = None,
    top_x: float = 25.0,
    frames: tuple[int, int] | None = None,
    deidentified: bool = False,
    follow: Follow = on_and_on,
    reviewer: str | None = None,
) -> list[Path]:
    """Write one export of a session.

    Parameters
    ----------
    session : Session
        Its analysis has come to its end.
    to : str
        One of `FORMATS`.
    path : Path
        Replaced if it exists; the suffix of a figure decides its kind. Files of NOVA go into a folder of this
        name without its suffix.
    profile : str, optional
        By default the results that the window shows.
    video : Path, optional
        Where the session's video lies now, if it was moved; only `PICTURES` need it.
    top_x : float
        Percent of the positive relevance that pictures draw.
    frames : (int, int), optional
        Half-open range of frames of a video export; all by default.
    deidentified : bool
        A drawing of a face in place of the person's, and no name; only of `PICTURES`.
    follow : callable
        Is told how far a video or a report is; False stops it, and nothing is written.
    reviewer : str, optional
        Whose review goes into a table; only of `REVIEWED`.

    Returns
    -------
    list of Path
        Files written, the one at `path` first where there is one.

    Raises
    ------
    TPViewerError
        If the analysis is not finished, the video is missing, or the file cannot be written.
    """
    _check(to, path, frames, deidentified, reviewer)
    try:
        if to == "video":
            from tpviewer.export.overlay_video import write_overlay_video

            film = write_overlay_video(session, path, profile, video, top_x, frames, deidentified)
            run_to_end(film, path, follow)
            return [path]
        if to == "report":
            from tpviewer.export.report import write_report

            run_to_end(write_report(session, path, profile, video, top_x, deidentified), path, follow)
            return [path]
        if to == "virelay":
            from tpviewer.export.virelay import virelay_files, write_virelay

            run_to_end(write_virelay(session, path, profile, video, top_x, deidentified), path, follow)
            return virelay_files(path)
        if to == "eaf":
            from tpviewer.export.elan import write_eaf

            return [write_eaf(session, path, profile, video, top_x)]
        with set_aside(path) as aside:
            if to == "figure":
                from tpviewer.export.figure import write_figure

                files = [write_figure(session, aside, profile, video, top_x, deidentified)]
            elif to in ("csv", "json"):
                files = _write(session, to, aside, profile, reviewer, top_x)
            else:
                files = _write_exchange(session, to, aside, profile, top_x)
        return [path.parent / file.relative_to(aside.parent) for file in files]
    except (OSError, zlib.error) as error:  # the latter where matplotlib cannot end a PDF
        reason = getattr(error, "strerror", None) or "the disk may be full"
        raise TPViewerError(f"{path}: cannot be written ({reason}); choose another place") from error


def _check(
    to: Format, path: Path, frames: tuple[int, int] | None, deidentified: bool, reviewer: str | None
) -> None:
    """Refuse what does not go together, before anything is worked out."""
    suffixes = _SUFFIXES.get(to)
    if suffixes is not None and path.suffix.lower() not in suffixes:
        raise TPViewerError(f"{path}: a {to} is {', '.join(suffixes)}; change the name")
    if deidentified and to not in PICTURES:
        raise ParameterError(f"only {', '.join(PICTURES)} can be de-identified, not {to}")
    if frames is not None and to != "video":
        raise ParameterError(f"a range of frames goes with a video only, not with {to}")
    if reviewer is not None and to not in REVIEWED:
        raise ParameterError(f"a reviewer goes with {', '.join(REVIEWED)} only, not with {to}")


def _write_exchange(
    session: Session, to: Format, path: Path, profile: str | None, top_x: float
) -> list[Path]:
    """Write tables and tracks that other programs read."""
    if to == "fex":
        from tpviewer.export.fex import write_fex

        return write_fex(session, path, profile, top_x)
    if to == "boris":
        from tpviewer.export.boris import write_boris

        return write_boris(session, path, profile, top_x)
    from tpviewer.export.nova import write_nova

    return write_nova(session, path, profile, top_x)


def _write(
    session: Session, to: Format, path: Path, profile: str | None, reviewer: str | None, top_x: float
) -> list[Path]:
    """Write a table; what it needs is imported only for it, as pandas takes its time."""
    if to == "csv":
        from tpviewer.export.tables import write_csv

        return write_csv(session, path, profile, reviewer, top_x)
    from tpviewer.export.json_file import write_json

    return [write_json(session, path, profile, reviewer, top_x)]
