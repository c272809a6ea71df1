"""What the window works with: the open document, its workers, and where their answers go."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tpviewer.core.errors import TPViewerError
from tpviewer.media.video_info import VideoInfo
from tpviewer.store.snapshot import Snapshot
from tpviewer.ui.analysis_run import AnalysisRun
from tpviewer.ui.analysis_state import AnalysisState, resting_state
from tpviewer.ui.document import Document, can_show, known_session_of
from tpviewer.ui.export_run import ExportRun
from tpviewer.ui.interval_marks import IntervalMarks
from tpviewer.ui.language import tr_problem
from tpviewer.ui.problem import Problem
from tpviewer.ui.pseudonyms import pseudonymised
from tpviewer.ui.queue import AnalysisQueue, Plan
from tpviewer.ui.queue_plan import plan_of
from tpviewer.ui.recent import FileState, RecentFiles
from tpviewer.ui.review_state import ReviewState
from tpviewer.ui.session_view import restore_view
from tpviewer.ui.settings import Settings
from tpviewer.ui.setup import Setup, as_analysed
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
    from tpviewer.workers.messages import EngineState


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
    noted_to_stay(str)
        The same, and it stays until the next note or until it is put away: nobody may be looking.
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
    noted_to_stay = Signal(str)
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
        kept = spare_folder / "queue.json"
        self.queue = AnalysisQueue(self.engine, self.errands, self._queue_plan, kept, self)
        self.camera = CameraDriver(self)
        self.sound = SoundOutput(parent=self)
        self.sound.set_muted(settings.mute)
        self.playback = Playback(self.state, self.sound, parent=self)
        self._document: Document | None = None
        self._setup = Setup()
        self.run = AnalysisRun(self)
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
        self.engine.told.connect(self.noted)
        self.noted_to_stay.connect(self.noted)
        self.engine.committed.connect(self.follow_results)
        self.engine.curated.connect(self.follow_results)
        self.run.changed.connect(self.analysis_changed)

    @property
    def document(self) -> Document | None:
        """What is open."""
        return self._document

    @property
    def analysis(self) -> AnalysisState:
        """How far its analysis is."""
        return self.run.state

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
        self.run.leave()
        self.frames.clear()  # first: going to frame 0 must not bring the old video's
        self.results.close_session()
        self.tiles.cancel()
        self.state.open(None)
        self.review.open(document.session if document is not None else None)
        self.state.set_overlay(replace(self.state.overlay, x=self.settings.top_x))
        self.run.set_state(AnalysisState())
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

    def _queue_plan(self, path: Path, again: bool) -> Callable[[], Plan]:
        settings = self.settings
        how = settings.model, settings.keep_crops, settings.keep
        return partial(plan_of, path, again, self.spare_folder, *how)

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
        message = tr_problem(self.pseudonymised(str(error)))
        self.problem.emit(Problem(title, message, tuple(ways), self.pseudonymised(detail)))

    def pseudonymised(self, text: str) -> str:
        """Put pseudonyms in place of the paths of sessions and videos."""
        of_open = self._document.pseudonyms() if self._document is not None else {}
        return pseudonymised(text, self.shelf.pseudonyms() | of_open)

    def close(self) -> None:
        """Stop everything and end all threads; what was analysed is kept. Again does nothing."""
        if self._closed:
            return
        self._closed = True
        for source in (self.camera, self.playback, self.engine, self.review):
            source.close()
        for tasks in (self.tasks, self.checks, self.exports, self.errands, self.cards):
            tasks.close()
        for worker in (self.frames, self.results, self.maps, self.tiles):
            worker.close()
        self.settings.sync()

    def show_without_video(self) -> None:
        """Take the pictures away from results that do not belong to them."""
        if self._document is not None:
            self.set_document(replace(self._document, video=None, changed=True))

    def _belong_together(self, info: VideoInfo, snapshot: Snapshot) -> bool:
        """Look whether results can be of the open video: no patient is shown with another one's results."""
        if can_show(info, snapshot.video):
            return True
        self.show_without_video()
        return False

    def _video_opened(self, info: VideoInfo) -> None:
        snapshot = self.state.snapshot
        if snapshot is not None and not self._belong_together(info, snapshot):
            return
        if snapshot is None:
            self.state.open(info)
            self.recent.add(info.path, "video")
        else:
            self.state.set_video(info)
        for warning in info.warnings:
            self.noted.emit(warning)
        self.frames.request(self.state.playhead)

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
            self.set_setup(as_analysed(self._setup, snapshot))
            restore_view(self.state, snapshot.view)
        if not self.analysis.active:
            self.run.set_state(resting_state(snapshot))
            self._remember(snapshot)
        if first or not self.analysis.active:
            self.review.follow()

    def _remember(self, snapshot: Snapshot) -> None:
        if self._document is not None:
            held: FileState = "analysed" if snapshot.complete else "unfinished"
            self.recent.add(self._document.video or self._document.session, held)

    def _review_failed(self, error: Exception) -> None:
        self.report(self.tr("The judgements were not saved or read"), error)

    def _results_failed(self, message: str) -> None:
        self.report(self.tr("The results cannot be read"), message)

    @property
    def engine_state(self) -> "EngineState":
        """State of the analysis engine."""
        return self.engine.state
