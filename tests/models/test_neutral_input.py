"""A network that is shown the neutral face beside the frame: logits and relevance."""

import numpy as np
import pytest

from tests.models.networks import crops, max_pool_network, package
from tests.oracle import lrp
from tpviewer.models.engine import Engine
from tpviewer.models.lrp_presets import DEFAULT_PRESET, PRESETS
from tpviewer.models.network import build_keras
from tpviewer.models.normalisation import normalise_crop
from tpviewer.models.protocols import TILE
from tpviewer.models.quiet import import_innvestigate, import_tensorflow

NETWORK = max_pool_network(channels=2)


@pytest.fixture(scope="module")
def engine():
    engine = Engine(package(NETWORK))
    yield engine
    engine.close()


def relative(found: np.ndarray, true: np.ndarray) -> float:
    return float(np.linalg.norm(found - true) / np.linalg.norm(true))


def test_logits_are_the_networks_output_for_both_crops(engine):
    pictures, neutrals = crops(3), crops(3, seed=1)
    slow = [lrp.forward(NETWORK, x)[-1] for x in normalise_crop(pictures, neutrals)]
    np.testing.assert_allclose(engine.logits(pictures, neutrals), slow, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("preset", PRESETS)
def test_relevance_is_what_the_rules_say_summed_over_both_crops(preset):
    pictures, neutrals, aus = crops(3), crops(3, seed=1), np.array([0, 1, 2])
    inputs = normalise_crop(pictures, neutrals)
    slow = [lrp.relevance(NETWORK, x, au, preset).sum(axis=-1) for x, au in zip(inputs, aus, strict=True)]
    engine = Engine(package(NETWORK), preset)
    found = engine.relevance(pictures, aus, neutrals)
    engine.close()
    assert found.shape == pictures.shape
    assert relative(found, np.stack(slow)) < 1e-5


@pytest.mark.filterwarnings("ignore:.Model.state_updates:UserWarning")
def test_relevance_is_innvestigates_own_summed_over_both_crops(engine):
    pictures, neutrals, aus = crops(4), crops(4, seed=1), np.array([2, 0, 1, 1])
    tensorflow = import_tensorflow()
    with tensorflow.Graph().as_default() as graph, tensorflow.compat.v1.Session(graph=graph).as_default():
        analyzer = import_innvestigate().create_analyzer(
            DEFAULT_PRESET, build_keras(NETWORK, tensorflow.keras), neuron_selection_mode="index"
        )
        x = normalise_crop(pictures, neutrals)
        own = [analyzer.analyze(x[i : i + 1], neuron_selection=int(au))[0] for i, au in enumerate(aus)]
    assert relative(engine.relevance(pictures, aus, neutrals), np.stack(own).sum(axis=-1)) < 1e-5


def test_no_neutral_faces_are_crops_of_zeros(engine):
    pictures, aus = crops(5), np.arange(5) % 3
    nothing = np.zeros_like(pictures)
    assert np.array_equal(engine.logits(pictures), engine.logits(pictures, nothing))
    assert np.array_equal(engine.relevance(pictures, aus), engine.relevance(pictures, aus, nothing))


def test_the_neutral_face_matters(engine):
    pictures = crops(3)
    assert not np.allclose(engine.logits(pictures, crops(3, seed=1)), engine.logits(pictures))


def test_a_network_of_the_frame_alone_ignores_the_neutral_face():
    engine = Engine(package(max_pool_network()))
    pictures, neutrals, aus = crops(3), crops(3, seed=1), np.arange(3)
    alone = engine.logits(pictures), engine.relevance(pictures, aus)
    beside = engine.logits(pictures, neutrals), engine.relevance(pictures, aus, neutrals)
    engine.close()
    assert all(np.array_equal(a, b) for a, b in zip(alone, beside, strict=True))


@pytest.mark.parametrize("size", [1, TILE, TILE + 1])
def test_numbers_do_not_depend_on_how_frames_are_batched(engine, size):
    pictures, neutrals, aus = crops(37), crops(37, seed=1), np.arange(37) % 3
    parts = [slice(start, start + size) for start in range(0, 37, size)]
    logits = np.concatenate([engine.logits(pictures[part], neutrals[part]) for part in parts])
    maps = np.concatenate([engine.relevance(pictures[p], aus[p], neutrals[p]) for p in parts])
    assert np.array_equal(logits, engine.logits(pictures, neutrals))
    assert np.array_equal(maps, engine.relevance(pictures, aus, neutrals))
