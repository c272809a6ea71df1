"""Whether the results in a session fit together, so that whoever reads them need not doubt them."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.stages import Stage
from tpviewer.store.session import LAYERS, Session


def check(session: Session) -> None:
    """Look at all results but the relevance maps.

    Raises
    ------
    SessionError
        If parts are missing, or do not fit together.
    """
    with session.understood():
        frames = session.video.frames
        _fits({"name", "version"} <= session.model.keys(), "the card of the model")
        _fits(frames > 0 and session.arrays.require("pts").shape == (frames,), "the times of the frames")
        _fits(np.isfinite(session.end), "the end of the video")
        _fits(session.arrays.require("seen").shape == (frames,), "where a face was seen")
        for name in session.result_sets():
            _check_results(session, name, frames)


def _check_results(session: Session, name: str, frames: int) -> None:
    columns = session.columns(name)
    _fits(len(set(columns)) == len(columns) > 0, "the Action Units")
    for kind in ("raw", "smoothed"):
        _check_shape(session.arrays.require(f"{name}/activity/{kind}"), (frames, len(columns)))
    for layer in LAYERS:
        _check_shape(session.states(layer, name), (frames, len(columns)))
        _check_stages(session.stages(layer, name), columns, frames)
    for au, summary in session.clusterings(name).items():
        maps, labels = (session.results.clustering_array(name, au, part) for part in ("frames", "labels"))
        _fits(au in columns and au in session.aus, f"the clusters of {au}")
        _fits(maps.shape == labels.shape == (maps.size,), f"the clusters of {au}")
        _fits(_within(maps, frames) and _within(labels, len(summary.clusters)), f"the clusters of {au}")
        prototypes = session.prototypes(au, name)
        _fits(prototypes.ndim == 3 and len(prototypes) == len(summary.clusters), f"the prototypes of {au}")
        _fits(bool(np.isfinite(prototypes).all()), f"the prototypes of {au}")


def _check_shape(values: NDArray[np.generic], shape: tuple[int, int]) -> None:
    _fits(values.shape == shape and values.dtype.kind in "bi", "the states")


def _check_stages(stages: list[Stage], columns: tuple[str, ...], frames: int) -> None:
    end = 0
    for stage in stages:
        _fits(stage.start >= end and stage.start < stage.stop <= frames, "the stages")
        _fits(all(au in columns and index >= 0 for au, index in stage.key), "the Action Units of a stage")
        _fits(0 <= stage.purity <= 1, "the purity of a stage")
        end = stage.stop


def _within(values: NDArray[np.generic], count: int) -> bool:
    numbers = values.astype(np.int64)
    return bool(((numbers >= 0) & (numbers < count)).all())


def _fits(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(f"{what} cannot be right")
