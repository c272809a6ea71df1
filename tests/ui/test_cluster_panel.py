"""The cluster panel shows looks, why there are as many, and asks for others."""

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.samples import make_clusters, make_snapshot, make_video
from tpviewer.core.relevance import mass_map
from tpviewer.store.snapshot import EDITED, AUClusters, Snapshot
from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.panels.cluster_facts import Overruling, overruling, suspicions
from tpviewer.ui.panels.cluster_panel import ClusterPanel
from tpviewer.ui.panels.embedding_plot import MOST_POINTS, EmbeddingPlot, embedding_axes
from tpviewer.ui.panels.lasso import points_inside, spread_out
from tpviewer.ui.panels.map_tile import signed_image, top_x_image
from tpviewer.ui.panels.tags import au_colour
from tpviewer.ui.viewer_state import Overlay, ViewerState


def showing(snapshot: Snapshot | None, au: str = "AU01") -> ViewerState:
    state = ViewerState()
    state.open(make_video(snapshot) if snapshot else None, snapshot)
    state.set_au(au)
    return state


def panel(qtbot: QtBot, state: ViewerState) -> ClusterPanel:
    view = ClusterPanel(state)
    qtbot.addWidget(view)
    view.resize(800, 800)
    view.show()
    QApplication.processEvents()
    return view


def plot(view: ClusterPanel) -> EmbeddingPlot:
    assert view.embedding is not None
    return view.embedding


def mouse(plot: EmbeddingPlot, kind: QEvent.Type, place: QPoint, held: bool = False) -> None:
    viewport = plot._view.viewport()
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    spot = QPointF(viewport.mapFrom(plot, place))
    event = QMouseEvent(
        kind, spot, viewport.mapToGlobal(spot), button, left if held else none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(viewport, event)


def draw_lasso(plot: EmbeddingPlot, corners: list[QPoint]) -> None:
    mouse(plot, QEvent.Type.MouseButtonPress, corners[0], held=True)
    for corner in corners[1:]:
        mouse(plot, QEvent.Type.MouseMove, corner, held=True)
    mouse(plot, QEvent.Type.MouseButtonRelease, corners[-1])


def around(plot: EmbeddingPlot, frames: list[int]) -> list[QPoint]:
    """Corners of a box about the points of some frames."""
    places = [plot.position_of(frame) for frame in frames]
    left, right = min(p.x() for p in places) - 6, max(p.x() for p in places) + 6
    top, bottom = min(p.y() for p in places) - 6, max(p.y() for p in places) + 6
    return [QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)]


def edited(snapshot: Snapshot, labels: np.ndarray) -> Snapshot:
    results = snapshot.result_sets["steady"]
    column = np.full(snapshot.frames, -1, np.int16)
    column[results.clusters["AU01"].frames] = labels
    clusters = {**results.clusters, "AU01": make_clusters("AU01", column)}
    name = "steady" + EDITED
    sets = {**snapshot.result_sets, name: replace(results, name=name, clusters=clusters)}
    return replace(snapshot, result_sets=sets)


def suspected(clusters: AUClusters, **explained: tuple[float, float]) -> AUClusters:
    summary = replace(clusters.summary, explained={**clusters.summary.explained, **explained})
    return replace(clusters, summary=summary)


def test_the_header_says_how_many_looks_were_found_and_how_stable_they_are(qtbot: QtBot) -> None:
    view = panel(qtbot, showing(make_snapshot()))
    header = view.header
    assert header.title.text() == "AU01 Inner Brow Raiser"
    assert header.facts.text() == "2 looks in 60 frames · stability .80"
    assert header.counts.text().startswith("2 from the spectrum → 2 after joining")
    assert header.warning.text() == ""


@pytest.mark.parametrize(
    ("snapshot", "au", "words"),
    [
        (None, "", "when a video has been analysed"),
        (make_snapshot(), "", "Choose an Action Unit"),
        (make_snapshot(), "AU25", "Never active"),
        (replace(make_snapshot(), result_sets={}), "AU01", "Looks appear when"),
    ],
)
def test_where_there_are_no_looks_the_panel_says_why(
    qtbot: QtBot, snapshot: Snapshot | None, au: str, words: str
) -> None:
    view = panel(qtbot, showing(snapshot, au))
    assert words in view.header.facts.text()
    assert not view.tiles
    assert not view.tools.isVisible()


