"""Intervals drawn, moved and stretched with the mouse on the lanes of judgements."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.review_samples import ME, OTHER, MemoryReview, judged
from tests.ui.samples import make_snapshot, make_video
from tpviewer.core.annotations import Annotation
from tpviewer.ui import theme
from tpviewer.ui.interval_marks import IntervalMarks
from tpviewer.ui.timeline.raster import look_colour
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


def test_a_drag_over_an_empty_part_draws_an_interval_that_is_present(desk: Desk) -> None:
    desk.drag(desk.x(20), desk.x(45))
    (one,) = desk.placed
    assert (one.au, one.start, one.stop, one.verdict) == ("AU04", 20, 45, "present")
    desk.drag(desk.x(210), desk.x(200))
    assert (desk.placed[1].start, desk.placed[1].stop) == (200, 210)
    assert desk.placed[1].key != one.key


def test_edges_snap_to_frames(desk: Desk) -> None:
    desk.drag(desk.x(20) + 1, desk.x(45) - 1)
    assert desk.mine() == [(20, 45)]


def test_edges_snap_to_stages_and_the_playhead_unless_alt_is_held(desk: Desk) -> None:
    desk.state.set_playhead(33)
    desk.drag(desk.x(33) + 5, desk.x(60) - 5)  # a stage begins at 60
    desk.drag(desk.x(75), desk.x(90) - 8, keys=ALT)
    desk.drag(desk.x(121) + 1, desk.x(180) + 5, keys=ALT)
    assert desk.mine() == [(33, 60), (75, 88), (121, 181)]


def test_borders_of_stages_are_not_felt_while_the_machine_is_hidden(desk: Desk) -> None:
    desk.review.set_blind(True)
    desk.drag(desk.x(20), desk.x(60) - 5)
    assert desk.mine() == [(20, 59)]


def test_an_edge_is_dragged_but_never_past_the_other(full: Desk) -> None:
    full.drag(full.x(140) - 2, full.x(160))
    assert full.mine() == [(100, 160)]
    full.drag(full.x(100) + 2, full.x(290))
    assert full.mine() == [(159, 160)]
    assert [one.key for one in full.placed] == ["one", "one"]


def test_the_middle_moves_the_whole_with_its_apex_and_stays_in_the_video(full: Desk) -> None:
    full.review.place(replace(block(100, 140), apex=(110, 120)))
    full.drag(full.x(120), full.x(150))
    assert (full.mine(), full.review.annotations[0].apex) == ([(130, 170)], (140, 150))
    full.drag(full.x(155), full.x(299))
    assert full.mine() == [(260, 300)]
    full.drag(full.x(290), full.x(2))
    assert full.mine() == [(0, 40)]


def test_the_whole_snaps_with_whichever_end_is_nearer(full: Desk) -> None:
    full.drag(full.x(120), full.x(120) + 4 * 41 - 1)  # its end would come to rest beside the border at 180
    assert full.mine() == [(140, 180)]


def test_the_apex_of_the_selected_one_has_handles(full: Desk) -> None:
    full.review.place(replace(block(100, 140), apex=(110, 120)))
    full.drag(full.x(120), full.x(125))
    assert full.mine() == [(105, 145)]  # not selected before: the whole moved
    full.drag(full.x(125), full.x(135))
    assert (full.mine(), full.review.annotations[0].apex) == ([(105, 145)], (115, 135))
    full.drag(full.x(115), full.x(200))
    assert full.review.annotations[0].apex == (134, 135)


def test_an_edge_that_cuts_the_apex_takes_it_along(full: Desk) -> None:
    full.review.place(replace(block(100, 140), apex=(110, 130)))
    full.drag(full.x(140) - 1, full.x(125))
    assert full.review.annotations[0].apex == (110, 125)
    full.drag(full.x(125) - 1, full.x(120), up=8)  # both end here: above, the apex is taken hold of
    assert full.mine() == [(100, 125)]
    assert full.review.annotations[0].apex == (110, 120)
    full.drag(full.x(125) - 1, full.x(105))
    assert full.review.annotations[0].apex is None


def test_what_is_drawn_over_an_older_one_cuts_it(full: Desk) -> None:
    full.drag(full.x(80), full.x(110))
    assert full.mine() == [(80, 110), (110, 140)]
    full.drag(full.x(150), full.x(75))
    assert full.mine() == [(75, 150)]


def test_escape_cancels_the_drag_and_nothing_is_placed(desk: Desk) -> None:
    QTest.mousePress(desk.lane, LEFT, NONE, desk.at(desk.x(20)))
    move(desk.lane, desk.at(desk.x(50)))
    assert desk.lane.dragging is not None
    QTest.keyClick(desk.lane, Qt.Key.Key_Escape)
    assert desk.lane.dragging is None
    move(desk.lane, desk.at(desk.x(60)))
    QTest.mouseRelease(desk.lane, LEFT, NONE, desk.at(desk.x(60)))
    assert desk.placed == []


def test_one_drag_is_one_change_and_no_move_is_none(full: Desk) -> None:
    full.drag(full.x(120), full.x(150))
    assert len(full.placed) == 1
    full.drag(full.x(150), full.x(150) + 1)
    assert len(full.placed) == 1


def test_a_click_selects_and_seeks(full: Desk) -> None:
    QTest.mouseClick(full.lane, LEFT, NONE, full.at(full.x(120) + 2))
    assert (full.review.selected, full.state.playhead) == ("one", 120)
    QTest.mouseClick(full.lane, LEFT, NONE, full.at(full.x(200) + 2))
    assert (full.review.selected, full.state.playhead) == ("", 200)
    assert full.placed == []


def test_a_double_click_loops_it_and_again_stops(full: Desk) -> None:
    QTest.mouseDClick(full.lane, LEFT, NONE, full.at(full.x(120)))
    assert full.state.loop == (100, 140)
    QTest.mouseDClick(full.lane, LEFT, NONE, full.at(full.x(120)))
    assert full.state.loop is None
    assert full.placed == []


def test_what_is_drawn_for_the_whole_face_cannot_be_scored(desk: Desk) -> None:
    desk.drag(desk.x(20), desk.x(45), "face")
    (one,) = desk.placed
    assert (one.au, one.verdict, one.reason, one.start, one.stop) == ("", "not scorable", "", 20, 45)
    menu = desk.lane.menu_of(one)
    next(action for action in menu.actions() if action.text() == "speech").trigger()
    assert desk.placed[1] == replace(one, reason="speech")
    assert desk.row("speech").judgements[0].annotation.key == one.key
    menu.deleteLater()


def entries(desk: Desk, name: str) -> list[str]:
    """Texts of a submenu of the first judgement's menu."""
    menu = desk.lane.menu_of(desk.review.annotations[0])
    sub = next(action.menu() for action in menu.actions() if action.text() == name)
    menu.deleteLater()
    return [action.text() for action in sub.actions()]


