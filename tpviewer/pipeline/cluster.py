"""Step 4: spectral clustering of the relevance maps of each Action Unit (paper, section 3.3)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.activity import Activity, activity
from tpviewer.core.cluster_quality import explained_by, time_chunk_eta
from tpviewer.core.letters import letter
from tpviewer.core.prototypes import cluster_prototypes, medoids
from tpviewer.core.relevance import sum_pool
from tpviewer.core.spray import Clustering, spray
from tpviewer.core.stability import stability
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.params import Profile, ProfileName, fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.results import ClusteringSummary, ClusterSummary

VERSION = 1  # raise when clustering changes, so that older results are found out of date


def profile_activity(context: Context, profile: Profile) -> Activity:
    """When each Action Unit is active by the profile's rules."""
    session = context.session
    return activity(
        session.predictions.logits(context.frames, len(context.aus)),
        session.arrays.require("seen"),
        np.append(session.times, session.end),
        np.asarray(context.thresholds),
        context.aus,
        profile.timeline,
    )


def cluster(context: Context, name: ProfileName) -> Iterator[Event]:
    """Cluster the maps of every Action Unit over the frames where it is active in this profile."""
    session, profile = context.session, context.params.profiles[name]
    content = fingerprint(
        *("cluster", VERSION, context.content("relevance"), context.floors),
        *(context.thresholds, profile.spray, profile.timeline),
    )
    step = f"cluster/{name}"
    state = begin(session, step, content, len(context.aus), lambda: session.results.clear(name))
    if state.finished:
        return
    active = profile_activity(context, profile)
    meter = Meter("cluster", state.total, state.done)
    for index in range(state.done, state.total):
        clustered = np.flatnonzero(active.clustered(context.aus[index]))
        frames = np.intersect1d(clustered, session.relevance.frames(index))
        with session.transaction():
            if len(frames):
                _cluster_au(context, name, index, frames)
            session.steps.put(step, replace(state, done=index + 1))
        yield meter.at(index + 1)


def _cluster_au(context: Context, name: ProfileName, index: int, frames: NDArray[np.int64]) -> None:
    session, params = context.session, context.params.profiles[name].spray
    pooled = np.empty((len(frames), params.pool, params.pool), np.float32)
    for row, relevance in enumerate(session.relevance.maps(index, frames)):
        pooled[row] = sum_pool(relevance[None], params.pool)[0]
    found = spray(pooled, params)
    prototypes = cluster_prototypes(
        zip(found.labels.tolist(), session.relevance.maps(index, frames), strict=True), found.count
    )
    summary = ClusteringSummary(
        au=context.aus[index],
        clusters=_clusters(found, frames, medoids(pooled, found.labels, found.count)),
        count_from_spectrum=found.count_from_spectrum,
        count_before_merge=found.count_before_merge,
        too_few=found.too_few,
        stability=stability(pooled, params),
        explained=_explained(context, found, frames),
    )
    session.results.put_clustering(
        name,
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
    context: Context, found: Clustering, frames: NDArray[np.int64]
) -> dict[str, tuple[float, float]]:
    """How far pose, brightness, blur and time explain the clusters (method, section 5)."""
    arrays, times = context.session.arrays, context.session.times[frames]
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
