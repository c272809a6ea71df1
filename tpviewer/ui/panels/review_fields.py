"""Controls of one judgement: verdict, reason, intensity, side, onset to offset, note."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tpviewer.core.annotations import INTENSITIES, REASONS, SIDES, WHOLE_FACE, Annotation
from tpviewer.ui import theme
from tpviewer.ui.actions import Actions
from tpviewer.ui.review_words import reason_words, side_words

VERDICT_ACTIONS = ("accept", "reject", "unsure", "not_scorable")


class ActionButton(QPushButton):
    """A button that does what an action does, with its key written upon it; the mouse gives it no focus.

    So Enter and Backspace stay the keys of verdicts after a click; Space presses what Tab has reached.
    """

    def __init__(self, action: QAction, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.say(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setEnabled(action.isEnabled())
        self.clicked.connect(lambda: action.trigger())
        action.enabledChanged.connect(self.setEnabled)

    def say(self, text: str) -> None:
        """Write something else upon it, before the key."""
        keys = _native(self._action.shortcut())
        self.setText(f"{text}  {_short(keys)}" if keys else text)
        theme.name_for_readers(self, text, self._action.toolTip())


class LeavingEdit(QLineEdit):
    """A line of text that Enter and Escape leave, so that the keys of the window work again.

    Signals
    -------
    entered(str)
        Enter was pressed, or the focus went elsewhere after a change.
    """

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._finish)

    def _finish(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.entered.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Enter and Escape."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.clearFocus()


class JudgementFields(QWidget):
    """Shows one judgement and asks for changes of it.

    Parameters
    ----------
    actions : Actions
        What buttons do.
    parent : QWidget, optional

    Signals
    -------
    reason_asked(str), side_asked(str), note_asked(str)
    intensity_asked(int)
        1 to 5 for a to e, 0 for none.
    range_asked(int, int, object)
        First frame, half-open end, and half-open range of the apex or None.
    """

    reason_asked = Signal(str)
    side_asked = Signal(str)
    note_asked = Signal(str)
    intensity_asked = Signal(int)
    range_asked = Signal(int, int, object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one: Annotation | None = None
        self.verdicts = {n: ActionButton(actions[n], self._text(n), self) for n in VERDICT_ACTIONS}
        self.intensities = [self._intensity(number, name) for number, name in enumerate("–" + INTENSITIES)]
        self.reason = self._choice(self.tr("Reason"), [(r, reason_words(r)) for r in ("", *REASONS)])
        self.side = self._choice(self.tr("Side of the face"), [(s, side_words(s)) for s in ("", *SIDES)])
        self.start, self.stop = self._frame(self.tr("First frame")), self._frame(self.tr("Last frame"))
        self.apex_start = self._frame(self.tr("First frame of the apex"), optional=True)
        self.apex_stop = self._frame(self.tr("Last frame of the apex"), optional=True)
        self.note = LeavingEdit(self)
        self._build()
        self._connect()
        self.show_judgement(None, 0)

    def _text(self, name: str) -> str:
        return {
            "accept": self.tr("✓ Present"),
            "reject": self.tr("✗ Absent"),
            "unsure": self.tr("? Unsure"),
            "not_scorable": self.tr("⊘ Not scorable"),
        }[name]

    def _intensity(self, number: int, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        told = self.tr("Intensity {0}").format(name) if number else self.tr("No intensity")
        theme.name_for_readers(button, told, f"{told} ({number})")
        button.clicked.connect(lambda: self.intensity_asked.emit(number))
        return button

    def _choice(self, name: str, entries: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox(self)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for value, text in entries:
            box.addItem(text, value)
        theme.name_for_readers(box, name)
        return box

    def _frame(self, name: str, optional: bool = False) -> QSpinBox:
        box = QSpinBox(self)
        box.setFont(theme.tabular())
        box.setKeyboardTracking(False)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if optional:
            box.setSpecialValueText("–")
        theme.name_for_readers(box, name)
        return box

    def _build(self) -> None:
        theme.name_for_readers(self.note, self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Note (N)"))
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE // 2)
        for place, button in enumerate(self.verdicts.values()):
            grid.addWidget(button, place // 2, place % 2)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._label(self.tr("Intensity")))
        for intensity in self.intensities:
            row.addWidget(intensity, 1)
        pair = QHBoxLayout()
        pair.setSpacing(theme.SPACE // 2)
        for box in (self.side, self.reason):
            pair.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for line in (grid, row, pair, self._range_row()):
            column.addLayout(line)
        column.addWidget(self.note)

    def _range_row(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE // 2)
        grid.setVerticalSpacing(0)
        heads = (self.tr("Onset"), self.tr("Apex from"), self.tr("Apex to"), self.tr("Offset"))
        boxes = (self.start, self.apex_start, self.apex_stop, self.stop)
        for column, (head, box) in enumerate(zip(heads, boxes, strict=True)):
            label = self._label(head)
            label.setBuddy(box)
            grid.addWidget(label, 0, column)
            grid.addWidget(box, 1, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        return label

    def _connect(self) -> None:
        self.reason.activated.connect(lambda: self.reason_asked.emit(self.reason.currentData()))
        self.side.activated.connect(lambda: self.side_asked.emit(self.side.currentData()))
        self.note.entered.connect(self.note_asked)
        for box in (self.start, self.stop, self.apex_start, self.apex_stop):
            box.editingFinished.connect(self._ask_range)

    def _ask_range(self) -> None:
        one = self._one
        if one is None:
            return
        first, last = self.apex_start.value(), self.apex_stop.value()
        given = first >= 0 or last >= 0
        start, stop = self.start.value(), self.stop.value() + 1
        apex = (max(first, start) if first >= 0 else start, last + 1 if last >= 0 else stop)
        if (start, stop, apex if given else None) != (one.start, one.stop, one.apex):
            self.range_asked.emit(start, stop, apex if given else None)

    def show_judgement(self, one: Annotation | None, frames: int) -> None:
        """Show a judgement, or that there is none, of a video with so many frames."""
        self._one = one
        of_au = one is not None and one.au != WHOLE_FACE
        present = one is not None and one.verdict == "present"
        unscorable = one is not None and one.verdict == "not scorable"
        for number, button in enumerate(self.intensities):
            button.setChecked(one is not None and present and number == one.intensity)
        self.reason.setEnabled(unscorable)
        self.side.setEnabled(of_au)
        self.side.setCurrentIndex(self.side.findData(one.side if one is not None else ""))
        self.reason.setCurrentIndex(self.reason.findData(one.reason if one is not None else ""))
        self._show_range(one, frames, of_au and present)
        self.note.setEnabled(one is not None)
        if not self.note.hasFocus() or one is None:
            self.note.setText(one.note if one is not None else "")

    def _show_range(self, one: Annotation | None, frames: int, apex: bool) -> None:
        given = one.apex if one is not None else None
        values = (
            (self.start, one.start if one is not None else 0, one is not None),
            (self.stop, one.stop - 1 if one is not None else 0, one is not None),
            (self.apex_start, given[0] if given is not None else -1, apex),
            (self.apex_stop, given[1] - 1 if given is not None else -1, apex),
        )
        for box, value, enabled in values:
            with QSignalBlocker(box):
                optional = box in (self.apex_start, self.apex_stop)
                box.setRange(-1 if optional else 0, max(frames - 1, 0))
                box.setValue(value)
                box.setEnabled(enabled)


def _short(keys: str) -> str:
    """Names of keys as signs, which leave room for the word."""
    shift = _native("Shift+A").removesuffix("A")
    for name, sign in ((shift, "⇧"), (_native("Return"), "⏎"), (_native("Backspace"), "⌫")):
        keys = keys.replace(name, sign)
    return keys


def _native(keys: QKeySequence | str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
