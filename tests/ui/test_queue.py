"""The queue: one after the other, gives way, fails one by one, and is there after a restart."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.idle_engine import IdleEngine
from tpviewer.core.errors import MediaError
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import StepProgress
from tpviewer.ui.queue import AnalysisQueue, Plan
from tpviewer.ui.queue_item import share_done
from tpviewer.workers.messages import Analyse, Failed, Failure, Finished, Progress, Stop, Stopped

A, B, C = (Path(f"/videos/{name}.mp4") for name in "abc")
DONE_BEFORE = Path("/videos/known.mp4")
GONE = Path("/videos/gone.mp4")


class AtOnce:
    """Does work without a thread."""

    def run(self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[..., None]) -> None:
        try:
            result = work()
        except MediaError as error:
            failed(error)
        else:
            then(result)


class Later(AtOnce):
    """Does work when the test says so."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Any, ...]] = []

    def run(self, *job: Any) -> None:
        self.jobs.append(job)

    def do(self) -> None:
        super().run(*self.jobs.pop(0))


def planner(path: Path, again: bool) -> Callable[[], Plan]:
    def plan() -> Plan:
        if path == GONE:
            raise MediaError(f"{path}: no such file")
        done = path == DONE_BEFORE and not again
        return Plan(path, path.with_suffix(".tpv"), None if done else Params(), None)

    return plan


class Bench:
    """A queue with an engine that a test speaks for."""

    def __init__(self, file: Path, runner: AtOnce | None = None) -> None:
        self.engine = IdleEngine()
        self.now = 0.0
        self.problems: list[str] = []
        self.queue = AnalysisQueue(self.engine, runner or AtOnce(), planner, file, clock=lambda: self.now)
        self.queue.failed_to_keep.connect(self.problems.append)

    @property
    def asked(self) -> list[Path]:
        return [request.video for request in self.engine.asked(Analyse)]

    @property
    def states(self) -> dict[str, str]:
        return {item.path.stem: item.state for item in self.queue.items}

    @property
    def stops(self) -> int:
        return len(self.engine.asked(Stop))

    def by_hand(self, video: Path) -> int:
        """What the window does when the user presses Analyse."""
        self.queue.give_way()
        return self.engine.analyse(video, video.with_suffix(".tpv"), Params())


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(tmp_path / "spare" / "queue.json")


def test_videos_are_analysed_one_after_the_other(bench: Bench) -> None:
    assert bench.queue.add([A, B, A]) == 2
    assert bench.asked == [A]
    assert bench.states == {"a": "running", "b": "waiting"}
    bench.engine.reply(Finished())
    assert bench.asked == [A, B]
    assert bench.states == {"a": "done", "b": "running"}
    bench.engine.reply(Finished())
    assert bench.queue.running is None
    assert bench.queue.add([A, B]) == 2


def test_what_fails_says_why_and_the_next_goes_on(bench: Bench) -> None:
    bench.queue.add([GONE, A, DONE_BEFORE, B])
    bench.engine.reply(Failed(Failure("input", "a: no face", during="analyse")))
    assert bench.states == {"gone": "failed", "a": "failed", "known": "skipped", "b": "running"}
    assert [item.error for item in bench.queue.items] == [f"{GONE}: no such file", "a: no face", "", ""]
    bench.queue.retry(A)
    bench.queue.retry(DONE_BEFORE)
    assert bench.states["a"] == bench.states["known"] == "waiting"
    for _ in range(3):
        bench.engine.reply(Finished())
    assert bench.asked == [A, B, A, DONE_BEFORE]
    assert bench.states == {"gone": "failed", "a": "done", "known": "done", "b": "done"}
    bench.queue.clear_over()
    assert bench.states == {"gone": "failed"}


def test_what_the_user_analyses_by_hand_goes_first_and_the_queue_goes_on_after_it(bench: Bench) -> None:
    bench.queue.add([A, B])
    bench.by_hand(C)
    assert bench.stops == 1
    bench.engine.reply(Stopped())
    assert bench.states == {"a": "waiting", "b": "waiting"}
    bench.engine.reply(Progress(StepProgress("explain", 1, 2, 1.0)))
    assert bench.queue.items[0].share == 0.0
    bench.engine.reply(Finished())
    assert bench.asked == [A, C, A]
    assert bench.states == {"a": "running", "b": "waiting"}


