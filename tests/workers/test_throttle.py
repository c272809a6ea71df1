"""Progress comes at most so often, and the last of a step always."""

import pytest

from tpviewer.pipeline.progress import StepProgress
from tpviewer.workers.throttle import ProgressThrottle


class Watch:
    def __init__(self) -> None:
        self.now = 100.0
        self.sent: list[StepProgress] = []
        self.throttle = ProgressThrottle(self.sent.append, 0.05, lambda: self.now)


def at(step: str, done: int) -> StepProgress:
    return StepProgress(step, done, 1000, 1.0)  # type: ignore[arg-type]


def test_in_one_second_at_most_twenty_events_pass() -> None:
    watch = Watch()
    for done in range(1, 501):
        watch.throttle.offer(at("faces", done))
        watch.now += 0.002
    assert 18 <= len(watch.sent) <= 21


def test_a_held_event_comes_when_its_time_has_come() -> None:
    watch = Watch()
    watch.throttle.offer(at("faces", 1))
    watch.throttle.offer(at("faces", 2))
    assert watch.throttle.due_in() == pytest.approx(0.05)
    watch.throttle.release()
    assert [event.done for event in watch.sent] == [1]
    watch.now += 0.05
    watch.throttle.release()
    assert [event.done for event in watch.sent] == [1, 2]
    assert watch.throttle.due_in() is None


def test_the_end_of_a_step_does_not_wait() -> None:
    watch = Watch()
    for done in (1, 2, 1000):
        watch.throttle.offer(at("faces", done))
    assert [event.done for event in watch.sent] == [1, 1000]


def test_the_last_of_a_step_that_ended_early_comes_before_the_next_step() -> None:
    watch = Watch()
    for event in (at("faces", 1), at("faces", 2), at("track", 3)):
        watch.throttle.offer(event)
    watch.throttle.flush()
    assert [(event.step, event.done) for event in watch.sent] == [("faces", 1), ("faces", 2), ("track", 3)]
