"""Pictures of the stages of a temporal prototype, made one by one in a thread of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from tpviewer.core.errors import MissingResultError, TPViewerError
from tpviewer.core.stages import Stage

if TYPE_CHECKING:
    from tpviewer.media.source import VideoSource
    from tpviewer.store.session import Session

PICTURE_SCALE = 2
"""Pixels of a picture per pixel of the model's crop."""

MOST_COMPARED = 64
"""So many frames of a stage are compared; a long one would keep others waiting, or the window's end."""


@dataclass(frozen=True, eq=False)
class TileRequest:
    """Which pictures are wanted.

    Attributes
    ----------
    session : Path
    video : Path or None
        Where the session's video lies, None where it is missing.
    stages : tuple of Stage
    prototypes : mapping of str to (clusters, H, W) float32
        Cluster prototypes by Action Unit.
    numbers : tuple of int
        Stages to make pictures of, the most urgent first.
    """

    session: Path
    video: Path | None
    stages: tuple[Stage, ...]
    prototypes: Mapping[str, NDArray[np.float32]]
    numbers: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class TilePicture:
    """What one stage looks like.

    Attributes
    ----------
    stage : Stage
    frame : int or None
        The frame that stands for it; None when no frame of it shows the face.
    picture : (H, W) uint8 or None
        The aligned face in grey; None without a frame, or without the video.
    """

    stage: Stage
    frame: int | None
    picture: NDArray[np.uint8] | None


class TileLoader(QObject):
    """Makes the pictures of a request; a newer request ends the one before it.

    Signals
    -------
    tile_ready(int, object)
        Number of the stage and its `TilePicture`.
    finished()
        All pictures of the newest request were made.
    failed(str)
        The session cannot be read, or the video cannot; without the video tiles still come, with no picture.
    """

    tile_ready = Signal(int, object)
    finished = Signal()
    failed = Signal(str)
    _requested = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: QThread | None = QThread()
        self._thread.setObjectName("stage pictures")
        self._worker = _TileWorker()
        self._worker.moveToThread(self._thread)
        self._requested.connect(self._worker.build)
        queued = Qt.ConnectionType.QueuedConnection
        self._worker.tile_ready.connect(self._pass_tile, queued)
        self._worker.finished.connect(self._pass_end, queued)
        self._worker.failed.connect(self._pass_failure, queued)

    def request(self, request: TileRequest) -> None:
        """Make these pictures and no others."""
        if self._thread is None:
            return
        if not self._thread.isRunning():
            self._thread.start(QThread.Priority.LowPriority)
        self._worker.newest += 1
        self._requested.emit(self._worker.newest, request)

    def cancel(self) -> None:
        """Make no more pictures until there is another request."""
        self._worker.newest += 1

    @Slot(int, int, object)
    def _pass_tile(self, request: int, stage: int, picture: TilePicture) -> None:
        """Leave out what was made for another request, which may have been for another patient."""
        if request == self._worker.newest:
            self.tile_ready.emit(stage, picture)

    @Slot(int)
    def _pass_end(self, request: int) -> None:
        if request == self._worker.newest:
            self.finished.emit()

    @Slot(int, str)
    def _pass_failure(self, request: int, message: str) -> None:
        if request == self._worker.newest:
            self.failed.emit(message)

    def close(self) -> None:
        """End the thread and let go of the video; nothing can be requested and nothing is told after it."""
        self.cancel()
        self.blockSignals(True)
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()
            self._thread = None
            self._worker.let_go()


class _TileWorker(QObject):
    """Lives in the loader's thread; `newest` is the one thing that the other thread sets."""

    tile_ready = Signal(int, int, object)
    finished = Signal(int)
    failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        self._video: Path | None = None
        self._source: VideoSource | None = None

    @Slot(int, object)
    def build(self, number: int, request: TileRequest) -> None:
        """Make pictures until all are made or a newer request came."""
        if number != self.newest:
            return
        from tpviewer.store.session import Session

        try:
            with Session(request.session) as session:
                self._build(number, request, session)
        except (MissingResultError, KeyError):  # an analysis beside replaces them before the stages
            self.failed.emit(
                number, f"{request.session}: results changed while pictures were made; wait for new ones"
            )
        except TPViewerError as error:
            self.failed.emit(number, str(error))

    def _build(self, number: int, request: TileRequest, session: "Session") -> None:
        from tpviewer.export.stage_tiles import stage_picture

        source = self._open(number, request.video)
        for stage_number in request.numbers:
            if number != self.newest:
                return
            stage = request.stages[stage_number]
            made = stage_picture(session, source, stage, request.prototypes, PICTURE_SCALE, MOST_COMPARED)
            self.tile_ready.emit(number, stage_number, TilePicture(stage, *made))
        self.finished.emit(number)

    def _open(self, number: int, video: Path | None) -> "VideoSource | None":
        """Open a video once; it is not hashed again, for whoever opened the session has done so."""
        from tpviewer.media.source import open_source

        if self._source is None or video != self._video:
            self.let_go()
            try:
                self._source = open_source(video) if video is not None else None
                self._video = video
            except TPViewerError as error:
                self.failed.emit(number, str(error))
        return self._source

    def let_go(self) -> None:
        """Close the video."""
        if self._source is not None:
            self._source.close()
        self._source, self._video = None, None
