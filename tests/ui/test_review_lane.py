"""Intervals drawn, moved and stretched with the mouse on the lanes of judgements."""

from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.review_desk import ALT, LEFT, NONE, Desk, block, move
from tests.ui.review_samples import OTHER, judged


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


def test_judgements_of_others_are_shown_but_not_changed(full: Desk) -> None:
    full.review.every += (judged(block(10, 60, "theirs"), OTHER),)
    full.review.changed.emit()
    QTest.mousePress(full.lane, LEFT, NONE, full.at(full.x(30), reviewer=OTHER))
    move(full.lane, full.at(full.x(90), reviewer=OTHER))
    QTest.mouseRelease(full.lane, LEFT, NONE, full.at(full.x(90), reviewer=OTHER))
    assert (full.placed, full.review.selected) == ([], "theirs")
    assert full.row(reviewer=OTHER).height < full.row().height


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
