"""Networks that can be trained as Action Unit models (paper, section 3.1)."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tpviewer.core.errors import ParameterError
from tpviewer.models.quiet import import_keras


@dataclass(frozen=True)
class Architecture:
    """A chain of 3×3 convolutions with a max-pool after each group, and one hidden dense layer.

    Attributes
    ----------
    groups : tuple of tuple of int
        Filters of each convolution, group by group.
    dense : int
        Units of the hidden dense layer.
    side : int
        Width and height of its crops in pixels.
    """

    groups: tuple[tuple[int, ...], ...]
    dense: int
    side: int = 96


ARCHITECTURES = MappingProxyType(
    {
        "tiny": Architecture(((16,), (32, 32), (64, 64)), 128, side=48),
        "small": Architecture(((12,), (24, 24), (48, 48), (96, 96)), 192),
        "wide": Architecture(((16,), (32, 32), (64, 64), (128, 128)), 256),
        "vgg16": Architecture(
            ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512)), 512, side=224
        ),
    }
)
"""Networks by name. ``tiny`` is for studies that fit many networks. ``vgg16`` has the convolutions of
Simonyan and Zisserman 2015, as in the literature on LRP, and a smaller dense part, since there are fewer
classes and faces than in ImageNet."""


def build(name: str, input_size: tuple[int, int], channels: int, n_aus: int) -> Any:
    """Build a registered network with fresh weights.

    Parameters
    ----------
    name : str
        A key of `ARCHITECTURES`.
    input_size : (H, W)
    channels : int
    n_aus : int
        Number of outputs: one logit per Action Unit, no sigmoid.

    Returns
    -------
    keras.Model
        Trainable, with batch normalisation; `save_package` folds it away.

    Raises
    ------
    ParameterError
        If there is no such architecture.
    """
    if name not in ARCHITECTURES:
        raise ParameterError(f"no architecture '{name}'; there are: {', '.join(ARCHITECTURES)}")
    return assemble(ARCHITECTURES[name], input_size, channels, n_aus)


def assemble(architecture: Architecture, input_size: tuple[int, int], channels: int, n_aus: int) -> Any:
    """Build a network from its description; see `build`."""
    keras = import_keras()
    layers = keras.layers
    model = keras.Sequential([layers.Input((*input_size, channels))])
    for group in architecture.groups:
        for filters in group:
            model.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
            model.add(layers.BatchNormalization())
            model.add(layers.Activation("relu"))
        model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dense(architecture.dense))
    model.add(layers.Activation("relu"))
    model.add(layers.Dense(n_aus, dtype="float32"))  # also in a fit that computes in bfloat16
    if channels == 2:
        _compare_channels(model.layers[0])
    return model


def _compare_channels(first: Any) -> None:
    """Let half of the first filters start as differences of frame and neutral face.

    The other half starts blind for the neutral face. On rendered faces a fit learns faster from there than
    from random weights for both channels; where the neutral face is missing, all filters see the frame.
    """
    kernel = first.get_weights()[0] * 2**0.5
    half = kernel.shape[-1] // 2
    kernel[:, :, 1, :half] = 0
    kernel[:, :, 1, half:] = -kernel[:, :, 0, half:]
    first.set_weights([kernel])
