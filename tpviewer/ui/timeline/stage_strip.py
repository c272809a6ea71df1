"""The stages of a result, one block after another."""

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from tpviewer.core.stages import Stage, stage_label
from tpviewer.store.snapshot import ResultSet
from tpviewer.ui import theme
from tpviewer.ui.timeline.names import PROFILES, layer_name, profile_name
from tpviewer.ui.timeline.stage_image import StageRow, stage_image
from tpviewer.ui.timeline.time_widget import GUTTER, TimeWidget, paint_name, row_height, small_font
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import WARNING_SIGN, clock


class StageStrip(TimeWidget):
    """Stages of the shown profile, or of the other one.

    Parameters
    ----------
    state : ViewerState
    other : bool
        Show the profile that the rest of the window does not show.
    parent : QWidget or None
    """

    def __init__(self, state: ViewerState, other: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self._other = other
        self._row: StageRow | None = None
        self._marked: Stage | None = None
        self._picture: tuple[Hashable, QImage] | None = None
        self.setFixedHeight(row_height())
        theme.name_for_readers(
            self, self.tr("Stages of the other profile") if other else self.tr("Stages of the shown profile")
        )
        state.results_changed.connect(self.refresh)
        state.document_changed.connect(self.refresh)
        self.refresh()

    @property
    def profile(self) -> str:
        """Profile whose stages these are."""
        shown = self.state.profile
        return next(name for name in PROFILES if name != shown) if self._other else shown

    def refresh(self) -> None:
        """Take what the state shows now."""
        unseen = self._other and self.isHidden()  # of hours the other profile can have very many stages
        self._row = None if unseen else self._make_row()
        self._picture = None
        self._marked = self._stage_of_playhead()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Take what changed while nobody saw it."""
        if self._other:
            self.refresh()
        super().showEvent(event)

    def _make_row(self) -> StageRow | None:
        results = self._results()
        if results is None or self.state.snapshot is None:
            return None
        stages, bounds = results.stages[self.state.layer], self.state.snapshot.bounds
        starts = np.array([stage.start for stage in stages], np.int64)
        stops = [stages[-1].stop] if stages else [0]
        return StageRow(stages, bounds[np.append(starts, stops)], results.elsewhere(self.state.layer))

    def _results(self) -> ResultSet | None:
        return self.state.snapshot.shown(self.profile) if self.state.snapshot else None

    def stage_at(self, x: float) -> Stage | None:
        """Stage at a place."""
        frame = self.state.frame_at(self.axis().time_of(x))
        return self._row.stage_of(frame) if self._row else None

    def _stage_of_playhead(self) -> Stage | None:
        return self._row.stage_of(self.state.playhead) if self._row else None

    def picture(self) -> QImage | None:
        """Picture of the visible range, drawn anew only when something in it changed."""
        if self._row is None:
            return None
        look, font = self.look(self.height() - 1), small_font()
        key = (self.state.view, look, theme.current().name, font.key())
        if self._picture is None or self._picture[0] != key:
            self._picture = (key, stage_image(self._row, self.axis(), look, font))
        return self._picture[1]

    def paint_content(self, painter: QPainter) -> None:
        """Draw the blocks and mark the one under the playhead."""
        picture = self.picture()
        if picture is None:
            painter.setPen(QColor(theme.current().muted))
            room = self.content().adjusted(theme.SPACE, 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._why_empty())
            return
        painter.drawImage(QPointF(GUTTER, 0), picture)
        if self._marked is not None:
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRect(self._span(self._marked).adjusted(1, 1, -1, -2))

    def _why_empty(self) -> str:
        if self.state.snapshot is not None and self.state.snapshot.result_sets:
            return self.tr("No stages of this profile")
        if self.state.blind:
            return self.tr("Hidden until you commit")
        return self.tr("Stages appear when the analysis ends") if self.state.snapshot else ""

    def _span(self, stage: Stage) -> QRectF:
        axis, time_of = self.axis(), self.state.time_of
        left, right = axis.x_of(time_of(stage.start)), axis.x_of(time_of(stage.stop))
        return QRectF(left, 0, max(right - left, 2.0), self.height())

    def _move_playhead(self) -> None:
        stage = self._stage_of_playhead()
        if stage != self._marked:
            self._marked = stage
            self.update()
        else:
            super()._move_playhead()

    def paint_gutter(self, painter: QPainter) -> None:
        """Name the profile and the layer."""
        row = self.rect().adjusted(0, 0, GUTTER - self.width(), 0)
        painter.fillRect(row, QColor(theme.current().panel))
        painter.fillRect(row.adjusted(0, row.height() - 1, 0, 0), QColor(theme.current().line))
        results = self._results()
        tag = self.tr("edited") if results is not None and results.edited else ""
        paint_name(painter, row, profile_name(self.profile), layer_name(self.state.layer), tag)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Loop the stage, or stop looping it."""
        self._scrubbing = False
        stage = self.stage_at(event.position().x()) if event.position().x() >= GUTTER else None
        if stage is not None and event.button() == Qt.MouseButton.LeftButton:
            frames = (stage.start, stage.stop)
            self.state.set_loop(None if self.state.loop == frames else frames)

    def hover_text(self, place: QPointF) -> str:
        """Time, frame and the stage with its length."""
        stage, line = self.stage_at(place.x()), super().hover_text(place)
        if stage is None:
            return line
        length = self.state.time_of(stage.stop) - self.state.time_of(stage.start)
        span = self.tr("frames {start}–{last}, {length}").format(
            start=stage.start, last=stage.stop - 1, length=clock(length)
        )
        lines = [line, stage_label(stage), span]
        elsewhere = self._row.elsewhere_in(stage) if self._row else frozenset()
        if elsewhere:
            words = self.tr("{sign} For {aus} the network looks elsewhere than where it shows on the face")
            lines.append(words.format(sign=WARNING_SIGN, aus=", ".join(sorted(elsewhere))))
        return "\n".join([*lines, self.tr("Double click loops this stage")])

    def gutter_text(self, place: QPointF) -> str:
        """Which result the strip shows."""
        return self.tr("Stages of the profile {profile}, {layer}").format(
            profile=profile_name(self.profile), layer=layer_name(self.state.layer)
        )
