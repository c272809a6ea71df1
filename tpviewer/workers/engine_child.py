"""The engine's side of the connection: analyses, explains and curates in a process of its own."""

import faulthandler
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from tpviewer.core.errors import ModelError, TPViewerError
from tpviewer.models.engine_cache import EngineCache
from tpviewer.pipeline.overlap import WINDOW_BATCH
from tpviewer.pipeline.progress import Event, Notice
from tpviewer.workers.live_child import LiveChild
from tpviewer.workers.messages import (
    ASKS,
    Analyse,
    Committed,
    Curate,
    Curated,
    EndLive,
    Explain,
    Explained,
    Failed,
    Failure,
    Finished,
    Live,
    Load,
    Loading,
    Progress,
    Quit,
    Ready,
    Reply,
    Request,
    Stop,
    Stopped,
    Told,
)

if TYPE_CHECKING:
    from tpviewer.models.model_package import ModelPackage
    from tpviewer.pipeline.neutral import NeutralCrops

_COMMITTED_S = 0.25
_NICENESS = 10
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000
_LONGEST_DETAIL = 8000
_LONGEST_REASON = 200


def run_process(connection: Connection, log: Path) -> None:
    """Be the engine's process: quiet, patient, and gone when the window is.

    Parameters
    ----------
    connection : Connection
    log : Path
        File that takes what libraries print; its end is shown when the process dies.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, which then says Quit
    _print_into(log)
    _lower_priority()
    threading.Thread(target=_leave_with_parent, args=(log,), daemon=True).start()
    serve(connection)


def serve(connection: Connection) -> None:
    """Answer requests until `Quit` or until the other end is closed."""
    with connection:
        _Server(connection).run()


def _print_into(log: Path) -> None:
    file = log.open("w", buffering=1, encoding="utf-8", errors="replace")
    for descriptor in (1, 2):
        os.dup2(file.fileno(), descriptor)
    sys.stdout = sys.stderr = file
    faulthandler.enable(file)


def _lower_priority() -> None:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICENESS)


def _leave_with_parent(log: Path) -> None:
    """End at once when the window's process is gone: a session is not held by an orphan."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        with suppress(OSError):  # Windows keeps a file that is open
            log.unlink()
        os._exit(1)


