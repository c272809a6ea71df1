"""The line at the bottom: what is being done, how far, with which model, and what is to be known."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from tpviewer.store.snapshot import NO_FACE
from tpviewer.ui import theme
from tpviewer.ui.analysis_state import AnalysisState, progress_text
from tpviewer.ui.language import tr, tr_problem
from tpviewer.ui.workbench import Workbench

_NOTE_MS = 8000


class StatusLine(QWidget):
    """Progress with rate and time left, the engine, the model, the face."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._note = ""
        self._was_active = False
        self._text, self._engine, self._facts = QLabel(), QLabel(), QLabel()
        self._text.setFont(theme.tabular())
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(20 * theme.SPACE)
        theme.name_for_readers(self._bar, self.tr("Progress of this step"))
        self.dismiss = QToolButton()
        self.dismiss.setText("✕")
        self.dismiss.setProperty("flat", "true")
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dismiss.setStyleSheet("min-height: 0; padding: 0 4px;")  # no higher than text, or the line jumps
        self.dismiss.setMaximumHeight(self._text.fontMetrics().height())
        self.dismiss.clicked.connect(self._end_note)
        theme.name_for_readers(self.dismiss, self.tr("Dismiss this message"))
        self._lay_out()
        self._clear_note = QTimer(self)
        self._clear_note.setSingleShot(True)
        self._clear_note.timeout.connect(self._end_note)
        bench.analysis_changed.connect(self._show)
        bench.engine_changed.connect(self._show)
        bench.noted.connect(self.note)
        bench.noted_to_stay.connect(self._keep)
        bench.document_opening.connect(self._end_note)
        bench.state.results_changed.connect(self._show)
        bench.state.document_changed.connect(self._show)
        bench.review.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 2, theme.SPACE, 2)
        row.setSpacing(2 * theme.SPACE)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for label in (self._text, self._engine, self._facts):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setProperty("role", "muted")
        row.addWidget(self._bar)
        row.addWidget(self.dismiss)
        row.addWidget(self._text, 1)
        row.addWidget(self._engine)
        row.addWidget(self._facts)

    def note(self, text: str) -> None:
        """Show something for some seconds; it stays as a tool tip."""
        self._note = tr_problem(self._bench.pseudonymised(text))
        self._clear_note.start(_NOTE_MS)
        self._show()

    @property
    def text(self) -> str:
        """What the line says now."""
        return self._text.text()

    def _keep(self) -> None:
        """Let the note stay until the next one, another document, an analysis, or its button ends it."""
        self._clear_note.stop()
        self._show()

    def _end_note(self) -> None:
        self._clear_note.stop()
        self._note = ""
        self._show()

    def _show(self) -> None:
        analysis = self._bench.analysis
        if analysis.active and not self._was_active:
            self._note = ""
        self._was_active = analysis.active
        text = analysis_text(analysis) if analysis.active or not self._note else self._note
        self._text.setText(text or self.tr("Ready"))
        self._text.setToolTip(self._note or text)
        stays = bool(self._note) and not self._clear_note.isActive()
        self.dismiss.setVisible(stays and not analysis.active)
        progress = analysis.progress
        self._bar.setVisible(analysis.active)
        self._bar.setRange(0, progress.total if progress else 0)
        self._bar.setValue(progress.done if progress else 0)
        self._engine.setText(engine_text(self._bench.engine_state))
        self._facts.setText(" · ".join(self._told()))

    def _told(self) -> list[str]:
        snapshot = self._bench.state.snapshot
        if snapshot is None:
            return []
        lost = int((snapshot.seen == NO_FACE).sum())
        facts = [f"{snapshot.card['name']} {snapshot.card['version']}"]
        if lost:
            facts.append(self.tr("no face in {0} frames").format(lost))
        review = self._bench.review
        facts.append(self.tr("reviewer {0}").format(review.reviewer))
        if review.blind:
            facts.append(self.tr("machine hidden"))
        if len(snapshot.tracks) > 1:
            facts.append(self.tr("face {0} of {1}").format(snapshot.face, len(snapshot.tracks)))
        return facts


def analysis_text(analysis: AnalysisState) -> str:
    """Return what an analysis does now, in words; empty where nothing is to be said."""
    if analysis.phase == "running" and analysis.progress is not None:
        return progress_text(analysis.progress)
    return {
        "none": "",
        "starting": tr("Starting the analysis …"),
        "running": tr("Analysing …"),
        "stopping": tr("Stopping after the frames in hand …"),
        "unfinished": tr("The analysis is not finished: press Analyse to go on"),
        "done": tr("Analysed"),
    }[analysis.phase]


def engine_text(engine: object) -> str:
    """Return the state of the analysis engine in words; empty where nothing is to be said."""
    name = str(getattr(engine, "value", engine))
    texts = {
        "loading": tr("Loading the model …"),
        "crashed": tr("Engine stopped"),
    }
    return texts.get(name, "")
