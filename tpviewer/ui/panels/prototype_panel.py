"""The temporal prototype of the open video: its tiles, its counts and its notation."""

from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from tpviewer.core.action_units import ACTION_UNITS
from tpviewer.core.letters import letter
from tpviewer.core.stage_grounding import Grounded
from tpviewer.core.stages import ASCII_ARROW, UNICODE_ARROW, Stage, notation, stage_label
from tpviewer.core.statistics import sequence_statistics
from tpviewer.store.snapshot import ResultSet
from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.panels.map_tile import crop_points
from tpviewer.ui.panels.prototype_strip import TileStrip
from tpviewer.ui.panels.prototype_tiles import LookImages, grey_image
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import WARNING_SIGN, share
from tpviewer.workers.tile_loader import TilePicture, TileRequest

DEBOUNCE_MS = 150
X_MS = 40  # the player answers the slider first
_NAMES = {unit.label: unit.name for unit in ACTION_UNITS}


class PrototypePanel(QWidget):
    """Tiles of the shown stages; click goes to a stage, double click loops it.

    Signals
    -------
    tiles_requested(object)
        A `TileRequest` for pictures that are not there yet; they come back through `set_tile`.
    """

    tiles_requested = Signal(object)

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._stages: tuple[Stage, ...] = ()
        self._starts: list[int] = []
        self._results: ResultSet | None = None
        self._session: Path | None = None
        self._pictures: dict[Stage, TilePicture] = {}
        self._by_hand = False
        self.strip = TileStrip(self)
        self.counts = QLabel(self)
        self.copy_button = QToolButton(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._request)
        self._x_timer = QTimer(self)
        self._x_timer.setSingleShot(True)
        self._x_timer.setInterval(X_MS)
        self._x_timer.timeout.connect(lambda: self.strip.set_x(state.overlay.x))
        self._build()
        self._connect()
        self._take_results()

    def _build(self) -> None:
        self.counts.setFont(theme.tabular())
        self.counts.setProperty("role", "muted")
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.copy_button.setText(self.tr("Copy notation"))
        self.copy_button.setIcon(icon("copy"))
        self.copy_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.copy_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(self.copy_button)
        self.copy_paper = menu.addAction(self.tr("As the paper writes it:  (NONE) → (AU02_A)"))
        self.copy_ascii = menu.addAction(self.tr("In ASCII:  (NONE) -> (AU02_A)"))
        self.copy_button.setMenu(menu)
        theme.name_for_readers(
            self.copy_button,
            self.tr("Copy notation"),
            self.tr("Copy the temporal prototype as text, in the paper's notation"),
        )
        theme.name_for_readers(self.strip, self.tr("Temporal prototype"), "")
        header = QHBoxLayout()
        header.setContentsMargins(theme.SPACE, theme.SPACE // 2, theme.SPACE, 0)
        header.addWidget(self.counts, 1)
        header.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addWidget(self.strip, 1)

    def _connect(self) -> None:
        state = self._state
        state.document_changed.connect(self._take_results)
        state.results_changed.connect(self._take_results)
        state.playhead_changed.connect(self._follow_playhead)
        state.playing_changed.connect(self._follow_again)
        state.loop_changed.connect(self._show_loop)
        state.overlay_changed.connect(self._follow_x)
        self.strip.stage_chosen.connect(self._go_to)
        self.strip.stage_doubled.connect(self._loop)
        self.strip.scrolled_by_hand.connect(self._scrolled)
        self.copy_button.clicked.connect(lambda: self.copy_notation())
        self.copy_paper.triggered.connect(lambda: self.copy_notation())
        self.copy_ascii.triggered.connect(lambda: self.copy_notation(ASCII_ARROW))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that are shown."""
        return self._stages

    @property
    def waiting(self) -> bool:
        """True while the panel is shown and pictures are still to come."""
        return self.isVisible() and bool(self._missing())

    def set_tile(self, number: int, tile: TilePicture) -> None:
        """Show a picture; one that was made for other stages is left out."""
        if number < len(self._stages) and self._stages[number] == tile.stage:
            self._pictures[tile.stage] = tile
            if tile.picture is not None:
                self.strip.set_picture(number, grey_image(tile.picture))

    def request_again(self) -> None:
        """Ask for all pictures anew, for example because the video was found."""
        self._pictures.clear()
        self._timer.start()

    def copy_notation(self, arrow: str = UNICODE_ARROW) -> None:
        """Copy the temporal prototype as text to the clipboard."""
        QGuiApplication.clipboard().setText(notation(self._stages, arrow))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for pictures that were not wanted while nobody could see them."""
        super().showEvent(event)
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Give the header the ground of the tiles."""
        QPainter(self).fillRect(event.rect(), QColor(theme.current().panel))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.copy_button.setIcon(icon("copy"))

    def _take_results(self) -> None:
        """Show the stages of the state; pictures of stages that stay are kept."""
        results, snapshot = self._state.results, self._state.snapshot
        session = snapshot.path if snapshot else None
        stages = results.stages[self._state.layer] if results else ()
        if session != self._session:
            self._pictures.clear()
        if session != self._session or results is not self._results or stages != self._stages:
            self._session, self._results, self._stages = session, results, stages
            self._starts = [stage.start for stage in stages]
            self._show_stages()
        self._show_counts()
        self.strip.set_message(self._waiting())

    def _show_stages(self) -> None:
        snapshot, results = self._state.snapshot, self._results
        prototypes = {au: found.prototypes for au, found in results.clusters.items()} if results else {}
        bounds = snapshot.bounds if snapshot else np.zeros(1)
        seconds = np.array([bounds[s.stop] - bounds[s.start] for s in self._stages], np.float64)
        self.strip.set_stages(
            self._stages,
            seconds,
            LookImages(prototypes, _map_source() if results else {}, self._state.overlay.x),
            crop_points(snapshot.card if snapshot else {}),
            self._tip,
            results.elsewhere(self._state.layer) if results else (),
        )
        kept = set(self._stages)
        self._pictures = {stage: tile for stage, tile in self._pictures.items() if stage in kept}
        for number, stage in enumerate(self._stages):
            if stage in self._pictures:
                self.set_tile(number, self._pictures[stage])
        self.strip.setAccessibleDescription(notation(self._stages, UNICODE_ARROW))
        self._follow_playhead(self._state.playhead)
        self._show_loop()
        if self.isVisible():
            self._timer.start()

    def _show_counts(self) -> None:
        self.copy_button.setEnabled(bool(self._stages))
        if not self._stages or self._results is None:
            self.counts.setText("")
            return
        figures = sequence_statistics(self._stages)
        reduction = f"{100 * figures.reduction:.1f} %" if np.isfinite(figures.reduction) else "–"
        text = self.tr("{0} frames → {1} stages (reduction {2}), {3} distinct  ·  profile {4}").format(
            figures.frames, figures.stages, reduction, figures.distinct, self._results.profile
        )
        if self._state.layer != "absorbed":
            text += self.tr("  ·  {0} results").format(self._state.layer)
        if figures.unseen_frames:
            text += self.tr("  ·  {0} frames without a face are not counted").format(figures.unseen_frames)
        if self._results.edited:
            text += self.tr("  ·  with your edits of looks")
        self.counts.setText(text)
        self.counts.setToolTip(text)

    def _waiting(self) -> str:
        snapshot = self._state.snapshot
        if snapshot is None:
            return self.tr("The temporal prototype appears here once a video has been analysed.")
        if self._state.blind:
            return self.tr("The machine is hidden until you commit.")
        if not snapshot.result_sets:
            return self.tr("Stages come when all frames have been explained and clustered.")
        return self.tr("This result has no stages.")

    def _tip(self, number: int) -> str:
        stage, snapshot = self._stages[number], self._state.snapshot
        assert snapshot is not None
        bounds = snapshot.bounds
        lines = [
            self.tr("Stage {0} of {1}: {2}").format(number + 1, len(self._stages), stage_label(stage)),
            self.tr("frames {0}–{1}, {2:.2f}–{3:.2f} s").format(
                stage.start, stage.stop - 1, bounds[stage.start], bounds[stage.stop]
            ),
            self.tr("purity {0:.2f}: share of its frames with exactly this set").format(stage.purity),
        ]
        grounding = self._grounding(number)
        lines += [
            self.tr("{0} {1}, look {2}").format(au, _NAMES.get(au, ""), letter(look))
            + self._grounding_words(grounding.get(au))
            for au, look in stage.key
        ]
        return "\n".join([*lines, self.tr("Click to go there, double click to loop it")])

    def _grounding(self, number: int) -> Mapping[str, Grounded]:
        return self._results.grounding_of(self._state.layer, number) if self._results else {}

    def _grounding_words(self, grounded: Grounded | None) -> str:
        if grounded is None:
            return ""
        words = self.tr(", grounding {0}").format(share(grounded.value))
        if grounded.elsewhere:
            words += self.tr("  {0} the network looks elsewhere").format(WARNING_SIGN)
        return words

    def _follow_playhead(self, frame: int) -> None:
        if not self._state.playing:
            self._by_hand = False
        place = bisect_right(self._starts, frame) - 1
        inside = place >= 0 and frame < self._stages[place].stop
        self.strip.set_current(place if inside else None, into_view=not self._by_hand)

    def _follow_x(self) -> None:
        if not self._x_timer.isActive():
            self._x_timer.start()

    def _follow_again(self) -> None:
        self._by_hand = False

    def _scrolled(self) -> None:
        """Leave the row where the user put it, until playing begins or ends."""
        self._by_hand = True

    def _show_loop(self) -> None:
        loop = self._state.loop
        ranges = [(stage.start, stage.stop) for stage in self._stages]
        self.strip.set_looped(ranges.index(loop) if loop in ranges else None)

    def _go_to(self, number: int) -> None:
        self._state.set_playhead(self._stages[number].start)

    def _loop(self, number: int) -> None:
        wanted = (self._stages[number].start, self._stages[number].stop)
        self._state.set_loop(None if self._state.loop == wanted else wanted)

    def _request(self) -> None:
        """Ask for what is missing, the tiles in sight first."""
        if not self._stages or self._session is None or self._results is None or not self.isVisible():
            return
        missing = self._missing()
        if not missing:
            return
        seen = self.strip.visible_numbers()
        prototypes = {au: found.prototypes for au, found in self._results.clusters.items()}
        numbers = tuple(sorted(missing, key=lambda n: (n not in seen, n)))
        self.tiles_requested.emit(
            TileRequest(self._session, self._video(), self._stages, prototypes, numbers)
        )

    def _missing(self) -> list[int]:
        return [n for n, stage in enumerate(self._stages) if stage not in self._pictures]

    def _video(self) -> Path | None:
        if self._state.video is not None:
            return self._state.video.path
        assert self._state.snapshot is not None
        path = Path(self._state.snapshot.video.path)
        return path if path.exists() else None


def _map_source() -> dict[str, str]:
    """Import it late: it brings SciPy, for which an empty window need not wait."""
    from tpviewer.core.activity import MAP_SOURCE

    return MAP_SOURCE
