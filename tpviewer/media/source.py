"""One door to every kind of video: a file, a folder of images, a single image."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.media.apart_source import ApartSource
from tpviewer.media.decoding import processes
from tpviewer.media.image_sequence import IMAGE_SUFFIXES, ImageSequence, list_images
from tpviewer.media.video_info import VideoInfo
from tpviewer.media.video_reader import DecodingStoppedError, VideoReader

__all__ = ["DecodingStoppedError", "VideoInfo", "VideoSource", "file_identity", "open_source"]

_CHUNK = 1 << 20


class VideoSource(Protocol):
    """Frames of a video by number, from 0, in presentation order; for one thread at a time."""

    @property
    def info(self) -> VideoInfo:
        """What is known of it; its warnings may grow while frames are read."""
        ...

    def read(self, index: int, give_up: Callable[[], bool] = ...) -> NDArray[np.uint8] | None:
        """Frame `index`, shape (height, width, 3), RGB; None if it cannot be decoded.

        Where decoding is long, `give_up` is asked on the way; DecodingStoppedError is raised when it is True.
        """
        ...

    def frames(
        self, start: int = 0, stop: int | None = None
    ) -> Iterator[tuple[int, NDArray[np.uint8] | None]]:
        """Numbers and frames of [start, stop).

        Once they have all been taken, `info` warns of those that could not be decoded.

        Parameters
        ----------
        start : int
            Not negative.
        stop : int, optional
            By default, and at most, the number of frames.

        Yields
        ------
        index : int
        picture : (height, width, 3) uint8 or None
            As `read` gives it.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_source(path: Path) -> VideoSource:
    """Open a video file, a folder of images or a single image.

    Within `tpviewer.media.decoding.decoding_apart` it is decoded in another process.

    Parameters
    ----------
    path : Path

    Returns
    -------
    VideoSource
        To be closed; also a context manager.

    Raises
    ------
    MediaError
        If there is nothing at `path` that can be read as a video.
    """
    path = Path(path)
    _check_readable(path)
    decoders = processes()
    if decoders is not None:
        return ApartSource(decoders, path)
    if path.is_dir() or path.suffix.lower() in IMAGE_SUFFIXES:
        return ImageSequence(path)
    return VideoReader(path)


def _check_readable(path: Path) -> None:
    try:
        if path.is_dir():
            next(path.iterdir(), None)
            return
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError as error:
        raise MediaError(f"{path}: there is no such file or folder; check the name") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise MediaError(
            f"{path}: cannot be opened ({reason}); check that you may read it, or copy it elsewhere"
        ) from error
    if empty:
        raise MediaError(f"{path}: the file is empty (0 bytes); copy or record it again")


def file_identity(path: Path) -> tuple[str, int]:
    """Hash and size by which a moved or changed video is recognised.

    Parameters
    ----------
    path : Path
        A file, or a folder of images, whose names and contents count, in their order.

    Returns
    -------
    sha256 : str
        Hexadecimal.
    size : int
        Bytes.

    Raises
    ------
    MediaError
        If it cannot be read.
    """
    path = Path(path)
    _check_readable(path)
    digest, size = hashlib.sha256(), 0
    for file in list_images(path) if path.is_dir() else [path]:
        if path.is_dir():
            digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    return digest.hexdigest(), size
