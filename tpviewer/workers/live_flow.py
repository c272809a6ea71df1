"""Live analysis: the newest picture goes to the engine when the answer to the one before has come."""

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from tpviewer.workers.camera import Rate
from tpviewer.workers.camera_thread import CameraThread
from tpviewer.workers.engine import EngineDriver
from tpviewer.workers.messages import EngineState, Live, LiveSeen


class LiveFlow(QObject):
    """Keeps one picture on its way at most, so that nothing lags however slow the engine is.

    Parameters
    ----------
    thread : CameraThread
    engine : EngineDriver
    model : Path or None
        Model package, None for the bundled one.
    parent : QObject, optional

    Signals
    -------
    seen(LiveSeen)
    """

    seen = Signal(object)

    def __init__(
        self, thread: CameraThread, engine: EngineDriver, model: Path | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._thread, self._engine, self._model = thread, engine, model
        self._number = 0
        self._under_way = False
        self._rate = Rate()
        thread.to_analyse.connect(self._ask)
        engine.live_seen.connect(self._answered)
        engine.state_changed.connect(self._follow)

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return self._rate.at(time.monotonic())

    @property
    def answers(self) -> int:
        """Pictures that were asked about so far."""
        return self._number

    def begin(self) -> None:
        """Have the engine loaded if it is not, and ask about the next picture."""
        if self._engine.state in (EngineState.OFF, EngineState.CRASHED):
            self._engine.load(self._model)
        self._thread.want_analysis()

    def end(self) -> None:
        """Free what the engine holds for this; whatever it still answers is left alone."""
        self._number += 1
        self._under_way = False
        self._engine.end_live()

    @Slot(object)
    def _ask(self, picture: NDArray[np.uint8]) -> None:
        if not self._under_way:
            self._number += 1
            self._under_way = self._engine.live(Live(self._number, picture, self._model))

    @Slot(object)
    def _answered(self, answer: LiveSeen) -> None:
        if self._under_way and answer.number == self._number:
            self._under_way = False
            self._rate.tick(time.monotonic())
            self.seen.emit(answer)
            self._thread.want_analysis()

    @Slot(object)
    def _follow(self, state: EngineState) -> None:
        """A picture that an engine took with it when it died is never answered."""
        if state is EngineState.CRASHED:
            self._under_way = False
        elif state in (EngineState.READY, EngineState.BUSY) and not self._under_way:
            self._thread.want_analysis()
