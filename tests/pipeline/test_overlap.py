"""Work runs ahead in threads, yet comes out in order, bounded, and is over when it is left."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat
from pathlib import Path

import numpy as np
import pytest

from tests.pipeline.curated import PARAMS
from tpviewer.core.tracking import FaceObservation
from tpviewer.media.source import open_source
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.overlap import Ahead, decoded
from tpviewer.resources import resource
from tpviewer.store.session import Session

VIDEO = resource("phantom", "phantom.mp4")


def slow(number: int) -> int:
    time.sleep(0.02 * (number % 3 == 0))
    return number


def test_results_come_in_order_whichever_is_ready_first() -> None:
    with Ahead(4) as ahead:
        assert list(ahead.in_order((partial(slow, n) for n in range(20)), 4)) == list(range(20))


def test_no_more_is_begun_than_may_wait() -> None:
    asked: list[int] = []

    def calls() -> Iterator[Callable[[], int]]:
        for number in range(10):
            asked.append(number)
            yield partial(slow, number)

    with Ahead(2) as ahead:
        found = ahead.in_order(calls(), 3)
        assert next(found) == 0
        assert asked == [0, 1, 2, 3]
        assert next(found) == 1
        assert asked == [0, 1, 2, 3, 4]


def test_an_error_is_raised_in_its_turn() -> None:
    with Ahead(2) as ahead:
        found = ahead.in_order([partial(slow, 1), partial(int, "no number"), partial(slow, 2)], 2)
        assert next(found) == 1
        with pytest.raises(ValueError, match="no number"):
            next(found)


def test_what_waits_is_dropped_and_what_runs_is_waited_for() -> None:
    running, ended = threading.Event(), []

    def work() -> None:
        running.set()
        time.sleep(0.1)
        ended.append(threading.current_thread().name)

    with Ahead(1) as ahead:
        next(ahead.in_order([lambda: None, *repeat(work, 5)], 3))
        running.wait()
    assert len(ended) == 1


def test_decoding_ahead_gives_the_frames_of_the_source() -> None:
    with open_source(VIDEO) as source, Ahead(1) as ahead:
        found = list(decoded(ahead, source, 3, 9))
        assert [number for number, _ in found] == list(range(3, 9))
        for number, picture in found:
            np.testing.assert_array_equal(picture, source.read(number))


def test_no_face_depends_on_how_many_frames_are_looked_at_at_once(tmp_path: Path) -> None:
    open_detectors: list[object] = []

    class Counted(FaceMeshDetector):
        def __init__(self) -> None:
            super().__init__()
            open_detectors.append(self)

        def detect(self, rgb: np.ndarray) -> list[FaceObservation]:
            return super().detect(rgb)

        def close(self) -> None:
            super().close()
            open_detectors.remove(self)

    meshes = {}
    for threads in (1, 3):
        path = tmp_path / f"{threads}.tpv"
        events = analyze(VIDEO, path, PARAMS, tools=Tools(detector=Counted, threads=threads))
        next(events)
        assert len(open_detectors) == threads
        events.close()
        assert open_detectors == []
        with Session(path) as session:
            assert session.steps.get("faces").done == PARAMS.batch
            meshes[threads] = [session.faces.at(frame)[0].mesh.tobytes() for frame in range(PARAMS.batch)]
    assert meshes[1] == meshes[3]
