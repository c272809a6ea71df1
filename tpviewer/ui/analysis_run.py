"""The analysis of the open document: begun by hand or by the queue, and what the engine says of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tpviewer.ui.analysis_state import AnalysisState, resting_state
from tpviewer.ui.document import Document

if TYPE_CHECKING:
    from tpviewer.pipeline.params import Params
    from tpviewer.ui.workbench import Workbench
    from tpviewer.workers.messages import Failure


class AnalysisRun(QObject):
    """Follows one run of the engine; what it says of any other one is left alone.

    Parameters
    ----------
    bench : Workbench
        With its engine and its queue.

    Signals
    -------
    changed(object)
        `AnalysisState`.
    """

    changed = Signal(object)

    def __init__(self, bench: "Workbench") -> None:
        super().__init__(bench)
        self._bench = bench
        self._state = AnalysisState()
        self._run: int | None = None
        engine = bench.engine
        engine.progressed.connect(self._progressed)
        engine.finished.connect(self._finished)
        engine.stopped.connect(self._stopped)
        engine.failed.connect(self._failed)

    @property
    def state(self) -> AnalysisState:
        """How far the analysis is."""
        return self._state

    @property
    def by_queue(self) -> bool:
        """True where it is the queue's analysis, which goes on when the document is left."""
        return self._run is not None and self._run == self._bench.queue.run

    def begin(self, document: Document, params: "Params") -> None:
        """Analyse the open document."""
        assert document.video is not None
        bench = self._bench
        bench.queue.give_way()
        self.set_state(AnalysisState("starting"))
        self._run = bench.engine.analyse(document.video, document.session, params, bench.setup.model)

    def leave(self) -> None:
        """Let go of an analysis that still runs: it belongs to what was open before."""
        self._run = None

    def follow_queue(self) -> None:
        """Where the queue analyses the open document, show that as its analysis."""
        queue, document = self._bench.queue, self._bench.document
        if queue.running is not None and document is not None and queue.running.session == document.session:
            self._run = queue.run
            self.set_state(AnalysisState("running", queue.running.progress))

    def set_state(self, state: AnalysisState) -> None:
        """Say how far the analysis is."""
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    def _progressed(self, progress: Any) -> None:
        if self._run is not None and self._run == self._bench.engine.run and self._state.phase != "stopping":
            self.set_state(AnalysisState("running", progress))

    def _finished(self) -> None:
        if not self._take_end():
            return
        bench = self._bench
        if bench.document is not None and not bench.document.session.exists():
            self.set_state(AnalysisState())
            bench.report(
                self.tr("The results are gone"),
                self.tr("{0} was deleted while the video was analysed; analyse it again").format(
                    bench.document.session
                ),
            )
            return
        self.set_state(AnalysisState("done"))
        bench.follow_results()

    def _stopped(self) -> None:
        if self._take_end():
            self._rest()

    def _failed(self, failure: "Failure") -> None:
        if self._take_end():
            self._rest()
        elif failure.during in ("analyse", "explain") and not self._is_open(failure.session):
            return  # nobody waits for it any more
        if failure.kind == "crash":
            title = self.tr("The analysis engine stopped")
        else:
            title = {
                "analyse": self.tr("The analysis cannot go on"),
                "explain": self.tr("The model gave no answer"),
                "curate": self.tr("The looks were not changed"),
            }.get(failure.during or "", self.tr("The model cannot be loaded"))
        self._bench.report(title, failure.message, detail=failure.detail)

    def _take_end(self) -> bool:
        """Whether it was the open document's analysis that has just ended."""
        if self._run is None or self._bench.engine.goes_on(self._run):
            return False
        self._run = None
        return True

    def _rest(self) -> None:
        self.set_state(resting_state(self._bench.state.snapshot))
        self._bench.follow_results()

    def _is_open(self, session: Path | None) -> bool:
        document = self._bench.document
        return session is None or (document is not None and session == document.session)
