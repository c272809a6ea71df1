"""The batched engine: iNNvestigate's maps, on the bundled network, VGG16 and networks drawn at random."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.models.networks import SIDE, conv, crops, dense, max_pool_network, package, pool, relu
from tpviewer.core.errors import ParameterError
from tpviewer.core.relevance import top_x_mask
from tpviewer.models.architectures import ARCHITECTURES
from tpviewer.models.batched_lrp import PAIRS
from tpviewer.models.default import default_package_path
from tpviewer.models.engine import Engine
from tpviewer.models.lrp_contenders import seeded_network
from tpviewer.models.lrp_engines import BATCHED, INNVESTIGATE, choose_engine
from tpviewer.models.lrp_presets import DEFAULT_PRESET, PRESETS
from tpviewer.models.model_package import load_package
from tpviewer.models.network import Layer, Network
from tpviewer.models.protocols import TILE
from tpviewer.models.relevance_analyzer import distinct

TOP = 25.0
SEEDS = range(3)


def drawn_network(seed: int) -> Network:
    """Convolutions of odd and even kernels, strides and paddings, pools of all kinds, some overlapping."""
    rng = np.random.default_rng(seed)
    size, channels = int(rng.integers(1, 5)), int(rng.integers(1, 3))
    first = conv(100 + seed, channels, 4, padding=str(rng.choice(["same", "valid"])))
    kernel = rng.normal(size=(size, size, 4, 5)).astype(np.float32) / size
    options = first.options | {"filters": 5, "kernel_size": (size, size), "use_bias": False}
    options |= {"strides": (int(rng.integers(1, 3)),) * 2, "activation": "relu"}
    pools = [pool("MaxPooling2D", 1), pool("AveragePooling2D", 1)]
    overlapping = {"pool_size": (3, 3), "strides": (2, 2), "padding": "same"}
    pools.append(Layer("MaxPooling2D", "pool_1", overlapping))
    start = (first, relu(1), Layer("Conv2D", "second", options, (kernel,)), pools[seed % 3])
    end = Layer("GlobalAveragePooling2D", "average", {})
    return Network((SIDE + 1, SIDE + 1, channels), (*start, end, dense(200 + seed, 5, 3)))


def vgg16(narrower: int = 1) -> Network:
    """Its layers on a small picture, with fewer filters where time matters."""
    full = ARCHITECTURES["vgg16"]
    groups = tuple(tuple(filters // narrower for filters in group) for group in full.groups)
    return seeded_network(replace(full, groups=groups, side=32), channels=2, outputs=5)


NETWORKS = {f"drawn {seed}": drawn_network(seed) for seed in SEEDS} | {"narrow vgg16": vgg16(8)}
CASES = [
    *product((f"drawn {seed}" for seed in SEEDS), PRESETS),
    *product(["narrow vgg16"], ["lrp.sequential_preset_b", "lrp.epsilon", "lrp.z_plus"]),
]
MEDIANS = {("narrow vgg16", "lrp.epsilon"): 5e-6}
"""Without an epsilon that matters, so deep a network's maps are 5e-6 off float64's, with both engines."""


def both(network: Network, preset: str, pictures: np.ndarray, aus: np.ndarray) -> Iterator[np.ndarray]:
    for name in (BATCHED, INNVESTIGATE):
        engine = Engine(package(network), preset, name)
        neutrals = pictures[::-1] if network.input_shape[2] == 2 else None
        yield engine.relevance(pictures, aus, neutrals)
        engine.close()


def asked(network: Network, frames: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Every output in each of some frames."""
    pictures = np.repeat(crops(frames, network.input_shape[0]), network.outputs, axis=0)
    return pictures, np.tile(np.arange(network.outputs), frames)


def check_alike(found: np.ndarray, true: np.ndarray, median: float = 1e-6) -> None:
    flat, reference = (maps.reshape(len(maps), -1).astype(np.float64) for maps in (found, true))
    size = np.linalg.norm(reference, axis=1)
    assert size.any()
    assert not flat[size == 0].any()
    apart = np.linalg.norm(flat - reference, axis=1)[size > 0] / size[size > 0]
    assert np.median(apart) <= median
    assert np.quantile(apart, 0.99) <= 1e-5
    assert apart.max() <= 1e-4
    for one, other in zip(found, true, strict=True):
        check_same_top(one, other)


