"""The row above everything: open, analyse, face, model, overlay, export."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from tpviewer.ui import theme
from tpviewer.ui.actions import Actions
from tpviewer.ui.analysis_state import AnalysisState
from tpviewer.ui.icons import icon
from tpviewer.ui.workbench import Workbench


class TopBar(QToolBar):
    """Buttons of the main actions, and the controls of the overlay in the middle.

    Signals
    -------
    model_requested(object)
        None for the bundled model.
    other_model_requested()
    """

    model_requested = Signal(object)
    other_model_requested = Signal()

    def __init__(self, bench: Workbench, actions: Actions, overlay: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench, self._actions = bench, actions
        self.setObjectName("top_bar")
        self.setWindowTitle(self.tr("Main actions"))
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.open = self._button(self.tr("Open"), "open", actions["open"])
        self.camera = self._button(self.tr("Camera"), "camera", actions["camera"])
        self.analyse = self._plain(self.tr("Analyse"), "analyse")
        self.analyse.clicked.connect(self._analyse_or_stop)
        self.face = self._button(self.tr("Face"), "face", actions["face"])
        self.model = self._menu_button(self.tr("Model"), "model")
        self._model_menu()
        self._space(fixed=theme.SPACE)
        self.addWidget(overlay)
        self._space()
        self.export = self._menu_button(self.tr("Export"), "export")
        menu = QMenu(self.export)
        menu.addActions([*actions.of_menu("Export"), actions["copy"]])
        self.export.setMenu(menu)
        bench.analysis_changed.connect(self._show_analysis)
        for name in ("analyse", "stop"):  # whether they can be used may change after the state has
            actions[name].enabledChanged.connect(lambda _: self._show_analysis(bench.analysis))
        bench.state.results_changed.connect(self._show_face)
        bench.setup_changed.connect(self._show_model)
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew, with icons in the theme's colours."""
        for button, name in (
            (self.open, "open"),
            (self.camera, "camera"),
            (self.face, "face"),
            (self.model, "model"),
            (self.export, "export"),
        ):
            button.setIcon(icon(name))
        self._show_analysis(self._bench.analysis)
        self._show_face()
        self._show_model()

    def _button(self, text: str, picture: str, action: QAction) -> QToolButton:
        button = self._plain(text, picture)
        button.clicked.connect(lambda: action.trigger())
        action.enabledChanged.connect(button.setEnabled)
        theme.name_for_readers(button, text, action.toolTip())
        return button

    def _menu_button(self, text: str, picture: str) -> QToolButton:
        button = self._plain(f"{text} ▾", picture)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.name_for_readers(button, text)
        return button

    def _plain(self, text: str, picture: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setIcon(icon(picture))
        button.setIconSize(self.iconSize())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addWidget(button)
        return button

    def _space(self, fixed: int | None = None) -> None:
        space = QWidget()
        if fixed is None:
            space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            space.setFixedWidth(fixed)
        self.addWidget(space)

    def _model_menu(self) -> None:
        menu = QMenu(self.model)
        self._bundled = menu.addAction(self.tr("Bundled model"))
        self._other = menu.addAction(self.tr("Another model …"))
        self._bundled.setCheckable(True)
        self._bundled.triggered.connect(lambda: self.model_requested.emit(None))
        self._other.triggered.connect(self.other_model_requested)
        menu.addSeparator()
        menu.addAction(self._actions["setup"])
        self.model.setMenu(menu)

    def _analyse_or_stop(self) -> None:
        self._actions["stop" if self._bench.analysis.active else "analyse"].trigger()

    def _show_analysis(self, analysis: AnalysisState) -> None:
        texts = {"unfinished": self.tr("Resume"), "done": self.tr("Analysed")}
        running = analysis.active
        action = self._actions["stop" if running else "analyse"]
        self.analyse.setText(self.tr("Stop") if running else texts.get(analysis.phase, self.tr("Analyse")))
        picture = "stop" if running else "resume" if analysis.phase == "unfinished" else "analyse"
        self.analyse.setIcon(icon(picture))
        self.analyse.setEnabled(action.isEnabled())
        theme.name_for_readers(self.analyse, self.analyse.text(), action.toolTip())

    def _show_face(self) -> None:
        snapshot = self._bench.state.snapshot
        several = snapshot is not None and len(snapshot.tracks) > 1
        text = self.tr("Face {0} ▾").format(snapshot.face) if snapshot and several else self.tr("Face")
        self.face.setText(text)

    def _show_model(self) -> None:
        model = self._bench.setup.model
        self._bundled.setChecked(model is None)
        self.model.setToolTip(str(model) if model else self.tr("The bundled model"))
