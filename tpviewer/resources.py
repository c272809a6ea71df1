"""Where the files that ship with the program lie."""

import sys
from pathlib import Path

from tpviewer.core.errors import TPViewerError


def resource(*parts: str) -> Path:
    """Path of a bundled file or folder, in the source tree and in the frozen program alike.

    Raises
    ------
    TPViewerError
        If it is missing.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[1]
    path = root.joinpath("resources", *parts)
    if not path.exists():
        raise TPViewerError(f"{path}: a file of the program is missing; install TPViewer again")
    return path
