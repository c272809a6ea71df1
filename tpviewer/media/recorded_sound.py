"""The sound track of a recording: in step with the pictures, whatever the microphone does."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

_REAL_GAP_S = 0.1  # smaller differences are the jitter of arrival
_PRIMING = 1024  # samples of silence that every AAC coder puts first
_LONGEST_SILENCE_S = 60.0


@dataclass(frozen=True)
class SoundShape:
    """How sound comes: samples per second and channels, 16 bit."""

    rate: int
    channels: int


class RecordedSound:
    """Codes sound as AAC; a real gap becomes silence, an overlap is left out.

    Parameters
    ----------
    container : OutputContainer
    shape : SoundShape
    """

    def __init__(self, container: Any, shape: SoundShape) -> None:
        self._shape = shape
        self._layout = "mono" if shape.channels == 1 else "stereo"
        self._stream: Any = container.add_stream("aac", rate=shape.rate, layout=self._layout)
        # The coder's silence comes before the first sample; left out of the beginning, no time is below 0.
        self._place = _PRIMING

    def coded(self, samples: NDArray[np.int16], since: float) -> list[Any]:
        """Packets of samples, shape (n, channels), that were heard at `since` seconds of the recording."""
        place = round(since * self._shape.rate)
        gap = place - self._place
        if abs(gap) < _REAL_GAP_S * self._shape.rate and self._place > _PRIMING:
            gap = 0
        if gap < 0:
            samples = samples[-gap:]
        packets = list(self._silence(min(gap, round(_LONGEST_SILENCE_S * self._shape.rate))))
        return packets + self._encode(samples)

    def rest(self) -> list[Any]:
        """Packets that are still in the coder."""
        return list(self._stream.encode(None)) if self._place > _PRIMING else []

    def _silence(self, samples: int) -> Iterator[Any]:
        while samples > 0:
            part = min(samples, self._shape.rate)
            yield from self._encode(np.zeros((part, self._shape.channels), np.int16))
            samples -= part

    def _encode(self, samples: NDArray[np.int16]) -> list[Any]:
        if not len(samples):
            return []
        packed = np.ascontiguousarray(samples).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=self._layout)
        frame.sample_rate = self._shape.rate
        frame.pts, frame.time_base = self._place, Fraction(1, self._shape.rate)
        self._place += len(samples)
        return list(self._stream.encode(frame))
