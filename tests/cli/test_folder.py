"""Folders of videos: every video is told of, one that fails stops no other, processes change no number."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Pictures, Result, command
from tests.cli.parallel_jobs import endless, work
from tests.cli.test_bad_input import clip
from tpviewer.corpus.processes import MEMORY_PER_PROCESS, Ended, Told, affordable, in_processes
from tpviewer.store.session import LAYERS, PROFILES, Session

Analyze = Callable[..., Result]


def test_every_job_ends_once_and_one_that_dies_takes_no_other_along() -> None:
    jobs = [(0, "well"), (1, "bad"), (2, "dies"), (3, "defect"), (4, "well")]
    told = list(in_processes(work, jobs, 2))
    ends = {end.job: end for end in told if isinstance(end, Ended)}
    assert len([end for end in told if isinstance(end, Ended)]) == len(ends) == len(jobs)
    assert {one.event for one in told if isinstance(one, Told)} == {f"{n} begins" for n in range(5)}
    assert (ends[0].result, ends[4].result) == (0, 16)
    assert ends[1].error == "1 is bad"
    assert "signal 9" in ends[2].error
    assert "ZeroDivisionError" in ends[3].error


def test_jobs_that_nobody_waits_for_are_closed_properly(tmp_path: Path) -> None:
    running = in_processes(endless, [(tmp_path / "a",), (tmp_path / "b",)], 2)
    while not isinstance(next(running), Told):
        pass
    running.close()
    closed = {path.name for path in tmp_path.iterdir()}
    assert closed
    assert closed <= {"a", "b"}


def test_memory_limits_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, expected in ((10 * MEMORY_PER_PROCESS, 8), (3 * MEMORY_PER_PROCESS + 1, 3), (1, 1), (None, 8)):
        monkeypatch.setattr("tpviewer.corpus.processes.available_memory", lambda free=free: free)
        assert affordable(8) == expected


def test_one_video_goes_into_the_session_that_is_named_and_several_do_not(
    tmp_path: Path, faces: Pictures, tiny_model: Path
) -> None:
    videos = [clip(tmp_path / name, faces[:4]) for name in ("a.mp4", "b.mp4")]
    named = tmp_path / "new" / "mine.tpv"
    result = command("analyze", *videos, "-o", named, "--model", tiny_model)
    assert result.code == 2
    assert "2 videos" in result.err
    assert command("analyze", videos[0], "-o", named, "--model", tiny_model).code == 0
    with Session(named) as session:
        assert session.video.frames == 4


def test_each_failure_is_named_and_any_number_of_jobs_gives_the_same(
    tmp_path: Path, faces: Pictures, tiny_model: Path, analyze: Analyze
) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    for name, start in (("a.mp4", 0), ("c.mp4", 4)):
        clip(folder / name, faces[start : start + 6])
    (folder / "b.mp4").write_bytes(b"no video at all")
    sessions = {}
    for jobs in ("1", "2"):
        result = analyze(folder, tmp_path / "gone.mp4", "--jobs", jobs, "--json")
        assert result.code == 1
        outcomes = {Path(one["video"]).name: one for one in json.loads(result.out)}
        assert [name for name in outcomes if outcomes[name]["error"]] == ["gone.mp4", "b.mp4"]
        failures = [line for line in result.err.splitlines() if line.startswith("failed: ")]
        assert len(failures) == 2
        assert str(folder / "b.mp4") in " ".join(failures)
        assert str(tmp_path / "gone.mp4") in " ".join(failures)
        sessions[jobs] = (tmp_path / "out").rename(tmp_path / f"with {jobs}")
    for name in ("a.tpv", "c.tpv"):
        same_results(sessions["1"] / name, sessions["2"] / name)


def same_results(first: Path, second: Path) -> None:
    with Session(first) as a, Session(second) as b:
        np.testing.assert_array_equal(a.logits(), b.logits())
        assert len(a.stages()) > 0
        for profile in PROFILES:
            for layer in LAYERS:
                np.testing.assert_array_equal(a.states(layer, profile), b.states(layer, profile))
                assert a.stages(layer, profile) == b.stages(layer, profile)
