"""How arrays become bytes in a session file."""

import json
import math
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MOST_BYTES = 1 << 29  # of one array; the longest recordings need a tenth of it
_NUMBERS = "biuf"  # kinds of NumPy types
_LEVEL = 1  # higher levels gain under 2 % on relevance maps and cost several times the time


def encode_map(relevance: NDArray[np.floating[Any]]) -> tuple[float, bytes]:
    """Relevance map as float16 in units of its own largest magnitude.

    Parameters
    ----------
    relevance : (H, W) float array
        Signed relevance; finite.

    Returns
    -------
    scale : float
        max |R|; 1 for a map of zeros.
    data : bytes
        Shape, then the float16 values split into byte planes and deflated.

    Raises
    ------
    ValueError
        If a value is not finite.
    """
    values = np.asarray(relevance, dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError("a relevance map holds values that are not finite")
    scale = float(np.abs(values).max(initial=0.0)) or 1.0
    halves = np.ascontiguousarray(values / scale).astype("<f2")
    planes = halves.view(np.uint8).reshape(-1, 2).T
    header = np.asarray(values.shape, dtype="<u2").tobytes()
    return scale, header + zlib.compress(np.ascontiguousarray(planes).tobytes(), _LEVEL)


def decode_map(scale: float, data: bytes) -> NDArray[np.float32]:
    """Inverse of `encode_map` up to float16 rounding: (H, W) float32.

    Raises
    ------
    ValueError, zlib.error
        If these are not the bytes of a map.
    """
    height, width = (int(n) for n in np.frombuffer(data, dtype="<u2", count=2))
    if not np.isfinite(scale):
        raise ValueError("the scale of a relevance map is not finite")
    planes = np.frombuffer(inflate(data[4:], 2 * height * width), dtype=np.uint8).reshape(2, -1)
    halves = np.ascontiguousarray(planes.T).view("<f2").reshape(height, width)
    return halves.astype(np.float32) * np.float32(scale)


def encode_array(array: NDArray[Any]) -> tuple[str, str, bytes]:
    """Any numeric array as (dtype, shape as JSON, deflated bytes)."""
    packed = np.ascontiguousarray(array)
    packed = packed.astype(packed.dtype.newbyteorder("<"))
    return packed.dtype.str, json.dumps(list(array.shape)), zlib.compress(packed.tobytes(), _LEVEL)


def decode_array(dtype: str, shape: str, data: bytes) -> NDArray[Any]:
    """Inverse of `encode_array`, exact.

    Raises
    ------
    TypeError, ValueError, zlib.error
        If these are not type, shape and bytes of an array of numbers.
    """
    kind, sides = np.dtype(dtype), [int(side) for side in json.loads(shape)]
    if kind.kind not in _NUMBERS or any(side < 0 for side in sides):
        raise ValueError(f"an array of type {dtype} and shape {shape} is none of numbers")
    flat = np.frombuffer(inflate(data, math.prod(sides) * kind.itemsize), dtype=kind)
    return flat.reshape(sides).copy()


def inflate(data: bytes, size: int) -> bytes:
    """Inflate deflated bytes whose size is known; no more memory is taken, whatever they are.

    Raises
    ------
    ValueError, zlib.error
        If they are not deflated bytes of exactly this size.
    """
    if size > _MOST_BYTES:
        raise ValueError(f"an array of {size} bytes is larger than any in a session")
    inflater = zlib.decompressobj()
    found = inflater.decompress(data, size + 1)
    if len(found) != size or not inflater.eof:
        raise ValueError(f"an array has not the {size} bytes that it should have")
    return found
