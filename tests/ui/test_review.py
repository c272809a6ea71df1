"""Reviewing in the window with the keyboard, and what of it a session keeps."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import problem, show, shown_window
from tests.ui.idle_engine import IdleEngine
from tpviewer.core.annotations import Annotation, new_key
from tpviewer.core.errors import SessionError
from tpviewer.store.session import Session
from tpviewer.ui.commands import review as judge
from tpviewer.ui.commands.review_sharing import do_import
from tpviewer.ui.commands.review_target import current
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.panels.inspector_model import COLUMN_NAME
from tpviewer.ui.review_store import import_lanes

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 60_000


@pytest.fixture
def reviewing(qtbot: QtBot, opened: MainWindow) -> MainWindow:
    """The phantom's session with the panel of the review in front."""
    return ready(qtbot, opened)


def ready(qtbot: QtBot, window: MainWindow) -> MainWindow:
    window.docks["review"].raise_()
    qtbot.waitUntil(lambda: bool(window.bench.review.queue))
    return window


def saved(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.bench.review.saving, timeout=PATIENCE_MS)


def press(
    qtbot: QtBot,
    window: MainWindow,
    *keys: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    for key in keys:
        qtbot.keyClick(window, key, modifier)


def test_nothing_is_judged_before_it_is_known_what_was_judged(
    qtbot: QtBot, reviewing: MainWindow, session: Path
) -> None:
    """Otherwise an older judgement would not give way to the new one, which the file then refuses."""
    bench, problems = reviewing.bench, []
    item = bench.review.queue[0]
    bench.state.set_playhead(item.start)
    bench.state.set_au(item.aus[0])
    judge.do_judge(bench, "absent")
    saved(qtbot, reviewing)
    bench.problem.connect(problems.append)
    blocked = threading.Event()
    bench.review.tasks.run(blocked.wait, lambda _: None, bench.review.failed.emit)
    bench.review.open(session)
    assert bench.state.machine is not None
    judge.do_place(bench, Annotation(new_key(), item.aus[0], item.start, item.stop, "unsure"))
    assert not bench.review.can_review
    assert not bench.review.saving
    blocked.set()
    qtbot.waitUntil(lambda: bench.review.can_review)
    judge.do_place(bench, Annotation(new_key(), item.aus[0], item.start, item.stop, "unsure"))
    saved(qtbot, reviewing)
    with Session(session) as read:
        said = [one.annotation.verdict for one in read.reviews.judgements(bench.review.reviewer)]
    assert (said, problems) == (["unsure"], [])


def test_a_whole_queue_with_the_keyboard_alone(qtbot: QtBot, reviewing: MainWindow, session: Path) -> None:
    window, review, state = reviewing, reviewing.bench.review, reviewing.bench.state
    press(qtbot, window, KEY.Key_J)
    first = review.item_at(state.playhead)
    assert first == review.queue[0]
    rejected = first.aus[0]
    while state.au != rejected:
        press(qtbot, window, KEY.Key_Down)
    press(qtbot, window, KEY.Key_Backspace)
    press(qtbot, window, KEY.Key_Return, modifier=SHIFT)
    assert review.item_at(state.playhead) == review.queue[1]
    assert not state.au, "what was chosen in another stage must not be judged in this one"
    second = review.queue[1].aus[0]
    while state.au != second:
        press(qtbot, window, KEY.Key_Down)
    press(qtbot, window, KEY.Key_Return, KEY.Key_3, KEY.Key_V, KEY.Key_V)
    while not all(map(review.is_done, review.queue)):
        press(qtbot, window, KEY.Key_Return, modifier=SHIFT)
    count = len(review.queue)
    assert window.review.head.progress.text() == f"{count} of {count} stages looked through"
    saved(qtbot, window)
    with Session(session) as read:
        said = [one.annotation for one in read.reviews.judgements(review.reviewer)]
        assert read.reviews.done(review.reviewer)[0][0] == 0
        assert sum(entry.seconds for entry in read.reviews.log()) > 0
    by_stage = {(one.au, one.start, one.stop): one for one in said}
    for item in review.queue:
        for au in item.aus:
            one = by_stage[au, item.start, item.stop]
            assert one.verdict == ("absent" if (item, au) == (first, rejected) else "present")
    exact = by_stage[second, review.queue[1].start, review.queue[1].stop]
    assert (exact.intensity, exact.side) == (3, "left")


def test_verdicts_reasons_notes_and_speech_with_keys(qtbot: QtBot, reviewing: MainWindow) -> None:
    window, review = reviewing, reviewing.bench.review
    press(qtbot, window, KEY.Key_J, KEY.Key_E)
    assert window.review.add.hasFocus()
    qtbot.keyClicks(window.review.add, "16")
    qtbot.keyClick(window.review.add, KEY.Key_Return)
    assert current(window.bench).au == "AU16"
    lines = {row.au: line for line, row in enumerate(window.review.table.rows)}
    assert window.review.table.item(lines["AU16"], 1).text() == "not modelled"
    press(qtbot, window, KEY.Key_X)
    assert (current(window.bench).verdict, current(window.bench).reason) == ("not scorable", "")
    press(qtbot, window, KEY.Key_X)
    assert current(window.bench).reason == "turned"
    press(qtbot, window, KEY.Key_U)
    assert (current(window.bench).verdict, current(window.bench).reason) == ("unsure", "")
    press(qtbot, window, KEY.Key_N)
    field = window.review.fields.note
    qtbot.keyClicks(field, "1 lip, unsure")
    qtbot.keyClick(field, KEY.Key_Backspace)
    qtbot.keyClick(field, KEY.Key_Return)
    assert (current(window.bench).note, current(window.bench).verdict) == ("1 lip, unsur", "unsure")
    assert not field.hasFocus()
    press(qtbot, window, KEY.Key_H)
    assert any(one.reason == "speech" for one in review.annotations)
    press(qtbot, window, KEY.Key_H)
    assert not any(one.reason == "speech" for one in review.annotations)
    press(qtbot, window, KEY.Key_Delete)
    assert review.annotations == ()
    saved(qtbot, window)
    assert review.annotations == ()


def test_no_key_judges_while_a_name_is_typed(qtbot: QtBot, reviewing: MainWindow) -> None:
    window, review = reviewing, reviewing.bench.review
    press(qtbot, window, KEY.Key_J, KEY.Key_Down)
    for field in (window.review.head.reviewer, window.sessions.search):
        field.setFocus()
        field.clear()
        qtbot.keyClicks(field, "Anna 12jx")
        qtbot.keyClick(field, KEY.Key_Backspace)
        qtbot.keyClick(field, KEY.Key_Delete)
        qtbot.keyClick(field, KEY.Key_Return)
        assert field.text() == "Anna 12j"
    assert review.reviewer == "Anna 12j"
    assert review.annotations == ()
    assert review.done == ()
    press(qtbot, window, KEY.Key_Return)
    assert len(review.annotations) == 1


def test_a_changed_range_and_the_fields(qtbot: QtBot, reviewing: MainWindow) -> None:
    window, fields = reviewing, reviewing.review.fields
    judge.do_place(window.bench, Annotation(new_key(), "AU04", 20, 60, "present"))
    fields.apex_start.setValue(30)
    fields.apex_start.editingFinished.emit()
    assert current(window.bench).apex == (30, 60)
    fields.stop.setValue(49)
    fields.stop.editingFinished.emit()
    assert "apex" in problem(qtbot, window)
    assert current(window.bench).stop == 60
    assert window.review.about.text().endswith("frames 20–59")


def test_undo_goes_back_over_a_restart(qtbot: QtBot, session: Path, tmp_path: Path) -> None:
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        show(qtbot, window, session)
        ready(qtbot, window)
        judge.do_place(window.bench, Annotation(new_key(), "AU04", 20, 60, "present"))
        judge.do_place(window.bench, Annotation(new_key(), "AU04", 50, 90, "absent"))
        saved(qtbot, window)
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        show(qtbot, window, session)
        review = ready(qtbot, window).bench.review
        qtbot.waitUntil(window.actions_by_name["undo"].isEnabled)
        assert [(one.start, one.stop) for one in review.annotations] == [(20, 50), (50, 90)]
        press(qtbot, window, KEY.Key_Z, modifier=CTRL)
        saved(qtbot, window)
        assert [(one.start, one.stop) for one in review.annotations] == [(20, 60)]
        press(qtbot, window, KEY.Key_Z, modifier=CTRL)
        saved(qtbot, window)
        assert review.annotations == ()
        assert not window.actions_by_name["undo"].isEnabled()
        press(qtbot, window, KEY.Key_Z, modifier=CTRL | SHIFT)
        saved(qtbot, window)
        assert [(one.start, one.stop) for one in review.annotations] == [(20, 60)]


def test_what_cannot_be_written_is_taken_back_and_told(
    qtbot: QtBot, reviewing: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise SessionError("phantom.tpv: the disk is full; free some space")

    monkeypatch.setattr("tpviewer.ui.review_store.write_review", refuse)
    judge.do_place(reviewing.bench, Annotation(new_key(), "AU04", 20, 60, "present"))
    assert len(reviewing.bench.review.annotations) == 1, "it is shown at once"
    assert "disk is full" in problem(qtbot, reviewing)
    qtbot.waitUntil(lambda: reviewing.bench.review.annotations == ())


def test_an_import_is_another_reviewer_and_one_step_of_undo(
    qtbot: QtBot, reviewing: MainWindow, session: Path
) -> None:
    bench, review = reviewing.bench, reviewing.bench.review
    found = tuple(Annotation(new_key(), "AU12", start, start + 15, "present") for start in (10, 20, 60))
    review.write(import_lanes(review.reviewer, {"Ms R (coded.eaf)": found}, "coded.eaf"))
    saved(qtbot, reviewing)
    ranges = [(one.annotation.start, one.annotation.stop) for one in review.judgements]
    assert ranges == [(10, 20), (20, 35), (60, 75)], "of two that overlap the older one gives way"
    assert {(one.reviewer, one.source) for one in review.judgements} == {("Ms R (coded.eaf)", "coded.eaf")}
    assert review.mine == ()
    judge.do_undo(bench)
    saved(qtbot, reviewing)
    assert review.judgements == ()
    with Session(session) as read:
        assert [entry.kind for entry in read.reviews.log()] == ["Import"]


def test_a_file_of_openface_becomes_a_reviewer(
    qtbot: QtBot, reviewing: MainWindow, session: Path, tmp_path: Path
) -> None:
    bench, times = reviewing.bench, reviewing.bench.state.times
    lines = ["frame, timestamp, confidence, success, AU12_r, AU12_c"]
    for frame, time in enumerate(times):
        marked = int(100 <= frame < 120)
        lines.append(f"{frame + 1}, {time:.3f}, 0.98, 1, {3.0 * marked:.2f}, {marked:.2f}")
    table = tmp_path / "patient.csv"
    table.write_text("\n".join(lines))
    do_import(bench, table)
    qtbot.waitUntil(lambda: bool(bench.review.judgements), timeout=PATIENCE_MS)
    saved(qtbot, reviewing)
    present = [one for one in bench.review.judgements if one.annotation.verdict == "present"]
    assert [(one.annotation.start, one.annotation.stop) for one in present] == [(100, 120)]
    assert present[0].reviewer.endswith("(patient.csv)")
    do_import(bench, session)
    assert "annotations cannot be imported" in problem(qtbot, reviewing)


def test_the_inspector_says_what_was_judged_at_the_playhead(qtbot: QtBot, reviewing: MainWindow) -> None:
    bench, model = reviewing.bench, reviewing.inspector.model
    judge.do_place(bench, Annotation(new_key(), "AU04", 20, 60, "present", intensity=3))

    def cell() -> QModelIndex:
        return model.index(model.line_of("AU04"), COLUMN_NAME)

    bench.state.set_playhead(30)
    assert cell().data() == "✓ Brow Lowerer"
    assert "intensity c" in cell().data(Qt.ItemDataRole.ToolTipRole)
    bench.state.set_playhead(60)
    assert cell().data() == "Brow Lowerer"


def test_a_verdict_survives_another_analysis_and_is_flagged(
    qtbot: QtBot, session: Path, tmp_path: Path
) -> None:
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        show(qtbot, window, session)
        review = ready(qtbot, window).bench.review
        item = next(item for item in review.queue if item.aus)
        au, other = item.aus[0], Annotation(new_key(), "AU16", item.start, item.stop, "present")
        one = Annotation(new_key(), au, item.start, item.stop, "present", intensity=2)
        judge.do_place(window.bench, other)
        judge.do_place(window.bench, one)
        saved(qtbot, window)
        assert review.flagged == frozenset()
        video = window.bench.document.video
    again = ["analyze", str(video), "-o", str(session.parent), "--threshold", f"{au}=0.999"]
    subprocess.run([sys.executable, "-m", "tpviewer", *again], check=True, capture_output=True)
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        show(qtbot, window, session)
        review = ready(qtbot, window).bench.review
        qtbot.waitUntil(lambda: len(review.mine) == 2)
        assert {held.annotation for held in review.mine} == {one, other}
        assert review.flagged == {one.key}
        review.select(one.key)
        assert window.review.changed.isVisible()
        window.review.keep.click()
        saved(qtbot, window)
        assert review.flagged == frozenset()
        assert not window.review.changed.isVisible()
