"""Annotations leave the window and come back as lanes of reviewers; what is not understood is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.export.exchanged import ANNOTATIONS, exchanged_session
from tests.ui.conftest import show, shown_window
from tests.ui.idle_engine import IdleEngine
from tpviewer.store.session import Session
from tpviewer.ui.commands.export import do_export
from tpviewer.ui.commands.review_sharing import do_import
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.workbench import Problem

PATIENCE_MS = 60_000


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    session = exchanged_session(tmp_path)
    with shown_window(qtbot, tmp_path / "user", IdleEngine()) as window:
        show(qtbot, window, session)
        yield window


def test_tiers_are_written_and_come_back_as_lanes(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    notes: list[str] = []
    problems: list[Problem] = []
    opened.bench.noted.connect(notes.append)
    opened.bench.problem.connect(problems.append)
    do_export(opened.bench, "eaf", tmp_path / "a.eaf")
    qtbot.waitUntil(lambda: any(note.startswith("Written") for note in notes), timeout=PATIENCE_MS)
    do_import(opened.bench, tmp_path / "a.eaf")
    qtbot.waitUntil(lambda: any("a.eaf" in j.source for j in opened.bench.review.judgements))
    assert not problems
    with Session(tmp_path / "made.tpv") as session:
        back = session.reviews.judgements("Ayşe (a.eaf)")
        machine = session.reviews.judgements("machine (tiny 1) (a.eaf)")
    assert len(back) == len(ANNOTATIONS)
    assert {one.annotation.verdict for one in machine} == {"present", "absent", "not scorable"}
    (tmp_path / "b.csv").write_text("Behavior,Start (s),Stop (s)\nAU12,0,1\nlaugh,1,1.5\n")
    do_import(opened.bench, tmp_path / "b.csv")
    qtbot.waitUntil(lambda: bool(problems), timeout=PATIENCE_MS)
    assert "line 3: behaviour 'laugh'" in problems[0].message
