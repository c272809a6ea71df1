"""What the lanes show at the place of a frame, pixel by pixel."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.ui.samples import make_snapshot, make_video, partial
from tpviewer.core.palette import colour
from tpviewer.store.snapshot import Snapshot
from tpviewer.ui import theme
from tpviewer.ui.timeline import Timeline
from tpviewer.ui.timeline.lane_image import block_rows
from tpviewer.ui.timeline.time_widget import GUTTER, row_height
from tpviewer.ui.viewer_state import ViewerState

FRAMES = 300


def shown(qtbot: QtBot, snapshot: Snapshot, width: int = 1280) -> tuple[ViewerState, Timeline]:
    state = ViewerState()
    state.open(make_video(snapshot), snapshot)
    timeline = Timeline(state)
    qtbot.addWidget(timeline)
    timeline.resize(width, 560)
    timeline.show()
    qtbot.waitExposed(timeline)
    return state, timeline


def lane_column(timeline: Timeline, state: ViewerState, au: str, frame: float) -> list[str]:
    """Colours of a lane from top to bottom in the middle of a frame."""
    image = timeline.lanes.grab().toImage()
    place = next(n for n, lane in enumerate(timeline.lanes.lanes) if lane.au == au)
    return column(image, timeline, state, frame, timeline.lanes.lane_rect(place).top())


def column(image: QImage, timeline: Timeline, state: ViewerState, frame: float, top: int) -> list[str]:
    moment = (state.time_of(int(frame)) + state.time_of(int(frame) + 1)) / 2
    x = int(timeline.lanes.axis().x_of(moment))
    return [image.pixelColor(x, top + y).name() for y in range(row_height())]


def block_row(timeline: Timeline) -> int:
    """A row of the blocks above the letter."""
    return block_rows(timeline.lanes.look(row_height()))[0] + 1


def test_a_block_has_the_colour_of_its_look(qtbot: QtBot) -> None:
    state, timeline = shown(qtbot, make_snapshot(FRAMES))
    row = block_row(timeline)
    assert lane_column(timeline, state, "AU01", 75)[row] == colour("AU01", 0)
    assert lane_column(timeline, state, "AU01", 105)[row] == colour("AU01", 1)
    assert lane_column(timeline, state, "AU12", 200)[row] == colour("AU12", 0)
    assert lane_column(timeline, state, "AU01", 20)[row] == theme.current().panel


def test_no_face_differs_from_no_action_unit_and_both_from_not_analysed(qtbot: QtBot) -> None:
    snapshot = make_snapshot(FRAMES)
    state, timeline = shown(qtbot, snapshot)
    none, faceless = (set(lane_column(timeline, state, "AU25", frame)) for frame in (150, 290))
    state.set_snapshot(partial(snapshot, 200))
    unknown = set(lane_column(timeline, state, "AU25", 250))
    assert theme.current().unseen in faceless
    assert theme.current().unseen not in none | unknown
    assert theme.current().panel in none
    assert theme.current().window in unknown
    assert theme.current().panel not in unknown


def test_zoomed_in_a_block_spans_the_width(qtbot: QtBot) -> None:
    state, timeline = shown(qtbot, make_snapshot(FRAMES))
    state.set_view(state.time_of(65), state.time_of(80))
    image = timeline.lanes.grab().toImage()
    place = timeline.lanes.lane_rect(0).top() + block_row(timeline)
    colours = {image.pixelColor(x, place).name() for x in range(GUTTER, timeline.lanes.width())}
    assert colours == {colour("AU01", 0)}


def test_the_curve_is_high_where_the_probability_is(qtbot: QtBot) -> None:
    state, timeline = shown(qtbot, make_snapshot(FRAMES))
    line = theme.current().text
    active, inactive = (lane_column(timeline, state, "AU02", frame).index(line) for frame in (90, 150))
    assert active < row_height() / 3
    assert inactive > row_height() / 2


def test_before_there_are_looks_blocks_are_hatched(qtbot: QtBot) -> None:
    state, timeline = shown(qtbot, partial(make_snapshot(FRAMES), 250))
    image = timeline.lanes.grab().toImage()
    y = block_row(timeline) + 4
    places = range(int(timeline.lanes.axis().x_of(2.2)), int(timeline.lanes.axis().x_of(3.8)))
    share = np.mean([image.pixelColor(x, y).name() == colour("AU01") for x in places])
    assert 0.2 < share < 0.6
    assert state.results is None


def test_the_raw_line_shows_what_smoothing_took_away(qtbot: QtBot) -> None:
    snapshot = make_snapshot(FRAMES)
    steady = snapshot.result_sets["steady"]
    emptied = steady.states["absorbed"].copy()
    emptied[emptied >= 0] = -1
    steady = replace(steady, states={**steady.states, "absorbed": emptied})
    state, timeline = shown(qtbot, replace(snapshot, result_sets={"steady": steady}))
    pixels = lane_column(timeline, state, "AU02", 90)
    assert colour("AU02") not in pixels[: row_height() - 6]
    assert colour("AU02") in pixels[row_height() - 6 :]
    state.set_layer("raw")
    assert lane_column(timeline, state, "AU02", 90)[block_row(timeline)] == colour("AU02")


def test_a_moment_of_activity_in_a_long_video_does_not_vanish(qtbot: QtBot) -> None:
    snapshot = make_snapshot(30_000)
    steady = snapshot.result_sets["steady"]
    states = np.full_like(steady.states["absorbed"], -1)
    states[15_000, 0] = 0
    steady = replace(steady, states=dict.fromkeys(steady.states, states))
    state, timeline = shown(qtbot, replace(snapshot, result_sets={"steady": steady}))
    image = timeline.lanes.grab().toImage()
    x = int(timeline.lanes.axis().x_of(state.time_of(15_000)))
    y = block_row(timeline)
    assert image.pixelColor(x, y).name() != image.pixelColor(x - 5, y).name()


def test_a_crowded_curve_does_not_hide_the_blocks(qtbot: QtBot) -> None:
    snapshot = make_snapshot(60_000)
    noise = np.random.default_rng(0).random(snapshot.probabilities.shape).astype(np.float32)
    state, timeline = shown(qtbot, replace(snapshot, probabilities=noise))
    pixel = QColor(lane_column(timeline, state, "AU12", 40_000)[block_row(timeline)])
    assert pixel.hue() == pytest.approx(QColor(colour("AU12")).hue(), abs=15)
    assert pixel.saturation() > 100


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_playhead_is_the_accent_in_every_row(qtbot: QtBot, qapp: object, name: theme.ThemeName) -> None:
    state, timeline = shown(qtbot, make_snapshot(FRAMES))
    theme.apply_theme(qapp, name)  # type: ignore[arg-type]
    state.set_playhead(150)
    image = timeline.grab().toImage()
    x = int(timeline.ruler.axis().x_of(state.time_of(150)))
    for row in (timeline.ruler, timeline.strip, timeline.lanes, timeline.quality, timeline.overview):
        assert image.pixelColor(x, row.y() + row.height() // 2) == QColor(theme.current().accent)


def test_the_stages_of_the_strip_have_the_colours_of_their_action_units(qtbot: QtBot) -> None:
    state, timeline = shown(qtbot, make_snapshot(FRAMES))
    image = timeline.strip.grab().toImage()
    stripe = [column(image, timeline, state, frame, 0)[-4] for frame in (62, 86, 200, 20)]
    assert stripe == [colour("AU01"), colour("AU02"), colour("AU12"), theme.current().panel]
    assert theme.current().unseen in column(image, timeline, state, 285, 0)


def test_a_turned_head_is_shaded(qtbot: QtBot) -> None:
    snapshot = make_snapshot(FRAMES)
    yaw = np.where(np.arange(FRAMES) < 100, 40.0, 0.0).astype(np.float32)
    state, timeline = shown(qtbot, replace(snapshot, yaw=yaw))
    image = timeline.quality.grab().toImage()
    turned, straight = (column(image, timeline, state, frame, 0)[-16] for frame in (50, 150))
    assert turned != straight == theme.current().panel