def test_too_few_frames_to_cluster_is_said(qtbot: QtBot) -> None:
    snapshot = make_snapshot()
    clusters = snapshot.result_sets["steady"].clusters
    few = replace(clusters["AU01"], summary=replace(clusters["AU01"].summary, too_few=True))
    results = replace(snapshot.result_sets["steady"], clusters={**clusters, "AU01": few})
    view = panel(qtbot, showing(replace(snapshot, result_sets={"steady": results})))
    assert view.header.facts.text() == "60 frames: too few frames to cluster"


def test_two_looks_that_go_with_yaw_are_suspected_together(qtbot: QtBot) -> None:
    snapshot = make_snapshot()
    results = snapshot.result_sets["steady"]
    clusters = {**results.clusters, "AU01": suspected(results.clusters["AU01"], yaw=(0.64, 0.21))}
    sets = {"steady": replace(results, clusters=clusters)}
    view = panel(qtbot, showing(replace(snapshot, result_sets=sets)))
    warning = view.header.warning.text()
    assert "Looks A and B go with head yaw (η² .64 against .21 for time)" in warning
    assert "pose, not muscle" in warning


def test_of_three_looks_the_one_that_goes_with_yaw_is_named() -> None:
    snapshot = make_snapshot()
    column = np.full(snapshot.frames, -1, np.int16)
    column[60:120] = np.tile([0, 1, 2], 20)
    clusters = make_clusters("AU01", column)
    snapshot.yaw[:] = 0.0
    snapshot.yaw[clusters.frames[clusters.labels == 1]] = 30.0
    (found,) = suspicions(suspected(clusters, yaw=(0.9, 0.1)), snapshot)
    assert (found.covariate, found.look) == ("yaw", 1)
    assert found.eta > 0.99
    assert suspicions(suspected(clusters, yaw=(0.3, 0.25)), snapshot) == ()


def test_an_expert_who_overruled_the_machine_is_told_so(qtbot: QtBot) -> None:
    snapshot = make_snapshot()
    one_look = edited(snapshot, np.zeros(60, np.int16))
    view = panel(qtbot, showing(one_look))
    assert view.header.overruled.text() == "Overruled by you: 1 look instead of 2"
    others = edited(snapshot, np.repeat([0, 1], [10, 50]).astype(np.int16))
    view = panel(qtbot, showing(others))
    assert view.header.overruled.text() == "Overruled by you: the frames of the looks have changed"


def test_action_units_that_nobody_touched_are_not_overruled() -> None:
    snapshot = edited(make_snapshot(), np.zeros(60, np.int16))
    results = snapshot.result_sets["steady" + EDITED]
    assert overruling(results, snapshot, "AU01") == Overruling(looks=1, machine=2)
    assert overruling(results, snapshot, "AU02") is None


def test_one_tile_a_look_with_its_prototype_in_its_colour(qtbot: QtBot) -> None:
    state = showing(make_snapshot())
    view = panel(qtbot, state)
    assert len(view.tiles) == 2
    for look, tile in enumerate(view.tiles):
        image = tile.picture.image
        assert image is not None
        # The sample's prototype is a block of its own for each look; at 25 % its first rows remain.
        assert QColor(image.pixel(35, 21 + 30 * look)).name() == au_colour("AU01", look)
        assert QColor.fromRgba(image.pixel(35, 21 + 30 * (1 - look))).alpha() == 0
    state.set_overlay(Overlay(x=100.0))
    image = view.tiles[0].picture.image
    assert image is not None
    assert QColor(image.pixel(35, 38)).name() == au_colour("AU01", 0)


def test_the_medoid_is_a_link_to_its_frame(qtbot: QtBot) -> None:
    state = showing(make_snapshot())
    view = panel(qtbot, state)
    view.tiles[1].link.linkActivated.emit("90")
    assert state.playhead == 90


def test_two_selected_looks_can_be_merged_and_one_can_be_split(qtbot: QtBot) -> None:
    view = panel(qtbot, showing(make_snapshot()))
    assert not view.tools.merge.isEnabled()
    assert not view.tools.split.isEnabled()
    qtbot.mouseClick(view.tiles[1], Qt.MouseButton.LeftButton)
    assert view.tools.split.text() == "Split B"
    with qtbot.waitSignal(view.split_requested) as asked:
        view.tools.split.click()
    assert asked.args == ["AU01", 1]
    qtbot.mouseClick(view.tiles[0], Qt.MouseButton.LeftButton)
    assert view.tools.merge.text() == "Merge A and B"
    with qtbot.waitSignal(view.merge_requested) as asked:
        view.tools.merge.click()
    assert asked.args == ["AU01", 0, 1]
    qtbot.mouseClick(view.tiles[0], Qt.MouseButton.LeftButton)
    assert [tile.selected for tile in view.tiles] == [False, True]


