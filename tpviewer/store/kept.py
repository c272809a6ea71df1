"""Which relevance maps a session keeps."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import SessionError

if TYPE_CHECKING:
    from tpviewer.store.session import Session

Keep = Literal["all", "top99", "spread", "prototypes"]
KEEPS: tuple[Keep, ...] = ("all", "top99", "spread", "prototypes")

MOST_WHOLE = 36_000
"""Frames of a video whose maps are clustered, and as a rule kept: all of 20 minutes at 30 frames a second."""

TOP_X = 99.0


@dataclass(frozen=True)
class Kept:
    """Which relevance maps a session keeps.

    Clusters are made from the maps of every `every`-th frame, whatever is kept of the others: results do not
    depend on it.

    Attributes
    ----------
    keep : {'all', 'top99', 'spread', 'prototypes'}
        ``spread`` keeps the maps of every `every`-th frame, ``all`` those of every frame, ``top99`` of the
        frames between only the strongest pixels with 99 % of the positive relevance, ``prototypes`` none but
        the cluster prototypes and one map of each cluster.
    every : int
        1 for videos of up to `MOST_WHOLE` frames.
    pruned : bool
        With ``prototypes``: what the clusters were made from is gone.
    """

    keep: Keep = "all"
    every: int = 1
    pruned: bool = False

    @classmethod
    def of(cls, keep: Keep, frames: int) -> "Kept":
        """What is kept of a video of so many frames."""
        return cls(keep, max(1, -(-frames // MOST_WHOLE)))

    def whole(self, frames: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some frames (n,) keep whole maps, shape (n,); with ``prototypes`` until clustered."""
        return np.full(len(frames), True) if self.keep == "all" else frames % self.every == 0

    def computed(self, frames: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some frames (n,) are explained at all, shape (n,)."""
        return np.full(len(frames), True) if self.keep == "top99" else self.whole(frames)


def kept_of(session: "Session") -> Kept:
    """Which relevance maps a session keeps; all of them in one of an older version."""
    value = session.meta.get("kept")
    return Kept() if value is None else Kept(**value)


def put_kept(session: "Session", kept: Kept) -> None:
    """Record which maps are kept; belongs inside the transaction that makes it true."""
    session.meta.put("kept", asdict(kept))


def require_maps(session: "Session") -> None:
    """See that the maps are there from which clusters were made.

    Raises
    ------
    SessionError
        If only prototypes were kept.
    """
    if kept_of(session).pruned:
        raise SessionError(
            f"{session.path}: only the prototypes of the relevance maps were kept, and this needs the maps;"
            " analyse the video again with other relevance maps kept (--keep spread, or in the settings)"
        )


def whole_maps(session: "Session", au: int) -> NDArray[np.int64]:
    """Frames (n,) int64, ascending, with a whole map of an Action Unit (by index).

    Raises
    ------
    SessionError
        If only prototypes were kept.
    """
    require_maps(session)
    frames = session.relevance.frames(au)
    return np.asarray(frames[kept_of(session).whole(frames)])


def clustered_maps(session: "Session", au: int) -> NDArray[np.int64]:
    """Frames (n,) int64, ascending, with a map of an Action Unit (by index) that may be clustered.

    Raises
    ------
    SessionError
        If only prototypes were kept.
    """
    require_maps(session)
    frames = session.relevance.frames(au)
    return np.asarray(frames[frames % kept_of(session).every == 0])
