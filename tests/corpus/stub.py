"""A corpus whose pictures say what is in them, and an analysis that reads it off them without TensorFlow.

A picture has a row of blocks for each Action Unit: the first is bright where it is active, the second where
it has its second look. Other processes import this module, so that nothing in it is slow to import.
"""

import os
import signal
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from unittest import mock

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.models.networks import dense
from tests.models.tiny import AUS, CROP, tiny_card
from tpviewer.core.tracking import FaceObservation
from tpviewer.corpus.work import Job, by_scratch
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.network import Layer, Network
from tpviewer.pipeline import analyze as module
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.progress import Event

SIDE, BLOCK = 96, 24

Frame = Mapping[str, int]
"""Look, 0 or 1, of each active Action Unit."""

LAST = "deaths"
"""File beside the sessions with the sequences whose process has died once."""

SEEN = "seen"
"""File beside the sessions with a line for each picture in which a face was looked for."""


def picture(frame: Frame) -> NDArray[np.uint8]:
    """Draw a frame, (96, 96) uint8."""
    drawn = np.full((SIDE, SIDE), 40, np.uint8)
    for au, look in frame.items():
        top = AUS.index(au) * BLOCK
        drawn[top : top + BLOCK, :BLOCK] = 220
        drawn[top : top + BLOCK, BLOCK : 2 * BLOCK] = 220 if look else 40
    return drawn


def write_pictures(folder: Path, frames: Sequence[Frame]) -> None:
    """Write a sequence as CK+ names its frames; `folder` is that of ``S005/001``."""
    folder.mkdir(parents=True)
    stem = f"{folder.parent.name}_{folder.name}"
    for number, frame in enumerate(frames, start=1):
        _, data = cv2.imencode(".png", picture(frame))
        (folder / f"{stem}_{number:08d}.png").write_bytes(data.tobytes())


class Finder:
    """Finds a face in every picture, always in the same place."""

    def __init__(self, log: Path) -> None:
        self._log = log

    def detect(self, rgb: NDArray[np.uint8]) -> list[FaceObservation]:
        with self._log.open("a") as log:
            log.write(".")
        mesh = np.random.default_rng(1).uniform(20, 76, (468, 2)).astype(np.float32)
        mesh[list(CROP.mesh_points)] = CROP.targets
        box = np.array([10, 10, 76, 76], np.float32)
        return [FaceObservation(box, 1.0, mesh, 0.0, 0.0, 0.0, float(rgb.mean()), 50.0)]

    def close(self) -> None:
        """Hold nothing."""


class Reader:
    """Reads activity off the first block, and gives a bump of relevance at a place for each look."""

    def logits(self, crops, neutrals=None):
        return np.array([[3.0 if self._bright(c, k, 0) else -3.0 for k in range(len(AUS))] for c in crops])

    def relevance(self, crops, au_index, neutrals=None):
        maps = np.zeros((len(crops), SIDE, SIDE), np.float32)
        for one, crop, au in zip(maps, crops, au_index, strict=True):
            left = 60 if self._bright(crop, int(au), 1) else 20
            one[30:50, left : left + 15] = 1.0
        return maps

    @staticmethod
    def _bright(crop: NDArray[np.uint8], au: int, column: int) -> bool:
        inner = crop[au * BLOCK + 8 : (au + 1) * BLOCK - 8, column * BLOCK + 8 : (column + 1) * BLOCK - 8]
        return bool(inner.mean() > 128)

    def close(self) -> None:
        """Hold nothing."""


def analysis(job: Job) -> Generator[Event, None, None]:
    """Analyse with the stand-ins; `job.model` is the folder for what is logged."""
    layers = (Layer("Flatten", "flatten", {}), dense(1, SIDE * SIDE, len(AUS)))
    package = ModelPackage(Path("none"), tiny_card(), Network((SIDE, SIDE, 1), layers), "stub")
    tools = Tools(detector=lambda: Finder(job.model / SEEN), engine=lambda *_: Reader())
    with (
        mock.patch.object(module, "load_package", return_value=package),
        closing(module.analyze(job.images, job.session, job.params, None, tools)) as events,
    ):
        yield from events


def deadly(job: Job) -> Generator[Event, None, None]:
    """Analyse, but kill this process in the middle of every second sequence, once."""
    deaths = job.model / LAST
    known = deaths.read_text() if deaths.exists() else ""
    for number, event in enumerate(analysis(job)):
        if number == 2 and job.session.stem.endswith("2") and job.session.stem not in known:
            with deaths.open("a") as file:
                file.write(f"{job.session.stem}\n")
            os.kill(os.getpid(), signal.SIGKILL)
        yield event


def remote(job: Job) -> Generator[Event, None, None]:
    """Analyse as a cluster does: on a disk of its own."""
    yield from by_scratch(job, analysis)


def deadly_remote(job: Job) -> Generator[Event, None, None]:
    """The same, with deaths."""
    yield from by_scratch(job, deadly)
