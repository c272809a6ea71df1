"""``tpviewer bench pipeline``: what it measures and what it prints."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import command
from tpviewer.cli import bench_pipeline, pipeline_runs
from tpviewer.cli.long_video import LoopedClip
from tpviewer.cli.pipeline_runs import Run
from tpviewer.models.lrp_engines import BATCHED, INNVESTIGATE
from tpviewer.resources import resource

PHANTOM = resource("phantom", "phantom.mp4")


def made_run(total: float) -> Run:
    steps = {"faces": total / 4, "explain": total / 2, "cluster": total / 4}
    return Run(300, 10.0, total, 2 * total, steps, 0.5, 2.5, 900, 15_000_000, 20_000_000, 800.0)


def test_figures_are_ratios_with_their_spread(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    totals = {BATCHED: iter([5.0, 4.0, 8.0]), INNVESTIGATE: iter([20.0, 20.0, 20.0])}
    monkeypatch.setattr(
        bench_pipeline, "timed_run", lambda video, engine, batch: made_run(next(totals[engine]))
    )
    result = command("bench", "pipeline", "--json")
    assert result.code == 0
    found = json.loads(result.out)
    assert found[BATCHED]["times real time"] == [2.0, 1.25, 2.5]
    assert found[BATCHED]["frames a second"] == [60.0, 37.5, 75.0]
    assert found[BATCHED]["share of explain"] == [0.5, 0.5, 0.5]
    assert found[BATCHED]["GB of maps an hour"][0] == pytest.approx(5.4)
    assert found[INNVESTIGATE]["total, times that of 'batched'"] == [4.0, 2.5, 5.0]


def test_one_analysis_is_measured_step_by_step(tmp_path: Path) -> None:
    found = pipeline_runs._timed(PHANTOM, BATCHED, 64)
    assert found.frames == 360
    assert list(found.steps) == ["faces", "track", "neutral", "explain", "ground", "cluster", "stages"]
    assert 0.9 * found.total < sum(found.steps.values()) <= found.total
    assert 0 < found.first_faces < found.first_aus < found.total
    assert found.map_bytes < found.file_bytes
    assert found.maps > 0


def test_a_clip_goes_on_as_a_long_video() -> None:
    looped = LoopedClip(PHANTOM, 1000)
    assert looped.info.n_frames == 1000
    assert looped.read(7) is looped.read(7 + 3 * 240)
    assert [number for number, _ in looped.frames(998)] == [998, 999]
    assert looped.info.times[30] == pytest.approx(30 / looped.info.nominal_rate, rel=0.01)


def test_a_long_video_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline_runs, "LONG_AUS", ("AU12",))
    found = pipeline_runs._looped(PHANTOM, 480)
    assert found.frames == 480
    assert 0 < found.maps < 480
    assert found.stages > 0
    assert found.open_s > 0


def test_a_count_below_one_is_refused() -> None:
    result = command("bench", "pipeline", "--repeats", "0")
    assert result.code == 2
    assert "--repeats" in result.err
