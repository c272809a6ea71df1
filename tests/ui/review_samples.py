"""Judgements without a session: a review that lives in memory."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from tpviewer.core.annotations import Annotation, Change, applied, placed
from tpviewer.core.judgements import Judgement
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.workers.task import TaskRunner

ME, OTHER = "Anna", "Ben"


def judged(annotation: Annotation, reviewer: str = ME, source: str = "", blind: bool = False) -> Judgement:
    return Judgement(annotation, reviewer, "2026-01-02T03:04:05+00:00", 1.0, blind, "", source)


@dataclass
class Log:
    placed: list[Annotation] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


class MemoryReview(QObject):
    """What `ReviewState` offers to views."""

    changed = Signal()
    selected_changed = Signal(str)
    blind_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, state: ViewerState, judgements: tuple[Judgement, ...] = ()) -> None:
        super().__init__()
        self.state, self.reviewer = state, ME
        self.every = judgements
        self.blind = False
        self.selected = ""
        self.flagged: frozenset[str] = frozenset()
        self.tasks = TaskRunner(self)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        shown = [one for one in self.every if one.reviewer == self.reviewer or not self.blind]
        return tuple(sorted(shown, key=lambda one: one.annotation.start))

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        return tuple(one.annotation for one in self.judgements if one.reviewer == self.reviewer)

    @property
    def selection(self) -> Annotation | None:
        return next((one for one in self.annotations if one.key == self.selected), None)

    def select(self, key: str) -> None:
        found = next((one.annotation for one in self.judgements if one.annotation.key == key), None)
        if found is not None and found.au:
            self.state.set_au(found.au)
        self.selected = key
        self.selected_changed.emit(key)

    def place(self, annotation: Annotation) -> None:
        self._change(placed(self.annotations, annotation))

    def remove(self, key: str) -> None:
        self._change([Change(one, None) for one in self.annotations if one.key == key])

    def _change(self, changes: object) -> None:
        mine = {one.annotation.key: one for one in self.every if one.reviewer == self.reviewer}
        after = applied(self.annotations, changes)  # type: ignore[arg-type]
        others = tuple(one for one in self.every if one.reviewer != self.reviewer)
        kept = (judged(one, source=mine[one.key].source if one.key in mine else "") for one in after)
        self.every = (*kept, *others)
        self.changed.emit()

    def set_blind(self, blind: bool) -> None:
        self.blind = blind
        self.state.set_blind(blind)
        self.blind_changed.emit(blind)