def test_another_number_of_looks_is_asked_for_when_it_is_applied(qtbot: QtBot) -> None:
    view = panel(qtbot, showing(make_snapshot()))
    assert view.tools.count.value() == 2
    assert not view.tools.apply.isEnabled()
    view.tools.count.setValue(3)
    with qtbot.waitSignal(view.count_requested) as asked:
        view.tools.apply.click()
    assert asked.args == ["AU01", 3]


def test_undo_and_redo_are_asked_for_where_there_is_something_to_undo(qtbot: QtBot) -> None:
    view = panel(qtbot, showing(make_snapshot()))
    with qtbot.waitSignal(view.undo_requested):
        view.tools.undo.click()
    with qtbot.waitSignal(view.redo_requested):
        view.tools.redo.click()
    view.set_history(undo=False, redo=True)
    assert (view.tools.undo.isEnabled(), view.tools.redo.isEnabled()) == (False, True)


def test_nothing_can_be_asked_while_the_engine_works(qtbot: QtBot) -> None:
    view = panel(qtbot, showing(make_snapshot()))
    qtbot.mouseClick(view.tiles[0], Qt.MouseButton.LeftButton)
    view.set_busy(True)
    tools = view.tools
    assert view.busy.isVisible()
    assert not any(b.isEnabled() for b in (tools.split, tools.count, tools.apply, tools.undo, tools.redo))
    view.set_busy(False)
    assert tools.split.isEnabled()


def test_the_gap_is_marked_behind_the_number_from_the_spectrum(qtbot: QtBot) -> None:
    view = panel(qtbot, showing(make_snapshot()))
    assert view.spectrum is not None
    assert view.spectrum.gap == (2.0, 3.0)
    assert view.spectrum.accessibleDescription().startswith(".00, .05")


def test_hovering_a_point_asks_for_its_map_and_shows_it(qtbot: QtBot) -> None:
    state = showing(make_snapshot())
    view = panel(qtbot, state)
    with qtbot.waitSignal(view.map_requested) as asked:
        mouse(plot(view), QEvent.Type.MouseMove, plot(view).position_of(100))
    frame = int(asked.args[0])
    assert asked.args == [frame, "AU01"]
    assert abs(frame - 100) < 5
    assert view.popup.isVisible()
    assert view.popup.text.text().startswith(f"frame {frame} · 0:0")
    assert view.popup.text.text().endswith("look B")
    view.show_map(frame + 1, "AU01", np.ones((96, 96), np.float32))
    assert view.popup.picture.image is None
    view.show_map(frame, "AU01", np.ones((96, 96), np.float32))
    assert view.popup.picture.image is not None
    mouse(plot(view), QEvent.Type.MouseMove, QPoint(1, 1))
    assert not view.popup.isVisible()


def test_a_click_on_a_point_goes_to_its_frame(qtbot: QtBot) -> None:
    state = showing(make_snapshot())
    view = panel(qtbot, state)
    place = plot(view).position_of(60)
    mouse(plot(view), QEvent.Type.MouseButtonPress, place, held=True)
    mouse(plot(view), QEvent.Type.MouseButtonRelease, place)
    assert state.playhead == 60


def test_a_lasso_selects_the_frames_inside_it_for_a_new_or_another_look(qtbot: QtBot) -> None:
    view = panel(qtbot, showing(make_snapshot()))
    assert not view.tools.new_look.isEnabled()
    view.tools.lasso.click()
    look_b = list(range(90, 120))
    draw_lasso(plot(view), around(plot(view), look_b))
    assert plot(view).chosen == tuple(look_b)
    with qtbot.waitSignal(view.assign_requested) as asked:
        view.tools.new_look.click()
    assert asked.args == ["AU01", tuple(look_b), None]
    with qtbot.waitSignal(view.assign_requested) as asked:
        view.tools._targets.actions()[0].trigger()
    assert asked.args == ["AU01", tuple(look_b), 0]


