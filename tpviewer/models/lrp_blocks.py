"""Parts of a network as relevance propagation sees them: what each keeps of a frame, and its way back.

Every part takes the gain of its output, relevance per unit of activation, of one pair of frame and Action
Unit a row, and returns the gain of its input. What it keeps has one row a frame; ``pick`` makes of that one
row a pair.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from tpviewer.models.quiet import import_tensorflow

Pick = Callable[[Any], Any]


class Block(Protocol):
    """A part of a network, behind which activations are ``output``, one row a frame."""

    output: Any

    def back(self, gain: Any, pick: Pick) -> Any:
        """Return the gain of the input."""
        ...


@dataclass(frozen=True)
class Weights:
    """The linear map of a ``Conv2D`` or ``Dense`` layer with some kernel, without bias.

    Attributes
    ----------
    kernel : tensor
        (h, w, in, out) of a convolution, (in, out) of a dense layer.
    strides : (int, int)
    padding : str
    """

    kernel: Any
    strides: tuple[int, int] = (1, 1)
    padding: str = "valid"

    def apply(self, value: Any) -> Any:
        """Sums of input × weight."""
        tf = import_tensorflow()
        if len(self.kernel.shape) == 2:
            return tf.matmul(value, self.kernel)
        return tf.nn.conv2d(value, self.kernel, self.strides, self.padding.upper())

    def transposed(self, shares: Any, sides: tuple[int, ...]) -> Any:
        """For each input the sum of share × weight; `sides` are the input's height and width, if any."""
        tf = import_tensorflow()
        if len(self.kernel.shape) == 2:
            return tf.matmul(shares, self.kernel, transpose_b=True)
        shape = (shares.shape[0], *sides, self.kernel.shape[2])
        return tf.nn.conv2d_transpose(shares, self.kernel, shape, self.strides, self.padding.upper())


@dataclass(frozen=True)
class Weighted(Block):
    """A layer with weights, with the activation behind it and a max-pool whose windows do not overlap.

    Attributes
    ----------
    output : tensor
    value : tensor
        Input, one row a frame.
    weights : Weights
        As the rule sees them: for each of its parts a kernel, side by side.
    shares : tensor
        a_out / z of each output and part, 0 where a max-pool took another; see `tiled`.
    parts : int
        Parts of the rule.
    signed : bool
        Whether the kernel has rows for positive inputs first and for negative ones behind them.
    """

    output: Any
    value: Any
    weights: Weights
    shares: Any
    parts: int
    signed: bool

    def back(self, gain: Any, pick: Pick) -> Any:
        """See `Block.back`."""
        tf = import_tensorflow()
        if self.parts > 1:
            gain = tf.concat([gain] * self.parts, axis=-1)
        spread = _times(pick(self.shares), gain)
        back = self.weights.transposed(spread, tuple(self.value.shape[1:-1]))
        if not self.signed:
            return back
        positive, negative = tf.split(back, 2, axis=-1)
        return tf.where(pick(self.value) > 0, positive, negative)


@dataclass(frozen=True)
class Flat(Block):
    """The first layer, whose relevance goes in equal shares to all its inputs.

    It returns relevance instead of gain, that of a convolution summed over channels.

    Attributes
    ----------
    output, value : tensor
        As for `Weighted`.
    weights : Weights
        Ones, of a convolution to and from one channel.
    shares : tensor
        a_out of each output, as for `Weighted`.
    inputs : tensor
        Number of inputs of each output, in one channel.
    """

    output: Any
    value: Any
    weights: Weights
    shares: Any
    inputs: Any

    def back(self, gain: Any, pick: Pick) -> Any:
        """See `Block.back`."""
        spread = _summed(_times(pick(self.shares), gain))
        return self.weights.transposed(spread / self.inputs, tuple(self.value.shape[1:-1]))


def _summed(values: Any) -> Any:
    """Sum over the last axis, which stays with a length of 1, as a product with ones: that is faster."""
    tf = import_tensorflow()
    *others, last = values.shape
    return tf.reshape(tf.matmul(tf.reshape(values, (-1, last)), tf.ones((last, 1))), (*others, 1))


def tiled(values: Any, size: tuple[int, int]) -> Any:
    """Give the windows of a max-pool axes of their own: (F, H, W, C) to (F, H / h, h, W / w, w · C)."""
    tf = import_tensorflow()
    (height, width), (_, rows, columns, channels) = size, values.shape
    return tf.reshape(values, (-1, rows // height, height, columns // width, width * channels))


def _times(shares: Any, gain: Any) -> Any:
    """Shares × gain; with `tiled` shares, the gain of each window at all its places."""
    if len(shares.shape) != 5:
        return shares * gain
    tf = import_tensorflow()
    rows, height, inner, width, together = shares.shape
    channels = gain.shape[-1]
    beside = together // channels
    spread = shares * tf.concat([gain] * beside, axis=-1)[:, :, None]
    return tf.reshape(spread, (rows, height * inner, width * beside, channels))


@dataclass(frozen=True)
class Activated(Block):
    """An activation that does not directly follow a layer with weights: relevance passes unchanged."""

    output: Any
    ratio: Any

    def back(self, gain: Any, pick: Pick) -> Any:
        """See `Block.back`."""
        return gain * pick(self.ratio)


@dataclass(frozen=True)
class Pooled(Block):
    """A max-pool of any windows: all relevance goes to the winner."""

    output: Any
    value: Any
    options: Any

    def back(self, gain: Any, pick: Pick) -> Any:
        """See `Block.back`."""
        return winners(pick(self.value), pick(self.output), gain, self.options)


@dataclass(frozen=True)
class Averaged(Block):
    """An average pool: relevance is shared in proportion to the activations, so the gain to the weights."""

    output: Any
    value: Any
    options: Any

    def back(self, gain: Any, pick: Pick) -> Any:
        """See `Block.back`."""
        tf = import_tensorflow()
        shape = (gain.shape[0], *self.value.shape[1:])
        return tf.raw_ops.AvgPoolGrad(orig_input_shape=shape, grad=gain, **window(self.options))


@dataclass(frozen=True)
class AveragedAll(Block):
    """The average over the whole picture."""

    output: Any
    value: Any

    def back(self, gain: Any, pick: Pick) -> Any:
        """See `Block.back`."""
        tf = import_tensorflow()
        _, height, width, channels = self.value.shape
        share = tf.reshape(gain / (height * width), (-1, 1, 1, channels))
        return tf.broadcast_to(share, (gain.shape[0], height, width, channels))


@dataclass(frozen=True)
class Flattened(Block):
    """Another shape of the same values."""

    output: Any
    value: Any

    def back(self, gain: Any, pick: Pick) -> Any:
        """See `Block.back`."""
        return import_tensorflow().reshape(gain, (gain.shape[0], *self.value.shape[1:]))


def winners(value: Any, pooled: Any, amounts: Any, options: Any) -> Any:
    """Put the amount of each window of a max-pool where its largest value is, as TensorFlow's gradient."""
    tf = import_tensorflow()
    return tf.raw_ops.MaxPoolGrad(orig_input=value, orig_output=pooled, grad=amounts, **window(options))


def window(options: Any) -> dict[str, Any]:
    """Windows of a pool as TensorFlow's arguments."""
    return {
        "ksize": [1, *options["pool_size"], 1],
        "strides": [1, *options["strides"], 1],
        "padding": options["padding"].upper(),
    }
