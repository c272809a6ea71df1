"""Relevance maps: the analyzer against slow algebra, against iNNvestigate itself, and on the tile grid."""

import numpy as np
import pytest

from tests.models import networks
from tests.models.networks import crops, package
from tests.oracle import lrp
from tpviewer.core.errors import ParameterError
from tpviewer.models.engine import Engine
from tpviewer.models.lrp_presets import DEFAULT_PRESET, PRESETS
from tpviewer.models.network import Network, build_keras
from tpviewer.models.normalisation import normalise_crop
from tpviewer.models.protocols import TILE
from tpviewer.models.quiet import import_innvestigate, import_tensorflow

NETWORKS = {
    "max pool": networks.max_pool_network(),
    "average pool": networks.average_pool_network(),
    "dense": networks.dense_network(),
}


@pytest.fixture(scope="module")
def engine():
    engine = Engine(package(NETWORKS["max pool"]))
    yield engine
    engine.close()


def relative(found: np.ndarray, true: np.ndarray) -> float:
    return float(np.linalg.norm(found - true) / np.linalg.norm(true))


def relevance(network: Network, preset: str, pictures: np.ndarray, aus: np.ndarray) -> np.ndarray:
    engine = Engine(package(network), preset)
    try:
        return engine.relevance(pictures, aus)
    finally:
        engine.close()


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("network", NETWORKS.values(), ids=list(NETWORKS))
def test_relevance_is_what_the_rules_say_connection_by_connection(network, preset):
    pictures, aus = crops(3), np.array([0, 1, 2])
    slow = [
        lrp.relevance(network, x, au, preset).sum(axis=-1)
        for x, au in zip(normalise_crop(pictures), aus, strict=True)
    ]
    assert relative(relevance(network, preset, pictures, aus), np.stack(slow)) < 1e-5


@pytest.mark.filterwarnings("ignore:.Model.state_updates:UserWarning")
def test_relevance_is_innvestigates_own(engine):
    pictures, aus = crops(5), np.array([2, 0, 1, 1, 2])
    tensorflow, network = import_tensorflow(), NETWORKS["max pool"]
    with tensorflow.Graph().as_default() as graph, tensorflow.compat.v1.Session(graph=graph).as_default():
        analyzer = import_innvestigate().create_analyzer(
            DEFAULT_PRESET, build_keras(network, tensorflow.keras), neuron_selection_mode="index"
        )
        x = normalise_crop(pictures)
        own = [analyzer.analyze(x[i : i + 1], neuron_selection=int(au))[0] for i, au in enumerate(aus)]
    assert relative(engine.relevance(pictures, aus), np.stack(own).sum(axis=-1)) < 1e-5


def test_relevance_can_be_asked_for_every_frame_and_every_action_unit(engine):
    pictures = np.repeat(crops(4), 3, axis=0)
    maps = engine.relevance(pictures, np.tile([0, 1, 2], 4))
    assert np.isfinite(maps).all()
    assert len({m.tobytes() for m in maps}) == 12


def test_relevance_starts_from_the_logits_own_value():
    network = networks.dense_network(bias=0.0)
    pictures, aus = crops(6), np.array([0, 1, 2, 0, 1, 2])
    engine = Engine(package(network), "lrp.epsilon")
    logits = engine.logits(pictures)[np.arange(6), aus]
    totals = engine.relevance(pictures, aus).sum(axis=(1, 2))
    engine.close()
    assert (logits < 0).any()
    assert (logits > 0).any()
    np.testing.assert_allclose(totals, logits, rtol=1e-3)


def test_with_biases_and_epsilon_the_default_preset_does_not_conserve(engine):
    pictures, aus = crops(6), np.zeros(6, int)
    totals = engine.relevance(pictures, aus).sum(axis=(1, 2))
    assert relative(totals, engine.logits(pictures)[:, 0]) > 0.01


@pytest.mark.parametrize("size", [1, 5, TILE, TILE + 1, 37])
def test_numbers_do_not_depend_on_how_frames_are_batched(engine, size):
    pictures, aus = crops(37), np.arange(37) % 3
    parts = [slice(start, start + size) for start in range(0, 37, size)]
    logits = np.concatenate([engine.logits(pictures[part]) for part in parts])
    maps = np.concatenate([engine.relevance(pictures[part], aus[part]) for part in parts])
    assert np.array_equal(logits, engine.logits(pictures))
    assert np.array_equal(maps, engine.relevance(pictures, aus))


def test_numbers_are_the_same_in_a_new_engine(engine):
    pictures, aus = crops(20), np.arange(20) % 3
    again = Engine(package(NETWORKS["max pool"]))
    logits, maps = again.logits(pictures), again.relevance(pictures, aus)
    again.close()
    assert np.array_equal(logits, engine.logits(pictures))
    assert np.array_equal(maps, engine.relevance(pictures, aus))


def test_an_action_unit_that_the_model_lacks_is_refused(engine):
    with pytest.raises(IndexError, match="0 to 2"):
        engine.relevance(crops(1), np.array([3]))


def test_each_crop_needs_its_action_unit(engine):
    with pytest.raises(ValueError, match="2 crops, but 1"):
        engine.relevance(crops(2), np.array([0]))


def test_an_unknown_preset_is_refused_by_name():
    with pytest.raises(ParameterError, match=r"lrp\.sequential_preset_a_flat"):
        Engine(package(NETWORKS["dense"]), "lrp.magic")
