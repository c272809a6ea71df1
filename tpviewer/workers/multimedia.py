"""QtMultimedia, loaded late and kept from talking of libraries and devices that are not there."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_loading = threading.Lock()  # one message handler at a time


def import_multimedia() -> bool:
    """Load QtMultimedia; a quarter of a second that the window need not wait for.

    Returns
    -------
    bool
        False where it, or a library that it needs, is missing.
    """
    with quiet_multimedia():
        try:
            import PySide6.QtMultimedia  # noqa: F401
        except ImportError:
            return False
    return "PySide6.QtMultimedia" in sys.modules


@contextmanager
def quiet_multimedia() -> Iterator[None]:
    """Drop what QtMultimedia says of libraries and devices that are not there; all else passes."""

    def pass_on(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if (context.category or "").startswith("qt.multimedia") or text.startswith("PulseAudio"):
            return
        if previous is not None:
            previous(kind, context, text)

    with _loading:
        previous = qInstallMessageHandler(pass_on)
        try:
            yield
        finally:
            qInstallMessageHandler(previous)
