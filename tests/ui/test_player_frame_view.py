"""The frame, and upon it the relevance where the face is."""

import statistics
import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.frames import GREY, block_map, grey_picture, make_frame, noise_map
from tests.ui.samples import AUS, SIZE, make_snapshot, make_video, partial
from tpviewer.core.palette import colour
from tpviewer.store.snapshot import NO_FACE
from tpviewer.ui import theme
from tpviewer.ui.player.frame_view import FrameView
from tpviewer.ui.viewer_state import Overlay, ViewerState

BOTH_ACTIVE = 65  # AU01 and AU02, both look A
ONLY_RELEVANCE = Overlay(opacity=1.0, x=100.0, chips=frozenset({"relevance"}))


@pytest.fixture
def state(qtbot):
    made = ViewerState()
    snapshot = make_snapshot(300)
    made.open(make_video(snapshot), snapshot)
    made.set_overlay(ONLY_RELEVANCE)
    return made


@pytest.fixture
def view(qtbot, state):
    return shown(qtbot, FrameView(state), SIZE)


def shown(qtbot, view, size):
    qtbot.addWidget(view)
    view.resize(*size)
    with qtbot.waitExposed(view):
        view.show()
    return view


def grabbed(view) -> QImage:
    return view.grab().toImage()


def rgb(image: QImage, x: float, y: float) -> tuple[int, int, int]:
    return image.pixelColor(int(x), int(y)).getRgb()[:3]


def near(found, expected, tolerance=6) -> bool:
    wanted = QColor(expected).getRgb()[:3] if isinstance(expected, str) else expected
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= tolerance


GREYS = (GREY, GREY, GREY)


def test_the_overlay_lies_on_the_frame_pixels_that_the_crop_came_from(state, view):
    view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(30, 40, 10)}))
    image = grabbed(view)
    left, top = 200 + 2 * 40, 100 + 2 * 30  # centre of the block's first crop pixel, in frame pixels
    middle = (left + 10, top + 10)
    assert near(rgb(image, *middle), colour("AU01", 0))
    for x, y in ((left - 4, top + 10), (left + 23, top + 10), (left + 10, top - 4), (left + 10, top + 23)):
        assert near(rgb(image, x, y), GREYS)
    for x, y in ((left + 2, top + 2), (left + 16, top + 16)):
        assert not near(rgb(image, x, y), GREYS)


def test_the_edges_are_right_to_half_a_frame_pixel(state, view):
    """Crop pixel 40 covers [39.5, 40.5) in crop, [279, 281) in frame centres: [279.5, 281.5) on screen."""
    view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(30, 40, 10)}))
    image = grabbed(view)
    row = [near(rgb(image, x, 170), GREYS, 2) for x in range(270, 310)]
    changed = [270 + place for place, grey in enumerate(row) if not grey]
    assert changed[0] == 279
    assert changed[-1] == 299


def test_turned_and_scaled_faces_are_followed(qtbot, state):
    snapshot = state.snapshot
    to_frame = snapshot.crop_to_frame.copy()
    to_frame[BOTH_ACTIVE] = [[0.0, -3.0, 500.0], [3.0, 0.0, 60.0]]
    state.set_snapshot(replace(snapshot, crop_to_frame=to_frame))
    view = shown(qtbot, FrameView(state), (2 * SIZE[0], 2 * SIZE[1]))
    view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(20, 50, 8)}))
    x, y = 500.0 - 3 * 23.5, 60.0 + 3 * 53.5
    image = grabbed(view)
    assert near(rgb(image, 2 * x, 2 * y), colour("AU01", 0))
    assert near(rgb(image, 2 * x + 40, 2 * y), GREYS)


def test_only_active_action_units_are_drawn(state, view):
    maps = {au: noise_map(k) for k, au in enumerate(AUS)}
    view.set_frame(make_frame(BOTH_ACTIVE, maps))
    assert [(each.au, each.letter) for each in view.drawn] == [("AU01", "A"), ("AU02", "A")]
    view.set_frame(make_frame(100, maps))
    assert [(each.au, each.letter) for each in view.drawn] == [("AU01", "B"), ("AU02", "A")]


def test_one_action_unit_can_be_chosen(state, view):
    view.set_frame(make_frame(BOTH_ACTIVE, {au: noise_map(0) for au in AUS}))
    state.set_overlay(replace(ONLY_RELEVANCE, mode="top-x one"))
    assert view.drawn == ()
    assert "Choose" in view.note()
    state.set_au("AU02")
    assert [each.au for each in view.drawn] == ["AU02"]
    state.set_au("AU12")
    assert view.drawn == ()


