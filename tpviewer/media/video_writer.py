"""Writes pictures as an MP4 video that every player shows."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError

_OPTIONS = {
    "crf": "12",
    "preset": "medium",
    "threads": "1",
}  # visually without loss, same bytes each time
_FINE = Fraction(1, 90_000)  # time base of uneven times


def write_video(
    path: Path,
    frames: Iterable[NDArray[np.uint8]],
    rate: Fraction,
    times: Sequence[float] | NDArray[np.float64] | None = None,
) -> int:
    """Write frames as H.264 in MP4.

    The file appears under its name only when it is complete.

    Parameters
    ----------
    path : Path
        Replaced if it exists.
    frames : iterable of ndarray, shape (H, W, 3), uint8
        RGB, all of one size; H and W even.
    rate : Fraction
        Frames per second.
    times : sequence of float, optional
        Presentation time of every frame in seconds, rising, for a video of uneven rate.

    Returns
    -------
    int
        Number of frames written.

    Raises
    ------
    MediaError
        If the file cannot be written.
    ValueError
        If there is no frame, or a size is odd or changes.
    """
    frames = iter(frames)
    first = next(frames, None)
    if first is None:
        raise ValueError("a video needs at least one frame")
    height, width = first.shape[:2]
    if height % 2 or width % 2:
        raise ValueError(f"H.264 needs even sizes, not {width} x {height}")
    time_base = 1 / rate if times is None else _FINE
    with complete_file(path) as part, av.open(f"file:{part}", "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=rate, options=_OPTIONS)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = stream.codec_context.time_base = time_base
        count = 0
        for picture in chain([first], frames):
            if picture.shape[:2] != (height, width):
                raise ValueError(f"frame {count} has another size than frame 0")
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts = count if times is None else round(times[count] / time_base)
            frame.time_base = time_base
            container.mux(stream.encode(frame))
            count += 1
        container.mux(stream.encode(None))
    return count


@contextmanager
def complete_file(path: Path) -> Iterator[Path]:
    """Give a neighbour of `path` that takes its name in the end, or is removed where something goes wrong.

    Raises
    ------
    MediaError
        If the file cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise MediaError(
            f"{path}: the video cannot be written ({reason}); choose another folder or free some space"
        ) from error
    finally:
        part.unlink(missing_ok=True)
