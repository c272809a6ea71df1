"""``tpviewer bench cluster``: what it draws, what it compares, what it prints."""

import json
import os

import numpy as np
import pytest

from tests.cli.conftest import command
from tpviewer.cli import bench_cluster
from tpviewer.cli.bench_cluster import LOOKS, METHODS, OURS, Run, compare, drawn_looks, drawn_maps, measure
from tpviewer.core.errors import TPViewerError


def test_drawn_maps_show_looks_that_stay_a_while_and_drift_slowly() -> None:
    maps, looks = drawn_maps(600).reshape(600, -1), drawn_looks(600)
    vectors = maps / np.linalg.norm(maps, axis=1, keepdims=True)
    cosine = (vectors[1:] * vectors[:-1]).sum(axis=1)
    same = looks[1:] == looks[:-1]
    assert set(looks.tolist()) == set(range(LOOKS))
    assert cosine[same].min() > 0.9 > cosine[~same].max()
    assert np.array_equal(drawn_maps(600), drawn_maps(600))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_looks_of_drawn_maps(method: str) -> None:
    done = measure(method, 300)
    assert done.wall_s > 0
    assert done.labels.shape == (300,)
    assert len(np.unique(done.labels)) == LOOKS


def test_the_table_has_ratios_to_the_run_of_the_same_round(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = drawn_looks(100).astype(np.int32)
    wall = {OURS: iter([1.0, 2.0]), "other": iter([3.0, 10.0])}
    monkeypatch.setattr(
        bench_cluster, "METHODS", {OURS: (None, 100), "other": (None, 100), "small": (None, 9)}
    )
    monkeypatch.setattr(
        bench_cluster,
        "_in_a_process",
        lambda name, count: Run(next(wall[name]), 4.0, None, labels if name == OURS else labels[::-1]),
    )
    ours, other = compare(100, 2)
    assert (ours.looks_ari, ours.wall_ratio) == (1, (1, 1, 1))
    assert (other.wall_s, other.wall_ratio, other.cpu_ratio) == (6.5, (4, 3, 5), (1, 1, 1))
    assert other.agreement == other.looks_ari < 1
    bench_cluster._print([ours, other])
    assert "4.0 (3.0–5.0)" in capsys.readouterr().out


def test_the_command_runs_a_method_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_cluster, "METHODS", {OURS: METHODS[OURS]})
    done = command("bench", "cluster", "--maps", "64", "--repeats", "1", "--json")
    assert done.code == 0, done.err
    (row,) = json.loads(done.out)
    assert (row["maps"], row["method"], row["agreement"], row["wall_ratio"]) == (64, OURS, 1, [1, 1, 1])
    assert row["wall_s"] > 0


def dies(name: str, count: int) -> None:
    os._exit(3)


def test_a_process_that_dies_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_cluster, "measure", dies)
    with pytest.raises(TPViewerError, match="64 maps stopped unexpectedly"):
        bench_cluster._in_a_process(OURS, 64)
