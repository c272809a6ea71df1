"""One lane for each Action Unit that takes part."""

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from tpviewer.core.action_units import ACTION_UNITS, au_number
from tpviewer.core.letters import letter
from tpviewer.store.snapshot import NO_FACE, UNKNOWN
from tpviewer.ui import theme
from tpviewer.ui.timeline.columns import ColumnFrames, column_frames
from tpviewer.ui.timeline.lane_data import Lane, lanes_of
from tpviewer.ui.timeline.lane_image import Look, lane_image
from tpviewer.ui.timeline.names import layer_name
from tpviewer.ui.timeline.raster import look_colour
from tpviewer.ui.timeline.scrolled_widget import ScrolledWidget
from tpviewer.ui.timeline.time_widget import GUTTER, paint_name, row_height, small_font
from tpviewer.ui.viewer_state import ViewerState

_Key = tuple[tuple[float, float], Look, str, str]

_NAMES = {unit.number: unit.name for unit in ACTION_UNITS}


class Lanes(ScrolledWidget):
    """Probability, threshold and looks of each Action Unit over time."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._all: tuple[Lane, ...] = ()
        self.lanes: tuple[Lane, ...] = ()
        self._active_only = False
        self._bounds = np.zeros(1)
        self._pictures: dict[str, tuple[Hashable, QImage]] = {}
        self._shared: tuple[Hashable, NDArray[np.float64], ColumnFrames] | None = None
        self.setMinimumHeight(2 * row_height())
        theme.name_for_readers(self, self.tr("Lanes of the Action Units"))
        state.results_changed.connect(self.refresh)
        state.document_changed.connect(self.refresh)
        state.au_changed.connect(self._follow_au)
        self.refresh()

    def refresh(self) -> None:
        """Take what the state shows now."""
        snapshot, state = self.state.snapshot, self.state
        self._all = lanes_of(snapshot, state.results, state.layer, state.au_order()) if snapshot else ()
        self._bounds = snapshot.bounds if snapshot else np.zeros(1)
        self._pictures.clear()
        self._shared = None
        self._choose_lanes()

    @property
    def active_only(self) -> bool:
        """True where lanes of Action Units that are never active are hidden."""
        return self._active_only

    def set_active_only(self, hide: bool) -> None:
        """Hide or show the lanes of Action Units that are never active."""
        self._active_only = hide
        self._choose_lanes()

    def _choose_lanes(self) -> None:
        self.lanes = tuple(lane for lane in self._all if lane.ever_active or not self._active_only)
        self.set_offset(self._offset)
        self.scrolled.emit()
        self.update()

    @property
    def hidden_lanes(self) -> int:
        """Number of lanes that are hidden because they are never active."""
        return len(self._all) - len(self.lanes)

    @property
    def full_height(self) -> int:
        """Height of all lanes, pixels."""
        return len(self.lanes) * row_height()

    def lane_rect(self, place: int) -> QRect:
        """Where a lane lies at this offset, gutter included."""
        return QRect(0, place * row_height() - self._offset, self.width(), row_height())

    def lane_at(self, y: float) -> Lane | None:
        """Lane at a height of the widget."""
        place = int((y + self._offset) // row_height())
        return self.lanes[place] if 0 <= place < len(self.lanes) else None

    def _follow_au(self, au: str) -> None:
        for place, lane in enumerate(self.lanes):
            if lane.au == au:
                rect = self.lane_rect(place)
                beyond = max(rect.bottom() + 1 - self.height(), 0)
                self.set_offset(self._offset + (rect.top() if rect.top() < 0 else beyond))
        self.update()

    def picture(self, lane: Lane) -> QImage:
        """Picture of a lane's visible range, drawn anew only when something in it changed."""
        return self._picture(lane, self._key())

    def _key(self) -> _Key:
        """All that the pictures depend on."""
        return self.state.view, self.look(row_height()), theme.current().name, small_font().key()

    def _picture(self, lane: Lane, key: _Key) -> QImage:
        known = self._pictures.get(lane.au)
        if known is None or known[0] != key:
            look = key[1]
            edges, frames = self._columns(key, look.width)
            known = self._pictures[lane.au] = (key, lane_image(lane, frames, edges, look, small_font()))
        return known[1]

    def _columns(self, key: Hashable, width: int) -> tuple[NDArray[np.float64], ColumnFrames]:
        if self._shared is None or self._shared[0] != key:
            edges = self.axis().edges(width)
            self._shared = (key, edges, column_frames(self._bounds, edges))
        return self._shared[1:]

    def paint_content(self, painter: QPainter) -> None:
        """Draw the lanes that are in sight."""
        accent, key = QColor(theme.current().accent), self._key()
        for place, lane in enumerate(self.lanes):
            rect = self.lane_rect(place)
            if rect.bottom() < 0 or rect.top() >= self.height():
                continue
            painter.drawImage(QPointF(GUTTER, rect.top()), self._picture(lane, key))
            if lane.au == self.state.au:
                painter.fillRect(QRect(GUTTER, rect.top(), rect.width(), 1), accent)
                painter.fillRect(QRect(GUTTER, rect.bottom() - 1, rect.width(), 2), accent)
        if not self.lanes:
            painter.setPen(QColor(theme.current().muted))
            painter.drawText(self.content(), Qt.AlignmentFlag.AlignCenter, self._why_empty())

    def _why_empty(self) -> str:
        if self.hidden_lanes:
            return self.tr("No Action Unit is active in this video")
        return self.tr("Not analysed yet")

    def paint_gutter(self, painter: QPainter) -> None:
        """Draw the names of the Action Units that are in sight."""
        shown = theme.current()
        for place, lane in enumerate(self.lanes):
            rect = self.lane_rect(place)
            row = QRect(0, rect.top(), GUTTER, rect.height())
            if not row.intersects(self.rect()):
                continue
            chosen = lane.au == self.state.au
            painter.fillRect(row, QColor(shown.raised if chosen else shown.panel))
            painter.fillRect(row.adjusted(0, row.height() - 1, 0, 0), QColor(shown.line))
            bar = shown.accent if chosen else look_colour(lane.au)
            painter.fillRect(QRect(0, row.top(), 4 if chosen else 3, row.height() - 1), QColor(bar))
            tag = self.tr("exp") if lane.experimental else ""
            paint_name(painter, row, lane.au, _NAMES.get(au_number(lane.au), ""), tag)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek; in the gutter choose the Action Unit."""
        lane = self.lane_at(event.position().y())
        if event.position().x() < GUTTER and lane is not None:
            self.state.set_au(lane.au)
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the lanes over their names, otherwise zoom or pan."""
        if event.position().x() < GUTTER:
            self.set_offset(self._offset - round(event.angleDelta().y() / 120 * row_height()))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the last lane at the lower edge when there is more room, the chosen one in sight in less."""
        super().resizeEvent(event)
        self.set_offset(self._offset)
        if self.height() < event.oldSize().height():
            self._follow_au(self.state.au)
        self.scrolled.emit()

    def hover_text(self, place: QPointF) -> str:
        """Time, frame, Action Unit, probability and look at a place, and how to read the lane."""
        lane, line = self.lane_at(place.y()), super().hover_text(place)
        if lane is None:
            return line
        frame = self.state.frame_at(self.axis().time_of(place.x()))
        return f"{line}\n{lane.au} · {self._reading(lane, frame)}\n{self._legend(lane)}"

    def _reading(self, lane: Lane, frame: int) -> str:
        moment = self.state.time_of(frame)
        seen = lane.seen.at(moment)
        if seen in (None, UNKNOWN):
            return self.tr("not analysed yet")
        if seen == NO_FACE:
            return self.tr("no face in this frame")
        numbers = self.tr("p {p:.2f} (threshold {threshold:.2f})").format(
            p=lane.probabilities[frame], threshold=lane.threshold
        )
        index = lane.blocks.at(moment)
        if index is None or index < 0:
            words = self.tr("not active")
        elif lane.provisional:
            words = self.tr("active")
        else:
            words = self.tr("look {letter}").format(letter=letter(index))
        return f"{numbers} · {words}"

    def _legend(self, lane: Lane) -> str:
        if lane.provisional:
            return self.tr("Hatched: over the threshold; looks follow when the analysis ends")
        return self.tr("Block: {layer} · thin line below: raw").format(layer=layer_name(self.state.layer))

    def gutter_text(self, place: QPointF) -> str:
        """Full name of an Action Unit."""
        lane = self.lane_at(place.y())
        if lane is None:
            return ""
        name = f"{lane.au} {_NAMES.get(au_number(lane.au), '')}".strip()
        doubt = self.tr("experimental: the model is not reliable here")
        return f"{name}\n{doubt}" if lane.experimental else name
