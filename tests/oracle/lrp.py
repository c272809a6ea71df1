"""LRP written slowly: sums over connections, in float64, straight from the rules.

Follows Bach et al. (2015) and Kohlbrenner et al. (2020) with the particulars of iNNvestigate 2.1.2: epsilon
with sign(0) = +1 and the bias in the denominator; alpha 1 beta 0 with the whole bias in the denominator, z+
without it; flat on the first layer, without bias; max-pool to the winner, average pool by the z rule;
denominators are replaced only where they are exactly zero.
"""

from itertools import product

import numpy as np

from tpviewer.models.network import Layer, Network

_TINY = 1e-7


def forward(network: Network, x: np.ndarray) -> list[np.ndarray]:
    """Activations of one (H, W, C) input: before the first layer, then after each."""
    values = [x.astype(np.float64)]
    for layer in network.layers:
        values.append(_apply(layer, values[-1]))
    return values


def relevance(network: Network, x: np.ndarray, output: int, preset: str) -> np.ndarray:
    """Relevance of one (H, W, C) input for one logit, from the logit's own value."""
    if preset == "input_t_gradient":
        return x * gradient(network, x, output)
    values = forward(network, x)
    r = np.zeros_like(values[-1])
    r[output] = values[-1][output]
    first = next(layer for layer in network.layers if layer.weights)
    for layer, before, after in reversed(list(zip(network.layers, values[:-1], values[1:], strict=True))):
        rule = "flat" if layer is first and preset.endswith("flat") else _rule(layer, preset)
        r = _back(layer, before, after, r, rule)
    return r


def gradient(network: Network, x: np.ndarray, output: int) -> np.ndarray:
    """Derivative of one logit by each input, by the chain rule along connections."""
    values = forward(network, x)
    g = np.zeros_like(values[-1])
    g[output] = 1.0
    for layer, before, after in reversed(list(zip(network.layers, values[:-1], values[1:], strict=True))):
        if layer.options.get("activation") == "relu":
            g = g * (after > 0)
        g = _back(layer, before, after, g, "gradient")
    return g


def _rule(layer: Layer, preset: str) -> str:
    if preset == "lrp.epsilon":
        return "epsilon 1e-7"
    if preset == "lrp.z_plus":
        return "z+"
    if layer.kind == "Dense":
        return "epsilon 0.1"
    return "alpha2beta1" if "preset_b" in preset else "alpha1beta0"


def _back(layer: Layer, x: np.ndarray, y: np.ndarray, r: np.ndarray, rule: str) -> np.ndarray:
    if layer.kind == "Flatten":
        return r.reshape(x.shape)
    if layer.kind == "Activation":
        return r
    result = np.zeros_like(x)
    for index in np.ndindex(r.shape):
        inputs, weights, bias = _connections(layer, x, index)
        if layer.kind == "MaxPooling2D":
            winner = max(inputs, key=lambda place: x[place])
            result[winner] += r[index]
            continue
        if rule == "gradient":
            shares = weights
        else:
            activation = np.array([x[place] for place in inputs])
            shares = _shares(activation, weights, bias, "z" if layer.kind.endswith("Pooling2D") else rule)
        for place, share in zip(inputs, shares, strict=True):
            result[place] += share * r[index]
    return result


def _shares(a: np.ndarray, w: np.ndarray, bias: float, rule: str) -> np.ndarray:
    """Share of each input in one output's relevance."""
    z = a * w
    if rule == "flat":
        return np.full(len(a), 1.0 / len(a))
    if rule == "z":
        return z / _safe(z.sum())
    if rule.startswith("epsilon"):
        total = z.sum() + bias
        return z / (total + float(rule.split()[1]) * (1 if total >= 0 else -1))
    positive, negative = np.maximum(z, 0), np.minimum(z, 0)
    for_it = positive / _safe(positive.sum() + bias)
    if rule == "z+":
        return positive / _safe(positive.sum())
    if rule == "alpha1beta0":
        return for_it
    return 2 * for_it - negative / _safe(negative.sum() + bias)


def _safe(value: float) -> float:
    return value if value != 0 else _TINY


def _connections(layer: Layer, x: np.ndarray, index: tuple[int, ...]):
    """Places of the inputs of one output value, their weights, and the bias."""
    if layer.kind == "Dense":
        kernel, bias = layer.weights
        return [(i,) for i in range(len(x))], kernel[:, index[0]].astype(np.float64), float(bias[index[0]])
    channel = index[-1]
    if layer.kind == "GlobalAveragePooling2D":
        places = [(i, j, channel) for i, j in product(range(x.shape[0]), range(x.shape[1]))]
        return places, np.full(len(places), 1.0 / len(places)), 0.0
    window = layer.options.get("kernel_size") or layer.options["pool_size"]
    rows, columns = (
        _window(
            index[axis], window[axis], layer.options["strides"][axis], x.shape[axis], layer.options["padding"]
        )
        for axis in (0, 1)
    )
    if layer.kind != "Conv2D":
        places = [(i, j, channel) for (_, i), (_, j) in product(rows, columns)]
        return places, np.full(len(places), 1.0 / len(places)), 0.0
    kernel, bias = layer.weights
    inside = list(product(rows, columns, range(x.shape[2])))
    weights = np.array([kernel[u, v, c, channel] for (u, _), (v, _), c in inside], np.float64)
    return [(i, j, c) for (_, i), (_, j), c in inside], weights, float(bias[channel])


def _window(position: int, size: int, stride: int, length: int, padding: str) -> list[tuple[int, int]]:
    """Offsets in the window with the places they fall on, those outside left out."""
    steps = -(-length // stride)
    pad = max((steps - 1) * stride + size - length, 0) // 2 if padding == "same" else 0
    start = position * stride - pad
    return [(k, start + k) for k in range(size) if 0 <= start + k < length]


def _apply(layer: Layer, x: np.ndarray) -> np.ndarray:
    if layer.kind == "Flatten":
        return x.reshape(-1)
    if layer.kind == "Activation":
        return np.maximum(x, 0) if layer.options["activation"] == "relu" else x
    y = np.empty(_shape(layer, x))
    for index in np.ndindex(y.shape):
        inputs, weights, bias = _connections(layer, x, index)
        values = np.array([x[place] for place in inputs])
        y[index] = values.max() if layer.kind == "MaxPooling2D" else values @ weights + bias
    return np.maximum(y, 0) if layer.options.get("activation") == "relu" else y


def _shape(layer: Layer, x: np.ndarray) -> tuple[int, ...]:
    if layer.kind == "Dense":
        return (layer.options["units"],)
    if layer.kind == "GlobalAveragePooling2D":
        return (x.shape[2],)
    window = layer.options.get("kernel_size") or layer.options["pool_size"]
    same = layer.options["padding"] == "same"
    sides = (
        -(-(n if same else n - w + 1) // s)
        for n, w, s in zip(x.shape[:2], window, layer.options["strides"], strict=True)
    )
    return (*sides, layer.options.get("filters", x.shape[2]))
