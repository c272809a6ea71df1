"""The queue below the sessions: what it says of each video, and what can be done with it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.test_queue import GONE, A, B, Bench
from tpviewer.pipeline.progress import StepProgress
from tpviewer.ui.panels.queue_model import ITEM_ROLE, item_text
from tpviewer.ui.panels.queue_panel import QueuePanel
from tpviewer.workers.messages import Failed, Failure, Finished, Progress, Stopped


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(tmp_path / "queue.json")


@pytest.fixture
def panel(qtbot: QtBot, bench: Bench) -> QueuePanel:
    panel = QueuePanel(bench.queue, lambda path: "P-017" if path == B else path.name)
    qtbot.addWidget(panel)
    panel.resize(240, 300)
    return panel


def rows(panel: QueuePanel) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(panel.model.index(row).data(role)) for row in range(panel.model.rowCount())]


def do(panel: QueuePanel, row: int, text: str) -> None:
    panel.choose(row)
    next(action for action in panel.menu().actions() if action.text() == text).trigger()


def test_each_video_says_what_happens_to_it(panel: QueuePanel, bench: Bench) -> None:
    assert panel.isHidden()
    bench.queue.add([GONE, A, B])
    assert not panel.isHidden()
    assert rows(panel) == [f"gone.mp4, {GONE}: no such file", "a.mp4, begins …", "P-017, waits"]
    assert panel.title.text() == "Queue 0 / 3, 1 failed"
    bench.engine.reply(Progress(StepProgress("faces", 0, 10, 0.0)))
    bench.now = 30.0
    bench.engine.reply(Progress(StepProgress("explain", 5, 10, 2.0)))
    assert rows(panel)[1].startswith("a.mp4, Explaining · 51 % · about 0:29 left")
    bench.engine.reply(Finished())
    assert rows(panel)[1:] == ["a.mp4, analysed", "P-017, begins …"]


def test_no_path_is_told_where_there_is_a_pseudonym(panel: QueuePanel, bench: Bench) -> None:
    bench.queue.add([A, B])
    bench.engine.reply(Failed(Failure("input", f"{A}: not a video", during="analyse")))
    told = f"{B}: not a video; {B} is left alone"
    bench.engine.reply(Failed(Failure("input", told, during="analyse")))
    tips = [str(panel.model.index(row).data(Qt.ItemDataRole.ToolTipRole)) for row in range(2)]
    assert tips[0] == f"{A}\n{A}: not a video"
    assert tips[1].startswith("P-017\nnot a video")
    for text in (tips[1], rows(panel)[1], item_text(panel.model.index(1).data(ITEM_ROLE))):
        assert "not a video; P-017 is left alone" in text
        assert B.name not in text


def test_pausing_and_going_on(panel: QueuePanel, bench: Bench, qtbot: QtBot) -> None:
    bench.queue.add([A, B])
    assert panel.pause.accessibleName() == "Pause the queue"
    panel.pause.click()
    bench.engine.reply(Stopped())
    assert panel.title.text() == "Queue paused, 2 wait"
    assert panel.pause.accessibleName() == "Go on with the queue"
    panel.pause.click()
    assert bench.asked == [A, A]


def test_a_video_is_tried_again_moved_stopped_and_taken_out(
    panel: QueuePanel, bench: Bench, qtbot: QtBot
) -> None:
    bench.queue.add([GONE, A, B])
    do(panel, 2, "To the top")
    assert list(bench.states) == ["b", "gone", "a"]
    panel.choose(0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert list(bench.states) == ["gone", "b", "a"]
    do(panel, 1, "Stop")
    assert bench.states["b"] == "stopped"
    do(panel, 1, "Try again")
    assert bench.states["b"] == "waiting"
    panel.choose(0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert list(bench.states) == ["b", "a"]
    with qtbot.waitSignal(panel.open_requested) as opened:
        do(panel, 1, "Open")
    assert opened.args == [A]


def test_the_chosen_row_stays_chosen_and_the_queue_takes_no_more_room_than_it_needs(
    panel: QueuePanel, bench: Bench
) -> None:
    bench.queue.add([A])
    low = panel.maximumHeight()
    bench.queue.add([B, GONE])
    assert panel.maximumHeight() > low
    panel.choose(1)
    bench.queue.move(B, -1)
    assert panel.view.currentIndex().row() == 0
