"""What this program is, its version, and whose work it builds on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from tpviewer import __version__
from tpviewer.ui import theme
from tpviewer.ui.dialogs.manual_page import ManualPage


class AboutDialog(QDialog):
    """Version, purpose, licences and credits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About TPViewer"))
        self.resize(680, 520)
        title = QLabel(self.tr("TPViewer {0}").format(__version__), self)
        font = title.font()
        font.setPointSizeF(1.4 * font.pointSizeF())
        title.setFont(font)
        self.purpose = QLabel(
            self.tr(
                "Shows why a neural network saw a facial Action Unit, over a whole video. "
                "Everything happens on this computer; the program opens no network connection.\n"
                "A research tool. Not a medical device: not for diagnosis or treatment."
            ),
            self,
        )
        self.purpose.setWordWrap(True)
        self.purpose.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.credits = ManualPage("credits.md", self)
        theme.name_for_readers(self.credits, self.tr("Licences and credits"), "")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(title)
        layout.addWidget(self.purpose)
        layout.addWidget(self.credits, 1)
        layout.addWidget(buttons)