class _Server:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: deque[Request] = deque()
        self._cache = EngineCache()
        self._neutrals: NeutralCrops | None = None
        self._live = LiveChild(self._send)
        self._loaded = False

    def run(self) -> None:
        """Answer one request after the other."""
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # nobody is left to answer to
                while not isinstance(request := self._next(), Quit):
                    self._answer(request)
        finally:
            self._live.close()
            self._cache.close()

    def _next(self) -> Request:
        return self._waiting.popleft() if self._waiting else self._receive()

    def _receive(self) -> Request:
        try:
            request: Request = self._connection.recv()
        except (EOFError, OSError):  # the window let go or is gone
            return Quit()
        return request

    def _answer(self, request: Request) -> None:
        try:
            match request:
                case Load():
                    self._load(request.model)
                case Analyse():
                    self._analyse(request)
                case Explain():
                    self._explain(request)
                case Curate():
                    self._curate(request)
                case Live():
                    self._live.answer(request)
                case EndLive():
                    self._live.close()
        except TPViewerError as error:
            during, session = ASKS[type(request)], _session(request)
            self._send(Failed(Failure("input", str(error), during=during, session=session)))
        except Exception as error:
            self._send(Failed(_internal(error, request)))

    def _load(self, model: Path | None) -> "ModelPackage":
        """Import what is slow to import and build the model; say how long it took."""
        self._send(Loading())
        began = time.monotonic()
        if not self._loaded:
            _import_slow_modules()
            self._loaded = True
        package = _package(model)
        from tpviewer.pipeline.params import PRESET

        self._cache.lend(package, PRESET)
        self._send(Ready(time.monotonic() - began))
        return package

    def _analyse(self, request: Analyse) -> None:
        from tpviewer.pipeline.analyze import analyze
        from tpviewer.pipeline.context import Tools

        if not self._loaded:
            self._load(request.model)
        events = analyze(
            request.video,
            request.session,
            replace(request.params, batch=WINDOW_BATCH),
            request.model,
            Tools(engine=self._cache.lend),
        )
        news = _News(self._send)
        stopped = False
        with closing(events):
            try:
                for event in events:
                    news.tell(event)
                    if not self._go_on():
                        stopped = True
                        break
            finally:
                news.flush()  # the analysis may have written after its last event
        self._send(Stopped() if stopped else Finished())

    def _go_on(self) -> bool:
        """Look at what was asked meanwhile; False when the analysis is to stop."""
        while self._connection.poll():
            request = self._receive()
            if isinstance(request, Stop):
                self._drop_waiting_analyses()
                return False
            if isinstance(request, Quit):
                self._waiting.appendleft(request)
                return False
            if isinstance(request, Live | EndLive):
                self._answer(request)  # it works with an engine of its own
            elif isinstance(request, Explain) and self._is_at_hand(request):
                self._answer(request)
            else:
                self._waiting.append(request)
        return True

    def _drop_waiting_analyses(self) -> None:
        analyses = sum(isinstance(request, Analyse) for request in self._waiting)
        self._waiting = deque(r for r in self._waiting if not isinstance(r, Analyse))
        for _ in range(analyses):
            self._send(Stopped())

    def _is_at_hand(self, request: Explain) -> bool:
        """Whether a question can be answered without replacing the engine that an analysis works with."""
        try:
            return self._cache.holds(_package(request.model), request.preset)
        except TPViewerError:
            return True  # then the answer is this error, now as well as later

    def _explain(self, request: Explain) -> None:
        from tpviewer.media.source import open_source
        from tpviewer.pipeline.explain_one import explain_one
        from tpviewer.pipeline.neutral import NeutralCrops
        from tpviewer.store.session import Session

        if not self._loaded:
            self._load(request.model)
        package = _package(request.model)
        with open_source(request.video) as source, Session(request.session) as session:
            if session.provenance["model_sha256"] != package.sha256:
                raise ModelError(
                    f"{request.session}: analysed with another model ({session.provenance['model']}) than"
                    f" {package.card.name}; choose that model, or analyse again with this one"
                )
            engine = self._cache.lend(package, request.preset)
            self._neutrals = self._neutrals or NeutralCrops()
            relevance = explain_one(source, session, engine, request.frame, request.au, self._neutrals)
        self._send(Explained(request.session, request.frame, request.au, relevance))

    def _curate(self, request: Curate) -> None:
        from tpviewer.pipeline.curate import apply

        apply(request.session, request.operation, request.author)
        self._send(Curated())

    def _send(self, reply: Reply) -> None:
        self._connection.send(reply)


class _News:
    """Passes on what an analysis tells, and that there is something new to read, not too often."""

    def __init__(self, send: Callable[[Reply], None]) -> None:
        self._send = send
        self._next = 0.0

    def tell(self, event: Event) -> None:
        if isinstance(event, Notice):
            self._send(Told(event.message))
            return
        self._send(Progress(event))
        if time.monotonic() >= self._next:
            self.flush()

    def flush(self) -> None:
        self._send(Committed())
        self._next = time.monotonic() + _COMMITTED_S


def _package(model: Path | None) -> "ModelPackage":
    from tpviewer.models.default import default_package_path
    from tpviewer.models.model_package import load_package

    return load_package(model or default_package_path())


def _import_slow_modules() -> None:
    """Import TensorFlow, iNNvestigate and MediaPipe, whose first face detector takes a second as well."""
    from tpviewer.models.face_mesh import FaceMeshDetector
    from tpviewer.models.quiet import import_innvestigate

    import_innvestigate()
    FaceMeshDetector().close()


def _session(request: Request) -> Path | None:
    return request.session if isinstance(request, Analyse | Explain | Curate) else None


def _internal(error: Exception, request: Request) -> Failure:
    detail = traceback.format_exc()[-_LONGEST_DETAIL:]
    during, session = ASKS[type(request)], _session(request)
    if isinstance(error, MemoryError):
        message = "There is not enough memory. What was done is kept; close other programs and try again."
        return Failure("input", message, detail, during, session)
    reason = f"{type(error).__name__}: {error}".splitlines()[0][:_LONGEST_REASON]
    message = f"The program made an error ({reason}). What was done is kept; please report the details."
    return Failure("internal", message, detail, during, session)
