"""What the clusters and stages of one profile are made from, during an analysis or when an expert edits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.activity import MAP_SOURCE, Activity, activity
from tpviewer.core.errors import SessionError
from tpviewer.core.relevance import sum_pool
from tpviewer.core.spray import SprayParams
from tpviewer.core.timeline_params import TimelineParams
from tpviewer.pipeline.params import Profile, ProfileName
from tpviewer.store.kept import require_maps
from tpviewer.store.session import Session

MOST_HELD = 1000
"""Maps of one Action Unit that are held in memory: 37 MB of those of the bundled model."""


@dataclass(frozen=True)
class Basis:
    """Stored logits and maps, and the rules that make clusters and stages of them.

    Attributes
    ----------
    session : Session
        With the face followed and every frame explained.
    name : {'paper', 'steady'}
    profile : Profile
    aus : tuple of str, length K
        Action Units of the model.
    thresholds : tuple of float, length K
    chosen : frozenset of str
        Action Units that take part.
    """

    session: Session
    name: ProfileName
    profile: Profile
    aus: tuple[str, ...]
    thresholds: tuple[float, ...]
    chosen: frozenset[str]

    @property
    def bounds(self) -> NDArray[np.float64]:
        """Presentation time of each frame and the end of the last, (N + 1,) seconds."""
        return np.append(self.session.times, self.session.end)

    def activity(self) -> Activity:
        """When each Action Unit that takes part is active by the profile's rules; the others never are."""
        found = activity(
            self.session.logits(),
            self.session.arrays.require("seen"),
            self.bounds,
            np.asarray(self.thresholds),
            self.aus,
            self.profile.timeline,
        )
        taking_part = np.array([self._takes_part(au) for au in found.aus], bool)
        return replace(found, raw=found.raw & taking_part, smoothed=found.smoothed & taking_part)

    def _takes_part(self, column: str) -> bool:
        """A column that is read off another Action Unit goes with that one unless the model has its own."""
        return (column if column in self.aus else MAP_SOURCE.get(column, column)) in self.chosen

    def maps(self, au: str, frames: NDArray[np.int64]) -> Sequence[NDArray[np.float32]] | None:
        """Stored maps of an Action Unit in some frames; None where they are too many to be held at once.

        Parameters
        ----------
        au : str
            One of `aus`.
        frames : ndarray of int64, shape (n,)

        Returns
        -------
        sequence of n ndarray of float32, shape (H, W), or None
            Signed; None where n is over `MOST_HELD`.

        Raises
        ------
        MissingResultError
            If one of the frames has no map.
        """
        if len(frames) > MOST_HELD:
            return None
        return list(self.session.relevance.maps(self.aus.index(au), frames))

    def pooled(
        self, au: str, frames: NDArray[np.int64], held: Sequence[NDArray[np.float32]] | None = None
    ) -> NDArray[np.float32]:
        """Sum-pooled maps (n, s, s) of an Action Unit in some frames, read one by one if not `held`.

        Raises
        ------
        SessionError
            If the maps were not kept.
        """
        require_maps(self.session)
        size = self.profile.spray.pool
        pooled = np.empty((len(frames), size, size), np.float32)
        maps = self.session.relevance.maps(self.aus.index(au), frames) if held is None else held
        for row, relevance in enumerate(maps):
            pooled[row] = sum_pool(relevance[None], size)[0]
        return pooled


def stored_basis(session: Session, name: ProfileName) -> Basis:
    """Basis of the results that a session holds, by the parameters that it remembers.

    Raises
    ------
    SessionError
        If the analysis has not come to its end, or its parameters are not those of this program.
    """
    if not session.complete:
        raise SessionError(
            f"{session.path}: the analysis is not finished; let it finish, then edit its clusters"
        )
    provenance = session.provenance
    try:
        rules = provenance["parameters"]["profiles"][name]
        profile = Profile(SprayParams(**rules["spray"]), TimelineParams(**rules["timeline"]))
    except (KeyError, TypeError) as error:
        raise SessionError(
            f"{session.path}: its parameters are of another version of TPViewer; analyse the video again"
        ) from error
    return Basis(
        session=session,
        name=name,
        profile=profile,
        aus=session.aus,
        thresholds=tuple(provenance["thresholds"][au] for au in session.aus),
        chosen=session.chosen,
    )
