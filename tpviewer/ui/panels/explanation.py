"""The answer to "why not?": the signed relevance of an Action Unit that is not active."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from tpviewer.core.relevance import top_x_mask
from tpviewer.ui import theme
from tpviewer.ui.panels.inspector_rows import Row
from tpviewer.ui.panels.map_tile import PICTURE, MapPicture, signed_image
from tpviewer.ui.panels.still_lines import StillLines
from tpviewer.ui.wording import share


class Explanation(QFrame):
    """Asks why an Action Unit is not active in a frame and shows the answer beside its caption.

    Signals
    -------
    asked()
        The button was pressed; `wait` until the answer comes.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Row | None = None
        self.heading = QLabel(self)
        self.standing = QLabel(self)
        self.answer = QWidget(self)
        self.picture = MapPicture(PICTURE, self.answer)
        self.caption = QLabel(self.answer)
        self.button = QPushButton(self.tr("Why not?"), self)
        theme.name_for_readers(
            self.button, self.tr("Why not?"), self.tr("Ask the model what speaks for and against it here")
        )
        self.button.clicked.connect(self.asked)
        self._build()
        self.set_row(None, False)

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.heading.setProperty("role", "title")
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.caption.setFont(theme.tabular())
        self.standing.setFont(theme.tabular())
        self.standing.setProperty("role", "muted")
        # The answer is as high as the picture or six lines, so that nothing moves from asking to answer.
        self.answer.setFixedHeight(max(PICTURE, 6 * self.fontMetrics().lineSpacing()))
        answer = QHBoxLayout(self.answer)
        answer.setContentsMargins(0, 0, 0, 0)
        answer.setSpacing(theme.SPACE)
        answer.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        answer.addWidget(self.caption, 1)
        layout = QGridLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setHorizontalSpacing(theme.SPACE)
        layout.setVerticalSpacing(theme.SPACE // 2)
        layout.setColumnStretch(0, 1)
        layout.addWidget(StillLines((self.heading, self.standing), self), 0, 0)
        layout.addWidget(self.button, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.answer, 1, 0, 1, 2)

    def set_points(self, points: NDArray[np.float64]) -> None:
        """Draw the outline of the face through other points."""
        self.picture.set_points(points)

    def set_row(self, row: Row | None, face: bool) -> None:
        """Speak of another Action Unit or frame; an answer that is shown goes away."""
        self._row = row
        self.picture.set_image(None)
        self.answer.hide()
        self.heading.setText(f"{row.au} {row.name}" if row else self.tr("No Action Unit chosen"))
        standing = self._hint(row, face)
        if standing != self.standing.text():
            self.standing.setText(standing)
            self.standing.setToolTip(standing)
        self.button.setEnabled(row is not None and face and row.modelled and not row.active)

    def _hint(self, row: Row | None, face: bool) -> str:
        if row is None:
            return self.tr("Choose one to ask why it is off")
        if not row.modelled:
            return self.tr("read off AU45, without relevance of its own")
        if not face:
            return self.tr("no face analysed in this frame")
        if row.active:
            return self.tr("active here: the overlay shows why")
        return self._standing(row)

    def _standing(self, row: Row) -> str:
        """How an inactive Action Unit's probability stands to its threshold."""
        if row.probability is None or row.threshold is None:
            return ""
        numbers = share(row.probability), share(row.threshold)
        if row.probability < row.threshold:
            return self.tr("p = {0} below {1}").format(*numbers)
        reason = self.tr("p = {0} is not below {1}, but ").format(*numbers)
        if not row.chosen:
            return reason + self.tr("not in the chosen set")
        return reason + self.tr("too weak or too short to count in this result")

    def wait(self, loading: bool = False) -> None:
        """Show that the model is being asked, or that it has to be loaded before it can answer."""
        self.button.setEnabled(False)
        self.picture.set_image(None)
        asking, first = self.tr("Asking the model…"), self.tr("The model is loading; then it is asked…")
        self._say(first if loading else asking)

    def show_answer(self, frame: int, relevance: NDArray[np.float32], x: float) -> None:
        """Show a signed map (H, W), and how much of the crop its Top-X projection takes."""
        if self._row is None:
            return
        self.picture.set_image(signed_image(relevance))
        words = self.tr("Evidence for (red) and against (blue) {0} in frame {1}, {2}.")
        text = words.format(self._row.au, frame, self._standing(self._row))
        self._say(f"{text} {self._evidence(relevance, x)}")

    def _evidence(self, relevance: NDArray[np.float32], x: float) -> str:
        mask = top_x_mask(relevance, x)
        if not mask.any():
            return self.tr("Nothing speaks for it.")
        words = self.tr("Top-{0}: {0} % of what speaks for it lies in {1} % of the crop.")
        return words.format(f"{x:g}", f"{100 * float(mask.mean()):.1f}")

    def show_failure(self, message: str) -> None:
        """Say why there is no answer; it can be asked again."""
        self.button.setEnabled(True)
        self._say(message, "danger")

    def _say(self, text: str, role: str = "muted") -> None:
        self.caption.setText(text)
        self.answer.show()
        if self.caption.property("role") != role:
            self.caption.setProperty("role", role)
            self.caption.style().unpolish(self.caption)
            self.caption.style().polish(self.caption)
