"""A folder of images, or one image, as a video (method, section 1)."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.media.video_info import VideoInfo

for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):  # cv2 points them at its own Qt
    os.environ.pop(_name, None)

IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"})
NOMINAL_RATE = 30
"""Images per second: images carry no times, and CK+, which this layout comes from, was filmed at 30."""


def list_images(folder: Path) -> list[Path]:
    """Images of a folder, in natural order of their names (2 before 10); hidden files are left out."""
    images = (
        p for p in folder.iterdir() if p.suffix.lower() in IMAGE_SUFFIXES and not p.name.startswith(".")
    )
    return sorted(images, key=lambda p: (_natural(p.name), p.name))


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.split(r"([0-9]+)", name.lower())
    return [(0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts]


class ImageSequence:
    """Images as a video with a nominal rate.

    Parameters
    ----------
    path : Path
        A folder, or one image.

    Raises
    ------
    MediaError
        If there is no image, or none that can be read.
    """

    def __init__(self, path: Path) -> None:
        self._files = list_images(path) if path.is_dir() else [path]
        if not self._files:
            kinds = ", ".join(sorted(suffix[1:] for suffix in IMAGE_SUFFIXES))
            raise MediaError(f"{path}: there is no image ({kinds}) in it; choose the folder with the frames")
        first = next((picture for picture in map(_load, self._files) if picture is not None), None)
        if first is None:
            raise MediaError(f"{path}: no image can be read; check that it opens in an image viewer")
        self._bad: set[int] = set()
        self.info = VideoInfo(
            path=path,
            width=first.shape[1],
            height=first.shape[0],
            rotation=0,
            pts=np.arange(len(self._files), dtype=np.int64),
            time_base=Fraction(1, NOMINAL_RATE),
            nominal_rate=float(NOMINAL_RATE),
            codec=self._files[0].suffix[1:].lower(),
            has_audio=False,
            kind="images",
        )

    def read(self, index: int, give_up: Callable[[], bool] = lambda: False) -> NDArray[np.uint8] | None:
        """Image `index`, shape (height, width, 3), RGB; None if it cannot be read. It never takes long.

        Raises
        ------
        IndexError
            If there is no such frame.
        MediaError
            If its size is not that of the first image.
        """
        if not 0 <= index < len(self._files):
            raise IndexError(f"frame {index} of {len(self._files)}")
        file, info = self._files[index], self.info
        picture = _load(file)
        if picture is None:
            self._warn(index, f"{file.name} cannot be read as an image")
            return None
        if picture.shape[:2] != (info.height, info.width):
            raise MediaError(
                f"{file}: this image is {picture.shape[1]} x {picture.shape[0]} pixels, the others are"
                f" {info.width} x {info.height}; images of one sequence must have one size"
            )
        return picture

    def frames(
        self, start: int = 0, stop: int | None = None
    ) -> Iterator[tuple[int, NDArray[np.uint8] | None]]:
        """Numbers and images of [start, stop).

        See `VideoSource.frames`.

        Raises
        ------
        MediaError
            If the size of an image is not that of the first one.
        """
        for index in range(start, len(self._files) if stop is None else min(stop, len(self._files))):
            yield index, self.read(index)

    def close(self) -> None:
        """Nothing is kept open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _warn(self, index: int, text: str) -> None:
        if index not in self._bad:
            self._bad.add(index)
            self.info = replace(self.info, warnings=(*self.info.warnings, text))


def _load(file: Path) -> NDArray[np.uint8] | None:
    """RGB picture, turned as its EXIF data ask; by way of bytes, as cv2 fails on names beyond ASCII."""
    try:
        data = np.fromfile(file, np.uint8)
    except OSError:
        return None
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    return None if picture is None else cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
