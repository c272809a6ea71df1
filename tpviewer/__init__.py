"""TPViewer: why a neural network saw a facial Action Unit, over a whole video."""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tpviewer.store.session import Session

__version__ = "0.1.0"


def analyze(
    video: str | PathLike[str],
    out: str | PathLike[str] | None = None,
    model: str | PathLike[str] | None = None,
    **params: Any,
) -> "Session":
    """Analyse a video as the command line does, and open the result.

    Parameters
    ----------
    video : path
        Video, image or folder of images.
    out : path, optional
        The session file; by default ``NAME.tpv`` beside the video. An unfinished one is continued.
    model : path, optional
        Model package; the bundled one by default.
    **params
        Fields of `tpviewer.pipeline.params.Params`, for example ``profile="paper"`` or ``max_frames=100``.

    Returns
    -------
    Session
        Opened for reading; close it, or use it in a ``with`` statement.

    Raises
    ------
    TPViewerError
        If the video, the model, the session file or a parameter cannot be used.
    """
    from tpviewer.pipeline.analyze import analyze as events
    from tpviewer.pipeline.params import Params

    path = Path(out) if out is not None else Path(video).with_suffix(".tpv")
    for _ in events(Path(video), path, Params(**params), None if model is None else Path(model)):
        pass
    return open(path)


def open(path: str | PathLike[str]) -> "Session":
    """Open a session for reading; close it, or use it in a ``with`` statement.

    Raises
    ------
    SessionError
        If the file is missing, damaged, no session, or from a newer version.
    """
    from tpviewer.store.session import Session

    return Session(Path(path))
