"""What the engine's process answers about single pictures of a camera."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.models.drawn_face import draw_face
from tests.models.tiny import build_tiny_package
from tests.workers.engine_runs import PATIENCE_MS
from tpviewer.workers.engine import EngineDriver
from tpviewer.workers.messages import EngineState, Live, LiveSeen


@pytest.fixture(autouse=True)
def nothing_left_behind() -> None:
    """One engine serves all tests here; its thread ends after the last."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", channels=2)


@pytest.fixture(scope="module")
def engine(qapp: QApplication, model: Path) -> Iterator[EngineDriver]:
    made = EngineDriver()
    assert not made.live(Live(0, draw_face(), model))  # nothing runs that could answer
    made.load(model)
    yield made
    made.close()


def ask(qtbot: QtBot, engine: EngineDriver, request: Live) -> LiveSeen:
    qtbot.waitUntil(lambda: engine.state is EngineState.READY, timeout=PATIENCE_MS)
    with qtbot.waitSignal(engine.live_seen, timeout=PATIENCE_MS) as waiting:
        assert engine.live(request)
    answer = waiting.args[0]
    assert isinstance(answer, LiveSeen)
    return answer


def test_a_face_has_a_box_and_probabilities_without_its_neutral_face(
    qtbot: QtBot, engine: EngineDriver, model: Path
) -> None:
    answer = ask(qtbot, engine, Live(7, draw_face(centre=(160, 120)), model))
    assert (answer.number, answer.problem) == (7, "")
    assert answer.box is not None
    assert answer.box[0] < 0.5 < answer.box[0] + answer.box[2]
    assert answer.probabilities is not None
    assert answer.probabilities.shape == (3,)
    empty = ask(qtbot, engine, Live(8, np.zeros((240, 320, 3), np.uint8), model))
    assert (empty.box, empty.probabilities, empty.problem) == (None, None, "")


def test_a_model_that_cannot_be_used_is_named_until_another_is_asked_for(
    qtbot: QtBot, engine: EngineDriver, model: Path, tmp_path: Path
) -> None:
    for number in range(2):
        answer = ask(qtbot, engine, Live(number, draw_face(), tmp_path / "none"))
        assert str(tmp_path / "none") in answer.problem
    assert ask(qtbot, engine, Live(2, draw_face(), model)).box is not None
    engine.end_live()
    assert ask(qtbot, engine, Live(3, draw_face(), model)).box is not None
