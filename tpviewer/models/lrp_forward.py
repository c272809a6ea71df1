"""The forward pass of relevance propagation: a network's blocks with all that depends on the frame alone."""

from collections import deque
from typing import Any

import numpy as np

from tpviewer.models import lrp_blocks
from tpviewer.models.lrp_blocks import Block, Flat, Weighted, tiled, window, winners
from tpviewer.models.lrp_linear import Linear, Variable, linear
from tpviewer.models.lrp_presets import Preset, Rule
from tpviewer.models.network import WEIGHTED, Layer, Network
from tpviewer.models.quiet import import_tensorflow


def forward(network: Network, preset: Preset, crops: Any, variable: Variable) -> list[Block]:
    """Compute the activations of each frame and what the way back needs of them.

    Parameters
    ----------
    network : Network
    preset : Preset
    crops : (F, H, W, C) float32 tensor
    variable : Variable

    Returns
    -------
    list of Block
        In the order of the network.
    """
    blocks: list[Block] = []
    layers, value, signed, first = deque(network.layers), crops, True, True
    while layers:
        layer = layers.popleft()
        if layer.kind in WEIGHTED:
            rule = preset.rule(layer.kind, first)
            stage = _Stage(layer, rule, linear(layer, rule, value, signed, variable))
            stage.follow(layers)
            blocks.append(stage.block(value, signed))
            signed, first = not stage.rectified, False
        else:
            blocks.append(_plain(layer, value))
            signed = signed and not _is_relu(layer)
        value = blocks[-1].output
    return blocks


class _Stage:
    """A layer with weights and those behind it that belong to the same block."""

    def __init__(self, layer: Layer, rule: Rule, sums: Linear) -> None:
        self._rule, self._linear = rule, sums
        self.output = _activated(layer, sums.sums)
        self.rectified = _is_relu(layer)
        self._pool: tuple[Layer, Any, Any] | None = None

    def follow(self, layers: deque[Layer]) -> None:
        """Take in the layers that belong here, and take them off `layers`."""
        while layers and (layers[0].kind == "Activation" or self._takes_pool(layers[0])):
            layer, before = layers.popleft(), self.output
            if layer.kind == "MaxPooling2D":
                self.output = _max_pooled(layer, before)
                self._pool = (layer, before, self.output)
            else:
                self.output = _activated(layer, before)
                self.rectified = self.rectified or _is_relu(layer)

    def _takes_pool(self, layer: Layer) -> bool:
        """Whether this is the first max-pool, with windows that lie side by side and leave nothing over."""
        if layer.kind != "MaxPooling2D" or self._pool is not None:
            return False
        size = layer.options["pool_size"]
        return size == layer.options["strides"] and not any(np.remainder(self.output.shape[1:3], size))

    def block(self, value: Any, signed: bool) -> Block:
        """Return the block, whose input is `value`."""
        tf = import_tensorflow()
        taken = self.output
        if self._pool is not None:
            pool, before, after = self._pool
            taken = winners(before, after, taken, pool.options)
        rule, weights, divisors = self._rule, self._linear.weights, self._linear.divisors
        if rule.flat:
            return Flat(self.output, value, weights, self._tiled(taken), divisors)
        numerators = tf.concat([factor * taken for _, factor in rule.parts], axis=-1)
        shares = self._tiled(tf.math.divide_no_nan(numerators, divisors))
        split = signed and not rule.whole
        return Weighted(self.output, value, weights, shares, len(rule.parts), split)

    def _tiled(self, values: Any) -> Any:
        return values if self._pool is None else tiled(values, self._pool[0].options["pool_size"])


def _plain(layer: Layer, value: Any) -> Block:
    tf = import_tensorflow()
    if layer.kind == "Activation":
        output = _activated(layer, value)
        return lrp_blocks.Activated(output, tf.math.divide_no_nan(output, value))
    if layer.kind == "MaxPooling2D":
        return lrp_blocks.Pooled(_max_pooled(layer, value), value, layer.options)
    if layer.kind == "AveragePooling2D":
        output = tf.raw_ops.AvgPool(value=value, **window(layer.options))
        return lrp_blocks.Averaged(output, value, layer.options)
    if layer.kind == "GlobalAveragePooling2D":
        return lrp_blocks.AveragedAll(tf.reduce_mean(value, axis=(1, 2)), value)
    return lrp_blocks.Flattened(tf.reshape(value, (value.shape[0], -1)), value)


def _is_relu(layer: Layer) -> bool:
    return layer.options.get("activation") == "relu"


def _activated(layer: Layer, values: Any) -> Any:
    return import_tensorflow().nn.relu(values) if _is_relu(layer) else values


def _max_pooled(layer: Layer, values: Any) -> Any:
    return import_tensorflow().raw_ops.MaxPool(input=values, **window(layer.options))
