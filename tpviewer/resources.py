"""Where the program and the files that ship with it lie."""

import sys
from pathlib import Path

from tpviewer.core.errors import TPViewerError

MANUAL_CHAPTERS = (
    "tour.md",
    "how_to_read.md",
    "window.md",
    "review.md",
    "method.md",
    "corpora.md",
    "models.md",
    "files.md",
    "trouble.md",
    "limits.md",
)
"""Pages of the manual in ``resources/manual``, in the order in which they are read."""


def own_command() -> list[str]:
    """Words that start this program once more; its arguments follow."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "tpviewer"]


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


def manual_title(name: str) -> str:
    """Title of a page of the manual.

    Raises
    ------
    TPViewerError
        If the page is missing.
    """
    return resource("manual", name).read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
