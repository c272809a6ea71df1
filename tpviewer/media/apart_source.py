"""A video that another process decodes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tpviewer.media.decoding import DecodingProcesses
from tpviewer.media.video_info import VideoInfo


class ApartSource:
    """Frames of a video by number, the same as where it is decoded in this process.

    Parameters
    ----------
    processes : DecodingProcesses
    path : Path

    Raises
    ------
    MediaError
        If it cannot be read as a video, or the decoder crashes or hangs.
    """

    def __init__(self, processes: DecodingProcesses, path: Path) -> None:
        from tpviewer.media.decoding_child import Open  # which imports the module that uses this one

        self._processes, self._path = processes, path
        self._process = processes.lend()
        self._open = True
        try:
            self.info: VideoInfo = self._process.ask(path, Open(path)).value
        except BaseException:
            self.close()
            raise

    def read(self, index: int, give_up: Callable[[], bool] | None = None) -> NDArray[np.uint8] | None:
        """Frame `index`, shape (height, width, 3), RGB; None if it cannot be decoded.

        Parameters
        ----------
        index : int
        give_up : callable, optional
            Asked while the frame is decoded: True stops that.

        Raises
        ------
        IndexError
            If there is no such frame.
        DecodingStoppedError
            If `give_up` said so.
        MediaError
            If the decoder crashes or hangs.
        """
        from tpviewer.media.decoding_child import Read

        reply = self._process.ask(self._path, Read(index), give_up)
        self._note(reply.warnings)
        return None if reply.array is None else self._process.array(reply.array)

    def frames(
        self, start: int = 0, stop: int | None = None
    ) -> Iterator[tuple[int, NDArray[np.uint8] | None]]:
        """Numbers and frames of [start, stop).

        See `VideoSource.frames`.

        Raises
        ------
        MediaError
            If the decoder crashes or hangs.
        """
        from tpviewer.media.decoding_child import Settle

        count = self.info.n_frames
        for index in range(start, count if stop is None else min(stop, count)):
            yield index, self.read(index)
        self._note(self._process.ask(self._path, Settle()).warnings)

    def close(self) -> None:
        """Let go of the file and of the process."""
        if self._open:
            self._open = False
            self._processes.give_back(self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _note(self, warnings: tuple[str, ...]) -> None:
        if warnings != self.info.warnings:
            self.info = replace(self.info, warnings=warnings)
