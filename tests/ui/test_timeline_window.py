"""What mouse, wheel and menu do on the timeline."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.samples import make_snapshot, make_video, partial
from tests.ui.test_timeline_pixels import shown
from tpviewer.core.activity import MAP_SOURCE
from tpviewer.store.snapshot import Snapshot
from tpviewer.ui.timeline import Timeline
from tpviewer.ui.timeline.lane_data import READ_OFF
from tpviewer.ui.timeline.time_widget import GUTTER, row_height
from tpviewer.ui.timeline.timing import time_lanes
from tpviewer.ui.viewer_state import ViewerState

LEFT = Qt.MouseButton.LeftButton
MANY = tuple(f"AU{number:02d}" for number in (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20, 23, 25, 26))


@pytest.fixture
def snapshot() -> Snapshot:
    return make_snapshot(300)


def at_frame(row: QWidget, state: ViewerState, frame: int, y: int = 10) -> QPoint:
    moment = (state.time_of(frame) + state.time_of(frame + 1)) / 2
    return QPoint(round(row.axis().x_of(moment)), y)  # type: ignore[attr-defined]


def turn_wheel(row: QWidget, x: float, notches: int, shift: bool = False, sideways: bool = False) -> None:
    place = QPointF(x, 10)
    delta = QPoint(120 * notches, 0) if sideways else QPoint(0, 120 * notches)
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        place, row.mapToGlobal(place), QPoint(), delta, Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(row, event)


@pytest.mark.parametrize("name", ["ruler", "strip", "lanes", "quality", "overview"])
def test_a_click_seeks_and_a_drag_scrubs(qtbot: QtBot, snapshot: Snapshot, name: str) -> None:
    state, timeline = shown(qtbot, snapshot)
    row = getattr(timeline, name)
    qtbot.mousePress(row, LEFT, pos=at_frame(row, state, 40))
    assert state.playhead == 40
    qtbot.mouseMove(row, at_frame(row, state, 170))
    assert state.playhead == 170
    qtbot.mouseRelease(row, LEFT, pos=at_frame(row, state, 170))
    qtbot.mouseMove(row, at_frame(row, state, 20))
    assert state.playhead == 170


def test_a_double_click_loops_the_stage_and_again_stops(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    view, place = state.view, at_frame(timeline.strip, state, 95)
    qtbot.mouseDClick(timeline.strip, LEFT, pos=place)
    assert state.loop == (90, 120)
    qtbot.mouseDClick(timeline.strip, LEFT, pos=place)
    assert state.loop is None
    assert state.view == view


def test_the_wheel_zooms_about_the_cursor(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    x = 600.0
    moment = timeline.lanes.axis().time_of(x)
    turn_wheel(timeline.lanes, x, 3)
    assert state.view[1] - state.view[0] == pytest.approx(10.0 * 0.8**3)
    assert timeline.lanes.axis().time_of(x) == pytest.approx(moment)
    turn_wheel(timeline.lanes, x, -9)
    assert state.view == (0.0, 10.0)


@pytest.mark.parametrize("how", [{"shift": True}, {"sideways": True}])
def test_shift_and_a_sideways_wheel_pan(qtbot: QtBot, snapshot: Snapshot, how: dict[str, bool]) -> None:
    state, timeline = shown(qtbot, snapshot)
    state.set_view(2.0, 4.0)
    turn_wheel(timeline.strip, 600, -1, **how)
    assert state.view == pytest.approx((2.2, 4.2))


def test_the_name_of_a_lane_chooses_its_action_unit(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    qtbot.mouseClick(timeline.lanes, LEFT, pos=QPoint(20, row_height() + 5))
    assert state.au == "AU02"
    assert state.playhead == 0


def test_lanes_that_do_not_fit_scroll_to_the_chosen_one(qtbot: QtBot) -> None:
    state, timeline = shown(qtbot, make_snapshot(300, MANY))
    timeline.resize(1280, 400)
    assert timeline.scroll_bar.isVisible()
    last = state.au_order()[-1]
    state.set_au(last)
    place = [lane.au for lane in timeline.lanes.lanes].index(last)
    assert timeline.lanes.rect().contains(timeline.lanes.lane_rect(place))
    assert timeline.scroll_bar.value() == timeline.scroll_bar.maximum() == timeline.lanes.offset
    turn_wheel(timeline.lanes, GUTTER / 2, 50)
    assert (timeline.lanes.offset, timeline.scroll_bar.value()) == (0, 0)
    timeline.scroll_bar.setValue(30)
    assert timeline.lanes.offset == 30


def test_a_scroll_bar_that_comes_moves_no_row(qtbot: QtBot) -> None:
    _, timeline = shown(qtbot, make_snapshot(300, MANY))
    widths = []
    for height in (900, 400):
        timeline.resize(1280, height)
        widths.append([row.width() for row in (timeline.strip, timeline.lanes, timeline.overview)])
    assert widths[0] == widths[1]
    assert len(set(widths[0])) == 1


def test_only_lanes_that_become_active_on_demand(qtbot: QtBot, snapshot: Snapshot) -> None:
    _, timeline = shown(qtbot, snapshot)
    assert len(timeline.lanes.lanes) == 6
    timeline.set_active_only(True)
    assert [lane.au for lane in timeline.lanes.lanes] == ["AU01", "AU02", "AU12"]
    timeline.set_active_only(False)
    assert len(timeline.lanes.lanes) == 6


def test_the_menu_chooses_profile_and_layer(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    timeline.profile_actions["paper"].trigger()
    timeline.layer_actions["raw"].trigger()
    assert (state.profile, state.layer) == ("paper", "raw")
    state.set_profile("steady")
    assert timeline.profile_actions["steady"].isChecked()


def test_both_profiles_lie_side_by_side(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    assert not timeline.other_strip.isVisible()
    timeline.set_compare(True)
    assert timeline.other_strip.isVisible()
    assert (timeline.strip.profile, timeline.other_strip.profile) == ("steady", "paper")
    state.set_profile("paper")
    assert (timeline.strip.profile, timeline.other_strip.profile) == ("paper", "steady")


def test_edges_of_the_overview_window_resize_it(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    row = timeline.overview
    state.set_view(2.0, 6.0)
    qtbot.mousePress(row, LEFT, pos=QPoint(round(row.axis().x_of(6.0)), 10))
    qtbot.mouseMove(row, QPoint(round(row.axis().x_of(8.0)), 10))
    assert state.view == pytest.approx((2.0, 8.0), abs=0.01)
    qtbot.mouseRelease(row, LEFT)
    qtbot.mousePress(row, LEFT, pos=QPoint(round(row.axis().x_of(2.0)), 10))
    qtbot.mouseMove(row, QPoint(round(row.axis().x_of(9.0)), 10))
    assert state.view[1] == pytest.approx(8.0, abs=0.01)
    assert state.view[0] < state.view[1]


def test_the_overview_window_is_dragged_and_brought(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    row = timeline.overview
    state.set_view(2.0, 4.0)
    qtbot.mousePress(row, LEFT, pos=QPoint(round(row.axis().x_of(3.0)), 10))
    qtbot.mouseMove(row, QPoint(round(row.axis().x_of(5.0)), 10))
    qtbot.mouseRelease(row, LEFT)
    assert state.view == pytest.approx((4.0, 6.0), abs=0.01)
    qtbot.mouseClick(row, LEFT, pos=QPoint(round(row.axis().x_of(8.0)), 10))
    assert state.view == pytest.approx((7.0, 9.0), abs=0.01)
    assert state.playhead == 0


def test_a_narrow_overview_window_can_be_dragged_by_its_middle(qtbot: QtBot) -> None:
    state, timeline = shown(qtbot, make_snapshot(30_000))
    row = timeline.overview
    state.set_view(500.0, 504.0)
    middle = row.window_rect().center().x()
    assert [row.grip_at(middle + dx) for dx in (-5, 0, 5)] == ["start", "whole", "stop"]


def test_the_view_turns_a_page_when_the_playhead_leaves_it(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, _ = shown(qtbot, snapshot)
    state.set_view(1.0, 3.0)
    state.set_playhead(89)
    assert state.view == (1.0, 3.0)
    state.set_playhead(90)
    assert state.view == pytest.approx((2.96, 4.96))


def test_hovering_tells_time_frame_probability_and_look(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    lanes = timeline.lanes

    def text(frame: int, lane: int = 0) -> str:
        return lanes.hover_text(QPointF(at_frame(lanes, state, frame, lane * row_height() + 5)))

    assert "frame 105" in text(105)
    assert f"AU01 · p {snapshot.probabilities[105, 0]:.2f}" in text(105)
    assert "look B" in text(105)
    assert "not active" in text(20)
    assert "no face" in text(290)
    assert "AU01_B, AU02_A" in timeline.strip.hover_text(QPointF(at_frame(timeline.strip, state, 105)))
    state.set_snapshot(partial(snapshot, 100))
    assert "not analysed yet" in text(105)
    assert "look" not in text(80).splitlines()[1]


def test_with_nothing_open_there_is_a_hint_and_no_row(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    state.open(None)
    assert not timeline.lanes.isVisible()
    state.open(make_video(snapshot), None)
    assert timeline.lanes.isVisible()
    assert timeline.lanes.lanes == ()


def test_action_units_that_take_no_part_have_no_lane(qtbot: QtBot, snapshot: Snapshot) -> None:
    object.__setattr__(snapshot, "chosen", frozenset({"AU12", "AU25"}))
    _, timeline = shown(qtbot, snapshot)
    assert [lane.au for lane in timeline.lanes.lanes] == ["AU12", "AU25"]


def test_a_move_of_the_playhead_draws_no_lane_anew(qtbot: QtBot, snapshot: Snapshot) -> None:
    state, timeline = shown(qtbot, snapshot)
    timeline.grab()
    before = [timeline.lanes.picture(lane).cacheKey() for lane in timeline.lanes.lanes]
    state.set_playhead(123)
    timeline.grab()
    assert [timeline.lanes.picture(lane).cacheKey() for lane in timeline.lanes.lanes] == before
    state.set_view(1.0, 2.0)
    assert timeline.lanes.picture(timeline.lanes.lanes[0]).cacheKey() not in before


def test_every_control_has_a_name(qtbot: QtBot, snapshot: Snapshot) -> None:
    _, timeline = shown(qtbot, snapshot)
    rows = (timeline.ruler, timeline.strip, timeline.other_strip, timeline.lanes, timeline.quality)
    for control in (timeline, *rows, timeline.overview, timeline.menu_button, timeline.scroll_bar):
        assert control.accessibleName()


def test_what_is_read_off_another_action_unit_agrees_with_the_method() -> None:
    assert READ_OFF == MAP_SOURCE


def test_long_videos_are_drawn_quickly(qtbot: QtBot) -> None:
    tries = [time_lanes(12, 100_000) for _ in range(2)]  # another program may hold one of them up
    assert min(seconds["playhead_s"] for seconds in tries) < 3 * 0.004
    assert min(seconds["redraw_s"] for seconds in tries) < 3 * 0.040


def test_a_timeline_without_a_state_to_show_can_be_made(qtbot: QtBot) -> None:
    timeline = Timeline(ViewerState())
    qtbot.addWidget(timeline)
    timeline.resize(800, 300)
    assert not timeline.grab().isNull()
