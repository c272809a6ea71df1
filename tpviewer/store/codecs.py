"""How arrays become bytes in a session file."""

import json
import math
import zlib
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

_MOST_BYTES = 1 << 29  # of one array; the longest recordings need a tenth of it
_NUMBERS = "biuf"  # kinds of NumPy types
_LEVEL = 1  # higher levels gain under 2 % on relevance maps and cost several times the time


@dataclass(frozen=True, eq=False)
class HalfMap:
    """Relevance map as it is stored: float16 in units of its own largest magnitude.

    Attributes
    ----------
    scale : float
        max |R|; 1 for a map of zeros.
    halves : (H, W) float16
    """

    scale: float
    halves: NDArray[np.float16]

    @classmethod
    def of(cls, relevance: NDArray[np.floating[Any]]) -> Self:
        """Round a map (H, W), signed.

        Raises
        ------
        ValueError
            If a value is not finite.
        """
        values = np.asarray(relevance, dtype=np.float64)
        scale = float(np.abs(values).max(initial=0.0)) or 1.0
        if not np.isfinite(scale):
            raise ValueError("a relevance map holds values that are not finite")
        return cls(scale, np.ascontiguousarray(values / scale).astype("<f2"))

    def values(self) -> NDArray[np.float32]:
        """(H, W) float32."""
        return self.halves.astype(np.float32) * np.float32(self.scale)

    def data(self) -> bytes:
        """Shape, then the values split into byte planes and deflated."""
        planes = self.halves.view(np.uint8).reshape(-1, 2).T
        header = np.asarray(self.halves.shape, dtype="<u2").tobytes()
        return header + zlib.compress(np.ascontiguousarray(planes).tobytes(), _LEVEL)


def encode_map(relevance: NDArray[np.floating[Any]]) -> tuple[float, bytes]:
    """Relevance map as it is stored, see `HalfMap`.

    Parameters
    ----------
    relevance : (H, W) float array
        Signed relevance; finite.

    Returns
    -------
    scale : float
    data : bytes

    Raises
    ------
    ValueError
        If a value is not finite.
    """
    halved = HalfMap.of(relevance)
    return halved.scale, halved.data()


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
    return HalfMap(scale, np.ascontiguousarray(planes.T).view("<f2").reshape(height, width)).values()


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
