"""A session with one relevance map and two faces, of which one was followed."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.store.faces import FaceRow
from tpviewer.store.session import Session

AUS = ("AU01", "AU12")
FRAME = 10


@dataclass(frozen=True)
class OneMap:
    au: str
    frame: int
    relevance: NDArray[np.float32]
    mesh: NDArray[np.float32]


def write_session(path: Path, frames: int) -> OneMap:
    rng = np.random.default_rng(0)
    relevance = rng.normal(size=(96, 96)).astype(np.float32)
    boxes = np.array([[10, 10, 30, 40], [80, 20, 30, 40]], np.float32)
    meshes = [rng.uniform(box[:2], box[:2] + box[2:], (468, 2)).astype(np.float32) for box in boxes]
    followed = np.full((frames, 4), np.nan, np.float32)
    followed[FRAME] = boxes[1]
    with Session(path, writable=True) as session, session.transaction():
        session.meta.put("model", {"aus": AUS})
        session.relevance.add([(1, FRAME)], relevance[None])
        session.arrays.put("track/box", followed)
        session.faces.add([_face(number, boxes[number], meshes[number]) for number in (0, 1)], [])
    return OneMap("AU12", FRAME, relevance, meshes[1])


def _face(number: int, box: NDArray[np.float32], mesh: NDArray[np.float32]) -> FaceRow:
    return FaceRow(FRAME, number, box, 0.9, np.zeros(3, np.float32), 100.0, 5.0, mesh)
