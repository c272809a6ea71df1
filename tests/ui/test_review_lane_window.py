"""Intervals in the real window: keys, mouse, undo, and the strip of what the review changes."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.test_review_lane import move
from tpviewer.ui import theme
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.timeline.review_lane import ReviewLane

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def ranges(window: MainWindow) -> list[tuple[str, int, int]]:
    return [(one.au, one.start, one.stop) for one in window.bench.review.annotations]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.bench.review.saving, timeout=10_000)


def at(lane: ReviewLane, window: MainWindow, frame: int) -> QPoint:
    x = lane.axis().x_of(window.bench.state.time_of(frame))
    return QPoint(round(x), lane.row_rect(lane.rows[0]).center().y() + 4)


def test_intervals_are_drawn_with_keys_and_mouse_and_undone_one_by_one(
    qtbot: QtBot, opened: MainWindow
) -> None:
    state, lane, actions = opened.bench.state, opened.timeline.review_lane, opened.actions_by_name
    qtbot.waitUntil(lambda: opened.bench.review.can_review, timeout=10_000)
    state.set_au("AU09")
    assert lane.isVisible()
    assert [key.toString() for key in actions["interval_start"].shortcuts()] == ["I"]
    state.set_playhead(20)
    actions["interval_start"].trigger()
    assert opened.bench.marks.start == 20
    state.set_playhead(39)
    actions["interval_stop"].trigger()
    assert ranges(opened) == [("AU09", 20, 40)]
    state.set_playhead(25)
    actions["apex_start"].trigger()
    state.set_playhead(30)
    actions["apex_stop"].trigger()
    assert opened.bench.review.annotations[0].apex == (25, 31)
    state.set_playhead(36)
    actions["interval_stop"].trigger()  # it is selected still: it stops here now
    assert ranges(opened) == [("AU09", 20, 37)]
    settle(qtbot, opened)
    state.set_playhead(100)
    QTest.mousePress(lane, LEFT, NONE, at(lane, opened, 50))
    for frame in (52, 60, 70):
        move(lane, at(lane, opened, frame), Qt.KeyboardModifier.AltModifier)
    QTest.mouseRelease(lane, LEFT, NONE, at(lane, opened, 70))
    assert ranges(opened) == [("AU09", 20, 37), ("AU09", 50, 70)]
    settle(qtbot, opened)
    for left in ([("AU09", 20, 37)], [("AU09", 20, 40)]):
        actions["undo"].trigger()
        settle(qtbot, opened)
        assert ranges(opened) == left


def test_the_reviewed_strip_marks_what_was_added(qtbot: QtBot, opened: MainWindow) -> None:
    state, timeline = opened.bench.state, opened.timeline
    qtbot.waitUntil(lambda: opened.bench.review.can_review, timeout=10_000)
    assert not timeline.reviewed_strip.isVisible()
    opened.actions_by_name["reviewed"].trigger()
    assert timeline.reviewed_strip.isVisible()
    assert timeline.reviewed_action.isChecked()
    assert timeline.reviewed_strip.picture() is None
    state.set_au("AU09")
    for frame, name in ((20, "interval_start"), (39, "interval_stop")):
        state.set_playhead(frame)
        opened.actions_by_name[name].trigger()
    state.set_playhead(0)
    qtbot.waitUntil(lambda: bool(timeline.reviewed.differences), timeout=10_000)
    strip, machine = timeline.reviewed_strip, timeline.strip
    added = [(one.start, one.stop) for one in timeline.reviewed.differences if "AU09" in one.added]
    assert (min(start for start, _ in added), max(stop for _, stop in added)) == (20, 40)
    place = QPointF(strip.axis().x_of(state.time_of(30)), 10)
    assert "▲ added: AU09" in strip.hover_text(place)
    assert "AU09" in strip.hover_text(place).splitlines()[1]
    assert "added" not in machine.hover_text(place)
    image = strip.grab().toImage()
    assert image.pixelColor(round(place.x()), 1).name() == theme.current().text
    opened.bench.review.set_blind(True)
    qtbot.waitUntil(lambda: not timeline.reviewed.differences, timeout=10_000)
    assert {part for stage in timeline.reviewed.stages for part in stage.key} == {("AU09", -3)}
    settle(qtbot, opened)
