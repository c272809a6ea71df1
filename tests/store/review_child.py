"""A process that reviews until it is killed, and what it has done by then."""

import sys
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from tests.store.judged import FRAMES, at
from tpviewer.core.annotations import Annotation, Change, applied, placed
from tpviewer.store.session import Session

CODER = "A. Coder"
AUS = ("AU04", "AU12", "AU43")


class Desk:
    """A coder's work in memory: the state after each edit, and where undo and redo have led."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self.states: list[tuple[Annotation, ...]] = [()]
        self.now = 0

    @property
    def state(self) -> tuple[Annotation, ...]:
        return self.states[self.now]

    def next_step(self) -> str | tuple[Change, ...]:
        """Do something: ``undo``, ``redo`` or changes, here in memory."""
        drawn = self._rng.random()
        if drawn < 0.2 and self.now > 0:
            self.now -= 1
            return "undo"
        if drawn < 0.4 and self.now + 1 < len(self.states):
            self.now += 1
            return "redo"
        start, length = int(self._rng.integers(FRAMES - 1)), int(self._rng.integers(1, 25))
        new = at(start, min(start + length, FRAMES), AUS[self._rng.integers(3)])
        new = replace(new, key=f"{len(self.states)} {drawn}")
        changes = placed(self.state, new)
        self.states[self.now + 1 :] = [applied(self.state, changes)]
        self.now += 1
        return changes


def review(path: Path, seed: int, steps: int, told: Connection) -> None:
    """Review, and say after each step that it is in the file."""
    desk = Desk(seed)
    with Session(path, writable=True) as session:
        told.send(0)
        for number in range(1, steps + 1):
            step = desk.next_step()
            if step == "undo":
                session.edits.undo(CODER)
            elif step == "redo":
                session.edits.redo(CODER)
            else:
                assert not isinstance(step, str)
                session.reviews.change(CODER, step, "Place", seconds=1.0)
            told.send(number)
    sys.exit(1)  # it should have been killed
