"""The list of a video's frames, read from its packets without decoding one (method, section 1)."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

_REORDERING = frozenset({"h264", "hevc"})


@dataclass(frozen=True)
class KeyFrame:
    """A frame at which decoding can begin: its times in the stream's time base."""

    pts: int
    dts: int


@dataclass(frozen=True, eq=False)
class FrameTable:
    """Frames in presentation order.

    Attributes
    ----------
    pts : ndarray, shape (N,), int64
        Presentation times in units of `time_base`, not falling.
    time_base : Fraction
        Seconds.
    keys : tuple of KeyFrame
        By rising `pts`.
    counted : bool
        The packets' presentation times are missing or unreliable: a frame is known only by how many frames
        come out of the decoder before it.
    warnings : tuple of str
    """

    pts: NDArray[np.int64]
    time_base: Fraction
    keys: tuple[KeyFrame, ...]
    counted: bool
    warnings: tuple[str, ...]

    def key_before(self, index: int) -> KeyFrame | None:
        """Last key frame that is shown no later than frame `index`.

        Frames that are shown before a key frame but coded after it (an open group of pictures) need the
        key frame before that.
        """
        if self.counted:
            return None
        place = bisect_right(self.keys, int(self.pts[index]), key=lambda key: key.pts)
        return self.keys[place - 1] if place else None

    def first_at(self, pts: int) -> int:
        """First frame that is shown at `pts` or later."""
        return int(np.searchsorted(self.pts, pts))


@dataclass(frozen=True)
class _Packet:
    pts: int | None
    dts: int | None
    key: bool


def read_frame_table(container: InputContainer, stream: VideoStream) -> FrameTable:
    """Read all packets of a video stream.

    Packets that an edit list hides are left out: they are decoded but not shown.

    Parameters
    ----------
    container : InputContainer
        Freshly opened; it stands at its end afterwards.
    stream : VideoStream

    Returns
    -------
    FrameTable
        Empty where the stream has no frame.
    """
    packets, hidden, warnings = _demux(container, stream)
    promised = int(stream.frames or 0)
    if container.format.name != "avi" and promised > len(packets) + hidden:
        warnings.append(
            f"the file ends early: {len(packets) + hidden} of {promised} frames are there;"
            " copy it again if you can"
        )
    if packets and not packets[0].key and not hidden:
        warnings.append("the video does not begin with a key frame: its first frames cannot be decoded")
    reorders = stream.codec_context.name in _REORDERING and bool(stream.codec_context.has_b_frames)
    time_base = Fraction(stream.time_base or Fraction(1, 1000))
    times = [packet.dts if packet.pts is None else packet.pts for packet in packets]
    known = [time for time in times if time is not None]
    if len(known) < len(times):
        warnings.append("the file has no frame times: frames are taken to follow each other evenly")
        return _even(len(packets), stream, warnings)
    if container.format.name == "avi" and reorders:
        warnings.append("AVI keeps no presentation times of such video: seeking is slow")
        coded = sorted(time if p.dts is None else p.dts for p, time in zip(packets, known, strict=True))
        return FrameTable(np.array(coded, np.int64), time_base, (), True, tuple(warnings))
    keys = {
        time: KeyFrame(time, time if packet.dts is None else packet.dts)
        for packet, time in zip(packets, known, strict=True)
        if packet.key
    }
    pts = np.sort(np.array(known, np.int64))
    return FrameTable(pts, time_base, tuple(keys[t] for t in sorted(keys)), False, tuple(warnings))


def _even(count: int, stream: VideoStream, warnings: list[str]) -> FrameTable:
    rate = Fraction(stream.guessed_rate or stream.average_rate or 25)
    return FrameTable(np.arange(count, dtype=np.int64), 1 / rate, (), True, tuple(warnings))


def _demux(container: InputContainer, stream: VideoStream) -> tuple[list[_Packet], int, list[str]]:
    """Packets that are shown, the number of hidden ones, and what went wrong."""
    packets: list[_Packet] = []
    hidden = 0
    try:
        for packet in container.demux(stream):
            if packet.size and packet.is_discard:
                hidden += 1
            elif packet.size:
                packets.append(_Packet(packet.pts, packet.dts, packet.is_keyframe))
    except av.error.FFmpegError as error:
        return packets, hidden, [f"the file is damaged after frame {len(packets)} ({error.strerror})"]
    return packets, hidden, []
