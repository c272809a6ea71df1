"""Which Action Units are drawn over a frame, from which map and in which colour."""

from dataclasses import dataclass
from functools import cache

from tpviewer.core import palette
from tpviewer.core.action_units import facial_order
from tpviewer.core.letters import letter
from tpviewer.core.relevance import mass_map
from tpviewer.store.snapshot import ResultSet
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.workers.frame_loader import LoadedFrame
from tpviewer.workers.frame_maps import FrameMap


@dataclass(frozen=True, eq=False)
class Drawn:
    """One Action Unit over the frame.

    Attributes
    ----------
    au : str
    look : int or None
        Letter index of its cluster; None before maps were clustered.
    map : FrameMap or None
        None where no map is stored for this frame.
    """

    au: str
    look: int | None
    map: FrameMap | None

    @property
    def colour(self) -> str:
        """Colour of the look, ``#rrggbb``."""
        return _colour(self.au, self.look or 0)

    @property
    def letter(self) -> str:
        """Letter of the look, empty before maps were clustered."""
        return "" if self.look is None else letter(self.look)


class OverlayContent:
    """Finds what is drawn; remembers the mass maps of prototypes.

    Parameters
    ----------
    state : ViewerState
    """

    def __init__(self, state: ViewerState) -> None:
        self._state = state
        self._results: ResultSet | None = None
        self._prototypes: dict[tuple[str, int], FrameMap] = {}

    def at(self, frame: LoadedFrame) -> tuple[Drawn, ...]:
        """What is drawn over a frame, from the brow down to the jaw; nothing while the machine is hidden."""
        if self._state.blind:
            return ()
        overlay, chosen = self._state.overlay, self._state.au
        active = self._active(frame.index)
        aus = facial_order(tuple(active))
        if overlay.mode != "top-x all":
            shown = chosen in active or (overlay.mode == "signed" and bool(chosen))
            aus = (chosen,) if shown else ()
        return tuple(Drawn(au, active.get(au), self._map(au, active.get(au), frame)) for au in aus)

    def _active(self, frame: int) -> dict[str, int | None]:
        """Active Action Units with their looks; from probabilities alone while there are no looks."""
        results, snapshot = self._state.results, self._state.snapshot
        if results is not None:
            states = results.states[self._state.layer]
            row = states[frame].tolist() if frame < len(states) else ()
            return {au: look for au, look in zip(results.columns, row, strict=False) if look >= 0}
        if snapshot is None or frame >= snapshot.frames:
            return {}
        over = snapshot.probabilities[frame] >= snapshot.thresholds
        return {au: None for au, on in zip(snapshot.aus, over, strict=True) if on and au in snapshot.chosen}

    def _map(self, au: str, look: int | None, frame: LoadedFrame) -> FrameMap | None:
        if self._state.overlay.prototype and look is not None:
            return self._prototype(au, look)
        return frame.maps.get(au) or frame.maps.get(_source(au))

    def _prototype(self, au: str, look: int) -> FrameMap | None:
        results = self._state.results
        if results is not self._results:
            self._results = results
            self._prototypes.clear()
        if results is None:
            return None
        clusters = results.clusters.get(au) or results.clusters.get(_source(au))
        if clusters is None or look >= len(clusters.prototypes):
            return None
        if (au, look) not in self._prototypes:
            mean = clusters.prototypes[look]
            self._prototypes[au, look] = FrameMap(mean, mass_map(mean))
        return self._prototypes[au, look]


@cache
def _source(au: str) -> str:
    """Action Unit whose maps stand for those of `au`."""
    from tpviewer.core.activity import MAP_SOURCE  # brings scipy.special, which the window need not wait for

    return MAP_SOURCE.get(au, au)


@cache
def _colour(au: str, look: int) -> str:
    return palette.colour(au, look)
