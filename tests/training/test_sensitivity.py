"""The sensitivity table: the stored result first, one change at a time, nothing written."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from tests.models.tiny import build_tiny_package
from tests.pipeline.curated import run
from tpviewer.core.spray import SprayParams
from tpviewer.core.timeline import TimelineParams
from tpviewer.pipeline.basis import stored_basis
from tpviewer.store.session import Session
from tpviewer.training.sensitivity import SensitivityRow, _changes, _Clusters, _moved, _results, sensitivity


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sensitivity")
    run(folder / "a.tpv", build_tiny_package(folder / "tiny", seed=3))
    return folder / "a.tpv"


@pytest.fixture(scope="module")
def rows(analysed: Path) -> list[SensitivityRow]:
    before = hashlib.sha256(analysed.read_bytes()).digest()
    with Session(analysed) as session:
        found = sensitivity(session)
    assert hashlib.sha256(analysed.read_bytes()).digest() == before
    return found


def test_the_unchanged_profile_is_the_stored_result(analysed, rows):
    with Session(analysed) as session:
        count, states = _results(stored_basis(session, "steady"), _Clusters())
        stored = session.states("absorbed", "steady")
        assert count == len(session.stages("absorbed", "steady"))
        assert rows[0] == SensitivityRow("none", 1.0, count, 1.0)
        assert {column.tobytes() for column in states.T} <= {column.tobytes() for column in stored.T}


def test_every_number_goes_a_tenth_down_and_up(rows):
    named = {}
    for row in rows[1:]:
        named.setdefault(row.parameter, []).append(row.value)
    assert named["timeline.sigma_s"] == pytest.approx([0.09, 0.11])
    assert named["clustering.tau"] == pytest.approx([0.18, 0.22])
    assert named["clustering.pool"] == [22, 26]
    assert named["clustering.min_cluster"] == [4, 6]
    assert named["thresholds"] == pytest.approx([0.9, 1.1])
    numbers = [name for name in TimelineParams().__dict__ if name != "steady_rules"]
    assert {f"timeline.{name}" for name in numbers} <= set(named)
    assert not {"clustering.seed", "clustering.normalise", "timeline.steady_rules"} & set(named)


def test_shares_are_shares_and_something_moves(rows):
    assert all(0 <= row.same_frames <= 1 and row.stages >= 1 for row in rows)
    assert any(row.same_frames < 1 for row in rows)


def test_one_parameter_changes_at_a_time(analysed):
    with Session(analysed) as session:
        basis = stored_basis(session, "steady")
        for name, value, changed in _changes(basis):
            kind, _, key = name.partition(".")
            own = {"timeline": changed.profile.timeline, "clustering": changed.profile.spray}.get(kind)
            if own is None:
                np.testing.assert_allclose(changed.thresholds, np.array(basis.thresholds) * value)
                continue
            assert getattr(own, key) == value
            old = basis.profile.timeline if kind == "timeline" else basis.profile.spray
            assert {k for k in vars(own) if getattr(own, k) != getattr(old, k)} == {key}


def test_a_change_that_is_not_allowed_has_no_row():
    assert "max_clusters" in {name for name, *_ in _moved(SprayParams(max_clusters=1))}
    assert [value for name, value, _ in _moved(SprayParams(max_clusters=1)) if name == "max_clusters"] == [2]
    assert "hysteresis" not in {name for name, *_ in _moved(TimelineParams(hysteresis=0.0))}
