"""Layers with weights as a rule of relevance propagation sees them: kernels and denominators."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.lrp_blocks import Weights
from tpviewer.models.lrp_presets import Rule
from tpviewer.models.network import Layer
from tpviewer.models.quiet import import_tensorflow

Variable = Callable[[NDArray[np.float32]], Any]
"""Keeps an array in the session and returns its tensor."""


@dataclass(frozen=True)
class Linear:
    """What a layer with weights computes of each frame.

    Attributes
    ----------
    sums : tensor
        Its output before the activation.
    weights : Weights
        As `Weighted` and `Flat` want them.
    divisors : tensor
        What the relevance of each output is divided by, for each part of the rule side by side.
    """

    sums: Any
    weights: Weights
    divisors: Any


def linear(layer: Layer, rule: Rule, value: Any, signed: bool, variable: Variable) -> Linear:
    """Compute a `Conv2D` or `Dense` layer under a rule.

    Parameters
    ----------
    layer : Layer
    rule : Rule
    value : tensor
        Input, one row a frame.
    signed : bool
        Whether the input may be negative.
    variable : Variable
    """
    if rule.flat:
        return _flat(layer, value, variable)
    if rule.whole:
        return _whole(layer, rule, value, variable)
    return (_split if signed else _parted)(layer, rule, value, variable)


def _flat(layer: Layer, value: Any, variable: Variable) -> Linear:
    """Divide by the number of inputs, without the padding."""
    tf = import_tensorflow()
    if layer.kind == "Dense":
        ones, seen = (len(layer.weights[0]), 1), tf.ones((1, *value.shape[1:]))
    else:
        ones, seen = (*layer.options["kernel_size"], 1, 1), tf.ones((1, *value.shape[1:-1], 1))
    weights = _weights(layer, tf.ones(ones))
    sums = _weights(layer, variable(layer.weights[0])).apply(value)
    return Linear(_plus(sums, _bias(layer), variable), weights, weights.apply(seen))


def _whole(layer: Layer, rule: Rule, value: Any, variable: Variable) -> Linear:
    """Divide by the output itself."""
    tf = import_tensorflow()
    weights = _weights(layer, variable(layer.weights[0]))
    sums = _plus(weights.apply(value), _bias(layer), variable)
    return Linear(sums, weights, sums + tf.where(sums >= 0, rule.epsilon, -rule.epsilon))


def _parted(layer: Layer, rule: Rule, value: Any, variable: Variable) -> Linear:
    """Divide by sums over the weights of one sign."""
    kernel, bias = layer.weights[0], np.concatenate([_bias(layer) * rule.bias for _ in rule.parts])
    weights = _weights(layer, variable(_signed(kernel, rule)[0]))
    sums = _plus(_weights(layer, variable(kernel)).apply(value), _bias(layer), variable)
    return Linear(sums, weights, _plus(weights.apply(value), bias, variable))


def _split(layer: Layer, rule: Rule, value: Any, variable: Variable) -> Linear:
    """The same for an input of both signs: what is positive and what is negative are inputs of their own.

    The two are summed one after the other, as iNNvestigate does it, each with the bias of its weights' sign:
    the denominator of a negative part can come close to zero, where the order of a sum shows.
    """
    tf = import_tensorflow()
    kernels, biases = _signed(layer.weights[0], rule), _signed(_bias(layer) * rule.bias, rule)
    halves = [
        _plus(_weights(layer, variable(kernel)).apply(half), bias, variable)
        for kernel, bias, half in zip(kernels, biases, (tf.nn.relu(value), -tf.nn.relu(-value)), strict=True)
    ]
    sums = _weights(layer, variable(layer.weights[0])).apply(value)
    weights = _weights(layer, variable(np.concatenate(kernels, axis=-2)))
    return Linear(_plus(sums, _bias(layer), variable), weights, halves[0] + halves[1])


def _signed(values: NDArray[np.float32], rule: Rule) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights of each part side by side: those for positive inputs, and those for negative ones."""
    positive, negative = np.maximum(values, 0), np.minimum(values, 0)
    own = [positive if part == "positive" else negative for part, _ in rule.parts]
    other = [negative if part == "positive" else positive for part, _ in rule.parts]
    return np.concatenate(own, axis=-1), np.concatenate(other, axis=-1)


def _bias(layer: Layer) -> NDArray[np.float32]:
    if layer.options["use_bias"]:
        return layer.weights[1]
    return np.zeros(layer.weights[0].shape[-1], np.float32)


def _weights(layer: Layer, kernel: Any) -> Weights:
    if layer.kind == "Dense":
        return Weights(kernel)
    return Weights(kernel, layer.options["strides"], layer.options["padding"])


def _plus(sums: Any, bias: NDArray[np.float32], variable: Variable) -> Any:
    return import_tensorflow().nn.bias_add(sums, variable(bias))
