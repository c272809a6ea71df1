"""Step 5: letters, stages and the temporal prototype (paper, section 3.4)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.timeline import compose, fill_letters, letter_orders, rename
from tpviewer.pipeline.cluster import profile_activity
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.params import ProfileName, fingerprint
from tpviewer.pipeline.progress import Event

VERSION = 1  # raise when stages change, so that older results are found out of date


def derive_stages(context: Context, name: ProfileName) -> Iterator[Event]:
    """Store raw, smoothed and absorbed states and stages of one profile."""
    session, profile = context.session, context.params.profiles[name]
    step = f"stages/{name}"
    content = fingerprint("stages", VERSION, context.content(f"cluster/{name}"), profile.timeline)
    state = begin(session, step, content, context.frames, lambda: None)
    if state.finished:
        return
    active = profile_activity(context, profile)
    bounds = np.append(session.times, session.end)
    labels = {au: _labels(context, name, au) for au in session.results.clusterings(name)}
    letters = {au: fill_letters(bounds, *found) for au, found in labels.items()}
    layers = compose(active, letters, bounds, profile.timeline)
    orders = letter_orders(layers, active.aus, {au: found for au, (_, found) in labels.items()})
    with session.transaction():
        session.meta.put(f"columns/{name}", active.aus)
        session.arrays.put(f"{name}/activity/raw", active.raw)
        session.arrays.put(f"{name}/activity/smoothed", active.smoothed)
        for au, order in orders.items():
            session.results.rename_clusters(name, au, order)
        for layer, composed in layers.items():
            result = rename(composed, active.aus, orders)
            session.arrays.put(f"{name}/states/{layer}", result.states)
            session.results.put_stages(name, layer, result.stages)
        session.steps.put(step, replace(state, done=context.frames))
    yield Meter("stages", context.frames, 0).at(context.frames)


def _labels(context: Context, name: ProfileName, au: str) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    results = context.session.results
    frames = results.clustering_array(name, au, "frames")
    return frames.astype(np.int64), results.clustering_array(name, au, "labels").astype(np.int32)
