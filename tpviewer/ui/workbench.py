"""What the window works with: the open document, its workers, and where their answers go."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tpviewer.core.errors import TPViewerError
from tpviewer.media.video_info import VideoInfo
from tpviewer.store.snapshot import Snapshot
from tpviewer.ui.analysis_state import AnalysisState, resting_state
from tpviewer.ui.document import Document, known_session_of
from tpviewer.ui.export_run import ExportRun
from tpviewer.ui.interval_marks import IntervalMarks
from tpviewer.ui.problem import Problem
from tpviewer.ui.queue import AnalysisQueue, Plan
from tpviewer.ui.queue_plan import plan_of
from tpviewer.ui.recent import FileState, RecentFiles
from tpviewer.ui.review_state import ReviewState
from tpviewer.ui.settings import Settings
from tpviewer.ui.shelf import SessionShelf
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.workers.camera_driver import CameraDriver
from tpviewer.workers.card_loader import CardLoader
from tpviewer.workers.engine import EngineDriver
from tpviewer.workers.frame_loader import FrameLoader
from tpviewer.workers.map_loader import MapLoader
from tpviewer.workers.playback import Playback
from tpviewer.workers.results_loader import ResultsLoader
from tpviewer.workers.sound_output import SoundOutput
from tpviewer.workers.task import TaskRunner
from tpviewer.workers.tile_loader import TileLoader, TileRequest

if TYPE_CHECKING:
    from tpviewer.pipeline.params import Params
    from tpviewer.workers.messages import EngineState, Failure


@dataclass(frozen=True)
class Setup:
    """How the open video is analysed; None stands for the default.

    Attributes
    ----------
    model : Path or None
    face : int or None
    aus : tuple of str or None
    thresholds : dict of str to float
    neutral : (int, int) or None
        Half-open range of frames that the user marked as the neutral face.
    """

    model: Path | None = None
    face: int | None = None
    aus: tuple[str, ...] | None = None
    thresholds: dict[str, float] = field(default_factory=dict)
    neutral: tuple[int, int] | None = None


class Workbench(QObject):
    """Owns state and workers; commands act on it, the window shows it.

    Signals
    -------
    document_changed()
    document_opening()
        Before anything of another document is shown.
    analysis_changed(object)
        `AnalysisState`.
    engine_changed(object)
        `EngineState`.
    setup_changed()
    problem(object)
        `Problem`.
    noted(str)
        Something to know that stops nothing.
    told(str)
        Something to know that is shown until it is put away.
    video_missing()
        The session that is open has lost its video, or another one lies in its place.
    renamed()
        The open document has another name to be shown.
    """

    document_changed = Signal()
    document_opening = Signal()
    analysis_changed = Signal(object)
    engine_changed = Signal(object)
    setup_changed = Signal()
    problem = Signal(object)
    noted = Signal(str)
    told = Signal(str)
    video_missing = Signal()
    renamed = Signal()

    def __init__(
        self,
        settings: Settings,
        spare_folder: Path,
        engine: EngineDriver | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.spare_folder = spare_folder
        self.recent = RecentFiles(settings, self)
        self.state = ViewerState(self)
        self.review = ReviewState(settings, self.state, self)
        self.marks = IntervalMarks(self.state, self)
        self.frames = FrameLoader(self)
        self.results = ResultsLoader(self)
        self.maps = MapLoader(self)
        self.tiles = TileLoader(self)
        self.tasks = TaskRunner(self)
        self.checks = TaskRunner(self)  # hashing may take minutes, in which the next file is to open
        self.exports = ExportRun(self)
        self.errands = TaskRunner(self)  # looks at files that nobody waits for, on disks that may be slow
        self.shelf = SessionShelf(settings, self.recent, self)
        self.cards = CardLoader(partial(known_session_of, spare_folder=spare_folder), self)
        self.engine = engine or EngineDriver()
        self.engine.setParent(self)
        queue_file = spare_folder / "queue.json"
        self.queue = AnalysisQueue(self.engine, self.errands, self._queue_plan, queue_file, self)
        self.camera = CameraDriver(self)
        self.sound = SoundOutput(parent=self)
        self.sound.set_muted(settings.mute)
        self.playback = Playback(self.state, self.sound, parent=self)
        self._document: Document | None = None
        self._analysis = AnalysisState()
        self._setup = Setup()
        self._run: int | None = None
        self._closed = False
        self._connect()

    def _connect(self) -> None:
        self.state.playhead_changed.connect(self.frames.request)
        self.frames.opened.connect(self._video_opened)
        self.frames.failed.connect(self._video_failed)
        self.results.loaded.connect(self._results_loaded)
        self.results.failed.connect(self._results_failed)
        self.review.failed.connect(self._review_failed)
        self.engine.state_changed.connect(self.engine_changed)
        self.engine.progressed.connect(self._progressed)
        self.engine.told.connect(self.noted)
        self.engine.committed.connect(self.follow_results)
        self.engine.finished.connect(self._analysis_finished)
        self.engine.stopped.connect(self._analysis_stopped)
        self.engine.curated.connect(self.follow_results)
        self.engine.failed.connect(self._engine_failed)

    @property
    def document(self) -> Document | None:
        """What is open."""
        return self._document

    @property
    def analysis(self) -> AnalysisState:
        """How far its analysis is."""
        return self._analysis

    @property
    def setup(self) -> Setup:
        """How it is analysed."""
        return self._setup

    def set_document(self, document: Document | None) -> None:
        """Show another document; its first picture comes before anything else is known."""
        if self._closed:
            return
        if document is not None:
            self.document_opening.emit()
        self._document = document
        self._setup = Setup(model=self.settings.model)
        self._run = None  # an analysis that still runs belongs to what was open before
        self.frames.clear()  # first: going to frame 0 must not bring the old video's
        self.results.close_session()
        self.tiles.cancel()
        self.state.open(None)
        self.review.open(document.session if document is not None else None)
        self.state.set_overlay(replace(self.state.overlay, x=self.settings.top_x))
        self.set_analysis(AnalysisState())
        if document is not None:
            self._load(document)
        self.document_changed.emit()
        self.setup_changed.emit()
        if document is not None and document.video is None:
            self.video_missing.emit()

    def with_video(self, request: TileRequest) -> TileRequest:
        """Add where the video lies to a request for pictures of stages."""
        return replace(request, video=self._document.video if self._document else None)

    def _load(self, document: Document) -> None:
        stored = document.session if document.session.exists() else None
        if document.video is not None:
            self.frames.open(document.video, stored)
        else:
            self.frames.open_maps(document.session)
        if stored is not None:
            self.results.open(stored)

    def begin_analysis(self, document: Document, params: "Params") -> None:
        """Analyse the open document; what the engine says of any other analysis is left alone."""
        assert document.video is not None
        self.queue.give_way()
        self.set_analysis(AnalysisState("starting"))
        self._run = self.engine.analyse(document.video, document.session, params, self._setup.model)

    def follow_queue(self) -> None:
        """Where the queue analyses the open document, show that as its analysis."""
        running, document = self.queue.running, self._document
        if running is not None and document is not None and running.session == document.session:
            self._run = self.queue.run
            self.set_analysis(AnalysisState("running", running.progress))

    @property
    def analysed_by_queue(self) -> bool:
        """True where the analysis of the open document is the queue's, which goes on when it is left."""
        return self._run is not None and self._run == self.queue.run

    def _queue_plan(self, path: Path, again: bool) -> Callable[[], Plan]:
        settings = self.settings
        return partial(plan_of, path, again, self.spare_folder, settings.model, settings.keep_crops)

    def rename(self, session: Path, pseudonym: str) -> None:
        """Show a session under another pseudonym."""
        if self._document is not None and self._document.session == session:
            self._document = replace(self._document, pseudonym=pseudonym)
            self.renamed.emit()

    def set_setup(self, setup: Setup) -> None:
        """Analyse the open video in another way from now on."""
        if setup != self._setup:
            self._setup = setup
            self.state.set_neutral(setup.neutral)
            self.setup_changed.emit()

    def set_analysis(self, analysis: AnalysisState) -> None:
        """Say how far the analysis is."""
        if analysis != self._analysis:
            self._analysis = analysis
            self.analysis_changed.emit(analysis)

    def follow_results(self) -> None:
        """Read what is new in the session of the open document."""
        if self._document is None or not self._document.session.exists():
            return
        self.results.open(self._document.session)
        self.results.refresh()
        self.frames.set_session(self._document.session)

    def report(self, title: str, error: Exception | str, *ways: tuple[str, Any], detail: str = "") -> None:
        """Show a problem in the window."""
        if not isinstance(error, TPViewerError | str | OSError):
            raise error
        self.problem.emit(Problem(title, str(error), tuple(ways), detail))

    def close(self) -> None:
        """Stop everything and end all threads; what was analysed is kept. Again does nothing."""
        if self._closed:
            return
        self._closed = True
        self.camera.close()
        self.playback.close()
        self.engine.close()
        self.review.close()
        self.tasks.close()
        self.checks.close()
        self.exports.close()
        self.errands.close()
        self.cards.close()
        for worker in (self.frames, self.results, self.maps, self.tiles):
            worker.close()
        self.settings.sync()

    def show_without_video(self) -> None:
        """Take the pictures away from results that do not belong to them."""
        if self._document is not None:
            self.set_document(replace(self._document, video=None, changed=True))

    def _belong_together(self, info: VideoInfo, snapshot: Snapshot) -> bool:
        """Look whether results can be of the open video; whether they are, its hash says later.

        Pictures of one patient are never shown with the results of another.
        """
        record = snapshot.video
        same = (info.width, info.height) == (record.width, record.height)
        if same and record.frames <= info.n_frames:
            return True
        self.show_without_video()
        return False

    def _video_opened(self, info: VideoInfo) -> None:
        snapshot = self.state.snapshot
        if snapshot is not None and not self._belong_together(info, snapshot):
            return
        if snapshot is None:
            self.state.open(info)
        else:
            self.state.set_video(info)
        for warning in info.warnings:
            self.noted.emit(warning)
        self.frames.request(self.state.playhead)
        if snapshot is None:
            self.recent.add(info.path, "video")

    def _video_failed(self, problem: TPViewerError | str) -> None:
        if self.state.video is not None:
            self.report(self.tr("The video cannot be read on"), problem)
            return
        self.report(self.tr("This file cannot be shown"), problem)
        if self._document is not None and not self._document.session.exists():
            self.set_document(None)

    def _results_loaded(self, snapshot: Snapshot) -> None:
        first, video = self.state.snapshot is None, self.state.video
        if first and video is not None and not self._belong_together(video, snapshot):
            return
        if first:
            self.review.take_blindness(snapshot)
        if first and video is None:
            self.state.open(None, snapshot)
        else:
            self.state.set_snapshot(snapshot)
        if first:
            self._restore(snapshot)
        if not self._analysis.active:
            self.set_analysis(resting_state(snapshot))
            self._remember(snapshot)
        if first or not self._analysis.active:
            self.review.follow()

    def _remember(self, snapshot: Snapshot) -> None:
        if self._document is not None:
            held: FileState = "analysed" if snapshot.complete else "unfinished"
            self.recent.add(self._document.video or self._document.session, held)

    def _restore(self, snapshot: Snapshot) -> None:
        """Go on as the session was left: setup, playhead, X and selection."""
        used = snapshot.provenance["parameters"]
        aus, neutral = used.get("aus"), used.get("neutral")
        self.set_setup(
            replace(
                self._setup,
                face=used["face"],
                thresholds=dict(used["thresholds"]),
                aus=tuple(aus) if aus is not None else None,
                neutral=(neutral[0], neutral[1]) if neutral is not None else None,
            )
        )
        view = snapshot.view  # of an analysis that was begun just now there is none, and nothing moves
        if "top_x" in view:
            self.state.set_overlay(replace(self.state.overlay, x=float(view["top_x"])))
        if "playhead" in view:
            self.state.set_playhead(int(view["playhead"]))
        if view.get("au") in self.state.au_order():
            self.state.set_au(str(view["au"]))

    def _review_failed(self, error: Exception) -> None:
        self.report(self.tr("The judgements were not saved or read"), error)

    def _results_failed(self, message: str) -> None:
        self.report(self.tr("The results cannot be read"), message)

    def _progressed(self, progress: Any) -> None:
        if self._run is not None and self._run == self.engine.run and self._analysis.phase != "stopping":
            self.set_analysis(AnalysisState("running", progress))

    def _analysis_finished(self) -> None:
        if not self._take_end():
            return
        if self._document is not None and not self._document.session.exists():
            self.set_analysis(AnalysisState())
            self.report(
                self.tr("The results are gone"),
                self.tr("{0} was deleted while the video was analysed; analyse it again").format(
                    self._document.session
                ),
            )
            return
        self.set_analysis(AnalysisState("done"))
        self.follow_results()

    def _analysis_stopped(self) -> None:
        if self._take_end():
            self._rest()

    def _take_end(self) -> bool:
        """Whether it was the open document's analysis that has just ended."""
        if self._run is None or self.engine.goes_on(self._run):
            return False
        self._run = None
        return True

    def _rest(self) -> None:
        self.set_analysis(resting_state(self.state.snapshot))
        self.follow_results()

    def _engine_failed(self, failure: "Failure") -> None:
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
        self.report(title, failure.message, detail=failure.detail)

    def _is_open(self, session: Path | None) -> bool:
        return session is None or (self._document is not None and session == self._document.session)

    @property
    def engine_state(self) -> "EngineState":
        """State of the analysis engine."""
        return self.engine.state
