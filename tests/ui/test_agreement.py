"""Agreement in the window: the open session, then one more, tables and plots that say the same."""

import shutil
from pathlib import Path

import pandas as pd
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.store.judged import at, place
from tests.ui.conftest import show
from tpviewer.core.rater_tracks import MACHINE
from tpviewer.importing.rated_videos import rated_videos
from tpviewer.store.session import BLIND, Session
from tpviewer.ui.commands.agreement import ask_agreement, do_save_agreement
from tpviewer.ui.dialogs.agreement_dialog import AgreementDialog
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.wording import share

ANN, BEN = "Ann", "Ben"


def code(session: Path, shift: int = 0) -> None:
    """Two coders who have coded blind, and committed."""
    with Session(session, writable=True) as stored:
        for name, start in ((ANN, 10), (BEN, 12)):
            place(stored, name, at(start + shift, 40 + shift, "AU12", intensity=3), blind=True)
            place(stored, name, at(60, 80 + start, "AU04", intensity=2), blind=True)
            stored.reviews.commit(name)


def opened_dialog(qtbot: QtBot, window: MainWindow) -> AgreementDialog:
    window.actions_by_name["agreement"].trigger()
    qtbot.waitUntil(lambda: window.findChild(AgreementDialog) is not None)
    return window.findChild(AgreementDialog)


def cells(dialog: AgreementDialog, line: int) -> list[str]:
    items = [dialog.table.item(line, column) for column in range(dialog.table.columnCount())]
    return [item.text() if item is not None else "" for item in items]


def test_two_coders_and_the_machine_are_compared_over_one_session_and_then_two(
    qtbot: QtBot, window: MainWindow, session: Path, patients: Path, tmp_path: Path
) -> None:
    bench, second = window.bench, Path(shutil.copy(patients / "first.tpv", tmp_path / "second.tpv"))
    code(session)
    bench.settings.author = ANN
    show(qtbot, window, session)
    dialog = opened_dialog(qtbot, window)
    qtbot.waitUntil(lambda: dialog.found is not None)
    assert dialog.asked == (bench.review.reviewer or ANN, MACHINE, 5)
    assert "no intervals" in dialog.note.text()

    dialog.choice.other.setCurrentIndex(dialog.choice.other.findData(BEN))
    dialog.choice.tolerance.setValue(1)
    qtbot.waitUntil(lambda: dialog.found is not None and dialog.found.tolerance == 1)
    expected = rated_videos([session]).agreement(ANN, BEN, 1)
    assert str(dialog.found) == str(expected)  # NaN is not equal to itself
    line = [one.au for one in expected.aus].index("AU12")
    figures = expected.aus[line].figures
    shown = cells(dialog, line)
    assert shown[0] == "AU12"
    assert shown[2] == share(figures["kappa"].value)
    assert shown[-1] == "1 / 1 / 0"  # onsets differ by two frames
    assert dialog.plot.dots["AU12"] == figures["kappa"].value
    dialog.plotted.setCurrentIndex(dialog.plotted.findData("event_f1"))
    assert dialog.plot.dots["AU12"] == 0

    dialog.copy_asked.emit()
    qtbot.waitUntil(lambda: "kappa_low" in QGuiApplication.clipboard().text())
    table = tmp_path / "agreement.csv"
    do_save_agreement(bench, dialog, table)
    qtbot.waitUntil(lambda: not bench.tasks.busy)
    assert pd.read_csv(table).query("au == 'AU12'")["kappa"].item() == round(figures["kappa"].value, 4)
    assert '"model_sha256"' in table.with_suffix(".provenance.json").read_text(encoding="utf-8")

    with Session(second, writable=True) as stored:
        place(stored, ANN, at(2, 4, "AU12"), blind=True)
        place(stored, BEN, at(2, 5, "AU12"), blind=True)
        stored.reviews.commit(BEN)
        stored.reviews.mark_done(ANN, 0, stored.video.frames)
        stored.meta.put(BLIND, [ANN])
    dialog.add_inputs([second])
    qtbot.waitUntil(lambda: dialog.found is not None)
    assert "you code it blind" in dialog.problems.text()
    assert dialog.found.videos == 1
    with Session(second, writable=True) as stored:
        stored.meta.put(BLIND, [])
        stored.reviews.commit(ANN)
    dialog.set_inputs(dialog.inputs)
    qtbot.waitUntil(lambda: dialog.found is not None)
    dialog.choice.other.setCurrentIndex(dialog.choice.other.findData(BEN))
    qtbot.waitUntil(lambda: dialog.found is not None and dialog.found.videos == 2)
    assert dialog.problems.isHidden()
    assert "[" in cells(dialog, [one.au for one in dialog.found.aus].index("AU12"))[2]
    dialog.reject()


def test_what_is_missing_is_said(qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copy(patients / "first.tpv", tmp_path / "alone.tpv"))
    dialog = ask_agreement(window.bench, window)
    assert "Add sessions" in dialog.message.text()
    dialog.add_inputs([alone])
    qtbot.waitUntil(lambda: dialog.rated is not None)
    assert "only one rater" in dialog.message.text()
    with Session(alone, writable=True) as stored:
        place(stored, ANN, at(2, 4, "AU12", "unsure"))
    dialog.set_inputs([alone])
    qtbot.waitUntil(lambda: dialog.rated is not None)
    assert "mark what you have looked through" in dialog.message.text()
    assert "Ann, Machine" in dialog.message.text()
    dialog.set_inputs([tmp_path / "missing.tpv"])
    qtbot.waitUntil(lambda: dialog.rated is not None)
    assert "missing.tpv" in dialog.problems.text()
    dialog.reject()
