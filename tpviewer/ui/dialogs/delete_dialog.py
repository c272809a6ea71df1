"""Asks once before a session is deleted, and says what will be gone and what will not."""

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tpviewer.store.deletion import Deletable
from tpviewer.ui import theme

_UNITS = ("B", "kB", "MB", "GB", "TB")


class DeleteDialog(QDialog):
    """Names what goes with a session; where people's work goes too, that must be ticked.

    Parameters
    ----------
    name : str
        How the session is called in the window.
    session : Path
    found : Deletable
    parent : QWidget, optional
    """

    def __init__(self, name: str, session: Path, found: Deletable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.also_review = QCheckBox(self)
        self.delete = QPushButton(self.tr("Delete"), self)
        self._build(name, session, found)
        self.also_review.toggled.connect(self.delete.setEnabled)

    def _build(self, name: str, session: Path, found: Deletable) -> None:
        self.setWindowTitle(self.tr("Delete session"))
        title = self._label(self.tr("Delete the session of {0}?").format(name), "title")
        gone = self._label(self._what_goes(session, found))
        stays = self._label(self._what_stays(), "muted")
        self.also_review.setText(
            self.tr("Delete the review by {0} too (judgements: {1})").format(
                ", ".join(found.reviewers), found.judgements
            )
        )
        self.also_review.setVisible(found.reviewed)
        self.delete.setEnabled(not found.reviewed)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self.delete, QDialogButtonBox.ButtonRole.AcceptRole)
        self.delete.setAutoDefault(False)  # where it has the focus, Enter would press it
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        cancel.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        layout.setSpacing(2 * theme.SPACE)
        for part in (title, gone, self.also_review, stays):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)

    def _what_goes(self, session: Path, found: Deletable) -> str:
        lines = [
            self.tr("This is gone for good:"),
            self.tr("• {0} ({1})").format(session, size_text(found.bytes)),
            self.tr("• {0} relevance maps, {1} pictures of the face").format(found.maps, found.crops),
            self.tr("• looks, stages, edits, pseudonym and consent, and its place in the lists"),
        ]
        return "\n".join(lines)

    def _what_stays(self) -> str:
        return self.tr(
            "The video stays where it is, and so does what was exported. TPViewer removes the files; it"
            " cannot reach copies in backups or in the cloud, and on an SSD traces may stay until the drive"
            " writes over them: encrypt drives with patients' data."
        )

    def _label(self, text: str, role: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label


def size_text(size: int) -> str:
    """Return a size such as ``3.2 MB``."""
    value, unit = float(size), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} {_UNITS[unit]}" if unit == 0 else f"{value:.1f} {_UNITS[unit]}"
