"""Step 1: faces in every frame."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from queue import SimpleQueue

import numpy as np

from tpviewer.core.tracking import FaceObservation
from tpviewer.models.protocols import FaceDetector
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.overlap import Ahead, Frame, decoded
from tpviewer.pipeline.params import fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.faces import FaceRow

VERSION = 1  # raise when the detector or its settings change, so that older results are found out of date


def find_faces(context: Context) -> Iterator[Event]:
    """Detect the faces of each frame and commit them batch by batch.

    Detection looks at one frame at a time, so neither a stop nor the number of threads changes a face.
    """
    session = context.session
    content = fingerprint("faces", VERSION, context.content("identify"))
    state = begin(session, "faces", content, context.frames, session.faces.clear)
    if state.finished:
        return
    meter = Meter("faces", state.total, state.done)
    rows: list[FaceRow] = []
    unreadable: list[int] = []
    for frame, faces in _detected(context, state.done, state.total):
        if faces is None:
            unreadable.append(frame)
        else:
            rows += _rows(frame, faces)
        done = frame + 1
        if done % context.params.batch == 0 or done == state.total:
            with session.transaction():
                session.faces.add(rows, unreadable)
                session.steps.put("faces", replace(state, done=done))
            rows, unreadable = [], []
            yield meter.at(done)


def _detected(context: Context, start: int, stop: int) -> Iterator[tuple[int, list[FaceObservation] | None]]:
    """Frames in order with their faces, None where they did not decode; several are looked at at a time."""
    threads = min(context.tools.threads, stop - start)
    idle: SimpleQueue[FaceDetector] = SimpleQueue()
    with ExitStack() as stack:
        for _ in range(threads):
            detector = context.tools.detector()
            stack.callback(detector.close)
            idle.put(detector)
        detecting, decoding = stack.enter_context(Ahead(threads)), stack.enter_context(Ahead(1))
        frames = decoded(decoding, context.source, start, stop)
        yield from detecting.in_order((partial(_detect, idle, frame) for frame in frames), threads)


def _detect(idle: "SimpleQueue[FaceDetector]", frame: Frame) -> tuple[int, list[FaceObservation] | None]:
    number, picture = frame
    if picture is None:
        return number, None
    detector = idle.get()
    try:
        return number, detector.detect(picture)
    finally:
        idle.put(detector)


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
