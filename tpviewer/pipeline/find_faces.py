"""Step 1: faces in every frame."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from tpviewer.core.tracking import FaceObservation
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.params import fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.faces import FaceRow

VERSION = 1  # raise when the detector or its settings change, so that older results are found out of date


def find_faces(context: Context) -> Iterator[Event]:
    """Detect the faces of each frame and commit them batch by batch.

    Detection looks at one frame at a time, so a run that goes on after a stop finds the same faces.
    """
    session = context.session
    content = fingerprint("faces", VERSION, context.content("identify"))
    state = begin(session, "faces", content, context.frames, session.faces.clear)
    if state.finished:
        return
    detector = context.tools.detector()
    meter = Meter("faces", state.total, state.done)
    rows: list[FaceRow] = []
    unreadable: list[int] = []
    try:
        for frame, picture in context.source.frames(state.done, state.total):
            if picture is None:
                unreadable.append(frame)
            else:
                rows += _rows(frame, detector.detect(picture))
            done = frame + 1
            if done % context.params.batch == 0 or done == state.total:
                with session.transaction():
                    session.faces.add(rows, unreadable)
                    session.steps.put("faces", replace(state, done=done))
                rows, unreadable = [], []
                yield meter.at(done)
    finally:
        detector.close()


def _rows(frame: int, faces: list[FaceObservation]) -> list[FaceRow]:
    return [_row(frame, number, face) for number, face in enumerate(faces)]


def _row(frame: int, number: int, face: FaceObservation) -> FaceRow:
    return FaceRow(
        frame=frame,
        face=number,
        box=face.box,
        score=face.score,
        pose=np.array([face.yaw, face.pitch, face.roll], np.float32),
        brightness=face.brightness,
        blur=face.blur,
        mesh=face.mesh,
    )
