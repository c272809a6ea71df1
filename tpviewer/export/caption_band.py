"""The lines under the frames of an overlay video: stage, time and frame, legend, what made it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.font_manager import findfont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_GROUND, _TEXT, _MUTED = "#15181d", "#f2f4f7", "#aab2bd"
_SWATCH = 0.8  # of the size of type
_LEAST_TYPE, _MOST_TYPE = 13, 30

Entry = tuple[str, str]
"""Colour ``#rrggbb`` and text of one entry of the legend."""


@dataclass(frozen=True)
class Caption:
    """What is said of one frame.

    Attributes
    ----------
    stage : str
        Its number and label.
    place : str
        Time and frame, and what is to be known of the frame.
    legend : tuple of (str, str)
        Colour and text of what is drawn.
    """

    stage: str
    place: str
    legend: tuple[Entry, ...] = ()


class CaptionBand:
    """Draws captions in a band whose height fits every legend of a video, so that nothing ever jumps.

    Parameters
    ----------
    width : int
        Pixels.
    picture_height : int
        Height of the frames above, from which the size of type follows.
    legends : iterable of sequence of (str, str)
        Every legend that will come.
    footer : str
        What the last line says under every frame.
    """

    def __init__(
        self, width: int, picture_height: int, legends: Iterable[Sequence[Entry]], footer: str
    ) -> None:
        size = min(max(round(min(width, picture_height) / 32), _LEAST_TYPE), _MOST_TYPE)
        self._font, self._small = _font(size), _font(max(round(0.8 * size), _LEAST_TYPE - 2))
        self._width, self._size, self._row = width, size, round(1.45 * size)
        self._pad = round(0.6 * size)
        self._legend_rows = max((len(self._rows(legend)) for legend in legends), default=0)
        height = (3 + self._legend_rows) * self._row + 2 * self._pad
        self.height = height + height % 2
        self._footer = footer

    def draw(self, caption: Caption) -> NDArray[np.uint8]:
        """Draw one caption.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            RGB.
        """
        image = Image.new("RGB", (self._width, self.height), _GROUND)
        pen = ImageDraw.Draw(image)
        self._write(pen, 0, caption.stage, self._font, _TEXT)
        self._write(pen, 1, caption.place, self._font, _TEXT)
        for number, row in enumerate(self._rows(caption.legend)):
            self._write_legend(pen, 2 + number, row)
        self._write(pen, 2 + self._legend_rows, self._footer, self._small, _MUTED)
        return np.asarray(image, np.uint8)

    def _write(
        self, pen: ImageDraw.ImageDraw, row: int, text: str, font: ImageFont.FreeTypeFont, shade: str
    ) -> None:
        shown = _elided(text, font, self._width - 2 * self._pad)
        pen.text((self._pad, self._middle(row)), shown, fill=shade, font=font, anchor="lm")

    def _write_legend(self, pen: ImageDraw.ImageDraw, row: int, entries: Sequence[Entry]) -> None:
        x, y, side = float(self._pad), self._middle(row), _SWATCH * self._size
        for shade, text in entries:
            pen.rectangle((x, y - side / 2, x + side, y + side / 2), fill=shade)
            pen.text((x + 1.5 * side, y), text, fill=_TEXT, font=self._font, anchor="lm")
            x += self._advance(text)

    def _rows(self, legend: Sequence[Entry]) -> list[list[Entry]]:
        """Entries of a legend row by row."""
        rows: list[list[Entry]] = []
        left = 0.0
        for entry in legend:
            advance = self._advance(entry[1])
            if not rows or advance > left:
                rows.append([])
                left = self._width - 2.0 * self._pad
            rows[-1].append(entry)
            left -= advance
        return rows

    def _advance(self, text: str) -> float:
        return 1.5 * _SWATCH * self._size + self._font.getlength(text) + 1.5 * self._size

    def _middle(self, row: int) -> float:
        return self._pad + (row + 0.5) * self._row


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(findfont("DejaVu Sans"), size)


@lru_cache(maxsize=256)
def _elided(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """As much of a text as there is room for."""
    if font.getlength(text) <= room:
        return text
    kept = text
    while kept and font.getlength(kept + "…") > room:
        kept = kept[:-1]
    return kept + "…"
