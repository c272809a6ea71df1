"""A small picture of one frame, at the price of a seek: the table of all frames is not made."""

from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.media.decoding import apart
from tpviewer.media.first_frame import first_picture
from tpviewer.media.image_sequence import IMAGE_SUFFIXES, ImageSequence
from tpviewer.media.video_reader import open_container

Box = tuple[float, float, float, float]

_MOST_DECODED = 120  # frames on the way from a key frame; after those the picture may be of a moment before
_MARGIN = 0.35  # of the box, around it


@apart
def thumbnail(
    path: Path, side: int, frame: int = 0, pts: int | None = None, box: Box | None = None
) -> NDArray[np.uint8]:
    """Square picture of a frame, cut around a face where one is given.

    Parameters
    ----------
    path : Path
        A video file, an image or a folder of images.
    side : int
        Pixels.
    frame : int
        Its number, for images.
    pts : int, optional
        Its presentation time, for videos; the first frame without.
    box : (float, float, float, float), optional
        x, y, width, height in pixels of the upright frame.

    Returns
    -------
    (side, side, 3) uint8
        RGB.

    Raises
    ------
    MediaError
        If nothing of the video can be read.
    """
    picture = _picture(Path(path), frame, pts)
    part = _square(picture, box)
    return np.ascontiguousarray(cv2.resize(part, (side, side), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _picture(path: Path, frame: int, pts: int | None) -> NDArray[np.uint8]:
    if path.is_dir() or path.suffix.lower() in IMAGE_SUFFIXES:
        with ImageSequence(path) as images:
            found = images.read(min(frame, images.info.n_frames - 1))
        if found is None:
            raise MediaError(f"{path}: image {frame} cannot be read; check that it opens in an image viewer")
        return found
    found = _near(path, pts) if pts is not None else None
    return first_picture(path) if found is None else found


def _near(path: Path, pts: int) -> NDArray[np.uint8] | None:
    """The frame of this time, or one of the moments before it; None where the video cannot be sought in."""
    container, stream = open_container(path)
    with container:
        last = None
        try:
            container.seek(pts, stream=stream, backward=True)
            for number, frame in enumerate(container.decode(stream)):
                last = frame
                if frame.pts is None or frame.pts >= pts or number >= _MOST_DECODED:
                    break
        except av.error.FFmpegError:
            return None
        if last is None:
            return None
        turns = -round(-last.rotation / 90) % 4
        return np.ascontiguousarray(np.rot90(last.to_ndarray(format="rgb24"), turns))


def _square(picture: NDArray[np.uint8], box: Box | None) -> NDArray[np.uint8]:
    """The largest square in the middle, or one around the box as far as the picture goes."""
    height, width = picture.shape[:2]
    x, y, w, h = box or (0.0, 0.0, float(width), float(height))
    side = max(w, h) * (1 + 2 * _MARGIN) if box else min(width, height)
    side = int(min(max(side, 1.0), width, height))
    left = int(np.clip(x + w / 2 - side / 2, 0, width - side))
    top = int(np.clip(y + h / 2 - side / 2, 0, height - side))
    return picture[top : top + side, left : left + side]
