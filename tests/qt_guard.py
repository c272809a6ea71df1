"""What every test with Qt must leave behind: no widget, no thread, no running timer."""

import gc
import os
import threading
from collections.abc import Iterator
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tpviewer.ui import theme

T = TypeVar("T", bound=QObject)


@pytest.fixture(autouse=True)
def nothing_left_behind(qtbot: QtBot) -> Iterator[None]:
    """Fail a test that leaks top-level widgets, threads or active timers."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply_theme(application, "light")
    widgets, threads = set(map(id, application.topLevelWidgets())), set(threading.enumerate())
    yield
    for widget, *_ in getattr(qtbot._request.node, "qt_widgets", []) or []:
        alive = widget()
        if alive is not None:
            alive.close()
            alive.deleteLater()
    qtbot._request.node.qt_widgets = []
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    left = [w for w in application.topLevelWidgets() if id(w) not in widgets]
    assert not left, f"widgets left open: {left}"
    left_running = [t for t in _alive(QThread) if t.isRunning() and t is not application.thread()]
    assert not left_running, f"threads left running: {left_running}"
    timers = [t for t in _alive(QTimer) if t.isActive()]
    assert not timers, f"timers left running: {[t.parent() for t in timers]}"
    ours = [t for t in threading.enumerate() if t not in threads and not t.daemon]
    assert not ours, f"threads left running: {ours}"


def _alive(kind: type[T]) -> list[T]:
    """Objects of a Qt class that Python knows and Qt has not deleted; proxies to dead objects are no such."""
    return [o for o in gc.get_objects() if issubclass(type(o), kind) and shiboken6.isValid(o)]
