"""The temporal prototype as tiles: what is painted where, what a click does, and 250 stages."""

from dataclasses import replace
from itertools import pairwise
from statistics import median
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.samples import make_result_set, make_snapshot, partial
from tpviewer.core.stages import Stage, notation
from tpviewer.store.snapshot import EDITED, Snapshot
from tpviewer.ui import theme
from tpviewer.ui.panels.prototype_panel import PrototypePanel
from tpviewer.ui.panels.prototype_tiles import LookImages, Tile, overlay_image, tile_facts
from tpviewer.ui.panels.tags import au_colour
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.workers.tile_loader import TilePicture, TileRequest

LEFT = Qt.MouseButton.LeftButton


def shattered(stages: int = 250) -> Snapshot:
    """A video whose every second stage is NONE."""
    snapshot = make_snapshot(frames=4 * stages)
    states = np.full((4 * stages, len(snapshot.aus)), -1, np.int16)
    states[np.arange(4 * stages) // 4 % 2 == 1, 1] = 0
    results = make_result_set("steady", states, snapshot.aus)
    return replace(snapshot, result_sets={"steady": results})


@pytest.fixture
def state(qtbot: QtBot) -> ViewerState:
    return ViewerState()


@pytest.fixture
def panel(state: ViewerState, qtbot: QtBot) -> PrototypePanel:
    panel = PrototypePanel(state)
    qtbot.addWidget(panel)
    panel.resize(1300, 220)
    panel.show()
    return panel


def click(panel: PrototypePanel, number: int, double: bool = False) -> None:
    act = QTest.mouseDClick if double else QTest.mouseClick
    act(panel.strip.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, panel.strip.tile_centre(number))


def pixels(panel: PrototypePanel) -> QImage:
    return panel.strip.viewport().grab().toImage()


def place_in_tile(panel: PrototypePanel, number: int, x: float, y: float) -> QPoint:
    """Pixel of the viewport at a place of a tile's picture, given as shares of its side."""
    side = panel.strip.sizes().side
    return panel.strip.tile_centre(number) + QPoint(round((x - 0.5) * side), round((y - 0.5) * side))


def test_there_is_one_tile_a_stage_and_the_counts_are_the_papers(
    panel: PrototypePanel, state: ViewerState
) -> None:
    state.open(None, make_snapshot(300))
    assert [(s.start, s.stop) for s in panel.stages] == [
        *((0, 60), (60, 90), (90, 120), (120, 180), (180, 240), (240, 270), (270, 300))
    ]
    text = panel.counts.text()
    assert text.startswith("270 frames → 6 stages (reduction 97.8 %), 4 distinct")
    assert "profile steady" in text
    assert "30 frames without a face are not counted" in text


def test_profile_layer_and_edits_are_named(panel: PrototypePanel, state: ViewerState) -> None:
    snapshot = make_snapshot()
    edited = replace(snapshot.result_sets["steady"], name="steady" + EDITED)
    state.open(None, replace(snapshot, result_sets={**snapshot.result_sets, edited.name: edited}))
    assert "with your edits" in panel.counts.text()
    state.set_profile("paper")
    assert "profile paper" in panel.counts.text()
    assert "with your edits" not in panel.counts.text()
    state.set_layer("raw")
    assert "raw results" in panel.counts.text()


def test_a_click_goes_to_the_stages_first_frame(panel: PrototypePanel, state: ViewerState) -> None:
    state.open(None, make_snapshot(300))
    click(panel, 3)
    assert state.playhead == 120
    click(panel, 1)
    assert state.playhead == 60


def test_a_double_click_loops_a_stage_and_another_one_ends_it(
    panel: PrototypePanel, state: ViewerState
) -> None:
    state.open(None, make_snapshot(300))
    click(panel, 1, double=True)
    assert state.loop == (60, 90)
    click(panel, 1, double=True)
    assert state.loop is None


def test_the_top_x_of_a_look_is_painted_in_its_colour_at_its_place(
    panel: PrototypePanel, state: ViewerState
) -> None:
    state.open(None, make_snapshot(300))
    state.set_overlay(replace(state.overlay, x=100))
    QTest.qWait(80)
    picture = pixels(panel)
    for number, look, y in ((1, 0, 30 / 96), (2, 1, 60 / 96)):
        wanted = QColor(au_colour("AU01", look))
        hue = picture.pixelColor(place_in_tile(panel, number, 45 / 96, y)).hsvHue()
        other = picture.pixelColor(place_in_tile(panel, number, 45 / 96, 90 / 96))
        assert other.hsvSaturation() < 40
        if number == 2:  # AU02_A lies at another place there, so that the colour is AU01's alone
            assert abs(hue - wanted.hsvHue()) < 12


def test_a_smaller_x_covers_less_of_the_tile() -> None:
    relevance = np.linspace(0, 1, 96 * 96, dtype=np.float32).reshape(1, 96, 96)
    looks = LookImages({"AU01": relevance}, {}, 90.0)
    looks.set_size(96, 1.0)

    def covered() -> int:
        image = looks.image("AU01", 0)
        return sum(image.pixelColor(40, y).alpha() > 0 for y in range(96))

    wide = covered()
    looks.set_x(10.0)
    assert 0 < covered() < wide < 96


def test_the_outline_of_a_mask_is_opaque_and_its_inside_translucent() -> None:
    mask = np.zeros((20, 20), np.bool_)
    mask[5:15, 5:15] = True
    image = overlay_image(mask, "#336699")
    side = image.width() // 20
    assert image.pixelColor(5 * side, 10 * side).alpha() == 255
    assert image.pixelColor(10 * side, 10 * side).alpha() == 140
    assert image.pixelColor(2 * side, 10 * side).alpha() == 0


def test_the_facts_of_a_tile_never_run_into_its_number(qtbot: QtBot) -> None:
    metrics = QFontMetrics(QApplication.font())
    tile = Tile(2, Stage(0, 45, (), purity=0.93), 1.5)
    shorter_and_shorter = ["purity .93 · 1.50 s", "pur. .93 · 1.50 s", "1.50 s"]
    for facts, next_best in pairwise(shorter_and_shorter):
        room = metrics.horizontalAdvance(f"3 ⟲  {facts}")
        assert tile_facts(tile, metrics, room) == facts
        assert tile_facts(tile, metrics, room - 1) == next_best


def test_looks_read_off_another_action_unit_use_its_maps() -> None:
    looks = LookImages({"AU45": np.ones((1, 8, 8), np.float32)}, {"AU43": "AU45"}, 100.0)
    looks.set_size(32, 1.0)
    assert looks.image("AU43", 0) is not None
    assert looks.image("AU12", 0) is None
    assert looks.image("AU45", 3) is None


def test_the_playheads_tile_is_outlined_and_scrolled_into_view(
    panel: PrototypePanel, state: ViewerState
) -> None:
    state.open(None, shattered())
    accent = QColor(theme.current().accent)
    state.set_playhead(4 * 200 + 1)
    assert 200 in panel.strip.visible_numbers()
    side = panel.strip.sizes().side
    edge = panel.strip.tile_centre(200) - QPoint(side // 2 + 1, 0)
    assert pixels(panel).pixelColor(edge) == accent
    other = panel.strip.tile_centre(199) - QPoint(side // 2 + 1, 0)
    assert pixels(panel).pixelColor(other) != accent


def wheel(panel: PrototypePanel, steps: int) -> None:
    nowhere, turn = QPointF(50, 50), QPoint(0, -120 * steps)
    event = QWheelEvent(
        *(nowhere, nowhere, QPoint(), turn, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(panel.strip.viewport(), event)


def test_a_row_scrolled_by_hand_is_left_alone_while_playing(
    panel: PrototypePanel, state: ViewerState
) -> None:
    state.open(None, shattered())
    state.set_playing(True)
    wheel(panel, 40)
    scrolled = panel.strip.horizontalScrollBar().value()
    assert scrolled > 0
    state.set_playhead(6)
    assert panel.strip.horizontalScrollBar().value() == scrolled
    state.set_playing(False)
    state.set_playhead(9)
    assert panel.strip.horizontalScrollBar().value() < scrolled


def test_the_notation_is_copied_as_the_paper_writes_it_or_in_ascii(
    panel: PrototypePanel, state: ViewerState
) -> None:
    assert not panel.copy_button.isEnabled()
    state.open(None, make_snapshot(300))
    panel.copy_button.click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == notation(panel.stages, " → ")
    assert clipboard.text().startswith("(NONE) → (AU01_A, AU02_A) → (AU01_B, AU02_A)")
    panel.copy_ascii.trigger()
    assert clipboard.text() == notation(panel.stages)


def test_pictures_are_asked_for_once_results_have_settled_the_visible_ones_first(
    panel: PrototypePanel, state: ViewerState, qtbot: QtBot
) -> None:
    snapshot = shattered()
    asked: list[TileRequest] = []
    panel.tiles_requested.connect(asked.append)
    for _ in range(5):
        state.open(None, replace(snapshot))
    state.set_playhead(4 * 100)
    qtbot.waitUntil(lambda: bool(asked), timeout=2000)
    qtbot.wait(200)
    (request,) = asked
    assert request.session == snapshot.path
    assert request.video is None
    assert sorted(request.numbers) == list(range(250))
    seen = panel.strip.visible_numbers()
    assert request.numbers[: len(seen)] == tuple(seen)


def test_a_hidden_panel_asks_for_nothing_until_it_is_shown(
    panel: PrototypePanel, state: ViewerState, qtbot: QtBot
) -> None:
    asked: list[TileRequest] = []
    panel.tiles_requested.connect(asked.append)
    panel.hide()
    state.open(None, make_snapshot())
    qtbot.wait(250)
    assert asked == []
    panel.show()
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=2000)


def test_a_picture_is_painted_in_its_tile_and_stale_ones_are_left_out(
    panel: PrototypePanel, state: ViewerState
) -> None:
    state.open(None, make_snapshot(300))
    white = np.full((192, 192), 255, np.uint8)
    wrong = replace(panel.stages[3], stop=panel.stages[3].stop - 1)
    panel.set_tile(3, TilePicture(wrong, 130, white))
    panel.set_tile(99, TilePicture(wrong, 130, white))
    assert pixels(panel).pixelColor(panel.strip.tile_centre(3)) != QColor("white")
    panel.set_tile(3, TilePicture(panel.stages[3], 130, white))
    assert pixels(panel).pixelColor(panel.strip.tile_centre(3)) == QColor("white")
    assert panel.waiting
    for number, stage in enumerate(panel.stages):
        panel.set_tile(number, TilePicture(stage, stage.start, None))
    assert not panel.waiting


def test_pictures_of_stages_that_stay_are_kept_when_results_change(
    panel: PrototypePanel, state: ViewerState, qtbot: QtBot
) -> None:
    snapshot = make_snapshot(300)
    state.open(None, snapshot)
    white = np.full((192, 192), 255, np.uint8)
    for number, stage in enumerate(panel.stages):
        panel.set_tile(number, TilePicture(stage, stage.start, white))
    states = snapshot.result_sets["steady"].states["absorbed"].copy()
    states[180:240] = -1
    states[250:255, 3] = 0
    asked: list[TileRequest] = []
    panel.tiles_requested.connect(asked.append)
    changed = make_result_set("steady", states, snapshot.aus)
    state.set_snapshot(replace(snapshot, result_sets={"steady": changed}))
    assert pixels(panel).pixelColor(panel.strip.tile_centre(0)) == QColor("white")
    qtbot.waitUntil(lambda: bool(asked), timeout=2000)
    stages = asked[0].stages
    assert [(stages[n].start, stages[n].stop) for n in asked[0].numbers] == [
        *((120, 250), (250, 255), (255, 270))
    ]


def test_unseen_looks_different_from_none(panel: PrototypePanel, state: ViewerState) -> None:
    state.open(None, make_snapshot(300))
    picture, unseen = pixels(panel), QColor(theme.current().unseen)
    last = len(panel.stages) - 1

    def hatched(number: int) -> int:
        row = [picture.pixelColor(place_in_tile(panel, number, x, 0.9)) for x in np.linspace(0.2, 0.8, 60)]
        return sum(colour == unseen for colour in row)

    assert panel.stages[last].unseen
    assert hatched(last) > 3
    assert hatched(0) == 0


def test_waiting_states_say_what_will_come(panel: PrototypePanel, state: ViewerState) -> None:
    empty = pixels(panel)
    state.open(None, partial(make_snapshot(), 40))
    assert panel.stages == ()
    assert panel.counts.text() == ""
    assert pixels(panel) != empty


def test_a_tool_tip_explains_the_tile(panel: PrototypePanel, state: ViewerState) -> None:
    state.open(None, make_snapshot(300))
    viewport = panel.strip.viewport()
    place = panel.strip.tile_centre(2)
    QApplication.sendEvent(viewport, QHelpEvent(QHelpEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    (tip,) = [w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel")]
    assert "Stage 3 of 7: AU01_B, AU02_A" in tip.text()
    assert "AU01 Inner Brow Raiser, look B" in tip.text()
    assert "frames 90–119, 3.00–4.00 s" in tip.text()
    tip.close()
    tip.deleteLater()


@pytest.mark.alone
def test_250_stages_are_painted_as_quickly_as_a_few(panel: PrototypePanel, state: ViewerState) -> None:
    def cost(snapshot: Snapshot) -> float:
        state.open(None, snapshot)
        panel.strip.viewport().repaint()
        costs = []
        for _ in range(15):
            begin = perf_counter()
            panel.strip.viewport().repaint()
            costs.append(perf_counter() - begin)
        return median(costs)

    few, many = cost(shattered(12)), cost(shattered(250))
    assert len(panel.strip.visible_numbers()) < 20
    assert many < 3 * few
    assert many < 0.05
