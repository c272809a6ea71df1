"""Marking the neutral face in the window: on the time axis, in the menu and in the dialog."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import show, shown_window
from tests.ui.idle_engine import IdleEngine
from tests.ui.samples import make_snapshot
from tests.ui.test_settings import AUS, DEFAULTS
from tests.ui.test_timeline_pixels import shown
from tests.ui.test_timeline_window import at_frame
from tpviewer.store.session import Session
from tpviewer.ui import theme
from tpviewer.ui.dialogs.analysis_dialog import AnalysisDialog
from tpviewer.ui.main_window import MainWindow
from tpviewer.workers.messages import Analyse

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


def drag(qtbot: QtBot, row, state, start: int, stop: int) -> None:
    qtbot.mousePress(row, LEFT, SHIFT, at_frame(row, state, start))
    qtbot.mouseMove(row, at_frame(row, state, stop))
    qtbot.mouseRelease(row, LEFT, SHIFT, at_frame(row, state, stop))


@pytest.mark.parametrize(("start", "stop"), [(40, 90), (90, 40)])
def test_shift_and_drag_on_the_time_axis_marks_a_stretch(qtbot: QtBot, start: int, stop: int) -> None:
    state, timeline = shown(qtbot, make_snapshot(300))
    state.set_playhead(7)
    with qtbot.waitSignal(timeline.ruler.neutral_marked) as marked:
        drag(qtbot, timeline.ruler, state, start, stop)
    assert marked.args == [40, 91]
    assert state.playhead == 7


def test_shift_and_click_marks_nothing(qtbot: QtBot) -> None:
    state, timeline = shown(qtbot, make_snapshot(300))
    with qtbot.assertNotEmitted(timeline.ruler.neutral_marked):
        drag(qtbot, timeline.ruler, state, 40, 40)


def test_the_time_axis_shows_where_the_face_is_neutral_and_says_how_it_is_known(qtbot: QtBot) -> None:
    snapshot = make_snapshot(300)
    found = {"neutral": {"how": "found", "frames": [20, 21, 22]}}
    state, timeline = shown(qtbot, replace(snapshot, provenance={**snapshot.provenance, **found}))
    ruler = timeline.ruler

    def told(frame: int) -> str:
        return ruler.hover_text(QPointF(at_frame(ruler, state, frame)))

    def colour(frame: int) -> str:
        return ruler.grab().toImage().pixelColor(at_frame(ruler, state, frame, 1)).name()

    assert "neutral face (found)" in told(21)
    assert "neutral" not in told(40)
    assert (colour(21), colour(40)) == (theme.current().muted, theme.current().window)
    state.set_neutral((35, 60))
    assert "neutral face (marked)" in told(40)
    assert "neutral" not in told(21)
    assert (colour(21), colour(40)) == (theme.current().window, theme.current().muted)


def test_the_dialog_keeps_changes_and_clears_the_mark(qtbot: QtBot) -> None:
    dialog = AnalysisDialog(AUS, DEFAULTS, frames=100, neutral=(10, 40))
    qtbot.addWidget(dialog)
    assert dialog.choice().neutral == (10, 40)
    dialog.neutral.start.setValue(60)
    assert dialog.choice().neutral == (39, 61)
    dialog.neutral.box.setChecked(False)
    assert dialog.choice().neutral is None
    assert not dialog.neutral.start.isEnabled()


def test_a_model_of_the_frame_alone_has_no_such_row_and_keeps_the_mark(qtbot: QtBot) -> None:
    dialog = AnalysisDialog(AUS, DEFAULTS, neutral=(10, 40))
    qtbot.addWidget(dialog)
    assert dialog.neutral.isHidden()
    assert dialog.choice().neutral == (10, 40)


@pytest.fixture
def engine() -> IdleEngine:
    return IdleEngine()


@pytest.fixture
def idle(qtbot: QtBot, tmp_path: Path, engine: IdleEngine) -> Iterator[MainWindow]:
    with shown_window(qtbot, tmp_path / "user", engine) as window:
        yield window


def with_channels(session: Path, channels: int, **parameters: object) -> Path:
    """Let a session say that its model takes so many channels."""
    with Session(session, writable=True) as opened:
        provenance = opened.meta.get("provenance")
        provenance["parameters"] |= parameters
        with opened.transaction():
            opened.meta.put("model", {**opened.model, "channels": channels})
            opened.meta.put("provenance", provenance)
    return session


def test_the_menu_marks_the_stage_and_analyses_again(
    qtbot: QtBot, idle: MainWindow, engine: IdleEngine, session: Path
) -> None:
    show(qtbot, idle, with_channels(session, 2))
    state, actions = idle.bench.state, idle.actions_by_name
    assert not actions["clear_neutral"].isEnabled()
    state.set_playhead(100)
    stage = state.stage_at(100)
    actions["mark_neutral"].trigger()
    (asked,) = engine.asked(Analyse)
    assert asked.params.neutral == state.neutral == (stage.start, stage.stop)
    assert not actions["mark_neutral"].isEnabled()


def test_a_mark_is_there_again_with_its_session_and_can_be_cleared(
    qtbot: QtBot, idle: MainWindow, engine: IdleEngine, session: Path
) -> None:
    show(qtbot, idle, with_channels(session, 2, neutral=[3, 9]))
    assert idle.bench.setup.neutral == idle.bench.state.neutral == (3, 9)
    idle.actions_by_name["clear_neutral"].trigger()
    (asked,) = engine.asked(Analyse)
    assert asked.params.neutral is None
    assert idle.bench.state.neutral is None


def test_a_model_of_the_frame_alone_says_so_and_nothing_runs(
    qtbot: QtBot, idle: MainWindow, engine: IdleEngine, session: Path
) -> None:
    show(qtbot, idle, with_channels(session, 1))
    assert not idle.actions_by_name["mark_neutral"].isEnabled()
    with qtbot.waitSignal(idle.bench.noted) as noted:
        idle.timeline.ruler.neutral_marked.emit(3, 9)
    assert "does not compare" in noted.args[0]
    assert not engine.asked(Analyse)
