"""Asks for the user's settings; the theme and the size of type are tried out at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from tpviewer.core.errors import TPViewerError
from tpviewer.store.kept import Keep
from tpviewer.ui import theme
from tpviewer.ui.language import LanguageChoice, tr_problem
from tpviewer.ui.settings import LEAST_SCALE, MOST_SCALE, Settings, ThemeChoice

_PERCENT = 100
_STEP = 10


@dataclass(frozen=True)
class SettingsChoice:
    """What the user wants; the fields are those of `Settings` by the same names.

    Attributes
    ----------
    theme : ThemeChoice
    language : LanguageChoice
    text_scale : float
    model : Path or None
    keep : Keep
    keep_crops, analyse_on_open, faces_in_list : bool
    author : str
    """

    theme: ThemeChoice
    language: LanguageChoice
    text_scale: float
    model: Path | None
    keep: Keep
    keep_crops: bool
    analyse_on_open: bool
    author: str
    faces_in_list: bool

    def keep_in(self, settings: Settings) -> None:
        """Write the choice into the settings, all but the model, whose change has consequences."""
        settings.theme = self.theme
        settings.language = self.language
        settings.text_scale = self.text_scale
        settings.keep = self.keep
        settings.keep_crops = self.keep_crops
        settings.analyse_on_open = self.analyse_on_open
        settings.author = self.author
        settings.faces_in_list = self.faces_in_list


class SettingsDialog(QDialog):
    """Shows the settings and returns a `SettingsChoice`; nothing is written.

    Parameters
    ----------
    settings : Settings
    check_model : callable
        Reads a model package and returns what it is in a few words; raises `TPViewerError` if it cannot
        be used.
    parent : QWidget, optional

    Signals
    -------
    appearance_tried(str, float)
        Theme (``system``, ``light``, ``dark``) and size of type to show now; those from before when the user
        cancels.
    """

    appearance_tried = Signal(str, float)

    def __init__(
        self, settings: Settings, check_model: Callable[[Path], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._check_model = check_model
        self._model = settings.model
        self._before: tuple[ThemeChoice, float] = (settings.theme, settings.text_scale)
        self.theme_box, self.language_box, self.keep_box = QComboBox(self), QComboBox(self), QComboBox(self)
        self.scale_slider = QSlider(Qt.Orientation.Horizontal, self)
        self.scale_label = QLabel(self)
        self.author_edit = QLineEdit(settings.author, self)
        self.model_name = QLineEdit(self)
        self.model_button = QPushButton(self.tr("Choose"), self)
        self.model_note = QLabel(self)
        self.keep_crops_box = QCheckBox(self.tr("Keep the aligned pictures of the face in the session"), self)
        self.faces_box = QCheckBox(self.tr("Show faces in the list of sessions"), self)
        self.analyse_box = QCheckBox(self.tr("Begin the analysis when a video is opened"), self)
        self._build()
        self._fill()
        self.theme_box.currentIndexChanged.connect(self._try_appearance)
        self.scale_slider.valueChanged.connect(self._scale_moved)
        self.scale_slider.sliderReleased.connect(self._try_appearance)
        self.rejected.connect(self._take_back)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        for text, value in (
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        ):
            self.theme_box.addItem(text, value)
        languages = ((self.tr("As the system"), "system"), ("English", "en"), ("Deutsch", "de"))
        for text, value in languages:
            self.language_box.addItem(text, value)
        for text, value in (
            (self.tr("Of up to 36,000 frames, spread over the video"), "spread"),
            (self.tr("Of every frame"), "all"),
            (self.tr("Of the frames between, only the strongest 99 %"), "top99"),
            (self.tr("Prototypes only"), "prototypes"),
        ):
            self.keep_box.addItem(text, value)
        self.scale_slider.setRange(round(LEAST_SCALE * _PERCENT), round(MOST_SCALE * _PERCENT))
        self.scale_slider.setSingleStep(_STEP)
        self.scale_slider.setPageStep(_STEP)
        self.scale_label.setFont(theme.tabular())
        self.scale_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("000 %"))
        self.model_name.setReadOnly(True)
        self.model_note.setWordWrap(True)
        menu = QMenu(self.model_button)
        menu.addAction(self.tr("A folder…"), self._choose_folder)
        menu.addAction(self.tr("A zip file…"), self._choose_zip)
        menu.addSeparator()
        menu.addAction(self.tr("The bundled model"), lambda: self.set_model(None))
        self.model_button.setMenu(menu)
        self._name_controls()
        self._lay_out()

    def _name_controls(self) -> None:
        name = theme.name_for_readers
        name(self.theme_box, self.tr("Theme"))
        name(
            self.language_box,
            self.tr("Language"),
            self.tr("Another language is shown from the next start on"),
        )
        name(self.scale_slider, self.tr("Size of type"))
        name(self.author_edit, self.tr("Your name"), self.tr("Edits of results are signed with it"))
        name(self.model_name, self.tr("Model package"))
        name(self.model_button, self.tr("Choose a model package"))
        name(
            self.keep_box,
            self.tr("Relevance maps that are kept"),
            self.tr(
                "36,000 frames are all of 20 minutes at 30 a second. Looks and stages do not depend on it."
                " Where only prototypes are kept, looks cannot be changed."
            ),
        )
        name(self.keep_crops_box, self.keep_crops_box.text())
        name(self.analyse_box, self.analyse_box.text())
        tip = self.tr("Pictures are made anew each time and never written to the disk")
        name(self.faces_box, self.faces_box.text(), tip)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.SPACE)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_title(self.tr("Appearance")))
        form.addRow(self.tr("Theme"), self.theme_box)
        later = QLabel(self.tr("from the next start on"), self)
        later.setProperty("role", "muted")
        form.addRow(self.tr("Language"), _row(self.language_box, later))
        form.addRow(self.tr("Size of type"), _row(self.scale_slider, self.scale_label))
        form.addRow(_title(self.tr("Analysis"), above=True))
        form.addRow(self.tr("Model"), _row(self.model_name, self.model_button))
        form.addRow("", self.model_note)
        form.addRow("", self.analyse_box)
        form.addRow(self.tr("Relevance maps"), self.keep_box)
        form.addRow(self.tr("Your name"), self.author_edit)
        form.addRow(_title(self.tr("Privacy"), above=True))
        form.addRow("", self.keep_crops_box)
        note = QLabel(
            self.tr(
                "Without it a session holds no picture of the face, and the video stays where it is. "
                "It counts from the next analysis on."
            ),
            self,
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        form.addRow("", note)
        form.addRow("", self.faces_box)
        both = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        buttons = QDialogButtonBox(both, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        layout.setSpacing(2 * theme.SPACE)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)

    def _fill(self) -> None:
        settings = self._settings
        self.theme_box.setCurrentIndex(self.theme_box.findData(settings.theme))
        self.language_box.setCurrentIndex(self.language_box.findData(settings.language))
        self.scale_slider.setValue(round(settings.text_scale * _PERCENT))
        self.keep_box.setCurrentIndex(self.keep_box.findData(settings.keep))
        self.keep_crops_box.setChecked(settings.keep_crops)
        self.analyse_box.setChecked(settings.analyse_on_open)
        self.faces_box.setChecked(settings.faces_in_list)
        self._show_scale()
        self._show_model()

    def choice(self) -> SettingsChoice:
        """Return what the user wants."""
        return SettingsChoice(
            theme=self.theme_box.currentData(),
            language=self.language_box.currentData(),
            text_scale=self.scale_slider.value() / _PERCENT,
            model=self._model,
            keep=self.keep_box.currentData(),
            keep_crops=self.keep_crops_box.isChecked(),
            analyse_on_open=self.analyse_box.isChecked(),
            author=self.author_edit.text().strip(),
            faces_in_list=self.faces_box.isChecked(),
        )

    def set_model(self, path: Path | None) -> None:
        """Choose a model package; one that cannot be used is refused and the reason shown."""
        told, role = self.tr("The model that comes with the program."), "muted"
        if path is not None:
            try:
                told = self._check_model(path)
            except TPViewerError as error:
                self._note(tr_problem(str(error)), "danger")
                return
        self._model = path
        self._show_model()
        self._note(told, role)

    def _show_model(self) -> None:
        self.model_name.setText(str(self._model) if self._model else self.tr("bundled"))
        self.model_name.setCursorPosition(0)

    def _note(self, text: str, role: str) -> None:
        self.model_note.setText(text)
        self.model_note.setProperty("role", role)
        self.model_note.style().unpolish(self.model_note)
        self.model_note.style().polish(self.model_note)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Model package"), self._model_folder())
        if name:
            self.set_model(Path(name))

    def _choose_zip(self) -> None:
        title, kinds = self.tr("Model package"), self.tr("Model packages (*.zip)")
        name, _ = QFileDialog.getOpenFileName(self, title, self._model_folder(), kinds)
        if name:
            self.set_model(Path(name))

    def _model_folder(self) -> str:
        return str(self._model.parent if self._model else self._settings.last_folder)

    def _scale_moved(self) -> None:
        self._show_scale()
        # While the slider is dragged, a growing dialog would move away from under the cursor.
        if not self.scale_slider.isSliderDown():
            self._try_appearance()

    def _show_scale(self) -> None:
        self.scale_label.setText(f"{self.scale_slider.value()} %")

    def _try_appearance(self) -> None:
        wanted = self.choice()
        self.appearance_tried.emit(wanted.theme, wanted.text_scale)

    def _take_back(self) -> None:
        wanted = self.choice()
        if (wanted.theme, wanted.text_scale) != self._before:
            self.appearance_tried.emit(*self._before)


def _title(text: str, above: bool = False) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    label.setContentsMargins(0, 2 * theme.SPACE if above else 0, 0, 0)
    return label


def _row(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    row.addWidget(wide, 1)
    row.addWidget(narrow)
    return row
