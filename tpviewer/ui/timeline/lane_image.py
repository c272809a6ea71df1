"""One lane as one picture: curve, threshold and blocks, reduced to the pixel columns of the screen.

From the top: the probability curve over the whole height with the threshold dashed; blocks of the shown
layer, solid, over the lower half (where the curve of an active Action Unit is not); a thin line of the raw
states below them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from tpviewer.core.letters import letter
from tpviewer.store.snapshot import FACE, NO_FACE
from tpviewer.ui import theme
from tpviewer.ui.timeline.axis import TimeAxis
from tpviewer.ui.timeline.columns import ColumnFrames, Runs
from tpviewer.ui.timeline.lane_data import Lane
from tpviewer.ui.timeline.raster import Pixels, blend, faint, hatching, look_colour, pixel

_FAINTEST = 0.35
"""Opacity of what lasts a small part of a column: it must not vanish when all of the video is in view."""

_TALL = 5
"""An area of the curve counts as tall from so many thicknesses of its line on."""


@dataclass(frozen=True)
class Look:
    """Geometry of a picture in device pixels.

    Attributes
    ----------
    width, height : int
    ratio : float
        Device pixels per pixel.
    """

    width: int
    height: int
    ratio: float

    def px(self, pixels: float) -> int:
        """Device pixels, at least one."""
        return max(round(pixels * self.ratio), 1)


def background(seen: Runs, edges: NDArray[np.float64], look: Look) -> Pixels:
    """Lane without content (height, width): known, not analysed yet, or hatched where there is no face.

    Parameters
    ----------
    seen : Runs
        `UNKNOWN`, `NO_FACE` or `FACE`.
    edges : (width + 1,) float64
        Times of the columns' edges, seconds.
    look : Look

    Returns
    -------
    (height, width) uint32
    """
    shown = theme.current()
    faceless, faced = seen.shares((NO_FACE, FACE), edges)
    known = np.minimum(faced + faceless, 1.0)
    plain = blend(pixel(shown.window), pixel(shown.panel), known)
    image = np.tile(plain, (look.height, 1))
    hatched = np.flatnonzero(faceless)
    above = blend(plain[hatched], pixel(shown.unseen), visible(faceless[hatched]))
    lines = hatching(look.height, look.width, look.px(6), falling=True)[:, hatched]
    image[:, hatched] = np.where(lines, above, image[:, hatched])
    return image


def visible(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Opacity of a share of a column: nothing stays nothing, a little can be seen.

    Parameters
    ----------
    share : float64, any shape
        0 to 1.

    Returns
    -------
    float64, same shape
        0 to 1.
    """
    return np.where(share > 1e-9, np.maximum(share, _FAINTEST), 0.0)


@dataclass(frozen=True, eq=False)
class Curve:
    """Rows that a curve takes up, counted from the top.

    Attributes
    ----------
    first, last : (W,) int16
        Rows of the highest and the lowest value of each column; no row lies between them where there is none.
    """

    first: NDArray[np.int16]
    last: NDArray[np.int16]

    def draw(self, image: Pixels, colour: int, thick: int, crowded: bool) -> None:
        """Draw, in place, a line that covers each column's values.

        Where many frames share a column the line becomes an area, which is faint so that it does not hide
        what lies below.
        """
        rows = np.arange(len(image), dtype=np.int16)[:, None]
        line = (rows >= self.first) & (rows < self.last + np.int16(thick))
        if crowded:
            tall = line & (self.last - self.first.astype(np.int32) > _TALL * thick)
            image[tall] = faint(image[tall], colour)
            line ^= tall
        image[line] = colour

    def below(self, bottom: int) -> NDArray[np.bool_]:
        """Pixels (bottom, W) between the curve and a row."""
        return np.asarray(np.arange(bottom, dtype=np.int16)[:, None] >= self.first)


def curve(extent: tuple[NDArray[np.float32], NDArray[np.float32]], top: int, bottom: int) -> Curve:
    """Lay the lowest and highest values of the columns, 0 to 1, between two rows.

    Parameters
    ----------
    extent : tuple of two (W,) float32
        Lowest and highest; cut at 0 and 1, NaN where there is no value.
    top, bottom : int
        Rows of 1 and of 0.

    Returns
    -------
    Curve
    """
    last, first = (np.rint(bottom - np.clip(value, 0, 1) * (bottom - top)) for value in extent)
    beyond = np.iinfo(np.int16)
    return Curve(
        np.nan_to_num(first, nan=beyond.max).astype(np.int16),
        np.nan_to_num(last, nan=beyond.min).astype(np.int16),
    )


