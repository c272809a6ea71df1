"""The first picture of a video, before its list of frames has been read."""

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.media.decoding import apart
from tpviewer.media.image_sequence import IMAGE_SUFFIXES
from tpviewer.media.source import open_source
from tpviewer.media.video_reader import open_container


@apart
def first_picture(path: Path) -> NDArray[np.uint8]:
    """First frame that is shown, turned upright; no more of the file is read than it takes.

    Parameters
    ----------
    path : Path
        A video file, a folder of images or a single image.

    Returns
    -------
    ndarray of uint8, shape (H, W, 3)
        RGB. Where the first frame cannot be decoded, the first one that can.

    Raises
    ------
    MediaError
        As `open_source`.
    """
    path = Path(path)
    if not path.is_dir() and path.suffix.lower() not in IMAGE_SUFFIXES:
        picture = _first_decoded(path)
        if picture is not None:
            return picture
    return _first_readable(path)


def _first_decoded(path: Path) -> NDArray[np.uint8] | None:
    """First picture out of the decoder; None where it takes a closer look, or is worth no picture at all."""
    try:
        container, stream = open_container(path)
    except MediaError:
        return None
    with container:
        try:
            frame = next((f for f in container.decode(stream) if not f.is_corrupt), None)
        except av.error.FFmpegError:
            return None
        if frame is None:
            return None
        turns = -round(-frame.rotation / 90) % 4
        return np.ascontiguousarray(np.rot90(frame.to_ndarray(format="rgb24"), turns))


def _first_readable(path: Path) -> NDArray[np.uint8]:
    with open_source(path) as source:
        for _, picture in source.frames():
            if picture is not None:
                return picture
    raise MediaError(f"{path}: not one frame can be decoded; convert it to MP4 (H.264)")
