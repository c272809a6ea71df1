"""Layer-wise relevance propagation for many Action Units at once, in TensorFlow (paper, section 3.2).

What depends on the frame alone is computed once per frame: activations, denominators, winners of max-pools.
Pairs of frame and Action Unit then go back through the network together. They carry the *gain* g, relevance
per unit of activation (R = g·a), so that a layer is one product with what its frame keeps and one transposed
convolution: with z the denominator, s = g·a_out/z and g_in = sum of s over the connections' weights.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tpviewer.models.lrp_blocks import Block, Pick
from tpviewer.models.lrp_forward import forward
from tpviewer.models.lrp_linear import Variable
from tpviewer.models.lrp_presets import Preset
from tpviewer.models.network import Network
from tpviewer.models.quiet import import_tensorflow

PAIRS = 4
"""Pairs that go back together through the wide layers: the values of more do not fit in a core's cache.
Always this many (padded), so that no number depends on the others."""

_PAIRS_IN_NARROW_LAYERS = 16
"""The same for the layers behind them, which hold few values but many weights."""

_WIDE = 2**15
"""Values of a layer's input above which it is wide."""


def build(network: Network, preset: Preset, crops: Any, frames: Any, aus: Any, variable: Variable) -> Any:
    """Add the propagation to the current graph.

    Parameters
    ----------
    network : Network
        See `tpviewer.models.lrp_engines.choose_engine` for what it may have.
    preset : Preset
    crops : (F, H, W, C) float32 tensor
        Normalised crops; F is fixed.
    frames, aus : (n,) int32 tensors
        Row of `crops` and output of each pair; n is a multiple of `PAIRS`.
    variable : Variable

    Returns
    -------
    (n, H, W) float32 tensor
        Signed relevance from the logit's own value, summed over channels.
    """
    tf = import_tensorflow()
    blocks = forward(network, preset, crops, variable)
    inputs = [crops, *(block.output for block in blocks[:-1])]
    split = max((place for place, x in enumerate(inputs, 1) if np.prod(x.shape[1:]) > _WIDE), default=0)
    rows = tf.shape(frames)[0]
    tiles = -(-rows // _PAIRS_IN_NARROW_LAYERS)
    behind = [[0, tiles * _PAIRS_IN_NARROW_LAYERS - rows]]
    all_frames, all_aus = tf.pad(frames, behind), tf.pad(aus, behind)

    def narrow(some: slice) -> Any:
        frame = tf.ensure_shape(all_frames[some], (_PAIRS_IN_NARROW_LAYERS,))
        gain = tf.one_hot(tf.ensure_shape(all_aus[some], frame.shape), network.outputs)
        return _back(blocks[split:], gain, lambda kept: tf.gather(kept, frame))

    gains = _tiled(narrow, tiles, _PAIRS_IN_NARROW_LAYERS)

    def wide(some: slice) -> Any:
        frame = tf.ensure_shape(all_frames[some], (PAIRS,))
        gain = tf.ensure_shape(gains[some], (PAIRS, *gains.shape[1:]))
        relevance = _back(blocks[:split], gain, lambda kept: tf.gather(kept, frame))
        if preset.first is None:
            relevance *= tf.gather(crops, frame)
        return tf.reduce_sum(relevance, axis=-1)

    return _tiled(wide, rows // PAIRS, PAIRS)


def _tiled(work: Callable[[slice], Any], count: Any, size: int) -> Any:
    """Results of `count` tiles of `size` rows, one after the other."""
    tf = import_tensorflow()
    results = tf.TensorArray(tf.float32, count)
    _, results = tf.while_loop(
        lambda tile, _: tile < count,
        lambda tile, results: (tile + 1, results.write(tile, work(slice(tile * size, (tile + 1) * size)))),
        (0, results),
        parallel_iterations=1,
    )
    return results.concat()


def _back(blocks: Sequence[Block], gain: Any, pick: Pick) -> Any:
    """Gain of the input; where the first layer's rule is flat, which asks no values, its relevance.

    What a block keeps is picked when its turn comes, and not before: then it is still in the core's cache.
    """
    tf = import_tensorflow()
    for block in reversed(blocks):
        with tf.control_dependencies([gain]):
            gain = block.back(gain, pick)
    return gain
