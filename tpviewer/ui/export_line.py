"""How far an export is, in the line at the bottom, with a button that stops it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from tpviewer.ui import theme
from tpviewer.ui.export_run import ExportRun


class ExportLine(QWidget):
    """Name of the file, a bar, and Stop; there only while something is exported.

    Parameters
    ----------
    run : ExportRun
    parent : QWidget, optional
    """

    def __init__(self, run: ExportRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.text, self.bar = QLabel(self), QProgressBar(self)
        self.text.setFont(theme.tabular())
        self.text.setProperty("role", "muted")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(12 * theme.SPACE)
        theme.name_for_readers(self.bar, self.tr("Progress of the export"))
        self.stop = QToolButton(self)
        self.stop.setText(self.tr("Stop"))
        theme.name_for_readers(
            self.stop, self.tr("Stop the export"), self.tr("Stop the export; no file is left behind")
        )
        self.stop.setStyleSheet("min-height: 0; padding: 0 8px;")  # no higher than text, or the bar jumps
        self.stop.setMaximumHeight(self.text.sizeHint().height() + 4)
        self.stop.clicked.connect(run.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        row.setSpacing(theme.SPACE)
        for part in (self.text, self.bar, self.stop):
            row.addWidget(part)
        run.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        run, progress = self._run, self._run.progress
        self.setVisible(bool(run.name))
        self.stop.setEnabled(not run.stopping)
        self.bar.setRange(0, progress.total if progress else 0)
        self.bar.setValue(progress.done if progress else 0)
        percent = f" · {100 * progress.done // progress.total} %" if progress else ""
        metrics = self.text.fontMetrics()
        name = metrics.elidedText(run.name, Qt.TextElideMode.ElideMiddle, 24 * theme.SPACE)
        text = self.tr("Stopping {0} …") if run.stopping else self.tr("Exporting {0}")
        self.text.setText(text.format(name) + percent)
