"""The queue of videos: analysed one after the other while the user looks at something else."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from PySide6.QtCore import QObject, Signal

from tpviewer.core.errors import TPViewerError
from tpviewer.pipeline.progress import StepProgress
from tpviewer.ui.queue_item import QueueItem, seconds_left, share_done
from tpviewer.ui.queue_store import read_queue, write_queue
from tpviewer.workers.engine import EngineDriver

if TYPE_CHECKING:
    from tpviewer.pipeline.params import Params
    from tpviewer.workers.messages import Failure


@dataclass(frozen=True)
class Plan:
    """What is to be done with one video.

    Attributes
    ----------
    video, session : Path
    params : Params or None
        None where it is analysed already.
    model : Path or None
        Model package, None for the bundled one.
    """

    video: Path
    session: Path
    params: "Params | None"
    model: Path | None


class Runner(Protocol):
    """What plans are made with: `tpviewer.workers.task.TaskRunner`, off the window's thread."""

    def run(
        self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run `work`, then say what came of it."""
        ...


class AnalysisQueue(QObject):
    """Gives the one engine a video after the other, and gives way to what the user analyses by hand.

    Parameters
    ----------
    engine : EngineDriver
    runner : Runner
    planner : callable
        Gets a path, and whether it is analysed even if that was done; returns work that finds out what is to
        be done, off the window's thread.
    file : Path
        Where the queue is kept from one start to the next.

    Signals
    -------
    changed()
        Entries, their order or their states.
    progressed(object)
        Path of the entry that has got on.
    began(object, int)
        Session and number of the analysis that has begun.
    failed_to_keep(str)
        The queue cannot be kept for the next start, or was damaged.
    """

    changed = Signal()
    progressed = Signal(object)
    began = Signal(object, int)
    failed_to_keep = Signal(str)

    def __init__(
        self,
        engine: EngineDriver,
        runner: Runner,
        planner: Callable[[Path, bool], Callable[[], Plan]],
        file: Path,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._engine, self._runner, self._planner, self._file = engine, runner, planner, file
        self._clock = clock
        self._items: list[QueueItem] = []
        self._again: set[Path] = set()
        self._current: Path | None = None
        self._run: int | None = None
        self._asked: Literal["", "way", "stop"] = ""
        self._paused = False
        engine.progressed.connect(self._progressed)
        engine.finished.connect(partial(self._ended, "done"))
        engine.stopped.connect(self._stopped)
        engine.failed.connect(self._failed)

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """The entries in their order."""
        return tuple(self._items)

    @property
    def paused(self) -> bool:
        """True while nothing of the queue is begun."""
        return self._paused

    @property
    def running(self) -> QueueItem | None:
        """The entry that the engine works on."""
        return next((item for item in self._items if item.state == "running"), None)

    @property
    def run(self) -> int | None:
        """Number of the engine's analysis of `running`."""
        return self._run

    @property
    def waiting(self) -> int:
        """Number of entries that wait."""
        return sum(item.state == "waiting" for item in self._items)

    def restore(self) -> None:
        """Read the queue of the last time; it waits until the user lets it go on."""
        try:
            self._items = list(read_queue(self._file))
        except TPViewerError as error:
            self.failed_to_keep.emit(str(error))
        self._paused = self.waiting > 0
        self.changed.emit()

    def add(self, paths: Sequence[Path]) -> int:
        """Put videos at the end; one that waits already stays where it is.

        A queue in which nothing waited begins at once, a paused one with others in it stays paused.

        Returns
        -------
        int
            How many are new or wait again.
        """
        if not self.waiting:
            self._paused = False
        known = {item.path for item in self._items if not item.over}
        new = [path for path in dict.fromkeys(path.absolute() for path in paths) if path not in known]
        self._items = [item for item in self._items if item.path not in new]
        self._items += [QueueItem(path) for path in new]
        self._keep()
        self._next()
        return len(new)

    def remove(self, path: Path) -> None:
        """Take an entry out; if it is being analysed, that stops and what is done is kept."""
        if path == self._current:
            self._interrupt("stop")
        self._items = [item for item in self._items if item.path != path]
        self._keep()

    def clear_over(self) -> None:
        """Take out what is done and what was done before; failures stay until they are looked at."""
        self._items = [item for item in self._items if item.state not in ("done", "skipped")]
        self._keep()

    def move(self, path: Path, step: int) -> None:
        """Move an entry up (negative) or down the order."""
        place = next((n for n, item in enumerate(self._items) if item.path == path), None)
        if place is None:
            return
        item = self._items.pop(place)
        self._items.insert(max(0, min(place + step, len(self._items))), item)
        self._keep()

    def retry(self, path: Path) -> None:
        """Let an entry that is over wait again; one that was done is analysed even if nothing is new."""
        item = self._item(path)
        if item is None or not item.over:
            return
        if item.state in ("done", "skipped"):
            self._again.add(path)
        if not self.waiting:
            self._paused = False
        self._put(QueueItem(path))
        self._keep()
        self._next()

    def stop(self, path: Path) -> None:
        """Stop an entry, keeping what is done; the queue goes on with the next."""
        if path == self._current:
            self._interrupt("stop")
        item = self._item(path)
        if item is not None and item.state == "waiting":
            self._put(replace(item, state="stopped"))
            self._keep()

    def pause(self) -> None:
        """Stop after the frames in hand and begin nothing more; what is done is kept."""
        self._paused = True
        self._interrupt("way")
        self.changed.emit()

    def go_on(self) -> None:
        """Go on after a pause, or after a start of the program."""
        self._paused = False
        self.changed.emit()
        self._next()

    def give_way(self) -> None:
        """Stop for something that the user waits for; the same video goes on after that."""
        self._interrupt("way")

    def _interrupt(self, why: Literal["way", "stop"]) -> None:
        if self._run is not None:
            if not self._asked:
                self._engine.stop()
            self._asked = why
        elif self._current is not None:  # only looked at so far
            item = self._item(self._current)
            self._current = None
            if item is not None:
                self._put(replace(item, state="waiting" if why == "way" else "stopped"))

    def _next(self) -> None:
        """Begin the next entry unless the engine has work."""
        if self._paused or self._current is not None or self._engine.run is not None:
            return
        item = next((item for item in self._items if item.state == "waiting"), None)
        if item is None:
            return
        self._current = item.path
        self._put(replace(item, state="running", error=""))
        self._runner.run(
            self._planner(item.path, item.path in self._again),
            partial(self._planned, item.path),
            partial(self._not_planned, item.path),
        )
        self.changed.emit()

    def _planned(self, path: Path, plan: Plan) -> None:
        item = self._item(path)
        if path != self._current or item is None:
            return
        if self._engine.run is not None:  # the user was faster
            self._current = None
            self._put(replace(item, state="waiting"))
        elif plan.params is None:
            self._end(replace(item, state="skipped", session=plan.session, share=1.0))
            return
        else:
            self._put(replace(item, session=plan.session))
            self._run = self._engine.analyse(plan.video, plan.session, plan.params, plan.model)
            self.began.emit(plan.session, self._run)
        self._keep()

    def _not_planned(self, path: Path, error: Exception) -> None:
        item = self._item(path)
        if not isinstance(error, TPViewerError | OSError):
            raise error
        if path == self._current and item is not None:
            self._end(replace(item, state="failed", error=str(error)))

    def _progressed(self, progress: StepProgress) -> None:
        item = self._item(self._current)
        if self._run is None or self._run != self._engine.run or item is None:
            return
        now, share = self._clock(), max(item.share, share_done(progress))
        began = item.began or (now, share)
        left = seconds_left(began, now, share)
        self._put(replace(item, progress=progress, share=share, began=began, left=left))
        self.progressed.emit(item.path)

    def _stopped(self) -> None:
        self._ended("waiting" if self._asked == "way" else "stopped")

    def _failed(self, failure: "Failure") -> None:
        self._ended("failed", failure.message)

    def _ended(self, state: Literal["done", "waiting", "stopped", "failed"], error: str = "") -> None:
        """Some task of the engine has ended: the queue's, or one that it gave way to."""
        if self._run is None or self._engine.goes_on(self._run):
            self._next()
            return
        self._run, self._asked = None, ""
        item = self._item(self._current)
        if item is None:  # it was taken out meanwhile
            self._current = None
            self._next()
            return
        share = 1.0 if state == "done" else item.share
        self._end(replace(item, state=state, error=error, share=share, progress=None, began=None, left=None))

    def _end(self, item: QueueItem) -> None:
        self._current = None
        if item.state == "done":
            self._again.discard(item.path)
        self._put(item)
        self._keep()
        self._next()

    def _item(self, path: Path | None) -> QueueItem | None:
        return next((item for item in self._items if item.path == path), None)

    def _put(self, item: QueueItem) -> None:
        self._items = [item if other.path == item.path else other for other in self._items]

    def _keep(self) -> None:
        try:
            write_queue(self._file, self._items)
        except TPViewerError as error:
            self.failed_to_keep.emit(str(error))
        self.changed.emit()