def test_another_action_unit_forgets_selection_and_lasso(qtbot: QtBot) -> None:
    state = showing(make_snapshot())
    view = panel(qtbot, state)
    view.tools.lasso.click()
    draw_lasso(plot(view), around(plot(view), list(range(90, 120))))
    qtbot.mouseClick(view.tiles[0], Qt.MouseButton.LeftButton)
    state.set_au("AU02")
    assert len(view.tiles) == 1
    assert plot(view).chosen == ()
    assert not view.tools.split.isEnabled()
    assert not view.tools.new_look.isEnabled()


def test_a_move_of_the_playhead_keeps_the_tiles(qtbot: QtBot) -> None:
    state = showing(make_snapshot())
    view = panel(qtbot, state)
    tiles = view.tiles
    state.set_playhead(100)
    assert view.tiles is tiles


def test_the_plots_follow_the_theme(qtbot: QtBot) -> None:
    view = panel(qtbot, showing(make_snapshot()))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply_theme(application, "dark")
    QApplication.processEvents()
    assert QColor(plot(view).grab().toImage().pixel(3, 3)).name() == theme.DARK.panel


def test_the_tools_follow_the_theme_before_there_are_plots(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply_theme(application, "light")
    view = ClusterPanel(ViewerState())
    qtbot.addWidget(view)
    theme.apply_theme(application, "dark")
    QApplication.processEvents()
    assert view.tools.lasso.icon().cacheKey() == icon("lasso").cacheKey()


def test_the_plotting_library_is_not_imported_before_the_panel_is_shown() -> None:
    code = "import sys, tpviewer.ui.panels.cluster_panel; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.alone
def test_a_hundred_thousand_points_stay_usable(qtbot: QtBot) -> None:
    count = 100_000
    rng = np.random.default_rng(0)
    clusters = replace(
        make_clusters("AU01", np.repeat([0, 1], 50).astype(np.int16)),
        frames=np.arange(count),
        labels=np.repeat([0, 1], count // 2).astype(np.int32),
        embedding=rng.normal(size=(count, 4)).astype(np.float32),
    )
    view = EmbeddingPlot()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    QApplication.processEvents()
    view.set_clusters(clusters)
    assert view.drawn <= MOST_POINTS
    view.set_lasso(True)
    corners = around(view, list(range(0, 100)))
    start = time.perf_counter()
    draw_lasso(view, corners)
    assert time.perf_counter() - start < 1.0
    assert len(view.chosen) > MOST_POINTS


def test_the_constant_first_eigenvector_is_left_out_where_there_are_three() -> None:
    embedding = np.arange(12, dtype=np.float32).reshape(3, 4)
    points, axes = embedding_axes(embedding)
    assert axes == (2, 3)
    assert np.array_equal(points, embedding[:, 1:3])
    assert embedding_axes(embedding[:, :2])[1] == (1, 2)
    assert np.array_equal(embedding_axes(embedding[:, :0])[0], np.zeros((3, 2)))


def test_a_lasso_contains_what_lies_inside_its_outline() -> None:
    outline = np.array([(0, 0), (4, 0), (4, 4), (2, 1), (0, 4)], np.float64)
    points = np.array([(0.5, 1), (3.5, 1), (2, 3), (5, 1), (2, 0.5)])
    assert points_inside(points, outline).tolist() == [True, True, False, False, True]
    assert not points_inside(points, outline[:2]).any()


def test_drawn_points_are_spread_over_all() -> None:
    assert spread_out(5, 10).tolist() == [0, 1, 2, 3, 4]
    rows = spread_out(100, 10)
    assert (len(rows), rows[0], rows[-1]) == (10, 0, 99)


def test_pictures_of_maps_own_their_pixels() -> None:
    relevance = np.zeros((4, 6), np.float32)
    relevance[1, 2], relevance[3, 5] = 2.0, -2.0
    signed = signed_image(relevance)
    assert (signed.width(), signed.height()) == (6, 4)
    assert QColor(signed.pixel(2, 1)) == QColor(255, 0, 0)
    assert QColor(signed.pixel(5, 3)) == QColor(0, 0, 255)
    top = top_x_image(mass_map(relevance), 25, "#336699")
    assert QColor(top.pixel(2, 1)).name() == "#336699"
    assert QColor.fromRgba(top.pixel(5, 3)).alpha() == 0
