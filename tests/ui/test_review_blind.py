"""Blind coding: nothing of the machine reaches a view until the coder commits."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import is_open, show, shown_window
from tests.ui.idle_engine import IdleEngine
from tests.ui.test_review import ready, saved
from tpviewer.core.annotations import Annotation, Change, new_key
from tpviewer.store.session import Session
from tpviewer.ui.commands import review as judge
from tpviewer.ui.commands.analysis import do_ask_why_not
from tpviewer.ui.commands.export import do_export
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.commands.navigation import do_set_mode
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.panels.inspector_rows import Row, rows_at

SHIFT = Qt.KeyboardModifier.ShiftModifier


def assert_nothing_of_the_machine(window: MainWindow) -> None:
    state = window.bench.state
    assert state.results is None
    assert not state.snapshot.result_sets
    assert np.isnan(state.snapshot.probabilities).all()
    assert state.stage_at(state.playhead) is None
    assert not any(row.active or row.look is not None for row in _rows(window))
    assert window.frame_view.drawn == ()
    assert window.bench.review.flagged == frozenset()
    for name in ("export_figure", "export_csv", "export_json", "copy", "why_not", "accept_stage"):
        assert not window.actions_by_name[name].isEnabled(), name
    assert "hidden" in do_ask_why_not(window.bench, state.playhead, state.au)


def _rows(window: MainWindow) -> list[Row]:
    rows = list(rows_at(window.bench.state, window.bench.state.playhead))
    assert rows
    return rows


def test_blind_hides_everything_also_after_a_restart_and_committing_ends_it(
    qtbot: QtBot, session: Path, tmp_path: Path
) -> None:
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        show(qtbot, window, session)
        bench = ready(qtbot, window).bench
        with Session(session, writable=True) as other, other.transaction():
            annotation = Annotation(new_key(), "AU12", 10, 40, "present")
            other.reviews.change("Berta", [Change(None, annotation)], "Place")
        bench.review.follow()
        qtbot.waitUntil(lambda: len(bench.review.judgements) == 1)
        active = next(item for item in bench.review.queue if item.aus)
        bench.state.set_playhead(active.start)
        window.review.head.blind.click()
        assert bench.review.blind
        assert window.review.head.blind.isChecked()
        bench.state.set_au("AU12")
        do_set_mode(bench.state, "signed")
        assert_nothing_of_the_machine(window)
        do_export(bench, "csv", tmp_path / "told.csv")
        assert "commit your review" in window.status.text
        assert bench.review.judgements == (), "another reviewer's judgements are hidden too"
        stretches = bench.review.queue
        lengths = {item.stop - item.start for item in stretches}
        assert max(lengths) - min(lengths) <= 1
        assert not any(item.aus for item in stretches)
        qtbot.keyClick(window, Qt.Key.Key_Return)
        saved(qtbot, window)
    assert not list(tmp_path.glob("told*"))
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        bench, seen = window.bench, []
        bench.state.results_changed.connect(lambda: seen.append(bench.state.results))
        do_open(bench, session)
        qtbot.waitUntil(lambda: is_open(window, session) and bench.state.snapshot is not None)
        qtbot.waitUntil(lambda: len(bench.review.mine) == 1)
        assert bench.review.blind
        assert set(seen) == {None}, "not even for a moment"
        assert_nothing_of_the_machine(window)
        bench.review.set_reviewer("Clara")
        assert not bench.review.blind
        assert bench.state.results is not None


def test_the_panel_of_a_blind_coder_speaks_of_stretches(qtbot: QtBot, opened: MainWindow) -> None:
    panel, review = ready(qtbot, opened).review, opened.bench.review
    opened.bench.state.set_au("")

    def words() -> str:
        labels = (panel.title, panel.reasons, panel.about, panel.head.progress, panel.accept_stage)
        told = [one.text() for one in labels] + [panel.add.toolTip(), panel.table.accessibleName()]
        return "\n".join(told).lower()

    assert "accept stage" in words()
    review.set_blind(True)
    qtbot.waitUntil(lambda: "stretch 1" in words())
    assert "stage" not in words()
    assert "accept stretch" in words()


def test_who_goes_blind_late_is_told_of_the_judgements_made_seeing_the_machine(
    qtbot: QtBot, opened: MainWindow, session: Path
) -> None:
    bench, review, note = ready(qtbot, opened).bench, opened.bench.review, opened.review.head.seen_before
    judge.do_add(bench, "AU04")
    saved(qtbot, opened)
    assert not note.isVisible()
    opened.review.head.blind.click()
    assert note.isVisible()
    assert "while the machine was shown: 1. They are kept" in note.text()
    judge.do_add(bench, "AU09")
    saved(qtbot, opened)
    assert "shown: 1." in note.text(), "what is judged now is blind"
    with Session(session) as read:
        made = {one.annotation.au: one.blind for one in read.reviews.judgements(review.reviewer)}
    assert made == {"AU04": False, "AU09": True}
    review.set_reviewer("Clara")
    qtbot.waitUntil(lambda: not note.isVisible())
    opened.review.head.blind.click()
    assert review.blind
    assert not note.isVisible()


def test_commit_is_asked_once_logged_and_final(
    qtbot: QtBot, opened: MainWindow, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, review = ready(qtbot, opened).bench, opened.bench.review
    review.set_blind(True)
    judge.do_add(bench, "AU04")
    saved(qtbot, opened)
    opened.actions_by_name["hide_machine"].trigger()
    box = opened.findChild(QMessageBox)
    assert "cannot be taken back" in box.informativeText()
    box.reject()
    assert review.blind
    assert opened.actions_by_name["hide_machine"].isChecked()
    opened.review.head.commit.click()
    boxes = [b for b in opened.findChildren(QMessageBox) if b.isVisible()]
    boxes[0].buttons()[0].click()
    qtbot.waitUntil(lambda: not review.blind)
    assert bench.state.results is not None
    qtbot.waitUntil(lambda: any(item.aus for item in review.queue))
    judge.do_place(bench, Annotation(new_key(), "AU12", 100, 120, "present"))
    saved(qtbot, opened)
    assert [one.blind for one in review.mine] == [True, False]
    assert not opened.review.head.blind.isEnabled()
    assert not opened.actions_by_name["commit"].isEnabled()
    review.set_blind(True)
    assert not review.blind
    with Session(session) as read:
        assert read.reviews.committed(review.reviewer)
        assert [entry.kind for entry in read.reviews.log()] == ["Judge", "Commit", "Place"]
