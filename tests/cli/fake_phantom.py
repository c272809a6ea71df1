"""A session that was made up, with its truth, so that every figure of the report can be counted by hand."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from tpviewer.store.truth import AppearanceChange, Truth

AUS = ("AU04", "AU12", "AU45")
FRAMES = 50
SIDE = 16


def active(*spans: tuple[int, int]) -> np.ndarray:
    """True in half-open ranges of frames."""
    mask = np.zeros(FRAMES, bool)
    for start, stop in spans:
        mask[start:stop] = True
    return mask


TRUE = np.stack([active((5, 15), (30, 40)), active((10, 34)), active()], axis=1)
FOUND = np.stack([active((7, 18), (30, 38)), active((9, 33)), active((44, 46))], axis=1)
"""AU04: onsets late by 2 and 0, offsets by 3 and -2; AU12: early by 1 and 1; AU45 made up."""

CHANGE = 22
SWITCH = 24
"""AU12 looks different from the one on by truth and from the other on by its clusters."""


def masks() -> np.ndarray:
    """AU04 moves the upper left quarter, AU12 the lower half, AU45 nothing that could be drawn."""
    drawn = np.zeros((3, SIDE, SIDE), bool)
    drawn[0, :8, :8] = True
    drawn[1, 8:] = True
    return drawn


def truth() -> Truth:
    return Truth(
        name="fake",
        aus=AUS,
        intensity=TRUE.astype(np.float32),
        present_from=(0.25, 0.25, 0.55),
        changes=(AppearanceChange("AU12", CHANGE),),
        boxes=np.tile(np.array([10, 10, 20, 20], np.float32), (FRAMES, 1)),
        masks=masks(),
    )


def relevance(au: int, frame: int) -> np.ndarray:
    """AU04: three quarters of the best pixels' relevance in its mask. AU12: all in its mask."""
    drawn = np.full((SIDE, SIDE), -0.1, np.float32)
    if au == 0:
        drawn[:2, :6] = 1.0 + frame
        drawn[12:14, :2] = 1.0 + frame
    else:
        drawn[10 if frame < SWITCH else 14, 3:9] = 2.0
    return drawn


@dataclass
class FakeSession:
    """What the report asks of a session."""

    rate: int = 25
    experimental: tuple[str, ...] = ()
    aus: tuple[str, ...] = AUS
    arrays: Any = field(init=False)

    def __post_init__(self) -> None:
        boxes = np.tile(np.array([11, 10, 20, 20], np.float32), (FRAMES, 1))
        known = {"track/box": boxes, "steady/activity/smoothed": FOUND, "paper/activity/smoothed": FOUND}
        self.arrays = SimpleNamespace(require=known.__getitem__)
        self.model = {"experimental": list(self.experimental), "input_size": [SIDE, SIDE], "aus": list(AUS)}
        self.provenance = {
            "program": "TPViewer 9",
            "model": "fake <model>",
            "model_version": "1",
            "model_sha256": "ab" * 32,
        }
        self.times = np.arange(FRAMES) / self.rate
        self.end = FRAMES / self.rate
        self.video = SimpleNamespace(frames=FRAMES, sha256="cd" * 32)
        self.results = SimpleNamespace(clustering_array=self._array)
        self.relevance = SimpleNamespace(maps=lambda au, frames: (relevance(au, int(f)) for f in frames))

    def columns(self, profile: str) -> tuple[str, ...]:
        return AUS

    def states(self, layer: str, profile: str) -> np.ndarray:
        states = np.where(FOUND, 0, -1).astype(np.int16)
        states[SWITCH:33, 1] = 1
        return states

    def clusterings(self, profile: str) -> dict[str, None]:
        return dict.fromkeys(AUS)

    def _array(self, profile: str, au: str, name: str) -> np.ndarray:
        frames = np.flatnonzero(FOUND[:, AUS.index(au)])
        return frames if name == "frames" else (frames >= SWITCH).astype(np.int32) * (au == "AU12")
