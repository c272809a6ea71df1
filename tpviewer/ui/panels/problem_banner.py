"""Errors and notices in the window, each with a way on; they never take the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.problem import Problem

_ICON = 20
_DETAIL_LINES = 8


class ProblemBanner(QFrame):
    """Shows one message at a time: problems, the newest first, then notices; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: list[Problem] = []
        self._notices: list[Problem] = []
        self.title = QLabel(self)
        self.message = QLabel(self)
        self.counter = QLabel(self)
        self.way_buttons: list[QPushButton] = []
        self.details_button = QToolButton(self)
        self.copy_button = QToolButton(self)
        self.dismiss_button = QToolButton(self)
        self.details = QPlainTextEdit(self)
        self._picture = QLabel(self)
        self._ways = QHBoxLayout()
        self._build()
        self.details_button.toggled.connect(self.details.setVisible)
        self.copy_button.clicked.connect(self._copy)
        self.dismiss_button.clicked.connect(self.dismiss)
        self.hide()

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.title.setProperty("role", "title")
        self.counter.setProperty("role", "muted")
        self.counter.setFont(theme.tabular())
        for label in (self.title, self.message):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setWordWrap(True)
            label.setMinimumWidth(1)  # long words of a message must not widen the window
        self.message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.details_button.setText(self.tr("Details"))
        self.details_button.setCheckable(True)
        self.copy_button.setText(self.tr("Copy"))
        for button in (self.details_button, self.copy_button, self.dismiss_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dismiss_button.setProperty("flat", True)
        self.details.setReadOnly(True)
        self.details.setFixedHeight(_DETAIL_LINES * self.fontMetrics().lineSpacing())
        theme.name_for_readers(self.details_button, self.tr("Show the details"))
        theme.name_for_readers(self.copy_button, self.tr("Copy the message and its details"))
        theme.name_for_readers(self.dismiss_button, self.tr("Dismiss this message"))
        theme.name_for_readers(self.details, self.tr("Details of the problem"), "")
        self._lay_out()

    def _lay_out(self) -> None:
        self._ways.setSpacing(theme.SPACE)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(self.title, 1)
        head.addWidget(self.counter)
        head.addWidget(self.dismiss_button)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addLayout(self._ways)
        row.addStretch(1)
        row.addWidget(self.details_button)
        row.addWidget(self.copy_button)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.message)
        column.addLayout(row)
        column.addWidget(self.details)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(2 * theme.SPACE)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)

    @property
    def waiting(self) -> tuple[Problem, ...]:
        """What waits to be read, the shown message first."""
        return (*self._problems, *self._notices)

    def show_problem(self, problem: Problem) -> None:
        """Tell what went wrong, and offer ways on; the same problem is not told twice."""
        self._problems = [problem, *(p for p in self._problems if not _same(p, problem))]
        self._show_first()

    def note(self, text: str) -> None:
        """Tell something worth knowing; it waits behind problems."""
        notice = Problem(text, "")
        if not any(_same(old, notice) for old in self._notices):
            self._notices.append(notice)
            self._show_first()

    def dismiss(self) -> None:
        """Put the shown message away and show the next one."""
        del (self._problems or self._notices)[:1]
        self._show_first()

    def clear(self) -> None:
        """Put all messages away, for example because another video was opened."""
        self._problems, self._notices = [], []
        self._show_first()

    def _show_first(self) -> None:
        if not self.waiting:
            self.hide()
            return
        problem, *others = self.waiting
        self.title.setText(problem.title)
        self.message.setText(problem.message)
        self.message.setVisible(bool(problem.message))
        self.counter.setText(self.tr("{0} more").format(len(others)) if others else "")
        self._show_ways(problem)
        self.details.setPlainText(problem.detail)
        self.details_button.setChecked(False)
        self.details.hide()
        self.details_button.setVisible(bool(problem.detail))
        self.copy_button.setVisible(bool(self._problems))
        self._restyle()
        self.show()
        self._tell_readers(problem)

    def _show_ways(self, problem: Problem) -> None:
        for button in self.way_buttons:
            self._ways.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self.way_buttons = []
        for number, (label, act) in enumerate(problem.ways):
            button = QPushButton(label, self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("primary", number == 0)
            button.setAccessibleName(label)
            button.clicked.connect(lambda _=False, p=problem, do=act: self._go(p, do))
            self._ways.addWidget(button)
            self.way_buttons.append(button)

    def _go(self, problem: Problem, act: Callable[[], object]) -> None:
        """Take a way on; the problem is put away first, for the way may lead to another one."""
        self._problems = [other for other in self._problems if other is not problem]
        self._show_first()
        act()

    def _copy(self) -> None:
        problem = self.waiting[0]
        parts = (problem.title, problem.message, problem.detail)
        QGuiApplication.clipboard().setText("\n\n".join(part for part in parts if part))

    def _tell_readers(self, problem: Problem) -> None:
        """Let a screen reader speak without moving the focus."""
        kind = self.tr("Problem") if self._problems else self.tr("Notice")
        self.setAccessibleName(f"{kind}: {problem.title}")
        self.setAccessibleDescription(problem.message)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _restyle(self) -> None:
        tones = theme.current()
        self.dismiss_button.setIcon(icon("close"))
        name, tone = ("warning", tones.danger) if self._problems else ("info", tones.accent)
        self._picture.setPixmap(icon(name, tone).pixmap(QSize(_ICON, _ICON)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()


def _same(first: Problem, second: Problem) -> bool:
    return (first.title, first.message) == (second.title, second.message)
