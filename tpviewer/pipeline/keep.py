"""How much of the relevance maps a session keeps."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.relevance import top_x_mask
from tpviewer.pipeline.cluster import cluster_content
from tpviewer.pipeline.context import Context
from tpviewer.store.kept import TOP_X, kept_of, put_kept
from tpviewer.store.session import PROFILES, Session
from tpviewer.store.steps import StepState


def kept_coverage(context: Context, relevance: str) -> list[object]:
    """What of the choice decides which maps are computed.

    Where only prototypes stay, that is also whatever their clusters are made with: other clusters need the
    maps again.

    Parameters
    ----------
    context : Context
    relevance : str
        Fingerprint of the maps.
    """
    kept = context.kept
    if kept.keep == "prototypes":
        return [kept, *(cluster_content(context, name, relevance) for name in context.params.profiles)]
    return [] if kept.every == 1 else [kept]


def note_kept(context: Context, relevance: StepState) -> None:
    """Record what is kept from here on; maps of another choice go where this one does not keep them so."""
    session, kept = context.session, context.kept
    known = kept_of(session)
    thinner = kept.every > 1 and replace(known, pruned=False) != kept
    with session.transaction():
        if thinner:
            session.relevance.thin(kept.every)
        put_kept(session, replace(kept, pruned=known.pruned and relevance.finished))
    if thinner:
        session.compact()


def strongest(relevance: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a map (H, W) with nothing left but the strongest pixels with 99 % of its positive relevance."""
    return np.where(top_x_mask(relevance, TOP_X), relevance, np.float32(0))


def prune(context: Context) -> None:
    """Where only prototypes are to be kept, delete every map but one of each cluster, its medoid's."""
    session = context.session
    if kept_of(session).keep != "prototypes" or kept_of(session).pruned:
        return
    with session.transaction():
        session.relevance.keep_only(_medoids(session))
        put_kept(session, replace(kept_of(session), pruned=True))
    session.compact()


def _medoids(session: Session) -> Iterator[tuple[int, int]]:
    for name in PROFILES:
        for au, summary in session.results.clusterings(name).items():
            for one in summary.clusters:
                yield session.aus.index(au), one.medoid
