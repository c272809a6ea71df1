"""Landmarks from a serialised protocol buffer, read as one array.

The protobuf for Python that MediaPipe 0.10.9 needs takes longer to parse a face than the network to find it.
MediaPipe writes every landmark alike: its length, then x, y, z and what may follow, each a float32 behind a
byte that tells its number (Protocol Buffers, "Encoding").
"""

import numpy as np
from numpy.typing import NDArray

_MEMBER = 0x0A  # field 1, of a given length: one landmark of the list
_COORDINATES = (0x0D, 0x15, 0x1D)  # fields 1 to 3, of four bytes each
_FIELD = 5  # bytes of a field


def landmarks(serialised: bytes) -> NDArray[np.float32]:
    """Coordinates in a serialised ``NormalizedLandmarkList``.

    Parameters
    ----------
    serialised : bytes

    Returns
    -------
    (n, 3) float32 array

    Raises
    ------
    ValueError
        If the landmarks are not all written alike, with their coordinates first.
    """
    if not serialised:
        return np.zeros((0, 3), np.float32)
    size = 2 + (serialised[1] if len(serialised) > 1 else 0)
    values = np.frombuffer(serialised, np.uint8)
    if size < 2 + _FIELD * len(_COORDINATES) or len(values) % size:
        raise ValueError("these are not the bytes of a list of landmarks that are written alike")
    each = values.reshape(-1, size)
    tags = each[:, [0, 1, *(2 + _FIELD * field for field in range(len(_COORDINATES)))]]
    if (tags != (_MEMBER, size - 2, *_COORDINATES)).any():
        raise ValueError("these are not the bytes of a list of landmarks that are written alike")
    fields = each[:, 2 : 2 + _FIELD * len(_COORDINATES)].reshape(len(each), len(_COORDINATES), _FIELD)
    return np.ascontiguousarray(fields[..., 1:]).view("<f4")[..., 0]
