"""What coders say of the open video: shown at once, written in the background, taken back if that fails."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tpviewer.core.annotations import WHOLE_FACE, Annotation, Change
from tpviewer.core.judgements import Judgement, Making
from tpviewer.store.session import Session
from tpviewer.store.snapshot import ResultSet, Snapshot
from tpviewer.ui import review_store as store
from tpviewer.ui.review_clock import WorkClock
from tpviewer.ui.review_file import ReviewFile
from tpviewer.ui.review_flags import ReviewFlags, claim_of
from tpviewer.ui.review_guide import ReviewGuide, is_covered
from tpviewer.ui.review_queue import ReviewItem
from tpviewer.ui.review_store import NextKind, Reviewed
from tpviewer.ui.settings import Settings
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.workers.task import TaskRunner


class ReviewState(QObject):
    """Judgements of the open session, the reviewer, and what waits to be looked at.

    Attributes
    ----------
    clock : WorkClock
    guide : ReviewGuide
        What the reviewer is led through.
    tasks : TaskRunner
        Reads and writes.

    Parameters
    ----------
    settings : Settings
        Keep the reviewer's name.
    state : ViewerState
    parent : QObject, optional

    Signals
    -------
    changed()
        Judgements, what was looked through, the queue, the reviewer, or what can be undone.
    selected_changed(str)
        Key of the selected annotation, empty for none.
    blind_changed(bool)
    failed(object)
        The error for which a change was not written; what is shown is what the session holds.
    """

    changed = Signal()
    selected_changed = Signal(str)
    blind_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, settings: Settings, state: ViewerState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._state = settings, state
        self._held = Reviewed()
        self._known = False  # what the file holds has been read once
        self._shown: tuple[Judgement, ...] = ()
        self._mine_of: tuple[tuple[Judgement, ...], str] = ((), "")
        self._mine: tuple[Judgement, ...] = ()
        self._annotations: tuple[Annotation, ...] = ()
        self._selected = ""
        self._hidden_from: frozenset[str] = frozenset()
        self._flags = ReviewFlags()
        self._file = ReviewFile(lambda: self.reviewer, self)
        self.tasks: TaskRunner = self._file.tasks
        self.clock = WorkClock(self)
        self.guide = ReviewGuide(state, self.tasks, self)
        self._file.read.connect(self._take)
        self._file.failed.connect(self.failed)
        self.guide.changed.connect(self.changed)
        self.guide.failed.connect(self.failed)
        state.playhead_changed.connect(self._playhead_changed)
        state.au_changed.connect(self._au_changed)
        settings.changed.connect(self._setting_changed)

    @property
    def reviewer(self) -> str:
        """Who reviews; never empty."""
        return self._settings.author or self.tr("Reviewer")

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Of all reviewers in order of start; while blind only one's own."""
        return self.mine if self.blind else self._shown

    @property
    def mine(self) -> tuple[Judgement, ...]:
        """Judgements of the present reviewer."""
        self._keep_mine()
        return self._mine

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """What the present reviewer's judgements say."""
        self._keep_mine()
        return self._annotations

    def _keep_mine(self) -> None:
        """Look for one's own once, for they are asked for at every frame."""
        wanted = (self._shown, self.reviewer)
        if self._mine_of[0] is not wanted[0] or self._mine_of[1] != wanted[1]:
            self._mine_of = wanted
            self._mine = tuple(one for one in self._shown if one.reviewer == self.reviewer)
            self._annotations = tuple(one.annotation for one in self._mine)

    @property
    def blind(self) -> bool:
        """True while the machine is hidden."""
        return self._state.blind

    @property
    def committed(self) -> bool:
        """The present reviewer has ended blind coding of this video."""
        return self._held.committed

    @property
    def can_review(self) -> bool:
        """There is an analysed video whose session takes judgements, and those that it has are known."""
        return self._known and self._file.path is not None and self._state.machine is not None

    def next_step(self, redo: bool) -> NextKind:
        """What undo, or redo, would take next, as far as the file has told."""
        return self._held.redo if redo else self._held.undo

    @property
    def done(self) -> tuple[tuple[int, int], ...]:
        """Half-open ranges of frames that the present reviewer has looked through."""
        return self._held.done

    @property
    def saving(self) -> bool:
        """True while a change is on its way to the file."""
        return self._file.saving

    @property
    def queue(self) -> tuple[ReviewItem, ...]:
        """What is to be looked at, the most doubtful first; stretches in order of time while blind."""
        return self.guide.items

    def is_done(self, item: ReviewItem) -> bool:
        """Whether the present reviewer has looked through all of an item."""
        return is_covered(item, self.done)

    def item_at(self, frame: int) -> ReviewItem | None:
        """Stage, or stretch while blind, that a frame belongs to."""
        return self.guide.item_at(frame)

    @property
    def selected(self) -> str:
        """Key of the selected annotation, empty for none."""
        return self._selected

    @property
    def selection(self) -> Annotation | None:
        """The selected annotation where it is the present reviewer's."""
        return next((one for one in self.annotations if one.key == self._selected), None)

    @property
    def flagged(self) -> frozenset[str]:
        """Keys of judgements that the machine's result has changed under; none while blind."""
        return self._flags.keys(self._shown, None if self.blind else self._results())

    def select(self, key: str) -> None:
        """Select an annotation and its Action Unit, or none with an empty text."""
        one = next((j.annotation for j in self.judgements if j.annotation.key == key), None)
        if one is not None and one.au != WHOLE_FACE:
            self._state.set_au(one.au)
        self._set_selected(key if one is not None else "")

    def edit(self, changes: Sequence[Change], kind: str, done: tuple[int, int] | None = None) -> None:
        """Make some changes of the present reviewer's judgements, and mark a range as looked through."""
        if self._file.path is None or not (changes or done):
            return
        seconds, reviewer = self.clock.take(), self.reviewer
        results = self._results()
        claims = {c.after.key: claim_of(c.after, results) for c in changes if c.after is not None}
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        making = Making(reviewer, made_at, seconds, self.blind, claims, "")
        self._shown = store.edited(self._shown, changes, making)  # what the file will hold
        if done is not None:
            self._held = replace(self._held, done=(*self._held.done, done))
        self._file.write(store.change(reviewer, changes, kind, seconds, self.blind, claims, done))
        self.changed.emit()

    def set_reviewer(self, name: str) -> None:
        """Review under another name."""
        if name.strip() and name.strip() != self.reviewer:
            self._settings.author = name

    def set_blind(self, blind: bool) -> None:
        """Hide the machine from the present reviewer until `commit`; not after it."""
        if blind and self.can_review and not self.committed and not self.blind:
            self._hidden_from |= {self.reviewer}
            self._file.write(store.set_blind(self.reviewer, True))
            self._go_blind(True)

    def commit(self) -> None:
        """End blind coding: the machine is shown, and what is judged from now on is not blind."""
        if self.blind:
            then = partial(self._committed, self.reviewer)
            self._file.write(store.commit(self.reviewer, self.clock.take()), then)

    def undo(self, redo: bool, then: Callable[[NextKind], None]) -> None:
        """Take the last change of judgements back, or make it again.

        Parameters
        ----------
        redo : bool
        then : callable
            Gets what came next: a change of looks is left alone, and is for the engine to undo.
        """
        self._file.step_back(redo, then)

    def write(self, work: Callable[[Session], object]) -> None:
        """Do other work on the reviews of the session, such as an import."""
        self._file.write(work)

    def open(self, path: Path | None) -> None:
        """Speak of another session, or of none."""
        self._file.open(path)
        self._known, self._held, self._shown = False, Reviewed(), ()
        self.guide.clear()
        self._set_selected("")
        self._hidden_from = frozenset()
        self._go_blind(False)
        self.clock.restart()
        self.follow()
        self.changed.emit()

    def take_blindness(self, snapshot: Snapshot) -> None:
        """Hide the first snapshot of a session, before it is shown, from a reviewer who is blind."""
        self._hidden_from = frozenset(snapshot.blind)
        self._follow_blindness()

    def follow(self) -> None:
        """Read what the session holds of reviews now."""
        self._file.follow()

    def close(self) -> None:
        """Write what waits and end."""
        self._file.close()

    def _take(self, held: Reviewed) -> None:
        self._known, self._held, self._shown = True, held, held.judgements
        if self._selected and all(one.annotation.key != self._selected for one in self._shown):
            self._set_selected("")
        self.changed.emit()

    def _results(self) -> ResultSet | None:
        machine = self._state.machine
        return machine.shown(self._state.profile) if machine is not None else None

    def _go_blind(self, blind: bool) -> None:
        if blind != self._state.blind:
            self._state.set_blind(blind)
            self._set_selected("")
            self.blind_changed.emit(blind)
            self.changed.emit()

    def _follow_blindness(self) -> None:
        self._go_blind(self.reviewer in self._hidden_from)

    def _committed(self, reviewer: str) -> None:
        self._hidden_from -= {reviewer}
        self._follow_blindness()

    def _setting_changed(self, name: str) -> None:
        if name == "author":
            self._set_selected("")
            self._follow_blindness()
            self._held = Reviewed(judgements=self._held.judgements, reviewers=self._held.reviewers)
            self.follow()
            self.changed.emit()

    def _playhead_changed(self, frame: int) -> None:
        if not self._state.playing:
            self.clock.touch()
        one = self.selection
        if one is not None and not one.start <= frame < one.stop:
            self._set_selected("")

    def _au_changed(self, au: str) -> None:
        self.clock.touch()
        one = self.selection
        if one is not None and one.au != au:
            self._set_selected("")

    def _set_selected(self, key: str) -> None:
        if key != self._selected:
            self._selected = key
            self.selected_changed.emit(key)