def choose(desk: Desk, *path: str) -> None:
    """Trigger an entry of the first judgement's menu."""
    menu = desk.lane.menu_of(desk.review.annotations[0])
    actions = menu.actions()
    for name in path[:-1]:
        actions = next(action.menu() for action in actions if action.text() == name).actions()
    next(action for action in actions if action.text() == path[-1]).trigger()
    menu.deleteLater()


def test_the_menu_changes_all_that_a_judgement_says(full: Desk) -> None:
    choose(full, "Intensity", "intensity c")
    choose(full, "Side", "left")
    choose(full, "Mark an apex")
    (one,) = full.review.annotations
    assert (one.intensity, one.side, one.apex) == (3, "left", (113, 127))
    choose(full, "✗ absent")
    (one,) = full.review.annotations
    assert one == replace(block(100, 140), verdict="absent")
    choose(full, "Not scorable because", "occluded")
    assert full.review.annotations[0].reason == "occluded"
    choose(full, "Remove")
    assert (full.removed, full.review.annotations) == (["one"], ())


def test_an_intensity_is_never_a_bare_letter_in_the_menu(full: Desk) -> None:
    assert entries(full, "Intensity") == ["no intensity", *(f"intensity {letter}" for letter in "abcde")]


def test_judgements_of_others_are_shown_but_not_changed(full: Desk) -> None:
    full.review.every += (judged(block(10, 60, "theirs"), OTHER),)
    full.review.changed.emit()
    QTest.mousePress(full.lane, LEFT, NONE, full.at(full.x(30), reviewer=OTHER))
    move(full.lane, full.at(full.x(90), reviewer=OTHER))
    QTest.mouseRelease(full.lane, LEFT, NONE, full.at(full.x(90), reviewer=OTHER))
    assert (full.placed, full.review.selected) == ([], "theirs")
    assert full.row(reviewer=OTHER).height < full.row().height


def test_others_vanish_while_the_machine_is_hidden(full: Desk) -> None:
    full.review.every += (judged(block(10, 60, "theirs"), OTHER),)
    full.review.changed.emit()
    assert OTHER in {row.reviewer for row in full.lane.rows}
    full.review.set_blind(True)
    assert {row.reviewer for row in full.lane.rows} == {ME}
    assert full.mine() == [(100, 140)]


def test_lanes_of_all_reviewed_action_units_on_demand(full: Desk) -> None:
    full.review.every += (judged(block(10, 60, "smile", "AU12"), OTHER), judged(block(5, 9, "brow", "AU01")))
    full.timeline.extent_actions["all"].trigger()
    lanes = [(row.lane, row.reviewer) for row in full.lane.rows if not row.of_face]
    assert lanes == [("AU01", ME), ("AU04", ME), ("AU12", ME), ("AU12", OTHER)]
    full.timeline.extent_actions["none"].trigger()
    assert not full.lane.isVisible()
    full.timeline.extent_actions["chosen"].trigger()
    assert full.lane.isVisible()
    assert {row.lane for row in full.lane.rows} == {"AU04", "face", "speech"}


