"""The looks of one Action Unit: how many, why as many, what they are, and how to overrule them."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tpviewer.core.letters import letter
from tpviewer.store.snapshot import AUClusters
from tpviewer.ui import theme
from tpviewer.ui.panels.cluster_header import ClusterHeader
from tpviewer.ui.panels.cluster_tools import ClusterTools
from tpviewer.ui.panels.map_popup import MapPopup
from tpviewer.ui.panels.map_tile import LookTile, crop_points
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import clock

if TYPE_CHECKING:
    from tpviewer.ui.panels.embedding_plot import EmbeddingPlot
    from tpviewer.ui.panels.spectrum_plot import SpectrumPlot

_SIDE_BY_SIDE = 70 * theme.SPACE
"""From this width on the two plots stand side by side."""

_HOVER_MS = 60


class ClusterPanel(QWidget):
    """Clusters of the chosen Action Unit.

    The plots are made when the panel is first shown, because their library is slow to import.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional

    Signals
    -------
    map_requested(int, str)
        Frame and Action Unit whose relevance map is wanted; answer with `show_map`.
    count_requested(str, int)
        Action Unit and number of looks.
    merge_requested(str, int, int), split_requested(str, int)
        Action Unit and letter indices.
    assign_requested(str, object, object)
        Action Unit, frames (tuple of int), letter index that they join or None for a new look.
    undo_requested(), redo_requested()
    """

    map_requested = Signal(int, str)
    count_requested = Signal(str, int)
    merge_requested = Signal(str, int, int)
    split_requested = Signal(str, int)
    assign_requested = Signal(str, object, object)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._clusters: AUClusters | None = None
        self._hovered = -1
        self._selected: tuple[int, ...] = ()
        self.spectrum: SpectrumPlot | None = None
        self.embedding: EmbeddingPlot | None = None
        self.tiles: list[LookTile] = []
        self.header = ClusterHeader(state, self)
        self.tools = ClusterTools(self)
        self.busy = QProgressBar(self)
        self.popup = MapPopup(self)
        self._body = QScrollArea(self)
        self._plots = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row = QHBoxLayout()
        self._spectrum_title, self._embedding_title = QLabel(self), QLabel(self)
        self._ask_map = QTimer(self, singleShot=True, interval=_HOVER_MS)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(policy)
        theme.name_for_readers(self.busy, self.tr("Clustering"))
        self.busy.hide()
        inside = QWidget(self._body)
        content = QVBoxLayout(inside)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(theme.SPACE)
        self._plots.setSpacing(theme.SPACE)
        for part in (self._tile_strip(), self.tools):
            content.addWidget(part)
        content.addLayout(self._plots, 1)
        self._body.setWidget(inside)
        self._body.setWidgetResizable(True)
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.header)
        layout.addWidget(self.busy)
        layout.addWidget(self._body, 1)

    def _tile_strip(self) -> QScrollArea:
        strip = QScrollArea(self._body)
        inside = QWidget(strip)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE)
        self._row.addStretch(1)
        inside.setLayout(self._row)
        strip.setWidget(inside)
        strip.setWidgetResizable(True)
        strip.setFrameShape(QFrame.Shape.NoFrame)
        strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._strip = strip
        self._fit_strip()
        return strip

    def _fit_strip(self) -> None:
        """The height of a tile and a scroll bar, whether there are any or not."""
        bar = self._strip.horizontalScrollBar().sizeHint().height()
        self._strip.setFixedHeight(LookTile.height_for(self.fontMetrics()) + bar)

    def _connect(self) -> None:
        state, tools = self._state, self.tools
        for signal in (state.document_changed, state.results_changed, state.au_changed):
            signal.connect(self.refresh)
        state.playhead_changed.connect(self._playhead_changed)
        state.overlay_changed.connect(self._draw_prototypes)
        self._ask_map.timeout.connect(lambda: self.map_requested.emit(self._hovered, self._state.au))
        tools.count_asked.connect(lambda count: self.count_requested.emit(self._state.au, count))
        tools.merge_asked.connect(lambda a, b: self.merge_requested.emit(self._state.au, a, b))
        tools.split_asked.connect(lambda look: self.split_requested.emit(self._state.au, look))
        tools.assign_asked.connect(self._assign)
        tools.undo_asked.connect(self.undo_requested)
        tools.redo_asked.connect(self.redo_requested)

    def set_busy(self, busy: bool) -> None:
        """Show that clusters are being computed; nothing more can be asked meanwhile."""
        self.busy.setVisible(busy)
        self.tools.set_busy(busy)

    def set_history(self, undo: bool, redo: bool) -> None:
        """Say whether there are changes of looks to undo and to redo."""
        self.tools.set_history(undo, redo)

    def show_map(self, frame: int, au: str, relevance: NDArray[np.float32]) -> None:
        """Show the map (H, W) of the frame under the mouse; one that comes too late is left out."""
        if (frame, au) == (self._hovered, self._state.au) and self.popup.isVisible():
            self.popup.show_map(relevance)

    def refresh(self) -> None:
        """Show the clusters of the chosen Action Unit anew, where they have changed."""
        results = self._state.results
        clusters = results.clusters.get(self._state.au) if results else None
        self.header.refresh()
        self._body.setVisible(clusters is not None)
        if clusters is self._clusters:
            return
        self._clusters = clusters
        self._point_left()
        self._fill_tiles()
        self.tools.set_looks(*(_sizes(clusters) if clusters else (0, 0)))
        self._fill_plots()

    def _fill_tiles(self) -> None:
        for tile in self.tiles:
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles, self._selected = [], ()
        if self._clusters is None:
            return
        summary = self._clusters.summary
        for index, look in enumerate(summary.clusters):
            tile = LookTile(summary.au, index, look)
            tile.clicked.connect(self._tile_clicked)
            tile.frame_chosen.connect(self._state.set_playhead)
            self._row.insertWidget(index, tile, 0, Qt.AlignmentFlag.AlignTop)
            self.tiles.append(tile)
        snapshot = self._state.snapshot
        points = crop_points(snapshot.card if snapshot else {})
        for tile, prototype in zip(self.tiles, self._clusters.prototypes, strict=True):
            tile.set_prototype(prototype, points)
        self.popup.picture.set_points(points)
        self._draw_prototypes()

    def _draw_prototypes(self) -> None:
        """Draw another X; tiles that nobody sees are drawn when they are shown."""
        if not self.isVisible():
            return
        for tile in self.tiles:
            tile.show_top(self._state.overlay.x)

    def _tile_clicked(self, look: int) -> None:
        """Select or deselect a look; of three the one that was selected first is let go."""
        chosen = [other for other in self._selected if other != look]
        if look not in self._selected:
            chosen.append(look)
        self._selected = tuple(chosen[-2:])
        for index, tile in enumerate(self.tiles):
            tile.set_selected(index in self._selected)
        self.tools.select(self._selected)

    def _make_plots(self) -> None:
        from tpviewer.ui.panels.embedding_plot import EmbeddingPlot
        from tpviewer.ui.panels.spectrum_plot import SpectrumPlot

        self.spectrum, self.embedding = SpectrumPlot(self), EmbeddingPlot(self)
        self._spectrum_title.setText(self.tr("Eigenvalues · band: gap · dashed: looks shown"))
        self._plots.addLayout(_titled(self._spectrum_title, self.spectrum), 2)
        self._plots.addLayout(_titled(self._embedding_title, self.embedding), 3)
        self.embedding.hovered.connect(self._point_hovered)
        self.embedding.left.connect(self._point_left)
        self.embedding.clicked.connect(self._state.set_playhead)
        self.embedding.selected.connect(lambda frames: self.tools.set_lassoed(len(frames)))
        self.tools.lasso_toggled.connect(self.embedding.set_lasso)
        self.embedding.set_lasso(self.tools.lasso.isChecked())
        self._fill_plots()

    def _fill_plots(self) -> None:
        if self.spectrum is None or self.embedding is None:
            return
        axes = self.embedding.set_clusters(self._clusters)
        self._embedding_title.setText(self.tr("Frames by eigenvectors {0} and {1}").format(*axes))
        self.embedding.set_playhead(self._state.playhead)
        if self._clusters is not None:
            summary = self._clusters.summary
            shown = len(summary.clusters)
            self.spectrum.set_spectrum(self._clusters.eigenvalues, summary.count_from_spectrum, shown)

    def _playhead_changed(self, frame: int) -> None:
        if self.embedding is not None and self.isVisible():
            self.embedding.set_playhead(frame)

    def _point_hovered(self, frame: int, place: QPoint) -> None:
        if self.embedding is None or self._clusters is None:
            return
        self._hovered = frame
        row = int(np.searchsorted(self._clusters.frames, frame))
        look = letter(int(self._clusters.labels[row]))
        text = self.tr("frame {0} · {1} · look {2}").format(frame, clock(self._state.time_of(frame)), look)
        self.popup.wait_at(self.embedding.mapTo(self, place), text)
        self._ask_map.start()

    def _point_left(self) -> None:
        self._ask_map.stop()
        self._hovered = -1
        self.popup.hide()

    def _assign(self, target: int | None) -> None:
        if self.embedding is not None:
            self.assign_requested.emit(self._state.au, self.embedding.chosen, target)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the plots when they are first wanted."""
        super().showEvent(event)
        if self.spectrum is None:
            self._make_plots()
        self._playhead_changed(self._state.playhead)
        self._draw_prototypes()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no map any more."""
        super().hideEvent(event)
        self._point_left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the plots side by side where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._plots.setDirection(direction)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of the type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_strip()
        if event.type() == QEvent.Type.PaletteChange and self.spectrum and self.embedding:
            self.spectrum.refresh_theme()
            self.embedding.refresh_theme()
            self.tools.select(())
            self._fill_tiles()


def _sizes(clusters: AUClusters) -> tuple[int, int]:
    return len(clusters.summary.clusters), len(clusters.frames)


def _titled(title: QLabel, plot: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(theme.SPACE // 2)
    title.setProperty("role", "muted")
    layout.addWidget(title)
    layout.addWidget(plot, 1)
    return layout
