"""Makes clips whose frames carry their number in their pixels, and damages them.

The number is written as black and white blocks that survive lossy coding, so a test can ask a decoded
picture which frame it is.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

BLOCK = 16
BITS = 8
TIME_BASE = Fraction(1, 12800)
TICKS = 512  # of one frame at 25 frames/s


def barcode(number: int, width: int = BLOCK * BITS, height: int = 96) -> NDArray[np.uint8]:
    """Picture, shape (height, width, 3), with `number` in the first row of blocks, inverted in the second."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    pattern = 128 + 60 * np.sin((x + 3 * number) / 7.0) * np.cos((y - 2 * number) / 9.0)
    picture = np.repeat(pattern[..., None], 3, axis=2).astype(np.uint8)
    for bit in range(BITS):
        on = number >> bit & 1
        columns = slice(bit * BLOCK, (bit + 1) * BLOCK)
        picture[:BLOCK, columns] = 235 * on + 16 * (1 - on)
        picture[BLOCK : 2 * BLOCK, columns] = 16 * on + 235 * (1 - on)
    return picture


def number_of(picture: NDArray[np.uint8] | None) -> int | None:
    """Read the number back; None for no picture; ValueError where blocks and their inverse disagree."""
    if picture is None:
        return None
    grey = picture[: 2 * BLOCK, : BLOCK * BITS].astype(float).mean(axis=2)
    blocks = grey.reshape(2, BLOCK, BITS, BLOCK).mean(axis=(1, 3))
    bits = blocks[0] > blocks[1]
    if np.abs(blocks[0] - blocks[1]).min() < 80:
        raise ValueError("the barcode cannot be read")
    return int(sum(1 << bit for bit in np.flatnonzero(bits)))


def make_clip(
    path: Path,
    count: int = 60,
    *,
    codec: str = "libx264",
    pts: Sequence[int] | None = None,
    gop: int = 12,
    bframes: int = 0,
    options: dict[str, str] | None = None,
    pix_fmt: str = "yuv420p",
    rotation: int = 0,
    size: tuple[int, int] = (BLOCK * BITS, 96),
    time_base: Fraction = TIME_BASE,
    audio: bool = False,
    container_options: dict[str, str] | None = None,
    colour: int = 0,
) -> Path:
    """Write a clip with frames 0 to `count` - 1 at `pts` (default: 25 frames/s).

    `rotation` is the clockwise turn that a player has to apply; the stored pictures are turned back by it.
    """
    pts = [i * TICKS for i in range(count)] if pts is None else pts
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=Fraction(25), options=options or {})
        stream.width, stream.height = size if rotation % 180 == 0 else size[::-1]
        stream.pix_fmt = pix_fmt
        stream.time_base = stream.codec_context.time_base = time_base
        stream.codec_context.gop_size = gop
        if codec in ("libx264", "libx265", "mpeg4", "mpeg2video"):
            stream.codec_context.max_b_frames = bframes
        if colour:
            stream.codec_context.color_trc = colour
        if rotation:
            stream.set_display_rotation(-rotation)
        sound = _add_sound(container) if audio else None
        for number in range(count):
            picture = np.ascontiguousarray(np.rot90(barcode(number, *size), rotation // 90))
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = pts[number], time_base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if sound is not None:
            container.mux(sound.encode(None))
    return path


def _add_sound(container: "av.container.OutputContainer") -> "av.AudioStream":
    stream = container.add_stream("aac", rate=16000)
    frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
    frame.sample_rate = 16000
    stream.layout = "mono"
    for number in range(30):
        frame.pts = number * 1024
        container.mux(stream.encode(frame))
    return stream


def make_sound(path: Path) -> Path:
    """Write a file with sound and no picture."""
    with av.open(str(path), "w") as container:
        container.mux(_add_sound(container).encode(None))
    return path


def truncate(path: Path, share: float) -> Path:
    """Cut a file off after this share of its bytes."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def packet_places(path: Path) -> list[tuple[int, int, bool]]:
    """Position and size in bytes and key flag of every coded frame, in decoding order."""
    with av.open(str(path)) as container:
        return [(p.pos, p.size, p.is_keyframe) for p in container.demux(video=0) if p.size]


def spoil(path: Path, frames: Iterable[int]) -> Path:
    """Overwrite coded frames (in decoding order) so that they cannot be decoded."""
    places = packet_places(path)
    data = bytearray(path.read_bytes())
    for frame in frames:
        start, size, _ = places[frame]
        data[start + 4 : start + size] = b"\xff" * (size - 4)
    path.write_bytes(bytes(data))
    return path


def copy_packets(source: Path, target: Path, *, skip: int = 0, shift: int = 0) -> Path:
    """Copy a clip without decoding, without its first `skip` packets, moved by `shift` ticks."""
    with av.open(str(source)) as old, av.open(str(target), "w") as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        for number, packet in enumerate(old.demux(video=0)):
            if packet.dts is None or number < skip:
                continue
            packet.stream = stream
            packet.pts = None if packet.pts is None else packet.pts + shift
            packet.dts += shift
            new.mux(packet)
    return target
