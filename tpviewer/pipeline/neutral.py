"""Step 2b: the person's neutral face, for models that compare each frame with it (method, section 3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError, ParameterError, SessionError
from tpviewer.core.neutral_face import (
    MOST_FRAMES,
    SAMPLES,
    STATIC_AUS,
    choose_calm,
    least_calm,
    spread,
)
from tpviewer.media.source import VideoSource
from tpviewer.models.protocols import TILE
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.face_crop import face_crop
from tpviewer.pipeline.overlap import Ahead, pictures_ahead
from tpviewer.pipeline.params import fingerprint
from tpviewer.pipeline.progress import Event, Notice
from tpviewer.store.neutral_face import NeutralFace
from tpviewer.store.session import Session
from tpviewer.store.steps import StepState

VERSION = 1  # raise when the choice of frames changes, so that older results are found out of date

NO_CROPS: Mapping[int, NDArray[np.uint8]] = MappingProxyType({})

_LOGITS = "neutral/logits"


def find_neutral(context: Context) -> Iterator[Event]:
    """Choose the frames of the neutral face: those the user marked, else calm ones.

    Calm is judged on frames spread over the video, by what the model says without a neutral face of Action
    Units that show without one. Where too few are calm there is none: no smile is ever taken for neutral.

    Raises
    ------
    ParameterError
        If no face is seen in the stretch that the user marked.
    """
    if context.package.card.channels == 1:
        yield from _said_in_vain(context)
        return
    session = context.session
    frames = _samples(context)
    content = fingerprint(
        "neutral", VERSION, context.content("track"), context.package.sha256, context.params.neutral
    )
    # the last unit is the choice itself
    state = begin(session, "neutral", content, len(frames) + 1, lambda: _forget(session))
    meter = Meter("neutral", state.total, state.done)
    if not state.finished:
        for done in _classify(context, state, frames):
            yield meter.at(done)
        _choose(context, state, frames)
        yield meter.at(state.total)
    if len(frames) and session.neutral == NeutralFace("none"):
        yield Notice(
            "no calm stretch was found that could be this person's neutral face; brows and lids are judged"
            " without it: mark one where the face rests"
        )


def neutral_crop(
    source: VideoSource,
    to_frame: NDArray[np.float64],
    frames: Sequence[int],
    input_size: tuple[int, int],
    known: Mapping[int, NDArray[np.uint8]],
) -> NDArray[np.uint8]:
    """Median of the crops of some frames.

    Parameters
    ----------
    source : VideoSource
    to_frame : (N, 2, 3) float64
        ``crop_to_frame`` of all frames.
    frames : sequence of int
        Ascending.
    input_size : (int, int)
        Height and width of a crop.
    known : mapping of int to (H, W) uint8
        Crops of frames that have been read already.

    Returns
    -------
    (H, W) uint8

    Raises
    ------
    MediaError
        If none of the frames can be decoded.
    """
    read = (frame for frame in frames if frame not in known)
    found = {frame: face_crop(source.read(frame), to_frame[frame], input_size) for frame in read}
    crops = [crop for frame in frames if (crop := known.get(frame, found.get(frame))) is not None]
    if not crops:
        raise MediaError("the frames of the neutral face cannot be decoded; mark another stretch")
    median: NDArray[np.uint8] = np.rint(np.median(np.stack(crops), axis=0)).astype(np.uint8)
    return median


class NeutralCrops:
    """Makes neutral crops from the video and keeps the last one, in memory only."""

    def __init__(self) -> None:
        self._key: tuple[str, ...] = ()
        self._crop: NDArray[np.uint8] | None = None

    def of(
        self, source: VideoSource, session: Session, known: Mapping[int, NDArray[np.uint8]] = NO_CROPS
    ) -> NDArray[np.uint8] | None:
        """Return the neutral crop of a session, (H, W) uint8; None where there is none or none is needed.

        Parameters
        ----------
        source : VideoSource
            The session's video.
        session : Session
        known : mapping of int to (H, W) uint8
            Crops of frames that have been read already.

        Raises
        ------
        SessionError
            If the model compares with the neutral face, but it was not looked for yet.
        MediaError
            If its frames cannot be decoded.
        """
        if session.model["channels"] == 1:
            return None
        neutral, track = session.neutral, session.steps.get("track")
        if neutral is None or track is None:
            raise SessionError(f"{session.path}: the neutral face is not known yet; analyse the video first")
        if not neutral.frames:
            return None
        key = (session.video.sha256, track.content, fingerprint(neutral))
        if key != self._key:
            height, width = session.model["input_size"]
            to_frame = session.arrays.require("crop_to_frame")
            self._crop = neutral_crop(source, to_frame, neutral.frames, (int(height), int(width)), known)
            self._key = key
        return self._crop


def beside(crops: NDArray[np.uint8], neutral: NDArray[np.uint8] | None) -> NDArray[np.uint8] | None:
    """Put one neutral crop (H, W) beside each of n crops: (n, H, W), None for none."""
    return None if neutral is None else np.broadcast_to(neutral, crops.shape)


def _said_in_vain(context: Context) -> Iterator[Event]:
    if context.params.neutral is not None:
        name = context.package.card.name
        yield Notice(f"the model {name} does not compare with a neutral face; the marked one changes nothing")


def _samples(context: Context) -> NDArray[np.int64]:
    """Frames that are looked at: none where the user marked a stretch."""
    if context.params.neutral is not None:
        return np.empty(0, np.int64)
    return spread(np.flatnonzero(context.session.arrays.require("seen")), SAMPLES)


def _forget(session: Session) -> None:
    session.meta.delete("neutral")
    session.arrays.delete("neutral/")


def _classify(context: Context, state: StepState, frames: NDArray[np.int64]) -> Iterator[int]:
    """Store the logits of the samples without a neutral face, tile by tile; yields how many are done."""
    session, size = context.session, context.package.card.input_size
    to_frame = session.arrays.require("crop_to_frame")
    logits = session.arrays.get(_LOGITS)
    if logits is None:
        logits = np.full((len(frames), len(context.aus)), np.nan, np.float32)
    with Ahead(1) as reading:
        reads = (partial(context.source.read, frame) for frame in frames[state.done :].tolist())
        pictures = reading.in_order(reads, pictures_ahead(context.source))
        for first in range(state.done, len(frames), TILE):
            rows = range(first, min(first + TILE, len(frames)))
            found = {row: face_crop(next(pictures), to_frame[frames[row]], size) for row in rows}
            crops = {row: crop for row, crop in found.items() if crop is not None}
            context.crops.update((int(frames[row]), crop) for row, crop in crops.items())
            if crops:
                logits[list(crops)] = context.engine.get().logits(np.stack(list(crops.values())))
            with session.transaction():
                session.arrays.put(_LOGITS, logits)
                session.steps.put("neutral", replace(state, done=rows.stop))
            yield rows.stop


def _choose(context: Context, state: StepState, frames: NDArray[np.int64]) -> None:
    """Store the choice, and forget what it was made from."""
    session = context.session
    neutral = _found(context, frames) if context.params.neutral is None else _marked(context)
    with session.transaction():
        _forget(session)
        session.put_neutral(neutral)
        session.steps.put("neutral", replace(state, done=state.total))


def _marked(context: Context) -> NeutralFace:
    assert context.params.neutral is not None
    start, stop = context.params.neutral
    seen = context.session.arrays.require("seen")
    frames = start + np.flatnonzero(seen[start:stop])
    if not len(frames):
        raise ParameterError(
            f"{context.path}: no face is seen in frames {start} to {stop - 1}, which are marked as the"
            f" neutral face; mark others (frames 0 to {len(seen) - 1} are analysed)"
        )
    return NeutralFace("marked", tuple(spread(frames, MOST_FRAMES).tolist()))


def _found(context: Context, frames: NDArray[np.int64]) -> NeutralFace:
    session, card = context.session, context.package.card
    columns = [index for index, au in enumerate(card.aus) if au in STATIC_AUS]
    if not len(frames) or not columns:
        return NeutralFace("none")
    with np.errstate(over="ignore"):
        probabilities = 1.0 / (1.0 + np.exp(-session.arrays.require(_LOGITS)[:, columns].astype(np.float64)))
    calm = choose_calm(
        probabilities,
        np.array(card.thresholds)[columns],
        session.arrays.require("track/pose")[frames, :2].astype(np.float64),
        least_calm(len(frames), _seconds_each(context, len(frames))),
    )
    return NeutralFace("found", tuple(frames[calm].tolist())) if len(calm) else NeutralFace("none")


def _seconds_each(context: Context, samples: int) -> float | None:
    """Seconds of video that a sample stands for."""
    if context.source.info.kind == "images":
        return None
    seen = int(context.session.arrays.require("seen").sum())
    return context.session.end / context.frames * seen / samples
