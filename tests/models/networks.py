"""Small seeded networks as plain values, and packages around them."""

from pathlib import Path

import numpy as np

from tests.models.tiny import AUS, tiny_card
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.network import Layer, Network

SIDE = 12


def conv(
    seed: int, before: int, filters: int, bias: float = 0.3, padding: str = "same", stride: int = 1
) -> Layer:
    rng = np.random.default_rng(seed)
    kernel = rng.normal(size=(3, 3, before, filters)) / np.sqrt(9 * before)
    options = {
        "filters": filters,
        "kernel_size": (3, 3),
        "strides": (stride, stride),
        "padding": padding,
        "use_bias": True,
        "activation": "linear",
    }
    return Layer("Conv2D", f"conv_{seed}", options, _float32(kernel, rng.normal(size=filters) * bias))


def dense(seed: int, before: int, units: int, bias: float = 0.3, activation: str = "linear") -> Layer:
    rng = np.random.default_rng(seed)
    kernel = rng.normal(size=(before, units)) / np.sqrt(before)
    options = {"units": units, "use_bias": True, "activation": activation}
    return Layer("Dense", f"dense_{seed}", options, _float32(kernel, rng.normal(size=units) * bias))


def relu(number: int) -> Layer:
    return Layer("Activation", f"relu_{number}", {"activation": "relu"})


def pool(kind: str, number: int) -> Layer:
    return Layer(kind, f"pool_{number}", {"pool_size": (2, 2), "strides": (2, 2), "padding": "valid"})


def max_pool_network(bias: float = 0.3, channels: int = 1) -> Network:
    layers = (
        *(conv(1, channels, 3, bias), relu(1), pool("MaxPooling2D", 1)),
        *(conv(2, 3, 4, bias), relu(2), pool("MaxPooling2D", 2), Layer("Flatten", "flatten", {})),
        *(dense(3, 36, 6, bias, "relu"), dense(4, 6, len(AUS), bias)),
    )
    return Network((SIDE, SIDE, channels), layers)


def average_pool_network() -> Network:
    layers = (
        *(conv(5, 1, 3, padding="valid"), relu(1), pool("AveragePooling2D", 1)),
        *(conv(6, 3, 4, stride=2), relu(2), Layer("GlobalAveragePooling2D", "average", {})),
        dense(7, 4, len(AUS)),
    )
    return Network((SIDE, SIDE, 1), layers)


def dense_network(bias: float = 0.3) -> Network:
    layers = (
        Layer("Flatten", "flatten", {}),
        dense(8, SIDE * SIDE, 7, bias, "relu"),
        dense(9, 7, len(AUS), bias),
    )
    return Network((SIDE, SIDE, 1), layers)


def package(network: Network) -> ModelPackage:
    card = tiny_card(input_size=network.input_shape[:2], channels=network.input_shape[2])
    return ModelPackage(Path("none"), card, network, "none")


def crops(number: int, side: int = SIDE, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (number, side, side), dtype=np.uint8)


def _float32(*arrays: np.ndarray) -> tuple[np.ndarray, ...]:
    return tuple(array.astype(np.float32) for array in arrays)
