"""Programs that compute relevance, and the gradients that none can do without, for a comparison of speed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.architectures import Architecture
from tpviewer.models.batched_lrp import PAIRS, build
from tpviewer.models.lrp_engines import BATCHED, INNVESTIGATE
from tpviewer.models.lrp_presets import DEFAULT_PRESET, PRESETS
from tpviewer.models.network import Layer, Network, build_keras
from tpviewer.models.quiet import import_innvestigate, import_tensorflow
from tpviewer.models.runtime import Runtime, by_tiles, padded

FORWARD, GRADIENTS, ZENNIT = "forward", "gradients", "zennit"

Maps = NDArray[np.float32]
Contender = Callable[[int], Maps]
"""Computes maps (n, K, H, W) of n pictures for the first K outputs; `FORWARD` gives logits (n, outputs)."""


@contextmanager
def contenders(
    network: Network, pictures: Maps, most: int, threads: int | None
) -> Iterator[Mapping[str, Contender]]:
    """Build every contender that is installed, all with the default preset.

    Parameters
    ----------
    network : Network
    pictures : (n, H, W, C) float32
        Normalised crops.
    most : int
        The largest number of outputs that will be asked for.
    threads : int or None
        Threads of each; None leaves it to TensorFlow and PyTorch.

    Yields
    ------
    mapping of str to Contender
        `FORWARD`, 'batched', 'innvestigate', `GRADIENTS` (a forward pass and the gradient of each output)
        and, where it is installed, `ZENNIT`. To be used in the thread that asked.
    """
    runtime = Runtime(threads)
    try:
        with runtime.building():
            found = _in_tensorflow(runtime, network, pictures, most)
            if find_spec("zennit") is not None:
                from tpviewer.models.zennit_peer import zennit_peer

                found[ZENNIT] = zennit_peer(network, pictures, threads)
            yield found
    finally:
        runtime.close()


def _in_tensorflow(runtime: Runtime, network: Network, pictures: Maps, most: int) -> dict[str, Contender]:
    tf = import_tensorflow()
    model = build_keras(network, tf.keras)
    crops = tf.compat.v1.placeholder("float32", pictures.shape)
    frames, aus = (tf.compat.v1.placeholder("int32", (None,)) for _ in range(2))
    logits = model(crops)
    maps = build(network, PRESETS[DEFAULT_PRESET], crops, frames, aus, runtime.variable)
    slopes = [tf.reduce_sum(tf.gradients(logits[:, au], crops)[0] * crops, axis=-1) for au in range(most)]
    forward, batched = runtime.callable(logits, [crops]), runtime.callable(maps, [crops, frames, aus])
    gradients = [runtime.callable(tf.stack(slopes[:k], axis=1), [crops]) for k in range(1, most + 1)]
    analyzer = import_innvestigate().create_analyzer(DEFAULT_PRESET, model, neuron_selection_mode="index")

    def run_batched(k: int) -> Maps:
        rows, asked = _pairs(len(pictures), k)
        total = -(-len(rows) // PAIRS) * PAIRS
        found = batched(pictures, padded(rows, total), padded(asked, total))[: len(rows)]
        return found.reshape(len(pictures), k, *found.shape[1:])

    def run_innvestigate(k: int) -> Maps:
        rows, asked = _pairs(len(pictures), k)
        tiles = by_tiles(
            lambda x, au: analyzer.analyze(x, neuron_selection=au).sum(axis=-1), pictures[rows], asked
        )
        found = np.concatenate(tiles)
        return found.reshape(len(pictures), k, *found.shape[1:])

    return {
        FORWARD: lambda _: forward(pictures),
        BATCHED: run_batched,
        INNVESTIGATE: run_innvestigate,
        GRADIENTS: lambda k: gradients[k - 1](pictures),
    }


def _pairs(pictures: int, k: int) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    return np.repeat(np.arange(pictures), k), np.tile(np.arange(k), pictures)


def seeded_network(architecture: Architecture, channels: int, outputs: int, seed: int = 0) -> Network:
    """Return a registered network with seeded weights, without batch normalisation, as a package holds it.

    Parameters
    ----------
    architecture : Architecture
    channels, outputs : int
    seed : int
    """
    rng = np.random.default_rng(seed)
    layers: list[Layer] = []

    def weights(kernel: tuple[int, ...]) -> tuple[Maps, Maps]:
        scale = np.sqrt(2 / np.prod(kernel[:-1]))
        values = rng.normal(scale=scale, size=kernel), rng.normal(scale=0.1, size=kernel[-1])
        return values[0].astype(np.float32), values[1].astype(np.float32)

    def dense(inputs: int, units: int, activation: str) -> None:
        options = {"units": units, "use_bias": True, "activation": activation}
        layers.append(Layer("Dense", f"layer_{len(layers)}", options, weights((inputs, units))))

    before, side = channels, architecture.side
    for group in architecture.groups:
        for filters in group:
            options = {"filters": filters, "kernel_size": (3, 3), "strides": (1, 1), "padding": "same"}
            options |= {"use_bias": True, "activation": "relu"}
            layers.append(Layer("Conv2D", f"layer_{len(layers)}", options, weights((3, 3, before, filters))))
            before = filters
        options = {"pool_size": (2, 2), "strides": (2, 2), "padding": "valid"}
        layers.append(Layer("MaxPooling2D", f"layer_{len(layers)}", options))
        side //= 2
    layers.append(Layer("Flatten", f"layer_{len(layers)}", {}))
    dense(side * side * before, architecture.dense, "relu")
    dense(architecture.dense, outputs, "linear")
    return Network((architecture.side, architecture.side, channels), tuple(layers))
