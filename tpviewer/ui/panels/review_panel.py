"""The review: who, what is next in doubt, and what is judged of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tpviewer.core.action_units import ACTION_UNITS
from tpviewer.core.annotations import Annotation
from tpviewer.ui import theme
from tpviewer.ui.actions import Actions
from tpviewer.ui.panels.review_fields import ActionButton, JudgementFields, LeavingEdit
from tpviewer.ui.panels.review_head import ReviewHead
from tpviewer.ui.panels.review_rows import review_rows
from tpviewer.ui.panels.review_table import ReviewTable
from tpviewer.ui.review_queue import ReviewItem
from tpviewer.ui.review_state import ReviewState
from tpviewer.ui.review_words import doubt_words, lane_words, range_words
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import WARNING_SIGN


class ReviewPanel(QWidget):
    """Leads through the video and shows what the present reviewer says of it.

    Parameters
    ----------
    state : ViewerState
    review : ReviewState
    actions : Actions
        What its buttons do.
    parent : QWidget, optional

    Signals
    -------
    reviewer_asked(str)
    au_asked(str)
        An Action Unit that the machine missed, as typed.
    keep_asked(), look_again_asked()
        What to do with a judgement that the machine's result has changed under.
    """

    reviewer_asked = Signal(str)
    au_asked = Signal(str)
    keep_asked = Signal()
    look_again_asked = Signal()

    def __init__(
        self, state: ViewerState, review: ReviewState, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._review, self._actions = state, review, actions
        self.head = ReviewHead(review, actions, self)
        self.title, self.reasons = QLabel(self), QLabel(self)
        self.table = ReviewTable(self)
        self.about = QLabel(self)
        self.fields = JudgementFields(actions, self)
        self.changed = QFrame(self)
        self.keep, self.look_again = QPushButton(self.tr("Keep")), QPushButton(self.tr("Look again"))
        self.add = LeavingEdit(self)
        self._build()
        self._connect()
        self._name_parts()
        self.refresh()

    def _build(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.head)
        column.addLayout(self._what())
        column.addWidget(self.table, 1)
        column.addWidget(self._changed_card())
        column.addWidget(self.about)
        column.addWidget(self.fields)
        column.addLayout(self._more())
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self._on_line())

    def _what(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE // 2)
        self.title.setProperty("role", "title")
        self.reasons.setProperty("role", "muted")
        for label in (self.title, self.reasons):
            label.setFont(theme.tabular(label.font()))
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(label)
        return column

    def _changed_card(self) -> QFrame:
        words = QLabel(f"{WARNING_SIGN} " + self.tr("Result changed since this was judged"), self.changed)
        words.setProperty("role", "warning")
        words.setWordWrap(True)
        self.changed.setProperty("role", "card")
        layout = QHBoxLayout(self.changed)
        layout.setContentsMargins(theme.SPACE, theme.SPACE // 2, theme.SPACE // 2, theme.SPACE // 2)
        layout.addWidget(words, 1)
        for button, tip in (
            (self.keep, self.tr("The judgement stands for the new result too")),
            (self.look_again, self.tr("Go to where the judgement begins, and loop it")),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            theme.name_for_readers(button, button.text(), tip)
            layout.addWidget(button)
        return self.changed

    def _more(self) -> QVBoxLayout:
        self.about.setProperty("role", "muted")
        self.about.setFont(theme.tabular())
        labels = [f"{unit.label} {unit.name}" for unit in ACTION_UNITS]
        completer = QCompleter(labels, self.add)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.add.setCompleter(completer)
        self.add.setPlaceholderText(self.tr("Add an Action Unit: number or name (E)"))
        face, column = _row(), QVBoxLayout()
        for name, text in (
            ("speech", self.tr("Speech")),
            ("face_out", self.tr("Face out")),
            ("remove_judgement", self.tr("Remove")),
        ):
            face.addWidget(ActionButton(self._actions[name], text, self), 1)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.add)
        column.addLayout(face)
        return column

    def _on_line(self) -> QWidget:
        """What leads on stays in sight below everything that scrolls."""
        line = QWidget(self)
        column = QVBoxLayout(line)
        column.setContentsMargins(theme.SPACE, theme.SPACE // 2, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.SPACE // 2)
        first, second = _row(), _row()
        self.accept_stage = ActionButton(self._actions["accept_stage"], "", line)
        self.accept_stage.setProperty("primary", "true")
        first.addWidget(self.accept_stage, 1)
        first.addWidget(ActionButton(self._actions["done_stage"], self.tr("Only looked through"), line), 1)
        second.addWidget(ActionButton(self._actions["previous_doubt"], self.tr("◀ Previous"), line), 1)
        second.addWidget(ActionButton(self._actions["next_doubt"], self.tr("Next in doubt ▶"), line), 1)
        column.addLayout(first)
        column.addLayout(second)
        return line

    def _connect(self) -> None:
        review, state = self._review, self._state
        for signal in (review.changed, review.selected_changed, state.au_changed, state.document_changed):
            signal.connect(self.refresh)
        state.playhead_changed.connect(self._playhead_changed)
        self.head.reviewer_asked.connect(self.reviewer_asked)
        self.add.returnPressed.connect(self._ask_au)
        self.keep.clicked.connect(self.keep_asked)
        self.look_again.clicked.connect(self.look_again_asked)
        self.table.chosen.connect(self._choose)

    def _ask_au(self) -> None:
        text = self.add.text()
        self.add.clear()
        self.au_asked.emit(text)

    def _choose(self, au: str, key: str) -> None:
        if key:
            self._review.select(key)
        else:
            self._review.select("")
            self._state.set_au(au)

    def focus_note(self) -> None:
        """Let a note be written."""
        self.fields.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_add(self) -> None:
        """Let an Action Unit be added."""
        self.add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shown_judgement(self) -> Annotation | None:
        """The judgement that the fields show: the selected one, or that of the chosen Action Unit here."""
        review, state = self._review, self._state
        if review.selection is not None or not state.au:
            return review.selection
        here = (one for one in review.annotations if one.start <= state.playhead < one.stop)
        return next((one for one in here if one.au == state.au), None)

    def _name_parts(self) -> None:
        """Controls say what the video is divided into: stages, or stretches while blind."""
        blind = self._review.blind
        self.accept_stage.say(self.tr("Accept stretch") if blind else self.tr("Accept stage"))
        over_stretch = self.tr("Number or name, then Enter: it is judged present over this stretch")
        over_stage = self.tr("Number or name, then Enter: it is judged present over this stage")
        missed = self.tr("Add an Action Unit that the machine missed")
        name = self.tr("Add an Action Unit") if blind else missed
        theme.name_for_readers(self.add, name, over_stretch if blind else over_stage)

    def refresh(self) -> None:
        """Show everything anew."""
        if not self.isVisible():
            return
        self.head.refresh()
        self._name_parts()
        self._show_item()

    def _playhead_changed(self) -> None:
        if self.isVisible():
            self._show_item()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def _show_item(self) -> None:
        review, state = self._review, self._state
        item = review.item_at(state.playhead)
        one = self.shown_judgement()
        self._set(self.title, self._title(item))
        self._set(self.reasons, self._reasons(item))
        columns = state.results.columns if state.results is not None else ()
        modelled = (*(state.snapshot.aus if state.snapshot else ()), *columns)
        rows = review_rows(item, review.annotations, review.flagged, modelled)
        self.table.show_rows(rows, review.blind, state.au, one.key if one is not None else "")
        self.fields.show_judgement(one, state.n_frames)
        self._set(self.about, self._about(one))
        self.changed.setVisible(one is not None and one.key in review.flagged)

    def _title(self, item: ReviewItem | None) -> str:
        if item is None:
            nothing = self.tr("No face was seen here: nothing to judge")
            return nothing if self._review.queue else self.tr("Analyse a video to review it")
        seconds = self._state.time_of(item.stop) - self._state.time_of(item.start)
        words = self.tr("Stretch {0}") if self._review.blind else self.tr("Stage {0}")
        done = " · " + self.tr("looked through ✓") if self._review.is_done(item) else ""
        number, frames = words.format(item.number + 1), range_words(item.start, item.stop)
        return f"{number} · {frames} · {seconds:.2f} s{done}"

    def _reasons(self, item: ReviewItem | None) -> str:
        if item is None:
            return ""
        if self._review.blind:
            return self.tr("The machine is hidden.")
        reasons = (doubt_words(reason, item) for reason in item.reasons)
        lines = [words[:1].upper() + words[1:] for words in reasons]
        return "\n".join(lines) or self.tr("Nothing speaks against this stage.")

    def _about(self, one: Annotation | None) -> str:
        if one is not None:
            return f"{lane_words(one)} · {range_words(one.start, one.stop)}"
        au = self._state.au
        if au:
            return self.tr("{0} · no judgement here yet").format(au)
        if self._review.blind:
            return self.tr("All Action Units of this stretch")
        return self.tr("All Action Units of this stage")

    def _set(self, label: QLabel, text: str) -> None:
        if text != label.text():
            label.setText(text)


def _row() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE // 2)
    return row
