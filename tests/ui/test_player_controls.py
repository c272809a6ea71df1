"""Legend, transport, chips and overlay bar change the state, follow it, and never move while they do."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.frames import block_map, make_frame
from tests.ui.samples import make_snapshot, make_video
from tpviewer.ui import theme
from tpviewer.ui.player.chips import LayerChips
from tpviewer.ui.player.frame_view import FrameView
from tpviewer.ui.player.legend import Legend
from tpviewer.ui.player.overlay_bar import OverlayBar
from tpviewer.ui.player.transport import SPEEDS, Transport
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import clock

BOTH_ACTIVE = 65


@pytest.fixture
def empty(qtbot):
    return ViewerState()


@pytest.fixture
def state(empty):
    snapshot = make_snapshot(300)
    empty.open(make_video(snapshot), snapshot)
    return empty


@pytest.fixture
def transport(qtbot, state):
    return shown(qtbot, Transport(state))


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    return widget


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def legend(qtbot, state):
    view = shown(qtbot, FrameView(state))
    made = shown(qtbot, Legend(state))
    view.drawn_changed.connect(made.set_drawn)
    made.view = view
    return made


def test_the_legend_names_colours_and_looks(legend):
    legend.view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(10, 10), "AU02": block_map(60, 60)}))
    assert legend.entries == ("AU01 look A", "AU02 look A")
    assert legend.notes == ()
    legend.view.set_frame(make_frame(100, {"AU01": block_map(10, 10)}))
    assert legend.entries == ("AU01 look B", "AU02 look A (no map)")


def test_the_legend_tells_which_look_at_the_same_place(state, legend):
    state.set_overlay(replace(state.overlay, x=100.0))
    legend.view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(10, 10), "AU02": block_map(10, 12)}))
    assert legend.notes == ("AU01 and AU02 look at the same place (80 %)",)
    assert legend.notes[0] in legend.accessibleDescription()
    legend.view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(10, 10), "AU02": block_map(10, 15)}))
    assert legend.notes == ()


def test_the_legend_follows_the_overlay_and_keeps_its_height(state, legend):
    height = legend.sizeHint().height()
    legend.view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(10, 10)}))
    state.set_overlay(replace(state.overlay, mode="signed"))
    assert legend.entries == ()
    state.set_au("AU01")
    assert legend.entries == ("AU01: red for it, blue against it",)
    state.set_overlay(replace(state.overlay, chips=frozenset()))
    assert legend.entries == ()
    assert legend.sizeHint().height() == height


@pytest.mark.parametrize("width", [120, 200, 900])
def test_the_legend_paints_at_every_width(legend, width):
    legend.view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(10, 10), "AU02": block_map(10, 10)}))
    legend.resize(width, legend.sizeHint().height())
    image = legend.grab().toImage()
    assert len({image.pixelColor(x, image.height() // 2).name() for x in range(0, width)}) > 1


def test_buttons_step_and_jump(qtbot, state, transport):
    for button, expected in (
        (transport.last, 299),
        (transport.back, 298),
        (transport.forward, 299),
        (transport.forward, 299),
        (transport.first, 0),
        (transport.back, 0),
    ):
        click(qtbot, button)
        assert state.playhead == expected


def test_a_step_pauses(qtbot, state, transport):
    state.set_playing(True)
    click(qtbot, transport.forward)
    assert not state.playing


def test_play_and_pause(qtbot, state, transport):
    click(qtbot, transport.play)
    assert state.playing
    assert transport.play.accessibleName() == "Pause"
    click(qtbot, transport.play)
    assert not state.playing
    assert transport.play.accessibleName() == "Play"


def test_the_speed_box_sets_and_follows_the_speed(qtbot, state, transport):
    for place, speed in enumerate(SPEEDS):
        transport.speed.activated.emit(place)
        assert state.speed == speed
    state.set_speed(0.25)
    assert transport.speed.currentText() == "0.25 ×"


def test_the_stage_at_the_playhead_is_looped_and_set_free(qtbot, state, transport):
    state.set_playhead(BOTH_ACTIVE)
    click(qtbot, transport.loop)
    assert state.loop == (60, 90)
    assert transport.loop.isChecked()
    click(qtbot, transport.loop)
    assert state.loop is None
    state.set_loop((10, 20))
    assert transport.loop.isChecked()


def test_without_stages_there_is_nothing_to_loop(qtbot, empty):
    snapshot = make_snapshot(30)
    empty.open(make_video(snapshot))
    assert not shown(qtbot, Transport(empty)).loop.isEnabled()


def test_the_place_is_written_in_frames_and_time(state, transport):
    state.set_playhead(123)
    assert transport.frame_label.text() == "frame 123 / 300"
    assert transport.time_label.text() == "0:04.100"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00.000"), (16.48, "0:16.480"), (59.9996, "1:00.000"), (3723.5, "1:02:03.500")],
)
def test_times(seconds, text):
    assert clock(seconds) == text


def test_nothing_moves_while_the_playhead_does(state, transport):
    QApplication.processEvents()
    before = [transport.frame_label.geometry(), transport.time_label.geometry(), transport.chips.geometry()]
    for frame in (9, 10, 111, 299):
        state.set_playhead(frame)
        QApplication.processEvents()
    assert before == [
        transport.frame_label.geometry(),
        transport.time_label.geometry(),
        transport.chips.geometry(),
    ]


def test_mute_is_off_with_a_reason_until_there_is_sound(qtbot, transport):
    transport.set_sound(False, "This video has no sound")
    assert not transport.mute.isEnabled()
    assert transport.mute.toolTip() == "This video has no sound"
    transport.set_sound(True)
    with qtbot.waitSignal(transport.mute_changed) as muted:
        click(qtbot, transport.mute)
    assert muted.args == [True]
    transport.set_muted(False)
    assert not transport.mute.isChecked()


def test_chips_switch_layers_and_follow_the_state(qtbot, state):
    chips = shown(qtbot, LayerChips(state))
    click(qtbot, chips.buttons["mesh"])
    assert "mesh" in state.overlay.chips
    click(qtbot, chips.buttons["labels"])
    assert "labels" not in state.overlay.chips
    state.set_overlay(replace(state.overlay, chips=frozenset({"face box"})))
    assert [chip for chip, button in chips.buttons.items() if button.isChecked()] == ["face box"]


def test_the_overlay_bar_sets_every_part_of_the_overlay(qtbot, state):
    bar = shown(qtbot, OverlayBar(state))
    for place, mode in enumerate(("top-x all", "top-x one", "signed")):
        bar.mode.activated.emit(place)
        assert state.overlay.mode == mode
        assert bar.x_slider.isEnabled() == (mode != "signed")
    click(qtbot, bar.prototype)
    assert state.overlay.prototype
    bar.x_slider.setValue(40)
    bar.opacity.setValue(80)
    assert (state.overlay.x, state.overlay.opacity) == (40.0, 0.8)
    assert bar.x_value.text() == "40 %"


def test_the_overlay_bar_follows_the_state_without_rounding_it(qtbot, state):
    bar = shown(qtbot, OverlayBar(state))
    state.set_overlay(replace(state.overlay, x=12.5, mode="top-x one", prototype=True))
    assert state.overlay.x == 12.5
    assert bar.x_value.text() == "12.5 %"
    assert bar.mode.currentIndex() == 1
    assert bar.prototype.isChecked()


def test_nothing_open_works_everywhere(qtbot, empty):
    transport, bar = shown(qtbot, Transport(empty)), shown(qtbot, OverlayBar(empty))
    legend, chips = shown(qtbot, Legend(empty)), shown(qtbot, LayerChips(empty))
    assert not transport.play.isEnabled()
    assert transport.frame_label.text() == ""
    for widget in (transport, bar, legend, chips):
        assert not widget.grab().isNull()


def test_every_control_has_a_name(qtbot, state, transport):
    bar = shown(qtbot, OverlayBar(state))
    controls = [transport.first, transport.back, transport.play, transport.forward, transport.last]
    controls += [transport.loop, transport.mute, transport.speed, *transport.chips.buttons.values()]
    controls += [bar.mode, bar.prototype, bar.x_slider, bar.opacity]
    names = [control.accessibleName() for control in controls]
    assert all(names)
    assert len(set(names)) == len(names)


def test_icons_follow_the_theme(state, transport):
    def ink():
        image = transport.last.icon().pixmap(24, 24).toImage()
        return image.pixelColor(18, 12).lightness()

    assert ink() < 60
    theme.apply_theme(QApplication.instance(), "dark")
    QApplication.processEvents()
    assert ink() > 200
