"""The window stays smooth while an analysis runs; figures by `tpviewer bench ui`."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tpviewer.app.bench_ui import gap_figures
from tpviewer.resources import resource

TRIES = 3  # other programs can take the machine away for a moment; they do so seldom three times


@pytest.mark.alone
def test_scrubbing_while_an_analysis_runs_leaves_no_gap(qtbot: QtBot, tmp_path: Path) -> None:
    measured = []
    for number in range(TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        figures = gap_figures(resource("phantom", "phantom.mp4"), folder, 6.0, "process")
        measured.append((figures["gap p95, ms"], figures["gap worst, ms"]))
        assert figures["frames shown a second while scrubbing"] > 1
        if measured[-1][0] <= 33 and measured[-1][1] <= 100:
            return
    raise AssertionError(f"gaps p95 and worst in ms: {measured}; at most 33 and 100 are allowed")
