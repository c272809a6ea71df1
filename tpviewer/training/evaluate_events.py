"""Onset and offset of Action Units in sequences of known truth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.agreement import event_agreement
from tpviewer.store.session import Session
from tpviewer.store.truth import Truth

TOLERANCE_S = 2 / 25
"""Two frames at 25 frames per second."""


@dataclass(frozen=True, eq=False)
class AUEvents:
    """Events of one Action Unit in one video.

    Attributes
    ----------
    video, au : str
    experimental : bool
        By the model's card.
    onset_errors, offset_errors : ndarray of float64, shape (matched events,)
        Found minus true, seconds: positive is late.
    missed, spurious : int
        True events that were not found; found events that are not true.
    """

    video: str
    au: str
    experimental: bool
    onset_errors: NDArray[np.float64]
    offset_errors: NDArray[np.float64]
    missed: int
    spurious: int

    @property
    def true_events(self) -> int:
        """Events that there really are."""
        return len(self.onset_errors) + self.missed


def events_of(session: Session, truth: Truth, video: str, profile: str = "steady") -> Iterator[AUEvents]:
    """Compare the smoothed activity of an analysed session with what the face did.

    The truth of an event is its intensity crossing the level from which the training labels it present.

    Parameters
    ----------
    session : Session
        Of the same frames as the truth.
    truth : Truth
    video : str
        Name for the report.
    profile : {'steady', 'paper'}
    """
    columns, times = session.columns(profile), session.times
    ends = np.append(times, session.end)
    active = session.arrays.require(f"{profile}/activity/smoothed")
    for k, au in enumerate(truth.aus):
        if au not in session.aus:
            continue
        found, true = active[:, columns.index(au)], truth.present[: len(active), k]
        if found.any() or true.any():
            matched = event_agreement(found, true)
            seconds = float(np.median(np.diff(ends)))
            yield AUEvents(
                video=video,
                au=au,
                experimental=au in session.model["experimental"],
                onset_errors=matched.onset_errors * seconds,
                offset_errors=matched.offset_errors * seconds,
                missed=matched.missed,
                spurious=matched.spurious,
            )


def share_in_time(events: Sequence[AUEvents], tolerance_s: float = TOLERANCE_S) -> float | None:
    """Share of true onsets and offsets that were found within the tolerance; a missed event lacks both.

    None where there is no true event.
    """
    total = 2 * sum(one.true_events for one in events)
    good = sum(
        int((np.abs(errors) <= tolerance_s + 1e-9).sum())
        for one in events
        for errors in (one.onset_errors, one.offset_errors)
    )
    return good / total if total else None
