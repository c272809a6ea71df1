"""Asks for the pseudonym of a patient and what the patient agreed to."""

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tpviewer.store.patient import Patient
from tpviewer.ui import theme

_LONGEST_PSEUDONYM = 64


class PatientDialog(QDialog):
    """Shows pseudonym and consent, and returns what the user made of them; nothing is written.

    Parameters
    ----------
    file_name : str
        Name of the video or session.
    patient : Patient
    parent : QWidget, optional
    """

    def __init__(self, file_name: str, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pseudonym = QLineEdit(patient.pseudonym, self)
        self.consent = QPlainTextEdit(patient.consent, self)
        self._build(file_name, patient)

    def _build(self, file_name: str, patient: Patient) -> None:
        self.setWindowTitle(self.tr("Pseudonym and consent"))
        self.pseudonym.setMaxLength(_LONGEST_PSEUDONYM)
        self.pseudonym.setPlaceholderText(self.tr("for example P-017"))
        self.consent.setPlaceholderText(self.tr("what was agreed to, when, and until when"))
        self.consent.setTabChangesFocus(True)
        self.consent.setFixedHeight(12 * theme.SPACE)
        theme.name_for_readers(self.pseudonym, self.tr("Pseudonym"))
        theme.name_for_readers(self.consent, self.tr("Consent"))
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.SPACE)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("File"), QLabel(file_name, self))
        form.addRow(self.tr("Pseudonym"), self.pseudonym)
        form.addRow(self.tr("Consent"), self.consent)
        both = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        buttons = QDialogButtonBox(both, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        layout.setSpacing(2 * theme.SPACE)
        layout.addLayout(form)
        layout.addWidget(self._muted(self._what_it_does()))
        if patient.notes:
            layout.addWidget(self._muted(self._history(patient)))
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)

    def _what_it_does(self) -> str:
        return self.tr(
            "The pseudonym stands for the file's name in the window and in exports. It does not rename the"
            " files: the session still knows where its video lies, and what can be seen or heard in the video"
            " is not changed. Both are kept in the session, with your name and the time."
        )

    def _history(self, patient: Patient) -> str:
        last = patient.notes[-1]
        when = last.made_at[:16].replace("T", " ")
        return self.tr("Last changed by {0} on {1} UTC; changed {2} times.").format(
            last.author or self.tr("somebody without a name"), when, len(patient.notes)
        )

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        return label
