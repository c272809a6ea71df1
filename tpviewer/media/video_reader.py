"""Exact frames of a video file by number, decoded by PyAV."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.media.frame_table import FrameTable, KeyFrame, read_frame_table
from tpviewer.media.video_info import VideoInfo

if TYPE_CHECKING:
    from av.packet import Packet

Packets: TypeAlias = "Iterator[Packet[VideoStream]]"

_TEXT_FORMATS = frozenset({"tty", "hls", "concat", "srt", "webvtt", "ass"})  # FFmpeg draws or follows them
_MOST_RATE = 1000.0
_MOST_RECENT, _RECENT_BYTES = 32, 1 << 26  # decoded frames that are kept
_HDR_TRANSFERS = frozenset({16, 18})  # PQ and HLG in ITU-T H.273


class DecodingStoppedError(Exception):
    """Decoding towards a frame was given up, as asked; it can be asked for again."""


class VideoReader:
    """Frames of a video file by number.

    A table of presentation times is made without decoding; a frame is found by decoding from the key frame
    before it until the picture with its time comes out. Frames in sequence are decoded on without a seek.
    Where a frame came from makes no difference to its pixels.

    Parameters
    ----------
    path : Path

    Raises
    ------
    MediaError
        If the file is no video, has no picture, or not one frame of it can be decoded.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        container, stream = open_container(path)
        with container:
            self._table = read_frame_table(container, stream)
        if not len(self._table.pts):
            raise MediaError(f"{path}: the video has no frames; it may have been cut off while recording")
        self._container, self._stream = open_container(path)
        self._ahead: tuple[int, VideoFrame | None] | None = None
        self._last_pts: int | None = None
        self._next = self._emitted = self._repeats = 0
        self._begin(self._packets())
        self._undecodable: set[int] = set()
        self._recent: dict[int, VideoFrame] = {}
        try:
            self.info = self._describe()
            self._warnings = self.info.warnings
        except BaseException:
            self.close()
            raise

    def read(self, index: int, give_up: Callable[[], bool] = lambda: False) -> NDArray[np.uint8] | None:
        """Frame `index`, shape (height, width, 3), RGB, turned upright; None if it cannot be decoded.

        Parameters
        ----------
        index : int
        give_up : callable, optional
            Asked before each frame on the way from the key frame: True stops decoding.

        Raises
        ------
        IndexError
            If there is no such frame.
        DecodingStoppedError
            If `give_up` said so.
        """
        if not 0 <= index < self.info.n_frames:
            raise IndexError(f"frame {index} of {self.info.n_frames}")
        frame = self._find(index, give_up)
        return None if frame is None else self._picture(frame)

    def frames(
        self, start: int = 0, stop: int | None = None
    ) -> Iterator[tuple[int, NDArray[np.uint8] | None]]:
        """Numbers and frames of [start, stop); at its end `info` warns of those that could not be decoded.

        See `VideoSource.frames`.
        """
        count = self.info.n_frames
        for index in range(start, count if stop is None else min(stop, count)):
            yield index, self.read(index)
        self._warn_undecodable()

    def close(self) -> None:
        """Let go of the file."""
        self._decoded: Iterator[VideoFrame] = iter(())
        self._ahead = None
        self._recent.clear()
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _find(self, index: int, give_up: Callable[[], bool]) -> VideoFrame | None:
        if index in self._undecodable:
            return None
        if index in self._recent and not self._recent[index].is_corrupt:
            return self._recent[index]
        key = self._table.key_before(index)
        reached = self._ahead[0] if self._ahead else self._next
        if index < self._next or self._place(key) > reached:
            self._go_to(key)
        return self._decode_to(index, give_up)

    def _place(self, key: KeyFrame | None) -> int:
        return 0 if key is None else self._table.first_at(key.pts)

    def _go_to(self, key: KeyFrame | None) -> None:
        """Decode from `key` on.

        If it does not come out, it is damaged, or the seek ended amid it: then begin at the key frame before
        it, so that what follows is what decoding in sequence would give.
        """
        self._seek(key)
        while key is not None:
            self._ahead = number, _ = self._next_frame()
            if number == self._next:
                return
            key = self._table.key_before(self._next - 1) if self._next else None
            self._seek(key)

    def _decode_to(self, index: int, give_up: Callable[[], bool]) -> VideoFrame | None:
        """Decode on until frame `index` comes out, or one after it, or the end."""
        number, frame = -1, None
        while number < index:
            if give_up():
                raise DecodingStoppedError
            number, frame = self._ahead or self._next_frame()
            self._ahead = None
            self._undecodable.update(range(self._next, number))
            self._next = number + 1
        if number == index and frame is not None and not frame.is_corrupt:
            return frame
        self._undecodable.add(index)
        self._next = index + 1
        if number > index and frame is not None:
            self._ahead = (number, frame)
        return None

    def _next_frame(self) -> tuple[int, VideoFrame | None]:
        """Next frame that is in the table, with its number; the number of frames at the end."""
        for frame in self._decoded:
            number = self._number(frame)
            if number is not None and number >= self._next:
                self._remember(number, frame)
                return number, frame
        return len(self._table.pts), None

    def _remember(self, number: int, frame: VideoFrame) -> None:
        """Keep the frames decoded last: a step back need not decode from the key frame again."""
        self._recent.pop(number, None)
        self._recent[number] = frame
        size = sum(plane.buffer_size for plane in frame.planes)
        while len(self._recent) > max(1, min(_MOST_RECENT, _RECENT_BYTES // max(size, 1))):
            del self._recent[next(iter(self._recent))]

    def _number(self, frame: VideoFrame) -> int | None:
        self._emitted += 1
        pts = self._table.pts
        if self._table.counted:
            return self._emitted - 1 if self._emitted <= len(pts) else None
        if frame.pts is None:
            return None
        self._repeats = self._repeats + 1 if frame.pts == self._last_pts else 0
        self._last_pts = frame.pts
        number = self._table.first_at(frame.pts) + self._repeats
        return number if number < len(pts) and pts[number] == frame.pts else None

    def _seek(self, key: KeyFrame | None) -> None:
        """Make the decoder begin at `key` or before; without a key at the beginning of the file."""
        if key is not None:
            second = int(1 / self._table.time_base)
            for target in (key.dts, key.dts - second, key.dts - 10 * second):
                packets = self._packets_from(target)
                first = next(packets, None)
                time = None if first is None else first.pts if first.dts is None else first.dts
                if first is not None and time is not None and time <= key.dts:
                    self._begin(chain([first], packets), self._place(key))
                    return
        self._container.close()
        self._container, self._stream = open_container(self._path)
        self._begin(self._packets())

    def _packets_from(self, target: int) -> Packets:
        try:
            self._container.seek(target, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return iter(())
        return self._packets()

    def _packets(self) -> Packets:
        """Packets from here on; what cannot be read of a damaged file is its end."""
        try:
            yield from self._container.demux(self._stream)
        except av.error.FFmpegError:
            return

    def _begin(self, packets: Packets, place: int = 0) -> None:
        self._decoded = _decode(packets, self._stream)
        self._ahead = None
        self._last_pts = None
        self._emitted = self._repeats = 0
        self._next = place

    def _picture(self, frame: VideoFrame) -> NDArray[np.uint8]:
        info = self.info
        width, height = info.width, info.height
        if info.rotation % 180:
            width, height = height, width
        picture = frame.to_ndarray(format="rgb24", width=width, height=height)
        return np.ascontiguousarray(np.rot90(picture, -info.rotation // 90))

    def _describe(self) -> VideoInfo:
        number, frame = self._next_frame()
        if frame is None:
            raise MediaError(
                f"{self._path}: not one frame can be decoded; the file is damaged or its codec"
                f" ({self._stream.codec_context.name}) is not supported: convert it to MP4 (H.264)"
            )
        self._ahead = (number, frame)
        table, rotation = self._table, round(-frame.rotation / 90) * 90 % 360
        width, height = (frame.width, frame.height)[:: -1 if rotation % 180 else 1]
        warnings = table.warnings
        if int(frame.color_trc) in _HDR_TRANSFERS:
            warnings += ("high dynamic range video is shown with 8 bits and without tone mapping",)
        return VideoInfo(
            path=self._path,
            width=width,
            height=height,
            rotation=rotation,
            pts=table.pts,
            time_base=table.time_base,
            nominal_rate=_nominal_rate(table, self._stream),
            codec=self._stream.codec_context.name,
            has_audio=bool(self._container.streams.audio),
            kind="video",
            warnings=warnings,
        )

    def _warn_undecodable(self) -> None:
        bad = sorted(self._undecodable)
        if bad:
            text = (
                f"{len(bad)} of {self.info.n_frames} frames cannot be decoded (first: frame {bad[0]});"
                " those after them may look damaged up to the next key frame"
            )
            self.info = replace(self.info, warnings=(*self._warnings, text))


def _decode(packets: Packets, stream: VideoStream) -> Iterator[VideoFrame]:
    """Whole pictures in presentation order; packets that cannot be decoded are passed over."""
    ended = False
    for packet in packets:
        ended = not packet.size
        try:
            pictures = stream.codec_context.decode(packet)
        except (av.error.FFmpegError, EOFError):
            continue
        yield from pictures
    if not ended:
        yield from stream.codec_context.decode(None)


def open_container(path: Path) -> tuple[InputContainer, VideoStream]:
    """Open a file, and nothing that its contents may point to."""
    try:
        container = av.open(f"file:{path}", options={"protocol_whitelist": "file"})
    except (av.error.FFmpegError, UnicodeError) as error:
        raise MediaError(
            f"{path}: this is not a video that can be read; it may be damaged, cut off, or of"
            " another kind; copy it again or convert it to MP4"
        ) from error
    pictures = [s for s in container.streams.video if not s.disposition & s.disposition.attached_pic]
    if pictures and container.format.name not in _TEXT_FORMATS and pictures[0].codec_context is not None:
        pictures[0].thread_type = "AUTO"
        return container, pictures[0]
    sound = bool(container.streams.audio)
    container.close()
    if sound:
        raise MediaError(f"{path}: the file holds sound but no video; choose a file with a picture")
    raise MediaError(f"{path}: this is not a video; choose a video file, an image or a folder of images")


def _nominal_rate(table: FrameTable, stream: VideoStream) -> float:
    rate = float(stream.guessed_rate or stream.average_rate or 0)
    if 0 < rate <= _MOST_RATE:
        return rate
    steps = np.diff(table.pts)
    steps = steps[steps > 0]
    return float(1 / (int(np.median(steps)) * Fraction(table.time_base))) if len(steps) else 25.0
