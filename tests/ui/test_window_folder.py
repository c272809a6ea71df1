"""Many videos and their patients in the window: queue, pseudonym, deletion."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from tests.store.judged import at, place
from tests.ui.conftest import show, shown_window
from tests.ui.idle_engine import IdleEngine
from tpviewer.export.summary import summary
from tpviewer.pipeline.progress import StepProgress
from tpviewer.store.deletion import Deletable
from tpviewer.store.patient import patient_of
from tpviewer.store.session import PROFILES, Session
from tpviewer.ui.commands.analysis import do_analyse
from tpviewer.ui.commands.files import do_close, do_open
from tpviewer.ui.commands.patients import ask_delete, ask_patient, do_add_session_folder, do_set_patient
from tpviewer.ui.commands.queue import do_queue
from tpviewer.ui.dialogs.delete_dialog import DeleteDialog
from tpviewer.ui.dialogs.patient_dialog import PatientDialog
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.settings import Settings
from tpviewer.workers.messages import Analyse, Finished, Progress, Stop, Stopped

PATIENCE_MS = 300_000


@pytest.fixture
def study(patients: Path, tmp_path: Path) -> Path:
    """A folder with two patients' videos; only the first is analysed."""
    folder = tmp_path / "study"
    folder.mkdir()
    for name in ("first.mp4", "first.tpv", "second.mp4"):
        shutil.copy(patients / name, folder / name)
    return folder


@pytest.fixture
def idle(qtbot: QtBot, tmp_path: Path, patients: Path) -> Iterator[MainWindow]:
    """A window whose engine says only what the test makes it say."""
    with shown_window(qtbot, tmp_path / "user", IdleEngine(), patients / "tiny") as window:
        yield window


def engine(window: MainWindow) -> IdleEngine:
    made = window.bench.engine
    assert isinstance(made, IdleEngine)
    return made


def states(window: MainWindow) -> dict[str, str]:
    return {item.path.name: item.state for item in window.bench.queue.items}


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none))


def test_what_is_dropped_is_opened_or_queued_and_an_analysis_by_hand_goes_first(
    qtbot: QtBot, idle: MainWindow, study: Path
) -> None:
    bench, asked = idle.bench, engine(idle)
    drop(idle, study)
    qtbot.waitUntil(lambda: states(idle) == {"first.mp4": "skipped", "second.mp4": "running"})
    qtbot.waitUntil(lambda: bench.queue.run is not None)
    assert idle.queue.isVisible()
    (request,) = asked.asked(Analyse)
    assert (request.video, request.session) == (study / "second.mp4", study / "second.tpv")
    drop(idle, study / "second.mp4")
    qtbot.waitUntil(lambda: bench.state.video is not None)
    assert bench.analysis.active  # the queue's analysis of what is open is shown as its own
    asked.reply(Progress(StepProgress("explain", 1, 4, 2.0)))
    assert "Explaining" in idle.status.text
    drop(idle, study / "first.mp4")
    qtbot.waitUntil(lambda: bench.state.snapshot is not None)
    assert not asked.asked(Stop)
    assert not bench.analysis.active
    do_analyse(bench)
    assert len(asked.asked(Stop)) == 1
    asked.reply(Stopped())
    assert states(idle)["second.mp4"] == "waiting"
    asked.reply(Finished())
    qtbot.waitUntil(lambda: len(asked.asked(Analyse)) == 3)
    assert states(idle)["second.mp4"] == "running"


def test_a_queue_is_analysed_to_its_end_with_the_numbers_of_the_command_line(
    qtbot: QtBot, tmp_path: Path, study: Path, patients: Path
) -> None:
    (study / "broken.mp4").write_bytes(b"no video")
    (study / "first.tpv").unlink()
    with shown_window(qtbot, tmp_path / "user", model=patients / "tiny") as window:
        do_queue(window.bench, [study, study / "missing.mp4"])
        qtbot.waitUntil(lambda: bool(window.banner.waiting), timeout=PATIENCE_MS)
        assert "missing.mp4" in window.banner.message.text()
        queue = window.bench.queue
        qtbot.waitUntil(
            lambda: len(queue.items) == 3 and all(item.over for item in queue.items), timeout=PATIENCE_MS
        )
        assert states(window) == {"broken.mp4": "failed", "first.mp4": "done", "second.mp4": "done"}
        assert "not a video" in queue.items[0].error
        show(qtbot, window, study / "second.mp4")
    for name in ("first.tpv", "second.tpv"):
        with Session(study / name) as mine, Session(patients / name) as known:
            np.testing.assert_array_equal(mine.logits(), known.logits())
            for profile in PROFILES:
                assert mine.stages(profile=profile) == known.stages(profile=profile)
    kept = json.loads((tmp_path / "user" / "queue.json").read_text())
    assert [entry["state"] for entry in kept] == ["failed", "done", "done"]


