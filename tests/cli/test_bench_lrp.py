"""``tpviewer bench lrp``: what it measures and what it prints."""

import json
from importlib.util import find_spec

import numpy as np
import pytest

from tests.models.networks import max_pool_network
from tpviewer.cli import bench_lrp
from tpviewer.cli.main import run
from tpviewer.core.errors import ParameterError
from tpviewer.models.lrp_contenders import FORWARD, ZENNIT, contenders

ENGINES = ["batched", "gradients", *(["zennit"] if find_spec("zennit") else []), "innvestigate"]


@pytest.mark.filterwarnings("ignore:.Model.state_updates:UserWarning")
def test_json_has_a_row_for_each_engine_and_number_of_action_units(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_lrp, "network", lambda _: max_pool_network())
    command = ["bench", "lrp", "--net", "bundled", "--aus", "1", "3", "--repeats", "2", "--json"]
    assert run(command) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["aus"], row["engine"]) for row in rows] == [
        (k, engine) for k in (1, 3) for engine in ENGINES
    ]
    for row in rows:
        low, high = row["forward_passes_spread"]
        assert 0 < low <= row["forward_passes"] <= high
        if row["engine"] == "batched":
            assert row["relative_l2"] < 1e-5
        if row["engine"] == "innvestigate":
            assert row["speedup_vs_innvestigate"] == 1.0


def test_the_table_says_how_far_an_engine_is_above_what_gradients_need() -> None:
    row = bench_lrp.Row("bundled", 4, "batched", 5.5, (5.0, 6.0), 5.4, 3.7, 2e-7)
    cells = {column.header: list(column.cells) for column in bench_lrp._table([row]).columns}
    assert cells["above 1 + K"] == ["+0.5"]


def test_more_action_units_than_the_network_has_are_refused() -> None:
    with pytest.raises(ParameterError, match="has 3 outputs"):
        bench_lrp.measure("bundled", max_pool_network(), [4], 2, 1)


@pytest.mark.skipif(find_spec("zennit") is None, reason="Zennit is not installed")
def test_zennits_rules_are_ours_where_there_is_no_bias() -> None:
    network = max_pool_network(bias=0.0)
    pictures = np.random.default_rng(0).normal(size=(2, *network.input_shape)).astype(np.float32)
    with contenders(network, pictures, 3, None) as engines:
        assert engines[FORWARD].maps(1).shape == (2, 3)
        np.testing.assert_allclose(engines[ZENNIT].maps(3), engines["batched"].maps(3), rtol=1e-3, atol=1e-5)
