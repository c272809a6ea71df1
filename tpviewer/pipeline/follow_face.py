"""Step 2: link faces into tracks, choose one, align it to the model's crop."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import invert, similarity, smooth_anchors
from tpviewer.core.errors import ParameterError
from tpviewer.core.tracking import choose_track, link_tracks
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.params import fingerprint
from tpviewer.pipeline.progress import Event, Notice
from tpviewer.store.face_tracks import put_tracks
from tpviewer.store.faces import FaceColumns
from tpviewer.store.steps import StepState

VERSION = 1  # raise when tracking or alignment changes, so that older results are found out of date


def follow_face(context: Context) -> Iterator[Event]:
    """Store tracks, the chosen face's course, and ``crop_to_frame`` per frame (method, section 2).

    Raises
    ------
    ParameterError
        If the user chose a face that is not in the video.
    """
    session, params = context.session, context.params
    crop = context.package.card.crop
    content = fingerprint(
        *("track", VERSION, context.content("faces"), context.frames),
        *(params.face, params.anchor_sigma, crop),
    )
    state = begin(session, "track", content, context.frames, lambda: session.arrays.delete("track/"))
    if not state.finished:
        _follow(context, state)
        yield Meter("track", context.frames, 0).at(context.frames)
    yield from _notices(context)


def _follow(context: Context, state: StepState) -> None:
    session, times = context.session, context.session.times[: context.frames]
    faces = session.faces.columns()
    split = np.searchsorted(faces.frame, np.arange(context.frames + 1))
    boxes = [faces.box[a:b] for a, b in itertools.pairwise(split)]
    linked = link_tracks(boxes, times)
    tracks = np.concatenate([np.empty(0, np.int64), *linked])
    rows = chosen_rows(context, faces, tracks)
    anchors = np.full((context.frames, 5, 2), np.nan)
    points = context.package.card.crop.mesh_points
    for frame, face in zip(faces.frame[rows].tolist(), faces.face[rows].tolist(), strict=True):
        anchors[frame] = session.faces.mesh_points(frame, face, points)
    smooth = smooth_anchors(anchors, times, context.params.anchor_sigma)
    with session.transaction():
        session.arrays.put("track/of_face", tracks)
        put_tracks(session.arrays, faces, tracks)
        session.arrays.put("seen", np.isfinite(anchors).all(axis=(1, 2)))
        session.arrays.put("crop_to_frame", _to_frame(smooth, context))
        for name, values in _course(faces, rows, context.frames).items():
            session.arrays.put(f"track/{name}", values)
        session.steps.put("track", replace(state, done=context.frames))


def chosen_rows(context: Context, faces: FaceColumns, tracks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the chosen track, among the faces of the frames that are analysed.

    Parameters
    ----------
    context : Context
    faces : FaceColumns
        F faces, ordered by frame.
    tracks : ndarray of int64, shape (F,) or less
        Track of each face of the analysed frames.

    Returns
    -------
    ndarray of int64, shape (n,)

    Raises
    ------
    ParameterError
        If the user chose a face that is not in the video.
    """
    if not len(tracks):
        return np.empty(0, np.int64)
    area = (faces.box[:, 2] * faces.box[:, 3])[: len(tracks)]
    chosen = choose_track(tracks, area) if context.params.face is None else context.params.face
    rows = np.flatnonzero(tracks == chosen)
    if not len(rows):
        raise ParameterError(
            f"{context.path}: there is no face {chosen}; this video has faces 0 to {tracks.max()}"
            " (0 is the first to appear)"
        )
    return rows


def _to_frame(anchors: NDArray[np.float64], context: Context) -> NDArray[np.float64]:
    targets = np.asarray(context.package.card.crop.targets, dtype=np.float64)
    result = np.full((len(anchors), 2, 3), np.nan)
    for frame in np.flatnonzero(np.isfinite(anchors).all(axis=(1, 2))):
        result[frame] = invert(similarity(anchors[frame], targets))
    return result


def _course(faces: FaceColumns, rows: NDArray[np.int64], frames: int) -> dict[str, NDArray[np.float32]]:
    """Per frame values of the chosen face, NaN where it was not seen."""
    values = {
        "box": faces.box,
        "pose": faces.pose,
        "score": faces.score,
        "brightness": faces.brightness,
        "blur": faces.blur,
    }
    course = {}
    for name, column in values.items():
        course[name] = np.full((frames, *column.shape[1:]), np.nan, np.float32)
        course[name][faces.frame[rows]] = column[rows]
    return course


def _notices(context: Context) -> Iterator[Event]:
    seen = context.session.arrays.require("seen")
    if not seen.any():
        yield Notice(f"{context.path}: no face was found in any frame")
    elif not seen.all():
        yield Notice(f"no face in {int((~seen).sum())} of {len(seen)} frames")
    unreadable = context.session.faces.unreadable()
    if unreadable:
        yield Notice(f"{len(unreadable)} frames could not be decoded; they count as frames without a face")
    tracks = context.session.arrays.require("track/of_face")
    if len(tracks) and tracks.max() > 0:
        yield Notice(f"{tracks.max() + 1} faces (tracks) in this video; choose another with --face N")
