"""A move of the playhead costs no more than what it changes on the screen."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.ui.frames import block_map, make_frame
from tests.ui.samples import make_snapshot, make_video
from tpviewer.ui.panels.cluster_panel import ClusterPanel
from tpviewer.ui.panels.inspector import Inspector
from tpviewer.ui.panels.prototype_panel import PrototypePanel
from tpviewer.ui.player.frame_view import FrameView
from tpviewer.ui.player.legend import Legend
from tpviewer.ui.player.transport import Transport
from tpviewer.ui.viewer_state import ViewerState

LOOK_A, LOOK_B = 70, 100


@pytest.fixture
def state(qtbot):
    made = ViewerState()
    snapshot = make_snapshot(300)
    made.open(make_video(snapshot), snapshot)
    made.set_au("AU01")
    return made


@pytest.fixture
def shown(qtbot):
    def show(widget, size=(400, 700)):
        qtbot.addWidget(widget)
        widget.resize(*size)
        widget.show()
        QApplication.processEvents()
        return widget

    return show


class Heard(QObject):
    """Counts events of one kind, of a widget."""

    def __init__(self, widget, kind):
        super().__init__(widget)
        self.count, self._kind = 0, kind
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802
        self.count += event.type() == self._kind
        return False


def test_a_hidden_inspector_reads_nothing_and_catches_up_when_it_is_shown(state, shown):
    view = shown(Inspector(state))
    view.hide()
    changed = []
    view.model.dataChanged.connect(lambda *_: changed.append(1))
    view.model.modelReset.connect(lambda: changed.append(1))
    state.set_playhead(LOOK_B)
    assert not changed
    view.show()
    assert changed
    assert view.model.row_of("AU01").look == 1


def test_hidden_looks_are_not_drawn_and_catch_up_when_they_are_shown(state, shown):
    view = shown(ClusterPanel(state), (800, 800))
    view.hide()
    before = view.tiles[0].picture.image
    state.set_playhead(LOOK_A)
    state.set_overlay(replace(state.overlay, x=90.0))
    assert len(view.embedding._ring.data) == 0
    assert view.tiles[0].picture.image is before
    view.show()
    assert len(view.embedding._ring.data) == 1
    assert view.tiles[0].picture.image != before


def test_only_probabilities_that_look_different_are_painted_again(state, shown):
    probabilities = state.snapshot.probabilities
    probabilities[10] = 0.3
    probabilities[11] = probabilities[12] = probabilities[10] + np.float32(1e-4)
    probabilities[12, 0] = 0.4
    state.set_playhead(10)
    view = shown(Inspector(state))
    lines = []
    view.model.dataChanged.connect(lambda first, _: lines.append(first.row()))
    state.set_playhead(11)
    assert lines == []
    state.set_playhead(12)
    assert lines == [view.model.line_of("AU01")]


def test_moving_the_playhead_asks_for_no_new_layout(state, shown):
    window = QWidget()
    column = QVBoxLayout(window)
    for part in (Transport(state), Inspector(state)):
        column.addWidget(part)
    shown(window, (600, 900))
    for frame in (7, 8, 9, 10, 11):
        state.set_playhead(frame)
        QApplication.processEvents()
    asked = Heard(window, QEvent.Type.LayoutRequest)
    for frame in range(12, 22):
        state.set_playhead(frame)
        QApplication.processEvents()
    assert asked.count == 0


def test_the_tiles_are_painted_only_where_another_stage_begins(state, shown):
    view = shown(PrototypePanel(state), (1300, 220))
    state.set_playhead(LOOK_A)
    QApplication.processEvents()
    painted = Heard(view.strip.viewport(), QEvent.Type.Paint)
    state.set_playhead(LOOK_A + 1)
    QApplication.processEvents()
    assert painted.count == 0
    state.set_playhead(LOOK_B)
    QApplication.processEvents()
    assert painted.count == 1


def test_a_legend_that_says_the_same_is_not_painted_again(state, shown):
    view, legend = shown(FrameView(state)), shown(Legend(state), (400, 30))
    view.drawn_changed.connect(legend.set_drawn)
    view.set_frame(make_frame(LOOK_A, {"AU01": block_map(10, 10)}))
    QApplication.processEvents()
    painted = Heard(legend, QEvent.Type.Paint)
    view.set_frame(make_frame(LOOK_A + 1, {"AU01": block_map(40, 40)}))
    QApplication.processEvents()
    assert painted.count == 0
    view.set_frame(make_frame(LOOK_B, {"AU01": block_map(40, 40)}))
    QApplication.processEvents()
    assert painted.count == 1


def test_another_overlay_does_not_scale_the_frame_again(state, shown, monkeypatch):
    scaled = []
    paint = FrameView._paint_canvas
    monkeypatch.setattr(FrameView, "_paint_canvas", lambda *given: (scaled.append(1), paint(*given)))
    view = shown(FrameView(state))
    view.set_frame(make_frame(LOOK_A, {"AU01": block_map(10, 10)}))
    view.repaint()
    scaled.clear()
    state.set_overlay(replace(state.overlay, x=60.0))
    view.repaint()
    assert not scaled
    view.set_frame(make_frame(LOOK_A + 1))
    view.repaint()
    assert len(scaled) == 1


def test_the_stage_of_a_frame_follows_the_shown_results(state):
    stages = state.results.stages["absorbed"]
    for number, stage in enumerate(stages):
        assert (state.stage_number(stage.start), state.stage_at(stage.stop - 1)) == (number, stage)
    shorter = replace(state.results, stages=state.results.stages | {"raw": stages[:1]})
    state.set_snapshot(replace(state.snapshot, result_sets={"steady": shorter}))
    state.set_layer("raw")
    assert state.stage_at(stages[1].start) is None
    assert state.stage_number(0) == 0
    state.set_snapshot(None)
    assert state.stage_at(0) is None
