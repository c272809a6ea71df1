"""Relevance by Zennit (Anders et al. 2021), where it and PyTorch are installed: a peer to compare with."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.network import Layer, Network


def zennit_peer(
    network: Network, pictures: NDArray[np.float32], threads: int | None
) -> Callable[[int], NDArray[np.float32]]:
    """Build the default preset of Zennit's rules.

    Zennit counts only a positive bias in the denominators of alpha-beta rules, so its maps differ in the
    second digit where biases are large.

    Parameters
    ----------
    network : Network
        Of 3×3 convolutions with same padding, max-pools, and dense layers.
    pictures : (n, H, W, C) float32
    threads : int or None

    Returns
    -------
    callable
        Takes K and computes maps (n, K, H, W) of the first K outputs, one pass each.
    """
    import torch
    from zennit.attribution import Gradient
    from zennit.composites import SpecialFirstLayerMapComposite
    from zennit.rules import AlphaBeta, Epsilon, Flat, Pass
    from zennit.types import Activation, Convolution, Linear

    if threads is not None:
        torch.set_num_threads(threads)
    model = torch.nn.Sequential(*(module for layer in network.layers for module in _modules(layer, torch)))
    composite = SpecialFirstLayerMapComposite(
        layer_map=[(Activation, Pass()), (Convolution, AlphaBeta(1, 0)), (Linear, Epsilon(0.1))],
        first_map=[(Convolution, Flat())],
    )
    crops = torch.from_numpy(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))
    outputs = torch.eye(network.outputs)

    def run(k: int) -> NDArray[np.float32]:
        maps = []
        with Gradient(model=model, composite=composite) as attributor:
            for output in range(k):
                _, relevance = attributor(crops.clone(), lambda logits, o=output: logits * outputs[o])
                maps.append(relevance.sum(dim=1).numpy())
        return np.stack(maps, axis=1)

    return run


def _channels_last(nn: Any) -> Any:
    class ChannelsLast(nn.Module):  # type: ignore[misc]
        def forward(self, values: Any) -> Any:
            return values.permute(0, 2, 3, 1)

    return ChannelsLast()


def _modules(layer: Layer, torch: Any) -> list[Any]:
    nn = torch.nn
    if layer.kind == "MaxPooling2D":
        return [nn.MaxPool2d(layer.options["pool_size"], layer.options["strides"])]
    if layer.kind == "Flatten":
        return [_channels_last(nn), nn.Flatten()]
    if layer.kind == "Activation":
        return [nn.ReLU()] if layer.options["activation"] == "relu" else []
    kernel, bias = (torch.from_numpy(np.array(values)) for values in layer.weights)
    if layer.kind == "Conv2D":
        module = nn.Conv2d(kernel.shape[2], kernel.shape[3], kernel.shape[:2], padding="same")
        module.weight.data = kernel.permute(3, 2, 0, 1).contiguous()
    else:
        module = nn.Linear(*kernel.shape)
        module.weight.data = kernel.T.contiguous()
    module.bias.data = bias
    return [module, nn.ReLU()] if layer.options["activation"] == "relu" else [module]
