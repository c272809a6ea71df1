"""Killed at any moment, a session holds every judgement that was acknowledged, and how to undo it."""

import multiprocessing
import shutil
import sys
import time
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path

import numpy as np
import pytest

from tests.store.judged import begin
from tests.store.review_child import CODER, Desk, review
from tpviewer.core.annotations import Annotation
from tpviewer.store.edits import LIVE, UNDONE
from tpviewer.store.session import Session

KILLS, STEPS = 50, 10_000
MOST = 12
"""Acknowledged steps after which a child is killed at the latest."""


@pytest.fixture(scope="module")
def children() -> BaseContext:
    """Where the system can, children start with everything imported."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.review_child"])
    return context


@pytest.mark.timeout(600)
def test_killed_at_random_moments_no_acknowledged_judgement_is_lost(
    tmp_path: Path, children: BaseContext
) -> None:
    template = begin(tmp_path / "template.tpv")
    rng = np.random.default_rng(50)
    steps = 0
    for kill in range(KILLS):
        path = Path(shutil.copy(template, tmp_path / f"killed {kill}.tpv"))
        done = killed(children, path, kill, int(rng.integers(MOST)), float(rng.random()))
        check(path, kill, done)
        steps += done
    assert steps > KILLS


def killed(children: BaseContext, path: Path, seed: int, after: int, share: float) -> int:
    """Let a child review and kill it in the midst of a step; returns the last step it acknowledged."""
    here, there = children.Pipe(duplex=False)
    child = children.Process(target=review, args=(path, seed, STEPS, there))
    child.start()
    there.close()
    done, began, seconds = here.recv(), time.monotonic(), 0.005
    while done < after:
        done = here.recv()
        seconds = (time.monotonic() - began) / done
    time.sleep(share * 2 * seconds)
    child.kill()
    child.join()
    assert child.exitcode not in (0, 1)
    child.close()
    while True:  # what it had said and was not heard yet
        try:
            done = here.recv()
        except EOFError:
            here.close()
            return int(done)


def check(path: Path, seed: int, done: int) -> None:
    """The file holds what was acknowledged and at most the step after it, and all of undo and redo."""
    desk = Desk(seed)
    for _ in range(done):
        desk.next_step()
    with Session(path, writable=True) as session:
        marks = [edit.undone for edit in session.edits.all()]
        if (marks.count(LIVE), marks.count(UNDONE)) != (desk.now, len(desk.states) - 1 - desk.now):
            desk.next_step()
        assert judged(session) == nameless(desk.state), f"killed in step {done + 1}"
        with session.transaction():  # one wait for the disk
            for state in reversed(desk.states[: desk.now]):
                session.edits.undo(CODER)
                assert judged(session) == nameless(state)
            assert session.edits.undoable(CODER) is None
            for state in desk.states[1:]:
                session.edits.redo(CODER)
                assert judged(session) == nameless(state)
            assert session.edits.redoable(CODER) is None


def judged(session: Session) -> list[Annotation]:
    return nameless(tuple(one.annotation for one in session.reviews.judgements(CODER)))


def nameless(annotations: tuple[Annotation, ...]) -> list[Annotation]:
    """Without keys, as a part that was split off gets a random one; they lie in order already."""
    return [replace(one, key="") for one in sorted(annotations, key=lambda one: (one.start, one.au))]
