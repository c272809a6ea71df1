"""Who reviews, whether the machine is hidden, and how far the reviewer has come."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from tpviewer.ui import theme
from tpviewer.ui.actions import Actions
from tpviewer.ui.panels.review_fields import ActionButton, LeavingEdit
from tpviewer.ui.review_state import ReviewState


class ReviewHead(QWidget):
    """The upper end of the review.

    Parameters
    ----------
    review : ReviewState
    actions : Actions
        What its controls do.
    parent : QWidget, optional

    Signals
    -------
    reviewer_asked(str)
    """

    reviewer_asked = Signal(str)

    def __init__(self, review: ReviewState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review, self._actions = review, actions
        self.reviewer = LeavingEdit(self)
        self.blind = QCheckBox(self.tr("Hide the machine until I commit"), self)
        self.commit = ActionButton(actions["commit"], self.tr("Commit …"), self)
        self.seen_before = QLabel(self)
        self.progress, self.bar = QLabel(self), QProgressBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addLayout(self._who())
        column.addLayout(self._how_far())
        self.reviewer.entered.connect(self.reviewer_asked)
        self.blind.clicked.connect(self._ask_blind)

    def refresh(self) -> None:
        """Show everything anew."""
        self._show_who()
        self._show_progress()

    def _who(self) -> QVBoxLayout:
        label = QLabel(self.tr("Reviewer"), self)
        label.setProperty("role", "muted")
        label.setBuddy(self.reviewer)
        theme.name_for_readers(
            self.reviewer, self.tr("Reviewer"), self.tr("Judgements are signed with this name")
        )
        self.blind.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.name_for_readers(
            self.blind,
            self.tr("Hide the machine until I commit"),
            self.tr("Nothing of what the machine says is shown until you commit; remembered for this video"),
        )
        self.commit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE // 2)
        for one, stretch, other, more in ((label, 0, self.reviewer, 1), (self.blind, 1, self.commit, 0)):
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE // 2)
            row.addWidget(one, stretch)
            row.addWidget(other, more)
            column.addLayout(row)
        self.seen_before.setProperty("role", "warning")
        self.seen_before.setWordWrap(True)
        column.addWidget(self.seen_before)
        return column

    def _how_far(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE // 2)
        self.progress.setProperty("role", "muted")
        self.progress.setFont(theme.tabular())
        self.bar.setTextVisible(False)
        theme.name_for_readers(self.bar, self.tr("Looked through"))
        column.addWidget(self.progress)
        column.addWidget(self.bar)
        return column

    def _ask_blind(self) -> None:
        """The box shows what is so, whatever is answered."""
        self._actions["commit" if self._review.blind else "hide_machine"].trigger()
        self._show_who()

    def _show_who(self) -> None:
        review = self._review
        if not self.reviewer.hasFocus():
            self.reviewer.setText(review.reviewer)
        self.blind.setChecked(review.blind)
        self.blind.setEnabled(review.can_review and not review.committed)
        self.commit.setVisible(review.blind)
        text = self.tr("Hide the machine until I commit")
        self.blind.setText(self.tr("Committed: the machine is shown") if review.committed else text)

        self._show_seen_before()

    def _show_seen_before(self) -> None:
        """Tell a blind coder of judgements from before, which were made seeing the machine's results."""
        count = sum(not one.blind and not one.source for one in self._review.mine)
        words = self.tr(
            "Judgements that you made while the machine was shown: {0}. They are kept, and marked as not"
            " blind."
        )
        self.seen_before.setText(words.format(count))
        self.seen_before.setVisible(self._review.blind and count > 0)

    def _show_progress(self) -> None:
        review = self._review
        done, total = sum(map(review.is_done, review.queue)), len(review.queue)
        words = self.tr("{0} of {1} stages looked through")
        if review.blind:
            words = self.tr("{0} of {1} stretches looked through")
        self.progress.setText(words.format(done, total) if total else "")
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
