"""Programs that compute relevance, and the gradients that none can do without, for a comparison of speed."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.processors import cores
from tpviewer.models.architectures import Architecture
from tpviewer.models.batched_lrp import PAIRS, build
from tpviewer.models.lrp_engines import BATCHED, INNVESTIGATE
from tpviewer.models.lrp_presets import DEFAULT_PRESET, PRESETS
from tpviewer.models.network import Layer, Network, build_keras
from tpviewer.models.protocols import TILE
from tpviewer.models.quiet import import_innvestigate, import_tensorflow
from tpviewer.models.runtime import Runtime, by_tiles, padded

FORWARD, GRADIENTS, ZENNIT = "forward", "gradients", "zennit"

Maps = NDArray[np.float32]
Work = Callable[[int], Maps]
"""Computes maps (n, K, H, W) of n pictures for the first K outputs; `FORWARD` gives logits (n, outputs)."""


@dataclass(frozen=True)
class Contender:
    """Some work, and how long it takes.

    Attributes
    ----------
    maps : callable
        See `Work`.
    timed : callable
        Does the work and returns seconds, and seconds of processor time.
    """

    maps: Work
    timed: Callable[[int], tuple[float, float]]


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
        Threads of each; None is one for each core.

    Yields
    ------
    mapping of str to Contender
        `FORWARD`, 'batched', 'innvestigate', `GRADIENTS` (a forward pass and the gradient of each output)
        and, where it is installed, `ZENNIT`. To be used in the thread that asked. iNNvestigate has a process
        of its own, where TensorFlow shares every operation out among the threads; the others of TensorFlow
        work on parts of the pictures side by side, as the program does.
    """
    threads = threads or cores()
    runtime = Runtime(threads, side_by_side=True)
    apart = ProcessPoolExecutor(
        1, get_context("spawn"), initializer=_load_innvestigate, initargs=(network, pictures, threads)
    )
    try:
        with apart, runtime.building():
            works = _in_tensorflow(runtime, network, pictures, most, threads)
            if find_spec("zennit") is not None:
                from tpviewer.models.zennit_peer import zennit_peer

                works[ZENNIT] = zennit_peer(network, pictures, threads)
            found = {name: Contender(work, partial(timed, work)) for name, work in works.items()}
            found[INNVESTIGATE] = Contender(
                lambda k: apart.submit(_innvestigate, k).result(),
                lambda k: apart.submit(_timed_innvestigate, k).result(),
            )
            yield found
    finally:
        runtime.close()


def timed(work: Work, k: int) -> tuple[float, float]:
    """Seconds that some work takes, and of processor time."""
    wall, processor = time.perf_counter(), time.process_time()
    work(k)
    return time.perf_counter() - wall, time.process_time() - processor


def _in_tensorflow(
    runtime: Runtime, network: Network, pictures: Maps, most: int, threads: int
) -> dict[str, Work]:
    tf = import_tensorflow()
    rows = min(TILE, -(-len(pictures) // threads))
    tiles = [padded(pictures[start : start + rows], rows) for start in range(0, len(pictures), rows)]
    crops = tf.compat.v1.placeholder("float32", tiles[0].shape)
    frames, aus = (tf.compat.v1.placeholder("int32", (None,)) for _ in range(2))
    logits = build_keras(network, tf.keras)(crops)
    maps = build(network, PRESETS[DEFAULT_PRESET], crops, frames, aus, runtime.variable)
    slopes = [tf.reduce_sum(tf.gradients(logits[:, au], crops)[0] * crops, axis=-1) for au in range(most)]
    forward, batched = runtime.callable(logits, [crops]), runtime.callable(maps, [crops, frames, aus])
    gradients = [runtime.callable(tf.stack(slopes[:k], axis=1), [crops]) for k in range(1, most + 1)]

    def all_rows(work: Callable[[Maps], Maps]) -> Maps:
        return np.concatenate(runtime.each(work, tiles))[: len(pictures)]

    def relevance(k: int) -> Callable[[Maps], Maps]:
        row, asked = _pairs(rows, k)
        total = -(-len(row) // PAIRS) * PAIRS
        pairs = padded(row, total), padded(asked, total)
        return lambda tile: batched(tile, *pairs)[: len(row)].reshape(rows, k, *network.input_shape[:2])

    return {
        FORWARD: lambda _: all_rows(forward),
        BATCHED: lambda k: all_rows(relevance(k)),
        GRADIENTS: lambda k: all_rows(gradients[k - 1]),
    }


_innvestigates: list[Work] = []  # in the process that computes them


def _load_innvestigate(network: Network, pictures: Maps, threads: int) -> None:
    runtime = Runtime(threads)
    with runtime.building():
        model = build_keras(network, import_tensorflow().keras)
        analyzer = import_innvestigate().create_analyzer(DEFAULT_PRESET, model, neuron_selection_mode="index")

    def work(k: int) -> Maps:
        rows, asked = _pairs(len(pictures), k)
        with runtime.building():
            tiles = by_tiles(
                lambda x, au: analyzer.analyze(x, neuron_selection=au).sum(axis=-1), pictures[rows], asked
            )
        return np.concatenate(tiles).reshape(len(pictures), k, *pictures.shape[1:3])

    _innvestigates.append(work)


def _innvestigate(k: int) -> Maps:
    return _innvestigates[0](k)


def _timed_innvestigate(k: int) -> tuple[float, float]:
    return timed(_innvestigates[0], k)


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
