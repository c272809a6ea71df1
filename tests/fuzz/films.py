"""Videos of every container, and everything that the product does with one."""

from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from tests.fuzz.damage import damaged
from tests.fuzz.target import Target
from tests.media.clips import make_clip
from tpviewer.media.first_frame import first_picture
from tpviewer.media.sound import sound_from
from tpviewer.media.source import file_identity, open_source
from tpviewer.media.thumbnail import thumbnail

FRAMES = 24
_YUVJ = {"pix_fmt": "yuvj420p"}
_CODECS: dict[str, tuple[dict[str, object], ...]] = {
    "mp4": ({"bframes": 2}, {"codec": "libx265"}, {"codec": "libsvtav1"}),
    "mov": ({"bframes": 2}, {"codec": "mjpeg", **_YUVJ}, {"codec": "prores_ks", "pix_fmt": "yuv422p10le"}),
    "mkv": ({"bframes": 2}, {"codec": "ffv1"}, {"codec": "libvpx-vp9"}),
    "avi": ({"bframes": 2}, {"codec": "mjpeg", **_YUVJ}, {"codec": "mpeg4"}),
    "webm": ({"codec": "libvpx"}, {"codec": "libvpx-vp9"}, {"codec": "libsvtav1"}),
}


class Films(Target):
    """Videos of one container, with three codecs and, where the container takes it, sound."""

    def __init__(self, container: str) -> None:
        self.name = container

    def samples(self, folder: Path) -> list[Path]:
        return [
            make_clip(folder / f"{number}.{self.name}", FRAMES, audio=self.name != "webm", **choice)
            for number, choice in enumerate(_CODECS[self.name])
        ]

    def variant(self, sample: Path, rng: Random, place: Path) -> Path:
        path = place / f"video.{self.name}"
        path.write_bytes(damaged(sample.read_bytes(), rng))
        return path

    def use(self, path: Path) -> None:
        file_identity(path)
        first_picture(path)
        with open_source(path) as source:
            info = source.info
            pictures = [picture for _, picture in source.frames()]
            assert all(p is None or p.shape == (info.height, info.width, 3) for p in pictures)
            assert np.isfinite(info.times).all()
            for index in {0, info.n_frames - 1, info.n_frames // 2, info.n_frames // 3}:
                source.read(index)
        thumbnail(path, 48, pts=int(info.pts[-1]))
        if info.has_audio:
            for _ in islice(sound_from(info, 0.1), 50):
                pass
