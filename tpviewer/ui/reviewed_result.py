"""The present reviewer's stages, worked out in the background while they are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from tpviewer.core.annotations import Annotation
from tpviewer.core.stages import Stage
from tpviewer.core.types import BoolArray
from tpviewer.store.snapshot import NO_FACE, ResultSet
from tpviewer.ui.review_state import ReviewState
from tpviewer.ui.viewer_state import ViewerState

if TYPE_CHECKING:  # it imports scipy, which would hold up the window
    from tpviewer.core.reviewed import Difference


@dataclass(frozen=True, eq=False)
class _Found:
    """What one job found."""

    stages: tuple[Stage, ...] = ()
    differences: "tuple[Difference, ...]" = ()


class ReviewedResult(QObject):
    """Stages after review and where they differ from the machine's; kept up to date only while wanted.

    Parameters
    ----------
    state : ViewerState
    review : ReviewState
    parent : QObject, optional

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self, state: ViewerState, review: ReviewState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state, self._review = state, review
        self._wanted = False
        self._found = _Found()
        self._asked: tuple[object, ...] = ()
        self._running = False
        for signal in (review.changed, review.blind_changed, state.results_changed):
            signal.connect(self._ask)

    @property
    def reviewer(self) -> str:
        """Whose review it is."""
        return self._review.reviewer

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Stages after review; empty until something was judged."""
        return self._found.stages

    @property
    def differences(self) -> "tuple[Difference, ...]":
        """Where they differ from the machine's; none while that is hidden or not there."""
        return self._found.differences

    def set_wanted(self, wanted: bool) -> None:
        """Work it out from now on, or no longer."""
        self._wanted = wanted
        self._ask()

    def _ask(self) -> None:
        """Work out what is shown now; one job at a time, then the newest."""
        if not self._wanted or self._running:
            return
        snapshot, review, state = self.state.snapshot, self._review, self.state
        wanted = (snapshot, state.results, state.layer, review.annotations)
        if wanted == self._asked:
            return
        self._asked = wanted
        if snapshot is None or not wanted[3]:
            self._take(_Found())
            return
        self._running = True
        faces = snapshot.seen != NO_FACE
        job = partial(_work_out, state.results, state.layer, faces, review.annotations, state.profile)
        review.tasks.run(job, self._done, self._failed)

    def _done(self, found: _Found) -> None:
        self._running = False
        self._take(found)
        self._ask()

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._review.failed.emit(error)

    def _take(self, found: _Found) -> None:
        self._found = found
        self.changed.emit()


def _work_out(
    results: ResultSet | None,
    layer: str,
    seen: BoolArray,
    annotations: Sequence[Annotation],
    profile: str,
) -> _Found:
    """Put judgements over the machine's states, or over nothing where there are none to be seen."""
    from tpviewer.core.activity import BLINK
    from tpviewer.core.reviewed import differences, reviewed

    if results is None:
        nothing: NDArray[np.int16] = np.zeros((len(seen), 0), np.int16)
        return _Found(reviewed(nothing.astype(bool), nothing, (), annotations, seen).stages)
    states = results.states[layer]
    outside = (BLINK,) if profile == "steady" else ()
    after = reviewed(results.activity["smoothed"], states, results.columns, annotations, seen, outside)
    return _Found(after.stages, differences(states, results.columns, after))
