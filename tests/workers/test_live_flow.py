"""One picture at most is on its way to the engine, whatever happens to that."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.idle_engine import IdleEngine
from tests.workers.fake_camera import FakeCamera
from tpviewer.workers.camera_driver import CameraDriver
from tpviewer.workers.engine_thread import Gone, Standing
from tpviewer.workers.live_flow import LiveFlow
from tpviewer.workers.messages import EngineState, Live, LiveSeen, Load


@pytest.fixture
def engine(qtbot: QtBot) -> Any:
    made = IdleEngine()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def driver(qtbot: QtBot) -> Any:
    made = CameraDriver()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def camera(driver: CameraDriver) -> FakeCamera:
    made = FakeCamera()
    driver.open(made)
    return made


@pytest.fixture
def flow(driver: CameraDriver, engine: IdleEngine) -> LiveFlow:
    made = LiveFlow(driver.worker, engine, None, driver)
    made.begin()
    return made


def stand(engine: IdleEngine, state: EngineState) -> None:
    engine._on_reply(Standing(state, engine._posted))


def give(qtbot: QtBot, camera: FakeCamera, *numbers: int) -> None:
    for number in numbers:
        camera.give(number)
        qtbot.wait(15)


def asked(engine: IdleEngine) -> list[Live]:
    return [request for request in engine.requests if isinstance(request, Live)]


def test_the_model_is_loaded_first_and_the_next_picture_waits_for_the_answer(
    qtbot: QtBot, flow: LiveFlow, engine: IdleEngine, camera: FakeCamera
) -> None:
    seen: list[LiveSeen] = []
    flow.seen.connect(seen.append)
    give(qtbot, camera, 1, 2)
    assert len(engine.asked(Load)) == 1
    assert asked(engine) == []
    stand(engine, EngineState.READY)
    give(qtbot, camera, 3, 4, 5)
    assert len(asked(engine)) == 1
    engine.reply(LiveSeen(asked(engine)[0].number))
    give(qtbot, camera, 6, 7)
    assert len(asked(engine)) == 2
    assert [answer.number for answer in seen] == [asked(engine)[0].number]


def test_an_engine_that_dies_with_a_picture_is_asked_again_when_it_is_back(
    qtbot: QtBot, flow: LiveFlow, engine: IdleEngine, camera: FakeCamera
) -> None:
    stand(engine, EngineState.READY)
    give(qtbot, camera, 1)
    assert len(asked(engine)) == 1
    stand(engine, EngineState.CRASHED)
    engine.reply(Gone(None, None, 99, "gone"))  # type: ignore[arg-type]
    give(qtbot, camera, 2)
    assert len(asked(engine)) == 1
    flow.begin()
    assert len(engine.asked(Load)) == 2
    stand(engine, EngineState.READY)
    give(qtbot, camera, 3, 4)
    assert len(asked(engine)) == 2


def test_an_answer_that_comes_after_the_end_is_left_alone(
    qtbot: QtBot, flow: LiveFlow, engine: IdleEngine, camera: FakeCamera
) -> None:
    seen: list[LiveSeen] = []
    flow.seen.connect(seen.append)
    stand(engine, EngineState.READY)
    give(qtbot, camera, 1)
    flow.end()
    engine.reply(LiveSeen(asked(engine)[0].number))
    assert seen == []
