"""Step 3: Action Unit logits and relevance maps of every frame with a face."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.lrp_engines import INNVESTIGATE
from tpviewer.models.protocols import TILE
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.face_crop import face_crop
from tpviewer.pipeline.neutral import NeutralCrops, beside
from tpviewer.pipeline.params import fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.steps import StepState


def explain(context: Context) -> Iterator[Event]:
    """Classify the crops and compute relevance where p reaches the floor (paper, section 3.2).

    Frames are worked through in tiles of a fixed grid and one padded shape: neither the batch size nor a
    restart changes a number. Relevance that is already stored is not computed again, and frames of which
    nothing is missing are not even read.
    """
    states = _begin(context)
    start = min(state.done for state in states)
    if start >= context.frames:
        return
    tiles = _Tiles(context, *states, context.session.arrays.require("crop_to_frame"))
    meter = Meter("explain", context.frames, start)
    step = -(-context.params.batch // TILE) * TILE
    try:
        for first in range(start - start % TILE, context.frames, step):
            stop = min(first + step, context.frames)
            tiles.work(first, stop)
            yield meter.at(stop)
    finally:
        context.engine.close()


def _begin(context: Context) -> tuple[StepState, StepState]:
    session, card = context.session, context.package.card
    compared = [] if session.neutral is None else [session.neutral.frames]
    content = fingerprint("predict", context.content("track"), context.package.sha256, *compared)
    coverage = fingerprint(context.params.keep_crops)
    predict = begin(session, "predict", content, context.frames, session.predictions.clear, coverage)
    engine = context.relevance_engine.name
    made_by = [] if engine == INNVESTIGATE else [engine]  # so that what is older than the choice is in date
    content = fingerprint("relevance", content, context.params.preset, card.aus, *made_by)
    coverage = fingerprint(context.floors)
    relevance = begin(session, "relevance", content, context.frames, session.relevance.clear, coverage)
    return predict, relevance


@dataclass
class _Tiles:
    context: Context
    predict: StepState
    relevance: StepState
    to_frame: NDArray[np.float64]

    def work(self, start: int, stop: int) -> None:
        """Do frames [start, stop), which begin on the tile grid, and commit them together."""
        session = self.context.session
        if self._nothing_missing(start, stop):
            with session.transaction():
                self._record(stop)
            return
        crops, seen = self._crops(start, stop)
        logits = self._logits(crops, seen, start)
        groups = [
            (pairs, self._relevance(crops, pairs, start)) for pairs in self._missing(logits, start) if pairs
        ]
        frames = start + np.flatnonzero(seen)
        with session.transaction():
            session.predictions.add(frames.tolist(), logits[seen])
            if self.context.params.keep_crops:
                for frame in frames.tolist():
                    session.predictions.add_crop(frame, crops[frame - start])
            for pairs, maps in groups:
                session.relevance.add(pairs, maps)
            self._record(stop)

    @cached_property
    def neutral(self) -> NDArray[np.uint8] | None:
        """The neutral crop (H, W), None for none; made when it is first needed, from up to 51 frames."""
        return NeutralCrops().of(self.context.source, self.context.session)

    def _record(self, stop: int) -> None:
        for name, state in (("predict", self.predict), ("relevance", self.relevance)):
            self.context.session.steps.put(name, replace(state, done=max(state.done, stop)))

    def _nothing_missing(self, start: int, stop: int) -> bool:
        if stop > self.predict.done:
            return False
        return not any(self._missing(self._stored_logits(start, stop), start))

    def _stored_logits(self, start: int, stop: int) -> NDArray[np.float32]:
        return self.context.session.predictions.logits(stop - start, len(self.context.aus), start)

    def _crops(self, start: int, stop: int) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        size = self.context.package.card.input_size
        crops = np.zeros((stop - start, *size), np.uint8)
        seen = np.zeros(stop - start, np.bool_)
        for frame, picture in self.context.source.frames(start, stop):
            crop = face_crop(picture, self.to_frame[frame], size)
            if crop is not None:
                crops[frame - start] = crop
                seen[frame - start] = True
        return crops, seen

    def _logits(self, crops: NDArray[np.uint8], seen: NDArray[np.bool_], start: int) -> NDArray[np.float32]:
        """Logits of each crop, NaN without a face."""
        if start + len(crops) <= self.predict.done:
            return self._stored_logits(start, start + len(crops))
        logits = self.context.engine.get().logits(crops, beside(crops, self.neutral))
        return np.where(seen[:, None], logits, np.float32(np.nan))

    def _missing(self, logits: NDArray[np.float32], start: int) -> list[list[tuple[int, int]]]:
        """(Action Unit, frame) of the maps that are wanted and not stored, tile by tile."""
        floors = np.array(self.context.floors, np.float64)  # NaN, which nothing reaches, for None
        with np.errstate(over="ignore", invalid="ignore"):
            wanted = 1.0 / (1.0 + np.exp(-logits.astype(np.float64))) >= floors
        stored = self.context.session.relevance.stored(start, start + len(logits))
        groups = []
        for first in range(0, len(logits), TILE):
            rows, aus = np.nonzero(wanted[first : first + TILE])
            pairs = zip(aus.tolist(), (start + first + rows).tolist(), strict=True)
            groups.append([pair for pair in pairs if pair not in stored])
        return groups

    def _relevance(
        self, crops: NDArray[np.uint8], pairs: list[tuple[int, int]], start: int
    ) -> NDArray[np.float32]:
        aus, frames = np.array(pairs).T
        asked = crops[frames - start]
        return self.context.engine.get().relevance(asked, aus, beside(asked, self.neutral))
