"""Settings survive a restart, a damaged file and a hand that edits them; dialogs only return values."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from tpviewer.core.errors import ModelError
from tpviewer.ui.dialogs.analysis_dialog import AnalysisChoice, AnalysisDialog
from tpviewer.ui.dialogs.settings_dialog import SettingsDialog
from tpviewer.ui.recent import MOST, RecentFiles
from tpviewer.ui.settings import Settings

AUS = ("AU12", "AU01", "AU45", "AU04")
DEFAULTS = {"AU12": 0.55, "AU01": 0.5, "AU45": 0.5, "AU04": 0.4}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


def reopened(settings: Settings) -> Settings:
    assert settings.sync()
    return Settings(settings.path)


def test_a_fresh_user_has_defaults_and_no_problems(settings: Settings) -> None:
    assert (settings.theme, settings.text_scale, settings.top_x) == ("system", 1.0, 25.0)
    assert settings.model is None
    assert [settings.keep_crops, settings.analyse_on_open, settings.mute] == [False] * 3
    assert settings.faces_in_list
    assert settings.last_folder == Path.home()
    assert settings.geometry.isEmpty()
    assert settings.problems == ()


def test_every_setting_is_there_after_a_restart(settings: Settings, tmp_path: Path) -> None:
    settings.theme, settings.language = "dark", "de"
    settings.text_scale = 1.25
    settings.model = tmp_path / "Modell, das große"
    settings.keep_crops = settings.analyse_on_open = settings.mute = True
    settings.keep = "top99"
    settings.author = "  Dr. Größe, A. "
    settings.top_x = 40
    settings.faces_in_list = False
    settings.session_folders = '["/Größe, 1"]'
    settings.last_folder = tmp_path
    settings.geometry = QByteArray(b"\0\1geometry")
    settings.window_state = QByteArray(b"\2state")
    again = reopened(settings)
    assert (again.theme, again.text_scale, again.top_x) == ("dark", 1.25, 40.0)
    assert again.language == "de"
    assert again.model == tmp_path / "Modell, das große"
    assert (again.keep_crops, again.keep) == (True, "top99")
    assert not again.faces_in_list
    assert again.session_folders == '["/Größe, 1"]'
    assert again.analyse_on_open
    assert again.mute
    assert again.author == "Dr. Größe, A."
    assert again.last_folder == tmp_path
    assert again.geometry == QByteArray(b"\0\1geometry")
    assert again.window_state == QByteArray(b"\2state")
    assert again.problems == ()


def test_a_change_is_told_once_and_only_when_the_value_differs(settings: Settings, qtbot: QtBot) -> None:
    told: list[str] = []
    settings.changed.connect(told.append)
    settings.theme = "system"
    settings.keep_crops = False
    assert told == []
    settings.theme = "dark"
    settings.theme = "dark"
    settings.keep_crops = True
    assert told == ["theme", "keep_crops"]


@pytest.mark.parametrize(
    ("line", "name", "default"),
    [
        ("theme=purple", "theme", "system"),
        ("text_scale=huge", "text_scale", 1.0),
        ("text_scale=9", "text_scale", 1.0),
        ("text_scale=nan", "text_scale", 1.0),
        ("top_x=0", "top_x", 25.0),
        ("keep_crops=perhaps", "keep_crops", False),
        ("keep=everything", "keep", "spread"),
        ("model=a, b", "model", None),
        ("geometry=none", "geometry", QByteArray()),
    ],
)
def test_a_value_that_makes_no_sense_gives_the_default_and_is_reported(
    tmp_path: Path, line: str, name: str, default: object
) -> None:
    path = tmp_path / "settings.ini"
    path.write_text(f"[General]\n{line}\n", encoding="utf-8")
    settings = Settings(path)
    assert getattr(settings, name) == default
    (problem,) = settings.problems
    assert name in problem
    assert str(path) in problem
    if name == "text_scale":
        settings.text_scale = 1.1
        assert settings.problems == ()


def test_a_file_of_rubbish_does_not_stop_the_program(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(bytes(range(256)) * 20)
    settings = Settings(path)
    assert settings.theme == "system"
    settings.theme = "dark"
    assert settings.theme == "dark"


def test_the_size_of_type_stays_in_its_range(settings: Settings) -> None:
    settings.text_scale = 5
    assert settings.text_scale == 1.6
    settings.text_scale = 0.1
    assert settings.text_scale == 0.8


def test_recent_files_are_newest_first_without_duplicates_and_at_most_thirty(
    settings: Settings, tmp_path: Path
) -> None:
    recent = RecentFiles(settings)
    for number in range(MOST + 5):
        recent.add(tmp_path / f"{number}.mp4", "video", datetime(2024, 5, 1, 12, number))
    recent.add(tmp_path / "20.mp4", "analysed")
    names = [file.path.name for file in recent.files]
    assert names[:3] == ["20.mp4", "34.mp4", "33.mp4"]
    assert len(names) == len(set(names)) == MOST
    assert [file.path for file in RecentFiles(reopened(settings)).files] == [f.path for f in recent.files]


def test_a_recent_file_that_is_missing_is_marked_not_dropped(
    settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    here = tmp_path / "here.mp4"
    here.touch()
    recent = RecentFiles(settings)
    recent.add(tmp_path / "gone.mp4", "analysed")
    recent.add(here, "video")
    with qtbot.waitSignal(recent.changed):
        recent.check()
    assert recent.missing == {tmp_path / "gone.mp4"}
    assert len(recent.files) == 2


def test_a_new_state_keeps_the_place_and_removing_forgets(settings: Settings, tmp_path: Path) -> None:
    recent = RecentFiles(settings)
    for name in "abc":
        recent.add(tmp_path / name, "video")
    recent.set_state(tmp_path / "b", "unfinished")
    assert [(f.path.name, f.state) for f in recent.files] == [
        ("c", "video"),
        ("b", "unfinished"),
        ("a", "video"),
    ]
    recent.remove(tmp_path / "c")
    assert [f.path.name for f in recent.files] == ["b", "a"]
    recent.clear()
    assert recent.files == ()


@pytest.mark.parametrize("text", ["{", "[1]", '[{"path": "a"}]', '[{"path":"a","state":"x","opened":"y"}]'])
def test_a_damaged_list_of_recent_files_begins_anew_and_is_reported(settings: Settings, text: str) -> None:
    settings.recent = text
    assert RecentFiles(settings).files == ()
    assert "recent" in settings.problems[0]


def test_the_settings_dialog_changes_nothing_until_its_choice_is_kept(
    settings: Settings, qtbot: QtBot
) -> None:
    dialog = SettingsDialog(settings, lambda path: "")
    qtbot.addWidget(dialog)
    dialog.theme_box.setCurrentIndex(dialog.theme_box.findData("dark"))
    dialog.keep_crops_box.setChecked(True)
    dialog.keep_box.setCurrentIndex(dialog.keep_box.findData("prototypes"))
    dialog.author_edit.setText("Ada")
    assert (settings.theme, settings.keep_crops, settings.keep) == ("system", False, "spread")
    dialog.choice().keep_in(settings)
    assert (settings.theme, settings.keep_crops, settings.author) == ("dark", True, "Ada")
    assert settings.keep == "prototypes"


def test_theme_and_size_are_tried_at_once_and_taken_back_on_cancel(settings: Settings, qtbot: QtBot) -> None:
    dialog = SettingsDialog(settings, lambda path: "")
    qtbot.addWidget(dialog)
    tried: list[tuple[str, float]] = []
    dialog.appearance_tried.connect(lambda *wanted: tried.append(wanted))
    dialog.theme_box.setCurrentIndex(dialog.theme_box.findData("dark"))
    dialog.scale_slider.setValue(120)
    dialog.reject()
    assert tried == [("dark", 1.0), ("dark", 1.2), ("system", 1.0)]


def test_a_model_that_cannot_be_used_is_refused_with_its_reason(
    settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    def check(path: Path) -> str:
        if path.name == "bad":
            raise ModelError(f"{path}: no card.json; choose another folder")
        return "small 1.0: 4 Action Units"

    dialog = SettingsDialog(settings, check)
    qtbot.addWidget(dialog)
    dialog.set_model(tmp_path / "good")
    assert "4 Action Units" in dialog.model_note.text()
    dialog.set_model(tmp_path / "bad")
    assert "no card.json" in dialog.model_note.text()
    assert dialog.choice().model == tmp_path / "good"
    dialog.set_model(None)
    assert dialog.choice().model is None


def analysis_dialog(qtbot: QtBot, **options: object) -> AnalysisDialog:
    dialog = AnalysisDialog(AUS, DEFAULTS, **options)
    qtbot.addWidget(dialog)
    return dialog


def test_action_units_are_listed_from_brow_to_jaw_and_experimental_ones_marked(qtbot: QtBot) -> None:
    dialog = analysis_dialog(qtbot, experimental={"AU04"})
    tree = dialog.tree
    regions = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    assert [region.text(0) for region in regions] == ["Brow", "Lids", "Lips"]
    assert list(dialog.items) == ["AU01", "AU04", "AU45", "AU12"]
    assert [au for au, item in dialog.items.items() if item.text(1)] == ["AU04"]


def test_an_untouched_dialog_chooses_everything_with_the_models_thresholds(qtbot: QtBot) -> None:
    assert analysis_dialog(qtbot).choice() == AnalysisChoice(None, {})


def test_the_choice_names_what_differs_in_the_models_order(qtbot: QtBot) -> None:
    dialog = analysis_dialog(qtbot, chosen={"AU01", "AU12"}, thresholds={"AU01": 0.65})
    assert dialog.choice() == AnalysisChoice(("AU12", "AU01"), {"AU01": 0.65})
    dialog.spins["AU12"].setValue(0.3)
    dialog.resets["AU01"].click()
    assert dialog.choice().thresholds == {"AU12": 0.3}


def test_no_action_unit_at_all_cannot_be_accepted(qtbot: QtBot) -> None:
    dialog = analysis_dialog(qtbot)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    for item in dialog.items.values():
        item.setCheckState(0, Qt.CheckState.Unchecked)
    assert not ok.isEnabled()
    dialog.items["AU45"].setCheckState(0, Qt.CheckState.Checked)
    assert ok.isEnabled()
    assert dialog.choice().aus == ("AU45",)
