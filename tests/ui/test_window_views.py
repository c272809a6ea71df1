"""The views of the real window show what the session holds, where it belongs, and follow every change."""

import json
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import is_shown
from tpviewer.cli.main import run
from tpviewer.core.palette import colour
from tpviewer.core.relevance import top_x_mask
from tpviewer.store.session import Session
from tpviewer.ui import theme
from tpviewer.ui.commands.export import do_export
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.viewer_state import Overlay

SMILE = 165
PATIENCE_MS = 90_000


def go_to(qtbot: QtBot, window: MainWindow, frame: int) -> None:
    window.bench.state.set_playhead(frame)
    qtbot.waitUntil(lambda: is_shown(window))


def painted(window: MainWindow, x: float, y: float) -> np.ndarray:
    """Colour of the player at a place of the frame, RGB."""
    place = window.frame_view.to_window().map(QPointF(x + 0.5, y + 0.5))
    image = window.frame_view.grab().toImage()
    scale = image.devicePixelRatio()
    pixel = image.pixelColor(int(place.x() * scale), int(place.y() * scale))
    return np.array([pixel.red(), pixel.green(), pixel.blue()], float)


def test_relevance_lies_on_the_frame_where_the_crop_was_cut(
    qtbot: QtBot, opened: MainWindow, session: Path
) -> None:
    state = opened.bench.state
    state.set_au("AU12")
    state.set_overlay(Overlay(mode="top-x one", x=25, opacity=1.0, chips=frozenset({"relevance"})))
    go_to(qtbot, opened, SMILE)
    with Session(session) as held:
        mask = top_x_mask(held.relevance.get(held.aus.index("AU12"), SMILE), 25)
        to_frame = held.arrays.require("crop_to_frame")[SMILE]
    look = state.results.states["absorbed"][SMILE, state.results.columns.index("AU12")]
    rows, columns = _inner(mask)
    assert len(rows) >= 3
    wanted = colour("AU12", int(look))
    expected = np.array([int(wanted[i : i + 2], 16) for i in (1, 3, 5)], float)
    for row, column in zip(rows[:6], columns[:6], strict=True):
        x, y = to_frame @ (column, row, 1.0)
        assert np.abs(painted(opened, x, y) - expected).max() < 60, (row, column)
    rows, columns = _inner(~mask)
    picture = opened.frame_view.frame.picture.astype(float)
    for row, column in list(zip(rows, columns, strict=True))[:: len(rows) // 6]:
        x, y = to_frame @ (column, row, 1.0)
        if 2 < x < picture.shape[1] - 3 and 2 < y < picture.shape[0] - 3:
            around = picture[int(y) - 2 : int(y) + 4, int(x) - 2 : int(x) + 4].reshape(-1, 3)
            got = painted(opened, x, y)
            assert (got >= around.min(axis=0) - 12).all()
            assert (got <= around.max(axis=0) + 12).all()


def _inner(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pixels all of whose neighbours are set too."""
    inner = mask.copy()
    for shift in (-1, 1):
        for axis in (0, 1):
            inner &= np.roll(mask, shift, axis)
    return np.nonzero(inner)


def test_lanes_show_the_colour_of_the_look(qtbot: QtBot, opened: MainWindow) -> None:
    state = opened.bench.state
    state.set_au("AU12")
    qtbot.wait(50)
    image = opened.timeline.lanes.grab().toImage()
    wanted = colour("AU12", 0)
    found = any(
        image.pixelColor(x, y).name() == wanted
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
    assert found


@pytest.mark.alone
def test_it_plays_in_real_time_and_drops_frames_rather_than_drifting(
    qtbot: QtBot, opened: MainWindow
) -> None:
    state, shown = opened.bench.state, []
    opened.bench.frames.loaded.connect(lambda frame: shown.append(frame.index))
    go_to(qtbot, opened, 0)
    state.set_speed(4.0)
    began = time.monotonic()
    state.set_playing(True)
    qtbot.waitUntil(lambda: not state.playing, timeout=20_000)
    taken = time.monotonic() - began
    assert state.playhead == state.n_frames - 1
    assert taken == pytest.approx(state.end / 4, abs=0.3)
    assert shown == sorted(shown)


def test_looks_are_parted_and_merged_stages_follow_and_undo_brings_all_back(
    qtbot: QtBot, opened: MainWindow, session: Path
) -> None:
    state = opened.bench.state
    au = next(au for au, found in state.results.clusters.items() if len(found.prototypes) == 1)

    def looks() -> int:
        return len(state.results.clusters[au].prototypes)

    def press(key: str, modifiers: Qt.KeyboardModifier) -> None:
        qtbot.waitUntil(lambda: opened.actions_by_name[key].isEnabled())
        qtbot.keyClick(opened, Qt.Key.Key_Z, modifiers)

    control = Qt.KeyboardModifier.ControlModifier
    before = state.results.stages["absorbed"]
    state.set_au(au)
    opened.looks.count_requested.emit(au, 2)
    qtbot.waitUntil(lambda: looks() == 2, timeout=PATIENCE_MS)
    parted = state.results.stages["absorbed"]
    assert {look for stage in parted for name, look in stage.key if name == au} == {0, 1}
    opened.looks.merge_requested.emit(au, 0, 1)
    qtbot.waitUntil(lambda: looks() == 1, timeout=PATIENCE_MS)
    merged = state.results.stages["absorbed"]
    assert {look for stage in merged for name, look in stage.key if name == au} == {0}
    with Session(session) as held:
        assert tuple(held.stages()) == merged
        assert tuple(held.stages(profile="steady")) == before
    press("undo", control)
    qtbot.waitUntil(lambda: looks() == 2, timeout=PATIENCE_MS)
    assert state.results.stages["absorbed"] == parted
    press("undo", control)
    qtbot.waitUntil(lambda: not state.results.edited, timeout=PATIENCE_MS)
    assert state.results.stages["absorbed"] == before
    press("redo", control | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: state.results.edited, timeout=PATIENCE_MS)
    assert state.results.stages["absorbed"] == parted


def test_exports_of_the_window_are_those_of_the_command_line(
    qtbot: QtBot, opened: MainWindow, session: Path, tmp_path: Path
) -> None:
    notes: list[str] = []
    opened.bench.noted.connect(notes.append)
    for kind, name in (("csv", "table.csv"), ("json", "result.json"), ("figure", "figure.png")):
        notes.clear()
        do_export(opened.bench, kind, tmp_path / f"window-{name}")
        qtbot.waitUntil(lambda: any(note.startswith("Written") for note in notes), timeout=PATIENCE_MS)
        assert run(["export", str(session), "--to", kind, "-o", str(tmp_path / f"cli-{name}")]) == 0
        assert (tmp_path / f"window-{name}").stat().st_size > 0
    table = (tmp_path / "window-table.csv").read_text()
    assert table == (tmp_path / "cli-table.csv").read_text()
    mine, theirs = (json.loads((tmp_path / f"{side}-result.json").read_text()) for side in ("window", "cli"))
    assert mine == theirs


def test_an_export_that_cannot_be_written_is_told(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    do_export(opened.bench, "json", tmp_path / "nowhere" / "result.json")
    qtbot.waitUntil(lambda: bool(opened.banner.waiting), timeout=PATIENCE_MS)
    assert "nowhere" in opened.banner.message.text()


def test_profile_and_layer_change_strip_prototype_and_inspector_together(
    qtbot: QtBot, opened: MainWindow
) -> None:
    state = opened.bench.state
    steady = opened.prototype.stages
    state.set_profile("paper")
    assert opened.prototype.stages == state.snapshot.result_sets["paper"].stages["absorbed"] != steady
    state.set_profile("steady")
    state.set_layer("raw")
    assert opened.prototype.stages == state.snapshot.result_sets["steady"].stages["raw"]


def test_every_control_has_a_name_for_screen_readers(opened: MainWindow) -> None:
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in opened.findChildren(QWidget)
        if isinstance(widget, kinds)
        and not widget.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight"))
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
        and "QScrollBar" not in type(widget).__name__
    ]
    assert nameless == []


@pytest.mark.parametrize("tones", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_has_contrast_enough_on_every_surface(tones: theme.Theme) -> None:
    for surface in (tones.window, tones.panel, tones.raised):
        for text in (tones.text, tones.muted, tones.danger, tones.warning, tones.good):
            assert theme.contrast(text, surface) >= 4.5, (text, surface)
    assert theme.contrast(tones.on_accent, tones.accent) >= 4.5
    assert theme.contrast(tones.accent, tones.panel) >= 3
