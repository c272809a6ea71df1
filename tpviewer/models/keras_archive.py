"""Reads a ``.keras`` file without letting Keras build anything from it.

A ``.keras`` file is a zip archive of a JSON description and HDF5 weights. Keras makes objects of whatever the
description names, which can run code; here each layer is looked up in a short list of known ones, and the
weights are read as plain numbers.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from tpviewer.core.errors import ModelError
from tpviewer.models.network import OPTIONS, WEIGHTED, Layer, Network
from tpviewer.models.plain_weights import Weights, read_weights

LARGEST_MODEL = 1 << 30
"""Bytes of a model, packed or unpacked."""

_LARGEST_CONFIG = 1 << 24

DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError),
    *(NotImplementedError, OverflowError, RuntimeError, TypeError, ValueError),
)
"""What libraries raise on a file that is not what its name says."""

_FIXED: Mapping[str, tuple[Any, ...]] = {
    "data_format": ("channels_last", None),
    "dilation_rate": ([1, 1], 1),
    "groups": (1,),
    "keepdims": (False,),
    "dtype": ("float32",),
}
_IGNORED = ("name", "trainable", "batch_input_shape", "_initializer", "_regularizer", "_constraint")
_SKIPPED = ("InputLayer", "Dropout")
_ACTIVATIONS = ("relu", "linear")
_REFUSED: Mapping[str, str] = {
    "Lambda": "runs code from the file and is never loaded: express it with ordinary layers",
    "BatchNormalization": "must be folded into the layer before it: write the package with save_package",
    "ReLU": 'is not handled rightly by iNNvestigate: use Activation("relu")',
    "Rescaling": "switches off the rule of the first layer: put the scale into the first layer's weights",
    "Softmax": "must not be in the network: its output must be logits",
}


def read_network(content: bytes) -> Network:
    """Read a network from the bytes of a ``.keras`` file.

    Raises
    ------
    ModelError
        If the file is damaged, or has a layer or option that is not known to be safe and right for LRP.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            config = json.loads(read_member(archive, "config.json", _LARGEST_CONFIG))
            stored = read_weights(read_member(archive, "model.weights.h5", LARGEST_MODEL))
    except DAMAGED as error:
        raise ModelError(f"damaged, or not a file of Keras 2.14 ({error})") from error
    try:
        return _network(config, stored)
    except (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise ModelError(f"its description cannot be understood ({error!r})") from error


def read_member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Inflate one file of a zip, to the size that it claims and no further.

    Parameters
    ----------
    archive : ZipFile
    name : str
    most : int
        Bytes that it may have.

    Raises
    ------
    ModelError
        If it is larger.
    KeyError
        If it is not there.
    """
    size = archive.getinfo(name).file_size
    if size > most:
        raise ModelError(f"{name} is larger ({size >> 20} MiB) than it may be ({most >> 20} MiB)")
    with archive.open(name) as member:
        return member.read(size) + member.read(1)  # the end of the file, where its checksum is compared


def _network(config: Any, stored: Mapping[str, Weights]) -> Network:
    if config["class_name"] not in ("Sequential", "Functional"):
        raise ModelError(
            f"the model is a {config['class_name']}, but only Sequential and Functional are loaded"
        )
    described = config["config"]["layers"]
    _check_chain(described)
    shape = described[0]["config"]["batch_input_shape"]
    if len(shape) != 4 or not all(isinstance(side, int) and side > 0 for side in shape[1:]):
        raise ModelError(f"the input has shape {shape[1:]}, but a fixed (height, width, channels) is needed")
    seen: dict[str, int] = {}
    layers = []
    for entry in described:
        layer = _layer(entry)
        if layer is None:
            continue
        if layer.kind in WEIGHTED:
            number = seen.get(layer.kind, 0)
            seen[layer.kind] = number + 1
            key = layer.kind.lower() + (f"_{number}" if number else "")
            layer = Layer(layer.kind, layer.name, layer.options, stored[key])
        layers.append(layer)
    return Network((shape[1], shape[2], shape[3]), tuple(layers))


def _check_chain(described: list[Any]) -> None:
    """Refuse branches: in a functional model each layer must be fed by the one before it alone."""
    before = None
    for entry in described:
        nodes = entry.get("inbound_nodes")
        if nodes is not None and before is not None:
            sources = [source[0] for node in nodes for source in node]
            if sources != [before]:
                raise ModelError(
                    f"layer '{entry['name']}' is not fed by the layer before it alone:"
                    " only a chain of layers can be used"
                )
        before = entry["config"]["name"]


def _layer(entry: Any) -> Layer | None:
    kind, config = entry["class_name"], entry["config"]
    name = str(config.get("name", entry.get("name", "?"))) if isinstance(config, dict) else "?"
    if kind in _SKIPPED:
        return None
    if kind not in OPTIONS or entry["module"] != "keras.layers" or entry.get("registered_name"):
        reason = _REFUSED.get(kind, f"is not known to be safe; known are {', '.join(OPTIONS)}")
        raise ModelError(f"layer '{name}' ({kind}) {reason}")
    layer = Layer(
        kind, name, {option: _option(kind, name, option, config[option]) for option in OPTIONS[kind]}
    )
    for key, value in config.items():
        if key not in layer.options and not key.endswith(_IGNORED) and value is not None:
            _check_fixed(layer, key, value)
    return layer


def _check_fixed(layer: Layer, key: str, value: Any) -> None:
    if value not in _FIXED.get(key, ()):
        raise ModelError(f"{layer.describe()} has {key} = {value!r}, which cannot be used")


def _option(kind: str, name: str, option: str, value: Any) -> Any:
    """One option as a plain value of the only type it may have."""
    if option == "activation":
        good = value in _ACTIVATIONS
    elif option == "use_bias":
        good = isinstance(value, bool)
    elif option == "padding":
        good = value in ("same", "valid")
    elif option in ("filters", "units"):
        good = _positive(value)
    else:
        good = isinstance(value, list) and len(value) == 2 and all(_positive(side) for side in value)
    if not good:
        advice = ": the output must be logits, hidden layers relu" if option == "activation" else ""
        raise ModelError(f"layer '{name}' ({kind}) has {option} = {value!r}, which cannot be used{advice}")
    return tuple(value) if isinstance(value, list) else value


def _positive(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1_000_000
