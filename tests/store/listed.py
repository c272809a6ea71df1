"""Sessions as an analysis leaves them, as far as a list looks at them."""

from dataclasses import asdict
from pathlib import Path

import numpy as np

from tests.store.judged import begin
from tpviewer.core.stages import Stage
from tpviewer.store.faces import FaceRow
from tpviewer.store.session import Session, VideoRecord

STAGES = (Stage(0, 20, ()), Stage(20, 45, (("AU04", 0),)), Stage(45, 60, ()))


def listed(path: Path, video: Path, complete: bool = True, face_at: int | None = 7) -> Path:
    """Make a session of a video of 60 frames with three stages; the face is seen from `face_at` on."""
    begin(path)
    with Session(path, writable=True) as session, session.transaction():
        record = asdict(session.video) | {"path": str(video)}
        session.meta.put("video", asdict(VideoRecord(**record)))
        session.meta.put("provenance", {"profile": "steady", "model_sha256": "m", "parameters": {}})
        session.meta.put("complete", complete)
        session.arrays.put("pts", np.arange(60) * 2)
        session.arrays.put("end", np.array([2.4]))
        session.results.put_stages("steady", "absorbed", STAGES)
        if face_at is not None:
            session.faces.add([face(face_at, 0, 10.0), face(face_at, 1, 20.0)], [])
    return path


def face(frame: int, number: int, side: float) -> FaceRow:
    """A square face at (4, 4)."""
    box = np.array([4, 4, side, side], np.float32)
    return FaceRow(frame, number, box, 0.9, np.zeros(3, np.float32), 100.0, 5.0, np.zeros((2, 2), np.float32))
