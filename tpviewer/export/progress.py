"""How far an export is that takes its time, and how it is stopped."""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tpviewer.core.errors import TPViewerError


@dataclass(frozen=True)
class ExportProgress:
    """How far an export is.

    Attributes
    ----------
    done, total : int
        Frames of a video, parts of a report.
    """

    done: int
    total: int


Exporting = Generator[ExportProgress, None, None]
"""An export at work: iterate it to its end; closing it earlier stops it and leaves no file."""

Follow = Callable[[ExportProgress], bool]
"""Is told of progress; False stops the export."""


class ExportStoppedError(TPViewerError):
    """An export was stopped by the user."""


def on_and_on(_: ExportProgress) -> bool:
    """Follow an export without ever stopping it."""
    return True


def run_to_end(work: Exporting, path: Path, follow: Follow) -> None:
    """Iterate an export to its end.

    Parameters
    ----------
    work : generator of ExportProgress
    path : Path
        What it writes.
    follow : callable

    Raises
    ------
    ExportStoppedError
        If `follow` said so; nothing was written.
    """
    with closing(work):
        for progress in work:
            if not follow(progress):
                raise ExportStoppedError(f"{path}: stopped; nothing was written")
