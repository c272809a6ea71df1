"""Which decoded frames are kept around the playhead, and which one is decoded next."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

BUDGET = 208 << 20
"""Bytes of pictures that are kept; with the maps beside them about 256 MB."""

_FEWEST, _MOST = 8, 120
_STEP = 4  # a move back by more frames is a jump


class FrameCache:
    """Pictures around the playhead.

    Pictures ahead are decoded one by one. Those behind come in chunks, each read forward in one go, as
    every step back of the decoder costs a decode from the key frame.

    Parameters
    ----------
    n_frames : int
        Frames of the video.
    frame_bytes : int
        Size of one picture.
    budget : int
        Bytes that the pictures may take; 8 to 120 pictures are kept whatever it is.
    """

    def __init__(self, n_frames: int, frame_bytes: int, budget: int = BUDGET) -> None:
        self.capacity = max(_FEWEST, min(_MOST, budget // max(frame_bytes, 1)))
        self.stepping_back = False
        """True if the playhead last went back by a small step."""
        self._n_frames = n_frames
        self._pictures: dict[int, NDArray[np.uint8] | None] = {}
        self._playhead = 0
        self._chunk: deque[int] = deque()

    def __contains__(self, index: int) -> bool:
        return index in self._pictures

    def __len__(self) -> int:
        return len(self._pictures)

    def get(self, index: int) -> NDArray[np.uint8] | None:
        """Return the picture of a frame that is kept; None if it could not be decoded.

        Parameters
        ----------
        index : int

        Returns
        -------
        (H, W, 3) uint8 or None
            RGB.

        Raises
        ------
        KeyError
            If it is not kept.
        """
        return self._pictures[index]

    def put(self, index: int, picture: NDArray[np.uint8] | None) -> None:
        """Keep a picture; those farthest from the playhead make room for it.

        Parameters
        ----------
        index : int
        picture : (H, W, 3) uint8 or None
            RGB; None if it could not be decoded.
        """
        self._pictures[index] = picture
        while len(self._pictures) > self.capacity:
            del self._pictures[max(self._pictures, key=lambda other: abs(other - self._playhead))]

    def move(self, playhead: int) -> None:
        """Say which frame is looked at now."""
        step = playhead - self._playhead
        if step:
            self.stepping_back = -_STEP <= step < 0
        self._playhead = playhead
        if self._chunk and not self._first_behind() <= self._chunk[-1] <= playhead:
            self._chunk.clear()

    def next_ahead(self, reach: int | None = None) -> int | None:
        """Return the first frame from the playhead on that is missing, None if none is.

        Parameters
        ----------
        reach : int, optional
            Frames to look ahead; by default half of what is kept.
        """
        stop = min(self._playhead + (reach or self.capacity // 2), self._n_frames)
        return next((i for i in range(self._playhead, stop) if i not in self._pictures), None)

    def next_behind(self) -> int | None:
        """Return the next frame of a chunk before the playhead to be read; None if enough are there."""
        while self._chunk and self._chunk[0] in self._pictures:
            self._chunk.popleft()
        if not self._chunk:
            self._begin_chunk()
        return self._chunk[0] if self._chunk else None

    def _begin_chunk(self) -> None:
        """Take up the missing frames nearest to the playhead, once they are worth a decode of their own."""
        first, size = self._first_behind(), self.capacity // 4
        missing = next((i for i in range(self._playhead, first - 1, -1) if i not in self._pictures), None)
        if missing is not None and (missing - first + 1 >= size or first == 0):
            start = max(first, missing - size + 1)
            self._chunk.extend(i for i in range(start, missing + 1) if i not in self._pictures)

    def _first_behind(self) -> int:
        return max(0, self._playhead - self.capacity // 2 + 1)
