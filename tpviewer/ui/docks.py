"""Where the panels lie: three columns and time below; they dock, float and are remembered."""

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from tpviewer.ui import theme

LAYOUT_VERSION = 2
"""Raise when panels change, so that a remembered layout of older ones is not forced upon them."""

_LOW_WINDOW = 1150  # pixels of height under which time and prototype share one place

_LEAST_RIGHT, _MOST_RIGHT = 45 * theme.SPACE, 64 * theme.SPACE
"""Bounds of the right column at first; it takes its share of the width, for a video lacks height."""


def is_low(height: int) -> bool:
    """Return True for a window, this many pixels high, in which time and prototype share one place."""
    return height < _LOW_WINDOW


class Docks:
    """The panels of the main window by name."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._docks: dict[str, QDockWidget] = {}

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    def __iter__(self) -> Iterator[QDockWidget]:
        return iter(self._docks.values())

    def add(
        self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea, behind: str = ""
    ) -> QDockWidget:
        """Make a panel of a widget, as a tab behind another panel if one is named."""
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(widget)
        dock.setAccessibleName(title)
        self._window.addDockWidget(area, dock)
        if behind:  # at once: panels on top of each other would ask for a higher window
            self._window.tabifyDockWidget(self[behind], dock)
        self._docks[name] = dock
        return dock

    def arrange(self, height: int) -> None:
        """Lay the panels out as they are at first, for a window of this height in pixels."""
        window, low = self._window, is_low(height)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.tabifyDockWidget(self["inspector"], self["looks"])
        window.tabifyDockWidget(self["looks"], self["review"])
        self["inspector"].raise_()
        if low:
            window.tabifyDockWidget(self["timeline"], self["prototype"])
            self["timeline"].raise_()
            tall = [self["timeline"]], [max(300, int(0.34 * height))]
        else:
            window.splitDockWidget(self["prototype"], self["timeline"], Qt.Orientation.Vertical)
            tall = [self["prototype"], self["timeline"]], [230, 400]
        window.resizeDocks(*tall, Qt.Orientation.Vertical)
        wide = [self["sessions"], self["inspector"]]
        right = min(max(_LEAST_RIGHT, round(0.35 * window.width())), _MOST_RIGHT)
        window.resizeDocks(wide, [28 * theme.SPACE, right], Qt.Orientation.Horizontal)

    def restore(self, state: QByteArray) -> bool:
        """Lay the panels out as they were; False where there is nothing to go by."""
        return not state.isEmpty() and self._window.restoreState(state, LAYOUT_VERSION)

    def state(self) -> QByteArray:
        """Layout for `restore`."""
        return self._window.saveState(LAYOUT_VERSION)
