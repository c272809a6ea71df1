"""Step 5: letters, stages and the temporal prototype (paper, section 3.4)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.timeline import compose, fill_letters, letter_orders, rename
from tpviewer.pipeline.basis import Basis
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.params import ProfileName, fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.session import Session

VERSION = 1  # raise when stages change, so that older results are found out of date


def derive_stages(context: Context, name: ProfileName) -> Iterator[Event]:
    """Store raw, smoothed and absorbed states and stages of one profile."""
    session, profile = context.session, context.params.profiles[name]
    step = f"stages/{name}"
    content = fingerprint("stages", VERSION, context.content(f"cluster/{name}"), profile.timeline)
    state = begin(session, step, content, context.frames, lambda: None)
    if state.finished:
        return
    with session.transaction():
        put_stages(context.basis(name), name)
        session.steps.put(step, replace(state, done=context.frames))
    yield Meter("stages", context.frames, 0).at(context.frames)


def put_stages(basis: Basis, target: str) -> None:
    """Compose the clusters of a set of results to its states and stages; belongs inside a transaction."""
    session, active, bounds = basis.session, basis.activity(), basis.bounds
    labels = {au: _labels(session, target, au) for au in session.results.clusterings(target)}
    letters = {au: fill_letters(bounds, *found) for au, found in labels.items()}
    layers = compose(active, letters, bounds, basis.profile.timeline)
    orders = letter_orders(layers, active.aus, {au: found for au, (_, found) in labels.items()})
    session.meta.put(f"columns/{target}", active.aus)
    session.arrays.put(f"{target}/activity/raw", active.raw)
    session.arrays.put(f"{target}/activity/smoothed", active.smoothed)
    for au, order in orders.items():
        session.results.rename_clusters(target, au, order)
    for layer, composed in layers.items():
        result = rename(composed, active.aus, orders)
        session.arrays.put(f"{target}/states/{layer}", result.states)
        session.results.put_stages(target, layer, result.stages)


def _labels(session: Session, name: str, au: str) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    frames = session.results.clustering_array(name, au, "frames")
    labels = session.results.clustering_array(name, au, "labels")
    return frames.astype(np.int64), labels.astype(np.int32)
