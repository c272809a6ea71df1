"""Weights from HDF5 as plain numbers: nothing that points elsewhere or is larger than the file."""

import io

import h5py
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ModelError

Weights = tuple[NDArray[np.float32], ...]

_GROUP = "_layer_checkpoint_dependencies"
_NUMBERS = np.dtype("<f4")


def read_weights(content: bytes) -> dict[str, Weights]:
    """Weights of all layers by Keras's storage name: the class in lower case, numbered from the second on.

    Parameters
    ----------
    content : bytes
        Of ``model.weights.h5``.

    Returns
    -------
    dict of str to tuple of float32 arrays

    Raises
    ------
    ModelError
        If it holds a link, a virtual, external, packed or unfinished data set, or something but numbers.
    LookupError, OSError, OverflowError, RuntimeError, TypeError, ValueError
        If it is damaged.
    """
    with h5py.File(io.BytesIO(content), "r") as file:
        layers = _group(file, _GROUP)
        found = {}
        for name in layers:
            values = _group(_group(layers, name), "vars")
            found[name] = tuple(_numbers(values, str(i)) for i in range(len(values)))
        return found


def _group(parent: h5py.Group, name: str) -> h5py.Group:
    _check_link(parent, name)
    group = parent[name]
    if not isinstance(group, h5py.Group):
        raise ModelError(f"its weights have {name!r} where a group should be")
    return group


def _numbers(parent: h5py.Group, name: str) -> NDArray[np.float32]:
    _check_link(parent, name)
    values = parent[name]
    plain = (
        isinstance(values, h5py.Dataset)
        and values.dtype == _NUMBERS
        and values.chunks is None
        and values.external is None
        and not values.is_virtual
        and values.id.get_storage_size() == values.nbytes
    )
    if not plain:
        raise ModelError(f"its weights {values.name!r} are not plain float32 numbers")
    return np.asarray(values[()], dtype=np.float32)


def _check_link(parent: h5py.Group, name: str) -> None:
    if not isinstance(parent.get(name, getlink=True), h5py.HardLink):
        raise ModelError(f"its weights have a link {name!r} to another place; do not trust this file")
