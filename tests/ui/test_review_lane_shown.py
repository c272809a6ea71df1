"""Lanes of judgements: what they show, what their menu changes, and what they say."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.ui.review_desk import WIDTH, Desk, block
from tests.ui.review_samples import ME, OTHER, judged
from tpviewer.core.annotations import Annotation
from tpviewer.ui import theme
from tpviewer.ui.timeline.raster import look_colour


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


def test_every_control_has_a_name(desk: Desk) -> None:
    for control in (desk.lane, desk.timeline.reviewed_strip, desk.timeline.review_bar):
        assert control.accessibleName()
