"""Step 4: spectral clustering of the relevance maps of each Action Unit (paper, section 3.3)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.cluster_quality import explained_by, time_chunk_eta
from tpviewer.core.letters import letter
from tpviewer.core.prototypes import cluster_prototypes, medoids
from tpviewer.core.spray import Clustering, spray
from tpviewer.core.stability import stability
from tpviewer.pipeline.basis import Basis
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.params import ProfileName, fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.results import ClusteringSummary, ClusterSummary
from tpviewer.store.session import Session, edited_name

VERSION = 1  # raise when clustering changes, so that older results are found out of date


def cluster(context: Context, name: ProfileName) -> Iterator[Event]:
    """Cluster the maps of every Action Unit over the frames where it is active in this profile."""
    session, profile = context.session, context.params.profiles[name]
    content = fingerprint(
        *("cluster", VERSION, context.content("relevance"), context.floors),
        *(context.thresholds, profile.spray, profile.timeline),
    )
    step = f"cluster/{name}"
    state = begin(session, step, content, len(context.aus), lambda: _forget(session, name))
    if state.finished:
        return
    basis = context.basis(name)
    active = basis.activity()
    meter = Meter("cluster", state.total, state.done)
    for index, au in enumerate(context.aus[state.done :], start=state.done):
        clustered = np.flatnonzero(active.clustered(au) & (au in basis.chosen))
        frames = np.intersect1d(clustered, session.relevance.frames(index))
        with session.transaction():
            if len(frames):
                pooled = basis.pooled(au, frames)
                found = spray(pooled, profile.spray)
                put_clusters(basis, name, au, frames, pooled, found, stability(pooled, profile.spray))
            session.steps.put(step, replace(state, done=index + 1))
        yield meter.at(index + 1)


def _forget(session: Session, name: ProfileName) -> None:
    """What an expert's edits led to goes with the clusters that were edited; the edits themselves stay."""
    session.forget(name)
    session.forget(edited_name(name))


def put_clusters(
    basis: Basis,
    target: str,
    au: str,
    frames: NDArray[np.int64],
    pooled: NDArray[np.float32],
    found: Clustering,
    stable: float,
) -> None:
    """Store clusters of an Action Unit with all that they carry (method, section 5), in a set of results.

    Parameters
    ----------
    basis : Basis
    target : str
        Name of the set of results.
    au : str
    frames : ndarray of int64, shape (n,)
        Clustered frames, ascending.
    pooled : ndarray of float32, shape (n, s, s)
        Their sum-pooled maps.
    found : Clustering
        With labels in order of first occurrence.
    stable : float
        Stability of the clusters.
    """
    session, index = basis.session, basis.aus.index(au)
    prototypes = cluster_prototypes(
        zip(found.labels.tolist(), session.relevance.maps(index, frames), strict=True), found.count
    )
    summary = ClusteringSummary(
        au=au,
        clusters=_clusters(found, frames, medoids(pooled, found.labels, found.count)),
        count_from_spectrum=found.count_from_spectrum,
        count_before_merge=found.count_before_merge,
        too_few=found.too_few,
        stability=stable,
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