def test_before_there_are_looks_the_threshold_decides(state, view):
    state.set_snapshot(partial(state.snapshot, 100))
    view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": noise_map(0)}))
    assert [(each.au, each.letter, each.map is None) for each in view.drawn] == [
        ("AU01", "", False),
        ("AU02", "", True),
    ]
    view.set_frame(make_frame(150))
    assert view.drawn == ()


def test_closed_eyes_are_explained_by_the_maps_of_the_blink(qtbot):
    state = ViewerState()
    snapshot = make_snapshot(300, aus=("AU45",))
    results = snapshot.result_sets["steady"]
    states = np.full((300, 2), -1, np.int16)
    states[:, 1] = 0
    grown = replace(results, columns=("AU45", "AU43"), states=dict.fromkeys(results.states, states))
    state.open(None, replace(snapshot, result_sets={"steady": grown}))
    view = shown(qtbot, FrameView(state), SIZE)
    blink = noise_map(0)
    view.set_frame(make_frame(10, {"AU45": blink}))
    assert [(each.au, each.map) for each in view.drawn] == [("AU43", blink)]


def test_the_signed_map_is_red_and_blue(state, view):
    found = block_map(30, 40, 10)
    found.relevance[60:70, 40:50] = -1.0
    state.set_overlay(replace(ONLY_RELEVANCE, mode="signed"))
    state.set_au("AU12")
    view.set_frame(make_frame(BOTH_ACTIVE, {"AU12": found}))
    image = grabbed(view)
    assert near(rgb(image, 290, 170), (255, 0, 0))
    assert near(rgb(image, 290, 230), (0, 0, 255))
    assert near(rgb(image, 350, 230), GREYS)


def test_the_prototype_of_the_look_is_drawn_instead_of_the_frames_map(state, view):
    state.set_overlay(replace(ONLY_RELEVANCE, prototype=True))
    state.set_au("AU01")
    state.set_overlay(replace(state.overlay, mode="top-x one"))
    for frame, row in ((65, 30), (100, 60)):
        view.set_frame(make_frame(frame))
        image = grabbed(view)
        look = 0 if frame == 65 else 1
        assert near(rgb(image, 200 + 2 * 45, 100 + 2 * row), colour("AU01", look))


def test_opacity_and_x_are_obeyed(state, view):
    view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(30, 40, 10)}))
    state.set_overlay(replace(ONLY_RELEVANCE, opacity=0.0))
    assert near(rgb(grabbed(view), 290, 170), GREYS)
    state.set_overlay(replace(ONLY_RELEVANCE, x=50.0))
    image = grabbed(view)
    assert not near(rgb(image, 290, 165), GREYS)
    assert near(rgb(image, 290, 175), GREYS)


def test_switching_relevance_off_shows_the_bare_frame(state, view):
    view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(30, 40, 10)}))
    state.set_overlay(replace(ONLY_RELEVANCE, chips=frozenset()))
    assert near(rgb(grabbed(view), 290, 170), GREYS)


def test_box_mesh_and_labels_appear_when_switched_on(state, view):
    mesh = np.tile(np.array([[400.0, 300.0]], np.float32), (468, 1))
    view.set_frame(make_frame(BOTH_ACTIVE, mesh=mesh))
    bare = grabbed(view)
    places = {"face box": (220, 200), "mesh": (400, 300), "labels": (390, 128)}
    for chip, place in places.items():
        state.set_overlay(replace(ONLY_RELEVANCE, chips=frozenset({chip})))
        assert near(rgb(bare, *place), GREYS)
        assert not near(rgb(grabbed(view), *place), GREYS), chip


def test_what_there_is_to_say_about_a_frame(state, view):
    assert view.note() == ""
    view.set_frame(make_frame(12, picture=None))
    assert view.note() == "Frame 12 cannot be decoded"
    faceless = int(np.flatnonzero(state.snapshot.seen == NO_FACE)[0])
    view.set_frame(make_frame(faceless))
    assert view.note() == "No face in this frame"
    view.set_frame(make_frame(BOTH_ACTIVE))
    assert view.note() == ""


def test_a_map_that_was_not_kept_is_told_from_one_that_is_not_there(state, view):
    def keeping(keep: str, every: int) -> None:
        kept = {"keep": keep, "every": every}
        state.set_snapshot(replace(state.snapshot, provenance={"relevance_kept": kept}))
        view.set_frame(make_frame(BOTH_ACTIVE))

    keeping("spread", BOTH_ACTIVE + 1)
    assert "were not kept" in view.note()
    keeping("prototypes", 1)
    assert "were not kept" in view.note()
    keeping("spread", 1)  # its map only has not been computed yet
    assert view.note() == ""
    keeping("top99", BOTH_ACTIVE + 1)
    view.set_frame(make_frame(BOTH_ACTIVE, {au: noise_map(0) for au in AUS}))
    assert view.note() == ""
    state.set_au("AU01")
    state.set_overlay(replace(ONLY_RELEVANCE, mode="signed"))
    assert "only what speaks for" in view.note()


