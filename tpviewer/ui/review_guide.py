"""What waits to be looked at: stages, the most doubtful first, or stretches while the machine is hidden."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from tpviewer.ui.review_queue import ReviewItem, queue_of, stretches
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.workers.task import TaskRunner


class ReviewGuide(QObject):
    """Keeps the queue of the results that are shown.

    Attributes
    ----------
    items : tuple of ReviewItem
        The most doubtful first; stretches in order of time while blind.
    opened : ReviewItem or None
        What the reviewer was led to last.

    Parameters
    ----------
    state : ViewerState
    tasks : TaskRunner
        Works the order out.
    parent : QObject, optional

    Signals
    -------
    changed()
    failed(object)
        The error for which there is no new queue.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, state: ViewerState, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._tasks = state, tasks
        self.items: tuple[ReviewItem, ...] = ()
        self.opened: ReviewItem | None = None
        self._asked: object = None
        state.results_changed.connect(self._results_changed)

    def clear(self) -> None:
        """Begin anew for another session."""
        self.items, self.opened, self._asked = (), None, None

    def item_at(self, frame: int) -> ReviewItem | None:
        """Stage, or stretch while blind, that a frame belongs to."""
        return next((item for item in self.items if item.start <= frame < item.stop), None)

    def _results_changed(self) -> None:
        """Ask for the queue of another result; the present one stays until the new one is there."""
        state = self._state
        results, snapshot = state.results, state.snapshot
        wanted = (results, state.layer, state.blind, state.n_frames)
        if wanted == self._asked or snapshot is None:
            return
        self._asked = wanted
        if state.blind or results is None:
            self._take(wanted, stretches(state.times, state.end))
            return
        work = partial(queue_of, snapshot, results, state.layer)
        self._tasks.run(work, partial(self._take, wanted), self.failed.emit)

    def _take(self, wanted: object, items: tuple[ReviewItem, ...]) -> None:
        if wanted is self._asked:
            self.items = items
            self.changed.emit()


def is_covered(item: ReviewItem, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether half-open ranges of frames hold all of an item."""
    start = item.start
    for first, last in sorted(ranges):
        if first <= start < last:
            start = last
    return start >= item.stop
