"""What the model says at the playhead: stage, face, every Action Unit, and why one is not active."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tpviewer.ui import theme
from tpviewer.ui.panels.explanation import Explanation
from tpviewer.ui.panels.frame_card import FrameCard
from tpviewer.ui.panels.inspector_model import (
    COLUMN_AU,
    COLUMN_GROUNDING,
    COLUMN_LOOK,
    COLUMN_NAME,
    COLUMN_PROBABILITY,
    COLUMN_QUALITY,
    ENTRY_ROLE,
    InspectorModel,
)
from tpviewer.ui.panels.inspector_rows import Region, Row, face_seen, not_modelled
from tpviewer.ui.panels.map_tile import crop_points
from tpviewer.ui.panels.probability_bar import InspectorDelegate
from tpviewer.ui.viewer_state import ViewerState

_LEAST_COLUMN = 3 * theme.SPACE
_NO_SELECTION = (
    "QTableView { selection-background-color: transparent; }"
    "QTableView::item:selected { background: transparent; }"
)


class Inspector(QWidget):
    """Everything that is known of the frame at the playhead.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional

    Signals
    -------
    why_not_requested(int, str)
        Frame and Action Unit whose relevance is wanted; answer with `show_explanation` or
        `explanation_failed`.
    letters_hint_closed()
        The hint on letters was read and put away.
    """

    why_not_requested = Signal(int, str)
    letters_hint_closed = Signal()

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._asked: tuple[int, str] | None = None
        self._shown: tuple[int, str] | None = None
        self._loading = False
        self._hint_read = False
        self._lettered = False
        self._behind = False
        self.model = InspectorModel(state, self)
        self._delegate = InspectorDelegate(self.model)
        self.frame_card = FrameCard(state, self)
        self.table = QTableView(self)
        self.explanation = Explanation(self)
        self.hint = QFrame(self)
        self.footer = QLabel(self)
        self._build_table()
        self._build_hint()
        self._build()
        self._connect()
        self._lines_changed()
        self._results_changed()

    def _build(self) -> None:
        self.footer.setProperty("role", "muted")
        self.footer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.frame_card)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.hint)
        layout.addWidget(self.explanation)
        layout.addWidget(self.footer)

    def _build_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        # The delegate paints the selection, paler than the style does: colours of Action Units lie upon it.
        table.setStyleSheet(_NO_SELECTION)
        table.setItemDelegate(self._delegate)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.setShowGrid(False)
        table.setMinimumHeight(15 * theme.SPACE)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_LEAST_COLUMN)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(COLUMN_LOOK + 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(COLUMN_NAME, QHeaderView.ResizeMode.Stretch)
        self._fit_table()
        theme.name_for_readers(table, self.tr("Action Units at the playhead"), " ")

    def _fit_table(self) -> None:
        """Lines and columns as large as the type asks for; the name takes what is left."""
        table, metrics = self.table, self.table.fontMetrics()
        row_height = max(3 * theme.SPACE, metrics.height() + theme.SPACE)
        table.verticalHeader().setDefaultSectionSize(row_height)
        widest = {COLUMN_AU: "AU00", COLUMN_LOOK: self.tr("look {0}").format("A")}
        for column, text in widest.items():
            table.setColumnWidth(column, metrics.horizontalAdvance(text) + 2 * theme.SPACE)
        for column, text in {COLUMN_QUALITY: "1.00", COLUMN_GROUNDING: self.tr("Region")}.items():
            table.setColumnWidth(column, metrics.horizontalAdvance(text) + theme.SPACE)
        table.setColumnWidth(COLUMN_PROBABILITY, metrics.horizontalAdvance("1.00") + 8 * theme.SPACE)
        name = metrics.horizontalAdvance("Lip Corner")
        table.setMinimumWidth(self._beside_names() + name)
        self._give_names_room()

    def _beside_names(self) -> int:
        """What the other columns take without the one that can be spared."""
        table, spared = self.table, (COLUMN_NAME, COLUMN_QUALITY)
        others = sum(table.columnWidth(c) for c in range(COLUMN_LOOK + 1) if c not in spared)
        return others + table.verticalScrollBar().sizeHint().width() + 2 * table.frameWidth()

    def _give_names_room(self) -> None:
        """Leave out the model's quality, which tool tips tell too, where names cannot be read beside it."""
        table, font = self.table, self.table.font()
        rows = (entry for entry in self.model.entries if isinstance(entry, Row))
        widest = max((self._delegate.name_width(font, row) for row in rows), default=0)
        quality = table.fontMetrics().horizontalAdvance("1.00") + theme.SPACE
        narrow = table.width() < self._beside_names() + quality + widest
        table.setColumnHidden(COLUMN_QUALITY, narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width out."""
        super().resizeEvent(event)
        self._give_names_room()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_table()

    def _build_hint(self) -> None:
        words = QLabel(
            self.tr(
                "Letters name looks (clusters of relevance maps) within this video, not FACS intensities."
            ),
            self.hint,
        )
        words.setWordWrap(True)
        close = QToolButton(self.hint)
        close.setText("✕")
        close.setProperty("flat", "true")
        theme.name_for_readers(close, self.tr("Close the hint on letters"), self.tr("Understood"))
        close.clicked.connect(self._close_hint)
        layout = QHBoxLayout(self.hint)
        layout.setContentsMargins(theme.SPACE, theme.SPACE // 2, theme.SPACE // 2, theme.SPACE // 2)
        layout.addWidget(words, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hint.setProperty("role", "card")
        self.hint.hide()

    def _connect(self) -> None:
        state = self._state
        state.document_changed.connect(self._results_changed)
        state.results_changed.connect(self._results_changed)
        state.playhead_changed.connect(self._playhead_changed)
        state.au_changed.connect(self._au_changed)
        self.model.modelReset.connect(self._lines_changed)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.clicked.connect(self._clicked)
        self.explanation.asked.connect(self._ask)

    def hide_letters_hint(self) -> None:
        """Never show the hint on letters: it was read before."""
        self._hint_read = True
        self.hint.hide()

    def show_explanation(self, frame: int, au: str, relevance: NDArray[np.float32]) -> None:
        """Show a signed map (H, W); an answer that is no longer asked for is left out."""
        if self._asked == (frame, au):
            self._asked = None
            self._shown = (frame, au)
            self.explanation.show_answer(frame, relevance, self._state.overlay.x)

    def explanation_failed(self, message: str) -> None:
        """Say why the model gave no answer."""
        if self._asked is not None:
            self._asked = None
            self.explanation.show_failure(message)

    def set_loading(self, loading: bool) -> None:
        """Say while a question waits whether the model is still loading."""
        if loading != self._loading:
            self._loading = loading
            if self._asked is not None:
                self.explanation.wait(loading)

    def _ask(self) -> None:
        self._asked = (self._state.playhead, self._state.au)
        self.explanation.wait(self._loading)
        self._refresh_hint()
        self.why_not_requested.emit(*self._asked)

    def _results_changed(self) -> None:
        snapshot = self._state.snapshot
        self.explanation.set_points(crop_points(snapshot.card if snapshot else {}))
        missing = not_modelled(snapshot) if snapshot else ()
        words = self.tr("Not modelled: {0}: never read as absent")
        few = missing if len(missing) < 4 else (*missing[:2], "…")
        self.footer.setText(words.format(", ".join(few)) if missing else "")
        self.footer.setToolTip(words.format(", ".join(missing)) if missing else "")
        self._refresh()

    def _playhead_changed(self) -> None:
        """Read the new frame, once somebody can see it."""
        self._behind = not self.isVisible()
        if not self._behind:
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the playhead, and with the type that the table has got meanwhile."""
        super().showEvent(event)
        self._fit_table()
        if self._behind:
            self._playhead_changed()

    def _refresh(self) -> None:
        self.model.refresh()
        self.frame_card.refresh()
        self._refresh_explanation()
        self._refresh_hint()

    def _refresh_hint(self) -> None:
        """Explain letters from the first one on, but leave the room to an answer."""
        lettered = any(isinstance(e, Row) and e.look is not None for e in self.model.entries)
        self._lettered |= lettered
        answering = self._asked is not None or self._shown is not None
        self.hint.setVisible(self._lettered and not self._hint_read and not answering)

    def _refresh_explanation(self) -> None:
        here = (self._state.playhead, self._state.au)
        if here in (self._asked, self._shown):
            return
        self._asked = self._shown = None
        face = face_seen(self._state.snapshot, self._state.playhead)
        self.explanation.set_row(self.model.row_of(self._state.au), face)

    def _au_changed(self) -> None:
        line = self.model.line_of(self._state.au)
        if line < 0:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        elif line != self.table.currentIndex().row():
            self.table.setCurrentIndex(self.model.index(line, COLUMN_AU))
        self._refresh_explanation()
        self._refresh_hint()

    def _lines_changed(self) -> None:
        """Headings of regions span the table; the chosen row is chosen again after a reset."""
        self._give_names_room()
        self.table.clearSpans()
        for line, entry in enumerate(self.model.entries):
            if isinstance(entry, Region):
                self.table.setSpan(line, COLUMN_AU, 1, COLUMN_LOOK + 1)
        self._au_changed()

    def _row_chosen(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, Row):
            self._state.set_au(entry.au)

    def _clicked(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, Region):
            self.model.toggle(entry.name)

    def _close_hint(self) -> None:
        self.hide_letters_hint()
        self.letters_hint_closed.emit()
