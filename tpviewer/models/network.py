"""A network as plain values: layers that are known, their options and weights, checked before any use."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ModelError

Shape = tuple[int, ...]

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "Conv2D": ("filters", "kernel_size", "strides", "padding", "use_bias", "activation"),
    "Dense": ("units", "use_bias", "activation"),
    "Activation": ("activation",),
    "MaxPooling2D": ("pool_size", "strides", "padding"),
    "AveragePooling2D": ("pool_size", "strides", "padding"),
    "GlobalAveragePooling2D": (),
    "Flatten": (),
}
"""Layers that a network may have, with the options that matter; LRP is known to be right on each."""

_MOST_VALUES = 1 << 26  # between two layers, of one crop: VGG16 has a twentieth of it
_MOST_WORK = 1 << 36  # multiplications of one layer for one crop: VGG16 has a thirtieth of it

WEIGHTED = ("Conv2D", "Dense")


@dataclass(frozen=True)
class Layer:
    """One layer of a network.

    Attributes
    ----------
    kind : str
        Its Keras class, a key of `OPTIONS`.
    name : str
    options : mapping
        Exactly the options that `OPTIONS` lists for the kind.
    weights : tuple of float32 arrays
        Kernel (and bias) of a `Conv2D` or `Dense`, otherwise empty.
    """

    kind: str
    name: str
    options: Mapping[str, Any]
    weights: tuple[NDArray[np.float32], ...] = ()

    def describe(self) -> str:
        """Name and kind, for messages."""
        return f"layer '{self.name}' ({self.kind})"


@dataclass(frozen=True)
class Network:
    """A chain of layers.

    Attributes
    ----------
    input_shape : (int, int, int)
        Height, width, channels.
    layers : tuple of Layer

    Raises
    ------
    ModelError
        If layers and weights do not fit together, or the output is not linear.
    """

    input_shape: tuple[int, int, int]
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if not self.layers:
            raise ModelError("the network has no layers")
        first = next((layer for layer in self.layers if layer.kind != "Flatten"), self.layers[0])
        _expect(first, first.kind in WEIGHTED, "comes first, but relevance needs Conv2D or Dense there")
        last = self.layers[-1]
        linear = last.options.get("activation", "linear") == "linear"
        _expect(last, linear, "is the output and must give logits: remove its activation")
        _expect(
            last, len(self._shapes()[-1]) == 1, "is the output and must give a row of logits: end with Dense"
        )

    @property
    def outputs(self) -> int:
        """Number of logits."""
        return self._shapes()[-1][0]

    def _shapes(self) -> list[Shape]:
        shapes: list[Shape] = [self.input_shape]
        for layer in self.layers:
            shapes.append(_output_shape(layer, shapes[-1]))
        return shapes


def build_keras(network: Network, keras: Any) -> Any:
    """Build the network in the current graph, with its weights set."""
    model = keras.Sequential([keras.layers.Input(network.input_shape)])
    for layer in network.layers:
        model.add(getattr(keras.layers, layer.kind)(name=layer.name, **layer.options))
        model.layers[-1].set_weights(layer.weights)
    return model


def _output_shape(layer: Layer, shape: Shape) -> Shape:
    """Shape after a layer; its weights are checked against the shape before it."""
    if layer.kind in ("Conv2D", "MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling2D"):
        _expect(layer, len(shape) == 3, f"needs a picture, but gets shape {shape}")
        return _spatial(layer, shape)
    if layer.kind == "Dense":
        _expect(
            layer, len(shape) == 1, f"needs a row of values, but gets shape {shape}; put Flatten before it"
        )
        units = layer.options["units"]
        _check_weights(layer, (shape[0], units))
        return (units,)
    return (int(np.prod(shape)),) if layer.kind == "Flatten" else shape


def _spatial(layer: Layer, shape: Shape) -> Shape:
    if layer.kind == "GlobalAveragePooling2D":
        return (shape[2],)
    window = layer.options["kernel_size" if layer.kind == "Conv2D" else "pool_size"]
    same = layer.options["padding"] == "same"
    lengths = shape[:2] if same else tuple(n - w + 1 for n, w in zip(shape[:2], window, strict=True))
    height, width = (-(-n // s) for n, s in zip(lengths, layer.options["strides"], strict=True))
    _expect(layer, height > 0 and width > 0, f"is larger than what it gets, {shape}")
    filters = layer.options["filters"] if layer.kind == "Conv2D" else shape[2]
    _expect(layer, height * width * filters <= _MOST_VALUES, "gives more values than fit into memory")
    work = height * width * filters * math.prod(window) * (shape[2] if layer.kind == "Conv2D" else 1)
    _expect(layer, work <= _MOST_WORK, "takes more computing than any network that is used on faces")
    if layer.kind == "Conv2D":
        _check_weights(layer, (*window, shape[2], filters))
    return height, width, filters


def _check_weights(layer: Layer, kernel: Shape) -> None:
    expected = [kernel, kernel[-1:]] if layer.options["use_bias"] else [kernel]
    found = [weight.shape for weight in layer.weights]
    _expect(layer, found == expected, f"has weights of shape {found}, but {expected} is needed")
    finite = all(np.isfinite(weight).all() for weight in layer.weights)
    _expect(layer, finite, "has weights that are not finite numbers")


def _expect(layer: Layer, condition: bool, message: str) -> None:
    if not condition:
        raise ModelError(f"{layer.describe()} {message}")
