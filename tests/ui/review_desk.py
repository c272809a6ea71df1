"""A timeline with judgements that a test draws, moves and stretches with the mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.review_samples import ME, MemoryReview, judged
from tests.ui.samples import make_snapshot, make_video
from tpviewer.core.annotations import Annotation
from tpviewer.ui.interval_marks import IntervalMarks
from tpviewer.ui.timeline.review_data import ReviewRow
from tpviewer.ui.timeline.review_lane import ReviewLane
from tpviewer.ui.timeline.review_timeline import ReviewTimeline
from tpviewer.ui.timeline.time_widget import GUTTER
from tpviewer.ui.viewer_state import ViewerState

LEFT, NONE, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
WIDTH = GUTTER + 1200 + 10  # four pixels a frame; the scroll bar's column keeps its width


class Desk:
    """A timeline with judgements, and what it asked for."""

    def __init__(self, qtbot: QtBot, *annotations: Annotation, frames: int = 300) -> None:
        self.state = ViewerState()
        snapshot = make_snapshot(frames)
        self.state.open(make_video(snapshot), snapshot)
        self.state.set_au("AU04")
        self.review = MemoryReview(self.state, tuple(judged(one) for one in annotations))
        self.marks = IntervalMarks(self.state)
        self.timeline = ReviewTimeline(self.state, self.review, self.marks)  # type: ignore[arg-type]
        qtbot.addWidget(self.timeline)
        self.timeline.resize(WIDTH, 560)
        self.timeline.show()
        qtbot.waitExposed(self.timeline)
        self.placed: list[Annotation] = []
        self.removed: list[str] = []
        self.lane.placed.connect(self.placed.append)
        self.lane.placed.connect(self.review.place)
        self.lane.removed.connect(self.removed.append)
        self.lane.removed.connect(self.review.remove)

    @property
    def lane(self) -> ReviewLane:
        return self.timeline.review_lane

    def row(self, lane: str = "AU04", reviewer: str = ME) -> ReviewRow:
        return next(row for row in self.lane.rows if (row.lane, row.reviewer) == (lane, reviewer))

    def x(self, frame: float) -> int:
        return round(self.lane.axis().x_of(frame / 30))

    def at(self, x: float, lane: str = "AU04", reviewer: str = ME, up: int = -4) -> QPoint:
        return QPoint(round(x), self.lane.row_rect(self.row(lane, reviewer)).center().y() - up)

    def drag(
        self, first: float, last: float, lane: str = "AU04", keys: Qt.KeyboardModifier = NONE, up: int = -4
    ) -> None:
        """Drag between two places in pixels."""
        QTest.mousePress(self.lane, LEFT, keys, self.at(first, lane, up=up))
        for x in (first + 3, (first + last) / 2, last):
            move(self.lane, self.at(x, lane), keys)
        QTest.mouseRelease(self.lane, LEFT, keys, self.at(last, lane))

    def mine(self) -> list[tuple[int, int]]:
        return [(one.start, one.stop) for one in self.review.annotations]


def move(lane: ReviewLane, place: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """Move the mouse with a key held, which QTest cannot do."""
    where = QPointF(place)
    event = QMouseEvent(QEvent.Type.MouseMove, where, lane.mapToGlobal(where), LEFT, LEFT, keys)
    QApplication.sendEvent(lane, event)


def block(start: int, stop: int, key: str = "one", au: str = "AU04") -> Annotation:
    return Annotation(key, au, start, stop, "present")


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.review.tasks.close()


@pytest.fixture
def full(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot, block(100, 140))
    yield made
    made.review.tasks.close()
