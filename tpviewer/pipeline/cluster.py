"""Step 4: spectral clustering of the relevance maps of each Action Unit (paper, section 3.3)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.activity import Activity
from tpviewer.core.cluster_quality import explained_by, time_chunk_eta
from tpviewer.core.letters import letter
from tpviewer.core.prototypes import cluster_prototypes, medoids
from tpviewer.core.spray import Clustering, SprayParams, spray
from tpviewer.core.stability import stability
from tpviewer.pipeline.basis import Basis
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.overlap import Ahead
from tpviewer.pipeline.params import ProfileName, fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.kept import clustered_maps
from tpviewer.store.results import ClusteringSummary, ClusterSummary
from tpviewer.store.session import Session, edited_name

VERSION = 1  # raise when clustering changes, so that older results are found out of date


def cluster(context: Context, name: ProfileName) -> Iterator[Event]:
    """Cluster the maps of every Action Unit over the frames where it is active in this profile.

    Of a long video the maps of evenly spaced frames are clustered (`Kept.every`), which bounds time and
    memory; a frame between takes the letter of the nearest in time.
    """
    session, content = context.session, cluster_content(context, name, context.content("relevance"))
    step = f"cluster/{name}"
    state = begin(session, step, content, len(context.aus), lambda: _forget(session, name))
    if state.finished:
        return
    basis = context.basis(name)
    meter = Meter("cluster", state.total, state.done)
    todo = context.aus[state.done :]
    with Ahead(1) as clustering:
        found = clustering.in_order(_clusterings(basis, basis.activity(), todo), 1)
        for done, (au, one) in enumerate(zip(todo, found, strict=True), start=state.done + 1):
            with session.transaction():
                if one is not None:
                    put_clusters(basis, name, au, one)
                session.steps.put(step, replace(state, done=done))
            yield meter.at(done)


def cluster_content(context: Context, name: ProfileName, relevance: str) -> str:
    """Fingerprint of the clusters of a profile, from that of the maps."""
    profile, every = context.params.profiles[name], context.kept.every
    return fingerprint(
        *("cluster", VERSION, relevance, context.floors),
        *(context.thresholds, profile.spray, profile.timeline),
        *([every] if every > 1 else []),  # so that the results of shorter videos stay in date
    )


def _clusterings(
    basis: Basis, active: Activity, aus: Sequence[str]
) -> Iterator[Callable[[], "Clustered | None"]]:
    """How each Action Unit is clustered: its maps are read while another thread clusters those before."""
    for au in aus:
        wanted = np.flatnonzero(active.clustered(au) & (au in basis.chosen))
        frames = np.intersect1d(wanted, clustered_maps(basis.session, basis.aus.index(au)))
        if len(frames):
            maps = basis.maps(au, frames)
            yield partial(_clustered, frames, maps, basis.pooled(au, frames, maps), basis.profile.spray)
        else:
            yield lambda: None


def _clustered(
    frames: NDArray[np.int64],
    maps: Sequence[NDArray[np.float32]] | None,
    pooled: NDArray[np.float32],
    params: SprayParams,
) -> "Clustered":
    return Clustered(frames, maps, pooled, spray(pooled, params), stability(pooled, params))


def _forget(session: Session, name: ProfileName) -> None:
    """What an expert's edits led to goes with the clusters that were edited; the edits themselves stay."""
    session.forget(name)
    session.forget(edited_name(name))


@dataclass(frozen=True, eq=False)
class Clustered:
    """Clusters of an Action Unit before they are stored.

    Attributes
    ----------
    frames : ndarray of int64, shape (n,)
        Clustered frames, ascending.
    maps : sequence of n arrays (H, W) or None
        Their stored maps; None where they are too many to be held.
    pooled : ndarray of float32, shape (n, s, s)
        Their sum-pooled maps.
    found : Clustering
    stable : float
        Stability of the clusters.
    """

    frames: NDArray[np.int64]
    maps: Sequence[NDArray[np.float32]] | None
    pooled: NDArray[np.float32]
    found: Clustering
    stable: float


def put_clusters(basis: Basis, target: str, au: str, clustered: Clustered) -> None:
    """Store clusters of an Action Unit with all that they carry (method, section 5), in a set of results.

    Parameters
    ----------
    basis : Basis
    target : str
        Name of the set of results.
    au : str
    clustered : Clustered
    """
    frames, found = clustered.frames, clustered.found
    session, index = basis.session, basis.aus.index(au)
    maps = session.relevance.maps(index, frames) if clustered.maps is None else clustered.maps
    prototypes = cluster_prototypes(zip(found.labels.tolist(), maps, strict=True), found.count)
    summary = ClusteringSummary(
        au=au,
        clusters=_clusters(found, frames, medoids(clustered.pooled, found.labels, found.count)),
        count_from_spectrum=found.count_from_spectrum,
        count_before_merge=found.count_before_merge,
        too_few=found.too_few,
        stability=clustered.stable,
        explained=_explained(session, found, frames),
    )
    session.results.put_clustering(
        target,
        index,
        summary,
        {
            "frames": frames,
            "labels": found.labels,
            "eigenvalues": found.eigenvalues,
            "embedding": found.embedding,
            "prototypes": prototypes,
        },
    )


def _clusters(
    found: Clustering, frames: NDArray[np.int64], medoid_rows: NDArray[np.int64]
) -> tuple[ClusterSummary, ...]:
    sizes = np.bincount(found.labels, minlength=found.count)
    return tuple(
        ClusterSummary(letter(k), int(sizes[k]), int(frames[medoid_rows[k]]), float(found.silhouette[k]))
        for k in range(found.count)
    )


def _explained(
    session: Session, found: Clustering, frames: NDArray[np.int64]
) -> dict[str, tuple[float, float]]:
    """How far pose, brightness, blur and time explain the clusters (method, section 5)."""
    arrays, times = session.arrays, session.times[frames]
    covariates = {
        "yaw": arrays.require("track/pose")[frames, 0],
        "brightness": arrays.require("track/brightness")[frames],
        "blur": arrays.require("track/blur")[frames],
        "time": times,
    }
    return {
        name: (explained_by(found.labels, values), time_chunk_eta(found.labels, values))
        for name, values in covariates.items()
    }
