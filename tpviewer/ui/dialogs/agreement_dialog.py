"""Agreement of people and the machine: who is compared with whom, a table and a plot."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tpviewer.core.rater_agreement import FEW_VIDEOS, RaterAgreement
from tpviewer.ui import theme
from tpviewer.ui.dialogs.rater_choice import RaterChoice, rater_words
from tpviewer.ui.language import tr_problem
from tpviewer.ui.panels.agreement_plot import AgreementPlot
from tpviewer.ui.panels.agreement_table import PLOTTED, AgreementTable, figure_meaning, figure_words

if TYPE_CHECKING:
    from tpviewer.importing.rated_videos import RatedVideos


class AgreementDialog(QDialog):
    """Shows what it is given; what is to be read, compared or saved it asks for.

    Signals
    -------
    inputs_changed(object)
        List of sessions and files, paths, that are to be read: `show_raters` is the answer.
    add_asked()
        The user wants to choose more of them.
    comparison_asked(str, str, int)
        Reference, other and tolerance in frames: `show_agreement` is the answer.
    copy_asked(), save_table_asked(), save_plot_asked()

    Parameters
    ----------
    name_of : callable
        How a session or file is called in the window.
    reviewer : str
        Whose agreement is shown first.
    parent : QWidget, optional
    """

    inputs_changed = Signal(object)
    add_asked = Signal()
    comparison_asked = Signal(str, str, int)
    copy_asked = Signal()
    save_table_asked = Signal()
    save_plot_asked = Signal()

    def __init__(
        self, name_of: Callable[[Path], str], reviewer: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._first: tuple[Path, ...] = ()
        self.inputs: tuple[Path, ...] = ()
        self.rated: RatedVideos | None = None
        self.found: RaterAgreement | None = None
        self.compared, self.note, self.problems = QLabel(self), QLabel(self), QLabel(self)
        self.add = QPushButton(self.tr("Add sessions or files …"), self)
        self.reset = QPushButton(self.tr("Only the open session"), self)
        self.choice = RaterChoice(reviewer, self)
        self.plotted = QComboBox(self)
        self.message, self.table, self.plot = QLabel(self), AgreementTable(self), AgreementPlot(self)
        self.pages = QStackedWidget(self)
        self._savers: list[QPushButton] = []
        self._build()
        self._connect()

    @property
    def asked(self) -> tuple[str, str, int]:
        """Reference, other and tolerance that are chosen; empty names where there are none."""
        return self.choice.chosen

    def set_inputs(self, paths: Sequence[Path], first: bool = False) -> None:
        """Compare other sessions and files; with `first` they are what the user can go back to."""
        if first:
            self._first = tuple(paths)
        self.inputs = tuple(dict.fromkeys(paths))
        self.reset.setEnabled(self.inputs != self._first)
        names = [self._name_of(path) for path in self.inputs]
        shown = ", ".join(names[:3]) + (f" … ({len(names)})" if len(names) > 3 else "")
        self.compared.setText(shown or self.tr("nothing yet"))
        self.compared.setToolTip("\n".join(names))
        self.rated = self.found = None
        self.choice.offer(None)
        self.say(self.tr("Reading …") if self.inputs else self._nothing())
        if self.inputs:
            self.inputs_changed.emit(list(self.inputs))

    def add_inputs(self, paths: Sequence[Path]) -> None:
        """Compare more sessions and files."""
        self.set_inputs((*self.inputs, *paths))

    def show_raters(self, rated: "RatedVideos") -> None:
        """Offer those who can be compared, and ask for the first two."""
        self.rated = rated
        self._show_problems((*rated.problems, *rated.notes))
        self.choice.offer(rated)
        if self.choice.other.count():
            self._ask()
        else:
            self.say(self._nothing())

    def show_agreement(self, found: RaterAgreement) -> None:
        """Show how far two raters agree."""
        self.found = found
        self.table.show_agreement(found)
        self.note.setText(self._note(found))
        self.pages.setCurrentIndex(1)
        self._enable(True)
        self._plot()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Agreement"))
        self.compared.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for name in PLOTTED:
            self.plotted.addItem(figure_words(name), name)
            self.plotted.setItemData(
                self.plotted.count() - 1, figure_meaning(name), Qt.ItemDataRole.ToolTipRole
            )
        self._name_for_readers()
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setProperty("role", "muted")
        self.message.setMargin(8 * theme.SPACE)
        self.note.setProperty("role", "muted")
        self.problems.setProperty("role", "warning")
        for label in (self.note, self.problems):
            label.setWordWrap(True)
        self.problems.hide()
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self.table)
        both.addWidget(self._plot_side())
        both.setStretchFactor(0, 1)
        both.setChildrenCollapsible(False)
        both.setSizes([720, 300])
        self.pages.addWidget(self.message)
        self.pages.addWidget(both)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(self._inputs_row())
        layout.addWidget(self.choice)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.problems)
        layout.addWidget(self._buttons())
        self.resize(1100, 620)

    def _inputs_row(self) -> QHBoxLayout:
        return _row(QLabel(self.tr("Compared"), self), (self.compared, 1), self.add, self.reset)

    def _plot_side(self) -> QWidget:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SPACE, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(_row(QLabel(self.tr("Plot"), side), (self.plotted, 1)))
        column.addWidget(self.plot, 1)
        return side

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        for text, asked in (
            (self.tr("Copy table"), self.copy_asked),
            (self.tr("Save table …"), self.save_table_asked),
            (self.tr("Save plot …"), self.save_plot_asked),
        ):
            button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(asked)
            self._savers.append(button)
        buttons.rejected.connect(self.reject)
        return buttons

    def _name_for_readers(self) -> None:
        theme.name_for_readers(self.plotted, self.tr("Figure of the plot"))
        tip = self.tr("Sessions, and files of OpenFace, py-feat, ELAN and BORIS")
        theme.name_for_readers(self.add, self.add.text(), tip)

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_asked)
        self.reset.clicked.connect(lambda: self.set_inputs(self._first))
        self.choice.changed.connect(self._ask)
        self.plotted.currentIndexChanged.connect(self._plot)

    def _ask(self) -> None:
        if self.asked[1]:
            self.comparison_asked.emit(*self.asked)

    def _plot(self) -> None:
        if self.found is not None:
            self.plot.show_figure(self.found, self.plotted.currentData())

    def say(self, message: str) -> None:
        """Show words instead of figures."""
        self.found = None
        self.message.setText(message)
        self.note.clear()
        self.pages.setCurrentIndex(0)
        self._enable(False)

    def _enable(self, possible: bool) -> None:
        for button in self._savers:
            button.setEnabled(possible)

    def _show_problems(self, problems: Sequence[str]) -> None:
        self.problems.setText("\n".join(map(tr_problem, problems)))
        self.problems.setVisible(bool(problems))

    def _note(self, found: RaterAgreement) -> str:
        if found.videos < 2:
            text = self.tr("One video: there are no intervals, for they are drawn over videos.")
        else:
            text = self.tr(
                "{0} videos. In brackets and in the plot: 95 % intervals, bootstrapped over videos; none of"
                " what a single video tells."
            ).format(found.videos)
            if found.videos < FEW_VIDEOS:
                text += " " + self.tr("Of so few videos they are rough.")
        rule = self.tr(
            "Only frames count that both have scored: by a verdict, or looked through without one (absent)."
            " Unsure, not scorable and speech are left out."
        )
        return f"{text} {rule}"

    def _nothing(self) -> str:
        """What is missing, and what to do about it."""
        if not self.inputs:
            return self.tr(
                "Nothing to compare yet.\n\nAdd sessions that were reviewed, or files of OpenFace, py-feat,"
                " ELAN or BORIS."
            )
        raters = self.rated.raters() if self.rated is not None else ()
        if len(raters) < 2:
            return self.tr(
                "There is only one rater here, so there is nobody to compare with.\n\nReview the session"
                " (menu Review), or add a file of another program with “Add sessions or files …”."
            )
        return self.tr(
            "No two raters have scored the same Action Unit in the same frames.\n\nJudge stages, mark what"
            " you have looked through, or commit blind coding; then open this again. Raters: {0}"
        ).format(", ".join(map(rater_words, raters)))


def _row(*parts: QWidget | tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    for part in parts:
        if isinstance(part, tuple):
            row.addWidget(*part)
        else:
            row.addWidget(part)
    return row