def check_same_top(found: np.ndarray, true: np.ndarray) -> None:
    """Top-25 sets are equal but for pixels whose relevance is within 1e-4 of the least that is kept."""
    one, other = top_x_mask(found, TOP), top_x_mask(true, TOP)
    if (one ^ other).any():
        cut = true[other].min()
        assert (np.abs(true[one ^ other] - cut) <= 1e-4 * true.max()).all()


@pytest.mark.filterwarnings("ignore:.Model.state_updates:UserWarning")
@pytest.mark.parametrize(("name", "preset"), CASES)
def test_maps_are_innvestigates(name: str, preset: str) -> None:
    network = NETWORKS[name]
    check_alike(*both(network, preset, *asked(network)), MEDIANS.get((name, preset), 1e-6))


@pytest.mark.filterwarnings("ignore:.Model.state_updates:UserWarning")
def test_maps_of_vgg16_are_innvestigates() -> None:
    network = vgg16()
    check_alike(*both(network, DEFAULT_PRESET, *asked(network)))


@pytest.mark.parametrize("preset", PRESETS)
def test_maps_of_the_bundled_network_are_innvestigates(preset: str) -> None:
    network = load_package(default_package_path()).network
    smooth = np.cumsum(crops(TILE, network.input_shape[0]) > 127, axis=1).astype(
        np.uint8
    )  # streaks, as in faces
    aus = np.arange(TILE) % network.outputs
    check_alike(*both(network, preset, smooth, aus))


def test_a_map_does_not_depend_on_the_pairs_beside_it() -> None:
    pictures = crops(TILE + 3)
    frames, aus = np.repeat(np.arange(TILE + 3), 3), np.tile(np.arange(3), TILE + 3)
    engine = Engine(package(max_pool_network()))
    together = engine.relevance(pictures[frames], aus)
    order = np.random.default_rng(0).permutation(len(aus))
    shuffled = engine.relevance(pictures[frames[order]], aus[order])
    alone = engine.relevance(pictures[frames[:1]], aus[:1])
    engine.close()
    assert len(aus) > 3 * PAIRS
    assert np.array_equal(shuffled, together[order])
    assert np.array_equal(alone, together[:1])


def test_maps_and_logits_do_not_depend_on_the_number_of_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, aus = crops(3 * TILE + 1), np.arange(3 * TILE + 1) % 3
    found = []
    for number in (1, 3):
        monkeypatch.setattr("tpviewer.models.runtime.cores", lambda number=number: number)
        engine = Engine(package(max_pool_network()))
        found.append((engine.relevance(pictures, aus), engine.logits(pictures)))
        assert engine._runtime._pool._max_workers == number
        engine.close()
    assert np.array_equal(found[0][0], found[1][0])
    assert np.array_equal(found[0][1], found[1][1])


def test_equal_crops_are_one_frame_unless_their_neutral_faces_differ() -> None:
    first, second = crops(2)
    rows = np.stack([first, second, first, first])
    neutrals = np.stack([second, second, second, first])
    assert distinct((rows,))[0].tolist() == [0, 1]
    assert distinct((rows,))[1].tolist() == [0, 1, 0, 0]
    assert distinct((rows, neutrals))[1].tolist() == [0, 1, 0, 2]


def test_a_network_that_the_engine_does_not_know_falls_back_and_says_so() -> None:
    known = max_pool_network()
    curved = Layer("Activation", "bend", {"activation": "tanh"})
    network = Network(known.input_shape, (known.layers[0], curved, *known.layers[2:]))
    assert choose_engine(known, BATCHED).note is None
    chosen = choose_engine(network, BATCHED)
    assert chosen.name == INNVESTIGATE
    assert "'bend'" in str(chosen.note)


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(ParameterError, match="batched, innvestigate"):
        choose_engine(max_pool_network(), "fast")
