"""Step 3: Action Unit logits and relevance maps of every frame with a face."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import invert
from tpviewer.media.crop import crop_face
from tpviewer.models.protocols import TILE, AUEngine
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.params import fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.steps import StepState


def explain(context: Context) -> Iterator[Event]:
    """Classify the crops and compute relevance where p reaches the floor (paper, section 3.2).

    Frames are worked through in tiles of a fixed grid and one padded shape: neither the batch size nor a
    restart changes a number. Relevance that is already stored is not computed again.
    """
    states = _begin(context)
    start = min(state.done for state in states)
    if start >= context.frames:
        return
    engine = context.tools.engine(context.package, context.params.preset)
    tiles = _Tiles(context, engine, *states, context.session.arrays.require("crop_to_frame"))
    meter = Meter("explain", context.frames, start)
    step = -(-context.params.batch // TILE) * TILE
    try:
        for first in range(start - start % TILE, context.frames, step):
            stop = min(first + step, context.frames)
            tiles.work(first, stop)
            yield meter.at(stop)
    finally:
        engine.close()


def _begin(context: Context) -> tuple[StepState, StepState]:
    session, card = context.session, context.package.card
    content = fingerprint("predict", context.content("track"), context.package.sha256)
    coverage = fingerprint(context.params.keep_crops)
    predict = begin(session, "predict", content, context.frames, session.predictions.clear, coverage)
    content = fingerprint("relevance", content, context.params.preset, card.aus)
    coverage = fingerprint(context.floors)
    relevance = begin(session, "relevance", content, context.frames, session.relevance.clear, coverage)
    return predict, relevance


@dataclass
class _Tiles:
    context: Context
    engine: AUEngine
    predict: StepState
    relevance: StepState
    to_frame: NDArray[np.float64]

    def work(self, start: int, stop: int) -> None:
        """Do frames [start, stop), which begin on the tile grid, and commit them together."""
        crops, seen = self._crops(start, stop)
        logits = self._logits(crops, start)
        pairs, maps = self._relevance(crops, logits, seen, start)
        session = self.context.session
        frames = start + np.flatnonzero(seen)
        with session.transaction():
            session.predictions.add(frames.tolist(), logits[seen])
            if self.context.params.keep_crops:
                for frame in frames.tolist():
                    session.predictions.add_crop(frame, crops[frame - start])
            for tile_pairs, tile_maps in zip(pairs, maps, strict=True):
                session.relevance.add(tile_pairs, tile_maps)
            for name, state in (("predict", self.predict), ("relevance", self.relevance)):
                session.steps.put(name, replace(state, done=max(state.done, stop)))

    def _crops(self, start: int, stop: int) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        height, width = self.context.package.card.input_size
        crops = np.zeros((stop - start, height, width), np.uint8)
        seen = np.zeros(stop - start, np.bool_)
        for frame, picture in self.context.source.frames(start, stop):
            if picture is not None and np.isfinite(self.to_frame[frame]).all():
                crops[frame - start] = crop_face(picture, invert(self.to_frame[frame]), width, height)
                seen[frame - start] = True
        return crops, seen

    def _logits(self, crops: NDArray[np.uint8], start: int) -> NDArray[np.float32]:
        if start + len(crops) <= self.predict.done:
            return self.context.session.predictions.logits(len(crops), len(self.context.aus), start)
        return self.engine.logits(crops)

    def _relevance(
        self,
        crops: NDArray[np.uint8],
        logits: NDArray[np.float32],
        seen: NDArray[np.bool_],
        start: int,
    ) -> tuple[list[list[tuple[int, int]]], list[NDArray[np.float32]]]:
        floors = np.asarray(self.context.floors)
        with np.errstate(over="ignore"):
            wanted = seen[:, None] & (1.0 / (1.0 + np.exp(-logits.astype(np.float64))) >= floors)
        stored = self.context.session.relevance.stored(start, start + len(crops))
        pairs: list[list[tuple[int, int]]] = []
        maps: list[NDArray[np.float32]] = []
        for first in range(0, len(crops), TILE):
            rows, aus = np.nonzero(wanted[first : first + TILE])
            todo = [
                (int(au), start + first + int(row))
                for row, au in zip(rows, aus, strict=True)
                if (int(au), start + first + int(row)) not in stored
            ]
            if todo:
                index = np.array([frame - start for _, frame in todo])
                maps.append(self.engine.relevance(crops[index], np.array([au for au, _ in todo])))
                pairs.append(todo)
        return pairs, maps
