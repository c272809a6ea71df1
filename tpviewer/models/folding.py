"""Batch normalisation merged into the layer before it.

iNNvestigate propagates relevance wrongly through batch normalisation; in a folded network, which computes
the same function, there is none.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ModelError
from tpviewer.models.quiet import import_keras


def fold_batchnorm(model: Any) -> Any:
    """Return an equal network for inference, without batch normalisation and dropout.

    Parameters
    ----------
    model : keras.Model
        A chain of layers, each fed by the one before.

    Returns
    -------
    keras.Sequential
        Outputs differ from ``model(x, training=False)`` by rounding only.

    Raises
    ------
    ModelError
        If layers branch, or a batch normalisation does not directly follow a convolution or dense layer
        without activation.
    """
    keras = import_keras()
    folded = keras.Sequential([keras.layers.Input(model.input_shape[1:])])
    chain = _chain(model)
    for layer, following in zip(chain, [*chain[1:], None], strict=True):
        if isinstance(layer, (keras.layers.Dropout, keras.layers.BatchNormalization)):
            continue
        norm = following if isinstance(following, keras.layers.BatchNormalization) else None
        config = layer.get_config()
        if norm is not None:
            config["use_bias"] = True
        folded.add(type(layer).from_config(config))
        folded.layers[-1].set_weights(layer.get_weights() if norm is None else _merge(layer, norm))
    return folded


def _chain(model: Any) -> list[Any]:
    """Layers in order, without the input; each batch normalisation is checked to be foldable."""
    keras = import_keras()
    chain = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    before = None
    for layer in chain:
        _check_single(layer, before)
        if isinstance(layer, keras.layers.BatchNormalization) and not _foldable(before):
            raise ModelError(
                f"layer '{layer.name}' (BatchNormalization) cannot be folded: it must directly follow"
                " a Conv2D or Dense layer that has no activation of its own"
            )
        before = layer
    return chain


def _check_single(layer: Any, before: Any) -> None:
    nodes = layer._inbound_nodes
    sources = nodes[0].inbound_layers if len(nodes) == 1 else []
    sources = sources if isinstance(sources, list) else [sources]
    if len(sources) != 1 or (before is not None and sources[0] is not before):
        raise ModelError(
            f"layer '{layer.name}' is not fed by the layer before it alone:"
            " only a chain of layers can be used"
        )


def _foldable(layer: Any) -> bool:
    keras = import_keras()
    linear = keras.activations.linear
    return isinstance(layer, (keras.layers.Conv2D, keras.layers.Dense)) and layer.activation is linear


def _merge(layer: Any, norm: Any) -> Sequence[NDArray[np.float32]]:
    """Kernel and bias of the layer with y = γ (x − μ) / √(σ² + ε) + β taken in."""
    kernel = layer.kernel.numpy().astype(np.float64)
    bias = layer.bias.numpy().astype(np.float64) if layer.use_bias else np.zeros(kernel.shape[-1])
    scale = 1.0 / np.sqrt(norm.moving_variance.numpy().astype(np.float64) + norm.epsilon)
    if norm.scale:
        scale = scale * norm.gamma.numpy()
    shift = norm.beta.numpy() if norm.center else 0.0
    bias = (bias - norm.moving_mean.numpy()) * scale + shift
    return [(kernel * scale).astype(np.float32), bias.astype(np.float32)]