def lane_pixels(lane: Lane, frames: ColumnFrames, edges: NDArray[np.float64], look: Look) -> Pixels:
    """Draw a lane without its letters.

    Parameters
    ----------
    lane : Lane
    frames : ColumnFrames
        Frames of the columns.
    edges : (width + 1,) float64
        Times of the columns' edges, seconds.
    look : Look

    Returns
    -------
    (height, width) uint32
    """
    shown = theme.current()
    image = background(lane.seen, edges, look)
    top, bottom = look.px(4), look.height - look.px(4)
    line = curve(frames.extent(lane.probabilities), top, bottom)
    tint = blend(pixel(shown.panel), pixel(look_colour(lane.au)), 0.18)
    np.copyto(image[:bottom], tint, where=line.below(bottom))
    _draw_blocks(image, lane, edges, look)
    threshold = round(bottom - lane.threshold * (bottom - top))
    dashes = np.arange(look.width) % look.px(8) < look.px(4)
    image[threshold, dashes] = blend(image[threshold, dashes], pixel(shown.muted), 0.7)
    line.draw(image, pixel(shown.text), look.px(1), frames.crowded)
    image[-look.px(1) :] = pixel(shown.line)
    return image


def block_rows(look: Look) -> tuple[int, int]:
    """Half-open range of rows of the solid blocks."""
    return round(look.height * 0.44), look.height - look.px(7)


def _draw_blocks(image: Pixels, lane: Lane, edges: NDArray[np.float64], look: Look) -> None:
    first, stop = block_rows(look)
    colours, there = _block_colours(lane, lane.blocks, edges)
    if lane.provisional:
        there = there & hatching(stop - first, look.width, look.px(6))
    np.copyto(image[first:stop], colours, where=there)
    if lane.raw is not None:
        line = slice(look.height - look.px(5), look.height - look.px(2))
        colours, there = _block_colours(lane, lane.raw, edges)
        np.copyto(image[line], colours, where=there)


def _block_colours(lane: Lane, runs: Runs, edges: NDArray[np.float64]) -> tuple[Pixels, NDArray[np.bool_]]:
    """Colour of each column, paler where a block fills a part of it, and where there is a block at all."""
    values, share = runs.active(edges)
    opacity = visible(share)
    return blend(pixel(theme.current().panel), _colours(lane, values), opacity), opacity > 0


def _colours(lane: Lane, values: NDArray[np.int16]) -> Pixels:
    table = [pixel(look_colour(lane.au, index)) for index in range(max(int(values.max(initial=0)), 0) + 1)]
    return np.asarray(np.array(table, np.uint32)[np.maximum(values, 0)])


def as_image(pixels: Pixels, ratio: float) -> QImage:
    """Copy pixels into a Qt image, which owns them then."""
    height, width = pixels.shape
    data = np.ascontiguousarray(pixels)
    image = QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
    image.setDevicePixelRatio(ratio)
    return image


def lane_image(
    lane: Lane, frames: ColumnFrames, edges: NDArray[np.float64], look: Look, font: QFont
) -> QImage:
    """Draw a lane with the letters of the blocks that have room for one.

    Parameters
    ----------
    lane : Lane
    frames : ColumnFrames
        Frames of the columns.
    edges : (look.width + 1,) float64
        Times of the columns' edges, seconds.
    look : Look
    font : QFont
        Of the letters.

    Returns
    -------
    QImage
        `look.width` x `look.height` device pixels.
    """
    image = as_image(lane_pixels(lane, frames, edges, look), look.ratio)
    if not lane.provisional:
        axis = TimeAxis(float(edges[0]), float(edges[-1]), 0.0, look.width / look.ratio)
        first, stop = block_rows(look)
        _write_letters(image, lane, axis, QRectF(0, first / look.ratio, 0, (stop - first) / look.ratio), font)
    return image


def _write_letters(image: QImage, lane: Lane, axis: TimeAxis, band: QRectF, font: QFont) -> None:
    runs = lane.blocks.within(axis.start, axis.stop)
    ends = np.clip(runs.edges, axis.start, axis.stop)
    spans = np.diff(ends) / axis.seconds_per_pixel
    metrics = QFontMetricsF(font)
    painter = QPainter(image)
    painter.setFont(font)
    for place in np.flatnonzero((runs.values >= 0) & (spans >= metrics.averageCharWidth() + 4)):
        index = int(runs.values[place])
        text = letter(index)
        if metrics.horizontalAdvance(text) + 2 > spans[place]:
            continue
        painter.setPen(QColor(theme.readable_on(look_colour(lane.au, index))))
        room = QRectF(axis.x_of(float(ends[place])), band.top(), float(spans[place]), band.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
