"""Layer-wise relevance propagation for many Action Units at once, in TensorFlow (paper, section 3.2).

What depends on the frame alone is computed once per frame: activations, denominators, winners of max-pools.
Pairs of frame and Action Unit then go back through the network together. They carry the *gain* g, relevance
per unit of activation (R = g·a), so that a layer is one product with what its frame keeps and one transposed
convolution: with z the denominator, s = g·a_out/z and g_in = sum of s over the connections' weights.
"""

from collections.abc import Sequence
from typing import Any

from tpviewer.models.lrp_blocks import Block, Pick
from tpviewer.models.lrp_forward import forward
from tpviewer.models.lrp_linear import Variable
from tpviewer.models.lrp_presets import Preset
from tpviewer.models.network import Network
from tpviewer.models.quiet import import_tensorflow

PAIRS = 16
"""Pairs that go back together. Always this many (padded), so that no number depends on the others."""


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
    height, width = network.input_shape[:2]

    def tile(start: Any, maps: Any) -> tuple[Any, Any]:
        rows = slice(start * PAIRS, (start + 1) * PAIRS)
        frame = tf.ensure_shape(frames[rows], (PAIRS,))
        gain = tf.one_hot(tf.ensure_shape(aus[rows], (PAIRS,)), network.outputs)
        relevance = _back(blocks, gain, lambda kept: tf.gather(kept, frame))
        if preset.first is None:
            relevance *= tf.gather(crops, frame)
        return start + 1, maps.write(start, tf.reduce_sum(relevance, axis=-1))

    count = tf.shape(frames)[0] // PAIRS
    maps = tf.TensorArray(tf.float32, count, element_shape=(PAIRS, height, width))
    _, maps = tf.while_loop(lambda start, _: start < count, tile, (0, maps), parallel_iterations=1)
    return tf.reshape(maps.stack(), (-1, height, width))


def _back(blocks: Sequence[Block], gain: Any, pick: Pick) -> Any:
    """Gain of the input; where the first layer's rule is flat, which asks no values, its relevance."""
    for block in reversed(blocks):
        gain = block.back(gain, pick)
    return gain