def test_without_the_video_its_maps_are_shown(qtbot):
    state = ViewerState()
    state.open(None, make_snapshot(300))
    state.set_overlay(ONLY_RELEVANCE)
    view = shown(qtbot, FrameView(state), SIZE)
    view.set_frame(make_frame(BOTH_ACTIVE, {"AU01": block_map(30, 40, 10)}, picture=None))
    assert "missing" in view.note()
    assert near(rgb(grabbed(view), 290, 170), colour("AU01", 0))


def test_the_preview_is_shown_before_anything_else_is_known(qtbot):
    state = ViewerState()
    view = shown(qtbot, FrameView(state), SIZE)
    view.set_preview(grey_picture())
    assert near(rgb(grabbed(view), 320, 240), GREYS)
    snapshot = make_snapshot(300)
    state.open(make_video(snapshot))
    assert near(rgb(grabbed(view), 320, 240), GREYS)
    state.open(None)
    assert near(rgb(grabbed(view), 320, 240), theme.current().canvas)


def test_the_picture_outlives_its_array(view):
    picture = grey_picture()
    view.set_frame(make_frame(5, picture=picture))
    picture[:] = 0
    del picture
    assert near(rgb(grabbed(view), 320, 240), GREYS)


def wheel(view, at, notches):
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_about_the_cursor(view):
    view.set_frame(make_frame(BOTH_ACTIVE))
    cursor = QPoint(400, 150)
    before = view.to_window().inverted()[0].map(QPointF(cursor))
    wheel(view, cursor, 4)
    assert view.to_window().m11() == pytest.approx(1.2**4)
    after = view.to_window().inverted()[0].map(QPointF(cursor))
    assert (after - before).manhattanLength() < 1e-6


def test_zoom_has_bounds_and_a_double_click_fits(qtbot, view):
    view.set_frame(make_frame(BOTH_ACTIVE))
    wheel(view, QPoint(10, 10), 100)
    assert view.to_window().m11() == pytest.approx(32.0)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert view.to_window().m11() == pytest.approx(1.0)
    wheel(view, QPoint(10, 10), -10)
    assert view.to_window().m11() == pytest.approx(1.0)


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_dragging_pans_but_not_beyond_the_frame(qtbot, view, button):
    view.set_frame(make_frame(BOTH_ACTIVE))
    wheel(view, QPoint(320, 240), 4)
    start = view.to_window().map(QPointF(320, 240))
    qtbot.mousePress(view, button, pos=QPoint(320, 240))
    qtbot.mouseMove(view, QPoint(350, 260))
    assert view.to_window().map(QPointF(320, 240)) - start == QPointF(30, 20)
    qtbot.mouseMove(view, QPoint(5000, 5000))
    qtbot.mouseRelease(view, button, pos=QPoint(350, 260))
    assert view.to_window().map(QPointF(0, 0)).manhattanLength() < 1e-6
    qtbot.mouseMove(view, QPoint(10, 10))
    assert view.to_window().map(QPointF(0, 0)).manhattanLength() < 1e-6


def test_nothing_open_is_an_empty_canvas_and_no_gesture_hurts(qtbot):
    view = shown(qtbot, FrameView(ViewerState()), (300, 200))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    wheel(view, QPoint(10, 10), 3)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(view, QPoint(50, 50))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton)
    assert near(rgb(grabbed(view), 150, 100), theme.current().canvas)
    assert view.note() == ""


@pytest.mark.alone
def test_the_slider_answers_within_a_screen_refresh(qtbot, state):
    view = shown(qtbot, FrameView(state), (1280, 720))
    maps = {au: noise_map(k) for k, au in enumerate(AUS)}
    state.set_snapshot(partial(state.snapshot, 300))
    everything = np.full_like(state.snapshot.probabilities, 0.9)
    state.set_snapshot(replace(state.snapshot, probabilities=everything))
    picture = np.random.default_rng(0).integers(0, 255, (720, 1280, 3), np.uint8)
    view.set_frame(make_frame(BOTH_ACTIVE, maps, picture=picture))
    view.repaint()
    assert len(view.drawn) == len(AUS)
    taken = []
    for move in range(50):
        begun = time.perf_counter()
        state.set_overlay(replace(state.overlay, x=1.0 + move))
        view.repaint()
        taken.append(time.perf_counter() - begun)
        assert view._overlay is not None, "nothing was painted"
    assert statistics.median(taken) < 0.016