def test_a_video_that_is_only_looked_at_gives_way_too(qtbot: QtBot, tmp_path: Path) -> None:
    later = Later()
    bench = Bench(tmp_path / "queue.json", later)
    bench.queue.add([A])
    bench.by_hand(C)
    later.do()
    assert bench.asked == [C]
    assert bench.states == {"a": "waiting"}
    bench.engine.reply(Finished())
    later.do()
    assert bench.asked == [C, A]


def test_a_pause_stops_and_keeps_and_going_on_begins_with_the_same(bench: Bench) -> None:
    bench.queue.add([A, B])
    bench.queue.pause()
    bench.queue.pause()
    assert bench.stops == 1
    bench.engine.reply(Stopped())
    assert bench.states == {"a": "waiting", "b": "waiting"}
    assert bench.asked == [A]
    assert bench.queue.add([C]) == 1
    assert bench.asked == [A]
    bench.queue.go_on()
    assert bench.asked == [A, A]


def test_stopping_one_lets_the_next_go_on(bench: Bench) -> None:
    bench.queue.add([A, B, C])
    bench.queue.stop(A)
    bench.queue.stop(C)
    bench.engine.reply(Stopped())
    assert bench.states == {"a": "stopped", "b": "running", "c": "stopped"}
    bench.engine.stop()  # the user looks at B and presses Stop there
    bench.engine.reply(Stopped())
    assert bench.states["b"] == "stopped"
    bench.queue.retry(A)
    assert bench.asked == [A, B, A]


def test_taking_the_running_one_out_stops_it(bench: Bench) -> None:
    bench.queue.add([A, B])
    bench.queue.remove(A)
    assert bench.stops == 1
    assert bench.asked == [A]
    bench.engine.reply(Stopped())
    assert bench.asked == [A, B]
    assert bench.states == {"b": "running"}


def test_the_order_can_be_changed(bench: Bench) -> None:
    bench.queue.add([A, B, C])
    bench.queue.move(C, -1)
    bench.queue.move(B, 5)
    assert list(bench.states) == ["a", "c", "b"]
    bench.engine.reply(Finished())
    assert bench.asked == [A, C]


def test_the_share_never_goes_back_and_time_left_is_by_what_was_done(bench: Bench) -> None:
    bench.queue.add([A])
    told = [("faces", 0, 100), ("faces", 50, 100), ("explain", 50, 100), ("cluster", 5, 5), ("cluster", 0, 5)]
    shares = []
    for step, done, total in told:
        bench.now += 10.0
        bench.engine.reply(Progress(StepProgress(step, done, total, 1.0)))  # type: ignore[arg-type]
        shares.append(bench.queue.items[0].share)
        if len(shares) == 1:
            assert bench.queue.items[0].left is None
        if len(shares) == 3:
            done_share = share_done(StepProgress("explain", 50, 100, 1.0))
            assert bench.queue.items[0].left == pytest.approx(20.0 / done_share * (1 - done_share))
    assert shares == sorted(shares)
    assert shares[-1] < 1.0
    bench.engine.reply(Finished())
    assert bench.queue.items[0].share == 1.0


def test_a_queue_is_there_after_a_restart_and_waits_to_be_told(bench: Bench, tmp_path: Path) -> None:
    bench.queue.add([GONE, A, B])
    again = Bench(tmp_path / "spare" / "queue.json")
    again.queue.restore()
    assert again.states == {"gone": "failed", "a": "waiting", "b": "waiting"}
    assert again.queue.items[0].error == f"{GONE}: no such file"
    assert again.queue.paused
    assert again.asked == []
    again.queue.go_on()
    assert again.asked == [A]


@pytest.mark.parametrize("text", ["{", "[1]", json.dumps([{"path": "a", "state": "odd", "error": ""}])])
def test_a_damaged_file_is_told_and_begins_anew(bench: Bench, tmp_path: Path, text: str) -> None:
    file = tmp_path / "spare" / "queue.json"
    file.parent.mkdir()
    file.write_text(text)
    bench.queue.restore()
    assert bench.queue.items == ()
    assert "begins anew" in bench.problems[0]
    bench.queue.add([A])
    assert json.loads(file.read_text())[0]["state"] == "running"


def test_a_queue_that_cannot_be_kept_says_so_and_works_on(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    bench = Bench(tmp_path / "file" / "queue.json")
    bench.queue.add([A])
    assert "cannot be kept" in bench.problems[0]
    assert bench.asked == [A]
