"""The sound of a video as samples in step with its pictures."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.media.decoding import processes
from tpviewer.media.video_info import VideoInfo

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

RATE, CHANNELS = 48_000, 2
"""Samples per second and channel, and channels, of all sound that comes from here."""

_BLOCK = RATE // 50
_LEAD_IN_S = 0.1  # decoders need some packets before what comes out is right
_SMALL_GAP = RATE // 25  # times in files are rounded: only larger gaps and overlaps are real


def sound_from(info: VideoInfo, start: float) -> Iterator[NDArray[np.int16]]:
    """Sound of a video from a time on, without end: silence where there is none.

    Parameters
    ----------
    info : VideoInfo
    start : float
        Seconds from the first frame.

    Yields
    ------
    ndarray of int16, shape (n, 2)
        Stereo at 48 kHz; the first sample belongs to `start`, all follow without a gap.

    Raises
    ------
    MediaError
        If the file cannot be read or has no sound.
    """
    decoders = processes()
    if decoders is None:
        yield from _sound_here(info, start)
    else:
        yield from decoders.values(info.path, _sound_here, (info, start))


def _sound_here(info: VideoInfo, start: float) -> Iterator[NDArray[np.int16]]:
    origin = float(info.pts[0] * info.time_base)
    at = round(start * RATE)
    for place, block in _placed(info.path, origin, start):
        for silence in _silence(place - at):
            at += len(silence)
            yield silence
        rest = block[max(at - place, 0) :]
        if len(rest):
            at += len(rest)
            yield rest
    while True:
        yield np.zeros((_BLOCK, CHANNELS), np.int16)


def _silence(samples: int) -> Iterator[NDArray[np.int16]]:
    for done in range(0, samples, _BLOCK):
        yield np.zeros((min(_BLOCK, samples - done), CHANNELS), np.int16)


def _placed(path: Path, origin: float, start: float) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """Blocks of sound with the number of their first sample, counted from the first video frame."""
    container, stream = _open(path)
    with container:
        _seek(container, stream, origin + start - _LEAD_IN_S)
        resampler = av.AudioResampler(format="s16", layout="stereo", rate=RATE)
        place: int | None = None
        for frame in _frames(container, stream):
            told = None if frame.time is None else round((frame.time - origin) * RATE)
            if told is not None and (place is None or abs(told - place) > _SMALL_GAP):
                place = told
            for part in resampler.resample(frame):
                block = part.to_ndarray().reshape(-1, CHANNELS)
                place = place or 0
                yield place, block
                place += len(block)


def _open(path: Path) -> "tuple[InputContainer, AudioStream]":
    try:
        container = av.open(f"file:{path}", options={"protocol_whitelist": "file"})
    except (av.error.FFmpegError, UnicodeError) as error:
        raise MediaError(f"{path}: its sound cannot be read; check that the file is still there") from error
    if container.streams.audio and container.streams.audio[0].codec_context is not None:
        return container, container.streams.audio[0]
    container.close()
    raise MediaError(f"{path}: this video has no sound that can be played")


def _seek(container: "InputContainer", stream: "AudioStream", seconds: float) -> None:
    """Go to a packet at `seconds` or before it; a file that cannot seek is read from its beginning."""
    if seconds <= 0 or stream.time_base is None:
        return
    try:
        container.seek(int(seconds / stream.time_base), stream=stream, backward=True)
    except av.error.FFmpegError:
        return


def _frames(container: "InputContainer", stream: "AudioStream") -> "Iterator[AudioFrame]":
    """Decoded sound; packets that cannot be decoded are passed over, and so become silence."""
    try:
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
            except (av.error.FFmpegError, EOFError):
                continue
    except av.error.FFmpegError:
        return
