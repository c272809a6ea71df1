"""Step 3: Action Unit logits and relevance maps of every frame with a face."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.lrp_engines import BATCHED_REVISION, INNVESTIGATE
from tpviewer.models.protocols import TILE
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.face_crop import face_crop
from tpviewer.pipeline.ground import FollowedFaces, Pair, begin_ground, put_measured
from tpviewer.pipeline.keep import kept_coverage, note_kept, strongest
from tpviewer.pipeline.neutral import NeutralCrops, beside
from tpviewer.pipeline.overlap import Ahead
from tpviewer.pipeline.params import fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.codecs import HalfMap
from tpviewer.store.kept import Kept
from tpviewer.store.relevance import MapRow
from tpviewer.store.steps import StepState


def explain(context: Context) -> Iterator[Event]:
    """Classify the crops and compute relevance where p reaches the floor (paper, section 3.2).

    Frames are worked through in tiles of a fixed grid and one padded shape: neither the batch size nor a
    restart changes a number. Relevance that is already stored is not computed again, and frames of which
    nothing is missing are not even read. While the model works, the next batch is decoded and the maps of
    the last are encoded and measured (`ground`); batches are committed whole and in order.
    """
    predict, relevance = _begin(context)
    start = min(predict.done, relevance.done)
    if start >= context.frames:
        return
    meter = Meter("explain", context.frames, start)
    try:
        with Ahead(1) as reading, Ahead(context.tools.threads) as packing:
            for stop in _Tiles(context, predict, relevance, reading, packing).work(start - start % TILE):
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
    # what is older than the choice is in date: it names no engine
    made_by = [] if engine == INNVESTIGATE else [engine, BATCHED_REVISION]
    content = fingerprint("relevance", content, context.params.preset, card.aus, *made_by)
    coverage = fingerprint(context.floors, *kept_coverage(context, content))
    relevance = begin(session, "relevance", content, context.frames, session.relevance.clear, coverage)
    note_kept(context, relevance)
    begin_ground(context)
    return predict, relevance


@dataclass(frozen=True)
class _Crops:
    """Frames [start, stop): their crops (n, H, W), and which show the face (n,); no arrays if not needed."""

    start: int
    stop: int
    pictures: NDArray[np.uint8] | None = None
    seen: NDArray[np.bool_] | None = None


@dataclass(frozen=True)
class _Packed:
    """Maps of a tile as they are stored, and the grounding of each."""

    pairs: list[Pair]
    rows: list[MapRow]
    grounding: NDArray[np.float16]


@dataclass(frozen=True)
class _Explained:
    crops: _Crops
    logits: NDArray[np.float32] | None = None
    packed: "tuple[Future[_Packed], ...]" = ()


@dataclass
class _Tiles:
    """Reads crops ahead of the model and packs maps behind it, in threads of their own."""

    context: Context
    predict: StepState
    relevance: StepState
    reading: Ahead
    packing: Ahead

    def work(self, start: int) -> Iterator[int]:
        """Do the frames from `start` on, which is on the tile grid; yields where each commit ends.

        A batch is packed while the model works on the next one; only the first, for which someone waits, is
        committed at once.
        """
        read = self.reading.in_order(self._readings(start), 1)
        yield self._commit(self._explained(next(read)))
        before: _Explained | None = None
        for crops in read:
            explained = self._explained(crops)
            if before is not None:
                yield self._commit(before)
            before = explained
        if before is not None:
            yield self._commit(before)

    @cached_property
    def neutral(self) -> NDArray[np.uint8] | None:
        """The neutral crop (H, W), None for none; made when it is first needed, from up to 51 frames."""
        return NeutralCrops().of(self.context.source, self.context.session, self.context.crops)

    @cached_property
    def faces(self) -> FollowedFaces:
        """The face that is explained."""
        return FollowedFaces.of(self.context)

    def _readings(self, start: int) -> Iterator[Callable[[], _Crops]]:
        """How the crops of each batch are read; the neutral face comes first, from the same video.

        The first batches are small, so that the first lanes are soon there.
        """
        most = -(-self.context.params.batch // TILE) * TILE
        stop, size = start, TILE
        while stop < self.context.frames:
            first, stop = stop, min(stop + size, self.context.frames)
            size = min(2 * size, most)
            if self._nothing_missing(first, stop):
                yield partial(_Crops, first, stop)
            else:
                self.neutral  # noqa: B018 - in this thread, before another one reads
                yield partial(self._read, first, stop, self.faces.to_frame)

    def _nothing_missing(self, start: int, stop: int) -> bool:
        if stop > self.predict.done:
            return False
        return not any(self._missing(self._stored_logits(start, stop), start))

    def _stored_logits(self, start: int, stop: int) -> NDArray[np.float32]:
        return self.context.session.predictions.logits(stop - start, len(self.context.aus), start)

    def _read(self, start: int, stop: int, to_frame: NDArray[np.float64]) -> _Crops:
        size = self.context.package.card.input_size
        pictures = np.zeros((stop - start, *size), np.uint8)
        seen = np.zeros(stop - start, np.bool_)
        for frame, picture in self.context.source.frames(start, stop):
            crop = face_crop(picture, to_frame[frame], size)
            if crop is not None:
                pictures[frame - start] = crop
                seen[frame - start] = True
        return _Crops(start, stop, pictures, seen)

    def _explained(self, crops: _Crops) -> _Explained:
        if crops.pictures is None or crops.seen is None:
            return _Explained(crops)
        logits = self._logits(crops, crops.pictures, crops.seen)
        tiles = [pairs for pairs in self._missing(logits, crops.start) if pairs]
        if not tiles:
            return _Explained(crops, logits)
        maps = self._relevance(crops.pictures, [pair for pairs in tiles for pair in pairs], crops.start)
        ends = np.cumsum([len(pairs) for pairs in tiles])
        packed = []
        for pairs, own in zip(tiles, np.split(maps, ends[:-1]), strict=True):
            meshes = {frame: self.faces.mesh(frame) for frame in {frame for _, frame in pairs}}
            pack = partial(_pack, self.faces, self.context.kept, pairs, own, meshes)
            packed.append(self.packing.submit(pack))
        return _Explained(crops, logits, tuple(packed))

    def _logits(
        self, crops: _Crops, pictures: NDArray[np.uint8], seen: NDArray[np.bool_]
    ) -> NDArray[np.float32]:
        """Logits of each crop, NaN without a face."""
        if crops.stop <= self.predict.done:
            return self._stored_logits(crops.start, crops.stop)
        logits = self.context.engine.get().logits(pictures, beside(pictures, self.neutral))
        return np.where(seen[:, None], logits, np.float32(np.nan))

    def _missing(self, logits: NDArray[np.float32], start: int) -> list[list[Pair]]:
        """(Action Unit, frame) of the maps that are wanted and not stored, tile by tile."""
        floors = np.array(self.context.floors, np.float64)  # NaN, which nothing reaches, for None
        with np.errstate(over="ignore", invalid="ignore"):
            wanted = 1.0 / (1.0 + np.exp(-logits.astype(np.float64))) >= floors
        wanted &= self.context.kept.computed(np.arange(start, start + len(logits)))[:, None]
        stored = self.context.session.relevance.stored(start, start + len(logits))
        groups = []
        for first in range(0, len(logits), TILE):
            rows, aus = np.nonzero(wanted[first : first + TILE])
            pairs = zip(aus.tolist(), (start + first + rows).tolist(), strict=True)
            groups.append([pair for pair in pairs if pair not in stored])
        return groups

    def _relevance(self, pictures: NDArray[np.uint8], pairs: list[Pair], start: int) -> NDArray[np.float32]:
        aus, frames = np.array(pairs).T
        asked = pictures[frames - start]
        return self.context.engine.get().relevance(asked, aus, beside(asked, self.neutral))

    def _commit(self, explained: _Explained) -> int:
        """Write a batch as a whole."""
        session, crops = self.context.session, explained.crops
        packed = [future.result() for future in explained.packed]
        with session.transaction():
            if explained.logits is not None and crops.pictures is not None and crops.seen is not None:
                frames = np.flatnonzero(crops.seen)
                session.predictions.add((crops.start + frames).tolist(), explained.logits[frames])
                if self.context.params.keep_crops:
                    for row in frames.tolist():
                        session.predictions.add_crop(crops.start + row, crops.pictures[row])
            for tile in packed:
                session.relevance.add_rows(tile.rows)
                put_measured(session, tile.pairs, tile.grounding, len(self.context.aus), self.context.frames)
            for name, state in (("predict", self.predict), ("relevance", self.relevance)):
                session.steps.put(name, replace(state, done=max(state.done, crops.stop)))
        return crops.stop


def _pack(
    faces: FollowedFaces,
    kept: Kept,
    pairs: list[Pair],
    maps: NDArray[np.float32],
    meshes: dict[int, NDArray[np.float64]],
) -> _Packed:
    """Encode the maps of a tile and measure them as whole ones will be read."""
    halved = [HalfMap.of(relevance) for relevance in maps]
    stored = np.stack([one.values() for one in halved])
    grounding = faces.measure(pairs, stored, meshes)
    for number in np.flatnonzero(~kept.whole(np.array([frame for _, frame in pairs]))).tolist():
        halved[number] = HalfMap.of(strongest(stored[number]))
    rows = [(au, frame, one.scale, one.data()) for (au, frame), one in zip(pairs, halved, strict=True)]
    return _Packed(pairs, rows, grounding)