def test_a_pseudonym_stands_in_title_lists_and_exports(qtbot: QtBot, idle: MainWindow, study: Path) -> None:
    bench, session = idle.bench, study / "first.tpv"
    bench.settings.author = "Dr. A"
    show(qtbot, idle, study / "first.mp4")
    assert idle.windowTitle().startswith("first.mp4")
    ask_patient(bench, idle)
    qtbot.waitUntil(lambda: idle.findChild(PatientDialog) is not None)
    dialog = idle.findChild(PatientDialog)
    dialog.pseudonym.setText("P-017")
    dialog.consent.setPlainText("research")
    dialog.accept()
    qtbot.waitUntil(lambda: idle.windowTitle().startswith("P-017"))
    qtbot.waitUntil(lambda: [row.name for row in idle.sessions.model.rows] == ["P-017"])
    with Session(session) as stored:
        assert patient_of(stored).notes[0].author == "Dr. A"
        assert summary(stored)["video"] == "P-017"
    do_close(bench)
    assert idle.empty.recent_buttons[0].text() == "P-017"
    do_open(bench, session)
    qtbot.waitUntil(lambda: bench.document is not None)
    assert idle.windowTitle().startswith("P-017")
    bench.report("A problem", f"{session}: cannot be read")
    assert idle.banner.message.text() == "P-017: cannot be read"
    bench.noted.emit(f"{study / 'second.mp4'}, {session}: cannot be written")
    assert idle.status.text == f"{study / 'second.mp4'}, P-017: cannot be written"
    do_set_patient(bench, session, "", "research")
    qtbot.waitUntil(lambda: idle.windowTitle().startswith("first.mp4"))


def test_a_session_is_deleted_with_all_that_is_remembered_and_its_video_stays(
    qtbot: QtBot, idle: MainWindow, study: Path
) -> None:
    bench, session = idle.bench, study / "first.tpv"
    with Session(session, writable=True) as stored:
        place(stored, "Ann", at(3, 9, "AU12"))
    do_add_session_folder(bench, study)
    show(qtbot, idle, study / "first.mp4")
    qtbot.waitUntil(lambda: idle.sessions.model.has_picture(study / "first.mp4"))
    ask_delete(bench, idle)
    qtbot.waitUntil(lambda: idle.findChild(DeleteDialog) is not None)
    dialog = idle.findChild(DeleteDialog)
    assert not dialog.delete.isEnabled()
    dialog.also_review.click()
    dialog.delete.click()
    qtbot.waitUntil(lambda: not session.exists())
    qtbot.waitUntil(lambda: idle.sessions.paths() == [])
    assert bench.document is None
    assert (study / "first.mp4").exists()
    assert not idle.sessions.model.has_picture(study / "first.mp4")
    assert "first" not in bench.settings.recent
    qtbot.wait(300)  # whatever still works on it
    assert [path.name for path in study.iterdir() if path.suffix != ".mp4"] == []


def test_what_is_being_analysed_is_not_deleted(qtbot: QtBot, idle: MainWindow, study: Path) -> None:
    bench = idle.bench
    bench.queue.add([study / "second.mp4"])
    qtbot.waitUntil(lambda: bench.queue.run is not None)
    shutil.copy(study / "first.tpv", study / "second.tpv")
    ask_delete(bench, idle, study / "second.tpv")
    assert "stop the analysis first" in idle.banner.message.text()
    assert (study / "second.tpv").exists()


def test_no_picture_of_a_face_is_made_where_the_settings_say_so(
    qtbot: QtBot, tmp_path: Path, study: Path
) -> None:
    folder = tmp_path / "user"
    folder.mkdir()
    Settings(folder / "settings.ini").faces_in_list = False
    with shown_window(qtbot, folder, IdleEngine()) as window:
        do_add_session_folder(window.bench, study)
        qtbot.waitUntil(lambda: window.sessions.paths() == [study / "first.tpv"])
        qtbot.waitUntil(lambda: window.bench.shelf.entries[0].known)
        qtbot.wait(300)
        assert not window.sessions.model.has_picture(study / "first.tpv")


def test_enter_does_not_delete(qtbot: QtBot) -> None:
    dialog = DeleteDialog("P-017", Path("first.tpv"), Deletable((), 0))
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.result() == DeleteDialog.DialogCode.Rejected
    assert not dialog.isVisible()
