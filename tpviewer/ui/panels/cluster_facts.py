"""What is worth saying about one Action Unit's clusters, without any widget."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.cluster_quality import explained_by, time_chunk_eta
from tpviewer.store.snapshot import AUClusters, ResultSet, Snapshot

CLEARLY = 0.2
"""A covariate explains clusters where its eta squared is above that of time chunks by this much."""

COVARIATES = ("yaw", "brightness", "blur")


@dataclass(frozen=True)
class Suspicion:
    """Clusters that may be something else than muscle.

    Attributes
    ----------
    covariate : str
        ``yaw``, ``brightness`` or ``blur``.
    look : int or None
        The one that goes with it; None where all do.
    eta, time_eta : float
        Eta squared of these clusters, and of as many equal chunks of time.
    """

    covariate: str
    look: int | None
    eta: float
    time_eta: float


def suspicions(clusters: AUClusters, snapshot: Snapshot) -> tuple[Suspicion, ...]:
    """Covariates that explain the clusters clearly better than time does (method, section 5).

    Which look it is, is read off each look against the rest; two looks always go together.
    """
    found = []
    for covariate in COVARIATES:
        eta, time_eta = clusters.summary.explained.get(covariate, (math.nan, math.nan))
        if eta - time_eta >= CLEARLY:
            values = np.asarray(getattr(snapshot, covariate))[clusters.frames]
            look, eta, time_eta = _one_look(clusters.labels, values) or (None, eta, time_eta)
            found.append(Suspicion(covariate, look, eta, time_eta))
    return tuple(found)


def _one_look(labels: NDArray[np.int32], values: NDArray[np.float32]) -> tuple[int, float, float] | None:
    """The one of three or more looks that goes with a covariate more than the others, or None."""
    looks = np.unique(labels)
    if len(looks) < 3:
        return None
    etas = sorted((explained_by(labels == look, values), int(look)) for look in looks)
    eta, look = etas[-1]
    time_eta = time_chunk_eta(labels == look, values)
    stands_out = eta - etas[-2][0] >= CLEARLY and eta - time_eta >= CLEARLY
    return (look, eta, time_eta) if stands_out else None


@dataclass(frozen=True)
class Overruling:
    """What an expert changed: looks now, and looks that the machine found."""

    looks: int
    machine: int


def overruling(results: ResultSet, snapshot: Snapshot, au: str) -> Overruling | None:
    """How an expert overruled an Action Unit's clusters, None where they are the machine's."""
    machine = snapshot.result_sets.get(results.profile)
    if not results.edited or machine is None:
        return None
    now, before = results.clusters.get(au), machine.clusters.get(au)
    if now is None or before is None:
        return None
    if np.array_equal(now.frames, before.frames) and np.array_equal(now.labels, before.labels):
        return None
    return Overruling(len(now.summary.clusters), len(before.summary.clusters))
