"""What the lanes draw of a snapshot, prepared once and not at every zoom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.store.snapshot import FACE, NO_FACE, UNKNOWN, ResultSet, Snapshot
from tpviewer.ui.timeline.columns import Runs, runs_of
from tpviewer.ui.viewer_state import LayerName

# An Action Unit that is read off another one's probability, as in tpviewer.core.activity, whose import of
# scipy would hold up the window.
READ_OFF = {"AU43": "AU45"}


@dataclass(frozen=True, eq=False)
class Lane:
    """One Action Unit over time.

    Attributes
    ----------
    au : str
    experimental : bool
    threshold : float
    probabilities : (N,) float32
        NaN where unknown or no face.
    seen : Runs
        `UNKNOWN` where it has not been classified, `NO_FACE` or `FACE`.
    blocks : Runs
        Letter index where active; while there are no results, 0 where the probability reaches the threshold.
    raw : Runs or None
        Letter index before smoothing, None while there are no results.
    """

    au: str
    experimental: bool
    threshold: float
    probabilities: NDArray[np.float32]
    seen: Runs
    blocks: Runs
    raw: Runs | None

    @property
    def provisional(self) -> bool:
        """True while the blocks have no letters yet."""
        return self.raw is None

    @property
    def ever_active(self) -> bool:
        """True where there is a block."""
        return bool((self.blocks.values >= 0).any())


@dataclass(frozen=True, eq=False)
class Head:
    """Turn of the head and quality of the face over time.

    Attributes
    ----------
    yaw, quality : (N,) float32
        Degrees; 0 to 1, the detector's score times the sharpness relative to the video's sharp frames.
    sharpness : (N,) float32
        0 to 1.
    seen : Runs
    """

    yaw: NDArray[np.float32]
    quality: NDArray[np.float32]
    sharpness: NDArray[np.float32]
    seen: Runs


def lanes_of(
    snapshot: Snapshot, results: ResultSet | None, layer: LayerName, order: tuple[str, ...]
) -> tuple[Lane, ...]:
    """Lanes of the Action Units that take part, in the given order."""
    bounds = snapshot.bounds
    return tuple(
        _lane(snapshot, results, layer, au, bounds)
        for au in order
        if au in snapshot.chosen or READ_OFF.get(au) in snapshot.chosen
    )


def _lane(
    snapshot: Snapshot, results: ResultSet | None, layer: LayerName, au: str, bounds: NDArray[np.float64]
) -> Lane:
    column = snapshot.aus.index(au if au in snapshot.aus else READ_OFF[au])
    probabilities = np.ascontiguousarray(snapshot.probabilities[:, column])
    threshold = float(snapshot.thresholds[column])
    classified = np.where(np.isfinite(probabilities), FACE, UNKNOWN)
    if results is None:
        with np.errstate(invalid="ignore"):
            states = np.where(probabilities >= threshold, 0, -1)
        raw = None
    else:
        place = results.columns.index(au)
        states = results.states[layer][:, place]
        raw = runs_of(results.states["raw"][:, place], bounds)
    return Lane(
        au=au,
        experimental=au in snapshot.experimental,
        threshold=threshold,
        probabilities=probabilities,
        seen=runs_of(np.where(snapshot.seen == NO_FACE, NO_FACE, classified), bounds),
        blocks=runs_of(states, bounds),
        raw=raw,
    )


def head_of(snapshot: Snapshot) -> Head:
    """Head and quality of a snapshot."""
    known = snapshot.blur[np.isfinite(snapshot.blur)]
    sharp = float(np.percentile(known, 95)) if len(known) else 1.0
    sharpness = np.clip(snapshot.blur / max(sharp, 1e-6), 0, 1).astype(np.float32)
    return Head(
        yaw=snapshot.yaw.astype(np.float32),
        quality=(np.clip(snapshot.score, 0, 1) * sharpness).astype(np.float32),
        sharpness=sharpness,
        seen=runs_of(snapshot.seen, snapshot.bounds),
    )
