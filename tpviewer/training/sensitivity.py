"""How far the stages of an analysis hang on its parameters, each moved by a tenth (method, section 11)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.core.spray import SprayParams, spray
from tpviewer.core.timeline import TimelineParams, compose, fill_letters, letter_orders, rename
from tpviewer.pipeline.basis import Basis, stored_basis
from tpviewer.pipeline.params import Profile
from tpviewer.store.kept import clustered_maps
from tpviewer.store.session import Session

CHANGE = 0.1
"""Share by which a parameter is moved, either way; a whole number moves by one at least."""

_FIXED = ("seed",)  # no amount of anything


@dataclass(frozen=True)
class SensitivityRow:
    """What one changed parameter does.

    Attributes
    ----------
    parameter : str
        "timeline.sigma_s", "clustering.tau", …; "thresholds" moves those of all Action Units together.
    value : float
        The changed value; the factor for "thresholds".
    stages : int
        Number of stages; the unchanged profile's is in the first row, whose parameter is "none".
    same_frames : float
        Share of the frames whose set of Action Units and letters is as in the unchanged profile.
    """

    parameter: str
    value: float
    stages: int
    same_frames: float


def sensitivity(session: Session) -> list[SensitivityRow]:
    """Stages of the *steady* profile with each parameter moved up and down by a tenth.

    Nothing is written to the session. Parameters that are off (0) or not numbers have no row, nor has a
    change that the parameter does not allow, such as a probability over 1.

    Parameters
    ----------
    session : Session
        With a finished analysis.

    Returns
    -------
    list of SensitivityRow
        The unchanged profile first.

    Raises
    ------
    SessionError
        If the analysis is not finished or its parameters are not those of this program.
    """
    basis, clusters = stored_basis(session, "steady"), _Clusters()
    stages, states = _results(basis, clusters)
    rows = [SensitivityRow("none", 1.0, stages, 1.0)]
    for name, value, changed in _changes(basis):
        count, other = _results(changed, clusters)
        same = float((states == other).all(axis=1).mean()) if len(states) else 1.0
        rows.append(SensitivityRow(name, value, count, round(same, 3)))
    return rows


@dataclass
class _Clusters:
    """Labels by Action Unit, parameters and frames: most changes leave most clusters as they are."""

    known: dict[Any, NDArray[np.int32]] = field(default_factory=dict)

    def labels(self, basis: Basis, au: str, frames: NDArray[np.int64]) -> NDArray[np.int32]:
        key = (au, basis.profile.spray, frames.tobytes())
        if key not in self.known:
            self.known[key] = spray(basis.pooled(au, frames), basis.profile.spray).labels
        return self.known[key]


def _results(basis: Basis, clusters: _Clusters) -> tuple[int, NDArray[np.int16]]:
    """Number of absorbed stages, and the states (N, K) of the columns that are in them."""
    active, bounds = basis.activity(), basis.bounds
    found = {}
    for index, au in enumerate(basis.aus):
        wanted = np.flatnonzero(active.clustered(au) & (au in basis.chosen))
        frames = np.intersect1d(wanted, clustered_maps(basis.session, index))
        if len(frames):
            found[au] = (frames, clusters.labels(basis, au, frames))
    letters = {au: fill_letters(bounds, *pair) for au, pair in found.items()}
    layers = compose(active, letters, bounds, basis.profile.timeline)
    orders = letter_orders(layers, active.aus, {au: labels for au, (_, labels) in found.items()})
    result = rename(layers["absorbed"], active.aus, orders)
    return len(result.stages), result.states[:, np.asarray(active.in_stages)]


def _changes(basis: Basis) -> Iterator[tuple[str, float, Basis]]:
    profile = basis.profile
    for name, value, timeline in _moved(profile.timeline):
        yield f"timeline.{name}", value, replace(basis, profile=Profile(profile.spray, timeline))
    for name, value, grouping in _moved(profile.spray):
        yield f"clustering.{name}", value, replace(basis, profile=Profile(grouping, profile.timeline))
    for factor in (1 - CHANGE, 1 + CHANGE):
        moved = tuple(min(threshold * factor, 0.99) for threshold in basis.thresholds)
        yield "thresholds", factor, replace(basis, thresholds=moved)


def _moved(params: TimelineParams | SprayParams) -> Iterator[tuple[str, float, Any]]:
    """Each number of a set of parameters a tenth lower, then a tenth higher."""
    for entry in fields(params):
        old = getattr(params, entry.name)
        if entry.name in _FIXED or isinstance(old, (bool, str)) or not old:
            continue
        step = max(1, round(CHANGE * old)) if isinstance(old, int) else CHANGE * old
        for new in (old - step, old + step):
            try:
                moved = replace(params, **{entry.name: new})
            except ParameterError:
                continue
            yield entry.name, new, moved
