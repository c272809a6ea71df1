"""The timeline with what reviewers say: their lanes below the machine's, their stages below its stages."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from tpviewer.ui import theme
from tpviewer.ui.interval_marks import IntervalMarks
from tpviewer.ui.review_state import ReviewState
from tpviewer.ui.reviewed_result import ReviewedResult
from tpviewer.ui.timeline.review_lane import ReviewLane
from tpviewer.ui.timeline.review_view import Extent
from tpviewer.ui.timeline.reviewed_strip import ReviewedStrip
from tpviewer.ui.timeline.timeline import LANES, Timeline
from tpviewer.ui.viewer_state import ViewerState

_SHARE = 0.3
"""Part of the height that lanes of judgements take at most."""


class ReviewTimeline(Timeline):
    """Stages, Action Units and judgements over time.

    Parameters
    ----------
    state : ViewerState
    review : ReviewState
    marks : IntervalMarks
    parent : QWidget or None
    """

    def __init__(
        self, state: ViewerState, review: ReviewState, marks: IntervalMarks, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, parent)
        self.reviewed = ReviewedResult(state, review, self)
        self.reviewed_strip = ReviewedStrip(self.reviewed)
        self.review_lane = ReviewLane(state, review, marks)
        self.review_bar = QScrollBar(Qt.Orientation.Vertical)
        theme.name_for_readers(self.review_bar, self.tr("Scroll the lanes of judgements"))
        self.reviewed_strip.hide()
        self._grid.addWidget(self.reviewed_strip, LANES - 1, 0)
        self._grid.addWidget(self.review_lane, LANES + 1, 0)
        self._grid.addWidget(self.review_bar, LANES + 1, 1)
        self._extend_menu()
        self.review_lane.scrolled.connect(self._fit_review)
        self.review_bar.valueChanged.connect(self.review_lane.set_offset)
        self._fit_review()

    def _extend_menu(self) -> None:
        texts: dict[Extent, str] = {
            "none": self.tr("No review lanes"),
            "chosen": self.tr("Review lanes of the chosen Action Unit"),
            "all": self.tr("Review lanes of all reviewed Action Units"),
        }
        self.menu.addSeparator()
        self.extent_actions = self._choices(self.menu, texts, self.review_lane.set_extent)
        self.extent_actions[self.review_lane.extent].setChecked(True)
        self.reviewed_action = self._toggle(self.menu, self.tr("Reviewed prototype"))
        self.reviewed_action.toggled.connect(self.reviewed.set_wanted)
        self.reviewed_action.toggled.connect(self.reviewed_strip.setVisible)

    def set_reviewed(self, shown: bool) -> None:
        """Show the stages after review below those of the machine, or no longer."""
        self.reviewed_action.setChecked(shown)

    def _fit_review(self) -> None:
        lane, bar = self.review_lane, self.review_bar
        lane.setVisible(lane.wanted)
        beyond = max(lane.full_height - lane.height(), 0)
        bar.setRange(0, beyond)
        bar.setPageStep(lane.height())
        bar.setSingleStep(lane.rows[0].height)
        bar.setValue(lane.offset)
        bar.setVisible(lane.wanted and beyond > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the lanes of judgements their share of the height."""
        super().resizeEvent(event)
        self.review_lane.set_room(round(_SHARE * self.height()))
