"""The engine as the window sees it: methods that return at once, and signals."""

import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tpviewer.workers.engine_host import ProcessHost, ThreadHost
from tpviewer.workers.engine_thread import EngineThread, Gone, Standing
from tpviewer.workers.messages import (
    Analyse,
    Committed,
    Curate,
    Curated,
    EndLive,
    EngineState,
    Explain,
    Explained,
    Failed,
    Failure,
    Finished,
    Live,
    LiveSeen,
    Load,
    Progress,
    Quit,
    Ready,
    Request,
    Stop,
    Stopped,
    Told,
)

if TYPE_CHECKING:
    from tpviewer.core.curation import Operation
    from tpviewer.pipeline.params import Params

_KILLING_S = 1.5
"""Seconds of the time to close that are kept for ending an engine that does not hear."""


class EngineDriver(QObject):
    """Drives the engine, which lives in a process of its own and is started again after it died.

    Every method but `close` returns at once, and all signals are sent in the thread of this object.
    A task ends with one of `finished`, `stopped`, `explained`, `curated` and `failed`; loading ends with
    the state `READY`.

    Parameters
    ----------
    mode : {'process', 'thread'}
        ``thread`` keeps TensorFlow in this process; only to measure what that does to the window.
    parent : QObject, optional

    Signals
    -------
    state_changed(EngineState)
    progressed(StepProgress)
        At most 20 times a second, but always the last of a step.
    told(str)
        A notice of the analysis.
    committed()
        There is something new in the session, at most four times a second.
    finished(), stopped()
        An analysis ran to its end, or was stopped as asked.
    failed(Failure)
    explained(Explained)
    curated()
    live_seen(LiveSeen)
    """

    state_changed = Signal(object)
    progressed = Signal(object)
    told = Signal(str)
    committed = Signal()
    finished = Signal()
    stopped = Signal()
    failed = Signal(object)
    explained = Signal(object)
    curated = Signal()
    live_seen = Signal(object)

    def __init__(self, mode: Literal["process", "thread"] = "process", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = EngineState.OFF
        self._load_seconds: float | None = None
        self._posted = 0
        self._runs: deque[int] = deque()
        self._closed = False
        self._thread = EngineThread(ProcessHost if mode == "process" else ThreadHost, self)
        self._thread.replied.connect(self._on_reply, Qt.ConnectionType.QueuedConnection)

    @property
    def state(self) -> EngineState:
        """What the engine is doing; what was asked just now counts already."""
        return self._state

    @property
    def load_seconds(self) -> float | None:
        """How long loading took, None before the first time."""
        return self._load_seconds

    @property
    def pid(self) -> int | None:
        """Number of the engine's process, None where there is none."""
        return self._thread.pid

    def start(self) -> None:
        """Start the engine's process, and load nothing yet."""
        self._post(None, self._state)

    def load(self, model: Path | None = None) -> None:
        """Load TensorFlow and a model, the bundled one by default."""
        self._post(Load(model), EngineState.LOADING)

    @property
    def run(self) -> int | None:
        """Number of the analysis that progress is told of: the oldest that has not ended."""
        return self._runs[0] if self._runs else None

    def goes_on(self, run: int) -> bool:
        """Whether this analysis has not ended yet; it has when `finished`, `stopped` or `failed` says so."""
        return run in self._runs

    def analyse(self, video: Path, session: Path, params: "Params", model: Path | None = None) -> int:
        """Run the steps that are missing in a session; returns a number to know this analysis by."""
        self._post(Analyse(video, session, params, model), EngineState.BUSY)
        self._runs.append(self._posted)
        return self._posted

    def stop(self) -> None:
        """Stop the analysis after the batch in work; what is committed stays."""
        if self._thread.isRunning():
            self._post(Stop(), self._state)

    def explain(self, request: Explain) -> None:
        """Ask for the relevance of one Action Unit in one frame; answered during an analysis, too."""
        self._post(request, EngineState.BUSY)

    def curate(self, session: Path, operation: "Operation", author: str) -> None:
        """Overrule clusters; during an analysis this waits for its end."""
        self._post(Curate(session, operation, author), EngineState.BUSY)

    def live(self, request: Live) -> bool:
        """Ask about a picture of the camera; False where no engine is loaded that could answer."""
        if self._state not in (EngineState.READY, EngineState.BUSY):
            return False
        self._post(request, self._state)
        return True

    def end_live(self) -> None:
        """Free what answered about pictures of the camera."""
        if self._thread.isRunning():
            self._post(EndLive(), self._state)

    def close(self, timeout: float = 5.0) -> None:
        """Stop, end the engine and its thread; finished batches are kept, later requests do nothing.

        Parameters
        ----------
        timeout : float
            Seconds after which nothing is waited for any more; the process is killed in good time.
        """
        if self._closed:
            return
        self._closed = True
        if self._thread.isRunning():
            deadline = time.monotonic() + timeout
            self._thread.post(Quit())
            if not self._thread.wait(_milliseconds(timeout - _KILLING_S)):
                self._thread.kill()
                self._thread.wait(_milliseconds(deadline - time.monotonic()))
        self._thread.let_go()

    def _post(self, request: Request | None, state: EngineState) -> None:
        if self._closed:
            return
        if not self._thread.isRunning():
            self._thread.start()
        self._posted += 1
        self._set_state(state)
        self._thread.post(request)

    @Slot(object)
    def _on_reply(self, reply: object) -> None:
        if self._closed:
            return
        match reply:
            case Standing(state, taken):
                if taken == self._posted:  # else something was asked since, which counts more
                    self._set_state(state)
            case Progress(event):
                self.progressed.emit(event)
            case Told(message):
                self.told.emit(message)
            case Ready(seconds):
                self._load_seconds = seconds
            case Committed():
                self.committed.emit()
            case Finished():
                self._runs.popleft()
                self.finished.emit()
            case Stopped():
                self._runs.popleft()
                self.stopped.emit()
            case Failed(failure):
                if failure.during == "analyse":
                    self._runs.popleft()
                self.failed.emit(failure)
            case Explained():
                self.explained.emit(reply)
            case Curated():
                self.curated.emit()
            case LiveSeen():
                self.live_seen.emit(reply)
            case Gone():
                self._runs = deque(run for run in self._runs if run > reply.taken)
                self.failed.emit(self._crash(reply))

    def _set_state(self, state: EngineState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _crash(self, gone: Gone) -> Failure:
        if gone.end is None:
            text = self.tr(
                "The analysis engine could not be started ({}). Close other programs and try again."
            )
            return Failure("crash", text.format(gone.problem), during=gone.during)
        code = gone.end.exit_code
        if code is not None and code < 0:
            reason = self.tr("signal {}").format(-code)
        else:
            reason = self.tr("exit code {}").format(code)
        if gone.during == "analyse":
            text = self.tr(
                "The analysis engine stopped unexpectedly ({}). What was done is kept; press Analyse to go"
                " on."
            )
        else:
            text = self.tr(
                "The analysis engine stopped unexpectedly ({}). Nothing is lost; it starts again when it is"
                " asked next."
            )
        return Failure("crash", text.format(reason), gone.end.last_words, gone.during)


def _milliseconds(seconds: float) -> int:
    return max(0, round(1000 * seconds))
