"""Writes a film picture by picture, each shown exactly as long as in its source, with the source's sound."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.media.sound import RATE, sound_from
from tpviewer.media.video_info import VideoInfo
from tpviewer.media.video_writer import complete_file

if TYPE_CHECKING:
    from av.container import OutputContainer

_OPTIONS = {"crf": "18", "preset": "veryfast"}
_LEAD_IN_S = 0.15
_COPIED = frozenset({"aac", "mp3", "ac3", "eac3", "alac"})
"""Codecs of sound that every MP4 player knows; other sound is coded anew."""


class FilmWriter:
    """An H.264 MP4 film that grows by one picture at a time; made by `open_film`.

    Parameters
    ----------
    container : OutputContainer
    width, height : int
        Even.
    time_base : Fraction
        Unit of all times, seconds.
    """

    def __init__(self, container: "OutputContainer", width: int, height: int, time_base: Fraction) -> None:
        self._container, self._time_base = container, time_base
        self._stream = container.add_stream("libx264", rate=Fraction(30), options=_OPTIONS)
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuv420p"
        self._stream.time_base = self._stream.codec_context.time_base = time_base
        self._sound: Generator[Any, None, None] | None = None
        self._next_sound: Any = None

    def add_sound(self, info: VideoInfo, start: float, stop: float) -> None:
        """Give the film the sound of a video; belongs before the first picture.

        Parameters
        ----------
        info : VideoInfo
        start, stop : float
            Stretch of the video in seconds from its first frame; the first picture is shown at `start`.

        Raises
        ------
        MediaError
            If the sound cannot be read.
        """
        self._sound = _sound(self._container, info, start, stop)
        self._next_sound = next(self._sound, None)

    def add(self, picture: NDArray[np.uint8], pts: int, duration: int) -> None:
        """Append a picture.

        Parameters
        ----------
        picture : ndarray, shape (height, width, 3), uint8
            RGB.
        pts, duration : int
            When it is shown, from 0, and for how long, in units of the time base.
        """
        self._mux_sound(float(pts * self._time_base))
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
        frame.pts, frame.duration, frame.time_base = pts, duration, self._time_base
        self._container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what is still in the coder."""
        self._mux_sound(float("inf"))
        self._container.mux(self._stream.encode(None))

    def close(self) -> None:
        """Let go of the source of the sound."""
        if self._sound is not None:
            self._sound.close()

    def _mux_sound(self, until: float) -> None:
        """Write sound up to a time: the file is read in step, and never lies in memory as a whole."""
        while self._sound is not None and self._next_sound is not None:
            packet = self._next_sound
            if packet.dts is not None and float(packet.dts * packet.time_base) > until:
                return
            self._container.mux(packet)
            self._next_sound = next(self._sound, None)


@contextmanager
def open_film(
    path: Path, width: int, height: int, time_base: Fraction, tags: Mapping[str, str]
) -> Iterator[FilmWriter]:
    """Open a film to be written; it appears under its name only when it is complete.

    Parameters
    ----------
    path : Path
        Replaced if it exists.
    width, height : int
        Pixels, even.
    time_base : Fraction
        Unit of the times of pictures, seconds.
    tags : mapping of str to str
        Such as ``title`` and ``comment``.

    Raises
    ------
    MediaError
        If the file cannot be written.
    """
    try:
        with complete_file(path) as part, av.open(f"file:{part}", "w", format="mp4") as container:
            container.metadata.update(tags)
            film = FilmWriter(container, width, height, time_base)
            with closing(film):
                yield film
                film.finish()
    except av.error.FFmpegError as error:
        raise MediaError(
            f"{path}: the video cannot be written ({error.strerror}); choose another folder or free some"
            " space"
        ) from error


def _sound(
    container: "OutputContainer", info: VideoInfo, start: float, stop: float
) -> Generator[Any, None, None]:
    """Packets of sound for `container`, in order; time 0 is `start`."""
    try:
        source = av.open(f"file:{info.path}", options={"protocol_whitelist": "file"})
    except (av.error.FFmpegError, UnicodeError) as error:
        raise MediaError(
            f"{info.path}: its sound cannot be read; check that the file is still there"
        ) from error
    with source:
        if not source.streams.audio or source.streams.audio[0].codec_context is None:
            return
        stream = source.streams.audio[0]
        if stream.codec_context.name in _COPIED:
            origin = float(info.pts[0] * info.time_base)
            yield from _copied(container, source, stream, origin + start, origin + stop)
            return
    yield from _coded(container, info, start, stop)


def _copied(
    container: "OutputContainer", source: Any, stream: Any, start: float, stop: float
) -> Iterator[Any]:
    """Packets as they are; those just before the start are what a decoder warms up with, never heard."""
    if start > 0 and stream.time_base is not None:
        source.seek(max(0, int((start - 0.5) / stream.time_base)), stream=stream, backward=True)
    target = container.add_stream_from_template(stream)
    shift = round(start / stream.time_base)
    for packet in _packets(source, stream):
        time = float(packet.pts * stream.time_base)
        if time >= stop:
            return
        if time >= start - _LEAD_IN_S:
            packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
            packet.stream = target
            yield packet


def _coded(container: "OutputContainer", info: VideoInfo, start: float, stop: float) -> Iterator[Any]:
    """Packets of the sound coded anew; it is decoded where all else is."""
    target: Any = container.add_stream("aac", rate=RATE)
    done, total = 0, round((stop - start) * RATE)
    for block in sound_from(info, start):
        part = block[: total - done]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part).reshape(1, -1), "s16", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, done, Fraction(1, RATE)
        yield from target.encode(frame)
        done += len(part)
        if done == total:
            break
    yield from target.encode(None)


def _packets(source: Any, stream: Any) -> Iterator[Any]:
    """Packets with times; what cannot be read of a damaged file is the end of its sound."""
    try:
        for packet in source.demux(stream):
            if packet.pts is not None and packet.dts is not None:
                yield packet
    except av.error.FFmpegError:
        return