def test_many_lanes_scroll_and_leave_room_for_the_machine(full: Desk) -> None:
    aus = ("AU01", "AU02", "AU04", "AU05", "AU06", "AU07", "AU09", "AU10", "AU12", "AU15")
    full.review.every = tuple(judged(block(5, 9, au, au)) for au in aus)
    full.timeline.extent_actions["all"].trigger()
    QApplication.processEvents()
    assert full.lane.height() <= 0.3 * full.timeline.height() < full.lane.full_height
    assert full.timeline.review_bar.isVisible()
    full.timeline.review_bar.setValue(full.timeline.review_bar.maximum())
    assert full.lane.offset == full.lane.full_height - full.lane.height()


def test_the_chosen_lane_stays_in_sight_when_lanes_of_judgements_take_room(full: Desk) -> None:
    full.timeline.resize(WIDTH, 300)
    full.state.set_au("AU25")
    place = [lane.au for lane in full.timeline.lanes.lanes].index("AU25")
    full.review.every += tuple(judged(block(1, 5, name, "AU25"), name) for name in ("Ben", "Eva", "Kim"))
    full.review.changed.emit()
    QApplication.processEvents()
    assert full.timeline.lanes.rect().contains(full.timeline.lanes.lane_rect(place))


def colours(image: QImage, x: int, top: int, height: int) -> list[str]:
    return [image.pixelColor(x, top + y).name() for y in range(height)]


def test_each_verdict_has_a_shape_of_its_own(desk: Desk) -> None:
    for place, verdict in enumerate(("present", "absent", "unsure", "not scorable")):
        desk.review.place(Annotation(verdict, "AU04", 30 * place + 10, 30 * place + 35, verdict))  # type: ignore[arg-type]
    image, rect = desk.lane.grab().toImage(), desk.lane.row_rect(desk.row())
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    seen = {
        tuple(tuple(colours(grey, desk.x(30 * n + 32) + dx, rect.top(), rect.height())) for dx in range(8))
        for n in range(4)
    }
    assert len(seen) == 4
    filled = colours(image, desk.x(30), rect.top() + 3, rect.height() - 8)
    assert set(filled) == {look_colour("AU04")}


def test_a_changed_result_is_marked_even_on_a_narrow_block(full: Desk) -> None:
    full.review.place(block(200, 202, "narrow"))
    before = full.lane.grab().toImage()
    full.review.flagged = frozenset({"one", "narrow"})
    full.review.changed.emit()
    after, rect = full.lane.grab().toImage(), full.lane.row_rect(full.row())
    warned = {
        after.pixelColor(x, y).name()
        for y in range(rect.top(), rect.bottom())
        for x in range(full.x(200), full.x(202))
    }
    assert before != after
    assert theme.current().warning in warned


def test_the_tool_tip_says_all_of_it(full: Desk) -> None:
    full.review.place(replace(block(100, 140), intensity=3, side="left", apex=(110, 120), note="slow"))
    full.review.every = tuple(replace(one, source="coder.eaf", blind=True) for one in full.review.every)
    full.review.flagged = frozenset({"one"})
    full.review.changed.emit()
    told = full.lane.hover_text(QPointF(full.at(full.x(120))))
    for part in (
        *("AU04", "✓ present", "intensity c", "left", "frames 100–139 · 1.33 s", "frames 110–119", "slow"),
        *(ME, "coder.eaf", "hidden", "changed since"),
    ):
        assert part in told
    assert "2026" in told or "26" in told.split(ME)[1]


def test_the_keyboard_mark_is_shown_up_to_the_playhead(desk: Desk) -> None:
    before = desk.lane.grab().toImage()
    desk.marks.begin(50)
    desk.state.set_playhead(80)
    after = desk.lane.grab().toImage()
    y = desk.lane.row_rect(desk.row()).top() + 2
    changed = [x for x in range(desk.x(10), WIDTH - 10) if before.pixel(x, y) != after.pixel(x, y)]
    assert min(changed) == pytest.approx(desk.x(50), abs=3)
    assert max(changed) == pytest.approx(desk.x(81), abs=3)
    desk.state.set_au("AU12")
    assert desk.marks.start is None


def test_five_thousand_judgements_are_drawn_and_dragged_quickly(qtbot: QtBot) -> None:
    desk = Desk(qtbot, *(block(20 * n, 20 * n + 15, str(n)) for n in range(5000)), frames=100_000)
    desk.state.set_view(0.0, desk.state.end)
    took = []
    for _ in range(3):
        begun = perf_counter()
        desk.lane.grab()
        took.append(perf_counter() - begun)
    assert min(took) < 0.15
    desk.state.set_view(0.0, 10.0)
    QTest.mousePress(desk.lane, LEFT, NONE, desk.at(desk.x(105)))
    moved = []
    for x in range(desk.x(106), desk.x(120), 3):
        begun = perf_counter()
        move(desk.lane, desk.at(x))
        QApplication.processEvents()
        moved.append(perf_counter() - begun)
    QTest.mouseRelease(desk.lane, LEFT, NONE, desk.at(desk.x(120)))
    assert sorted(moved)[len(moved) // 2] < 0.03
    assert len(desk.placed) == 1
    desk.review.tasks.close()


def test_every_control_has_a_name(desk: Desk) -> None:
    for control in (desk.lane, desk.timeline.reviewed_strip, desk.timeline.review_bar):
        assert control.accessibleName()
