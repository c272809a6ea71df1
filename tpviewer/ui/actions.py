"""Every action of the window: its text, its keys, and what it does; menus and Help are made from these."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from tpviewer.ui.action_spec import ActionSpec
from tpviewer.ui.icons import icon
from tpviewer.ui.language import tr
from tpviewer.ui.window_specs import SPECS


class Actions(QObject):
    """All actions by name; an icon follows the theme after `refresh_icons`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._made = {spec.name: self._make(spec) for spec in SPECS}
        self.refresh_icons()

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._made.values())

    def of_menu(self, menu: str) -> list[QAction]:
        """Actions of one menu, in order."""
        return [self._made[spec.name] for spec in SPECS if spec.menu == menu]

    def refresh_icons(self) -> None:
        """Draw all icons in the theme's colours."""
        for spec in SPECS:
            if spec.picture:
                self._made[spec.name].setIcon(icon(spec.picture))

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(tr(spec.text), self)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setCheckable(spec.checkable)
        action.setStatusTip(tr(spec.tip))
        keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
        action.setToolTip(tr(spec.tip) + (f" ({keys})" if keys else ""))
        return action
