"""The rows of the timeline, put together over one time axis."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QScrollBar, QStackedLayout, QToolButton, QWidget

from tpviewer.ui import theme
from tpviewer.ui.timeline.lanes import Lanes
from tpviewer.ui.timeline.names import LAYERS, PROFILES, layer_name, profile_name
from tpviewer.ui.timeline.overview import Overview
from tpviewer.ui.timeline.quality_lane import QualityLane
from tpviewer.ui.timeline.ruler import Ruler
from tpviewer.ui.timeline.stage_strip import StageStrip
from tpviewer.ui.timeline.time_widget import GUTTER, row_height
from tpviewer.ui.viewer_state import ViewerState

_MARGIN = 0.02
"""Part of the visible range left before the playhead when the view turns a page."""

LANES = 4
"""Place of the lanes of the Action Units, counted from the top."""

_Name = TypeVar("_Name", bound=str)


class Timeline(QWidget):
    """Stages, Action Units, head and quality over time.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget or None
    """

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.ruler, self.strip = Ruler(state), StageStrip(state)
        self.other_strip = StageStrip(state, other=True)
        self.lanes, self.quality, self.overview = Lanes(state), QualityLane(state), Overview(state)
        self.scroll_bar = QScrollBar(Qt.Orientation.Vertical)
        theme.name_for_readers(self.scroll_bar, self.tr("Scroll the lanes"))
        self._hint = QLabel(self.tr("Open a video to see its Action Units over time"))
        self._hint.setProperty("role", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._arrange()
        self._make_menu()
        self.setAccessibleName(self.tr("Timeline"))
        self.other_strip.hide()
        self.lanes.scrolled.connect(self._fit_scroll_bar)
        self.scroll_bar.valueChanged.connect(self.lanes.set_offset)
        state.document_changed.connect(self._show_what_is_open)
        state.results_changed.connect(self._check_actions)
        state.playhead_changed.connect(self._follow_playhead)
        self._show_what_is_open()
        self._check_actions()

    def _arrange(self) -> None:
        grid = self._grid
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for place, row in self._places().items():
            grid.addWidget(row, place, 0)
        grid.setRowStretch(LANES, 1)
        # The bar's column keeps its width when the bar is not needed, so that no row ever jumps.
        policy = self.scroll_bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.scroll_bar.setSizePolicy(policy)
        grid.addWidget(self.scroll_bar, LANES, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self._rows)

    def _places(self) -> dict[int, QWidget]:
        """Rows by their place from the top; there is room for more above and below the lanes."""
        above = {0: self.ruler, 1: self.strip, 2: self.other_strip}
        return {**above, LANES: self.lanes, LANES + 2: self.quality, LANES + 3: self.overview}

    def _make_menu(self) -> None:
        self.menu_button = QToolButton(self.ruler)
        self.menu_button.setText(self.tr("Results ▾"))
        self.menu_button.setProperty("flat", True)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.menu_button.setGeometry(2, 2, GUTTER - 6, self.ruler.height() - 4)
        theme.name_for_readers(
            self.menu_button,
            self.tr("Results to show"),
            self.tr("Choose the results that the timeline shows"),
        )
        self.menu = menu = QMenu(self.menu_button)
        profiles = {name: profile_name(name) for name in PROFILES}
        layers = {name: layer_name(name).capitalize() for name in LAYERS}
        self.profile_actions = self._choices(menu, profiles, self._state.set_profile)
        self.layer_actions = self._choices(menu, layers, self._state.set_layer)
        self.compare_action = self._toggle(menu, self.tr("Stages of both profiles"))
        self.active_only_action = self._toggle(menu, self.tr("Only Action Units that become active"))
        self.compare_action.toggled.connect(self.other_strip.setVisible)
        self.active_only_action.toggled.connect(self.lanes.set_active_only)
        self.menu_button.setMenu(menu)

    def _choices(
        self, menu: QMenu, texts: Mapping[_Name, str], choose: Callable[[_Name], None]
    ) -> dict[_Name, QAction]:
        group = QActionGroup(menu)
        actions = {}
        for name, text in texts.items():
            actions[name] = group.addAction(text)
            actions[name].setCheckable(True)
            actions[name].triggered.connect(partial(choose, name))
        menu.addActions(group.actions())
        menu.addSeparator()
        return actions

    def _toggle(self, menu: QMenu, text: str) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        return action

    def set_compare(self, compare: bool) -> None:
        """Show the stages of the other profile as well, or no longer."""
        self.compare_action.setChecked(compare)

    def set_active_only(self, hide: bool) -> None:
        """Hide the lanes of Action Units that are never active, or show them again."""
        self.active_only_action.setChecked(hide)

    def _check_actions(self) -> None:
        self.profile_actions[self._state.profile].setChecked(True)
        self.layer_actions[self._state.layer].setChecked(True)

    def _show_what_is_open(self) -> None:
        self._pages.setCurrentWidget(self._rows if self._state.n_frames else self._hint)

    def _follow_playhead(self, frame: int) -> None:
        start, stop = self._state.view
        moment, width = self._state.time_of(frame), stop - start
        if not start <= moment < stop:
            self._state.set_view(moment - _MARGIN * width, moment + (1 - _MARGIN) * width)

    def _fit_scroll_bar(self) -> None:
        beyond = max(self.lanes.full_height - self.lanes.height(), 0)
        self.scroll_bar.setRange(0, beyond)
        self.scroll_bar.setPageStep(self.lanes.height())
        self.scroll_bar.setSingleStep(row_height())
        self.scroll_bar.setValue(self.lanes.offset)
        self.scroll_bar.setVisible(beyond > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the scroll bar to the room for the lanes."""
        super().resizeEvent(event)
        self._fit_scroll_bar()
