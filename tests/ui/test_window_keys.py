"""Every key of the window does what Help says, and none while a text field has the focus."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tpviewer.core.stages import notation
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.window_specs import MENUS, SPECS

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
START = 100  # inside the stage after the brows

Check = Callable[[ViewerState], bool]
EFFECTS: list[tuple[Qt.Key, Qt.KeyboardModifier, Check]] = [
    (Qt.Key.Key_Space, NONE, lambda s: s.playing),
    (Qt.Key.Key_Right, NONE, lambda s: s.playhead == START + 1),
    (Qt.Key.Key_Left, NONE, lambda s: s.playhead == START - 1),
    (Qt.Key.Key_Home, NONE, lambda s: s.playhead == 0),
    (Qt.Key.Key_End, NONE, lambda s: s.playhead == s.n_frames - 1),
    (Qt.Key.Key_Down, NONE, lambda s: s.au == s.au_order()[1]),
    (Qt.Key.Key_Comma, NONE, lambda s: s.overlay.x == 20),
    (Qt.Key.Key_Period, NONE, lambda s: s.overlay.x == 30),
    (Qt.Key.Key_T, SHIFT, lambda s: s.overlay.mode == "top-x one"),
    (Qt.Key.Key_S, NONE, lambda s: s.overlay.mode == "signed"),
    (Qt.Key.Key_P, NONE, lambda s: s.overlay.prototype),
    (Qt.Key.Key_R, NONE, lambda s: "relevance" not in s.overlay.chips),
    (Qt.Key.Key_B, NONE, lambda s: "face box" in s.overlay.chips),
    (Qt.Key.Key_M, SHIFT, lambda s: "mesh" in s.overlay.chips),
    (Qt.Key.Key_L, SHIFT, lambda s: "labels" not in s.overlay.chips),
    (Qt.Key.Key_Right, CTRL, lambda s: s.speed == 2.0),
    (Qt.Key.Key_Left, CTRL, lambda s: s.speed == 0.5),
    (Qt.Key.Key_Equal, CTRL, lambda s: s.view[1] - s.view[0] < s.end * 0.6),
]


@pytest.mark.parametrize(
    ("key", "modifiers", "check"), EFFECTS, ids=[str(e[0].name) + str(i) for i, e in enumerate(EFFECTS)]
)
def test_a_key_does_what_it_says(
    qtbot: QtBot, opened: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier, check: Check
) -> None:
    state = opened.bench.state
    state.set_playhead(START)
    state.set_au(state.au_order()[0])
    assert not check(state)
    qtbot.keyClick(opened, key, modifiers)
    assert check(state)


def test_shift_and_arrows_go_from_stage_to_stage(qtbot: QtBot, opened: MainWindow) -> None:
    state = opened.bench.state
    starts = [stage.start for stage in state.results.stages["absorbed"]]
    visited = []
    for _ in starts[1:]:
        qtbot.keyClick(opened, Qt.Key.Key_Right, SHIFT)
        visited.append(state.playhead)
    assert visited == starts[1:]
    state.set_playhead(starts[-1] + 2)
    qtbot.keyClick(opened, Qt.Key.Key_Left, SHIFT)
    assert state.playhead == starts[-1]
    qtbot.keyClick(opened, Qt.Key.Key_Left, SHIFT)
    assert state.playhead == starts[-2]


def test_up_and_down_choose_the_action_unit(qtbot: QtBot, opened: MainWindow) -> None:
    state = opened.bench.state
    state.set_au(state.au_order()[3])
    qtbot.keyClick(opened, Qt.Key.Key_Up)
    assert state.au == state.au_order()[2]
    qtbot.keyClick(opened, Qt.Key.Key_Down)
    assert state.au == state.au_order()[3]


def test_l_loops_the_stage_and_again_stops(qtbot: QtBot, opened: MainWindow) -> None:
    state = opened.bench.state
    state.set_playhead(START)
    stage = state.stage_at(START)
    qtbot.keyClick(opened, Qt.Key.Key_L)
    assert state.loop == (stage.start, stage.stop)
    qtbot.keyClick(opened, Qt.Key.Key_L)
    assert state.loop is None


def test_zoom_back_to_the_whole_video(qtbot: QtBot, opened: MainWindow) -> None:
    state = opened.bench.state
    state.set_view(1.0, 2.0)
    qtbot.keyClick(opened, Qt.Key.Key_Minus, CTRL)
    assert state.view[1] - state.view[0] == pytest.approx(2.0)
    qtbot.keyClick(opened, Qt.Key.Key_0, CTRL)
    assert state.view == (0.0, state.end)


def test_c_shows_both_profiles_and_a_only_active_lanes(qtbot: QtBot, opened: MainWindow) -> None:
    assert not opened.timeline.other_strip.isVisible()
    qtbot.keyClick(opened, Qt.Key.Key_C)
    assert opened.timeline.other_strip.isVisible()
    before = opened.timeline.lanes.height()
    qtbot.keyClick(opened, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: opened.timeline.scroll_bar.maximum() < 19 * 40)
    assert opened.timeline.lanes.height() <= before


def test_ctrl_c_copies_the_notation(qtbot: QtBot, opened: MainWindow) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_C, CTRL)
    copied = QApplication.clipboard().text()
    assert copied == notation(opened.bench.state.results.stages["absorbed"], " → ")


def test_no_key_works_while_a_text_field_has_the_focus(qtbot: QtBot, opened: MainWindow) -> None:
    state, field = opened.bench.state, opened.sessions.search
    state.set_playhead(START)
    field.setFocus()
    before = (state.playhead, state.playing, state.overlay, state.au, state.loop, state.view)
    for key in (
        Qt.Key.Key_Space,
        Qt.Key.Key_Comma,
        Qt.Key.Key_Period,
        Qt.Key.Key_L,
        Qt.Key.Key_S,
        Qt.Key.Key_R,
    ):
        qtbot.keyClick(field, key)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(field, key)
    assert field.text() == " ,.lsr"
    assert (state.playhead, state.playing, state.overlay, state.au, state.loop, state.view) == before


def test_every_action_is_in_a_menu_and_every_key_is_there_once(window: MainWindow) -> None:
    in_menus = {action.objectName() for name in MENUS for action in window.actions_by_name.of_menu(name)}
    assert in_menus == {spec.name for spec in SPECS}
    keys = [key for spec in SPECS for key in spec.keys]
    assert len(set(keys)) == len(keys)


def test_no_key_needs_alt_gr_on_a_german_keyboard() -> None:
    with_alt_gr = set("@€{[]}\\~|µ²³")
    for spec in SPECS:
        for key in spec.keys:
            sequence = QKeySequence(key)
            assert not sequence.isEmpty()
            assert not with_alt_gr & set(sequence.toString().rsplit("+", 1)[-1])


def test_what_makes_no_sense_without_a_video_is_off(
    window: MainWindow, opened_names: tuple[str, ...]
) -> None:
    off = {spec.name for spec in SPECS if not window.actions_by_name[spec.name].isEnabled()}
    assert set(opened_names) <= off
    assert {"open", "sample", "settings", "shortcuts", "how_to_read", "quit", "theme"} & off == set()


@pytest.fixture
def opened_names() -> tuple[str, ...]:
    return (
        "play",
        "back",
        "forward",
        "next_stage",
        "loop",
        "analyse",
        "stop",
        "face",
        "export_figure",
        "undo",
        "why_not",
    )
