"""Where the network looks elsewhere the window says so, in words and signs, and nowhere else."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.ui.samples import make_snapshot, make_video
from tpviewer.core.stage_grounding import Grounded
from tpviewer.store.snapshot import ResultSet, Snapshot
from tpviewer.ui import theme
from tpviewer.ui.panels.cluster_header import ClusterHeader
from tpviewer.ui.panels.inspector_model import COLUMN_AU, COLUMN_GROUNDING, InspectorModel
from tpviewer.ui.panels.prototype_panel import PrototypePanel
from tpviewer.ui.panels.prototype_tiles import labels_of
from tpviewer.ui.timeline import Timeline
from tpviewer.ui.timeline.time_widget import GUTTER
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import WARNING_SIGN

VALUES = {"AU01": Grounded(0.72, 1.0), "AU02": Grounded(0.12, 0.96), "AU12": Grounded(0.45, 0.5)}
BROWS, SMILE, NONE = 70, 200, 10
"""Frames of stages of `make_snapshot`: AU01 with AU02, AU12 alone, nothing."""


def measured(snapshot: Snapshot) -> Snapshot:
    """The same results with grounding: AU02's relevance lies elsewhere than at the outer brow."""

    def one(results: ResultSet) -> ResultSet:
        stages = {
            layer: tuple({au: VALUES[au] for au, _ in stage.key} for stage in found)
            for layer, found in results.stages.items()
        }
        return replace(results, stage_grounding=stages, grounding=VALUES)

    return replace(snapshot, result_sets={name: one(found) for name, found in snapshot.result_sets.items()})


def showing(snapshot: Snapshot, frame: int) -> ViewerState:
    state = ViewerState()
    state.open(make_video(snapshot), snapshot)
    state.set_playhead(frame)
    return state


def cell(model: InspectorModel, au: str) -> str:
    return str(model.index(model.line_of(au), COLUMN_GROUNDING).data())


def tip(model: InspectorModel, au: str) -> str:
    return str(model.index(model.line_of(au), COLUMN_AU).data(Qt.ItemDataRole.ToolTipRole))


def test_the_inspector_gives_the_value_in_this_stage_and_warns_in_words(qtbot: QtBot) -> None:
    model = InspectorModel(showing(measured(make_snapshot()), BROWS))
    assert {au: cell(model, au) for au in ("AU01", "AU02", "AU12")} == {
        "AU01": ".72",
        "AU02": f"{WARNING_SIGN} .12",
        "AU12": "",
    }
    assert "Grounding .12 in this stage, measured in 96 % of its frames." in tip(model, "AU02")
    assert "The network looks elsewhere" in tip(model, "AU02")
    assert "Grounding .72" in tip(model, "AU01")
    assert "elsewhere" not in tip(model, "AU01")
    assert "Grounding" not in tip(model, "AU12")


def test_the_inspector_follows_the_playhead_into_another_stage(qtbot: QtBot) -> None:
    state = showing(measured(make_snapshot()), BROWS)
    model = InspectorModel(state)
    for frame, expected in ((SMILE, ("", ".45")), (NONE, ("", ""))):
        state.set_playhead(frame)
        model.refresh()
        assert (cell(model, "AU02"), cell(model, "AU12")) == expected


def test_an_older_session_shows_no_grounding(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), BROWS)
    model, panel, header = InspectorModel(state), PrototypePanel(state), ClusterHeader(state)
    qtbot.addWidget(panel)
    qtbot.addWidget(header)
    state.set_au("AU02")
    header.refresh()
    assert cell(model, "AU02") == ""
    assert header.grounding.text() == ""
    assert WARNING_SIGN not in "".join(map(panel.strip._tip, range(len(panel.strip._stages))))


def strip_picture(qtbot: QtBot, snapshot: Snapshot) -> tuple[Timeline, QImage]:
    timeline = Timeline(showing(snapshot, NONE))
    qtbot.addWidget(timeline)
    timeline.resize(1280, 560)
    timeline.show()
    qtbot.waitExposed(timeline)
    return timeline, timeline.strip.grab().toImage()


def other_columns(image: QImage, plain: QImage) -> set[int]:
    """Columns of the strip in which two pictures differ."""
    return {
        x
        for x in range(GUTTER, image.width())
        for y in range(image.height())
        if image.pixel(x, y) != plain.pixel(x, y)
    }


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_stage_strip_puts_a_sign_into_the_stages_concerned(
    qtbot: QtBot, qapp: object, name: theme.ThemeName
) -> None:
    theme.apply_theme(qapp, name)  # type: ignore[arg-type]
    try:
        timeline, image = strip_picture(qtbot, measured(make_snapshot()))
        _, plain = strip_picture(qtbot, make_snapshot())
        axis, time_of = timeline.strip.axis(), timeline.strip.state.time_of
        changed = {axis.time_of(x) for x in other_columns(image, plain)}
        assert all(time_of(60) <= seconds < time_of(120) for seconds in changed)  # both stages with AU02
        for start in (60, 90):
            sign_ends = axis.time_of(axis.x_of(time_of(start)) + 16)
            assert any(time_of(start) <= seconds < sign_ends for seconds in changed)
    finally:
        theme.apply_theme(qapp, "light")  # type: ignore[arg-type]


def test_the_stage_strip_says_which_action_unit_it_is(qtbot: QtBot) -> None:
    timeline, _ = strip_picture(qtbot, measured(make_snapshot()))
    x_of, time_of = timeline.strip.axis().x_of, timeline.strip.state.time_of
    assert f"{WARNING_SIGN} For AU02 the network looks elsewhere" in timeline.strip.hover_text(
        QPointF(x_of(time_of(BROWS)), 10)
    )
    assert "elsewhere" not in timeline.strip.hover_text(QPointF(x_of(time_of(SMILE)), 10))


def test_a_tile_marks_the_look_and_its_tip_explains_it(qtbot: QtBot) -> None:
    state = showing(measured(make_snapshot()), BROWS)
    panel = PrototypePanel(state)
    qtbot.addWidget(panel)
    panel.resize(1300, 220)
    panel.show()
    number = panel.strip.tile_at(panel.strip.tile_centre(1) + QPoint(1, 1))
    assert number == 1
    tile = panel.strip._tile(1)
    assert [tag.text for tag in labels_of(tile.stage, tile.elsewhere)] == ["AU01_A", f"AU02_A {WARNING_SIGN}"]
    tips = [panel.strip._tip(number) for number in range(len(panel.strip._stages))]
    assert f"grounding .12  {WARNING_SIGN} the network looks elsewhere" in tips[1]
    assert "look A, grounding .72\n" in tips[1]
    assert [WARNING_SIGN in tip for tip in tips] == [False, True, True, False, False, False, False]


def test_tiles_keep_room_for_the_signs(qtbot: QtBot) -> None:
    state = showing(measured(make_snapshot()), BROWS)
    panel = PrototypePanel(state)
    qtbot.addWidget(panel)
    panel.resize(1300, 220)
    panel.show()
    assert panel.strip.sizes().lines >= 1
    assert panel.strip._label_lines(60) > panel.strip._label_lines(300)


def test_the_panel_of_looks_tells_of_the_whole_video(qtbot: QtBot) -> None:
    state = showing(measured(make_snapshot()), BROWS)
    header = ClusterHeader(state)
    qtbot.addWidget(header)
    for au, elsewhere in (("AU01", False), ("AU02", True)):
        state.set_au(au)
        header.refresh()
        assert ("looks elsewhere" in header.grounding.text()) is elsewhere
    assert header.grounding.text().startswith("Grounding .12 over the frames where it is active")
