"""What a reviewer is led through: stages, the most doubtful first, or plain stretches of time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.doubt import Looks, Reason, doubts
from tpviewer.core.stages import StageKey
from tpviewer.store.snapshot import ResultSet, Snapshot

STRETCH_S = 5.0
"""About the length of the stretches that a blind reviewer is led through, seconds."""


@dataclass(frozen=True)
class ReviewItem:
    """One thing to look at.

    Attributes
    ----------
    start, stop : int
        Half-open range of frames.
    key : StageKey
        What the machine sees in it; empty for NONE and for a stretch.
    number : int
        Place of the stage or stretch in the video, from 0.
    score : float
        Doubt, 0 for a stretch.
    reasons : tuple of Reason
        Why it is doubtful, the strongest first.
    """

    start: int
    stop: int
    key: StageKey
    number: int
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()

    @property
    def aus(self) -> tuple[str, ...]:
        """Action Units that the machine sees."""
        return tuple(au for au, _ in self.key)


def stretches(times: NDArray[np.float64], end: float) -> tuple[ReviewItem, ...]:
    """Cut a video into equally long stretches of about `STRETCH_S`.

    Parameters
    ----------
    times : (N,) float64
        Presentation times, seconds.
    end : float
        End of the last frame, seconds.
    """
    if not len(times):
        return ()
    count = max(1, round(end / STRETCH_S))
    starts = np.unique(np.searchsorted(times, end / count * np.arange(count))).tolist()
    stops = [*starts[1:], len(times)]
    return tuple(
        ReviewItem(start, stop, (), number)
        for number, (start, stop) in enumerate(zip(starts, stops, strict=True))
        if start < stop
    )


def queue_of(snapshot: Snapshot, results: ResultSet, layer: str) -> tuple[ReviewItem, ...]:
    """Stages of a layer of results in which a face was seen, the most doubtful first."""
    stages = results.stages[layer]
    places = [place for place, au in enumerate(snapshot.aus) if au in snapshot.chosen]
    looks = {au: Looks(one.frames, one.labels, one.embedding) for au, one in results.clusters.items()}
    found = doubts(
        stages,
        snapshot.bounds,
        snapshot.probabilities[:, places],
        snapshot.thresholds[places],
        [snapshot.aus[place] for place in places],
        [results.grounding_of(layer, number) for number in range(len(stages))],
        looks,
    )
    return tuple(
        ReviewItem(stage.start, stage.stop, stage.key, one.number, one.score, one.reasons)
        for one in found
        for stage in (stages[one.number],)
    )
