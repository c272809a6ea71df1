"""The main window: puts views, panels and actions together and remembers how it was left."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from tpviewer.ui import theme
from tpviewer.ui.action_wiring import enable_actions, wire_actions
from tpviewer.ui.actions import Actions
from tpviewer.ui.commands.files import do_leave
from tpviewer.ui.commands.library import do_close_library
from tpviewer.ui.commands.queue import do_drop
from tpviewer.ui.docks import Docks, is_low
from tpviewer.ui.export_line import ExportLine
from tpviewer.ui.folder_wiring import sessions_over_queue
from tpviewer.ui.language import tr
from tpviewer.ui.panel_wiring import wire_panels
from tpviewer.ui.panels.cluster_panel import ClusterPanel
from tpviewer.ui.panels.empty_state import EmptyState
from tpviewer.ui.panels.inspector import Inspector
from tpviewer.ui.panels.problem_banner import ProblemBanner
from tpviewer.ui.panels.prototype_panel import PrototypePanel
from tpviewer.ui.panels.queue_panel import QueuePanel
from tpviewer.ui.panels.review_panel import ReviewPanel
from tpviewer.ui.panels.session_list import SessionList
from tpviewer.ui.player.frame_view import FrameView
from tpviewer.ui.player.legend import Legend
from tpviewer.ui.player.overlay_bar import OverlayBar
from tpviewer.ui.player.transport import Transport
from tpviewer.ui.settings import Settings
from tpviewer.ui.status_line import StatusLine
from tpviewer.ui.text_guard import TextGuard
from tpviewer.ui.timeline.review_timeline import ReviewTimeline
from tpviewer.ui.top_bar import TopBar
from tpviewer.ui.window_specs import MENUS
from tpviewer.ui.workbench import Workbench
from tpviewer.workers.engine import EngineDriver

LEAST_SIZE = (1280, 800)
"""Everything can be read and reached at this size, pixels."""


class MainWindow(QMainWindow):
    """The window over one workbench.

    Parameters
    ----------
    settings : Settings
    spare_folder : Path
        Sessions of the sample, and of videos in folders that cannot be written.
    engine : EngineDriver, optional
        One in a process of its own by default.
    """

    def __init__(self, settings: Settings, spare_folder: Path, engine: EngineDriver | None = None) -> None:
        super().__init__()
        self._first_layout = False
        self.bench = Workbench(settings, spare_folder, engine, self)
        self.actions_by_name = Actions(self)
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self._make_views()
        self._make_centre()
        self._make_docks()
        self._make_menus()
        wire_actions(self)
        wire_panels(self)
        TextGuard(cast(QApplication, QApplication.instance()), self)
        self.bench.document_changed.connect(self._show_document)
        settings.changed.connect(self._setting_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self._restore()
        self._show_document()

    def _make_views(self) -> None:
        state = self.bench.state
        self.frame_view, self.legend = FrameView(state), Legend(state)
        self.transport, self.overlay_bar = Transport(state), OverlayBar(state)
        self.timeline = ReviewTimeline(state, self.bench.review, self.bench.marks)
        self.inspector, self.looks = Inspector(state), ClusterPanel(state)
        self.prototype = PrototypePanel(state)
        self.review = ReviewPanel(state, self.bench.review, self.actions_by_name)
        self.sessions = SessionList(self.bench.shelf)
        self.queue = QueuePanel(self.bench.queue, self.bench.shelf.name_of)
        self.empty, self.banner = EmptyState(self.bench.recent), ProblemBanner()

    def _make_centre(self) -> None:
        player = QWidget()
        column = QVBoxLayout(player)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, stretch in ((self.frame_view, 1), (self.legend, 0), (self.transport, 0)):
            column.addWidget(part, stretch)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(player)
        centre = QWidget()
        around = QVBoxLayout(centre)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(self.banner)
        around.addWidget(self.pages, 1)
        self.setCentralWidget(centre)

    def _make_docks(self) -> None:
        left, right, bottom = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self.docks = Docks(self)
        self.docks.add("sessions", self.tr("Sessions"), sessions_over_queue(self.sessions, self.queue), left)
        self.docks.add("inspector", self.tr("Inspector"), self.inspector, right)
        self.docks.add("looks", self.tr("Looks"), self.looks, right, behind="inspector")
        self.docks.add("review", self.tr("Review"), self.review, right, behind="looks")
        self.docks.add("prototype", self.tr("Temporal prototype"), self.prototype, bottom)
        self.docks.add("timeline", self.tr("Time"), self.timeline, bottom)
        self.top_bar = TopBar(self.bench, self.actions_by_name, self.overlay_bar, self)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.top_bar)
        self.status = StatusLine(self.bench)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.status, 1)
        self.export_line = ExportLine(self.bench.exports)
        self.statusBar().addPermanentWidget(self.export_line)

    def _make_menus(self) -> None:
        bar = self.menuBar()
        for name in MENUS:
            menu = QMenu(tr(name), self)
            menu.setToolTipsVisible(True)
            menu.addActions(self.actions_by_name.of_menu(name))
            if name == "Export":
                first = bar.actions()[0].menu()
                cast(QMenu, first).insertMenu(self.actions_by_name["settings"], menu)
                continue
            bar.addMenu(menu)
            if name == "View":
                self._panel_menu(menu.addMenu(self.tr("Panels")))

    def _panel_menu(self, menu: QMenu) -> None:
        for dock in self.docks:
            menu.addAction(dock.toggleViewAction())
        menu.addSeparator()
        menu.addAction(self.tr("As they were at first"), self.reset_layout)

    def reset_layout(self) -> None:
        """Put all panels back to where they are at first."""
        for dock in self.docks:
            dock.setFloating(False)
            dock.show()
        self.docks.arrange(self.height())

    def _restore(self) -> None:
        settings = self.bench.settings
        if settings.geometry.isEmpty() or not self.restoreGeometry(settings.geometry):
            self.resize(self._first_size())
        self._first_layout = not self.docks.restore(settings.window_state)

    def _first_size(self) -> QSize:
        """Most of the screen, but no less than everything needs."""
        free = self.screen().availableGeometry().size() * 0.85
        return free.expandedTo(QSize(*LEAST_SIZE))

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the panels out when the size of the window is known."""
        super().showEvent(event)
        self.windowHandle().installEventFilter(self.bench.review.clock)
        if self._first_layout:
            self.docks.arrange(self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As long as nobody has laid the panels out, they follow the height of the window."""
        super().resizeEvent(event)
        if self._first_layout and is_low(event.size().height()) != is_low(event.oldSize().height()):
            self.docks.arrange(event.size().height())

    def _show_document(self) -> None:
        document = self.bench.document
        self.pages.setCurrentIndex(0 if document is None else 1)
        self.show_name()
        self.transport.set_sound(False, self.tr("No video is open"))
        enable_actions(self)

    def show_name(self) -> None:
        """Show the name of what is open in the title."""
        document = self.bench.document
        self.setWindowTitle("TPViewer" if document is None else f"{document.name} – TPViewer")

    def _setting_changed(self, key: str) -> None:
        if key in ("theme", "text_scale"):
            self.apply_theme()

    def _scheme_changed(self) -> None:
        if self.bench.settings.theme == "system":
            self.apply_theme()

    def apply_theme(self) -> None:
        """Give the application the theme and the size of type of the settings."""
        self.try_theme(self.bench.settings.theme, self.bench.settings.text_scale)

    def try_theme(self, name: str, scale: float) -> None:
        """Give the application a theme (``system`` for the system's) and a size of type."""
        dark = name == "dark" or (name == "system" and theme.system_theme() == "dark")
        shown: theme.ThemeName = "dark" if dark else "light"
        theme.apply_theme(cast(QApplication, QApplication.instance()), shown, scale)
        self.actions_by_name.refresh_icons()
        self.top_bar.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open one file that is dropped; several go into the queue."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            do_drop(self.bench, paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout, stop what runs, keep what is done."""
        settings = self.bench.settings
        settings.geometry, settings.window_state = self.saveGeometry(), self.docks.state()
        do_close_library(self)
        self.hide()  # an export in hand is waited for, and needs no window for that
        do_leave(self.bench)
        self.bench.close()
        super().closeEvent(event)
