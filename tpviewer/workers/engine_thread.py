"""The thread that carries requests to the engine and its replies back."""

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from queue import SimpleQueue

from PySide6.QtCore import QObject, QThread, Signal

from tpviewer.pipeline.progress import StepProgress
from tpviewer.workers.engine_host import End, EngineHost
from tpviewer.workers.messages import (
    ASKS,
    ENDS,
    EngineState,
    Failed,
    Loading,
    Progress,
    Quit,
    Ready,
    Reply,
    Request,
    Task,
)
from tpviewer.workers.throttle import ProgressThrottle


@dataclass(frozen=True)
class Standing:
    """State of the engine after so many requests were passed on."""

    state: EngineState
    taken: int


@dataclass(frozen=True)
class Gone:
    """The engine ended unasked, or could not be started (then `problem` says why).

    With it ended all of the first `taken` requests.
    """

    end: End | None
    during: Task | None
    taken: int
    problem: str = ""


class EngineThread(QThread):
    """Starts an engine when there is something to ask, and another one after that died.

    Parameters
    ----------
    make_host : callable
        Starts an engine; called in this thread.
    parent : QObject, optional

    Signals
    -------
    replied(object)
        A `Reply`, a `Standing` or a `Gone`.
    """

    replied = Signal(object)

    def __init__(self, make_host: Callable[[], EngineHost], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("engine")
        self._make_host = make_host
        self._inbox: SimpleQueue[Request | None] = SimpleQueue()
        self._bell, self._button = multiprocessing.Pipe(duplex=False)
        self._host: EngineHost | None = None
        self._open: list[Task] = []
        self._loading = self._loaded = self._crashed = self._quitting = False
        self._taken = 0
        self._reported: Standing | None = None
        self._throttle = ProgressThrottle(self._tell_progress)

    @property
    def pid(self) -> int | None:
        """Number of the engine's process, None when there is none."""
        host = self._host
        return None if host is None else host.pid

    def post(self, request: Request | None) -> None:
        """Pass on a request; None only starts the engine. Returns at once."""
        self._inbox.put(request)
        self._button.send_bytes(b"!")

    def kill(self) -> None:
        """Kill the engine."""
        host = self._host
        if host is not None:
            host.kill()

    def let_go(self) -> None:
        """Close the bell, once the thread has ended."""
        self._bell.close()
        self._button.close()

    def run(self) -> None:
        """Carry messages until `Quit`."""
        while not (self._quitting and self._host is None):
            waiting = [self._bell] if self._host is None else [self._bell, self._host.connection]
            ready = wait(waiting, self._throttle.due_in())
            if self._host is not None and self._host.connection in ready:
                self._receive(self._host)
            if self._bell in ready:
                self._bell.recv_bytes()
                self._take(self._inbox.get())
            self._throttle.release()

    def _take(self, request: Request | None) -> None:
        self._taken += 1
        task = None if request is None else ASKS.get(type(request))
        self._quitting = self._quitting or isinstance(request, Quit)
        if self._host is None and (request is None or task is not None):
            self._start(task)
        if self._host is not None and request is not None:
            if task is not None:
                self._open.append(task)
            self._send(self._host, request)
        self._report()

    def _start(self, task: Task | None) -> None:
        try:
            self._host = self._make_host()
        except Exception as error:  # no process to be had: told like a death, and tried again next time
            self._crashed = True
            self._report()
            self.replied.emit(Gone(None, task, self._taken, str(error)))
        else:
            self._crashed = False

    def _send(self, host: EngineHost, request: Request) -> None:
        try:
            host.connection.send(request)
        except OSError:
            self._lose(host)

    def _receive(self, host: EngineHost) -> None:
        try:
            reply: Reply = host.connection.recv()
        except (EOFError, OSError):
            self._lose(host)
        else:
            self._pass_on(reply)

    def _pass_on(self, reply: Reply) -> None:
        if isinstance(reply, Progress):
            self._throttle.offer(reply.event)
            return
        if isinstance(reply, Loading | Ready | Failed):
            self._loading = isinstance(reply, Loading)
            self._loaded = self._loaded or isinstance(reply, Ready)
        task = reply.failure.during if isinstance(reply, Failed) else ENDS.get(type(reply))
        if task is not None:
            self._throttle.flush()
            if task in self._open:
                self._open.remove(task)
        if isinstance(reply, Ready):
            self.replied.emit(reply)  # its time is known when the state says so
            self._report()
        else:
            self._report()
            self.replied.emit(reply)

    def _lose(self, host: EngineHost) -> None:
        """Note that the engine has ended; whatever it was asked ends with it."""
        self._throttle.flush()
        during = self._open[0] if self._open else None
        self._open.clear()
        self._loading = self._loaded = False
        self._crashed = not self._quitting
        end = host.end()
        self._host = None
        self._report()
        if not self._quitting:
            self.replied.emit(Gone(end, during, self._taken))

    def _tell_progress(self, event: StepProgress) -> None:
        self.replied.emit(Progress(event))

    def _report(self) -> None:
        standing = Standing(self._state(), self._taken)
        if standing != self._reported:
            self._reported = standing
            self.replied.emit(standing)

    def _state(self) -> EngineState:
        if self._loading:
            return EngineState.LOADING
        if self._open:
            return EngineState.LOADING if set(self._open) == {"load"} else EngineState.BUSY
        if self._loaded:
            return EngineState.READY
        return EngineState.CRASHED if self._crashed else EngineState.OFF
