"""A video of any length made of a short clip, analysed at the cost of what its length costs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.tracking import FaceObservation
from tpviewer.media.source import open_source
from tpviewer.models.engine import Engine
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.protocols import AUEngine, FaceDetector
from tpviewer.pipeline.context import Tools

MOST_CLIP_FRAMES = 240


class LoopedClip:
    """The first frames of a clip, again and again, as one long `VideoSource`.

    Parameters
    ----------
    clip : Path
    frames : int
        Frames of the long video.
    """

    def __init__(self, clip: Path, frames: int) -> None:
        with open_source(clip) as source:
            found = source.frames(0, MOST_CLIP_FRAMES)
            self._pictures = [picture for _, picture in found if picture is not None]
            step = max(1, round(1 / (source.info.nominal_rate * source.info.time_base)))
            self.info = replace(source.info, pts=step * np.arange(frames, dtype=np.int64), warnings=())

    def read(self, index: int, give_up: Callable[[], bool] = lambda: False) -> NDArray[np.uint8]:
        """Frame `index`, shape (height, width, 3), RGB: the same array each time that it comes round."""
        return self._pictures[index % len(self._pictures)]

    def frames(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, NDArray[np.uint8]]]:
        """Numbers and frames of [start, stop).

        See `VideoSource.frames`; no frame is None, and a `stop` beyond the last one is not cut.
        """
        for index in range(start, self.info.n_frames if stop is None else stop):
            yield index, self.read(index)

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _KnownFaces(FaceDetector):
    """Looks at each picture of the clip once."""

    def __init__(self) -> None:
        self._detector = FaceMeshDetector()
        self._known: dict[int, list[FaceObservation]] = {}

    def detect(self, rgb: NDArray[np.uint8]) -> list[FaceObservation]:
        if id(rgb) not in self._known:
            self._known[id(rgb)] = self._detector.detect(rgb)
        return self._known[id(rgb)]

    def close(self) -> None:
        self._detector.close()


class _KnownMaps(AUEngine):
    """Classifies and explains each crop once; what comes round again is remembered."""

    def __init__(self, package: ModelPackage, preset: str, relevance_engine: str) -> None:
        self._engine = Engine(package, preset, relevance_engine)
        self._logits: dict[bytes, NDArray[np.float32]] = {}
        self._maps: dict[tuple[bytes, int], NDArray[np.float32]] = {}

    def logits(
        self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
    ) -> NDArray[np.float32]:
        keys = [self._key(row, crops, neutrals) for row in range(len(crops))]
        if any(key not in self._logits for key in keys):
            self._logits.update(zip(keys, self._engine.logits(crops, neutrals), strict=True))
        return np.stack([self._logits[key] for key in keys])

    def relevance(
        self,
        crops: NDArray[np.uint8],
        au_index: NDArray[np.int_],
        neutrals: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.float32]:
        keys = [(self._key(row, crops, neutrals), au) for row, au in enumerate(au_index.tolist())]
        if any(key not in self._maps for key in keys):
            self._maps.update(zip(keys, self._engine.relevance(crops, au_index, neutrals), strict=True))
        return np.stack([self._maps[key] for key in keys])

    def close(self) -> None:
        self._engine.close()

    @staticmethod
    def _key(row: int, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None) -> bytes:
        shown = crops[row] if neutrals is None else np.concatenate([crops[row], neutrals[row]])
        return bytes(shown.tobytes())


def looped_tools(frames: int) -> Tools:
    """Tools that analyse a clip as if it went on for so many frames.

    Detector and network see every picture once. What remains is what grows with the length: everything that
    is cropped, aligned, encoded, measured, written, clustered and read.
    """
    return Tools(source=lambda clip: LoopedClip(clip, frames), detector=_KnownFaces, engine=_KnownMaps)
